"""Two coalitions of limited size: how a split is mended to keep the limits, and what that must cost at least.

The bound is a Lagrangian one. Two sides of at least s actors leave at most P pairs on one side together; a price on
every such pair turns the limited problem into one more signed network, whose proved bound, less the price of P
pairs, holds for the limited problem. How signed networks are solved is not known here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from allegiance.errors import ContradictionError, UsageError
from allegiance.maths.graph import LARGEST_TOTAL, SignedGraph
from allegiance.maths.separation import components

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from allegiance.maths.constraints import Classes, Constraints

FINENESS = 60
"""Prices of a pair are multiples of a sixtieth of the weights' unit: enough for the usual fractions."""

_MOST_ACTORS = 400
_STEPS = 24


@dataclass(frozen=True, slots=True)
class Limits:
    """How many actors a side may have.

    Attributes:
        least: on each side.
        n: of all actors.
    """

    least: int
    n: int

    @classmethod
    def of(cls, constraints: Constraints, n: int, k: int | None) -> Limits | None:
        """Return the limits, None if there are none, or raise UsageError if no two sides of `n` actors keep them."""
        smallest, largest = constraints.smallest, n if constraints.largest is None else constraints.largest
        if smallest <= 0 and largest >= n:
            return None
        if k != 2:  # noqa: PLR2004 - sides are those of two coalitions
            raise UsageError("Size limits need two coalitions; leave them out for any other number.")
        if 2 * smallest > n:
            raise UsageError(
                f"Two sides of at least {smallest} actors need {2 * smallest}; there are only {n}."
            )
        if 2 * largest < n:
            raise UsageError(f"Two sides of at most {largest} actors hold {2 * largest}; there are {n}.")
        return cls(max(smallest, n - largest), n)

    def kept(self, labels: NDArray[np.integer]) -> bool:
        """Tell whether the split `labels` (0 or 1, shape (n,)) keeps the limits."""
        return self.least <= int(np.count_nonzero(labels)) <= self.n - self.least

    @property
    def pairs(self) -> int:
        """Return how many pairs of actors can at most be on one side."""
        other = self.n - self.least
        return (self.least * (self.least - 1) + other * (other - 1)) // 2


def mended(
    graph: SignedGraph, labels: NDArray[np.int32], limits: Limits, classes: Classes, constraints: Constraints
) -> NDArray[np.int32]:
    """Return a split near `labels` (0 or 1, shape (n,)) that keeps the limits and the wishes.

    First whole parts of the network are turned round, which costs nothing; then actors that move as one change sides,
    those first whose change costs least; then any such change or exchange that pays.

    Raises:
        ContradictionError: actors who must move as one leave no two sides within the limits.
    """
    near = components(graph.n, np.r_[graph.a, _chain(classes)[0]], np.r_[graph.b, _chain(classes)[1]])
    turned = _turned(labels, near, limits)
    if turned is not None:
        return turned
    # The classes alone may be placed in any way, so this finds sides whenever there are some.
    feasible = _turned(classes.switched.astype(np.int32), classes.of, limits)
    if feasible is None:
        together, apart = constraints.pairs()
        raise ContradictionError(
            together, apart, reason=f"leave no two sides of at least {limits.least} actors"
        )
    best = _filled(graph, labels, limits, classes)
    return _exchanged(graph, feasible if best is None else best, limits, classes)


