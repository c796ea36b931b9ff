"""A group whose members would all be better off among themselves: the core of the additively separable hedonic game.

Whether a split is in the core is coNP-complete to tell. Here actors who can't gain in any group are peeled off in whole
numbers, which often leaves nobody; what is left is a mixed-integer program for each part that hangs together.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import highspy
import numpy as np

from allegiance.maths.clock import Clock
from allegiance.maths.separation import components

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from allegiance.maths.graph import SignedGraph

_HALF = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Blocking:
    """The group that blocks most, as far as the search came.

    Attributes:
        members: int64, shape (size,), actors of the group found; empty where none was.
        gain: what its worst-off member gains; 0 where none was found.
        bound: certified up to the solver's tolerance: in no group does every member gain more than this. 0 proves that no
            group of any size blocks.
        searched: how many programs were solved; 0 where peeling alone settled it, in whole numbers.
    """

    members: NDArray[np.int64]
    gain: int
    bound: int
    searched: int

    @property
    def proved(self) -> bool:
        """Whether no group has a larger least gain than the one found."""
        return self.gain == self.bound


def blocking(
    graph: SignedGraph, worth: NDArray[np.int64], *, clock: Clock | None = None, seed: int = 0
) -> Blocking:
    """Find a group in which every member has more than `worth` (shape (n,)), the least gain being as large as possible.

    Args:
        graph: the signed network.
        worth: what each actor has now, in the unit of the weights.
        clock: when to stop.
        seed: of the solver.

    References:
        S. Banerjee, H. Konishi, T. Sönmez, Core in a simple coalition formation game, 2001, doi:10.1007/s003550000067.
        H. Aziz, F. Brandt, H. G. Seedig, Computing desirable partitions in additively separable hedonic games, 2013,
        doi:10.1016/j.artint.2012.09.006 (verifying the core is coNP-complete).
    """
    clock = clock or Clock()
    unit = math.gcd(*(int(w) for w in np.unique(np.abs(graph.w)))) or 1
    search = _Search(graph, worth, unit, clock, seed)
    low, high = 0, search.ceiling()
    members = np.zeros(0, dtype=np.int64)
    while low < high and not clock.over:
        # Whether there is any group at all is asked first; only then how much it could gain.
        target = low + 1 if low == 0 else (low + high + 1) // 2
        found = search.group(target)
        if found is None:
            break
        if not len(found):
            high = target - 1
            continue
        members, low = found, search.least_gain(found)
    return Blocking(members, low * unit, high * unit, search.searched)


class _Search:
    """One network and what everybody has in it; gains are counted in `unit`."""

    def __init__(
        self, graph: SignedGraph, worth: NDArray[np.int64], unit: int, clock: Clock, seed: int
    ) -> None:
        self.graph, self.clock, self.seed = graph, clock, seed
        self.w = graph.w // unit
        self.worth = worth // unit
        self.searched = 0

    def least_gain(self, members: NDArray[np.int64]) -> int:
        """Return what the worst-off of the group gains, exactly."""
        inside = np.zeros(self.graph.n, dtype=bool)
        inside[members] = True
        return int((self._sums(inside, self.w)[members] - self.worth[members]).min())

    def ceiling(self) -> int:
        """Return the largest least gain that peeling doesn't exclude."""
        low, high = (
            0,
            int(
                max(
                    0,
                    (self._sums(np.ones(self.graph.n, dtype=bool), self.w.clip(0)) - self.worth).max(
                        initial=0
                    ),
                )
            ),
        )
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self._candidates(middle).any() else (low, middle - 1)
        return low

    def group(self, target: int) -> NDArray[np.int64] | None:
        """Return a group in which everybody gains `target`, an empty one if there is none, None out of time."""
        left = self._candidates(target)
        friendly = left[self.graph.a] & left[self.graph.b] & (self.w > 0)
        part = components(self.graph.n, self.graph.a[friendly], self.graph.b[friendly])
        for number in np.unique(part[left]).tolist():
            # Between parts there are no positive ties, so a group of several would gain by falling apart.
            members = np.flatnonzero(left & (part == number))
            if self.least_gain(members) >= target:
                return members
            found = self._solve(members, target)
            if found is None or len(found):
                return found
        return np.zeros(0, dtype=np.int64)

    def _sums(self, inside: NDArray[np.bool_], w: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return shape (n,): each actor's weights `w` (shape (m,)) to those `inside` (shape (n,))."""
        total = np.zeros(self.graph.n, dtype=np.int64)
        np.add.at(total, self.graph.a, np.where(inside[self.graph.b], w, 0))
        np.add.at(total, self.graph.b, np.where(inside[self.graph.a], w, 0))
        return total

    def _candidates(self, target: int) -> NDArray[np.bool_]:
        """Return who could gain `target` among all the others left, if they kept only their friends; shape (n,)."""
        left = np.ones(self.graph.n, dtype=bool)
        positive = self.w.clip(0)
        while True:
            stays = left & (self._sums(left, positive) >= self.worth + target)
            if (stays == left).all():
                return left
            left = stays

    def _solve(self, members: NDArray[np.int64], target: int) -> NDArray[np.int64] | None:
        """Search one part by a mixed-integer program; else as `group`."""
        lp = self._program(members, target)
        lp.cbMipInterrupt += self._look
        lp.run()
        self.searched += 1
        status = lp.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return np.zeros(0, dtype=np.int64)
        values = np.array(lp.getSolution().col_value[: len(members)])
        found = members[values > _HALF]
        # The solver's floats are no proof of a group; its gains are.
        return found if len(found) and self.least_gain(found) >= target else None

    def _look(self, event: highspy.highs.HighsCallbackEvent) -> None:
        """Stop the solver when the clock strikes."""
        event.interrupt(self.clock.over)

    def _program(self, members: NDArray[np.int64], target: int) -> highspy.Highs:
        """Return the program: x says who is in the group, z of a tie whether both its ends are."""
        place = np.full(self.graph.n, -1)
        place[members] = np.arange(len(members))
        ties = np.flatnonzero((place[self.graph.a] >= 0) & (place[self.graph.b] >= 0))
        a, b, w = place[self.graph.a[ties]], place[self.graph.b[ties]], self.w[ties]
        size, count = len(members), len(ties)
        lp = highspy.Highs()  # type: ignore[no-untyped-call]
        for option, value in {"output_flag": False, "threads": 1, "random_seed": self.seed % 2**31}.items():
            lp.setOptionValue(option, value)
        none = np.array([], dtype=np.int32)
        total = size + count
        lp.addCols(total, np.zeros(total), np.zeros(total), np.ones(total), 0, none, none, none.astype(float))
        kinds = np.full(size, highspy.HighsVarType.kInteger)
        lp.changeColsIntegrality(size, np.arange(size, dtype=np.int32), kinds)
        inf = highspy.kHighsInf
        for tie in range(count):
            z, i, j = size + tie, int(a[tie]), int(b[tie])
            if w[tie] > 0:
                lp.addRow(-inf, 0.0, 2, np.array([z, i], dtype=np.int32), np.array([1.0, -1.0]))
                lp.addRow(-inf, 0.0, 2, np.array([z, j], dtype=np.int32), np.array([1.0, -1.0]))
            else:
                lp.addRow(-1.0, inf, 3, np.array([z, i, j], dtype=np.int32), np.array([1.0, -1.0, -1.0]))
        for i, actor in enumerate(members.tolist()):
            mine = np.flatnonzero((a == i) | (b == i))
            columns = np.r_[size + mine, i].astype(np.int32)
            # In the group, its ties there must bring it what it has and `target` more; outside all of them are 0.
            lp.addRow(
                0.0, inf, len(columns), columns, np.r_[w[mine], -(self.worth[actor] + target)].astype(float)
            )
        lp.addRow(1.0, inf, size, np.arange(size, dtype=np.int32), np.ones(size))
        return lp
