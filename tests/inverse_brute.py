"""The cheapest change by brute force: a linear program over all splits for each wished one."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import linprog

if TYPE_CHECKING:
    from collections.abc import Iterator

    from allegiance.maths.changeable import Changeable
    from allegiance.maths.wished import Wish


def splits(n: int, k: int | None, start: tuple[int, ...] = ()) -> Iterator[tuple[int, ...]]:
    """Yield every split of n actors into at most k coalitions."""
    if len(start) == n:
        yield start
        return
    for label in range(min(max(start, default=-1) + 2, k or n)):
        yield from splits(n, k, (*start, label))


def brute(ties: Changeable, k: int | None, wish: Wish) -> float:
    """Return the least cost in tenths over all wished splits, infinite where no change fulfils the wish."""
    every = np.array(list(splits(ties.n, k)))
    within = every[:, ties.a] == every[:, ties.b]
    score = within @ ties.w
    granted = np.array([wish.granted(labels) for labels in every])
    best = np.inf
    for chosen in np.flatnonzero(granted):
        lacking = score - score[chosen] + np.where(granted, 0, int(wish.strict))
        rows = lacking > 0
        if not rows.any():
            return 0.0
        differ = ((within != within[chosen]) & ties.free)[rows].astype(float)
        found = linprog(ties.cost, A_ub=-differ, b_ub=-lacking[rows], method="highs")
        best = min(best, float(found.fun) if found.status == 0 else np.inf)
    return float(best)


def all_pairs(n: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the ends of all pairs of n actors."""
    pairs = np.array(list(combinations(range(n), 2)), dtype=np.int32).reshape(-1, 2)
    return pairs[:, 0], pairs[:, 1]
