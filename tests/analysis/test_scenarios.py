"""What if?"""

from __future__ import annotations

import re
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allegiance.analysis.coalitions import coalitions
from allegiance.analysis.scenario_answer import to_json
from allegiance.analysis.scenarios import what_if
from allegiance.analysis.wishes import Wishes
from allegiance.errors import DataError, UnknownNameError, UsageError
from allegiance.model.scenario import Scenario, Step, StepKind
from allegiance.network import SignedNetwork
from builders import statement

TIES = {("A", "B"): 3, ("B", "C"): 2, ("A", "D"): -2, ("C", "D"): -1, ("D", "E"): 4}


def _network(ties: dict[tuple[str, str], int]) -> SignedNetwork:
    return SignedNetwork.from_statements(
        statement(a, b, 1 if weight > 0 else -1, weight=abs(weight) * 10) for (a, b), weight in ties.items()
    )


def _of(ties: dict[tuple[str, str], int] = TIES):  # type: ignore[no-untyped-def]  # noqa: ANN202
    return lambda _: _network(ties)


def _incident(a: str, b: str, units: int, **fields: object) -> Step:
    kind = StepKind.INCIDENT if units < 0 else StepKind.AGREEMENT
    return Step(kind, (a, b), units * 10, **fields)  # type: ignore[arg-type]


def test_an_incident_moves_who_it_should() -> None:
    """C holds to B by 2; an incident of -5 between them leaves C alone, and the tie's statements are named."""
    result = what_if(_of(), [Scenario("rift", (_incident("B", "C", -5),))])
    before, after = result.value.stages
    assert before.split.value.coalitions == (("A", "B", "C"), ("D", "E"))
    assert after.split.value.coalitions == (("A", "B"), ("D", "E"), ("C",))
    assert list(after.moved) == ["C"]
    (tie,) = after.ties
    assert (tie.a, tie.b, tie.before, tie.after) == ("B", "C", 20, -30)
    assert len(tie.statements) == 1
    assert after.old_cost == 30
    assert result.proved
    assert tie.statements[0] in result.evidence


def test_nobody_moves_where_the_old_coalitions_are_as_good() -> None:
    """With the tie of C at 0 both places of C are as good, and C stays."""
    after = what_if(_of(), [Scenario("s", (_incident("B", "C", -2),))]).value.stages[1]
    assert after.moved == {}
    assert after.split.value.coalitions == (("A", "B", "C"), ("D", "E"))


def test_admission_and_exclusion_are_kept_whatever_they_cost() -> None:
    """The admitted are together with the members, the excluded apart from them, at the least cost for that."""
    admitted = what_if(_of(), [Scenario("s", (Step(StepKind.ADMISSION, ("D", "A")),))]).value.stages[1].split
    assert (
        admitted.value.frustration
        == coalitions(_network(TIES), wishes=Wishes((("D", "A"),))).value.frustration
    )
    assert admitted.value.of("D") == admitted.value.of("A")
    stage = what_if(_of(), [Scenario("s", (Step(StepKind.EXCLUSION, ("C", "A", "B")),))]).value.stages[1]
    assert stage.split.value.of("C") not in (stage.split.value.of("A"), stage.split.value.of("B"))
    assert stage.old_cost is None


def test_disbelief_asks_for_the_network_without_the_source() -> None:
    """The function that gives networks is told whom not to believe."""
    asked = []

    def network_of(without: frozenset[str]) -> SignedNetwork:
        asked.append(without)
        return _network({pair: weight for pair, weight in TIES.items() if not without or pair != ("D", "E")})

    after = what_if(
        network_of, [Scenario("s", (Step(StepKind.DISBELIEF, source="The Daily"),))]
    ).value.stages[1]
    assert asked == [frozenset(), frozenset({"The Daily"})]
    assert all("E" not in members for members in after.split.value.coalitions)


def test_omission_leaves_the_ties_of_an_actor_out() -> None:
    """An actor left out ties nobody, and stands in no coalition; nor does who had ties with nobody else."""
    stages = what_if(_of(), [Scenario("s", (Step(StepKind.OMISSION, ("D",)),))], 2).value.stages
    assert stages[1].split.value.coalitions == (("A", "B", "C"),)
    assert stages[1].tieless == ("D", "E")
    assert stages[1].moved == {}
    nobody = what_if(lambda _: _network({("A", "B"): 1}), [Scenario("s", (Step(StepKind.OMISSION, ("A",)),))])
    assert nobody.value.stages[1].split.value.coalitions == ()
    assert nobody.value.stages[1].tieless == ("A", "B")


def test_picture_json_and_outcomes_tell_the_same_of_who_is_left_out() -> None:
    """Where an uncertain omission comes about, the actor is in no coalition of the stage, its picture and its outcome."""
    result = what_if(_of(), [Scenario("s", (Step(StepKind.OMISSION, ("B",), probability=0.25),))])
    last = to_json(result)["stages"][1]
    assert last["tieless"] == ["B"]
    assert all("B" not in members for members in last["coalitions"].values())
    with_b, without_b = result.value.outcomes
    assert (with_b.share, without_b.share) == (0.75, 0.25)
    assert with_b.coalitions == result.value.stages[0].split.value.coalitions
    assert without_b.coalitions == result.value.stages[1].split.value.coalitions
    drawn = result.value._repr_html_()
    assert "in no coalition: B." in drawn
    (before, after) = re.findall(r"<title>C1: (.*?)</title>", drawn)
    assert before == "A, B, C"
    assert after == "A, C"


