"""Short bad cycles through ties that a split violates, one search from both ends of each.

A bad cycle can't be satisfied as a whole: exactly one of its ties is negative (or an odd number, with two
coalitions, where the caller turns signs by the split so that again one is). Every cycle found here holds exactly one
violated tie, as the cycles of a tight packing do. Exhaustive search lives in `pricing`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numba as nb
import numpy as np

from allegiance.maths.adjacency import adjacency
from allegiance.maths.graph import SignedGraph
from allegiance.maths.heap import pop, push

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from allegiance.maths.clock import Clock

LONGEST = 200
"""Ties of a cycle; a longer one would use up more weight than it proves."""

LOOKS_PER_CALL = 30_000_000
POOL_TIES, POOL_CYCLES = 2_000_000, 500_000


class Ground(NamedTuple):
    """The satisfied ties, each actor's positive ones first.

    Attributes:
        first: int64, shape (n + 1,), where each actor's ties begin.
        turn: int64, shape (n,), where its negative ones begin.
        end: int32, the neighbours.
        tie: int32, the ties' positions in the graph.
    """

    first: NDArray[np.int64]
    turn: NDArray[np.int64]
    end: NDArray[np.int32]
    tie: NDArray[np.int32]


class Desk(NamedTuple):
    """Scratch space of the two searches that meet; place 2 v + 1 is actor v reached over a negative tie."""

    dist: NDArray[np.float64]
    stamp: NDArray[np.int64]
    via: NDArray[np.int32]
    before: NDArray[np.int64]
    keys: NDArray[np.float64]
    places: NDArray[np.int64]


class Pool(NamedTuple):
    """Cycles as they are found: ties one behind the other, and where each cycle begins."""

    ties: NDArray[np.int32]
    first: NDArray[np.int64]


class Root(NamedTuple):
    """Violated ties: position, ends, and how many negative ties (0 or 1) the rest of their cycle must hold."""

    tie: NDArray[np.int32]
    a: NDArray[np.int32]
    b: NDArray[np.int32]
    need: NDArray[np.int8]


@nb.njit(cache=True)
def _meet(
    ground: Ground,
    desk: Desk,
    root: Root,
    at: int,
    length: NDArray[np.float64],
    left: NDArray[np.int64],
    rule: tuple[float, int, int],
) -> tuple[int, int]:
    """Search from both ends of root `at` for a way over ties with weight left.

    `rule` holds the limit on its length, the ties to look at before giving up, and the stamp. Returns the place of the forward search where they meet, or -1, and how many ties were looked at.
    """
    size = np.zeros(2, dtype=np.int64)
    best, patience, stamp = rule
    need, meet, looked = root.need[at], -1, 0
    for side in range(2):
        place = 2 * np.int64(root.a[at] if side == 0 else root.b[at])
        desk.dist[side, place], desk.stamp[side, place] = 0.0, stamp
        desk.before[side, place], desk.via[side, place] = -1, -1
        size[side] = push(desk.keys[side], desk.places[side], 0, 0.0, int(place))
    while size[0] > 0 and size[1] > 0 and looked < patience and meet < 0:
        if desk.keys[0, 0] + desk.keys[1, 0] >= best:
            break
        side = 0 if size[0] <= size[1] else 1
        here, place = desk.keys[side, 0], desk.places[side, 0]
        size[side] = pop(desk.keys[side], desk.places[side], size[side])
        if here > desk.dist[side, place]:
            continue
        v, layer = place >> 1, place & 1
        stop = ground.first[v + 1] if layer < need else ground.turn[v]
        looked += stop - ground.first[v]
        for i in range(ground.first[v], stop):
            e = ground.tie[i]
            reach = here + length[e]
            if reach >= best:
                continue
            level = layer + int(i >= ground.turn[v])
            there = 2 * np.int64(ground.end[i]) + level
            if (desk.stamp[side, there] == stamp and desk.dist[side, there] <= reach) or left[e] == 0:
                continue
            desk.stamp[side, there], desk.dist[side, there] = stamp, reach
            desk.via[side, there], desk.before[side, there] = e, place
            if size[side] < desk.keys.shape[1]:
                size[side] = push(desk.keys[side], desk.places[side], size[side], reach, there)
            other = there - level + need - level
            if desk.stamp[1 - side, other] == stamp and reach + desk.dist[1 - side, other] < best:
                meet = there if side == 0 else other
                break
    return meet, looked


@nb.njit(cache=True)
def _step(
    ground: Ground,
    desk: Desk,
    left: NDArray[np.int64],
    size: NDArray[np.int64],
    at: tuple[int, int, int, bool],
    stamp: int,
) -> int:
    """Reach the neighbours of a place; return the place of the forward search where the two searches meet, or -1.

    `at` holds the side, the place, how many negative ties the way must hold, and whether this is the last level.
    """
    side, place, need, last = at
    v, layer = place >> 1, place & 1
    for i in range(ground.first[v], ground.first[v + 1] if layer < need else ground.turn[v]):
        level = layer + int(i >= ground.turn[v])
        there = 2 * np.int64(ground.end[i]) + level
        other = there - level + need - level
        met = desk.stamp[1 - side, other] == stamp
        # On the last level only those count whom the other side has reached.
        if not met and (last or desk.stamp[side, there] == stamp):
            continue
        if left[ground.tie[i]] == 0 or size[side] == desk.places.shape[1]:
            continue
        desk.stamp[side, there] = stamp
        desk.via[side, there], desk.before[side, there] = ground.tie[i], place
        if met:
            return int(there if side == 0 else other)
        desk.places[side, size[side]] = there
        size[side] += 1
    return -1


@nb.njit(cache=True)
def _meet_level(
    ground: Ground, desk: Desk, root: Root, at: int, left: NDArray[np.int64], rule: tuple[int, int, int]
) -> tuple[int, int]:
    """Do what `_meet` does where all ties are equally long: level by level, which needs no heap.

    `rule` holds the most ties of the way, the ties to look at before giving up, and the stamp.
    """
    hops, patience, stamp = rule
    need, looked, depth = root.need[at], 0, 0
    begin, size = np.zeros(2, dtype=np.int64), np.ones(2, dtype=np.int64)
    for side in range(2):
        place = 2 * np.int64(root.a[at] if side == 0 else root.b[at])
        desk.stamp[side, place], desk.before[side, place], desk.via[side, place] = stamp, -1, -1
        desk.places[side, 0] = place
    while depth < hops and looked < patience:
        side = 0 if size[0] - begin[0] <= size[1] - begin[1] else 1
        stop = size[side]
        depth += 1
        while begin[side] < stop and looked < patience:
            place = desk.places[side, begin[side]]
            begin[side] += 1
            v = place >> 1
            looked += (ground.first[v + 1] if (place & 1) < need else ground.turn[v]) - ground.first[v] + 1
            meet = _step(ground, desk, left, size, (side, place, need, depth == hops), stamp)
            if meet >= 0:
                return meet, looked
    return -1, looked


@nb.njit(cache=True)
def _met(
    ground: Ground,
    desk: Desk,
    root: Root,
    at: int,
    length: NDArray[np.float64],
    left: NDArray[np.int64],
    rule: tuple[float, int, int, bool],
) -> tuple[int, int]:
    """Search for a way between the ends of root `at` by the rule of `_routes`, `rule` holding the stamp third."""
    limit, patience, stamp, level = rule
    rest = limit - length[root.tie[at]]
    if left[root.tie[at]] == 0 or rest <= 0:
        return -1, 0
    if level:
        return _meet_level(ground, desk, root, at, left, (int(rest), patience, stamp))
    return _meet(ground, desk, root, at, length, left, (rest, patience, stamp))


@nb.njit(cache=True)
def _written(desk: Desk, pool: Pool, used: int, root: int, meet: int, need: int) -> int:
    """Write the cycle through `meet` behind `used` ties of the pool; return its end, or `used` if it isn't simple."""
    pool.ties[used] = root
    end = used + 1
    for side in range(2):
        place = meet if side == 0 else (meet - (meet & 1)) + need - (meet & 1)
        while desk.before[side, place] >= 0 and end - used < LONGEST:
            pool.ties[end] = desk.via[side, place]
            end += 1
            place = desk.before[side, place]
    if end - used >= LONGEST:
        return used
    for i in range(used, end):
        for j in range(used, i):
            if pool.ties[i] == pool.ties[j]:
                return used
    return end


