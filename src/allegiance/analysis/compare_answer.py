"""The answer of a comparison as JSON, in words, in a notebook and on a page."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from allegiance.analysis.differences import (
    AMOUNT,
    EVENT_FIRST,
    EVENT_SECOND,
    ONLY_FIRST,
    ONLY_SECOND,
    OPPOSITE,
    SAME_DAY_OPPOSITE,
    SAME_EVENT_OPPOSITE,
)
from allegiance.model import units
from allegiance.pictures import element, joined, table
from allegiance.pictures.alluvial import alluvial
from allegiance.pictures.mirrored import mirrored

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from allegiance.analysis.coalitions import CoalitionStructure
    from allegiance.analysis.differences import Differences, TieDifference
    from allegiance.model import Result
    from allegiance.pictures import Markup

MOST_DRAWN = 40
MOST_IDS = 5
CLOSE = 1e-9


@dataclass(frozen=True, slots=True)
class Imposed:
    """What the coalitions of one telling would cost in the network of the other, on the actors of both.

    Attributes:
        excess: integer tenths, how much more the other network's best split with the actors of both so placed violates
            than its best split; 0 where that is as good.
        proved: whether this is exact.
    """

    excess: int
    proved: bool


@dataclass(frozen=True, slots=True)
class Distance:
    """How far apart two coalition structures are, on the actors who have ties in both networks.

    Attributes:
        variation: variation of information in bits, 0 for equal ones.
        rand: adjusted Rand index, 1 for equal ones, about 0 for unrelated ones.
        least: the least variation between any two of the best splits that were listed; `most` the largest.
        most: see `least`.
        splits: how many best splits of the one and of the other were listed.
        complete: whether these are all.
        first_in_second: what the first's coalitions cost in the second network; `second_in_first` the reverse.
        second_in_first: see `first_in_second`.
    """

    variation: float
    rand: float
    least: float
    most: float
    splits: tuple[int, int]
    complete: bool
    first_in_second: Imposed
    second_in_first: Imposed


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two tellings side by side.

    Attributes:
        names: what they are called.
        shared: actors with ties in both; `only` those with ties in one of them.
        only: see `shared`.
        differences: the ties on which they differ.
        splits: the coalitions of each, in its own network.
        numbers: by actor of `shared`, the coalition in the first and the one in the second; what is matched by overlap has
            equal numbers, from 0.
        distance: how far the coalitions are apart.
    """

    names: tuple[str, str]
    shared: tuple[str, ...]
    only: tuple[tuple[str, ...], tuple[str, ...]]
    differences: Differences
    splits: tuple[Result[CoalitionStructure], Result[CoalitionStructure]]
    numbers: Mapping[str, tuple[int, int]]
    distance: Distance

    @property
    def moved(self) -> tuple[str, ...]:
        """Actors who stand elsewhere in the second than in the first."""
        return tuple(actor for actor, (first, second) in self.numbers.items() if first != second)

    def _repr_html_(self) -> str:
        """Draw the coalitions side by side, and the ties that differ."""
        return joined(piece for _, piece in sections(self))


def to_json(result: Result[Comparison]) -> dict[str, Any]:
    """Return a result of `compare` under the documented keys of ``--json``; weights in units."""
    found = result.value
    told = found.differences
    far = found.distance
    return {
        "first": found.names[0],
        "second": found.names[1],
        "shared_actors": list(found.shared),
        "only_first_actors": list(found.only[0]),
        "only_second_actors": list(found.only[1]),
        "difference": units(told.total),
        "by_pair": {kind: units(tenths) for kind, tenths in told.by_kind().items()},
        "by_event": {part: units(tenths) for part, tenths in told.by_part().items()} if told.events else None,
        "equal_ties": told.equal,
        "ties": [_tie_json(tie) for tie in told.ties],
        "coalitions": {
            side: {
                "coalitions": [list(members) for members in split.value.coalitions],
                "value": units(split.value.frustration),
                "lower_bound": units(int(split.lower_bound or 0)),
                "proved": split.proved,
            }
            for side, split in zip(("first", "second"), found.splits, strict=True)
        },
        "moved": list(found.moved),
        "distance": {
            "variation_of_information": far.variation,
            "adjusted_rand": far.rand,
            "least": far.least,
            "most": far.most,
            "splits": list(far.splits),
            "splits_complete": far.complete,
            "first_in_second": _imposed_json(far.first_in_second),
            "second_in_first": _imposed_json(far.second_in_first),
        },
        "k": result.parameters["k"],
        "proved": result.proved,
        "method": result.method,
        "parameters": dict(result.parameters),
        "seed": result.seed,
        "seconds": result.seconds,
    }


def _imposed_json(one: Imposed) -> dict[str, Any]:
    return {"excess": units(one.excess), "proved": one.proved}


def _tie_json(tie: TieDifference) -> dict[str, Any]:
    return {
        "a": tie.a,
        "b": tie.b,
        "first": None if tie.first is None else units(tie.first),
        "second": None if tie.second is None else units(tie.second),
        "difference": units(tie.difference),
        "kind": tie.kind,
        "parts": {part: units(tenths) for part, tenths in tie.parts.items()},
        "first_statements": list(tie.first_statements),
        "second_statements": list(tie.second_statements),
    }


