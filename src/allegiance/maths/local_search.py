"""Good splits without a proof: annealing, restarts and the fusion of what two runs found.

One run lives in `annealing`, searches of networks too large for many runs in `multilevel`, bounds in `packing`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from allegiance.maths.adjacency import adjacency
from allegiance.maths.annealing import PAIR, annealed, checked, cooling, generator, numbered, parted, settled
from allegiance.maths.clock import Clock
from allegiance.maths.graph import SignedGraph

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike

    from allegiance.maths.moves import Labels, State

SWEEPS = 120
"""Temperatures of one annealing run of the first round; later rounds cool more slowly."""

ROUNDS = 8
"""Annealing runs, each fused with the best split so far."""

FUSION_WARMTH = 0.3
"""What two runs agree on is heavy already; full heat would melt it."""


def improve(graph: SignedGraph, labels: ArrayLike, k: int | None, *, seed: int) -> Labels:
    """Move single actors until none can gain by moving alone.

    Args:
        graph: the network.
        labels: a split to start from, integers, shape (n,).
        k: number of coalitions allowed; None for as many as fit.
        seed: any integer.

    Returns:
        A split, int32, shape (n,), that violates no more than `labels` does; numbered by first appearance.

    Raises:
        UsageError: k below 1, or `labels` of the wrong shape or with more than k values.
    """
    return numbered(settled(adjacency(graph), checked(graph, labels, k), k, generator(seed), Clock()))


def search(
    graph: SignedGraph,
    k: int | None,
    *,
    seed: int,
    clock: Clock | None = None,
    progress: Callable[[int], None] | None = None,
    start: ArrayLike | None = None,
    rounds: int = ROUNDS,
) -> Labels:
    """Search for a split that violates little: annealing runs, each fused with the best one before.

    The number of runs decides when it ends, so the same seed gives the same split unless the clock strikes.

    Args:
        graph: the network.
        k: number of coalitions allowed; None for as many as fit.
        seed: any integer.
        clock: when to stop with the best split so far; None for no limit.
        progress: called with the violated weight whenever a better split is found.
        start: a split to start from; the answer is never worse.
        rounds: how many runs; more is better and slower.

    Returns:
        A split, int32, shape (n,), numbered by first appearance. Where k is None, each coalition hangs together by
        positive ties.

    Raises:
        UsageError: k below 1, or `start` of the wrong shape or with more than k values.
    """
    best = checked(graph, np.zeros(graph.n, dtype=np.int32) if start is None else start, k)
    clock = clock or Clock()
    state = generator(seed)
    near = adjacency(graph)
    value = graph.frustration(best)
    for turn in range(rounds if k != 1 else 0):
        if value == 0 or clock.over:
            break
        # Sweeps of two coalitions look only at actors who move, so there is time for more of them.
        sweeps = (4 * SWEEPS if k == PAIR else SWEEPS) << (turn // 2)
        # Dense blocs need more heat than scattered ties bear; runs of both kinds find different things.
        heat = cooling(graph, sweeps, aligned=turn % 2 == 0)
        found = annealed(near, np.zeros_like(best), k, heat, state, clock)
        if graph.frustration(found) >= value:
            found = fused(graph, best, found, k, sweeps, state, clock)
        # An equally good split is taken too: fused with another, the next one may differ where it counts.
        if (reached := graph.frustration(found)) <= value:
            better, best, value = reached < value, numbered(found), reached
            if better and progress is not None:
                progress(value)
    return best if k is not None else parted(graph, best, friendly=True)


def fused(
    graph: SignedGraph,
    one: Labels,
    other: Labels,
    k: int | None,
    sweeps: int,
    state: State,
    clock: Clock,
) -> Labels:
    """Return a split at least as good as `one`, found by annealing what `one` and `other` don't agree on.

    After Beier, Hamprecht and Kappes 2015, doi:10.1109/CVPR.2015.7298973: connected actors whom both splits keep
    together become one actor. With two coalitions they may be on opposite sides, in both splits alike, for then
    they can only change together.
    """
    one, other = numbered(one), numbered(other)
    weights = graph.w
    if k == PAIR:
        weights = np.where(one[graph.a] == one[graph.b], weights, -weights)
        blocks = parted(graph, one ^ other, friendly=False)
        start = np.zeros(int(blocks.max()) + 1, dtype=np.int32)
    else:
        blocks = parted(
            graph, numbered(one.astype(np.int64) * (int(other.max()) + 1) + other), friendly=False
        )
        start = np.empty(int(blocks.max()) + 1, dtype=np.int32)
        start[blocks] = one
    small = SignedGraph.of(len(start), blocks[graph.a], blocks[graph.b], weights)
    if small.m == 0:
        return one
    found = annealed(adjacency(small), start, k, cooling(small, sweeps, warmth=FUSION_WARMTH), state, clock)
    return settled(adjacency(graph), found[blocks] ^ one if k == PAIR else found[blocks], k, state, clock)
