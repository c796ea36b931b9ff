"""The cheapest change by brute force: a linear program over all splits for each wished one. For up to seven actors."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import linprog

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Small:
    """All splits of a few actors.

    Attributes:
        splits: labels, shape (splits, n).
        within: for each pair of actors, in the order of `combinations`, whether it is within; shape (splits, pairs).
    """

    splits: NDArray[np.int64]
    within: NDArray[np.bool_]

    @classmethod
    def of(cls, n: int, k: int | None = None) -> Small:
        """List the splits of n actors into at most k coalitions."""
        splits = np.array(list(_splits((), n, k or n)), dtype=np.int64)
        within = np.array([splits[:, a] == splits[:, b] for a, b in combinations(range(n), 2)]).T
        return cls(splits, within)


def _splits(start: tuple[int, ...], n: int, k: int) -> Iterator[tuple[int, ...]]:
    if len(start) == n:
        yield start
        return
    for label in range(min(max(start, default=-1) + 2, k)):
        yield from _splits((*start, label), n, k)


def cheapest_of_all(
    small: Small,
    weights: NDArray[np.int64],
    free: NDArray[np.bool_],
    wished: tuple[int, ...],
    *,
    cost: NDArray[np.float64] | None = None,
    strict: float = 0.0,
) -> float:
    """Return the least cost over all splits that have the wished actors together, infinite where there is none.

    Args:
        small: all splits.
        weights: of all pairs, shape (pairs,).
        free: which may change, shape (pairs,).
        wished: actors.
        cost: of one unit of change, shape (pairs,); 1 where not given.
        strict: margin over every split that doesn't have them together.
    """
    score = small.within @ weights
    granted = (small.splits[:, wished] == small.splits[:, wished[:1]]).all(axis=1)
    price = np.ones(len(weights)) if cost is None else cost
    best = np.inf
    for chosen in np.flatnonzero(granted):
        lacking = score - score[chosen] + np.where(granted, 0.0, strict)
        rows = lacking > 0
        if not rows.any():
            return 0.0
        differ = ((small.within != small.within[chosen]) & free)[rows].astype(float)
        found = linprog(price, A_ub=-differ, b_ub=-lacking[rows], method="highs")
        if found.status == 0:
            best = min(best, float(found.fun))
    return best
