"""Good splits without a proof: annealing, restarts and the fusion of what two runs found.

The compiled sweeps live in `moves`, searches of networks too large for annealing in `multilevel`, bounds in `packing`.
"""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING

import numpy as np

from allegiance.errors import UsageError
from allegiance.maths.adjacency import adjacency
from allegiance.maths.graph import SignedGraph
from allegiance.maths.moves import sweep_many, sweep_two

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray

    from allegiance.maths.adjacency import Adjacency

    Labels = NDArray[np.int32]

PAIR = 2
"""Two coalitions have sweeps of their own."""

SWEEPS = 120
"""Temperatures of one annealing run of the first round; later rounds cool more slowly."""

ROUNDS = 8
"""Annealing runs, each fused with the best split so far."""

FUSION_WARMTH = 0.3
"""What two runs agree on is heavy already; full heat would melt it."""

TIES_PER_CALL = 20_000_000
"""Visits of ties between two looks at the clock: some tenths of a second, so that an interrupt is heard."""


def improve(graph: SignedGraph, labels: ArrayLike, k: int | None, *, seed: int) -> Labels:
    """Move single actors until none can gain by moving alone.

    Args:
        graph: the network.
        labels: a split to start from, integers, shape (n,); for given k within 0..k-1.
        k: number of coalitions allowed; None for as many as fit.
        seed: decides between equally good empty labels.

    Returns:
        A split, int32, shape (n,), that violates no more than `labels` does; numbered by first appearance.

    Raises:
        UsageError: k below 1, or `labels` of the wrong shape or with more than k values.
    """
    split = checked(graph, labels, k)
    return numbered(_settled(adjacency(graph), split, k, _state(seed)))


