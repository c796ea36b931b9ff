"""The covering problem that a split has to solve, and how constraints turn a graph into one.

Wished togetherness melts actors into one; with two coalitions apartness does too, after one of them is switched.
What remains are ties with a sign, a price for violating them, and a mark on those that must hold.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from allegiance.maths.constraints import Classes
    from allegiance.maths.graph import SignedGraph


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """Ties to be satisfied at least price, over numbered actors.

    Attributes:
        n: number of actors.
        a: int32, shape (m,), one end of each tie.
        b: int32, shape (m,), the other end; a < b, pairs unique and sorted.
        positive: bool, shape (m,), whether the ends want to be together.
        price: int64, shape (m,), cost of violating the tie, >= 0.
        forced: bool, shape (m,), ties that must hold.
        k: 0 for as many coalitions as fit, otherwise at most k.
    """

    n: int
    a: NDArray[np.int32]
    b: NDArray[np.int32]
    positive: NDArray[np.bool_]
    price: NDArray[np.int64]
    forced: NDArray[np.bool_]
    k: int

    @property
    def m(self) -> int:
        """Number of ties."""
        return len(self.price)

    def violated(self, labels: NDArray[np.integer]) -> NDArray[np.bool_]:
        """Return shape (m,): which ties the split `labels` (shape (n,)) violates."""
        across: NDArray[np.bool_] = labels[self.a] != labels[self.b]
        violated: NDArray[np.bool_] = across == self.positive
        return violated

    def cost(self, labels: NDArray[np.integer]) -> int | None:
        """Return the price of what the split `labels` violates, or None if it breaks a forced tie."""
        violated = self.violated(labels)
        if (violated & self.forced).any():
            return None
        return int(self.price[violated].sum())

    def part(self, ties: NDArray[np.int64]) -> tuple[Problem, NDArray[np.int64]]:
        """Return the problem of these `ties` alone, and the numbers that its actors have here."""
        ends = np.concatenate([self.a[ties], self.b[ties]])
        actors, where = np.unique(ends, return_inverse=True)
        a, b = where[: len(ties)].astype(np.int32), where[len(ties) :].astype(np.int32)
        # No split of so few actors has more than k coalitions.
        k = 0 if self.k >= len(actors) else self.k
        small = Problem(len(actors), a, b, self.positive[ties], self.price[ties], self.forced[ties], k)
        return small, actors.astype(np.int64)


def quotient(graph: SignedGraph, classes: Classes, k: int, *, neutral: bool = False) -> tuple[Problem, int]:
    """Return the problem over the classes of actors that move as one, and what is violated in any case.

    Args:
        graph: the signed network.
        classes: which actors move as one, and which classes must be apart.
        k: 0 for as many coalitions as fit, otherwise at most k.
        neutral: whether to keep, as free of charge, ties between classes whose weights cancel out.
    """
    n = classes.count
    sign = np.where(classes.switched[graph.a] == classes.switched[graph.b], 1, -1)
    w = graph.w * sign
    low = np.minimum(classes.of[graph.a], classes.of[graph.b]).astype(np.int64)
    high = np.maximum(classes.of[graph.a], classes.of[graph.b]).astype(np.int64)
    lost = int(-w[(low == high) & (w < 0)].sum())
    low, high, w = low[low != high], high[low != high], w[low != high]
    apart = np.array(classes.apart, dtype=np.int64).reshape(-1, 2)
    keys = np.concatenate([low * n + high, apart.min(axis=1, initial=n) * n + apart.max(axis=1, initial=0)])
    pairs, where = np.unique(keys, return_inverse=True)
    with_weight, against = np.zeros(len(pairs), dtype=np.int64), np.zeros(len(pairs), dtype=np.int64)
    at = where[: len(w)]
    np.add.at(with_weight, at[w > 0], w[w > 0])
    np.add.at(against, at[w < 0], -w[w < 0])
    forced = np.zeros(len(pairs), dtype=bool)
    forced[where[len(w) :]] = True
    # A tie that must be apart violates its positive part whatever else happens; else the smaller part is lost.
    lost += int(np.where(forced, with_weight, np.minimum(with_weight, against)).sum())
    net = np.where(forced, 0, with_weight - against)
    keep = forced | (net != 0) | neutral
    pairs, net, forced = pairs[keep], net[keep], forced[keep]
    a, b = (pairs // max(n, 1)).astype(np.int32), (pairs % max(n, 1)).astype(np.int32)
    return Problem(n, a, b, (net >= 0) & ~forced, np.abs(net), forced, k), lost
