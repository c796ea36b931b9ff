"""Wishes that a split has to keep: who must be together, who apart, who on which side."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from allegiance.errors import ContradictionError, UsageError

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Constraints:
    """What every split must keep, by actor numbers.

    Attributes:
        together: pairs that must be in one coalition.
        apart: pairs that must be in different coalitions.
        sides: (actor, side) with side 0 or 1, for two coalitions: those of one side are together, those of
            different sides apart.
        smallest: how many actors each of two sides must have at least.
        largest: how many it may have at most, None for any number.
    """

    together: tuple[tuple[int, int], ...] = ()
    apart: tuple[tuple[int, int], ...] = ()
    sides: tuple[tuple[int, int], ...] = ()
    smallest: int = 0
    largest: int | None = None

    def pairs(self) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        """Return (together, apart) with the sides spelled out as pairs."""
        together, apart = list(self.together), list(self.apart)
        first: dict[int, int] = {}
        for actor, side in self.sides:
            together.append((first.setdefault(side, actor), actor))
        if len(first) == 2:  # noqa: PLR2004 - two sides
            apart.append((first[0], first[1]))
        return together, apart

    def renumbered(self, place: NDArray[np.int64]) -> Constraints:
        """Return the same for actors that are called by other numbers: actor i is now `place[i]`."""
        new = place.tolist()
        return replace(
            self,
            together=tuple((new[a], new[b]) for a, b in self.together),
            apart=tuple((new[a], new[b]) for a, b in self.apart),
            sides=tuple((new[actor], side) for actor, side in self.sides),
        )

    def check(self, n: int, k: int | None) -> None:
        """Raise UsageError unless all actors are in 0..n-1 and the sides suit `k`."""
        actors = [actor for pair in (*self.together, *self.apart) for actor in pair]
        for actor in (*actors, *(actor for actor, _ in self.sides)):
            if not 0 <= actor < n:
                raise UsageError(f"A constraint names actor {actor}; the actors are 0..{n - 1}.")
        if self.sides and k != 2:  # noqa: PLR2004 - sides are those of two coalitions
            raise UsageError("Fixed sides need two coalitions; use together and apart instead.")
        for actor, side in self.sides:
            if side not in (0, 1):
                raise UsageError(f"Actor {actor} is to be on side {side}; the sides are 0 and 1.")


@dataclass(frozen=True, slots=True, eq=False)
class Classes:
    """Actors that the constraints melt into one.

    Attributes:
        count: number of classes.
        of: int32, shape (n,), each actor's class.
        switched: bool, shape (n,), actors on the other side than their class (two coalitions only).
        apart: pairs of classes that must be apart (never with two coalitions).
    """

    count: int
    of: NDArray[np.int32]
    switched: NDArray[np.bool_]
    apart: tuple[tuple[int, int], ...]

    @property
    def smallest(self) -> NDArray[np.int64]:
        """Return each class's smallest actor, shape (count,)."""
        return np.unique(self.of, return_index=True)[1].astype(np.int64)

    @classmethod
    def under(cls, constraints: Constraints, n: int, k: int | None) -> Classes:
        """Return the classes, or raise ContradictionError naming the constraints that exclude each other."""
        constraints.check(n, k)
        together, apart = constraints.pairs()
        links = [(a, b, False) for a, b in together]
        if k == 2:  # noqa: PLR2004 - apart means on the other side, so it melts too
            links += [(a, b, True) for a, b in apart]
        near: dict[int, list[tuple[int, bool]]] = {}
        for a, b, differ in links:
            near.setdefault(a, []).append((b, differ))
            near.setdefault(b, []).append((a, differ))
        root = np.arange(n, dtype=np.int64)
        switched = np.zeros(n, dtype=bool)
        came: dict[int, tuple[int, bool]] = {}
        for start in sorted(near):
            if start not in came:
                _spread(start, near, came, root, switched)
        _, of = np.unique(root, return_inverse=True)
        melted = set()
        for a, b in apart if k != 2 else ():  # noqa: PLR2004 - already melted for two coalitions
            if of[a] == of[b]:
                raise ContradictionError(_chain(a, b, came)[0], [(a, b)])
            melted.add((int(min(of[a], of[b])), int(max(of[a], of[b]))))
        return cls(int(of.max(initial=-1)) + 1, of.astype(np.int32), switched, tuple(sorted(melted)))


def _spread(
    start: int,
    near: dict[int, list[tuple[int, bool]]],
    came: dict[int, tuple[int, bool]],
    root: NDArray[np.int64],
    switched: NDArray[np.bool_],
) -> None:
    """Give all actors linked with `start` its class, breadth first so that a contradiction is told briefly."""
    came[start] = (start, False)
    queue = deque([start])
    while queue:
        actor = queue.popleft()
        for other, differ in near[actor]:
            side = bool(switched[actor]) != differ
            if other not in came:
                came[other] = (actor, differ)
                root[other], switched[other] = start, side
                queue.append(other)
            elif bool(switched[other]) != side:
                together, apart = _chain(actor, other, came)
                (apart if differ else together).append((actor, other))
                raise ContradictionError(together, apart)


def _chain(
    a: int, b: int, came: dict[int, tuple[int, bool]]
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Return the pairs (together, apart) that link `a` with `b`."""
    links: list[set[tuple[int, int, bool]]] = []
    for actor in (a, b):
        links.append(set())
        at = actor
        while at in came and came[at][0] != at:
            up, differ = came[at]
            links[-1].add((up, at, differ))
            at = up
    # Links shared by both ways back to the root are no part of the cycle.
    chain = sorted(links[0] ^ links[1])
    return [(u, v) for u, v, differ in chain if not differ], [(u, v) for u, v, differ in chain if differ]
