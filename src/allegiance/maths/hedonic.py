"""Who would gain by moving, if each actor wants the coalition with which its ties add up to most.

This is the additively separable hedonic game: what a coalition is worth to an actor is the sum of the actor's weights to its
other members, and being alone is worth nothing. One actor at a time; groups that leave together live in `blocking`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from allegiance.maths.places import ALONE, NOWHERE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from allegiance.maths.graph import SignedGraph


@dataclass(frozen=True, slots=True, eq=False)
class Departures:
    """For each actor the best place to go, the others staying: an existing coalition, or alone. All shapes (n,).

    Attributes:
        own: int64, what its coalition is worth to the actor now.
        worth: int64, what the best other place would be worth.
        place: int64, the number of that coalition, ALONE, or NOWHERE for an actor alone that has no tie to any coalition.
        welcome_worth: int64, the same among places where no member would lose by its coming: none of them has a negative
            tie with it.
        welcome_place: int64, that place.

    References:
        A. Bogomolnaia, M. O. Jackson, The stability of hedonic coalition structures, 2002, doi:10.1006/game.2001.0877.
    """

    own: NDArray[np.int64]
    worth: NDArray[np.int64]
    place: NDArray[np.int64]
    welcome_worth: NDArray[np.int64]
    welcome_place: NDArray[np.int64]

    @classmethod
    def of(cls, graph: SignedGraph, labels: NDArray[np.integer]) -> Departures:
        """Weigh all single moves out of the split `labels` (shape (n,), numbered from 0)."""
        groups = max(int(labels.max(initial=-1)) + 1, 1)
        ends = np.concatenate([graph.a, graph.b]).astype(np.int64)
        w = np.concatenate([graph.w, graph.w])
        others = labels[np.concatenate([graph.b, graph.a])]
        cells, cell_of = np.unique(ends * groups + others, return_inverse=True)
        pull = np.zeros(len(cells), dtype=np.int64)
        np.add.at(pull, cell_of, w)
        worst = np.zeros(len(cells), dtype=np.int64)
        np.minimum.at(worst, cell_of, w)
        actor, group = cells // groups, cells % groups
        home = labels[actor] == group
        own = np.zeros(graph.n, dtype=np.int64)
        own[actor[home]] = pull[home]
        alone = np.bincount(labels, minlength=groups)[labels] == 1
        worth, place = _best(alone, actor[~home], group[~home], pull[~home])
        open_ = ~home & (worst >= 0)
        welcome_worth, welcome_place = _best(alone, actor[open_], group[open_], pull[open_])
        return cls(own, worth, place, welcome_worth, welcome_place)

    @property
    def gain(self) -> NDArray[np.int64]:
        """Return shape (n,): what the best move would bring; above 0 for those who would leave."""
        return np.where(self.place == NOWHERE, 0, self.worth - self.own)

    @property
    def welcome_gain(self) -> NDArray[np.int64]:
        """Return shape (n,): what the best move brings to which no member of the place objects."""
        return np.where(self.welcome_place == NOWHERE, 0, self.welcome_worth - self.own)

    @property
    def nash_stable(self) -> bool:
        """Whether nobody gains by moving."""
        return not bool((self.gain > 0).any())

    @property
    def individually_stable(self) -> bool:
        """Whether nobody gains by moving to where nobody loses by it."""
        return not bool((self.welcome_gain > 0).any())


def _best(
    alone: NDArray[np.bool_],
    actor: NDArray[np.int64],
    group: NDArray[np.int64],
    pull: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return (worth, place) of the best of the given places (actor, group, pull) or of being alone; shape (n,) each."""
    worth = np.zeros(len(alone), dtype=np.int64)
    place = np.where(alone, NOWHERE, ALONE).astype(np.int64)
    # Sorted by pull, the last place of each actor wins; of equals the one with the smallest number.
    order = np.lexsort((-group, pull, actor))
    last = order[np.r_[actor[order][1:] != actor[order][:-1], True]] if len(order) else order
    better = (pull[last] > 0) | alone[actor[last]]
    worth[actor[last[better]]], place[actor[last[better]]] = pull[last[better]], group[last[better]]
    return worth, place
