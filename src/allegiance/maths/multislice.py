"""Signed graphs of several slices of time joined to one, so that one split answers for all of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from allegiance.maths.graph import SignedGraph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Multislice:
    """One graph whose vertices are actors at a time.

    Attributes:
        graph: the ties within slices, and a link of positive weight from each actor to its own next appearance.
        actor: int64, shape (graph.n,), which actor each vertex is.
        slice: int64, shape (graph.n,), in which slice; vertices are sorted by slice, then by actor.
        earlier: int64, shape (links,), the earlier vertex of each link; `later` the later one.
        later: see `earlier`.
    """

    graph: SignedGraph
    actor: NDArray[np.int64]
    slice: NDArray[np.int64]
    earlier: NDArray[np.int64]
    later: NDArray[np.int64]

    @classmethod
    def of(
        cls,
        actors: Sequence[NDArray[np.int64]],
        graphs: Sequence[SignedGraph],
        gamma: int,
    ) -> Multislice:
        """Join the slices' graphs.

        An actor that is missing from some slices is linked across the gap, so that it comes back where it left.

        Args:
            actors: for each slice, shape (its graph's n,), which actor each of its vertices is.
            graphs: for each slice its ties.
            gamma: weight of the links between an actor and itself, not negative; with 0 the slices are independent.

        References:
            P. J. Mucha, T. Richardson, K. Macon, M. A. Porter, J.-P. Onnela, Community structure in time-dependent,
            multiscale, and multiplex networks, 2010, doi:10.1126/science.1184819 (links between slices).
        """
        sizes = [graph.n for graph in graphs]
        start = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
        who = np.concatenate([np.zeros(0, dtype=np.int64), *actors])
        when = np.repeat(np.arange(len(graphs), dtype=np.int64), sizes)
        # By actor, then by time: neighbours in this order that are the same actor are its next appearances.
        order = np.lexsort((when, who))
        same = who[order][1:] == who[order][:-1]
        earlier, later = order[:-1][same], order[1:][same]
        none = np.zeros(0, dtype=np.int64)
        graph = SignedGraph.of(
            int(start[-1]),
            np.concatenate([none, *(g.a + first for g, first in zip(graphs, start, strict=False)), earlier]),
            np.concatenate([none, *(g.b + first for g, first in zip(graphs, start, strict=False)), later]),
            np.concatenate([none, *(g.w for g in graphs), np.full(len(earlier), gamma, dtype=np.int64)]),
        )
        return cls(graph, who, when, earlier, later)
