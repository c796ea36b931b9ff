"""Why a split can't keep a tie: the shortest cycle through it that no split keeps whole."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from allegiance.maths.graph import SignedGraph

_Near = list[list[int]]


class BadCycles:
    """Finds bad cycles through violated ties whose other ties the split keeps.

    With as many coalitions as fit a cycle is bad when exactly one of its ties is negative (Davis 1967,
    doi:10.1177/001872676702000206), with two coalitions when an odd number is (Cartwright and Harary 1956,
    doi:10.1037/h0046049): each split violates one of its ties at least.
    """

    def __init__(self, graph: SignedGraph, k: int | None, labels: NDArray[np.integer]) -> None:
        """Prepare to look at the split `labels` (shape (n,)) of `graph` into `k` coalitions, None for any number."""
        self._two = k == 2  # noqa: PLR2004 - two coalitions
        kept = ~graph.violated(labels)
        self._friends = _neighbours(graph, kept & (graph.w > 0))
        self._foes = _neighbours(graph, kept & (graph.w < 0))

    def through(self, a: int, b: int, *, positive: bool) -> list[int] | None:
        """Return the actors of a shortest bad cycle through the violated tie between `a` and `b`, from `a` to `b`.

        Among shortest ones heavy ties are preferred at each step. None where only a constraint, a limit of coalitions or a
        split that isn't optimal violates the tie.
        """
        # With two coalitions every way along kept ties closes a bad cycle, and the number of foes on it doesn't matter.
        goal = (b, 1 if positive and not self._two else 0)
        came: dict[tuple[int, int], tuple[int, int]] = {(a, 0): (a, 0)}
        queue = deque([(a, 0)])
        while queue:
            at = queue.popleft()
            if at == goal:
                return _way_back(at, came)
            actor, foes = at
            steps = [(other, foes) for other in self._friends[actor]]
            if self._two:
                steps += [(other, 0) for other in self._foes[actor]]
            elif positive and not foes:
                steps += [(other, 1) for other in self._foes[actor]]
            for step in steps:
                if step not in came:
                    came[step] = at
                    queue.append(step)
        return None


def _way_back(at: tuple[int, int], came: dict[tuple[int, int], tuple[int, int]]) -> list[int]:
    way = [at[0]]
    while came[at] != at:
        at = came[at]
        way.append(at[0])
    return way[::-1]


def _neighbours(graph: SignedGraph, chosen: NDArray[np.bool_]) -> _Near:
    """Return for each actor the other ends of its chosen ties, the heaviest first."""
    ends = np.concatenate([graph.a[chosen], graph.b[chosen]])
    others = np.concatenate([graph.b[chosen], graph.a[chosen]])
    size = np.abs(np.concatenate([graph.w[chosen], graph.w[chosen]]))
    order = np.lexsort((others, -size, ends))
    bounds = np.searchsorted(ends[order], np.arange(graph.n + 1)).tolist()
    near = others[order].tolist()
    return [near[bounds[i] : bounds[i + 1]] for i in range(graph.n)]