def lagrangian(
    graph: SignedGraph,
    limits: Limits,
    value: int,
    bounded: Callable[[SignedGraph], tuple[NDArray[np.int32], int]],
    offer: Callable[[NDArray[np.int32]], int],
) -> int:
    """Return a lower bound of what a split within the limits violates.

    Args:
        graph: the signed network.
        limits: of the sides.
        value: what the best split known violates; the search ends when the bound reaches it.
        bounded: solves another network over the same actors: returns (a split, its certified bound).
        offer: takes each split met, and returns the value of the best one known.
    """
    n = graph.n
    total = float(np.abs(graph.w).sum()) * FINENESS
    if n > _MOST_ACTORS or total >= LARGEST_TOTAL / (n * n + 1):
        return 0
    one, two = np.triu_indices(n, 1)
    best, low, high = 0, 0, 2 * FINENESS * int(np.abs(graph.w).max(initial=1))
    for _ in range(_STEPS):
        price = (low + high) // 2
        priced = SignedGraph.of(
            n, np.r_[graph.a, one], np.r_[graph.b, two], np.r_[graph.w * FINENESS, np.full(len(one), -price)]
        )
        labels, bound = bounded(priced)
        # Both networks charge a pair alike but for a constant: what it costs to be on different sides.
        friendly = graph.w[graph.w > 0] * FINENESS
        constant = int(friendly.sum() - np.maximum(friendly - price, 0).sum())
        best = max(best, -(-(bound + constant - price * limits.pairs) // FINENESS))
        value = offer(labels)
        if best >= value or low >= high:
            break
        size = int(np.count_nonzero(labels))
        if (size * (size - 1) + (n - size) * (n - size - 1)) // 2 > limits.pairs:
            low = price + 1
        else:
            high = price
    return best


def _chain(classes: Classes) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return pairs of actors that link all members of each class."""
    order = np.argsort(classes.of, kind="stable")
    alike = classes.of[order[1:]] == classes.of[order[:-1]]
    return order[1:][alike], order[:-1][alike]


def _turned(labels: NDArray[np.int32], parts: NDArray[np.int32], limits: Limits) -> NDArray[np.int32] | None:
    """Turn whole parts (numbers, shape (n,)) so that the limits are kept, or return None if that can't be."""
    ones = np.bincount(parts, labels).astype(np.int64)
    zeros = np.bincount(parts).astype(np.int64) - ones
    gains = np.abs(ones - zeros)
    base = int(np.minimum(ones, zeros).sum())
    # The larger half of each part either counts to side 1 or not; equal parts are taken in bundles of 1, 2, 4...
    bundles: list[tuple[int, int]] = []
    for gain in np.unique(gains[gains > 0]):
        left, take = int((gains == gain).sum()), 1
        while left:
            take = min(take, left)
            bundles.append((int(gain), take))
            left, take = left - take, 2 * take
    reach = [1]
    for gain, count in bundles:
        reach.append(reach[-1] | reach[-1] << gain * count)
    wanted = next(
        (
            s
            for s in range(max(limits.least - base, 0), limits.n - limits.least - base + 1)
            if reach[-1] >> s & 1
        ),
        None,
    )
    if wanted is None:
        return None
    chosen: dict[int, int] = {}
    for (gain, count), before in zip(reversed(bundles), reversed(reach[:-1]), strict=True):
        if not before >> wanted & 1:
            chosen[gain] = chosen.get(gain, 0) + count
            wanted -= gain * count
    larger = np.zeros(len(gains), dtype=bool)
    for gain, count in chosen.items():
        larger[np.flatnonzero(gains == gain)[:count]] = True
    flip = np.where(larger, ones < zeros, ones > zeros)
    return labels ^ flip[parts].astype(np.int32)


def _costs(graph: SignedGraph, labels: NDArray[np.int32], classes: Classes) -> NDArray[np.int64]:
    """Return what it costs each class to change sides, shape (classes,)."""
    outer = classes.of[graph.a] != classes.of[graph.b]
    change = np.where(graph.violated(labels), -1, 1) * np.abs(graph.w) * outer
    costs = np.zeros(classes.count, dtype=np.int64)
    np.add.at(costs, classes.of[graph.a], change)
    np.add.at(costs, classes.of[graph.b], change)
    return costs


def _filled(
    graph: SignedGraph, labels: NDArray[np.int32], limits: Limits, classes: Classes
) -> NDArray[np.int32] | None:
    """Change the sides of the classes that pay least for each actor the smaller side gains."""
    labels = labels.copy()
    count = np.bincount(classes.of)
    while not limits.kept(labels):
        size = int(np.count_nonzero(labels))
        missing = limits.least - size if size < limits.least else limits.n - limits.least - size
        gain = count - 2 * np.bincount(classes.of, labels).astype(np.int64)
        useful = (gain * np.sign(missing) > 0) & (np.abs(gain) <= limits.n - 2 * limits.least + abs(missing))
        if not useful.any():
            return None
        rate = np.where(useful, _costs(graph, labels, classes) / np.maximum(np.abs(gain), 1), np.inf)
        labels ^= (classes.of == int(rate.argmin())).astype(np.int32)
    return labels


def _exchanged(
    graph: SignedGraph, labels: NDArray[np.int32], limits: Limits, classes: Classes
) -> NDArray[np.int32]:
    """Change one class, or exchange two, as long as that pays and keeps the limits."""
    labels = labels.copy()
    value = graph.frustration(labels)
    while True:
        costs = _costs(graph, labels, classes)
        order = np.argsort(costs, kind="stable")[:50]
        changes: list[Sequence[int]] = [(int(v),) for v in order]
        changes += [(int(u), int(v)) for i, u in enumerate(order) for v in order[:i]]
        for change in sorted(changes, key=lambda some: sum(int(costs[v]) for v in some)):
            other = labels ^ np.isin(classes.of, change).astype(np.int32)
            if limits.kept(other) and (cost := graph.frustration(other)) < value:
                labels, value = other, cost
                break
        else:
            return labels
