"""The exact engine as referee: which split is best after a change, and whether a wished one is among the best."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from allegiance.errors import ContradictionError
from allegiance.maths.constraints import Constraints
from allegiance.maths.solve import solve

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from allegiance.maths.changeable import Change, Changeable
    from allegiance.maths.clock import Clock
    from allegiance.maths.graph import SignedGraph
    from allegiance.maths.solve import Split
    from allegiance.maths.wished import Wish

    Labels = NDArray[np.int32]

_SHARE = 0.3
"""Of the time left, what one question may take."""

_RESERVE = 0.35
"""Of all time, what is kept for a packing that proves what the engine didn't."""

_FINE = 1_000
"""Weights of mixtures are rounded to thousandths of a tenth; what follows from them is exact all the same."""


@dataclass(frozen=True, slots=True, eq=False)
class Verdict:
    """What a contest after a change has shown.

    Attributes:
        winner: a wished split that is proved optimal, or None.
        violated: what it violates, in tenths.
        least: what every split violates, in tenths.
        rivals: splits that aren't wished and are better than (or too near to) the wished one.
    """

    winner: Labels | None
    violated: Fraction
    least: Fraction
    rivals: tuple[Labels, ...] = ()


class Referee:
    """Asks the engine, each time with a share of the time that is left."""

    def __init__(
        self, ties: Changeable, k: int | None, wish: Wish, clock: Clock, time_limit: float | None, seed: int
    ) -> None:
        """Prepare for questions about `ties`; `clock` says when the user wants to stop."""
        self.ties, self.k, self.wish, self.seed = ties, k, wish, seed
        self._clock, self._limit = clock, time_limit
        self._end = None if time_limit is None else time.monotonic() + time_limit

    @property
    def late(self) -> bool:
        """Whether what time is left is needed to end in good order."""
        if self._clock.over:
            return True
        if self._end is None or self._limit is None:
            return False
        return self._end - time.monotonic() < _RESERVE * self._limit

    def best(self, box: Constraints) -> Split:
        """Return the best split of the network as it is under the constraints `box`."""
        return self._solve(self.ties.graph(), box)

    def greatest(self, weights: NDArray[np.int64], box: Constraints, patience: float) -> tuple[Split, int]:
        """Return a split with a great score under `weights` (shape (m,)), and what no score exceeds, in `patience` seconds."""
        split = self._solve(self.ties.weighed(weights), box, patience)
        return split, int(np.maximum(weights, 0).sum()) - split.lower_bound

    def rival(self, step: NDArray[np.float64]) -> Labels:
        """Return the best split after changing each pair by about `step` tenths, shape (m,)."""
        weights = self.ties.w * _FINE + np.rint(step * _FINE).astype(np.int64)
        return self._solve(self.ties.weighed(weights), Constraints()).labels

    def contest(self, change: Change, labels: Labels) -> Verdict:
        """Let the wished split `labels` compete with all others after the change."""
        graph, scale = self.ties.changed(change)
        mine = graph.frustration(labels)
        split = self._solve(graph, Constraints())
        none = Verdict(None, Fraction(0), Fraction(0))
        if split.value < mine and not self.wish.granted(split.labels):
            return Verdict(None, Fraction(0), Fraction(0), (split.labels,))
        winner = split.labels if split.value < mine else labels
        least = min(split.lower_bound, split.value)
        if least < graph.frustration(winner):
            return none
        if self.wish.strict:
            rivals, sure = self._near(graph, mine + scale)
            if rivals or not sure:
                return Verdict(None, Fraction(0), Fraction(0), rivals)
        return Verdict(winner, Fraction(graph.frustration(winner), scale), Fraction(least, scale))

    def _near(self, graph: SignedGraph, enough: int) -> tuple[tuple[Labels, ...], bool]:
        """Return splits that aren't wished and violate less than `enough`, and whether none was missed."""
        rivals, sure = [], True
        for opposite in self.wish.opposites():
            try:
                split = self._solve(graph, opposite)
            except ContradictionError:  # no split does that, so none is to be feared
                continue
            if split.value < enough:
                rivals.append(split.labels)
            sure = sure and split.lower_bound >= min(enough, split.value)
        return tuple(rivals), sure

    def _solve(self, graph: SignedGraph, box: Constraints, patience: float = math.inf) -> Split:
        left = math.inf if self._end is None else max(0.0, self._end - time.monotonic()) * _SHARE
        limit = 0.0 if self._clock.over else min(left, patience)
        return solve(
            graph,
            self.k,
            constraints=box,
            time_limit=None if limit == math.inf else limit,
            seed=self.seed,
        )
