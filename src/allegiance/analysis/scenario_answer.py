"""The answer to scenarios: stages, outcomes, and how they look as JSON, in a notebook and on a page."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from allegiance.model import Result, units
from allegiance.model.scenario import to_json as step_json
from allegiance.pictures import element, joined, table
from allegiance.pictures.alluvial import alluvial

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from allegiance.analysis.coalitions import CoalitionStructure
    from allegiance.model.scenario import Step
    from allegiance.pictures import Markup

MOST_OUTCOMES = 20


@dataclass(frozen=True, slots=True)
class TieShift:
    """A tie that is not what it was before the stage; net weights in integer tenths.

    Attributes:
        a: one actor; `b` the other.
        b: see `a`.
        before: its weight before, 0 where there was no tie; `after` the weight then.
        after: see `before`.
        statements: ids of today's statements behind it.
    """

    a: str
    b: str
    before: int
    after: int
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stage:
    """The coalitions after some scenarios, beside those of the stage before.

    Attributes:
        name: what the last scenario is called, "as it is" for the stage without any.
        steps: the steps that it takes, in order; those of earlier stages not among them.
        split: the coalitions; the ones of the stage before where they are as good still.
        numbers: by coalition (in the order of `split`), its number through all stages, from 0.
        moved: by actor, the number that it left and the one that it joined.
        tieless: who stood in a coalition in the stage before, and has no tie any more: such an actor stands in none.
        ties: what changed since the stage before.
        old_cost: integer tenths, what the coalitions of the stage before would violate now; None where a step forbids them.
        reasons: why ties of those who moved, or that a step changed, are violated.
    """

    name: str
    steps: tuple[Step, ...]
    split: Result[CoalitionStructure]
    numbers: tuple[int, ...]
    moved: Mapping[str, tuple[int, int]]
    tieless: tuple[str, ...]
    ties: tuple[TieShift, ...]
    old_cost: int | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One way in which uncertain steps can turn out.

    Attributes:
        share: how likely it is, 0 to 1: exact, or the share of draws.
        coalitions: the coalitions in the end.
        proved: whether they are proved to violate the least in each of the worlds that end with them.
    """

    share: float
    coalitions: tuple[tuple[str, ...], ...]
    proved: bool


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The answer to a sequence of scenarios.

    Attributes:
        stages: as it is, then after each scenario; each with all its certain and uncertain steps.
        outcomes: how it may turn out when uncertain steps may fail, the likeliest first; empty where no step is uncertain.
        exact: whether the shares are exact, not drawn.
        together: share of the outcomes in which two actors are in one coalition, by pair of names, for the pairs for
            which it is neither 0 nor 1.
    """

    stages: tuple[Stage, ...]
    outcomes: tuple[Outcome, ...] = ()
    exact: bool = True
    together: Mapping[tuple[str, str], float] = field(default_factory=lambda: MappingProxyType({}))

    def _repr_html_(self) -> str:
        """Draw the stages side by side, with tables of what changed."""
        return joined(piece for _, piece in sections(self))


def to_json(result: Result[WhatIf]) -> dict[str, Any]:
    """Return a result of `what_if` under the documented keys of ``--json``; weights in units."""
    found = result.value
    return {
        "stages": [_stage_json(stage) for stage in found.stages],
        "outcomes": [
            {
                "share": round(one.share, 6),
                "coalitions": [list(members) for members in one.coalitions],
                "proved": one.proved,
            }
            for one in found.outcomes
        ],
        "shares_exact": found.exact,
        "together": [{"a": a, "b": b, "share": round(share, 6)} for (a, b), share in found.together.items()],
        "proved": result.proved,
        "method": result.method,
        "parameters": dict(result.parameters),
        "seed": result.seed,
        "seconds": result.seconds,
    }


def _stage_json(stage: Stage) -> dict[str, Any]:
    split = stage.split.value
    return {
        "scenario": stage.name,
        "steps": [step_json(step) for step in stage.steps],
        "value": units(split.frustration),
        "lower_bound": units(int(stage.split.lower_bound or 0)),
        "proved": stage.split.proved,
        "coalitions": {
            f"C{number + 1}": list(members)
            for number, members in zip(stage.numbers, split.coalitions, strict=True)
        },
        "moved": [
            {"actor": actor, "from": f"C{left + 1}", "to": f"C{to + 1}"}
            for actor, (left, to) in stage.moved.items()
        ],
        "tieless": list(stage.tieless),
        "ties": [
            {
                "a": tie.a,
                "b": tie.b,
                "before": units(tie.before),
                "after": units(tie.after),
                "statements": list(tie.statements),
            }
            for tie in stage.ties
        ],
        "old_coalitions_would_violate": None if stage.old_cost is None else units(stage.old_cost),
        "reasons": list(stage.reasons),
    }


def sections(found: WhatIf) -> Iterator[tuple[str, Markup]]:
    """Yield headings with what stands below them: the coalitions side by side, each stage, the outcomes."""
    columns = [
        (stage.name, dict(zip(stage.numbers, stage.split.value.coalitions, strict=True)))
        for stage in found.stages
    ]
    yield "Coalitions before and after", alluvial(columns, "Coalitions before and after")
    for stage in found.stages[1:]:
        yield stage.name, _stage(stage)
    if found.outcomes:
        rows = [
            (f"{one.share:.1%}", " | ".join(", ".join(members) for members in one.coalitions))
            for one in found.outcomes[:MOST_OUTCOMES]
        ]
        how = "exact, from all combinations" if found.exact else "from draws"
        yield (
            "How it may turn out",
            table(["share", "coalitions in the end"], rows, caption=f"Shares are {how}."),
        )


def _stage(stage: Stage) -> Markup:
    value = units(stage.split.value.frustration)
    proof = "proved" if stage.split.proved else f"at least {units(int(stage.split.lower_bound or 0))}"
    parts = [element("p", f"The coalitions violate ties of weight {value} ({proof}). {_moves(stage)}")]
    if stage.tieless:
        parts.append(element("p", f"Without ties, and so in no coalition: {', '.join(stage.tieless)}."))
    if stage.steps:
        rows = [
            (step.kind.value, ", ".join(step.actors) or step.source, _shift(step.weight), step.because)
            for step in stage.steps
        ]
        parts.append(table(["step", "who", "shift", "because"], rows))
    if stage.ties:
        ties = [
            (f"{tie.a} - {tie.b}", units(tie.before), units(tie.after), ", ".join(tie.statements[:5]))
            for tie in stage.ties
        ]
        parts.append(table(["tie", "before", "after", "today's statements"], ties))
    if stage.reasons:
        parts.append(element("p", "Ties that stay violated, and what stands against each:"))
        parts.append(element("ul", *(element("li", f"{words}.") for words in stage.reasons)))
    return joined(parts)


def _shift(tenths: int) -> str:
    return f"{units(tenths):+}" if tenths else ""


def _moves(stage: Stage) -> str:
    if not stage.moved:
        return "Nobody moves: the old coalitions are as good still."
    moves = ", ".join(f"{actor} from C{left + 1} to C{to + 1}" for actor, (left, to) in stage.moved.items())
    if stage.old_cost is None:
        return f"The old coalitions are what a step forbids; so moves {moves}."
    more = units(stage.old_cost - stage.split.value.frustration)
    return f"The old coalitions would violate {more} more; so moves {moves}."
