"""Of which pairs of actors an answer about pairs speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from allegiance.maths.graph import SignedGraph

Pair = tuple[str, str]

ALL_PAIRS_UP_TO = 300
"""So many actors have 44,850 pairs, which a reader can still load; beyond, only those with a tie are told."""


def pairs_of(graph: SignedGraph) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return (smaller, larger actor number) of all pairs in a small network, in a large one of those with a tie."""
    if graph.n <= ALL_PAIRS_UP_TO:
        one, two = np.triu_indices(graph.n, 1)
        return one.astype(np.int64), two.astype(np.int64)
    return graph.a.astype(np.int64), graph.b.astype(np.int64)
