"""Where voters on one line settle: the weighted median and the weighted mean of positions, compiled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numba as nb
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

EVEN = 1e-12  # share of all weight by which two halves may differ and still count as even


@nb.njit(cache=True)
def weighted_median(position: NDArray[np.float64], weight: NDArray[np.float64]) -> float:
    """Return the position that no other beats when each voter gives its weight to the nearer of two.

    With preferences that fall with distance this is the median voter (Black 1948, doi:10.1086/256633). Where the weight below
    and above a gap is even, both its ends win, and the middle of the gap is returned, so that mirroring the line mirrors the
    answer.

    Args:
        position: shape (voters,).
        weight: shape (voters,), at least 0, not all 0.
    """
    order = np.argsort(position, kind="mergesort")
    total = weight.sum()
    half, slack = total / 2, total * EVEN
    below = 0.0
    for place in range(len(order)):
        below += weight[order[place]]
        if below > half + slack:
            return float(position[order[place]])
        if below >= half - slack:
            above = place + 1
            while above < len(order) - 1 and weight[order[above]] == 0:
                above += 1  # who has no weight doesn't end the gap
            return float((position[order[place]] + position[order[above]]) / 2)
    return float(position[order[-1]])


@nb.njit(cache=True)
def weighted_mean(position: NDArray[np.float64], weight: NDArray[np.float64]) -> float:
    """Return the mean of positions, shape (voters,), by weights of the same shape that aren't all 0."""
    return float((position * weight).sum() / weight.sum())
