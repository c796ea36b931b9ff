"""How balanced a signed network is, by the published measures. Splits and their violations are searched elsewhere.

All measures here read signs only; the sizes of weights don't count, as in the definitions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numba as nb
import numpy as np

from allegiance.errors import UsageError
from allegiance.maths.adjacency import Adjacency

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from allegiance.maths.graph import SignedGraph

MOST_ACTORS = 6_000
"""Walks are counted over a full matrix of actors by actors; beyond this it would take minutes and gigabytes."""


@dataclass(frozen=True, slots=True, eq=False)
class Triads:
    """The triangles of a network by their number of negative ties.

    Attributes:
        census: int64, shape (4,): triangles with 0 (+++), 1 (++-), 2 (+--) and 3 (---) negative ties.
        by_actor: int64, shape (n, 4), the triangles that each actor is part of.
    """

    census: NDArray[np.int64]
    by_actor: NDArray[np.int64]

    @property
    def total(self) -> int:
        """Number of triangles."""
        return int(self.census.sum())

    @property
    def balance(self) -> float | None:
        """Share of triangles with an even number of negative ties; None without triangles.

        The degree of balance of Cartwright and Harary 1956, doi:10.1037/h0046049, for cycles of three ties.
        """
        return float(self.census[0] + self.census[2]) / self.total if self.total else None

    @property
    def weak_balance(self) -> float | None:
        """Share of triangles that don't have exactly one negative tie; None without triangles.

        Three mutual opponents are no contradiction if there may be three coalitions: Davis 1967,
        doi:10.1177/001872676702000206.
        """
        return 1 - float(self.census[1]) / self.total if self.total else None

    def actor_balance(self) -> NDArray[np.float64]:
        """Return shape (n,): the share of balanced triangles among each actor's; NaN for actors without any."""
        total = self.by_actor.sum(axis=1)
        balanced = (self.by_actor[:, 0] + self.by_actor[:, 2]).astype(np.float64)
        share = np.full(len(total), np.nan)
        np.divide(balanced, total, out=share, where=total > 0)
        return share


@nb.njit(cache=True)
def _count(ahead: Adjacency, by_actor: NDArray[np.int64], census: NDArray[np.int64]) -> None:
    """Count triangles u -> v -> x, u -> x along ties directed from less to more connected actors."""
    n = len(ahead.first) - 1
    sign = np.zeros(n, dtype=np.int8)
    for u in range(n):
        for i in range(ahead.first[u], ahead.first[u + 1]):
            sign[ahead.end[i]] = 1 if ahead.weight[i] > 0 else -1
        for i in range(ahead.first[u], ahead.first[u + 1]):
            v = ahead.end[i]
            for j in range(ahead.first[v], ahead.first[v + 1]):
                x = ahead.end[j]
                if sign[x] == 0:
                    continue
                against = int(ahead.weight[i] < 0) + int(ahead.weight[j] < 0) + int(sign[x] < 0)
                census[against] += 1
                by_actor[u, against] += 1
                by_actor[v, against] += 1
                by_actor[x, against] += 1
        for i in range(ahead.first[u], ahead.first[u + 1]):
            sign[ahead.end[i]] = 0


def triads(graph: SignedGraph) -> Triads:
    """Count the triangles of `graph` by signs, together and by actor.

    Time grows with (number of ties)^1.5 at worst: each triangle is met once, from its least connected actor, as in
    Schank and Wagner 2005, doi:10.1007/11427186_54.
    """
    degree = np.bincount(np.concatenate((graph.a, graph.b)), minlength=graph.n)
    rank = np.empty(graph.n, dtype=np.int64)
    rank[np.argsort(degree, kind="stable")] = np.arange(graph.n)
    low = np.where(rank[graph.a] < rank[graph.b], graph.a, graph.b)
    high = np.where(rank[graph.a] < rank[graph.b], graph.b, graph.a)
    order = np.argsort(low, kind="stable")
    first = np.concatenate(([0], np.cumsum(np.bincount(low, minlength=graph.n)))).astype(np.int64)
    ahead = Adjacency(first, high[order].astype(np.int32), graph.w[order], order.astype(np.int32))
    by_actor, census = np.zeros((graph.n, 4), dtype=np.int64), np.zeros(4, dtype=np.int64)
    _count(ahead, by_actor, census)
    return Triads(census, by_actor)


@dataclass(frozen=True, slots=True, eq=False)
class WalkBalance:
    """Balance counted over closed walks of all lengths, long ones less.

    Attributes:
        network: K = tr(exp(A)) / tr(exp(|A|)), from just above 0 to 1 for a balanced network.
        by_actor: float64, shape (n,): the same quotient of the diagonal entries.
    """

    network: float
    by_actor: NDArray[np.float64]


def walk_balance(graph: SignedGraph) -> WalkBalance:
    """Return the balance of Estrada and Benzi 2014, doi:10.1103/PhysRevE.90.042802, A being the matrix of signs.

    Raises:
        UsageError: more than `MOST_ACTORS` actors, or none.
    """
    if not 0 < graph.n <= MOST_ACTORS:
        raise UsageError(
            f"Walk balance is computed for 1 to {MOST_ACTORS} actors, not {graph.n}; take a slice or a part."
        )
    signs = np.zeros((graph.n, graph.n))
    signs[graph.a, graph.b] = signs[graph.b, graph.a] = np.sign(graph.w)
    values, vectors = np.linalg.eigh(signs)
    signed = vectors**2, values
    values, vectors = np.linalg.eigh(np.abs(signs))
    # Both sums are scaled alike, or the exponential of a large network's first eigenvalue would overflow.
    over = (vectors**2) @ np.exp(values - values[-1])
    under = signed[0] @ np.exp(signed[1] - values[-1])
    # An actor in a small part of a large network has next to nothing left of both after scaling.
    by_actor = np.divide(under, over, out=np.full(graph.n, np.nan), where=over > 0)
    return WalkBalance(float(under.sum() / over.sum()), by_actor)


def frustration_balance(value: int, total: int) -> float | None:
    """Return F = 1 - 2 L / m of Aref and Wilson, 0 for the worst a network can be and 1 for balance.

    Sources: Aref and Wilson 2018, doi:10.1093/comnet/cnx044, and 2019, doi:10.1093/comnet/cny015.

    Args:
        value: L, the least weight that a split into two coalitions violates; a bound of it gives a bound of F.
        total: m, the sum of all |weight|, which is the number of ties if each counts 1.

    Returns:
        F, or None without ties.
    """
    return 1 - 2 * value / total if total else None