def test_an_outcome_moves_nobody_without_need() -> None:
    """Where the coalitions as they are stay as good as any, a world of uncertain steps ends with them, as a stage does."""
    result = what_if(_of(), [Scenario("s", (_incident("B", "C", -2, probability=0.5),))])
    (only,) = result.value.outcomes
    assert only.share == pytest.approx(1)
    assert only.coalitions == result.value.stages[0].split.value.coalitions


def test_a_path_adds_up() -> None:
    """Two scenarios after each other end where one with all their steps ends."""
    steps = (_incident("B", "C", -5), _incident("C", "D", 4))
    path = what_if(_of(), [Scenario("one", steps[:1]), Scenario("two", steps[1:])]).value.stages
    whole = what_if(_of(), [Scenario("both", steps)]).value.stages
    assert len(path) == 3
    assert path[-1].split.value.coalitions == whole[-1].split.value.coalitions
    assert path[-1].split.value.frustration == whole[-1].split.value.frustration


def test_shares_of_uncertain_steps_are_exact_where_they_can_be() -> None:
    """One step of 0.4 splits in two worlds with just these shares; a condition on it follows it."""
    steps = (
        _incident("B", "C", -5, label="rift", probability=0.4),
        _incident("A", "D", 9, unless="rift"),
    )
    found = what_if(_of(), [Scenario("s", steps)]).value
    assert found.exact
    assert [round(one.share, 9) for one in found.outcomes] == [0.6, 0.4]
    assert found.outcomes[0].coalitions == (("A", "B", "C", "D", "E"),)
    assert found.together["C", "D"] == pytest.approx(0.6)
    assert ("A", "B") not in found.together  # always together


def test_drawn_shares_come_near_the_exact_ones_and_repeat() -> None:
    """With more combinations than draws the shares are drawn: the same for the same seed, and near what is exact."""
    steps = tuple(_incident("B", "C", -5, probability=0.5, label=str(i)) for i in range(6))
    exact = what_if(_of(), [Scenario("s", steps)], draws=64).value
    drawn = what_if(_of(), [Scenario("s", steps)], draws=63, seed=3)
    again = what_if(_of(), [Scenario("s", steps)], draws=63, seed=3)
    assert exact.exact
    assert not drawn.value.exact
    assert not drawn.proved
    assert drawn.value.outcomes == again.value.outcomes
    assert exact.outcomes[0].coalitions == drawn.value.outcomes[0].coalitions
    assert exact.outcomes[0].share == pytest.approx(1 - 0.5**6)


@settings(max_examples=40, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(list(combinations("ABCDE", 2))), st.integers(-4, 4).filter(bool), min_size=4
    ),
    st.lists(
        st.tuples(st.sampled_from(list(combinations("ABCDE", 2))), st.integers(-6, 6).filter(bool)),
        min_size=1,
        max_size=3,
    ),
    st.sampled_from([None, 2]),
)
def test_the_value_after_is_that_of_the_changed_network(
    ties: dict[tuple[str, str], int], shifts: list[tuple[tuple[str, str], int]], k: int | None
) -> None:
    """Whichever split is kept, it violates what the best split of the network with shifted ties violates."""
    known = {name for pair in ties for name in pair}
    shifts = [(pair, shift) for pair, shift in shifts if {*pair} <= known]
    if not shifts:
        return
    after = dict(ties)
    for pair, shift in shifts:
        after[pair] = after.get(pair, 0) + shift
    steps = tuple(_incident(*pair, shift) for pair, shift in shifts)
    result = what_if(_of(ties), [Scenario("s", steps)], k)
    best = coalitions(_network({pair: weight for pair, weight in after.items() if weight}), k).value
    assert result.value.stages[1].split.value.frustration == best.frustration
    stage = to_json(result)["stages"][1]
    assert {actor for group in stage["coalitions"].values() for actor in group} == known


def test_steps_that_cannot_be_taken_are_refused() -> None:
    """Unknown actors get the nearest names, contradictions their lines, and no scenario is no question."""
    with pytest.raises(UnknownNameError, match="no actor called 'Z'"):
        what_if(_of(), [Scenario("s", (_incident("A", "Z", -1),))])
    with pytest.raises(DataError, match="line 7"):
        steps = (Step(StepKind.ADMISSION, ("A", "B"), line=3), Step(StepKind.EXCLUSION, ("A", "B"), line=7))
        what_if(_of(), [Scenario("s", steps)])
    with pytest.raises(UsageError, match="at least one scenario"):
        what_if(_of(), [])
    with pytest.raises(UsageError, match="can't be kept with --k 2"):
        apart = (Step(StepKind.EXCLUSION, ("A", "B", "C")), Step(StepKind.EXCLUSION, ("B", "C")))
        what_if(_of(), [Scenario("s", apart)], 2)


def test_the_answer_draws_itself() -> None:
    """In a notebook the stages stand side by side with who moved."""
    drawn = what_if(_of(), [Scenario("a <rift>", (_incident("B", "C", -5, because="A > B"),))])._repr_html_()
    assert drawn.count("<svg") == 1
    assert "a &lt;rift&gt;" in drawn
    assert "C from C1 to C3" in drawn
    assert "Proved; " in drawn
