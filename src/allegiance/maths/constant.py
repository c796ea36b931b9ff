"""Who is together in all of many splits, however these came about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def core(labels: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return for each actor the number of its group, shape (n,): those together in all splits (shape (splits, n)).

    Groups are numbered by decreasing size, then by smallest member.
    """
    _, group = np.unique(labels, axis=1, return_inverse=True)
    _, first, size = np.unique(group, return_index=True, return_counts=True)
    rank = np.empty(len(size), dtype=np.int32)
    rank[np.lexsort((first, -size))] = np.arange(len(size), dtype=np.int32)
    return rank[group]
