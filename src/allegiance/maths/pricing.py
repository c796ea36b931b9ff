"""All bad cycles that are too short: shortest paths over positive ties between the ends of each negative one.

With two coalitions the caller turns the signs by a split first. Cheap search for a packing's beginning lives in
`routes`; what makes a length is decided in `ascent`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numba as nb
import numpy as np

from allegiance.maths.adjacency import Adjacency, adjacency
from allegiance.maths.graph import SignedGraph
from allegiance.maths.heap import pop, push
from allegiance.maths.routes import LONGEST, LOOKS_PER_CALL, POOL_CYCLES, POOL_TIES, Pool

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from allegiance.maths.clock import Clock


class Tree(NamedTuple):
    """Scratch space of the shortest-path tree of one actor."""

    dist: NDArray[np.float64]
    stamp: NDArray[np.int64]
    via: NDArray[np.int32]
    before: NDArray[np.int32]
    keys: NDArray[np.float64]
    places: NDArray[np.int64]


@nb.njit(cache=True)
def _grow(
    near: Adjacency, tree: Tree, length: NDArray[np.float64], origin: int, limit: float, stamp: int
) -> int:
    """Grow the tree of `origin` to all actors nearer than `limit`; return how many ties were looked at."""
    looked = 0
    tree.dist[origin], tree.stamp[origin], tree.before[origin] = 0.0, stamp, -1
    size = push(tree.keys, tree.places, 0, 0.0, origin)
    while size > 0:
        here, v = tree.keys[0], tree.places[0]
        size = pop(tree.keys, tree.places, size)
        if here > tree.dist[v]:
            continue
        looked += near.first[v + 1] - near.first[v]
        for i in range(near.first[v], near.first[v + 1]):
            reach = here + length[near.tie[i]]
            u = near.end[i]
            if reach < limit and (tree.stamp[u] != stamp or reach < tree.dist[u]):
                tree.stamp[u], tree.dist[u] = stamp, reach
                tree.via[u], tree.before[u] = near.tie[i], v
                if size < len(tree.keys):
                    size = push(tree.keys, tree.places, size, reach, u)
    return looked


@nb.njit(cache=True)
def _once(ties: NDArray[np.int32], start: int, end: int) -> bool:
    """Return whether no tie stands twice in `ties[start:end]`."""
    for i in range(start, end):
        for j in range(start, i):
            if ties[i] == ties[j]:
                return False
    return True


@nb.njit(cache=True)
def _price(
    near: Adjacency,
    against: Adjacency,
    tree: Tree,
    pool: Pool,
    length: NDArray[np.float64],
    origins: NDArray[np.int32],
    limit: float,
    mark: NDArray[np.int64],
) -> None:
    """Write the cycles shorter than `limit` through each of `origins` from `mark[0]` on; `mark` as in `routes`."""
    looked = 0
    while mark[0] < len(origins) and looked < LOOKS_PER_CALL:
        origin = origins[mark[0]]
        targets = range(against.first[origin], against.first[origin + 1])
        room = (len(pool.ties) - mark[2]) // LONGEST
        # An actor with more opponents than fit is served as far as they do, rather than never.
        if mark[2] > 0 and (room <= len(targets) or mark[1] + len(targets) + 1 >= len(pool.first)):
            break
        mark[0] += 1
        mark[3] += 1
        shortest = np.inf
        for i in targets:
            shortest = min(shortest, length[against.tie[i]])
        looked += _grow(near, tree, length, origin, limit - shortest, mark[3])
        for i in targets:
            v, used = against.end[i], mark[2]
            if tree.stamp[v] != mark[3] or tree.dist[v] + length[against.tie[i]] >= limit:
                continue
            if used + LONGEST >= len(pool.ties) or mark[1] + 1 >= len(pool.first):
                break
            pool.ties[used] = against.tie[i]
            end = used + 1
            while v != origin and end - used < LONGEST:
                pool.ties[end] = tree.via[v]
                end += 1
                v = tree.before[v]
            if v == origin and _once(pool.ties, used, end):
                mark[1] += 1
                mark[2] = end
                pool.first[mark[1]] = end


class Pricing:
    """Searches for the bad cycles of one network that are shorter than they should be."""

    def __init__(self, graph: SignedGraph, negative: NDArray[np.bool_], *, odd: bool) -> None:
        """Prepare.

        Args:
            graph: the network.
            negative: shape (m,), which ties count as negative.
            odd: whether cycles with three, five ... negative ties are bad too. They are searched in the signed double
                cover, where every actor stands twice and a negative tie leads from one side to the other.
        """
        places, ids = graph.n, np.flatnonzero(~negative).astype(np.int32)
        a, b = graph.a[ids], graph.b[ids]
        if odd:
            places, ids = 2 * graph.n, np.tile(np.arange(graph.m, dtype=np.int32), 2)
            a = np.concatenate((graph.a, graph.a + graph.n))
            b = np.concatenate((graph.b + graph.n * negative, graph.b + graph.n * ~negative)).astype(np.int32)
        near = adjacency(SignedGraph(places, a, b, graph.w[ids]))
        self._places = places
        self._near = near._replace(tie=ids[near.tie])
        self._against = np.flatnonzero(negative).astype(np.int32)
        # Each negative tie is searched from its busier end, so that few trees serve all.
        a, b = graph.a[self._against], graph.b[self._against]
        busy = np.bincount(a, minlength=graph.n) + np.bincount(b, minlength=graph.n)
        self._origin, self._target = np.where(busy[a] > busy[b], (a, b), (b, a))
        room = min(2 * len(ids), 8 * places) + 16
        self._tree = Tree(
            np.empty(places),
            np.zeros(places, dtype=np.int64),
            np.empty(places, dtype=np.int32),
            np.empty(places, dtype=np.int32),
            np.empty(room),
            np.empty(room, dtype=np.int64),
        )
        self._stamp = 0

    def cycles(
        self, length: NDArray[np.float64], *, limit: float, clock: Clock
    ) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """Find, for each negative tie, the shortest bad cycle through it, if shorter than `limit`.

        `length` has shape (m,) and is at least 0. The other arguments and what is returned are as in `Routes.cycles`.
        """
        chosen = np.flatnonzero(length[self._against] < limit)
        chosen = chosen[np.argsort(self._origin[chosen], kind="stable")]
        origin = self._origin[chosen]
        first = np.zeros(self._places + 1, dtype=np.int64)
        np.cumsum(np.bincount(origin, minlength=self._places), out=first[1:])
        tie = self._against[chosen]
        against = Adjacency(first, self._target[chosen].astype(np.int32), np.empty(0, dtype=np.int64), tie)
        origins = np.unique(origin).astype(np.int32)
        pool = Pool(np.empty(POOL_TIES, dtype=np.int32), np.zeros(POOL_CYCLES, dtype=np.int64))
        ties, counts = [np.empty(0, dtype=np.int32)], [np.empty(0, dtype=np.int64)]
        mark = np.zeros(4, dtype=np.int64)
        while mark[0] < len(origins) and not clock.over:
            mark[1:] = 0, 0, self._stamp
            _price(self._near, against, self._tree, pool, length, origins, limit, mark)
            self._stamp = int(mark[3])
            ties.append(pool.ties[: mark[2]].copy())
            counts.append(np.diff(pool.first[: mark[1] + 1]))
        return np.concatenate(ties), np.concatenate(counts)
