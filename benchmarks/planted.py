"""Made signed networks of any size: known blocs with known noise, and trust between members of a market."""

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


def trust(actors: int, ties: int, *, seed: int, weighted: bool, noise: float = 1) -> SignedGraph:
    """Make a network of trust: most are trusted, one in ten is not, and few votes go against the rest.

    Ties lie where activity draws them; weights are +1 and -1, or from -10 to 10, small ones more often and -10 for plain
    fraud. With `noise` 1 about a tenth of the ties is negative, as in markets whose votes were published.
    """
    dice = np.random.default_rng(seed)
    activity = dice.pareto(EXPONENT, actors) + 1
    reach, order = np.cumsum(activity), np.arange(actors)
    doubtful = dice.random(actors) < 0.1
    pairs = np.empty(0, dtype=np.int64)
    while len(pairs) < ties:
        one, other = (_drawn(dice.random(ties) * reach[-1], reach, order) for _ in range(2))
        new = np.minimum(one, other) * actors + np.maximum(one, other)
        pairs = _unique_in_order(np.concatenate((pairs, new[one != other])))
    a, b = pairs[:ties] // actors, pairs[:ties] % actors
    against = dice.random(ties) < noise * np.where(doubtful[a] | doubtful[b], 0.4, 0.03)
    size = np.minimum(dice.geometric(0.5, ties), 10) if weighted else np.ones(ties, dtype=np.int64)
    if weighted:
        size = np.where(against & (dice.random(ties) < 0.5), 10, size)
    return SignedGraph.of(actors, a, b, np.where(against, -size, size))


def _drawn(
    points: NDArray[np.float64], reach: NDArray[np.float64], order: NDArray[np.int64]
) -> NDArray[np.int64]:
    return order[np.minimum(np.searchsorted(reach, points, side="right"), len(order) - 1)]


def _unique_in_order(pairs: NDArray[np.int64]) -> NDArray[np.int64]:
    _, where = np.unique(pairs, return_index=True)
    return pairs[np.sort(where)]
