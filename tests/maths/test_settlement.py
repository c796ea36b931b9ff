"""Changes after which a split is optimal beyond doubt."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allegiance.maths.changeable import Changeable
from allegiance.maths.clock import Clock
from allegiance.maths.settlement import settle, silenced
from inverse_brute import all_pairs, splits

WEIGHTS = st.lists(st.integers(-4, 4), min_size=10, max_size=10)


def least(ties: Changeable, change: dict[int, Fraction], k: int | None) -> Fraction:
    """Return what every split of the changed network violates at least."""
    graph, scale = ties.changed(change)
    return Fraction(min(graph.frustration(np.array(labels)) for labels in splits(ties.n, k)), scale)


@settings(max_examples=25, deadline=None)
@given(WEIGHTS, st.lists(st.integers(0, 2), min_size=5, max_size=5), st.sampled_from([None, 2]))
def test_a_packing_makes_the_split_optimal(weights: list[int], labels: list[int], k: int | None) -> None:
    """After the settlement no split violates less than the given one, which violates what was told."""
    a, b = all_pairs(5)
    ties = Changeable(5, a, b, np.array(weights, dtype=np.int64), np.ones(10, dtype=np.int64))
    split = np.array(labels, dtype=np.int32) % (k or 3)
    found = settle(ties, {}, split, k, 0, Clock())
    assert found is not None
    graph, scale = ties.changed(found.change)
    assert Fraction(graph.frustration(split), scale) == found.violated == least(ties, found.change, k)
    all_of_it = silenced(ties, {}, split)
    assert all_of_it is not None
    assert least(ties, all_of_it.change, k) == 0
    assert ties.price(found.change) <= ties.price(all_of_it.change)


@pytest.mark.parametrize("way", ["settle", "silence"])
def test_a_frozen_tie_that_is_violated_forbids_it(way: str) -> None:
    """Where a tie would have to change that must stay as it is, there is no settlement."""
    a, b = all_pairs(2)
    ties = Changeable(2, a, b, np.array([-10]), np.array([0]))
    split = np.zeros(2, dtype=np.int32)
    assert (
        settle(ties, {}, split, None, 0, Clock()) if way == "settle" else silenced(ties, {}, split)
    ) is None
