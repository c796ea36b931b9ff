"""Biconnected components: no bad cycle crosses them, so each is a problem of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit

if TYPE_CHECKING:
    from numpy.typing import NDArray


def blocks(n: int, a: NDArray[np.int32], b: NDArray[np.int32]) -> list[NDArray[np.int64]]:
    """Return the tie numbers of each biconnected component that holds a cycle.

    Ties in none of them are bridges. Two components share at most one actor.
    """
    if not len(a):
        return []
    tail, head = np.concatenate([a, b]), np.concatenate([b, a])
    order = np.argsort(tail, kind="stable")
    begin = np.zeros(n + 1, dtype=np.int64)
    np.cumsum(np.bincount(tail, minlength=n), out=begin[1:])
    tie = np.tile(np.arange(len(a), dtype=np.int32), 2)[order]
    number = _number(begin, head[order].astype(np.int32), tie)
    rank = np.argsort(number, kind="stable")
    cuts = np.flatnonzero(np.diff(number[rank])) + 1
    bounds = np.concatenate([[0], cuts, [len(rank)]])
    size = np.diff(bounds)
    wanted = np.flatnonzero(size > 1)
    return [np.sort(rank[bounds[i] : bounds[i + 1]]) for i in wanted]


@njit(cache=True)
def _number(  # noqa: C901 - one walk; its pieces would share all variables
    begin: NDArray[np.int64], head: NDArray[np.int32], tie: NDArray[np.int32]
) -> NDArray[np.int32]:
    """Number each tie by its component (Hopcroft and Tarjan 1973, doi:10.1145/362248.362272), children first."""
    n = len(begin) - 1
    ties = len(head) // 2
    number = np.full(ties, -1, np.int32)
    depth = np.full(n, -1, np.int64)
    low = np.zeros(n, np.int64)
    arc = begin[:-1].copy()
    entry = np.full(n, -1, np.int32)
    path = np.empty(n, np.int32)
    stack = np.empty(ties, np.int32)
    stacked = np.zeros(ties, np.bool_)
    held = 0
    count = 0
    for root in range(n):
        if depth[root] >= 0:
            continue
        depth[root] = 0
        path[0] = root
        length = 1
        while length > 0:
            v = path[length - 1]
            if arc[v] < begin[v + 1]:
                t = tie[arc[v]]
                u = head[arc[v]]
                arc[v] += 1
                if stacked[t]:
                    continue
                stacked[t] = True
                stack[held] = t
                held += 1
                if depth[u] < 0:
                    entry[u] = t
                    depth[u] = length
                    low[u] = length
                    path[length] = u
                    length += 1
                else:
                    low[v] = min(low[v], depth[u])
            else:
                length -= 1
                if length == 0:
                    break
                up = path[length - 1]
                low[up] = min(low[up], low[v])
                if low[v] >= depth[up]:
                    while True:
                        held -= 1
                        number[stack[held]] = count
                        if stack[held] == entry[v]:
                            break
                    count += 1
    return number