def search(
    graph: SignedGraph,
    k: int | None,
    *,
    seed: int,
    time_limit: float | None = None,
    progress: Callable[[int], None] | None = None,
    start: ArrayLike | None = None,
    rounds: int = ROUNDS,
) -> Labels:
    """Search for a split that violates little: annealing runs, each fused with the best one before.

    Simulated annealing after Kirkpatrick, Gelatt and Vecchi 1983, doi:10.1126/science.220.4598.671, with heat-bath
    moves; fusion by contracting what two splits agree on, after Beier, Hamprecht and Kappes 2015,
    doi:10.1109/CVPR.2015.7298973.

    The number of runs decides when it ends, so the same seed gives the same split unless the time limit strikes.
    An interrupt (KeyboardInterrupt) ends the search and the best split so far is returned.

    Args:
        graph: the network.
        k: number of coalitions allowed; None for as many as fit.
        seed: any integer.
        time_limit: seconds of wall clock; None for no limit.
        progress: called with the violated weight whenever a better split is found.
        start: a split to start from; the answer is never worse.
        rounds: how many runs; more is better and slower.

    Returns:
        A split, int32, shape (n,), numbered by first appearance.

    Raises:
        UsageError: k below 1, or `start` of the wrong shape or with more than k values.
    """
    best = checked(graph, np.zeros(graph.n, dtype=np.int32) if start is None else start, k)
    if graph.m == 0 or k == 1:
        return improve(graph, best, k, seed=seed)
    deadline = np.inf if time_limit is None else time.monotonic() + time_limit
    state = _state(seed)
    near = adjacency(graph)
    value = graph.frustration(best)
    # An interrupt is how a user says "enough": the answer is then the best split so far.
    with contextlib.suppress(KeyboardInterrupt):
        for turn in range(rounds):
            if value == 0 or time.monotonic() >= deadline:
                break
            # Sweeps of two coalitions look only at actors who move, so there is time for more of them.
            sweeps = (4 * SWEEPS if k == PAIR else SWEEPS) << (turn // 2)
            # From the same split with other random numbers: at the hottest nothing of it is remembered.
            found = _annealed(near, np.zeros_like(best), k, cooling(graph, sweeps), state, deadline)
            if graph.frustration(found) >= value:
                found = _fused(graph, best, found, k, sweeps, state, deadline)
            if (reached := graph.frustration(found)) < value:
                best, value = numbered(found), reached
                if progress is not None:
                    progress(value)
    return best


def cooling(graph: SignedGraph, sweeps: int, *, warmth: float = 1.0) -> NDArray[np.float64]:
    """Return falling temperatures, shape (sweeps,), fit for the weights of `graph`; it must have ties.

    The hottest is `warmth` times what typically pulls at an actor whose ties disagree at random (the root of the
    sum of squares of its weights); the coldest leaves one chance in a thousand to a loss of the smallest weight.
    """
    strength = np.abs(graph.w).astype(np.float64)
    pull = np.bincount(np.concatenate((graph.a, graph.b)), np.concatenate((strength, strength)) ** 2, graph.n)
    hottest = warmth * float(np.sqrt(pull[pull > 0]).mean())
    coldest = min(float(strength.min()) / 7, hottest / 2)
    # With weights of very different size, nearly all the time would go into the lightest ones.
    return np.geomspace(hottest, max(coldest, hottest / 1000), sweeps)


def checked(graph: SignedGraph, labels: ArrayLike, k: int | None) -> Labels:
    """Return `labels` as int32 of shape (n,) numbered from 0 by first appearance.

    Raises:
        UsageError: k below 1, a wrong shape, or more than k different labels.
    """
    if k is not None and k < 1:
        raise UsageError(f"The number of coalitions must be at least 1, not {k}.")
    split = np.asarray(labels)
    if split.shape != (graph.n,):
        raise UsageError(f"A split of {graph.n} actors needs {graph.n} labels, not the shape {split.shape}.")
    split = numbered(split)
    if k is not None and graph.n and split.max() >= k:
        raise UsageError(f"The split has {split.max() + 1} coalitions, but only {k} are allowed.")
    return split


def numbered(labels: NDArray[np.integer]) -> Labels:
    """Return the same split with labels 0, 1, 2 ... in the order in which they first appear, int32."""
    _, where, inverse = np.unique(labels, return_index=True, return_inverse=True)
    rank = np.empty(len(where), dtype=np.int32)
    rank[np.argsort(where)] = np.arange(len(where), dtype=np.int32)
    return rank[inverse]


def _state(seed: int) -> NDArray[np.uint64]:
    """Return the generator's word for `seed`; it must not be 0, and neighbouring seeds must not be alike."""
    word = np.random.SeedSequence(abs(seed)).generate_state(1, np.uint64)
    return np.maximum(word, np.uint64(1))


def _settled(near: Adjacency, split: Labels, k: int | None, state: NDArray[np.uint64]) -> Labels:
    """Move single actors for gain until none is left; every sweep gains an integer, so it ends."""
    side, best = split.copy(), split.copy()
    cold = np.zeros(1)
    while _swept(near, side, k, cold, state, best)[1] > 0:
        pass
    return best


def _swept(
    near: Adjacency,
    side: Labels,
    k: int | None,
    temperatures: NDArray[np.float64],
    state: NDArray[np.uint64],
    best: Labels,
) -> tuple[int, int]:
    if k == PAIR:
        now, top = sweep_two(near, side, temperatures, state, best)
    else:
        now, top = sweep_many(near, side, k or 0, temperatures, state, best)
    return int(now), int(top)


def _annealed(
    near: Adjacency,
    split: Labels,
    k: int | None,
    temperatures: NDArray[np.float64],
    state: NDArray[np.uint64],
    deadline: float,
) -> Labels:
    """Return the best split met while sweeping at `temperatures`, settled; `split` itself if none is better."""
    side, best, held = split.copy(), split.copy(), split.copy()
    now = most = 0
    step = max(1, TIES_PER_CALL // (len(near.end) + len(side)))
    for at in range(0, len(temperatures), step):
        if time.monotonic() >= deadline:
            break
        change, top = _swept(near, side, k, temperatures[at : at + step], state, held)
        if now + top > most:
            most = now + top
            best[:] = held
        now += change
    return _settled(near, best, k, state)


def _fused(
    graph: SignedGraph,
    one: Labels,
    other: Labels,
    k: int | None,
    sweeps: int,
    state: NDArray[np.uint64],
    deadline: float,
) -> Labels:
    """Return a split at least as good as `one`, found by annealing what `one` and `other` don't agree on."""
    blocks = numbered(one.astype(np.int64) * (int(other.max()) + 1) + other)
    small = SignedGraph.of(int(blocks.max()) + 1, blocks[graph.a], blocks[graph.b], graph.w)
    if small.m == 0:
        return one
    start = np.empty(small.n, dtype=np.int32)
    start[blocks] = one
    temperatures = cooling(small, sweeps, warmth=FUSION_WARMTH)
    start = _annealed(adjacency(small), start, k, temperatures, state, deadline)
    return _settled(adjacency(graph), start[blocks], k, state)
