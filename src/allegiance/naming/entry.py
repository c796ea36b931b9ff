"""What the gazetteer knows of one actor: its names, leaders, memberships and codes.

The records only; reading them from tables is `tables` and `user_actors`, finding them in text `gazetteer`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from allegiance.model import Actor, Membership

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `since` to `until`, both included; None = open end."""

    since: date | None = None
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Return whether `day` lies in the period."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    def overlaps(self, first: date, last: date) -> bool:
        """Return whether any day between two (both included) lies in the period."""
        return (self.since is None or self.since <= last) and (self.until is None or first <= self.until)


ALWAYS = Period()


@dataclass(frozen=True, slots=True)
class Leader:
    """A person who held an office of an actor for a time.

    Attributes:
        name: the full name as most texts have it ("Bashar al-Assad").
        office: what the person was ("President").
        period: when.
        aliases: other spellings of the full name ("Bashar Assad").
        short: the words that alone name the person in running text ("Assad").
    """

    name: str
    office: str = ""
    period: Period = ALWAYS
    aliases: tuple[str, ...] = ()
    short: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Code:
    """A code that data sets use for an actor, and when it meant this actor."""

    scheme: str
    code: str
    period: Period = ALWAYS


@dataclass(frozen=True, slots=True)
class ActorEntry:
    """All that is known of an actor, for one period of its existence.

    An actor that existed twice (Germany before 1949 and since 1990) has two entries of one name.

    Attributes:
        name: the canonical name.
        kind: as `Actor.kind`.
        aliases: other proper names.
        demonyms: adjectives and words for its people; a plural with s is understood.
        capitals: capital and seats of government, named for the government.
        leaders: who led it, with dates.
        titles: what the office of its leader is called.
        memberships: the groups it belonged to, with dates.
        codes: its codes in data sets.
        period: when it existed under this name.
    """

    name: str
    kind: str = "unknown"
    aliases: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    leaders: tuple[Leader, ...] = ()
    titles: tuple[str, ...] = ()
    memberships: tuple[Membership, ...] = ()
    codes: tuple[Code, ...] = ()
    period: Period = ALWAYS

    def actor(self) -> Actor:
        """Return the record that other rooms share."""
        return Actor(self.name, self.kind, self.aliases, self.memberships)
