"""How far apart two partitions of the same things are."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def variation_of_information(one: NDArray[np.integer], other: NDArray[np.integer]) -> float:
    """Return what one still has to be told, in bits, of each partition when the other is known, both added up.

    0 for equal partitions, log2(n) at most; a metric.

    Args:
        one: labels from 0, shape (n,).
        other: the same.

    References:
        M. Meilă, Comparing clusterings: an information based distance, 2007, doi:10.1016/j.jmva.2006.11.013.
    """
    n = len(one)
    rows, columns, both = _counts(one, other)
    # Each cell tells twice how often it occurs, less what each of the two partitions tells alone.
    told = sum(int(c) * math.log2(c) for c in both)
    alone = sum(int(c) * math.log2(c) for c in (*rows, *columns))
    return max(0.0, (alone - 2 * told) / n) if n else 0.0


def adjusted_rand(one: NDArray[np.integer], other: NDArray[np.integer]) -> float:
    """Return how far two partitions agree on pairs beyond chance: 1 for equal ones, about 0 for unrelated ones.

    Args:
        one: labels from 0, shape (n,).
        other: the same.

    References:
        L. Hubert, P. Arabie, Comparing partitions, 1985, doi:10.1007/BF01908075.
    """
    n = len(one)
    rows, columns, both = (int((count * (count - 1) // 2).sum()) for count in _counts(one, other))
    pairs = n * (n - 1) // 2
    # Both all in one, or both all alone: equal, and chance would have them so, too.
    if not pairs or (rows == columns == both and both in {0, pairs}):
        return 1.0
    chance = rows * columns / pairs
    return (both - chance) / ((rows + columns) / 2 - chance)


def _counts(
    one: NDArray[np.integer], other: NDArray[np.integer]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return the sizes of the groups of the one, of the other, and of what both have in common."""
    cells = one.astype(np.int64) * (int(other.max(initial=-1)) + 1) + other
    counts = (np.unique(labels, return_counts=True)[1].astype(np.int64) for labels in (one, other, cells))
    rows, columns, both = counts
    return rows, columns, both
