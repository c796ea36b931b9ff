"""Which splits are wished: what they have to keep, and what a split does that isn't one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from allegiance.errors import UsageError
from allegiance.maths.constraints import Constraints

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Wish:
    """What a wished split has to keep.

    Attributes:
        constraints: pairs together and apart.
        strict: whether every optimal split is to be a wished one, by a margin of a tenth; otherwise one is enough.
        larger: an actor whose coalition must have more members than any other, None where sizes don't matter.
    """

    constraints: Constraints
    strict: bool = False
    larger: int | None = None

    def check(self, n: int, k: int | None) -> None:
        """Raise UsageError if the wish can't be asked for, ContradictionError if it excludes itself."""
        self.constraints.check(n, k)
        if self.constraints.sides or self.constraints.smallest or self.constraints.largest is not None:
            raise UsageError(
                "A wished coalition is told by who is together and who apart, not by sides or sizes."
            )
        if self.strict and self.larger is not None:
            raise UsageError(
                "A coalition larger than its opponents in every optimal split can't be asked for; drop one of the two."
            )

    def granted(self, labels: NDArray[np.integer]) -> bool:
        """Tell whether the split `labels` (shape (n,)) is a wished one."""
        kept = all(labels[a] == labels[b] for a, b in self.constraints.together)
        kept = kept and all(labels[a] != labels[b] for a, b in self.constraints.apart)
        return bool(kept) and (self.larger is None or self.lead(labels) > 0)

    def lead(self, labels: NDArray[np.integer]) -> int:
        """Return how many members more than any other the coalition of `larger` has; 0 or less if it isn't the largest."""
        if self.larger is None:
            return 0
        size = np.bincount(labels)
        mine = int(size[labels[self.larger]])
        size[labels[self.larger]] = 0
        return mine - int(size.max(initial=0))

    def opposites(self) -> tuple[Constraints, ...]:
        """Return constraints one of which every split keeps that isn't wished (sizes aside)."""
        return tuple(Constraints(apart=(pair,)) for pair in self.constraints.together) + tuple(
            Constraints(together=(pair,)) for pair in self.constraints.apart
        )


def enlarged(labels: NDArray[np.integer], pull: NDArray[np.int64], wish: Wish) -> NDArray[np.int32] | None:
    """Return a split near `labels` whose wished coalition is the largest, or None if the wish leaves nobody to move.

    Args:
        labels: a split that keeps the constraints, shape (n,).
        pull: what each actor loses by joining the wished coalition, shape (n,); who loses least moves first.
        wish: with `larger`.
    """
    if wish.larger is None:
        return labels.astype(np.int32)
    found = labels.astype(np.int32)
    for actor in np.argsort(pull, kind="stable").tolist():
        if wish.lead(found) > 0:
            return found
        if found[actor] == found[wish.larger]:
            continue
        moved = found.copy()
        moved[actor] = found[wish.larger]
        if all(moved[a] != moved[b] for a, b in wish.constraints.apart):
            found = moved
    return found if wish.lead(found) > 0 else None


def keeps(labels: NDArray[np.integer], box: Constraints) -> bool:
    """Tell whether the split `labels` (shape (n,)) keeps the pairs of the box."""
    return all(labels[a] == labels[b] for a, b in box.together) and all(
        labels[a] != labels[b] for a, b in box.apart
    )


def to_be_sized(labels: NDArray[np.integer], box: Constraints, wish: Wish) -> tuple[int, int] | None:
    """Return a pair whose decision tells more of the coalitions' sizes, in a split whose wished one isn't the largest."""
    said = {frozenset(pair) for pair in (*box.together, *box.apart)}
    size = np.bincount(labels)
    home = wish.larger or 0
    size[labels[home]] = -1
    rivals = np.flatnonzero(labels == int(size.argmax())).tolist()
    others = np.flatnonzero((labels != labels[home]) & (labels != int(size.argmax()))).tolist()
    pairs = [(home, actor) for actor in (*rivals, *others)]
    pairs += [(one, other) for one in rivals for other in rivals if one < other]
    return next((pair for pair in pairs if frozenset(pair) not in said), None)
