"""Shares of splits in which actors are together, and the groups that always are."""

from __future__ import annotations

import numpy as np

from allegiance.maths.firmness import core, togetherness

LABELS = np.array([[0, 0, 1, 1], [0, 0, 0, 1]], dtype=np.int32)


def test_togetherness_is_the_share_of_splits() -> None:
    """Pairs together in all splits have 1, in half of them a half, never 0."""
    shares = togetherness(LABELS)
    assert shares.tolist() == [[1, 1, 0.5, 0], [1, 1, 0.5, 0], [0.5, 0.5, 1, 0.5], [0, 0, 0.5, 1]]


def test_parts_that_turn_freely_say_nothing_about_each_other() -> None:
    """Pairs of different parts have no share."""
    shares = togetherness(LABELS, np.array([0, 0, 0, 1], dtype=np.int32))
    assert np.isnan(shares[0, 3])
    assert not np.isnan(shares[0, 2])


def test_the_core_is_together_in_all() -> None:
    """Groups are those never parted."""
    assert core(LABELS).tolist() == [0, 0, 1, 2]
