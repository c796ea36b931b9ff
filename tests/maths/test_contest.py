"""The exact engine as referee between a wished split and its rivals."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from allegiance.maths.changeable import Changeable
from allegiance.maths.clock import Clock
from allegiance.maths.constraints import Constraints
from allegiance.maths.contest import Referee
from allegiance.maths.wished import Wish
from inverse_brute import all_pairs

JOINED, PARTED = np.array([0, 0, 1], dtype=np.int32), np.array([0, 1, 2], dtype=np.int32)


def referee(*, strict: bool = False, limit: float | None = None) -> Referee:
    """Return the referee of three actors of whom the first two, at odds by 2 tenths, are wished together."""
    a, b = all_pairs(3)
    ties = Changeable(3, a, b, np.array([-2, -1, -1]), np.ones(3, dtype=np.int64))
    return Referee(ties, None, Wish(Constraints(together=((0, 1),)), strict=strict), Clock(limit), limit, 0)


def test_a_better_rival_is_named() -> None:
    """As long as a split that isn't wished is better, it is the verdict."""
    verdict = referee().contest({0: Fraction(1)}, JOINED)
    assert verdict.winner is None
    assert [rival.tolist() for rival in verdict.rivals] == [[0, 1, 2]]


def test_a_tie_is_enough_unless_the_wish_is_strict() -> None:
    """Where both are as good the wished split wins; a strict wish asks for a tenth more."""
    verdict = referee().contest({0: Fraction(2)}, JOINED)
    assert verdict.winner is not None
    assert verdict.violated == verdict.least == 0
    assert referee(strict=True).contest({0: Fraction(2)}, JOINED).rivals
    assert referee(strict=True).contest({0: Fraction(3)}, JOINED).winner is not None


def test_bounds_hold_for_all_scores() -> None:
    """No split in the box scores more than the bound under any weights."""
    weights = np.array([5, -3, 4])
    split, reach = referee().greatest(weights, Constraints(apart=((0, 2),)), 10.0)
    assert split.labels[0] != split.labels[2]
    assert reach == 5


def test_a_first_try_has_an_end() -> None:
    """Only under a time limit is a first try over at some time, and a part of the time ends with the whole."""
    assert not referee().hurried
    assert not referee().part(0.5).over
    assert referee(limit=0).hurried
    assert referee(limit=0).part(0.5).over
    assert not referee(limit=60).hurried


def test_late_is_late() -> None:
    """Without time left the referee says so and still answers."""
    hurried = referee(limit=0)
    assert hurried.late
    assert not referee().late
    assert hurried.best(Constraints()).labels.shape == PARTED.shape
