"""The cheapest change after which cycles prove a split optimal, against trying every split."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from allegiance.maths.changeable import Changeable
from allegiance.maths.clock import Clock
from allegiance.maths.tangent import Tangent
from inverse_brute import all_pairs, splits

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from allegiance.maths.changeable import Change

ACTORS = 5
WEIGHTS = st.lists(st.integers(-4, 4), min_size=10, max_size=10)
COSTS = st.lists(st.sampled_from([1, 1, 2, 5]), min_size=10, max_size=10)
LABELS = st.lists(st.integers(0, 2), min_size=ACTORS, max_size=ACTORS)


def question(
    weights: list[int], cost: list[int], labels: list[int], k: int | None
) -> tuple[Changeable, NDArray[np.int32]]:
    """Return all pairs of five actors, and a split into at most k coalitions."""
    a, b = all_pairs(ACTORS)
    ties = Changeable(ACTORS, a, b, np.array(weights, dtype=np.int64), np.array(cost, dtype=np.int64))
    return ties, np.array(labels, dtype=np.int32) % (k or 3)


def least(ties: Changeable, change: Change, k: int | None) -> Fraction:
    """Return what every split of the changed network violates at least."""
    graph, scale = ties.changed(change)
    return Fraction(min(graph.frustration(np.array(labels)) for labels in splits(ties.n, k)), scale)


def dearest_rival(ties: Changeable, labels: NDArray[np.int32], k: int | None) -> float:
    """Return what it costs to make the split optimal: a linear program over all rivals."""
    every = np.array(list(splits(ties.n, k)))
    within = every[:, ties.a] == every[:, ties.b]
    own = ties.within(labels)
    lacking = within @ ties.w - ties.score(own)
    found = linprog(ties.cost, A_ub=-(within != own).astype(float), b_ub=-lacking, method="highs")
    return float(found.fun)


@settings(max_examples=60, deadline=None)
@given(WEIGHTS, COSTS, LABELS, st.sampled_from([None, 2, 3]))
def test_cycles_prove_the_split_optimal(
    weights: list[int], cost: list[int], labels: list[int], k: int | None
) -> None:
    """After the settlement no split violates less, it violates what was told, and nothing cheaper than the true price is told."""
    ties, split = question(weights, cost, labels, k)
    tangent = Tangent(ties, split, pair=k == 2)
    assert tangent.improve(Clock())
    found = tangent.settlement()
    assert found is not None
    graph, scale = ties.changed(found.change)
    assert Fraction(graph.frustration(split), scale) == found.violated == least(ties, found.change, k)
    assert float(ties.price(found.change)) >= dearest_rival(ties, split, k) - 1e-9


@settings(max_examples=60, deadline=None)
@given(WEIGHTS, COSTS, LABELS, st.sampled_from([None, 2, 3]), st.sampled_from([1, 2]))
def test_with_all_rivals_the_change_is_the_cheapest(
    weights: list[int], cost: list[int], labels: list[int], k: int | None, unit: int
) -> None:
    """Once every rival is known, the change for their sake makes the split optimal at just its true price."""
    ties, split = question(weights, cost, labels, k)
    tangent = Tangent(ties, split, pair=k == 2)
    for rival in splits(ties.n, k):
        tangent.add(np.array(rival, dtype=np.int32))
    assert tangent.improve(Clock())
    true = dearest_rival(ties, split, k)
    assert float(ties.cost @ tangent.step) == pytest.approx(true, abs=1e-5)
    change = tangent.whole(unit)
    assert change is not None
    graph, scale = ties.changed(change)
    assert Fraction(graph.frustration(split), scale) == least(ties, change, k)
    assert float(ties.price(change)) == pytest.approx(true, abs=1e-5)
    found = tangent.settlement()
    assert found is not None
    assert found.violated == least(ties, found.change, k)


@settings(max_examples=30, deadline=None)
@given(WEIGHTS, LABELS, st.sampled_from([None, 2]), st.integers(0, 3))
def test_a_program_that_was_stopped_proves_as_well(
    weights: list[int], labels: list[int], k: int | None, rounds: int
) -> None:
    """Multipliers of whatever rows there are give a change that does what it should."""
    ties, split = question(weights, [1] * 10, labels, k)
    tangent = Tangent(ties, split, pair=k == 2)
    for _ in range(rounds):
        tangent.improve(Clock(0))
    found = tangent.settlement()
    assert found is not None
    assert found.violated == least(ties, found.change, k)


def test_an_interior_point_serves_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the simplex method is given up, the settlement is as sound, and its price all but the same."""
    dice = np.random.default_rng(3)
    a, b = all_pairs(12)
    ties = Changeable(12, a, b, dice.choice([-10, 10], len(a)), np.ones(len(a), dtype=np.int64))
    split = dice.integers(0, 3, 12).astype(np.int32)
    prices = []
    for pivots in (5_000, 0):
        monkeypatch.setattr("allegiance.maths.tangent._MOST_PIVOTS", pivots)
        tangent = Tangent(ties, split, pair=False)
        assert tangent.improve(Clock())
        found = tangent.settlement()
        assert found is not None
        graph, scale = ties.changed(found.change)
        assert Fraction(graph.frustration(split), scale) == found.violated
        prices.append(float(ties.price(found.change)))
    assert prices[1] == pytest.approx(prices[0], rel=1e-3)


def test_a_frozen_tie_that_is_violated_forbids_it() -> None:
    """Where a tie would have to change that must stay as it is, there is neither settlement nor change."""
    a, b = all_pairs(2)
    ties = Changeable(2, a, b, np.array([-10]), np.array([0]))
    tangent = Tangent(ties, np.zeros(2, dtype=np.int32), pair=False)
    assert tangent.add(np.array([0, 1], dtype=np.int32))
    assert not tangent.add(np.array([0, 1], dtype=np.int32))
    assert tangent.improve(Clock())
    assert tangent.settlement() is None
    assert tangent.whole(10) is None
