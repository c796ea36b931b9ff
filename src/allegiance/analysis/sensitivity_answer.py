"""The ranges of all ties as JSON, in a notebook and on a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from allegiance.analysis.membership import membership
from allegiance.model import units
from allegiance.pictures import element, joined, table
from allegiance.pictures.ranges import ranges

if TYPE_CHECKING:
    from collections.abc import Iterator

    from allegiance.analysis.coalitions import CoalitionStructure
    from allegiance.model import Result
    from allegiance.pictures import Markup

MOST_DRAWN = 40


@dataclass(frozen=True, slots=True)
class TieRange:
    """How far the weight of one tie can change, all others fixed; weights in integer tenths.

    Attributes:
        a: one actor; `b` the other.
        b: see `a`.
        weight: the net weight now, 0 for a pair without a tie.
        together: whether the split has the two together; then only a smaller weight can part them, else only a larger one
            can join them.
        slack: the least change found after which a split with the pair the other way is as good; None where there is no
            other way.
        slack_at_least: certified: with any smaller change there is none. Below 0 only where the split itself isn't
            proved best.
        moved: who stands elsewhere in that split.
        statements: ids of the statements behind the tie.
    """

    a: str
    b: str
    weight: int
    together: bool
    slack: int | None
    slack_at_least: int | None
    moved: tuple[str, ...]
    statements: tuple[str, ...]

    @property
    def proved(self) -> bool:
        """Whether the least change is known exactly."""
        return self.slack == self.slack_at_least

    @property
    def lo(self) -> int | None:
        """The least weight, certified, down to which the pair stays together in a best split; None for any."""
        return self._end() if self.together else None

    @property
    def hi(self) -> int | None:
        """The largest weight, certified, up to which the pair stays apart in a best split; None for any."""
        return None if self.together else self._end()

    @property
    def flips_at(self) -> int | None:
        """The weight at which the split found with the pair the other way is as good as the present one."""
        return None if self.slack is None else self._changed(self.slack)

    def _end(self) -> int | None:
        return None if self.slack_at_least is None else self._changed(self.slack_at_least)

    def _changed(self, slack: int) -> int:
        return self.weight - slack if self.together else self.weight + slack


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """The ranges of all ties of a network.

    Attributes:
        split: the coalitions that are compared with.
        ranges: one for each tie (and for each pair without one, if asked), the least slack first.
    """

    split: Result[CoalitionStructure]
    ranges: tuple[TieRange, ...]

    @property
    def undecided(self) -> tuple[TieRange, ...]:
        """Ties without any slack: another split that is just as good has them the other way."""
        return tuple(one for one in self.ranges if one.slack == 0)

    def _repr_html_(self) -> str:
        """Draw the least slack first, with a table."""
        return joined(piece for _, piece in sections(self))


def to_json(result: Result[Sensitivity]) -> dict[str, Any]:
    """Return a result of `sensitivity` under the documented keys of ``--json``; weights in units."""
    found = result.value
    split = found.split.value
    return {
        "coalitions": [list(members) for members in split.coalitions],
        "value": units(split.frustration),
        "lower_bound": units(int(found.split.lower_bound or 0)),
        "split_proved": found.split.proved,
        "k": result.parameters["k"],
        "ties": [_range_json(one) for one in found.ranges],
        "undecided": len(found.undecided),
        "settled": sum(one.proved for one in found.ranges),
        "proved": result.proved,
        "method": result.method,
        "parameters": dict(result.parameters),
        "seed": result.seed,
        "seconds": result.seconds,
    }


def _range_json(one: TieRange) -> dict[str, Any]:
    return {
        "a": one.a,
        "b": one.b,
        "weight": units(one.weight),
        "together": one.together,
        "lo": _units(one.lo),
        "hi": _units(one.hi),
        "flips_at": _units(one.flips_at),
        "slack": _units(one.slack),
        "slack_at_least": _units(one.slack_at_least),
        "proved": one.proved,
        "moved": list(one.moved),
        "statements": list(one.statements),
    }


def _units(tenths: int | None) -> int | float | None:
    return None if tenths is None else units(tenths)


def change_words(one: TieRange) -> str:
    """Word what would have to become of the tie."""
    if one.slack is None or one.slack_at_least is None or one.flips_at is None:
        return "nothing could flip it"
    if one.slack == 0:
        return "nothing: another split with it the other way is as good now"
    way = "falls below" if one.together else "rises above"
    if one.proved:
        return f"{way} {units(one.flips_at)}"
    safe = one.lo if one.together else one.hi
    return f"{way} {units(one.flips_at)}, perhaps already {units(safe or 0)} (not settled in time)"


def standing_words(found: Sensitivity) -> str:
    """Word how firm the whole answer is against the change of one tie."""
    undecided = found.undecided
    sure = [one for one in found.ranges if one.slack]
    settled = sum(one.proved for one in found.ranges)
    lines = []
    if undecided:
        lines.append(
            f"{len(undecided):,} ties have no slack: another split is as good and has them the other way, so the least change to "
            "the wrong side flips them."
        )
    elif all(one.slack_at_least is None or one.slack_at_least > 0 for one in found.ranges):
        lines.append("Every tie has slack: no split that has one of them the other way is as good.")
    else:
        lines.append("No split as good that has a tie the other way was found, nor excluded for every tie.")
    if sure:
        one = sure[0]
        least = "The least slack" if not undecided else "The least slack of the others"
        lines.append(
            f"{least} is {units(one.slack or 0)}: {one.a} - {one.b}, now {units(one.weight)}, if it {change_words(one)}."
        )
    proof = "all" if settled == len(found.ranges) else f"{settled:,}"
    lines.append(f"Of {len(found.ranges):,} ranges {proof} are exact.")
    if not found.split.proved:
        lines.append(
            "The split itself is not proved best, so a range tells where a pair certainly stands in a best split, not that this "
            "split is one."
        )
    return " ".join(lines)


def sections(found: Sensitivity) -> Iterator[tuple[str, Markup]]:
    """Yield headings with what stands below them: the picture of the least slack, the table, the coalitions."""
    shown = found.ranges[:MOST_DRAWN]
    rows = [
        (
            f"{one.a} - {one.b}",
            float(units(one.weight)),
            None if one.lo is None else float(units(one.lo)),
            None if one.hi is None else float(units(one.hi)),
        )
        for one in shown
    ]
    yield (
        "How far each tie can change before the coalitions do",
        joined((element("p", standing_words(found)), ranges(rows, "Weights and their ranges"))),
    )
    cells = [
        (
            f"{one.a} - {one.b}",
            units(one.weight),
            "together" if one.together else "apart",
            change_words(one),
            ", ".join(one.moved),
            ", ".join(one.statements[:5]),
        )
        for one in shown
    ]
    heads = [
        "tie",
        "weight now",
        "stand",
        "others are better once it",
        "who then stands elsewhere",
        "statements",
    ]
    caption = (
        f"The {MOST_DRAWN} with the least slack of {len(found.ranges):,}."
        if len(found.ranges) > MOST_DRAWN
        else ""
    )
    yield "Pivotal ties", table(heads, cells, caption=caption)
    yield "The coalitions", table(["", "members"], membership(found.split.value))
