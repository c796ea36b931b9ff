"""Each actor's neighbours, side by side in memory. The search rooms walk them; nothing is solved here."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numba as nb
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from allegiance.maths.graph import SignedGraph


class Adjacency(NamedTuple):
    """Compressed rows: actor v has the neighbours `end[first[v]:first[v + 1]]`.

    A named tuple, because numba takes it apart without any copying.

    Attributes:
        first: int64, shape (n + 1,).
        end: int32, shape (2 m,), the neighbour.
        weight: int64, shape (2 m,), the tie's weight.
        tie: int32, shape (2 m,), the tie's position in the graph.
    """

    first: NDArray[np.int64]
    end: NDArray[np.int32]
    weight: NDArray[np.int64]
    tie: NDArray[np.int32]


@nb.njit(cache=True)
def _rows(
    a: NDArray[np.int32],
    b: NDArray[np.int32],
    w: NDArray[np.int64],
    first: NDArray[np.int64],
    end: NDArray[np.int32],
    weight: NDArray[np.int64],
    tie: NDArray[np.int32],
) -> None:
    for e in range(len(a)):
        first[a[e] + 1] += 1
        first[b[e] + 1] += 1
    for v in range(len(first) - 1):
        first[v + 1] += first[v]
    place = first[:-1].copy()
    for e in range(len(a)):
        for here, there in ((a[e], b[e]), (b[e], a[e])):
            at = place[here]
            end[at], weight[at], tie[at] = there, w[e], e
            place[here] = at + 1


def adjacency(graph: SignedGraph) -> Adjacency:
    """Return the neighbours of every actor of `graph`, in the order of its ties."""
    first = np.zeros(graph.n + 1, dtype=np.int64)
    end = np.empty(2 * graph.m, dtype=np.int32)
    weight = np.empty(2 * graph.m, dtype=np.int64)
    tie = np.empty(2 * graph.m, dtype=np.int32)
    _rows(graph.a, graph.b, graph.w, first, end, weight, tie)
    return Adjacency(first, end, weight, tie)