@nb.njit(cache=True)
def _routes(
    ground: Ground,
    desk: Desk,
    root: Root,
    pool: Pool,
    length: NDArray[np.float64],
    left: NDArray[np.int64],
    mark: NDArray[np.int64],
    rule: tuple[float, int, bool, bool],
) -> None:
    """Take roots from `mark[0]` on, until the pool is full or enough was looked at.

    `mark` holds the next root, the cycles and ties in the pool, and the last stamp; `rule` the limit on a cycle's
    length, the patience with one root, whether each cycle found takes away from `left` what it can, and whether all
    lengths are 1.
    """
    limit, patience, take, level = rule
    looked = 0
    while mark[0] < len(root.tie) and looked < LOOKS_PER_CALL:
        if mark[2] + LONGEST >= len(pool.ties) or mark[1] + 1 >= len(pool.first):
            break
        at = mark[0]
        mark[0] += 1
        e = root.tie[at]
        mark[3] += 1
        meet, looks = _met(ground, desk, root, int(at), length, left, (limit, patience, mark[3], level))
        looked += looks
        if meet < 0:
            continue
        end = _written(desk, pool, mark[2], e, meet, root.need[at])
        if end == mark[2]:
            continue
        if take:
            most = left[e]
            for i in range(mark[2], end):
                most = min(most, left[pool.ties[i]])
            for i in range(mark[2], end):
                left[pool.ties[i]] -= most
            if left[e] > 0:
                mark[0] -= 1
        mark[1] += 1
        mark[2] = end
        pool.first[mark[1]] = end


