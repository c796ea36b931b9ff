"""Ties that may be changed, and what splits score on them."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allegiance.errors import DataError
from allegiance.maths.changeable import Changeable
from inverse_brute import all_pairs

WEIGHTS = st.lists(st.integers(-9, 9), min_size=10, max_size=10)


def network(weights: list[int]) -> Changeable:
    """Return all pairs of five actors with these weights."""
    a, b = all_pairs(5)
    return Changeable(5, a, b, np.array(weights, dtype=np.int64), np.arange(10, dtype=np.int64))


@settings(max_examples=30, deadline=None)
@given(WEIGHTS, st.lists(st.integers(0, 4), min_size=5, max_size=5))
def test_the_score_tells_what_a_split_violates(weights: list[int], labels: list[int]) -> None:
    """What a split violates is the sum of the positive weights less its score."""
    ties, split = network(weights), np.array(labels)
    positive = int(np.maximum(ties.w, 0).sum())
    assert ties.graph().frustration(split) == positive - ties.score(ties.within(split))


def test_fractions_become_whole_numbers() -> None:
    """A change by fractions gives a graph of whole weights with the scale that they were multiplied by."""
    ties = network([6, -6, 0, 0, 0, 0, 0, 0, 0, 1])
    graph, scale = ties.changed({0: Fraction(-1, 2), 2: Fraction(2, 3)})
    assert scale == 6
    assert graph.w.tolist() == [33, -36, 4, 6]
    assert ties.price({0: Fraction(-1, 2), 2: Fraction(2, 3)}) == Fraction(4, 3)
    assert (ties.cheapest, ties.free.sum()) == (1, 9)


def test_sums_that_would_wrap_are_refused() -> None:
    """Weights whose sum leaves 64 bits are an error, never a wrong number."""
    with pytest.raises(DataError, match="too large"):
        network([2**60] * 10).changed({0: Fraction(1, 3)})
