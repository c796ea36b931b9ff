"""Ties that may be changed at a price, and what splits score on them.

A split scores the weight of the ties that it keeps within: its violated weight is the sum of all positive weights less
its score. The score is linear in the weights, also where a weight changes its sign; the question which change makes
a split optimal needs exactly that.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING

import numpy as np

from allegiance.errors import DataError
from allegiance.maths.graph import LARGEST_TOTAL, SignedGraph

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

Change = dict[int, Fraction]
"""By position of a pair: what its weight grows by, in tenths; never 0."""


@dataclass(frozen=True, slots=True, eq=False)
class Changeable:
    """Pairs of actors with their weights, and what changing them costs.

    Attributes:
        n: number of actors, which are 0 to n-1.
        a: int32, shape (m,), the smaller end of each pair.
        b: int32, shape (m,), the larger end; pairs (a, b) are unique and sorted.
        w: int64, shape (m,), may be 0; positive = with, negative = against (integer tenths).
        cost: int64, shape (m,), cost of a tenth of change up or down; 0 for a pair that must stay as it is.
    """

    n: int
    a: NDArray[np.int32]
    b: NDArray[np.int32]
    w: NDArray[np.int64]
    cost: NDArray[np.int64]

    @property
    def free(self) -> NDArray[np.bool_]:
        """Which pairs may be changed, shape (m,)."""
        return self.cost > 0

    @property
    def cheapest(self) -> int:
        """The least cost of a tenth, 0 if nothing may be changed."""
        return int(self.cost[self.free].min(initial=np.iinfo(np.int64).max)) if self.free.any() else 0

    def within(self, labels: NDArray[np.integer]) -> NDArray[np.bool_]:
        """Return shape (m,): which pairs the split `labels` (shape (n,)) keeps in one coalition."""
        within: NDArray[np.bool_] = labels[self.a] == labels[self.b]
        return within

    def score(self, within: NDArray[np.bool_]) -> int:
        """Return the weight of the pairs `within` (shape (m,)) a coalition."""
        return int(self.w[within].sum())

    def loss(self, labels: NDArray[np.integer], actor: int) -> NDArray[np.int64]:
        """Return what each actor of the split `labels` loses by leaving its coalition for that of `actor`, shape (n,)."""
        home = labels[actor]
        ends, others = np.r_[self.a, self.b], np.r_[self.b, self.a]
        w = np.r_[self.w, self.w]
        loss = np.zeros(self.n, dtype=np.int64)
        np.add.at(loss, ends, np.where(labels[others] == labels[ends], w, 0))
        np.subtract.at(loss, ends, np.where(labels[others] == home, w, 0))
        return loss

    def graph(self) -> SignedGraph:
        """Return the network as it is."""
        return SignedGraph.of(self.n, self.a, self.b, self.w)

    def weighed(self, weights: NDArray[np.int64]) -> SignedGraph:
        """Return the network with other `weights` (shape (m,)).

        Raises:
            DataError: weights too large to be summed exactly.
        """
        return SignedGraph.of(self.n, self.a, self.b, weights)

    def changed(self, change: Mapping[int, Fraction]) -> tuple[SignedGraph, int]:
        """Return the network after a change, its weights multiplied by a whole number that is returned with it.

        Raises:
            DataError: weights too large to be summed exactly.
        """
        scale = lcm(1, *(step.denominator for step in change.values()))
        if float(np.abs(self.w.astype(np.float64)).sum()) * scale >= LARGEST_TOTAL:
            raise DataError(
                "The changed weights are too large to be summed exactly; divide all by a constant."
            )
        weights = self.w * scale
        for pair, step in change.items():
            weights[pair] += int(step * scale)
        return self.weighed(weights), scale

    def price(self, change: Mapping[int, Fraction]) -> Fraction:
        """Return what a change costs."""
        return sum((abs(step) * int(self.cost[pair]) for pair, step in change.items()), Fraction(0))
