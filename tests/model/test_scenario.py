"""Scenarios: which steps come about together, and what excludes what."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegiance.errors import DataError, UnknownNameError
from allegiance.model.scenario import Scenario, Step, StepKind, check_contradictions


def _step(label: str = "", **fields: object) -> Step:
    return Step(StepKind.INCIDENT, ("A", "B"), -10, label=label, **fields)  # type: ignore[arg-type]


def test_a_step_needs_what_it_requires_and_is_prevented_by_what_it_excepts() -> None:
    """Conditions reach through: what requires a prevented step doesn't come about either."""
    scenario = Scenario(
        "s", (_step("a"), _step("b", unless="a"), _step("c", requires="b"), _step("d", requires="a"))
    )
    assert [step.label for step in scenario.taken()] == ["a", "d"]
    assert [step.label for step in scenario.taken([0])] == ["b", "c"]
    assert [step.label for step in scenario.taken([0, 1])] == []


def test_conditions_in_a_circle_are_refused_with_their_lines() -> None:
    """A circle has no answer; the sentence names its steps."""
    with pytest.raises(
        DataError, match=r"circle: the incident 'a' \(line 3\) needs the incident 'b' \(line 7\)"
    ):
        Scenario("s", (_step("a", requires="b", line=3), _step("b", unless="a", line=7)))
    with pytest.raises(DataError, match="circle"):
        Scenario("s", (_step("a", requires="a"),))


def test_unknown_and_repeated_labels_are_refused() -> None:
    """A condition must name one step, and only one."""
    with pytest.raises(UnknownNameError, match="Did you mean 'strike'"):
        Scenario("s", (_step("strike"), _step("b", requires="strke")))
    with pytest.raises(DataError, match="have one label"):
        Scenario("s", (_step("a", line=1), _step("a", line=5)))


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=6))
def test_conditions_on_earlier_steps_never_run_in_a_circle(conditions: list[tuple[int, int]]) -> None:
    """A step that only looks back is always decided, and without misses a step comes about iff its conditions say so."""
    steps = []
    for number, (requires, unless) in enumerate(conditions):
        steps.append(
            _step(
                str(number),
                requires=str(requires) if requires < number else "",
                unless=str(unless) if unless < number else "",
            )
        )
    scenario = Scenario("s", tuple(steps))
    taken = {step.label for step in scenario.taken()}
    for step in steps:
        expected = (not step.requires or step.requires in taken) and step.unless not in taken
        assert (step.label in taken) == expected


def test_admission_and_exclusion_that_exclude_each_other_are_refused_with_lines() -> None:
    """Even over a third: A with B and B with C leaves no place apart for A and C."""
    steps = (
        Step(StepKind.ADMISSION, ("A", "B"), line=2),
        Step(StepKind.ADMISSION, ("B", "C"), line=6),
        Step(StepKind.EXCLUSION, ("A", "C"), line=10),
    )
    with pytest.raises(
        DataError, match=r"exclusion \(line 10\) keeps A apart from C, but the admission \(line 2\)"
    ):
        check_contradictions("s", steps)
    check_contradictions("s", (steps[0], steps[2]))


def test_a_change_at_an_actor_left_out_is_refused() -> None:
    """What leaves all of A out can't also change A."""
    with pytest.raises(DataError, match=r"incident \(line 4\) needs A, but the omission \(line 1\)"):
        check_contradictions("s", (Step(StepKind.OMISSION, ("A",), line=1), _step(line=4)))
