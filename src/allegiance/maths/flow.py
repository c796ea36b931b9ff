"""Maximum flow on arrays: value, flow of each arc, minimum cut, paths. What the arcs mean isn't known here.

Capacities are integers, so every value is exact. Dinic's method (Dinitz 1970; see Ahuja, Magnanti and Orlin 1993, "Network
Flows", chapter 7): levels by breadth first, then a blocking flow by depth first without recursion.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numba as nb
import numpy as np

from allegiance.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

LARGEST_CAPACITY = 2**61
"""Of all arcs together; twice as much would no longer fit an int64."""


class Routes(NamedTuple):
    """A directed graph with the arcs at each node side by side in memory.

    Arc e is the pair of residual arcs 2 e (forth) and 2 e + 1 (back).

    Attributes:
        n: number of nodes, numbered from 0.
        tail: int32, shape (m,), where each arc begins; `head` where it ends.
        head: see `tail`.
        first: int64, shape (n + 1,); the residual arcs that leave v are ``out[first[v]:first[v + 1]]``.
        out: int32, shape (2 m,).
    """

    n: int
    tail: NDArray[np.int32]
    head: NDArray[np.int32]
    first: NDArray[np.int64]
    out: NDArray[np.int32]


class Flow(NamedTuple):
    """A maximum flow and the proof that none is larger.

    Attributes:
        value: how much flows.
        flow: int64, shape (m,), how much of it along each arc.
        inside: bool, shape (n,), the source's side of a minimum cut, the smallest such side.
    """

    value: int
    flow: NDArray[np.int64]
    inside: NDArray[np.bool_]


def routes(n: int, tail: NDArray[np.integer], head: NDArray[np.integer]) -> Routes:
    """Return the graph of `n` nodes and these arcs, parallel ones and loops included."""
    begin, end = tail.astype(np.int32), head.astype(np.int32)
    ends = np.stack([begin, end], axis=1).ravel()
    first = np.zeros(n + 1, dtype=np.int64)
    np.cumsum(np.bincount(ends, minlength=n), out=first[1:])
    return Routes(n, begin, end, first, np.argsort(ends, kind="stable").astype(np.int32))


def maximum_flow(
    net: Routes,
    capacity: NDArray[np.int64],
    source: int,
    sink: int,
    *,
    start: NDArray[np.int64] | None = None,
    enough: int = LARGEST_CAPACITY,
) -> Flow:
    """Return a maximum flow from `source` to `sink`.

    Args:
        net: the graph.
        capacity: int64, shape (m,), at least 0, together at most `LARGEST_CAPACITY`.
        source: a node; `sink` another one.
        sink: see `source`.
        start: int64, shape (m,), a flow within the capacities to begin with; where it can, it stays.
        enough: stop as soon as so much flows; `inside` then proves nothing.

    Raises:
        DataError: a capacity is negative, or they are too large together.
    """
    if source == sink:
        raise DataError("A flow needs a beginning and an end that differ.")
    if (capacity < 0).any():
        raise DataError("A capacity is negative.")
    if float(capacity.sum(dtype=np.float64)) > LARGEST_CAPACITY:
        raise DataError("The capacities are too large together to be added up exactly.")
    residual = np.empty(2 * len(capacity), dtype=np.int64)
    begun = np.zeros(len(capacity), dtype=np.int64) if start is None else start
    residual[0::2], residual[1::2] = capacity - begun, begun
    level = np.empty(net.n, dtype=np.int32)
    _dinic(net, residual, source, sink, enough, level)
    flow = residual[1::2].copy()
    value = int(flow[net.tail == source].sum() - flow[net.head == source].sum())
    return Flow(value, flow, level >= 0)


def cut_arcs(net: Routes, found: Flow) -> NDArray[np.int64]:
    """Return the arcs that leave the source's side of the minimum cut, shape (arcs,)."""
    return np.flatnonzero(found.inside[net.tail] & ~found.inside[net.head])


