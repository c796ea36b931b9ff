"""Distances of partitions against their definitions."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allegiance.maths.partitions import adjusted_rand, variation_of_information


@st.composite
def two_partitions(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:
    """Draw two partitions of the same things."""
    n = draw(st.integers(1, 9))
    one, other = (draw(st.lists(st.integers(0, 3), min_size=n, max_size=n)) for _ in range(2))
    return np.array(one), np.array(other)


@settings(max_examples=60, deadline=None)
@given(two_partitions())
def test_by_definition(drawn: tuple[np.ndarray, np.ndarray]) -> None:
    """Both are what counting pairs and adding up entropies gives, in either order."""
    one, other = drawn
    n = len(one)

    def entropy(labels: list[object]) -> float:
        return -sum(labels.count(x) / n * math.log2(labels.count(x) / n) for x in set(labels))

    joint: list[object] = list(zip(one.tolist(), other.tolist(), strict=True))
    both = 2 * entropy(joint) - entropy(one.tolist()) - entropy(other.tolist())
    assert variation_of_information(one, other) == pytest.approx(both, abs=1e-9)
    assert variation_of_information(one, other) == pytest.approx(variation_of_information(other, one))
    pairs = [(bool(one[i] == one[j]), bool(other[i] == other[j])) for i, j in combinations(range(n), 2)]
    same = sum(x and y for x, y in pairs)
    a, b = sum(x for x, _ in pairs), sum(y for _, y in pairs)
    if pairs and (chance := a * b / len(pairs)) != (a + b) / 2:
        assert adjusted_rand(one, other) == pytest.approx((same - chance) / ((a + b) / 2 - chance))
    else:
        assert adjusted_rand(one, other) == 1


def test_equal_partitions_under_other_names() -> None:
    """Names of groups don't matter: equal partitions are at distance 0 with index 1."""
    one, other = np.array([0, 0, 1, 2]), np.array([2, 2, 0, 1])
    assert variation_of_information(one, other) == 0
    assert adjusted_rand(one, other) == 1
