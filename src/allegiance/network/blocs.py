"""Statements about a bloc put to the account of its members: only where the counting policy says so.

What was said is kept as said; the members take the bloc's place when statements are added up, by the membership on their days.
Who the members are is handed in; nothing is known here of names.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from allegiance.model import Modality

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from allegiance.network.counting import CountingPolicy

    Row = tuple[Any, ...]
    Members = Callable[[str, date, date], Sequence[str]]

EACH, SHARE = "each", "share"
MEMBERSHIP = "member-of"
# One who is told to be a member doesn't make a bloc; a list of them does.
_LEAST_TOLD = 2


def expanded(rows: Iterable[Row], policy: CountingPolicy, members: Members) -> Iterator[Row]:
    """Yield dated rows with the members in a bloc's place, as `policy.blocs` has it; without it, all as they are.

    ``each``: every member (every pair of members, between two blocs) gets the statement with its whole weight. ``share``: they
    share its weight equally; the weights of the rows are then fractions of tenths. No member is tied to itself.

    Args:
        rows: (id, actor, act, target, polarity, weight, modality, negated, confidence, chain, first day, last day, document, ...),
            as `CaseFile.dated_rows` has them.
        policy: how statements count.
        members: who belongs to a bloc from the first of two days to the last; nobody where it is none. A row without a date is
            not expanded by it: nobody knows by which membership.

    A bloc that `members` doesn't know is expanded where one document lists at least two members of it; such statements of
    membership then count no more, for the members stand there themselves.
    """
    if not policy.blocs:
        yield from rows
        return
    rows = list(rows)
    told = _told(rows)
    for row in rows:
        _, actor, act, target, _, weight, *_ = row
        acting, acted_upon = (_standing_for(name, row, members, told) for name in (actor, target))
        if act == MEMBERSHIP and acted_upon != (target,):
            continue
        if acting == (actor,) and acted_upon == (target,):
            yield row
            continue
        ends = [(one, other) for one in acting for other in acted_upon if one != other]
        part = Fraction(weight, len(ends)) if ends and policy.blocs == SHARE else weight
        for one, other in ends:
            yield (row[0], one, act, other, row[4], part, *row[6:])


def _standing_for(
    name: str, row: Row, members: Members, told: Mapping[str, Sequence[str]]
) -> tuple[str, ...]:
    first, last = row[10], row[11]
    if first is not None:
        first, last = (date.fromisoformat(day) if isinstance(day, str) else day for day in (first, last))
        if found := members(name, first, last):
            return tuple(found)
    return tuple(told.get(name, (name,)))


def _told(rows: Iterable[Row]) -> dict[str, tuple[str, ...]]:
    """Return the members of the groups whose members a document lists."""
    by_document: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for _, actor, act, target, _, _, modality, negated, _, _, _, _, document, *_ in rows:
        if act == MEMBERSHIP and modality == Modality.ASSERTED.value and not negated:
            by_document[target, document][actor] = None
    told: dict[str, dict[str, None]] = defaultdict(dict)
    for (group, _), found in by_document.items():
        if len(found) >= _LEAST_TOLD:
            told[group].update(found)
    return {group: tuple(found) for group, found in told.items()}
