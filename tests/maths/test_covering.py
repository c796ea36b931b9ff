"""The linear program of the cheapest change, and what its multipliers prove."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allegiance.maths.changeable import Changeable
from allegiance.maths.constraints import Constraints
from allegiance.maths.covering import Multipliers, Rival, mix
from allegiance.maths.wished import Wish
from inverse_brute import all_pairs, brute, splits


def network(weights: list[int]) -> tuple[Changeable, np.ndarray, np.ndarray]:
    """Return all pairs of four actors with these weights, all splits, and which pairs each keeps within."""
    a, b = all_pairs(4)
    ties = Changeable(4, a, b, np.array(weights, dtype=np.int64), np.ones(6, dtype=np.int64))
    every = np.array(list(splits(4, None)))
    return ties, every, every[:, a] == every[:, b]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(-4, 4), min_size=6, max_size=6), st.data())
def test_multipliers_prove_a_bound_for_every_wished_split(weights: list[int], data: st.DataObject) -> None:
    """Whatever the multipliers of whatever mixture, the bound that they prove exceeds the price of no wished split."""
    ties, every, within = network(weights)
    wish = Wish(Constraints(together=((0, 1), (1, 2))))
    granted = within[[wish.granted(labels) for labels in every]]
    true = brute(ties, None, wish)
    rivals = [Rival(one, ties.score(one)) for one in within]
    chosen = data.draw(st.lists(st.sampled_from(range(len(granted))), min_size=1, max_size=3, unique=True))
    bounds = (int(np.abs(ties.w).sum()) + 1, -1000)
    mixture = mix(ties, [granted[i] for i in chosen], rivals, bounds[0], np.arange(6), bounds[1])
    proof = Multipliers.of(ties, rivals, mixture, bounds, 100)
    reach = max(int(proof.weights[one].sum()) for one in granted)
    assert float(Fraction(proof.constant - reach, proof.scale)) <= true + 1e-9


def test_one_rival_costs_what_it_is_better() -> None:
    """Against one rival the price is what the rival scores more, and the multiplier is the tie's cost."""
    ties, _, _ = network([-20, 0, 0, 0, 0, 0])
    joined, parted = np.array([True, *[False] * 5]), np.zeros(6, dtype=bool)
    mixture = mix(ties, [joined], [Rival(parted, 0)], 100, np.arange(6), -100)
    assert mixture.value == pytest.approx(20)
    assert mixture.up.tolist() == [20, 0, 0, 0, 0, 0]
    assert mixture.multipliers.tolist() == [1]


def test_what_no_change_can_reach_costs_infinitely_much() -> None:
    """Where wished split and rival differ on frozen ties only, no change is enough."""
    ties, _, _ = network([-20, 0, 0, 0, 0, 0])
    frozen = Changeable(4, ties.a, ties.b, ties.w, np.array([0, 1, 1, 1, 1, 1]))
    joined, parted = np.array([True, *[False] * 5]), np.zeros(6, dtype=bool)
    assert mix(frozen, [joined], [Rival(parted, 0)], 100, np.arange(6), -100).value == float("inf")
