"""Signed networks with known blocs and known noise, of any size: what the large benchmarks run on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from allegiance.maths.graph import SignedGraph

if TYPE_CHECKING:
    from numpy.typing import NDArray

EXPONENT = 1.5
"""Of the Pareto distribution of the actors' activity: a few meet thousands, most meet a few."""


def planted(
    actors: int, ties: int, blocs: int, *, seed: int, flipped: float = 0.15, inside: float | None = None
) -> tuple[SignedGraph, NDArray[np.int64]]:
    """Make a network of `blocs` equally likely blocs, friendly inside and hostile outside but for flipped signs.

    Args:
        actors: number of actors.
        ties: number of different ties; weights are +1 and -1.
        blocs: number of blocs; each actor's is drawn at random.
        seed: decides everything.
        flipped: share of the ties whose sign is turned round.
        inside: share of the ties that is drawn within a bloc; None draws both ends from all actors, so that with
            20 blocs about one tie in 20 lies inside.

    Returns:
        The network and the blocs, shape (actors,). The ends of ties are drawn by activity.
    """
    dice = np.random.default_rng(seed)
    bloc = dice.integers(0, blocs, actors)
    activity = dice.pareto(EXPONENT, actors) + 1
    order = np.argsort(bloc, kind="stable")
    reach = np.cumsum(activity[order])
    edge_of_bloc = np.concatenate(
        ([0.0], reach[np.searchsorted(bloc[order], np.arange(blocs), side="right") - 1])
    )
    pairs = np.empty(0, dtype=np.int64)
    while len(pairs) < ties:
        count = int((ties - len(pairs)) * 1.2) + 100
        one = _drawn(dice.random(count) * reach[-1], reach, order)
        other = _drawn(dice.random(count) * reach[-1], reach, order)
        if inside is not None:
            at_home = dice.random(count) < inside
            low, high = edge_of_bloc[bloc[one]], edge_of_bloc[bloc[one] + 1]
            home = _drawn(low + dice.random(count) * (high - low), reach, order)
            other = np.where(at_home, home, other)
        new = np.minimum(one, other) * actors + np.maximum(one, other)
        # New ones at the end, so that cutting to length doesn't prefer the actors of low number.
        pairs = _unique_in_order(np.concatenate((pairs, new[one != other])))
    a, b = pairs[:ties] // actors, pairs[:ties] % actors
    sign = np.where(bloc[a] == bloc[b], 1, -1)
    sign[dice.random(ties) < flipped] *= -1
    return SignedGraph.of(actors, a, b, sign), bloc


def _drawn(
    points: NDArray[np.float64], reach: NDArray[np.float64], order: NDArray[np.int64]
) -> NDArray[np.int64]:
    return order[np.minimum(np.searchsorted(reach, points, side="right"), len(order) - 1)]


def _unique_in_order(pairs: NDArray[np.int64]) -> NDArray[np.int64]:
    _, where = np.unique(pairs, return_index=True)
    return pairs[np.sort(where)]
