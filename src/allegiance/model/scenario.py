"""A scenario: a named list of changes to a case, each of which may depend on another and on chance.

What a change does to a network is decided elsewhere; here stand the changes, and which of them come about together.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from allegiance.errors import DataError, UnknownNameError
from allegiance.model.result import units

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator


class StepKind(StrEnum):
    """What a step changes."""

    INCIDENT = "incident"
    AGREEMENT = "agreement"
    ADMISSION = "admission"
    EXCLUSION = "exclusion"
    DISBELIEF = "disbelief"
    OMISSION = "omission"
    CLOSURE = "closure"


@dataclass(frozen=True, slots=True)
class Step:
    """One change.

    Attributes:
        kind: what it changes.
        actors: incident and agreement: the two between whom it is; admission and exclusion: who, then the members;
            omission: whose statements are left out; closure: both ends of the route.
        weight: incident and agreement: what the tie changes by, integer tenths, below 0 for an incident.
        source: disbelief: the outlet, data set or speaker (anywhere in the chain) that isn't believed.
        goods: closure: the goods that can't pass any more; empty for all.
        label: what conditions call it by.
        requires: the label of the step without which it doesn't come about; empty for none.
        unless: the label of the step that prevents it; empty for none.
        probability: how likely it is, given its conditions, above 0 to 1.
        because: in words, why; shown with the answer.
        statements: ids of the statements that it is taken from.
        line: where it stands in its file, 0 for nowhere.
    """

    kind: StepKind
    actors: tuple[str, ...] = ()
    weight: int = 0
    source: str = ""
    goods: str = ""
    label: str = ""
    requires: str = ""
    unless: str = ""
    probability: float = 1.0
    because: str = ""
    statements: tuple[str, ...] = ()
    line: int = 0

    @property
    def place(self) -> str:
        """Say which step it is, for sentences about it."""
        where = f" (line {self.line})" if self.line else ""
        return f"the {self.kind}{f' {self.label!r}' if self.label else ''}{where}"


@dataclass(frozen=True, slots=True)
class Scenario:
    """A named list of steps, in the order in which they are taken.

    Attributes:
        name: what it is called.
        steps: the changes.
        note: in words, what it is about.
    """

    name: str
    steps: tuple[Step, ...]
    note: str = ""

    def __post_init__(self) -> None:
        """Check that the conditions name steps and don't run in a circle.

        Raises:
            UnknownNameError: a condition names no step; says the nearest ones.
            DataError: two steps have one label, or conditions run in a circle; says where.
        """
        by_label: dict[str, Step] = {}
        for step in self.steps:
            if step.label and step.label in by_label:
                raise DataError(
                    f"Scenario {self.name!r}: {by_label[step.label].place} and {step.place} have one label; name each its "
                    "own way."
                )
            by_label[step.label] = step
        by_label.pop("", None)
        for step in self.steps:
            for wanted in _conditions(step):
                if wanted not in by_label:
                    raise UnknownNameError("step", wanted, by_label, where=f"scenario {self.name!r}")
        _check_circles(self.name, self.steps, by_label)

    @property
    def uncertain(self) -> tuple[int, ...]:
        """The numbers of the steps that may not come about even if their conditions hold."""
        return tuple(number for number, step in enumerate(self.steps) if step.probability < 1)

    def taken(self, missed: Collection[int] = ()) -> tuple[Step, ...]:
        """Return the steps that come about when those numbered in `missed` don't, in their order."""
        by_label = {step.label: number for number, step in enumerate(self.steps) if step.label}
        known: dict[int, bool] = {}

        def holds(number: int) -> bool:
            if number not in known:
                step = self.steps[number]
                known[number] = (
                    number not in missed
                    and (not step.requires or holds(by_label[step.requires]))
                    and not (step.unless and holds(by_label[step.unless]))
                )
            return known[number]

        return tuple(step for number, step in enumerate(self.steps) if holds(number))


def check_contradictions(name: str, steps: Collection[Step]) -> None:
    """Check that steps which come about together don't exclude each other.

    Raises:
        DataError: an exclusion of whom an admission puts into the same coalition, or a change at an actor whose
            statements are left out; says which lines.
    """
    _check_sides(name, steps)
    left_out = {step.actors[0]: step for step in steps if step.kind is StepKind.OMISSION}
    for step in steps:
        for actor in step.actors:
            if actor in left_out and step.kind not in (StepKind.OMISSION, StepKind.CLOSURE):
                raise DataError(
                    f"Scenario {name!r}: {step.place} needs {actor}, but {left_out[actor].place} leaves all statements on "
                    f"{actor} out; drop one of them."
                )


def _check_sides(name: str, steps: Collection[Step]) -> None:
    leader: dict[str, str] = {}

    def find(actor: str) -> str:
        while leader.setdefault(actor, actor) != actor:
            actor = leader[actor]
        return actor

    admissions = [step for step in steps if step.kind is StepKind.ADMISSION]
    for step in admissions:
        for member in step.actors[1:]:
            leader[find(member)] = find(step.actors[0])
    kept_apart = (
        (step, member) for step in steps if step.kind is StepKind.EXCLUSION for member in step.actors[1:]
    )
    for step, member in kept_apart:
        if find(step.actors[0]) == find(member):
            # Without an admission among them the two would not have been joined.
            cause = next(one for one in admissions if find(one.actors[0]) == find(member))
            raise DataError(
                f"Scenario {name!r}: {step.place} keeps {step.actors[0]} apart from {member}, but {cause.place} puts them "
                "together; drop one of them."
            )


def to_json(step: Step) -> dict[str, Any]:
    """Return a step as JSON has it; weight in units."""
    found: dict[str, Any] = {"kind": step.kind.value}
    if step.actors:
        found["actors"] = list(step.actors)
    if step.weight:
        found["weight"] = units(step.weight)
    for key in ("source", "goods", "label", "requires", "unless", "because"):
        if value := getattr(step, key):
            found[key] = value
    if step.probability < 1:
        found["probability"] = step.probability
    if step.statements:
        found["statements"] = list(step.statements)
    return found


def _conditions(step: Step) -> Iterator[str]:
    yield from (label for label in (step.requires, step.unless) if label)


def _check_circles(name: str, steps: Collection[Step], by_label: dict[str, Step]) -> None:
    done: set[str] = set()

    def visit(step: Step, way: tuple[Step, ...]) -> None:
        if step in way:
            circle = " needs ".join(one.place for one in (*way[way.index(step) :], step))
            raise DataError(f"Scenario {name!r}: conditions run in a circle: {circle}. Drop one of them.")
        if step.label not in done:
            for wanted in _conditions(step):
                visit(by_label[wanted], (*way, step))
            done.add(step.label)

    for step in steps:
        if step.label:
            visit(step, ())
