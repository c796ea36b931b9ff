"""The one form in which the cellar sees a signed network: unique weighted ties between numbered actors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from allegiance.errors import DataError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

LARGEST_TOTAL = 2**62
"""Sums of weights must stay exact in 64-bit integers; a larger total is refused, never wrapped."""


@dataclass(frozen=True, slots=True, eq=False)
class SignedGraph:
    """A simple undirected graph with integer weights of either sign.

    Attributes:
        n: number of actors, which are 0 to n-1.
        a: int32, shape (m,), the smaller end of each tie.
        b: int32, shape (m,), the larger end; pairs (a, b) are unique and sorted.
        w: int64, shape (m,), never 0; positive = with, negative = against (integer tenths).
    """

    n: int
    a: NDArray[np.int32]
    b: NDArray[np.int32]
    w: NDArray[np.int64]

    @property
    def m(self) -> int:
        """Number of ties."""
        return len(self.w)

    @classmethod
    def of(cls, n: int, a: ArrayLike, b: ArrayLike, w: ArrayLike) -> SignedGraph:
        """Build a graph from any list of ties: parallel ones are summed, loops and zero sums dropped.

        Args:
            n: number of actors.
            a: ends, integers in 0..n-1, shape (ties,).
            b: other ends, same shape.
            w: integer weights, same shape.

        Raises:
            DataError: an end outside 0..n-1, or weights whose absolute sum exceeds `LARGEST_TOTAL`.
        """
        ends_a, ends_b = np.asarray(a, dtype=np.int64), np.asarray(b, dtype=np.int64)
        weights = np.asarray(w, dtype=np.int64)
        if len(ends_a) and (min(ends_a.min(), ends_b.min()) < 0 or max(ends_a.max(), ends_b.max()) >= n):
            raise DataError(f"A tie names an actor outside 0..{n - 1}; number the actors from 0.")
        # Floats can't wrap, so they are safe for the question whether integers would.
        if float(np.abs(weights.astype(np.float64)).sum()) >= LARGEST_TOTAL:
            raise DataError("The weights are too large to be summed exactly; divide them all by a constant.")
        keep = ends_a != ends_b
        low = np.minimum(ends_a, ends_b)[keep]
        high = np.maximum(ends_a, ends_b)[keep]
        pairs, where = np.unique(low * max(n, 1) + high, return_inverse=True)
        total = np.zeros(len(pairs), dtype=np.int64)
        np.add.at(total, where, weights[keep])
        pairs, total = pairs[total != 0], total[total != 0]
        return cls(n, (pairs // max(n, 1)).astype(np.int32), (pairs % max(n, 1)).astype(np.int32), total)

    def frustration(self, labels: NDArray[np.integer]) -> int:
        """Return the weight that the split `labels` (shape (n,)) violates: positive across, negative within."""
        return int(np.abs(self.w[self.violated(labels)]).sum())

    def violated(self, labels: NDArray[np.integer]) -> NDArray[np.bool_]:
        """Return shape (m,): which ties the split `labels` (shape (n,)) violates."""
        across: NDArray[np.bool_] = labels[self.a] != labels[self.b]
        violated: NDArray[np.bool_] = across == (self.w > 0)
        return violated
