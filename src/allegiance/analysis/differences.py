"""What two tellings differ in, pair by pair, and into which parts the difference falls, in exact tenths."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from allegiance.network import Contributions, SignedNetwork

OPPOSITE, AMOUNT, ONLY_FIRST, ONLY_SECOND = (
    "opposite sign",
    "same sign, other amount",
    "only first",
    "only second",
)
KINDS = (OPPOSITE, AMOUNT, ONLY_FIRST, ONLY_SECOND)

SAME_EVENT_OPPOSITE = "same event, opposite sign"
SAME_EVENT_AMOUNT = "same event, other amount"
SAME_DAY_OPPOSITE = "same day, other act of opposite sign"
SAME_DAY_AMOUNT = "same day, other act of the same sign"
EVENT_FIRST = "event only in first"
EVENT_SECOND = "event only in second"
UNDATED = "without a date"
ROUNDING = "rounding"
PARTS = (
    SAME_EVENT_OPPOSITE,
    SAME_EVENT_AMOUNT,
    SAME_DAY_OPPOSITE,
    SAME_DAY_AMOUNT,
    EVENT_FIRST,
    EVENT_SECOND,
    UNDATED,
    ROUNDING,
)


@dataclass(frozen=True, slots=True, eq=False)
class Telling:
    """One of two things that are compared: what a source says, or what is said of a period.

    Attributes:
        name: how it is called.
        counted: its statements one by one.
        acts: the act of each by the id of its statement; None where rows tell no acts.
    """

    name: str
    counted: Contributions
    acts: Mapping[Any, str] | None = None


@dataclass(frozen=True, slots=True)
class TieDifference:
    """A pair of actors on which two tellings differ; net weights in integer tenths.

    Attributes:
        a: one actor; `b` the other.
        b: see `a`.
        first: the net weight in the first telling, None where it tells nothing of the pair.
        second: the same in the second.
        kind: one of `KINDS`. Where one telling has the pair and it nets to nothing, it counts as an amount.
        parts: by name of `PARTS`, what events bring to `difference`, adding up to it; empty where events aren't compared.
        first_statements: ids of the statements behind the tie in the first telling.
        second_statements: the same in the second.
    """

    a: str
    b: str
    first: int | None
    second: int | None
    kind: str
    parts: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    first_statements: tuple[str, ...] = ()
    second_statements: tuple[str, ...] = ()

    @property
    def difference(self) -> int:
        """How much more the second telling has the two with each other than the first."""
        return (self.second or 0) - (self.first or 0)


@dataclass(frozen=True, slots=True)
class Differences:
    """All pairs on which two tellings differ.

    Attributes:
        ties: those whose net weights differ, the largest difference first.
        equal: how many pairs both tell of with the same net weight.
        events: whether events were compared: both tellings are of the same time, and dated.
    """

    ties: tuple[TieDifference, ...]
    equal: int
    events: bool

    @property
    def total(self) -> int:
        """The sum of the sizes of all differences, integer tenths."""
        return sum(abs(tie.difference) for tie in self.ties)

    def by_kind(self) -> dict[str, int]:
        """Return the tenths of the total by kind; they add up to it."""
        return {kind: sum(abs(tie.difference) for tie in self.ties if tie.kind == kind) for kind in KINDS}

    def by_part(self) -> dict[str, int]:
        """Return the tenths of the total by what events bring; they add up to it.

        What works against the difference of its pair counts below 0.
        """
        if not self.events:
            return {}
        return {
            part: sum(tie.parts.get(part, 0) * (1 if tie.difference > 0 else -1) for tie in self.ties)
            for part in PARTS
        }


def differences(
    first: Telling, second: Telling, nets: Sequence[SignedNetwork], *, events: bool, within: int = 0
) -> Differences:
    """Compare two tellings pair by pair.

    Args:
        first: the one; `second` the other.
        second: see `first`.
        nets: the networks that the two add up to.
        events: whether to look into the pairs, event by event; useless for two periods, which share none.
        within: how many days apart two acts may be and still be taken for the same event.
    """
    one, two = (_ties(net) for net in nets)
    dated = [not np.isnat(telling.counted.first).all() for telling in (first, second)]
    events = events and all(dated)
    acts = first.acts is not None and second.acts is not None
    divisor = math.lcm(first.counted.divisor, second.counted.divisor)
    told = [_told(telling, divisor, acts=acts) if events else {} for telling in (first, second)]
    found = []
    equal = 0
    for pair in sorted(one.keys() | two.keys()):
        left, right = one.get(pair), two.get(pair)
        tie = TieDifference(
            pair[0],
            pair[1],
            None if left is None else left[0],
            None if right is None else right[0],
            _kind(left, right),
            first_statements=() if left is None else left[1],
            second_statements=() if right is None else right[1],
        )
        if not tie.difference:
            equal += left is not None and right is not None
            continue
        parts = (
            _parts(told[0].get(pair, {}), told[1].get(pair, {}), divisor, tie.difference, within)
            if events
            else {}
        )
        found.append(
            TieDifference(
                *(tie.a, tie.b, tie.first, tie.second, tie.kind),
                MappingProxyType(parts),
                tie.first_statements,
                tie.second_statements,
            )
        )
    found.sort(key=lambda tie: (-abs(tie.difference), tie.a, tie.b))
    return Differences(tuple(found), equal, events)


_Pair = tuple[str, str]
_Event = tuple[int, int, str]
"""First and last day, counted from 1970, and the act, "" where it is not known."""

UNKNOWN_DAY = -(2**62)


def _ties(net: SignedNetwork) -> dict[_Pair, tuple[int, tuple[str, ...]]]:
    weight = net.weight.tolist()
    return {
        _pair(net.actors[a], net.actors[b]): (weight[number], net.evidence.of(number))
        for number, (a, b) in enumerate(zip(net.a.tolist(), net.b.tolist(), strict=True))
    }


def _pair(a: str, b: str) -> _Pair:
    return (a, b) if a < b else (b, a)


def _kind(left: tuple[int, Any] | None, right: tuple[int, Any] | None) -> str:
    if left is None:
        return ONLY_SECOND
    if right is None:
        return ONLY_FIRST
    return OPPOSITE if left[0] * right[0] < 0 else AMOUNT


def _told(telling: Telling, divisor: int, *, acts: bool) -> dict[_Pair, dict[_Event, int]]:
    """Return what is told of each pair, by event: the sum of amounts, in tenths times `divisor`.

    Events are told apart by their `acts` only where both tellings tell acts.
    """
    counted = telling.counted
    act_of = telling.acts if acts and telling.acts is not None else {}
    amounts = counted.amount * (divisor // counted.divisor)
    found: dict[_Pair, dict[_Event, int]] = defaultdict(lambda: defaultdict(int))
    first, last = (
        np.where(np.isnat(days), UNKNOWN_DAY, days.astype(np.int64)).tolist()
        for days in (counted.first, counted.last)
    )
    rows = zip(
        counted.a.tolist(),
        counted.b.tolist(),
        amounts.tolist(),
        counted.ids.tolist(),
        first,
        last,
        strict=True,
    )
    for a, b, amount, stmt, begin, end in rows:
        found[_pair(counted.actors[a], counted.actors[b])][begin, end, act_of.get(stmt, "")] += amount
    return found


def _parts(
    one: Mapping[_Event, int], two: Mapping[_Event, int], divisor: int, difference: int, within: int
) -> dict[str, int]:
    """Return the difference of one pair by part, in tenths that add up to it."""
    raw: dict[str, int] = defaultdict(int)
    for part, amount in _matched(dict(one), dict(two), within):
        raw[part] += amount
    # Sums are rounded tie by tie, towards nothing; what that leaves is a part of its own.
    parts = {part: amount // divisor if amount > 0 else -(-amount // divisor) for part, amount in raw.items()}
    parts[ROUNDING] = difference - sum(parts.values())
    return {part: parts[part] for part in PARTS if parts.get(part)}


def _matched(one: dict[_Event, int], two: dict[_Event, int], within: int) -> Iterator[tuple[str, int]]:
    """Yield (part, what it brings): same acts on the same days first, then same days, then what only one tells."""
    for side, sign in ((one, -1), (two, 1)):
        for event in [event for event in side if event[0] == UNKNOWN_DAY]:
            yield UNDATED, sign * side.pop(event)
    for same_act, opposite, alike in (
        (True, SAME_EVENT_OPPOSITE, SAME_EVENT_AMOUNT),
        (False, SAME_DAY_OPPOSITE, SAME_DAY_AMOUNT),
    ):
        for mine, other in _meeting(one, two, within, same_act=same_act):
            left, right = one.pop(mine), two.pop(other)
            yield opposite if left * right < 0 else alike, right - left
    for amount in one.values():
        yield EVENT_FIRST, -amount
    for amount in two.values():
        yield EVENT_SECOND, amount


def _meeting(
    one: Mapping[_Event, int], two: Mapping[_Event, int], within: int, *, same_act: bool
) -> list[tuple[_Event, _Event]]:
    """Return events of the one beside events of the other at most `within` days away, each once, the nearest first."""
    near = sorted(two)
    starts = [event[0] for event in near]
    longest = max((last - first for first, last, _ in near), default=0)
    found = []
    for mine in sorted(one):
        first, last, act = mine
        for other in near[
            bisect_left(starts, first - longest - within) : bisect_right(starts, last + within)
        ]:
            gap = max(0, other[0] - last, first - other[1])
            if gap <= within and (other[2] == act or not same_act):
                # Of overlapping times those that begin and end alike are nearer.
                found.append((gap, abs(other[0] - first) + abs(other[1] - last), mine, other))
    taken: set[tuple[int, _Event]] = set()
    pairs = []
    for _, _, mine, other in sorted(found):
        if (0, mine) not in taken and (1, other) not in taken:
            taken |= {(0, mine), (1, other)}
            pairs.append((mine, other))
    return pairs
