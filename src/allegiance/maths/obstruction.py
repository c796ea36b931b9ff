"""Finding bad cycles: rings of ties of which no split can satisfy all.

With as many coalitions as fit, a cycle is bad if exactly one of its ties is negative; with two coalitions, if an
odd number is. The most violated one under given tie lengths is a shortest path: over positive ties, or in the
signed double cover. Only the search for cycles lives here; what becomes of them does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numba import njit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int32]
    Longs = NDArray[np.int64]

# Among equally long paths the one with fewer ties gives the stronger cut.
_HOP = 1e-7


class _Arcs(NamedTuple):
    """The directed graph of paths, by tail; node v and node v + half stand for the same actor.

    Attributes:
        half: number of actors.
        indptr: int64, shape (nodes + 1,), where each node's arcs begin.
        head: int32, shape (arcs,), the node that an arc leads to.
        tie: int32, shape (arcs,), the tie that it runs along.
    """

    half: int
    indptr: NDArray[np.int64]
    head: NDArray[np.int32]
    tie: NDArray[np.int32]


class _Queries(NamedTuple):
    """Paths to look for, sorted by source, each closed by a tie to a bad cycle.

    Attributes:
        source: int32, shape (queries,), the node where a path begins.
        target: int32, shape (queries,), where it ends.
        closing: int32, shape (queries,), the tie that closes it.
    """

    source: NDArray[np.int32]
    target: NDArray[np.int32]
    closing: NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Cover:
    """The directed graph in which shortest paths are closed by one more tie to bad cycles."""

    arcs: _Arcs
    queries: _Queries

    @classmethod
    def free(cls, n: int, a: NDArray[np.int32], b: NDArray[np.int32], positive: NDArray[np.bool_]) -> Cover:
        """Return the cover for as many coalitions as fit: paths of positive ties, closed by a negative one."""
        ties = np.flatnonzero(positive)
        return cls(_arcs(n, n, a[ties], b[ties], ties), _queries(n, a, b, np.flatnonzero(~positive)))

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
        return cls(_arcs(n, 2 * n, tails, heads, ties), _queries(n, a, b, np.flatnonzero(crossing)))

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
        begin, ties, count = _search(self.arcs, self.queries, length + _HOP, bump, below)
        return begin[: count + 1], ties[: begin[count]]


@dataclass(frozen=True, slots=True, eq=False)
class Detours:
    """Searches for ways around the ties that a split violates: a rival that satisfies one differs along each, too.

    A tie that the split keeps within a coalition can't be cut unless some tie is on each way between its ends that stays
    within. One across is not closed unless one across is on each way that crosses once between the same coalitions. With
    two coalitions any way counts.
    """

    arcs: _Arcs
    queries: _Queries

    @classmethod
    def of(
        cls, n: int, ends: tuple[Ints, Ints], labels: Ints, violated: NDArray[np.bool_], *, pair: bool
    ) -> Detours:
        """Prepare for the `violated` ties (bool, shape (m,)) of the split `labels` (shape (n,)); `pair`: two coalitions."""
        (a, b), every = ends, np.arange(len(violated))
        within = labels[a] == labels[b]
        closing = np.flatnonzero(violated)
        if pair:
            return cls(_arcs(n, n, a, b, every), _queries(n, a, b, closing))
        # Whoever crosses goes to the second layer and can't come back.
        inner, outer = np.flatnonzero(within), np.flatnonzero(~within)
        tail = np.concatenate([a[inner], b[inner], a[inner] + n, b[inner] + n, a[outer], b[outer]])
        head = np.concatenate([b[inner], a[inner], b[inner] + n, a[inner] + n, b[outer] + n, a[outer] + n])
        arcs = _sorted_arcs(n, 2 * n, tail, head, np.concatenate([np.tile(inner, 4), np.tile(outer, 2)]))
        queries = _queries(n, a, b, closing)
        return cls(
            arcs,
            queries._replace(
                target=queries.target + np.where(within[queries.closing], 0, n).astype(np.int32)
            ),
        )

    def found(
        self, length: NDArray[np.float64], *, bump: float, less: float
    ) -> tuple[NDArray[np.int32], NDArray[np.int64], NDArray[np.int32]]:
        """Return for each tie the shortest way around it, if that is shorter than the tie by more than `less`.

        Args:
            length: shape (ties,), nonnegative.
            bump: added to the length of each tie of a way, so that later ones avoid it. With 0 the answer is complete.
            less: above 0.

        Returns:
            (around, begin, ties): the way around tie around[i] is ties[begin[i]:begin[i + 1]].
        """
        around, begin, ties, count = _search_ways(self.arcs, self.queries, length + _HOP * less, bump, less)
        return around[:count], begin[: count + 1], ties[: begin[count]]


def _arcs(
    half: int, nodes: int, tails: NDArray[np.int32], heads: NDArray[np.int32], ties: NDArray[np.integer]
) -> _Arcs:
    """Return the arcs both ways along edges from `tails` to `heads`, each of them part of one of `ties`."""
    return _sorted_arcs(
        half, nodes, np.concatenate([tails, heads]), np.concatenate([heads, tails]), np.tile(ties, 2)
    )


def _sorted_arcs(half: int, nodes: int, tail: Ints, head: Ints, tie: NDArray[np.integer]) -> _Arcs:
    """Return the arcs from `tail` to `head`."""
    order = np.argsort(tail, kind="stable")
    indptr = np.zeros(nodes + 1, dtype=np.int64)
    np.cumsum(np.bincount(tail, minlength=nodes), out=indptr[1:])
    return _Arcs(half, indptr, head[order].astype(np.int32), tie[order].astype(np.int32))


def _queries(half: int, a: NDArray[np.int32], b: NDArray[np.int32], closing: NDArray[np.integer]) -> _Queries:
    """Return the queries for the ties `closing`; one search answers all of an actor, so busy ones are sources."""
    source, target = a[closing], b[closing]
    busy = np.bincount(np.concatenate([source, target]), minlength=half)
    swap = busy[source] < busy[target]
    source, target = np.where(swap, target, source), np.where(swap, source, target)
    rank = np.argsort(source, kind="stable")
    return _Queries(
        source[rank].astype(np.int32), target[rank].astype(np.int32), closing[rank].astype(np.int32)
    )


class _State(NamedTuple):
    """What a search writes on; all but the heap is clean between two searches.

    Attributes:
        dist: shape (nodes,), length of the shortest path found so far, infinite where there is none.
        settled: shape (nodes,), whether it is final.
        parent: shape (nodes,), the node before on that path.
        via: shape (nodes,), the tie between.
        touched: shape (nodes,), the nodes reached.
        key: shape (arcs + 2,), the lengths in the heap.
        node: shape (arcs + 2,), their nodes.
        last: shape (actors,), position of an actor on the path walked, -1 where it isn't.
        walk: shape (nodes + 2,), the ties of the path walked.
    """

    dist: Floats
    settled: NDArray[np.bool_]
    parent: Ints
    via: Ints
    touched: Ints
    key: Floats
    node: Ints
    last: Ints
    walk: Ints


@njit(cache=True)
def _push(key: Floats, node: Ints, size: int, new_key: float, new_node: int) -> None:
    i = size
    while i > 0:
        up = (i - 1) >> 1
        if key[up] <= new_key:
            break
        key[i], node[i] = key[up], node[up]
        i = up
    key[i], node[i] = new_key, new_node


@njit(cache=True)
def _fill_root(key: Floats, node: Ints, size: int) -> None:
    """Fill the hole at the root with the last entry; `size` counts the entries that remain."""
    last_key, last_node = key[size], node[size]
    i = 0
    while True:
        down = 2 * i + 1
        if down >= size:
            break
        if down + 1 < size and key[down + 1] < key[down]:
            down += 1
        if key[down] >= last_key:
            break
        key[i], node[i] = key[down], node[down]
        i = down
    key[i], node[i] = last_key, last_node


@njit(cache=True)
def _explore(
    indptr: Longs, head: Ints, tie: Ints, length: Floats, root: int, limit: float, state: _State
) -> int:
    """Find the shortest paths from `root` that are shorter than `limit`; return how many nodes they reach."""
    dist, settled, key, node = state.dist, state.settled, state.key, state.node
    dist[root] = 0.0
    state.touched[0] = root
    seen = 1
    _push(key, node, 0, 0.0, root)
    size = 1
    while size > 0:
        near, at = key[0], node[0]
        size -= 1
        _fill_root(key, node, size)
        if settled[at]:
            continue
        settled[at] = True
        for arc in range(indptr[at], indptr[at + 1]):
            to = head[arc]
            far = near + length[tie[arc]]
            if far < limit and far < dist[to]:
                if dist[to] == np.inf:
                    state.touched[seen] = to
                    seen += 1
                dist[to] = far
                state.parent[to] = at
                state.via[to] = tie[arc]
                _push(key, node, size, far, to)
                size += 1
    return seen


@njit(cache=True)
def _walk_back(half: int, root: int, goal: int, state: _State) -> tuple[int, int, bool]:
    """Write the ties of the path from `goal` back to `root` into `state.walk`; return (first, last + 1, open).

    Where an actor comes a second time, in the other layer, the part between is itself a bad cycle: it is closed.
    """
    steps, at = 0, goal
    first, opened = 0, True
    while True:
        actor = at % half
        if state.last[actor] >= 0:
            first, opened = state.last[actor], False
            break
        state.last[actor] = steps
        if at == root:
            break
        state.walk[steps] = state.via[at]
        at = state.parent[at]
        steps += 1
    at = goal
    for _ in range(steps + 1):
        state.last[at % half] = -1
        at = state.parent[at]
    return first, steps, opened


@njit(cache=True)
def _fresh(cover: _Arcs) -> _State:
    """Return the scratch space of a search that has seen nothing yet."""
    nodes, arcs = len(cover.indptr) - 1, len(cover.head)
    return _State(
        np.full(nodes, np.inf),
        np.zeros(nodes, np.bool_),
        np.full(nodes, -1, np.int32),
        np.full(nodes, -1, np.int32),
        np.empty(nodes, np.int32),
        np.empty(arcs + 2),
        np.empty(arcs + 2, np.int32),
        np.full(cover.half, -1, np.int32),
        np.empty(nodes + 2, np.int32),
    )


@njit(cache=True)
def _search(
    cover: _Arcs, queries: _Queries, length: Floats, bump: float, below: float
) -> tuple[Longs, Ints, int]:
    """Answer all queries, one search for each source; see `Cover.cycles`."""
    state = _fresh(cover)
    begin = np.zeros(len(queries.source) + 1, np.int64)
    ties = np.empty(1024, np.int32)
    found = 0
    first = 0
    while first < len(queries.source):
        root = queries.source[first]
        stop = first
        limit = 0.0
        while stop < len(queries.source) and queries.source[stop] == root:
            limit = max(limit, below - length[queries.closing[stop]])
            stop += 1
        seen = _explore(cover.indptr, cover.head, cover.tie, length, root, limit, state) if limit > 0.0 else 0
        for query in range(first, stop):
            close, goal = queries.closing[query], queries.target[query]
            if state.dist[goal] + length[close] >= below:
                continue
            low, high, opened = _walk_back(cover.half, root, goal, state)
            at = begin[found]
            if at + high - low + 1 > len(ties):
                wider = np.empty(2 * (at + high - low + 1), np.int32)
                wider[:at] = ties[:at]
                ties = wider
            for i in range(low, high):
                ties[at] = state.walk[i]
                at += 1
            if opened:
                ties[at] = close
                at += 1
            for i in range(begin[found], at):
                length[ties[i]] += bump
            found += 1
            begin[found] = at
        for i in range(seen):
            state.dist[state.touched[i]] = np.inf
            state.settled[state.touched[i]] = False
        first = stop
    return begin, ties, found


@njit(cache=True)
def _search_ways(
    cover: _Arcs, queries: _Queries, length: Floats, bump: float, less: float
) -> tuple[Ints, Longs, Ints, int]:
    """Answer all queries, one search for each source; see `Detours.found`."""
    state = _fresh(cover)
    own = length.copy()
    around = np.empty(len(queries.source), np.int32)
    begin = np.zeros(len(queries.source) + 1, np.int64)
    ties = np.empty(1024, np.int32)
    found = 0
    first = 0
    while first < len(queries.source):
        root = queries.source[first]
        stop = first
        limit = 0.0
        while stop < len(queries.source) and queries.source[stop] == root:
            limit = max(limit, own[queries.closing[stop]] - less)
            stop += 1
        seen = _explore(cover.indptr, cover.head, cover.tie, length, root, limit, state) if limit > 0.0 else 0
        for query in range(first, stop):
            close, at = queries.closing[query], queries.target[query]
            if state.dist[at] >= own[close] - less:
                continue
            end = begin[found]
            while at != root:
                if end == len(ties):
                    wider = np.empty(2 * end, np.int32)
                    wider[:end] = ties
                    ties = wider
                ties[end] = state.via[at]
                length[ties[end]] += bump
                end += 1
                at = state.parent[at]
            around[found] = close
            found += 1
            begin[found] = end
        for i in range(seen):
            state.dist[state.touched[i]] = np.inf
            state.settled[state.touched[i]] = False
        first = stop
    return around, begin, ties, found
