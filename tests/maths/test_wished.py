"""Which splits are wished, and how one is made larger."""

from __future__ import annotations

import numpy as np

from allegiance.maths.constraints import Constraints
from allegiance.maths.wished import Wish, enlarged


def test_granted_and_its_opposites() -> None:
    """A split is wished or keeps one of the opposites, never both."""
    wish = Wish(Constraints(together=((0, 1),), apart=((0, 2),)))
    assert wish.granted(np.array([0, 0, 1]))
    assert not wish.granted(np.array([0, 0, 0]))
    assert not wish.granted(np.array([0, 1, 2]))
    assert [bool(one.together) for one in wish.opposites()] == [False, True]


def test_larger_than_any_other() -> None:
    """The lead counts members; who loses least moves first, and whom the wish holds apart stays."""
    wish = Wish(Constraints(apart=((0, 4),)), larger=0)
    labels = np.array([0, 1, 1, 1, 1])
    assert (wish.lead(labels), wish.granted(labels)) == (-3, False)
    larger = enlarged(labels, np.array([0, 5, 1, 2, 0]), wish)
    assert larger is not None
    assert larger.tolist() == [0, 1, 0, 0, 1]


def test_nobody_is_left_to_move() -> None:
    """Where all others must stay apart, no split is large enough."""
    wish = Wish(Constraints(apart=((0, 1), (0, 2))), larger=0)
    assert enlarged(np.array([0, 1, 1]), np.zeros(3, dtype=np.int64), wish) is None
