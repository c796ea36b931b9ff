"""A compiled binary heap of (distance, place) pairs in two arrays, for the shortest paths of the packing rooms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numba as nb

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@nb.njit(cache=True)
def push(keys: NDArray[np.float64], places: NDArray[np.int64], size: int, key: float, place: int) -> int:
    """Put (key, place) into the heap of `size` entries; return the new size."""
    i = size
    while i > 0:
        parent = (i - 1) >> 1
        if keys[parent] <= key:
            break
        keys[i], places[i] = keys[parent], places[parent]
        i = parent
    keys[i], places[i] = key, place
    return size + 1


@nb.njit(cache=True)
def pop(keys: NDArray[np.float64], places: NDArray[np.int64], size: int) -> int:
    """Drop the least entry, which stands at 0, from the heap of `size` entries; return the new size."""
    size -= 1
    key, place = keys[size], places[size]
    i = 0
    while 2 * i + 1 < size:
        child = 2 * i + 1
        if child + 1 < size and keys[child + 1] < keys[child]:
            child += 1
        if keys[child] >= key:
            break
        keys[i], places[i] = keys[child], places[child]
        i = child
    keys[i], places[i] = key, place
    return size