def _open(ground: Ground, left: NDArray[np.int64]) -> Ground:
    """Return `ground` without the ties that have no weight left."""
    keep = left[ground.tie] > 0
    before = np.concatenate(([0], np.cumsum(keep)))
    return ground._replace(
        first=before[ground.first], turn=before[ground.turn], end=ground.end[keep], tie=ground.tie[keep]
    )


class Routes:
    """Searches for the bad cycles of one network that hold exactly one tie of those violated."""

    def __init__(self, graph: SignedGraph, negative: NDArray[np.bool_], violated: NDArray[np.bool_]) -> None:
        """Prepare.

        Args:
            graph: the network.
            negative: shape (m,), which ties count as negative.
            violated: shape (m,), which ties a split violates.
        """
        ids = np.flatnonzero(~violated).astype(np.int32)
        ids = np.concatenate((ids[~negative[ids]], ids[negative[ids]]))
        # The rows keep this order, so positive ties come first; signs are looked up by tie.
        near = adjacency(SignedGraph(graph.n, graph.a[ids], graph.b[ids], graph.w[ids]))
        ends = np.concatenate((graph.a[~negative & ~violated], graph.b[~negative & ~violated]))
        turn = near.first[:-1] + np.bincount(ends, minlength=graph.n)
        self._ground = Ground(near.first, turn, near.end, ids[near.tie])
        places, room = 2 * graph.n, min(2 * graph.m, 8 * graph.n) + 16
        self._desk = Desk(
            np.empty((2, places)),
            np.zeros((2, places), dtype=np.int64),
            np.empty((2, places), dtype=np.int32),
            np.empty((2, places), dtype=np.int64),
            np.empty((2, room)),
            np.empty((2, room), dtype=np.int64),
        )
        self._stamp = 0
        tie = np.flatnonzero(violated).astype(np.int32)
        self.roots = Root(tie, graph.a[tie], graph.b[tie], (~negative[tie]).astype(np.int8))

    def cycles(
        self,
        length: NDArray[np.float64],
        left: NDArray[np.int64],
        *,
        limit: float,
        patience: int,
        take: bool,
        clock: Clock,
    ) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """Find about one cycle for each violated tie that has weight left.

        Args:
            length: shape (m,), at least 0; shorter ones are preferred, not always found.
            left: shape (m,); only ties with weight left are used.
            limit: the length that a cycle must stay below.
            patience: ties to look at for one root.
            take: whether a cycle takes away from `left` at once what it can, so that the next find it less.
            clock: when to search no more.

        Returns:
            The ties of all cycles, one behind the other, int32, and how many each has, int64, shape (cycles,).
        """
        pool = Pool(np.empty(POOL_TIES, dtype=np.int32), np.zeros(POOL_CYCLES, dtype=np.int64))
        ties, counts = [np.empty(0, dtype=np.int32)], [np.empty(0, dtype=np.int64)]
        open_ = np.flatnonzero(left[self.roots.tie] > 0)
        tie, a, b, need = self.roots
        root = Root(tie[open_], a[open_], b[open_], need[open_])
        mark = np.zeros(4, dtype=np.int64)
        level = bool((length == 1).all())
        ground = self._ground
        while mark[0] < len(root.tie) and not clock.over:
            mark[1:] = 0, 0, self._stamp
            # Ties that are used up would be looked at again and again, by hubs thousands of times.
            ground = _open(ground, left)
            _routes(ground, self._desk, root, pool, length, left, mark, (limit, patience, take, level))
            self._stamp = int(mark[3])
            ties.append(pool.ties[: mark[2]].copy())
            counts.append(np.diff(pool.first[: mark[1] + 1]))
        return np.concatenate(ties), np.concatenate(counts)
