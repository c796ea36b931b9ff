"""A quick search for good splits: sweeps over the actors with noise that dies away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit

if TYPE_CHECKING:
    from numpy.typing import NDArray


def neighbours(
    n: int, a: NDArray[np.int32], b: NDArray[np.int32], w: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.float64]]:
    """Return the ties by actor: (where each actor's begin, their other ends, their signed weights)."""
    tail, head = np.concatenate([a, b]), np.concatenate([b, a])
    order = np.argsort(tail, kind="stable")
    begin = np.zeros(n + 1, dtype=np.int64)
    np.cumsum(np.bincount(tail, minlength=n), out=begin[1:])
    return begin, head[order].astype(np.int32), np.concatenate([w, w]).astype(np.float64)[order]


@njit(cache=True)
def descend(begin, other, weight, labels, k, sweeps, heat, seed):  # type: ignore[no-untyped-def]  # noqa: C901, PLR0912, PLR0913  # pragma: no cover
    """Move actors to the coalition that suits them best, blurred by noise that falls from `heat` to none.

    `labels` (int32, shape (n,), values below n, and below k if k > 0) is changed in place.
    """
    np.random.seed(seed)
    n = len(labels)
    pull = np.zeros(n + 1)
    size = np.zeros(n + 1, np.int64)
    for v in range(n):
        size[labels[v]] += 1
    spare = np.empty(n + 1, np.int32)
    spares = 0
    for label in range(n - 1, -1, -1):
        if size[label] == 0:
            spare[spares] = label
            spares += 1
    order = np.arange(n)
    sweep = 0
    quiet = False
    while sweep < sweeps or not quiet:
        warmth = heat * (1.0 - sweep / sweeps) ** 2 if sweep < sweeps else 0.0
        if sweep > sweeps + 1000:
            break
        quiet = True
        for i in range(n - 1, 0, -1):
            j = np.random.randint(0, i + 1)
            order[i], order[j] = order[j], order[i]
        for v in order:
            home = labels[v]
            for arc in range(begin[v], begin[v + 1]):
                pull[labels[other[arc]]] += weight[arc]
            best = home
            score = pull[home]
            if warmth > 0.0:
                score += warmth * np.random.exponential()
            if k > 0:
                for label in range(k):
                    if label != home:
                        value = pull[label]
                        if warmth > 0.0:
                            value += warmth * np.random.exponential()
                        if value > score:
                            best, score = label, value
            else:
                for arc in range(begin[v], begin[v + 1]):
                    label = labels[other[arc]]
                    if label != home and pull[label] > 0.0:
                        value = pull[label]
                        if warmth > 0.0:
                            value += warmth * np.random.exponential()
                        if value > score:
                            best, score = label, value
                if size[home] > 1 and score < 0.0:
                    best = spare[spares - 1]
            for arc in range(begin[v], begin[v + 1]):
                pull[labels[other[arc]]] = 0.0
            if best != home:
                if k == 0 and size[best] == 0:
                    spares -= 1
                size[home] -= 1
                size[best] += 1
                if k == 0 and size[home] == 0:
                    spare[spares] = home
                    spares += 1
                labels[v] = best
                quiet = False
        sweep += 1
