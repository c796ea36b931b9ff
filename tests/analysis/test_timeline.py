"""Coalitions through time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allegiance.analysis import coalitions
from allegiance.analysis.timeline import Timeline, timeline, to_json
from allegiance.case import open_contributions
from allegiance.errors import UsageError
from allegiance.model import DateInterval
from allegiance.network.contributions import Contributions
from allegiance.network.slices import Slices, Width, cut
from allegiance.store import StatementFilter
from builders import statement

if TYPE_CHECKING:
    from pathlib import Path

Row = tuple[str, str, int, int]


def slices(*rows: Row) -> Slices:
    """Return yearly slices of ties (a, b, tenths, year)."""
    return cut(
        Contributions.from_statements(
            statement(
                a,
                b,
                1 if weight > 0 else -1,
                weight=abs(weight),
                date=DateInterval.parse(str(year)),
                actor_text=str(place),
            )
            for place, (a, b, weight, year) in enumerate(rows)
        ),
        Width.parse("year"),
    )


def blocs(year: int, *, turncoat: str | None = None) -> list[Row]:
    """Return two blocs of three, all for each other and against the others; `turncoat` of the first is in the second."""
    side = dict.fromkeys("ABC", 1) | dict.fromkeys("XYZ", -1)
    if turncoat:
        side[turncoat] = -1
    names = sorted(side)
    return [(a, b, 10 * side[a] * side[b], year) for i, a in enumerate(names) for b in names[i + 1 :]]


def where(found: Timeline, actor: str) -> list[int]:
    """Return the coalition of an actor, slice by slice."""
    return [
        next(name for name, members in moment.coalitions.items() if actor in members)
        for moment in found.moments
    ]


@pytest.mark.parametrize("k", [2, None])
def test_a_change_of_sides_is_told_with_the_ties_behind_it(k: int | None) -> None:
    """One actor that changes blocs is the one move, at its time, with the ties that changed and their statements."""
    rows = [*blocs(1950), *blocs(1951), *blocs(1952, turncoat="C")]
    result = timeline(slices(*rows), k)
    (move,) = result.value.moves
    assert (move.actor, move.before, move.after, move.along) == ("C", "1951", "1952", ())
    assert where(result.value, "C")[0] == where(result.value, "A")[0]
    assert where(result.value, "C")[2] == where(result.value, "X")[2]
    assert {(tie.other, tie.before, tie.after) for tie in move.ties} == {
        *((other, 10, -10) for other in "AB"),
        *((other, -10, 10) for other in "XYZ"),
    }
    assert all(len(tie.statements) == 2 for tie in move.ties)
    assert (result.value.cost, result.lower_bound, result.proved) == (10, 10, True)


def test_a_passing_quarrel_moves_nobody() -> None:
    """Where staying costs less than moving and coming back, the ties of one slice are violated instead."""
    rows = [*blocs(1950), *blocs(1951), ("A", "B", -15, 1951), *blocs(1952)]
    assert timeline(slices(*rows), None, gamma=10).value.moves == ()
    assert timeline(slices(*rows), None, gamma=10).value.frustration == 5


def test_fellow_movers_are_named_and_do_not_explain_each_other() -> None:
    """Of actors that move together each names the others as going along, not as what moved it."""
    two = [("C", "D", 40), ("C", "A", 10), ("D", "A", 10), ("C", "X", -10), ("X", "Y", 10), ("A", "B", 10)]
    then = [("C", "D", 40), ("C", "A", -30), ("D", "A", -30), ("C", "X", 30), ("X", "Y", 10), ("A", "B", 10)]
    rows = [(a, b, w, 1950) for a, b, w in two] + [(a, b, w, 1951) for a, b, w in then]
    moves = timeline(slices(*rows), None).value.moves
    assert [(move.actor, move.along) for move in moves] == [("C", ("D",)), ("D", ("C",))]
    assert [[tie.other for tie in move.ties] for move in moves] == [["A", "X"], ["A"]]


@pytest.mark.parametrize("k", [2, None])
def test_without_links_coalitions_keep_their_numbers(k: int | None) -> None:
    """With gamma 0 each slice stands for itself, and a coalition is called as that of most of its actors before."""
    rows = [*blocs(1950), *blocs(1951, turncoat="C"), ("Q", "R", 10, 1951), *blocs(1952)]
    found = timeline(slices(*rows), k, gamma=0).value
    assert len(set(where(found, "A"))) == len(set(where(found, "X"))) == 1
    assert where(found, "C") == [where(found, "A")[0], where(found, "X")[0], where(found, "A")[0]]


ROWS = st.lists(
    st.tuples(
        st.sampled_from("ABCD"),
        st.sampled_from("ABCD"),
        st.integers(-9, 9).filter(bool),
        st.integers(1950, 1952),
    ).filter(lambda row: row[0] != row[1]),
    min_size=1,
    max_size=12,
)


@settings(max_examples=30, deadline=None)
@given(ROWS, st.sampled_from([2, None]))
def test_the_joint_answer_lies_between_apart_and_still(rows: list[Row], k: int | None) -> None:
    """All slices at once cost at least what they cost each alone, and at most what one split for all times costs."""
    cuts = slices(*rows)
    result = timeline(cuts, k, gamma=0.5)
    alone = sum(coalitions(one.net, k).value.frustration for one in cuts.slices)
    names = sorted({name for one in cuts.slices for name in one.net.actors})
    still = min(
        sum(
            one.net.graph().frustration(np.array([names.index(name) in side for name in one.net.actors]))
            for one in cuts.slices
        )
        for side in (frozenset(), frozenset({0}), frozenset({0, 1}))
    )
    assert alone <= result.value.cost <= still
    assert result.proved
    assert result.value.frustration == sum(moment.frustration for moment in result.value.moments)


def test_gamma_must_be_a_weight() -> None:
    """A gamma below 0, or one that would vanish in tenths, is refused."""
    for wrong in (-1, 0.01, float("nan"), float("inf")):
        with pytest.raises(UsageError, match="Gamma"):
            timeline(slices(*blocs(1950)), gamma=wrong)


def test_json_tells_units_and_names() -> None:
    """The JSON form has weights in units and calls coalitions C1, C2 and so on in every key."""
    found = to_json(timeline(slices(*blocs(1950), *blocs(1951, turncoat="C")), 2))
    assert (found["value"], found["gamma"], found["violated_weight"]) == (1, 1, 0)
    (move,) = found["moves"]
    assert {move["from"], move["to"]} == {"C1", "C2"} == set(found["leaders"])
    assert set(found["slices"][0]["coalitions"]) == {"C1", "C2"}


@pytest.mark.shared_data
@pytest.mark.slow
def test_correlates_of_war_through_time(shared_data: Path) -> None:
    """All 51 windows at once, stopped after five seconds, have a valid bound, and it is said that they overlap."""
    counted, problems = open_contributions(shared_data / "signed" / "cow_all.csv", StatementFilter())
    result = timeline(cut(counted, Width.parse("period")), None, time_limit=5)
    assert not problems
    assert result.value.overlapping
    assert len(result.value.moments) == 51
    assert result.lower_bound is not None
    # What each window's own optimum violates is paid in any case, however the windows are joined.
    least = sum(
        coalitions(part.net, None).value.frustration for part in cut(counted, Width.parse("period")).slices
    )
    assert 0 < result.lower_bound <= result.value.cost
    assert least <= result.value.frustration