def difference_words(found: Comparison) -> str:
    """Word whether the two tell different things, or the same things with opposite sign."""
    told = found.differences
    if not told.ties:
        return f"{found.names[0]} and {found.names[1]} have the same weight on all {told.equal:,} ties."
    pairs = told.by_kind()
    only = pairs[ONLY_FIRST] + pairs[ONLY_SECOND]
    lines = [
        (
            f"Their ties differ by {units(told.total)} in all: {_share(only, told.total)} on pairs that only one of them tells of, "
            f"{_share(pairs[OPPOSITE], told.total)} on pairs that both tell of with opposite sign, "
            f"{_share(pairs[AMOUNT], told.total)} on pairs where only the amount differs."
        )
    ]
    if told.events:
        parts = told.by_part()
        opposite = parts[SAME_EVENT_OPPOSITE] + parts[SAME_DAY_OPPOSITE]
        other = parts[EVENT_FIRST] + parts[EVENT_SECOND]
        lines.append(
            f"Event by event: {_share(other, told.total)} comes from events that only one of them reports of those days, "
            f"{_share(opposite, told.total)} from the same days told with opposite sign."
        )
        lines.append(_verdict(other, opposite))
    return " ".join(lines)


def _verdict(other: int, opposite: int) -> str:
    if other > 2 * opposite:
        return "So they differ mostly because they report different events, or date them otherwise (see --within)."
    if opposite > 2 * other:
        return "So they differ mostly because they tell the same days with opposite sign."
    return "So both count: different events, and the same days told with opposite sign."


def _share(tenths: int, total: int) -> str:
    return f"{units(tenths)} ({tenths / total:.0%})"


def coalition_words(found: Comparison) -> str:
    """Word whether the coalitions differ, and whether that is certain."""
    far, (first, second) = found.distance, found.names
    count = len(found.shared)
    if far.variation < CLOSE:
        lines = [f"On the {count:,} actors of both the coalitions found are the same."]
        if far.most > CLOSE:
            lines.append("Other splits are as good, though, and among these some differ.")
        return " ".join(lines)
    lines = [
        (
            f"On the {count:,} actors of both the coalitions differ: variation of information {far.variation:.2f} bits, adjusted "
            f"Rand index {far.rand:.2f}; elsewhere stand {', '.join(found.moved)}."
        )
    ]
    all_ = "all" if far.complete else "the first"
    listed = f"{all_} {far.splits[0]:,} and {far.splits[1]:,} best splits"
    if far.least < CLOSE:
        lines.append(f"But among {listed} there are two that agree, so the difference is a matter of choice.")
    elif far.most - far.least > CLOSE:
        lines.append(f"Over {listed} the distance runs from {far.least:.2f} to {far.most:.2f} bits.")
    lines += [
        _imposed_words(first, second, far.first_in_second),
        _imposed_words(second, first, far.second_in_first),
    ]
    return " ".join(lines)


def _imposed_words(one: str, other: str, held: Imposed) -> str:
    proof = "" if held.proved else " (not proved)"
    if not held.excess:
        return f"The coalitions of {one} would be as good for {other}{proof}."
    return f"In the network of {other} the coalitions of {one} would violate {units(held.excess)} more than the best{proof}."


def sections(found: Comparison) -> Iterator[tuple[str, Markup]]:
    """Yield headings with what stands below them: coalitions side by side, the parts of the difference, the ties."""
    first, second = found.names
    columns = []
    for side, name in enumerate(found.names):
        members: dict[int, list[str]] = defaultdict(list)
        for actor, numbers in found.numbers.items():
            members[numbers[side]].append(actor)
        columns.append((name, dict(members)))
    drawn = alluvial(columns, f"Coalitions by {first} and by {second}")
    yield "Who stands with whom", joined((element("p", coalition_words(found)), drawn))
    yield "Why they differ", joined((element("p", difference_words(found)), _part_table(found)))
    ties = found.differences.ties[:MOST_DRAWN]
    if not ties:
        return
    bars = [(f"{tie.a} - {tie.b}", _number(tie.first), _number(tie.second)) for tie in ties]
    yield "The ties that differ most", mirrored(bars, found.names, "Tie weights side by side")
    rows = [
        (
            f"{tie.a} - {tie.b}",
            _cell(tie.first),
            _cell(tie.second),
            units(tie.difference),
            tie.kind,
            ", ".join((*tie.first_statements[:MOST_IDS], *tie.second_statements[:MOST_IDS])),
        )
        for tie in ties
    ]
    yield (
        "The statements behind the differences",
        table(["tie", first, second, "difference", "kind", "statements"], rows),
    )


def _part_table(found: Comparison) -> Markup:
    told, (first, second) = found.differences, found.names
    named = {
        ONLY_FIRST: f"only {first}",
        ONLY_SECOND: f"only {second}",
        EVENT_FIRST: f"event only in {first}",
        EVENT_SECOND: f"event only in {second}",
    }
    rows = [(f"pair: {named.get(kind, kind)}", units(tenths)) for kind, tenths in told.by_kind().items()]
    rows += [(named.get(part, part), units(tenths)) for part, tenths in told.by_part().items() if tenths]
    caption = f"By pair and by event the parts add up to {units(told.total)}; what works against the difference of its tie counts below 0."
    return table(["part of the difference", "weight"], rows, caption=caption if told.events else "")


def _number(tenths: int | None) -> float | None:
    return None if tenths is None else float(units(tenths))


def _cell(tenths: int | None) -> str | float:
    return "" if tenths is None else units(tenths)
