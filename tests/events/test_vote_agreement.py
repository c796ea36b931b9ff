from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegiance.events.vote_agreement import MEASURES, agreement, joint_votes

VOTES = st.lists(st.lists(st.integers(0, 3), min_size=6, max_size=6), min_size=2, max_size=4)


def _by_hand(one: list[int], other: list[int], measure: str) -> float:
    """Compute a measure from its definition, vote by vote."""
    pairs = [(a, b) for a, b in zip(one, other, strict=True) if a and b]
    if not pairs:
        return float("nan")
    if measure == "agree":
        return sum(a == b for a, b in pairs) / len(pairs)
    if measure == "s":
        return 1 - 2 * sum(abs(a - b) for a, b in pairs) / (2 * len(pairs))
    observed = sum((a - b) ** 2 for a, b in pairs) / len(pairs)
    mine, theirs = [a for a, _ in pairs], [b for _, b in pairs]
    if measure == "pi":
        mine = theirs = mine + theirs
    expected = sum((a - b) ** 2 for a, b in itertools.product(mine, theirs)) / (len(mine) * len(theirs))
    return 1 - observed / expected if expected else float("nan")


@pytest.mark.parametrize("measure", MEASURES)
@given(votes=VOTES)
def test_every_measure_is_its_definition(measure: str, votes: list[list[int]]) -> None:
    """The matrices agree with sums over single votes, and are symmetric; what isn't defined is no number."""
    found = agreement(np.asarray(votes, dtype=np.int8), measure)
    for i, j in itertools.combinations(range(len(votes)), 2):
        assert found[i, j] == pytest.approx(_by_hand(votes[i], votes[j], measure), nan_ok=True)
        assert found[j, i] == pytest.approx(found[i, j], nan_ok=True)


def test_joint_votes_are_those_in_which_both_took_part() -> None:
    """Absences (0) count for nobody."""
    assert joint_votes(np.array([[1, 0, 3], [2, 2, 0]], dtype=np.int8)).tolist() == [[2, 1], [1, 2]]


def test_opposite_and_equal_votes_are_the_ends_of_the_scale() -> None:
    """Two who always differ by yes and no have S of -1; who always vote alike, both ways, have 1 in all measures."""
    votes = np.array([[1, 3, 1, 3], [3, 1, 3, 1], [1, 3, 1, 3]], dtype=np.int8)
    for measure, least in (("agree", 0), ("s", -1), ("kappa", -1), ("pi", -1)):
        found = agreement(votes, measure)
        assert found[0, 1] == least
        assert found[0, 2] == 1
