"""How firmly actors stick together across many splits, however these came about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def togetherness(labels: NDArray[np.int32], parts: NDArray[np.int32] | None = None) -> NDArray[np.float64]:
    """Return shape (n, n): the share of splits in which two actors are in one coalition.

    Args:
        labels: shape (splits, n), at least one split.
        parts: shape (n,), parts of the network that may be turned round freely against each other, as with two
            coalitions; the share of a pair from different ones means nothing, and is NaN.
    """
    count, n = labels.shape
    shares = np.zeros((n, n))
    for row in labels:
        shares += row[:, None] == row[None, :]
    shares /= count
    if parts is not None:
        shares[parts[:, None] != parts[None, :]] = np.nan
    return shares


def core(labels: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return for each actor the number of its group, shape (n,): those together in all splits (shape (splits, n)).

    Groups are numbered by decreasing size, then by smallest member.
    """
    _, group = np.unique(labels, axis=1, return_inverse=True)
    _, first, size = np.unique(group, return_index=True, return_counts=True)
    rank = np.empty(len(size), dtype=np.int32)
    rank[np.lexsort((first, -size))] = np.arange(len(size), dtype=np.int32)
    return rank[group]
