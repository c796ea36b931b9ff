"""Finding bad cycles: rings of ties of which no split can satisfy all.

With as many coalitions as fit, a cycle is bad if exactly one of its ties is negative; with two coalitions, if an
odd number is. The most violated one under given tie lengths is a shortest path: over positive ties, or in the
signed double cover. Only the search for cycles lives here; what becomes of them does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numba import njit

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Among equally long paths the one with fewer ties gives the stronger cut.
_HOP = 1e-7


@dataclass(frozen=True, slots=True, eq=False)
class Cover:
    """The directed graph in which shortest paths are closed by one more tie to bad cycles.

    Attributes:
        half: number of actors; node v and node v + half stand for the same actor.
        indptr: int64, shape (nodes + 1,), where each node's arcs begin.
        head: int32, shape (arcs,), the node that an arc leads to.
        tie: int32, shape (arcs,), the tie that an arc runs along.
        source: int32, shape (queries,), sorted; where a path begins that closes to a bad cycle.
        target: int32, shape (queries,), where it ends.
        closing: int32, shape (queries,), the tie that closes it.
    """

    half: int
    indptr: NDArray[np.int64]
    head: NDArray[np.int32]
    tie: NDArray[np.int32]
    source: NDArray[np.int32]
    target: NDArray[np.int32]
    closing: NDArray[np.int32]

    @classmethod
    def free(cls, n: int, a: NDArray[np.int32], b: NDArray[np.int32], positive: NDArray[np.bool_]) -> Cover:
        """Return the cover for as many coalitions as fit: paths of positive ties, closed by a negative one."""
        return cls._of(n, n, a, b, np.flatnonzero(positive), np.flatnonzero(~positive), a, b)

    @classmethod
    def double(
        cls,
        n: int,
        a: NDArray[np.int32],
        b: NDArray[np.int32],
        positive: NDArray[np.bool_],
        labels: NDArray[np.integer],
    ) -> Cover:
        """Return the signed double cover for two coalitions.

        Every bad cycle holds a tie that the split `labels` violates, so only those need closing.
        """
        crossing = (labels[a] != labels[b]) == positive
        shift = np.where(crossing, np.int32(n), np.int32(0)).astype(np.int32)
        # After switching by the split its violated ties are the negative ones: they change the layer.
        tails = np.concatenate([a, a + n]).astype(np.int32)
        heads = np.concatenate([b + shift, b + (n - shift)]).astype(np.int32)
        ties = np.tile(np.arange(len(a)), 2)
        return cls._of(n, 2 * n, tails, heads, np.arange(len(tails)), np.flatnonzero(crossing), a, b, ties)

    @classmethod
    def _of(  # noqa: PLR0913
        cls,
        half: int,
        nodes: int,
        tails: NDArray[np.int32],
        heads: NDArray[np.int32],
        used: NDArray[np.intp],
        closing: NDArray[np.intp],
        a: NDArray[np.int32],
        b: NDArray[np.int32],
        ties: NDArray[np.intp] | None = None,
    ) -> Cover:
        tail = np.concatenate([tails[used], heads[used]])
        head = np.concatenate([heads[used], tails[used]])
        tie = np.tile(used if ties is None else ties[used], 2)
        order = np.argsort(tail, kind="stable")
        indptr = np.zeros(nodes + 1, dtype=np.int64)
        np.cumsum(np.bincount(tail, minlength=nodes), out=indptr[1:])
        source, target = a[closing], b[closing]
        # One search from an actor answers all its queries, so let busy actors be the sources.
        busy = np.bincount(np.concatenate([source, target]), minlength=half)
        swap = busy[source] < busy[target]
        source, target = np.where(swap, target, source), np.where(swap, source, target)
        rank = np.argsort(source, kind="stable")
        return cls(
            half,
            indptr,
            head[order].astype(np.int32),
            tie[order].astype(np.int32),
            source[rank].astype(np.int32),
            target[rank].astype(np.int32),
            closing[rank].astype(np.int32),
        )

    def cycles(
        self, length: NDArray[np.float64], *, bump: float, below: float = 1.0
    ) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        """Return bad cycles shorter than `below`, at most one for each closing tie.

        Args:
            length: shape (ties,), nonnegative.
            bump: added to the length of each tie of a found cycle, so that later ones avoid it. With 0 the
                answer is complete: if no cycle is returned, none is shorter than `below`.
            below: the bound on the length.

        Returns:
            (begin, ties): cycle i has the tie numbers ties[begin[i]:begin[i+1]].
        """
        lengths = length + _HOP
        begin, ties, count = _search(
            self.half,
            self.indptr,
            self.head,
            self.tie,
            self.source,
            self.target,
            self.closing,
            lengths,
            bump,
            below,
        )
        return begin[: count + 1], ties[: begin[count]]


@njit(cache=True)
def _push(heap_key, heap_node, size, key, node):  # type: ignore[no-untyped-def]  # pragma: no cover
    i = size
    while i > 0:
        up = (i - 1) >> 1
        if heap_key[up] <= key:
            break
        heap_key[i], heap_node[i] = heap_key[up], heap_node[up]
        i = up
    heap_key[i], heap_node[i] = key, node


@njit(cache=True)
def _sift(heap_key, heap_node, size):  # type: ignore[no-untyped-def]  # pragma: no cover
    """Fill the hole at the root with the last entry; `size` counts the entries that remain."""
    key, node = heap_key[size], heap_node[size]
    i = 0
    while True:
        down = 2 * i + 1
        if down >= size:
            break
        if down + 1 < size and heap_key[down + 1] < heap_key[down]:
            down += 1
        if heap_key[down] >= key:
            break
        heap_key[i], heap_node[i] = heap_key[down], heap_node[down]
        i = down
    heap_key[i], heap_node[i] = key, node


@njit(cache=True)
def _search(half, indptr, head, tie, source, target, closing, length, bump, below):  # type: ignore[no-untyped-def]  # noqa: C901, PLR0912, PLR0913, PLR0915  # pragma: no cover
    nodes = len(indptr) - 1
    dist = np.full(nodes, np.inf)
    settled = np.zeros(nodes, np.bool_)
    parent = np.full(nodes, -1, np.int32)
    via = np.full(nodes, -1, np.int32)
    touched = np.empty(nodes, np.int32)
    heap_key = np.empty(len(head) + 2)
    heap_node = np.empty(len(head) + 2, np.int32)
    last = np.full(half, -1, np.int32)
    walk_node = np.empty(nodes + 2, np.int32)
    walk_tie = np.empty(nodes + 2, np.int32)
    begin = np.zeros(len(source) + 1, np.int64)
    ties = np.empty(1024, np.int32)
    found = 0
    first = 0
    while first < len(source):
        root = source[first]
        stop = first
        waiting = 0
        limit = 0.0
        while stop < len(source) and source[stop] == root:
            reach = below - length[closing[stop]]
            if reach > 0.0:
                waiting += 1
                limit = max(limit, reach)
            stop += 1
        size = 0
        seen = 0
        if waiting > 0:
            dist[root] = 0.0
            touched[0] = root
            seen = 1
            _push(heap_key, heap_node, 0, 0.0, root)
            size = 1
        while size > 0:
            key, node = heap_key[0], heap_node[0]
            size -= 1
            _sift(heap_key, heap_node, size)
            if settled[node]:
                continue
            settled[node] = True
            for arc in range(indptr[node], indptr[node + 1]):
                to = head[arc]
                far = key + length[tie[arc]]
                if far < limit and far < dist[to]:
                    if dist[to] == np.inf:
                        touched[seen] = to
                        seen += 1
                    dist[to] = far
                    parent[to] = node
                    via[to] = tie[arc]
                    _push(heap_key, heap_node, size, far, to)
                    size += 1
        for query in range(first, stop):
            close = closing[query]
            goal = target[query]
            if dist[goal] + length[close] >= below:
                continue
            # Walk back; where an actor comes again in the other layer, the part between is itself a bad cycle.
            steps = 0
            node = goal
            lo, hi = 0, -1
            while True:
                walk_node[steps] = node
                actor = node % half
                if last[actor] >= 0:
                    lo, hi = last[actor], steps
                    break
                last[actor] = steps
                if node == root:
                    break
                walk_tie[steps] = via[node]
                node = parent[node]
                steps += 1
            for i in range(steps + 1):
                last[walk_node[i] % half] = -1
            room = begin[found] + steps + 2
            if room > len(ties):
                wider = np.empty(2 * room, np.int32)
                wider[: begin[found]] = ties[: begin[found]]
                ties = wider
            at = begin[found]
            if hi < 0:
                ties[at] = close
                at += 1
                hi = steps
            for i in range(lo, hi):
                ties[at] = walk_tie[i]
                at += 1
            for i in range(begin[found], at):
                length[ties[i]] += bump
            found += 1
            begin[found] = at
        for i in range(seen):
            node = touched[i]
            dist[node] = np.inf
            settled[node] = False
            parent[node] = -1
        first = stop
    return begin, ties, found
