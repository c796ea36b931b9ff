"""Groups of actors that are together in all of many splits."""

from __future__ import annotations

import numpy as np

from allegiance.maths.constant import core

LABELS = np.array([[0, 0, 1, 1], [0, 0, 0, 1]], dtype=np.int32)


def test_the_core_is_together_in_all() -> None:
    """Groups are those never parted."""
    assert core(LABELS).tolist() == [0, 0, 1, 2]