def acyclic(net: Routes, flow: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the flow without what runs in circles, shape (m,); its value is the same."""
    rest = flow.copy()
    _drop_circles(net, rest)
    return rest


def paths(
    net: Routes, flow: NDArray[np.int64], source: int, sink: int
) -> Iterator[tuple[int, NDArray[np.int64]]]:
    """Take a flow apart: yield (amount, arcs of a path from `source` to `sink`), always a widest one of what is left.

    Args:
        net: the graph.
        flow: int64, shape (m,), a flow without circles.
        source: where it begins; `sink` where it ends.
        sink: see `source`.
    """
    rest = flow.copy()
    by, width = np.empty(net.n, dtype=np.int32), np.empty(net.n, dtype=np.int64)
    while True:
        _widest(net, rest, source, by, width)
        wide = width[sink]
        if not wide:
            return
        way = []
        here = sink
        while here != source:
            way.append(int(by[here]))
            here = int(net.tail[way[-1]])
        arcs = np.array(way[::-1], dtype=np.int64)
        rest[arcs] -= wide
        yield int(wide), arcs


@nb.njit(cache=True)
def _ends(net: Routes, e: int) -> tuple[int, int]:
    """Return where a residual arc begins and ends."""
    return (net.tail[e >> 1], net.head[e >> 1]) if e & 1 == 0 else (net.head[e >> 1], net.tail[e >> 1])


@nb.njit(cache=True)
def _dinic(
    net: Routes,
    residual: NDArray[np.int64],
    source: int,
    sink: int,
    enough: int,
    level: NDArray[np.int32],
) -> None:
    """Augment until no path is left or `enough` more flows; at the end `level` is -1 where the source reaches no longer."""
    queue = np.empty(len(level), np.int32)
    way = np.empty(len(level), np.int32)
    total = np.int64(0)
    while True:
        _levels(net, residual, source, level, queue)
        if level[sink] < 0 or total >= enough:
            return
        total += _block(net, residual, source, sink, level, way)


@nb.njit(cache=True)
def _levels(
    net: Routes,
    residual: NDArray[np.int64],
    source: int,
    level: NDArray[np.int32],
    queue: NDArray[np.int32],
) -> None:
    """Number the nodes by how many residual arcs they are away from the source, -1 where none lead there."""
    level[:] = -1
    level[source] = 0
    queue[0] = source
    done, known = 0, 1
    while done < known:
        v = queue[done]
        done += 1
        for place in range(net.first[v], net.first[v + 1]):
            e = net.out[place]
            w = _ends(net, e)[1]
            if residual[e] > 0 and level[w] < 0:
                level[w] = level[v] + 1
                queue[known] = w
                known += 1


@nb.njit(cache=True)
def _block(
    net: Routes,
    residual: NDArray[np.int64],
    source: int,
    sink: int,
    level: NDArray[np.int32],
    way: NDArray[np.int32],
) -> int:
    """Send along shortest paths until each has a full arc; return how much."""
    at = net.first[:-1].copy()
    total = np.int64(0)
    v, length = source, 0
    while True:
        if v == sink:
            least = residual[way[0]]
            for i in range(1, length):
                least = min(least, residual[way[i]])
            total += least
            for i in range(length - 1, -1, -1):
                residual[way[i]] -= least
                residual[way[i] ^ 1] += least
                if residual[way[i]] == 0:
                    length = i  # go on from before the first full arc
            v = _ends(net, way[length])[0]
            continue
        moved = False
        while at[v] < net.first[v + 1]:
            e = net.out[at[v]]
            w = _ends(net, e)[1]
            if residual[e] > 0 and level[w] == level[v] + 1:
                way[length] = e
                length += 1
                v = w
                moved = True
                break
            at[v] += 1
        if moved:
            continue
        if length == 0:
            return int(total)
        length -= 1
        v = _ends(net, way[length])[0]
        at[v] += 1


@nb.njit(cache=True)
def _drop_circles(  # noqa: C901 - one walk; its pieces would share all variables
    net: Routes, flow: NDArray[np.int64]
) -> None:
    """Walk along arcs with flow, deepest first; whenever the walk meets itself, take the circle's least flow away."""
    n = net.n
    state = np.zeros(n, np.int8)  # 0 not seen, 1 on the way, 2 done
    at = net.first[:-1].copy()
    way = np.empty(n, np.int32)
    place = np.zeros(n, np.int32)
    for root in range(n):
        if state[root] != 0:
            continue
        v, length = root, 0
        state[v] = 1
        place[v] = 0
        while True:
            if at[v] == net.first[v + 1]:
                state[v] = 2
                if length == 0:
                    break
                length -= 1
                v = net.tail[way[length]]
                at[v] += 1
                continue
            e = net.out[at[v]]
            if e & 1 or flow[e >> 1] == 0 or state[net.head[e >> 1]] == 2:  # noqa: PLR2004
                at[v] += 1
                continue
            e >>= 1
            w = net.head[e]
            if state[w] == 0:
                way[length] = e
                length += 1
                state[w] = 1
                place[w] = length
                v = w
                continue
            # The walk from w to here and this arc are a circle.
            least = flow[e]
            for i in range(place[w], length):
                least = min(least, flow[way[i]])
            flow[e] -= least
            for i in range(length - 1, place[w] - 1, -1):
                flow[way[i]] -= least
            # Go back to the first arc on the way that is empty now; what lay behind it is walked again.
            keep = length
            for i in range(place[w], length):
                if flow[way[i]] == 0:
                    keep = i
                    break
            while length > keep:
                length -= 1
                state[net.head[way[length]]] = 0
                v = net.tail[way[length]]


@nb.njit(cache=True)
def _widest(
    net: Routes,
    flow: NDArray[np.int64],
    source: int,
    by: NDArray[np.int32],
    width: NDArray[np.int64],
) -> None:
    """Set the width of a widest path to each node and the arc by which it enters; the arcs with flow have no circle."""
    n = len(width)
    waiting = np.zeros(n, np.int32)
    for e in range(len(flow)):
        if flow[e] > 0:
            waiting[net.head[e]] += 1
    queue = np.empty(n, np.int32)
    done, known = 0, 0
    for v in range(n):
        width[v] = 0
        if waiting[v] == 0:
            queue[known] = v
            known += 1
    width[source] = LARGEST_CAPACITY
    while done < known:
        v = queue[done]
        done += 1
        for place in range(net.first[v], net.first[v + 1]):
            e = net.out[place]
            if e & 1 or flow[e >> 1] == 0:
                continue
            e >>= 1
            w = net.head[e]
            if min(width[v], flow[e]) > width[w]:
                width[w] = min(width[v], flow[e])
                by[w] = e
            waiting[w] -= 1
            if waiting[w] == 0:
                queue[known] = w
                known += 1
