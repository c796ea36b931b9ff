"""What each name of an entry can mean, and which of several meanings holds on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from allegiance.naming.lexicon import Sense

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from allegiance.naming.entry import ActorEntry, Leader

# Where one phrase is a name of one actor and less of another, the nearer kind of name counts.
_NEARNESS = {"name": 0, "alias": 1, "capital": 2, "demonym": 3, "leader": 4}


def senses_of(entries: Sequence[ActorEntry], *, by_user: bool) -> Iterator[tuple[str, Sense]]:
    """Yield each name of `entries` with what it means."""
    persons = {entry.name for entry in entries if entry.kind == "person"}
    for entry in entries:
        sense = Sense(entry.name, "name", period=entry.period, by_user=by_user)
        yield entry.name, sense
        for alias in entry.aliases:
            yield alias, replace(sense, via="alias")
        for demonym in entry.demonyms:
            yield demonym, replace(sense, via="demonym")
            yield _plural(demonym), replace(sense, via="demonym")
        for capital in entry.capitals:
            yield capital, replace(sense, via="capital")
        for leader in entry.leaders:
            # A leader who is an actor with a row of its own is meant as that actor.
            if leader.name not in persons:
                yield from _of_leader(entry.name, leader, by_user=by_user)


def _of_leader(actor: str, leader: Leader, *, by_user: bool) -> Iterator[tuple[str, Sense]]:
    sense = Sense(actor, "leader", leader.name, leader.period, shorts=leader.short, by_user=by_user)
    for name in (leader.name, *leader.aliases):
        yield name, sense
    for short in leader.short:
        if short not in (leader.name, *leader.aliases):
            yield short, replace(sense, short=True)


def _plural(demonym: str) -> str:
    return demonym if demonym.endswith(("s", "sh", "ch", "ese")) else demonym + "s"


def meant(senses: Iterable[Sense], day: date | None) -> Sense | None:
    """Return what a full name means on `day`, or None where all it could be is a surname alone.

    A leader out of office is meant as a person: the sense's actor is then the person's own name.
    """
    full = _of_user([sense for sense in senses if not sense.short])
    proper = [sense for sense in full if sense.via != "leader"] or full
    if not proper:
        return None
    holding = [sense for sense in proper if day is None or sense.period.holds_on(day)]
    best = nearest(holding or proper)
    return best if holding or best.via != "leader" else replace(best, actor=best.person)


def nearest(senses: Sequence[Sense]) -> Sense:
    """Return the sense that is still valid, else the latest; among these the nearest kind of name."""
    return min(
        senses,
        key=lambda sense: (
            sense.period.until is not None,
            -(sense.period.until or date.max).toordinal(),
            _NEARNESS[sense.via],
        ),
    )


def _of_user(senses: list[Sense]) -> list[Sense]:
    return [sense for sense in senses if sense.by_user] or senses


def short_senses(senses: Iterable[Sense]) -> list[Sense]:
    """Return the senses in which the phrase is a surname alone; the user's, if the user has any."""
    return _of_user([sense for sense in senses if sense.short])
