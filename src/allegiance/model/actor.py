"""Who acts: states, organisations, armed groups, companies, blocs, persons in office."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Membership:
    """That an actor belonged to a group (a bloc, an alliance, a government) for a time; None = open end."""

    group: str
    since: date | None = None
    until: date | None = None

    def holds_on(self, day: date | None) -> bool:
        """Return whether the membership holds on `day`; an unknown day counts as held."""
        return day is None or (
            (self.since is None or self.since <= day) and (self.until is None or day <= self.until)
        )


@dataclass(frozen=True, slots=True)
class Actor:
    """One who acts, under one canonical name.

    Attributes:
        name: the canonical name, unique in a case (``Russia``, ``Hezbollah``).
        kind: state, bloc, organisation, armed-group, company, province, person or unknown.
        aliases: other names under which texts speak of it.
        memberships: the groups it belongs to, with dates.
    """

    name: str
    kind: str = "unknown"
    aliases: tuple[str, ...] = ()
    memberships: tuple[Membership, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """The characters ``text[start:end]`` of a document that name an actor.

    Attributes:
        start: offset of the first character.
        end: offset behind the last.
        text: the surface words.
        actor: canonical name, or the surface words themselves where nothing is known of them.
        known: whether `actor` was resolved to a known actor.
        via: by what kind of name: name, alias, demonym ("Russian"), capital ("Ankara"), leader, office
            ("the president of X"), group ("the allies"), ner (found by the language pipeline only).
        person: the full name where a person stands for the actor (`via` leader), else empty.
        people_of: of whom they are people who don't act in its name ("Syrian civilians"), or empty.
    """

    start: int
    end: int
    text: str
    actor: str
    known: bool = True
    via: str = "name"
    person: str = ""
    people_of: str = ""
