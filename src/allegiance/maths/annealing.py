"""One run from hot to cold: how to cool, how to settle, and what a split's labels look like.

The compiled sweeps live in `moves`; which runs are made, and from where, in `local_search` and `multilevel`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from allegiance.errors import UsageError
from allegiance.maths.moves import Waiting, settle_many, sweep_many, sweep_two

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from allegiance.maths.adjacency import Adjacency
    from allegiance.maths.clock import Clock
    from allegiance.maths.graph import SignedGraph
    from allegiance.maths.moves import Labels, State

PAIR = 2
"""Two coalitions have sweeps of their own."""

TIES_PER_CALL = 20_000_000
"""Visits of ties between two looks at the clock: some tenths of a second, so that an interrupt is heard."""


def cooling(
    graph: SignedGraph, sweeps: int, *, warmth: float = 1.0, aligned: bool = False
) -> NDArray[np.float64]:
    """Return falling temperatures, shape (sweeps,), fit for the weights of `graph`; it must have ties.

    The hottest is `warmth` times what typically pulls at an actor: where its ties agree (`aligned`), the sum of its
    weights, as in a dense bloc that must melt; else the root of the sum of their squares, as where they pull at
    random. The coldest leaves one chance in a thousand to a loss of the smallest weight.
    """
    strength = np.abs(graph.w).astype(np.float64)
    twice = np.concatenate((strength, strength))
    pull = np.bincount(np.concatenate((graph.a, graph.b)), twice if aligned else twice**2, graph.n)
    pull = pull[pull > 0] if aligned else np.sqrt(pull[pull > 0])
    hottest = warmth * float(pull.mean())
    coldest = min(float(strength.min()) / 7, hottest / 2)
    # With weights of very different size, nearly all the time would go into the lightest ones.
    return np.geomspace(hottest, max(coldest, hottest / 1000), sweeps)


def annealed(
    near: Adjacency,
    split: Labels,
    k: int | None,
    temperatures: NDArray[np.float64],
    state: State,
    clock: Clock,
    *,
    wander: bool = False,
) -> Labels:
    """Return the best split met while sweeping at `temperatures` from `split`, settled; never worse than `split`.

    Simulated annealing after Kirkpatrick, Gelatt and Vecchi 1983, doi:10.1126/science.220.4598.671.

    Args:
        near: the neighbours of n actors.
        split: int32, shape (n,), labels 0..k-1, or 0..n-1 where k is None.
        k: number of coalitions allowed; None for as many as fit.
        temperatures: one for each sweep, in units of weight.
        state: the random generator's word, which moves on.
        clock: when to stop; the split is then settled no further either.
        wander: return the last split, settled, instead of the best; it may be worse than `split`.
    """
    side, best, held = split.copy(), split.copy(), split.copy()
    now = most = 0
    step = max(1, TIES_PER_CALL // (len(near.end) + len(side) + 1))
    for at in range(0, len(temperatures), step):
        if clock.over:
            break
        part = temperatures[at : at + step]
        if k == PAIR:
            change, top = sweep_two(near, side, part, state, held)
        else:
            change, top = sweep_many(near, side, k or 0, part, state, held)
        if now + top > most:
            most = now + top
            best[:] = held
        now += change
    return settled(near, side if wander else best, k, state, clock)


def settled(near: Adjacency, split: Labels, k: int | None, state: State, clock: Clock) -> Labels:
    """Return `split` after moves of single actors for gain, until none is left (a gain is whole, so it ends) or time is up."""
    side = split.copy()
    if k == PAIR:
        cold, best = np.zeros(1), split.copy()
        while not clock.over and sweep_two(near, side, cold, state, best)[1] > 0:
            pass
        return side
    waiting = Waiting.everyone(len(side))
    while waiting.place[1] and not clock.over:
        settle_many(near, side, k or 0, waiting, state, TIES_PER_CALL)
    return side


def generator(seed: int) -> State:
    """Return the generator's word for `seed`; it must not be 0, and neighbouring seeds must not be alike."""
    word = np.random.SeedSequence(abs(seed)).generate_state(1, np.uint64)
    return np.maximum(word, 1).astype(np.uint64)


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


def parted(graph: SignedGraph, labels: Labels, *, friendly: bool) -> Labels:
    """Return the split into the connected parts of each coalition of `labels`, numbered by first appearance.

    Args:
        graph: the network.
        labels: a split, shape (n,).
        friendly: whether only positive ties connect. Then the split violates no more than `labels` does, because
            nothing but negative ties is cut.
    """
    inside = labels[graph.a] == labels[graph.b]
    if friendly:
        inside &= graph.w > 0
    ends = (graph.a[inside], graph.b[inside])
    links = coo_array((np.ones(len(ends[0]), dtype=np.int8), ends), shape=(graph.n, graph.n))
    return numbered(connected_components(links, directed=False)[1]) if graph.n else labels
