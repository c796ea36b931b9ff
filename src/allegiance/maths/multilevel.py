"""Splits of networks with millions of ties: moves at every level of contraction, again and again.

Made for as many coalitions as fit. With a given number of them `local_search` is as good at this size, because its
sweeps cost little, and is called instead. Lower bounds live in `packing`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from allegiance.maths import local_search
from allegiance.maths.adjacency import adjacency
from allegiance.maths.annealing import annealed, checked, generator, numbered, parted, settled
from allegiance.maths.clock import Clock
from allegiance.maths.graph import SignedGraph

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray

    from allegiance.maths.moves import Labels, State

CYCLES = 3
"""Way down and up; the first is cold and does most of the work, each further one gains less."""

SWEEPS = 12
"""Warm sweeps at each level of each cycle but the first."""

WARMTH = (0.35, 0.12)
"""First and last temperature in units of the mean |weight|: enough to undo a chance tie, too little to lose a bloc."""


def search(
    graph: SignedGraph,
    k: int | None,
    *,
    seed: int,
    clock: Clock | None = None,
    progress: Callable[[int], None] | None = None,
    start: ArrayLike | None = None,
    cycles: int = CYCLES,
) -> Labels:
    """Search for a split of a large network that violates little.

    Each cycle moves actors, groups those who belong together inside each coalition, makes one actor of each group,
    and does the same with the smaller network; on the way back every level is settled. After the Leiden algorithm
    of Traag, Waltman and van Eck 2019, doi:10.1038/s41598-019-41695-z, with warm moves instead of random groups.

    Args, what is returned and raised, and what ends it: as for `local_search.search`, `cycles` being its rounds.
    """
    if k is not None:
        return local_search.search(
            graph, k, seed=seed, clock=clock, progress=progress, start=start, rounds=cycles
        )
    clock = clock or Clock()
    best = np.arange(graph.n, dtype=np.int32) if start is None else checked(graph, start, None)
    value = graph.frustration(best)
    state = generator(seed)
    split = best
    for turn in range(cycles):
        if value == 0 or clock.over:
            break
        heat = np.geomspace(*WARMTH, SWEEPS) * float(np.abs(graph.w).mean())
        split = _cycle(graph, split, heat[:0] if turn == 0 and start is None else heat, state, clock)
        # The next cycle goes on from here even if this one lost a little: it is warm for a reason.
        if (reached := graph.frustration(split)) < value:
            best, value = split, reached
            if progress is not None:
                progress(value)
    return parted(graph, best, friendly=True)


def _cycle(
    graph: SignedGraph, split: Labels, heat: NDArray[np.float64], state: State, clock: Clock
) -> Labels:
    """Return a split found by moves from `split` (numbered) at this level and all coarser ones."""
    near = adjacency(graph)
    split = numbered(annealed(near, split, None, heat, state, clock, wander=True))
    # Groups are made within coalitions only, so the smaller network can still say what this one says.
    inside = split[graph.a] == split[graph.b]
    homes = SignedGraph(graph.n, graph.a[inside], graph.b[inside], graph.w[inside])
    alone = np.arange(graph.n, dtype=np.int32)
    groups = numbered(settled(adjacency(homes), alone, None, state, clock))
    count = int(groups.max(initial=-1)) + 1
    if count == graph.n or clock.over:
        return split
    across = groups[graph.a] != groups[graph.b]
    small = SignedGraph.of(count, groups[graph.a[across]], groups[graph.b[across]], graph.w[across])
    coarse = np.empty(count, dtype=np.int32)
    coarse[groups] = split
    coarse = _cycle(small, numbered(coarse), heat, state, clock)
    return numbered(settled(near, coarse[groups], None, state, clock))
