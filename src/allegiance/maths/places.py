"""What each place in a split is worth to an actor: its own coalition and the best other one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from allegiance.maths.graph import SignedGraph

ALONE, NOWHERE = -1, -2


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """For each actor its own place and the best other one, all others staying where they are.

    The pull of a coalition on an actor is the sum of the actor's weights to its members. What the actor's ties violate in
    a place is the sum of its positive weights minus the pull of that place. All arrays have shape (n,).

    Attributes:
        own: int64, pull of the actor's own coalition.
        best: int64, pull of the best other place; 0 where there is none.
        other: int64, the number of that coalition, ALONE for a place of its own, NOWHERE where no other is allowed.
        weight: int64, sum of the sizes of the actor's weights.
        positive: int64, sum of its positive ones.
    """

    own: NDArray[np.int64]
    best: NDArray[np.int64]
    other: NDArray[np.int64]
    weight: NDArray[np.int64]
    positive: NDArray[np.int64]

    @classmethod
    def of(cls, graph: SignedGraph, k: int | None, labels: NDArray[np.integer]) -> Places:
        """Weigh the places of the split `labels` (shape (n,), numbered from 0) with at most k coalitions, None for any."""
        groups = int(labels.max(initial=-1)) + 1
        ends = np.concatenate([graph.a, graph.b]).astype(np.int64)
        w = np.concatenate([graph.w, graph.w])
        weight, positive = np.zeros(graph.n, dtype=np.int64), np.zeros(graph.n, dtype=np.int64)
        np.add.at(weight, ends, np.abs(w))
        np.add.at(positive, ends, np.maximum(w, 0))
        others = labels[np.concatenate([graph.b, graph.a])]
        cells, cell_of = np.unique(ends * max(groups, 1) + others, return_inverse=True)
        pull = np.zeros(len(cells), dtype=np.int64)
        np.add.at(pull, cell_of, w)
        actor, group = cells // max(groups, 1), cells % max(groups, 1)
        home = labels[actor] == group
        own = np.zeros(graph.n, dtype=np.int64)
        own[actor[home]] = pull[home]
        best, other = np.zeros(graph.n, dtype=np.int64), np.full(graph.n, NOWHERE, dtype=np.int64)
        # Of each actor's other coalitions, sorted by pull, the last wins; of equals the one with the smallest number.
        order = np.lexsort((-group, pull, actor))
        order = order[~home[order]]
        best[actor[order]], other[actor[order]] = pull[order], group[order]
        better = (best < 0) | (other == NOWHERE)
        # Who is alone already has no other place of its own.
        free = (k is None or groups < k) & (np.bincount(labels, minlength=groups)[labels] > 1)
        best[better & free], other[better & free] = 0, ALONE
        for one, untied in _untied(labels, groups, better & ~free, (actor, group)):
            best[one], other[one] = 0, untied
        return cls(own, best, other, weight, positive)

    def margin(self) -> NDArray[np.int64]:
        """Return by how much more would be violated in the best other place; all of the weight where there is none."""
        return np.where(self.other == NOWHERE, self.weight, self.own - self.best)


def _untied(
    labels: NDArray[np.integer],
    groups: int,
    wanted: NDArray[np.bool_],
    tied: tuple[NDArray[np.int64], NDArray[np.int64]],
) -> Iterator[tuple[int, int]]:
    """Yield (actor, other coalition without a tie to it) for those wanted that have one."""
    met: dict[int, set[int]] = {one: {int(labels[one])} for one in np.flatnonzero(wanted).tolist()}
    of_wanted = wanted[tied[0]]
    for one, group in zip(tied[0][of_wanted].tolist(), tied[1][of_wanted].tolist(), strict=True):
        met[one].add(group)
    for one, seen in met.items():
        if len(seen) < groups:
            yield one, next(group for group in range(groups) if group not in seen)
