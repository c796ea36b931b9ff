"""Weighted median and mean."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allegiance.maths.voters import weighted_mean, weighted_median

VOTERS = st.lists(st.tuples(st.integers(-9, 9), st.integers(0, 5)), min_size=1, max_size=7).filter(
    lambda voters: any(weight for _, weight in voters)
)


def arrays(voters: list[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray]:
    """Return positions and weights."""
    return np.array([place for place, _ in voters], float), np.array([weight for _, weight in voters], float)


@pytest.mark.parametrize(
    ("positions", "weights", "median", "mean"),
    [
        ([1, 2, 9], [1, 1, 1], 2, 4),
        ([9, 1, 2], [5, 1, 1], 9, 48 / 7),
        ([0, 4], [1, 1], 2, 2),
        ([0, 4, 6], [1, 0, 1], 3, 3),
        ([7], [2], 7, 7),
    ],
)
def test_known_medians(positions: list[float], weights: list[float], median: float, mean: float) -> None:
    """The median has half of the weight on either side; between even halves it is the middle of the gap."""
    x, w = np.array(positions, float), np.array(weights, float)
    assert weighted_median(x, w) == median
    assert weighted_mean(x, w) == pytest.approx(mean)


@settings(max_examples=60, deadline=None)
@given(VOTERS, st.integers(-9, 9))
def test_no_position_beats_the_median(voters: list[tuple[int, int]], rival: int) -> None:
    """When each voter gives its weight to the nearer of two, no rival gets more than the median (Black 1948)."""
    x, w = arrays(voters)
    median = weighted_median(x, w)
    for_rival = w[np.abs(x - rival) < np.abs(x - median)].sum()
    for_median = w[np.abs(x - median) < np.abs(x - rival)].sum()
    assert for_median >= for_rival


@settings(max_examples=60, deadline=None)
@given(VOTERS)
def test_mirroring_the_line_mirrors_the_answer(voters: list[tuple[int, int]]) -> None:
    """Nothing depends on which end of the scale is called low."""
    x, w = arrays(voters)
    assert weighted_median(-x, w) == -weighted_median(x, w)
