"""The exact engine as referee: which split is best after a change, and whether a wished one is among the best."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from allegiance.errors import ContradictionError
from allegiance.maths.clock import Clock
from allegiance.maths.constraints import Constraints
from allegiance.maths.local_search import search
from allegiance.maths.solve import solve

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from allegiance.maths.changeable import Change, Changeable
    from allegiance.maths.graph import SignedGraph
    from allegiance.maths.solve import Split
    from allegiance.maths.wished import Wish

    Labels = NDArray[np.int32]

_SHARE = 0.3
"""Of the time left, what one question may take."""

_FIRST_SHARE, _LAST_SHARE = 0.3, 0.9
"""The same for the best splits, on which all bounds rest, and for a question on which nothing else waits."""

_FIRST_TRY, _FIRST_PROOF = 0.1, 0.1
"""Of all time, what may go into changes of few ties, and into one proof for them, before such are sought that are easy to prove."""

_SEARCHES = 2
"""Annealing runs before the engine is asked: a rival that they find saves a proof."""

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
        self.begin()

    @property
    def late(self) -> bool:
        """Whether what time is left is needed to end in good order."""
        if self._clock.over:
            return True
        if self._end is None or self._limit is None:
            return False
        return self._end - time.monotonic() < _RESERVE * self._limit

    @property
    def limited(self) -> bool:
        """Whether there is a time limit."""
        return self._limit is not None

    @property
    def hurried(self) -> bool:
        """Whether the time for a first try is over."""
        return self._end is not None and self._first_end < time.monotonic()

    def part(self, share: float) -> Clock:
        """Return a clock that runs for this share of the time left."""
        return Clock(None if self._end is None else self._left * share, whole=self._clock)

    @property
    def _left(self) -> float:
        return math.inf if self._end is None else max(0.0, self._end - time.monotonic())

    def begin(self) -> None:
        """Start the time for a first try."""
        self._first_end = time.monotonic() + _FIRST_TRY * (self._limit or 0.0)

    def best(self, box: Constraints) -> Split:
        """Return the best split of the network as it is under the constraints `box`."""
        return self._solve(self.ties.graph(), box, share=_FIRST_SHARE)

    def greatest(self, weights: NDArray[np.int64], box: Constraints, patience: float) -> tuple[Split, int]:
        """Return a split with a great score under `weights` (shape (m,)), and what no score exceeds, in `patience` seconds."""
        split = self._solve(self.ties.weighed(weights), box, patience)
        return split, int(np.maximum(weights, 0).sum()) - split.lower_bound

    def rival(self, step: NDArray[np.float64]) -> Labels:
        """Return the best split after changing each pair by about `step` tenths, shape (m,)."""
        weights = self.ties.w * _FINE + np.rint(step * _FINE).astype(np.int64)
        return self._solve(self.ties.weighed(weights), Constraints()).labels

    def contest(self, change: Change, labels: Labels, *, last: bool = False) -> Verdict:
        """Let the wished split `labels` compete with all others after the change; `last`: nothing else waits for time."""
        graph, scale = self.ties.changed(change)
        mine = graph.frustration(labels)
        if near := self._searched(graph, labels, mine):
            return Verdict(None, Fraction(0), Fraction(0), near)
        patience = math.inf if last or self._limit is None else _FIRST_PROOF * self._limit
        split = self._solve(graph, Constraints(), patience, _LAST_SHARE if last else _SHARE)
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

    def _searched(self, graph: SignedGraph, labels: Labels, mine: int) -> tuple[Labels, ...]:
        """Return splits that aren't wished and violate less than `mine`, as far as a quick search finds them."""
        rivals: dict[bytes, Labels] = {}
        for start in (labels, np.zeros_like(labels)):
            found = search(graph, self.k, seed=self.seed, start=start, clock=self._clock, rounds=_SEARCHES)
            if graph.frustration(found) < mine and not self.wish.granted(found):
                rivals[found.tobytes()] = found
        return tuple(rivals.values())

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

    def _solve(
        self, graph: SignedGraph, box: Constraints, patience: float = math.inf, share: float = _SHARE
    ) -> Split:
        limit = 0.0 if self._clock.over else min(self._left * share, patience)
        return solve(
            graph,
            self.k,
            constraints=box,
            time_limit=None if limit == math.inf else limit,
            seed=self.seed,
        )
