"""Certified lower bounds for networks of any size: packings of bad cycles.

A split violates at least one tie of every bad cycle. So if whole multipliers of cycles take from no tie more than its
weight (times a scale), their sum (divided by the scale) is violated by every split. Nothing here needs to be trusted
but `Packing.checked`; how good cycles are found is the business of `routes`, `pricing` and `ascent`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from allegiance.errors import DataError, UsageError
from allegiance.maths import local_search, multilevel
from allegiance.maths.annealing import PAIR, checked
from allegiance.maths.ascent import ascend, rounded
from allegiance.maths.clock import Clock
from allegiance.maths.graph import LARGEST_TOTAL
from allegiance.maths.pricing import Pricing
from allegiance.maths.routes import Routes

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray

    from allegiance.maths.graph import SignedGraph

FINEST = 2**20
"""Largest scale: parts of a unit of weight smaller than a millionth decide nothing."""

STAGES = ((2, 1_000), (3, 2_000), (4, 4_000), (5, 10_000), (7, 30_000), (10, 100_000))
"""Greedy passes: at most so many ties besides the violated one, and so many ties looked at for each."""

FLOORS = (0.48, 0.33, 0.249, 0.199, 0.15, 0.1, 0.05, 0.02, 0.01, 0.004, 0.001)
"""What a positive tie counts at least while cycles are searched: cycles of few ties first, then ever longer ones."""

EASY = 400_000
"""Networks of more ties than this have their cycles searched from violated ties only."""

LOW = 6
"""Position in `FLOORS` at which such a network begins, for the greedy passes have found all that is short."""

ROUNDS, STEPS = 80, 60
MOST_CYCLES = 3_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Packing:
    """Bad cycles with multipliers, and the bound that they prove.

    Attributes:
        bound: every split violates at least this weight.
        first: int64, shape (cycles + 1,), where each cycle begins in `ties`.
        ties: int32, positions of ties in the graph.
        multipliers: int64, shape (cycles,), at least 1.
        scale: what the multipliers are to be divided by.
    """

    bound: int
    first: NDArray[np.int64]
    ties: NDArray[np.int32]
    multipliers: NDArray[np.int64]
    scale: int

    def cycle(self, at: int) -> NDArray[np.int32]:
        """Return the ties of the cycle number `at`."""
        return self.ties[self.first[at] : self.first[at + 1]]

    def checked(self, graph: SignedGraph, k: int | None) -> int:
        """Return the bound that the cycles really prove, recomputed in whole numbers from nothing but `graph`.

        What is called a cycle is a set of different ties that meets every actor an even number of times, with exactly
        one negative tie, or an odd number for two coalitions: it contains a bad cycle in the narrow sense.

        Raises:
            DataError: a set that isn't bad, a multiplier below 1, a tie asked for more than its weight.
        """
        counts = np.diff(self.first)
        owner = np.repeat(np.arange(len(counts)), counts)
        if len(self.multipliers) != len(counts) or len(owner) != len(self.ties) or self.scale < 1:
            raise DataError("The packing's parts don't fit together; it is damaged.")
        if len(self.ties) and (self.ties.min() < 0 or self.ties.max() >= graph.m):
            raise DataError("The packing names a tie that the network doesn't have.")
        if len(np.unique(owner * graph.m + self.ties)) < len(owner):
            raise DataError("A cycle of the packing holds a tie twice.")
        ends = np.concatenate((graph.a[self.ties], graph.b[self.ties])).astype(np.int64)
        _, visits = np.unique(np.concatenate((owner, owner)) * graph.n + ends, return_counts=True)
        if (visits % 2).any():
            raise DataError("A cycle of the packing isn't closed.")
        against = np.bincount(owner[graph.w[self.ties] < 0], minlength=len(counts))
        if ((against % 2 == 0) if k == PAIR else (against != 1)).any():
            raise DataError("A cycle of the packing could be satisfied as a whole.")
        if len(counts) and self.multipliers.min() < 1:
            raise DataError("A multiplier of the packing is below 1.")
        load = np.zeros(graph.m, dtype=object)
        np.add.at(load, self.ties, np.repeat(self.multipliers.astype(object), counts))
        if (load > np.abs(graph.w).astype(object) * self.scale).any():
            raise DataError("The packing takes more from a tie than its weight.")
        return proved(graph, sum(self.multipliers.tolist()), self.scale)


def proved(graph: SignedGraph, total: int, scale: int) -> int:
    """Return the least value a split can have that is at least total / scale: a multiple of all weights' divisor."""
    divisor = int(np.gcd.reduce(graph.w)) if graph.m else 1
    return -(-total // (scale * divisor)) * divisor


def pack(
    graph: SignedGraph,
    k: int | None,
    *,
    seed: int,
    clock: Clock | None = None,
    progress: Callable[[int], None] | None = None,
    split: ArrayLike | None = None,
    rounds: int = ROUNDS,
) -> Packing:
    """Pack bad cycles to prove a lower bound, and stop when it meets the value of the best split known.

    First cycles are taken greedily, short ones first; then they share the ties in fractions, which rounds of cycle
    search and ascent improve. Rounds decide when it ends, so the same seed gives the same packing unless the clock
    strikes. With a given number k >= 3 the bound is that of as many as fit, which holds for fewer coalitions too.

    Args:
        graph: the network.
        k: number of coalitions allowed; None for as many as fit.
        seed: any integer.
        clock: when to stop with the best packing so far; None for no limit.
        progress: called with the bound whenever a better one is proved.
        split: a good split, shape (n,), to be guided by; searched for if not given.
        rounds: of cycle search and ascent.

    Raises:
        UsageError: k below 2, or a `split` of the wrong shape or with more than k values.
    """
    if k is not None and k < PAIR:
        raise UsageError(
            "A packing proves bounds for two or more coalitions; for one, add up the negative ties."
        )
    clock = clock or Clock()
    if split is None and k == PAIR:
        split = local_search.search(graph, k, seed=seed, clock=clock, rounds=4)
    elif split is None:
        split = multilevel.search(graph, None, seed=seed, clock=clock)
    packer = _Packer(graph, k, checked(graph, split, k if k == PAIR else None), clock, progress)
    packer.take_greedily()
    packer.share(rounds)
    return packer.best


class _Packer:
    """The state of one packing: the pool of cycles, their amounts, the ties' lengths, and the best bound."""

    def __init__(
        self,
        graph: SignedGraph,
        k: int | None,
        split: NDArray[np.int32],
        clock: Clock,
        progress: Callable[[int], None] | None,
    ) -> None:
        self.graph, self.clock, self.progress = graph, clock, progress
        self.value = graph.frustration(split)
        self.violated = graph.violated(split)
        self.pair = k == PAIR
        # With two coalitions, turning all signs by the split keeps every cycle's parity: exactly the violated ties
        # are negative then, and cycles with one of them are odd.
        self.negative = self.violated if self.pair else graph.w < 0
        total = max(1, int(np.abs(graph.w).sum()))
        self.scale = max(1, min(FINEST, (LARGEST_TOTAL - 1) // total))
        self.room = np.abs(graph.w) * self.scale
        self.unit = max(1.0, float(self.room.mean())) if graph.m else 1.0
        self.first, self.ties = np.zeros(1, dtype=np.int64), np.empty(0, dtype=np.int32)
        self.price = np.empty(0)
        self.length = self.violated.astype(np.float64)
        self.mark = np.random.default_rng(0).integers(0, 2**62, graph.m)
        self.marks = np.empty(0, dtype=np.int64)
        self.routes = Routes(graph, self.negative, self.violated)
        self.most = 0
        self.best = Packing(0, self.first, self.ties, np.empty(0, dtype=np.int64), self.scale)

    def done(self) -> bool:
        return self.best.bound >= self.value or self.clock.over

    def take_greedily(self) -> None:
        """Take short cycles as they come, each as much as it can, and keep them all in the pool."""
        left = self.room.copy()
        one = np.ones(self.graph.m)
        for hops, patience in STAGES:
            if self.done():
                return
            ties, counts = self.routes.cycles(
                one, left, limit=hops + 1.5, patience=patience, take=True, clock=self.clock
            )
            self.add(ties, counts)
            self.settle(np.zeros(len(self.price)))

    def share(self, rounds: int) -> None:
        """Let the cycles share the ties, and search for cycles that could still take more, in turn."""
        if not len(self.price):
            return
        every = Pricing(self.graph, self.negative, odd=False) if self.graph.m <= EASY else None
        floor, widened, guide = (LOW if every is None else 0), False, self.length
        self.price = self.whole(self.price) / self.unit
        for _ in range(rounds):
            if self.done():
                return
            mean, guide = ascend(
                self.first, self.ties, self.price, self.length, self.room / self.unit, STEPS, self.clock
            )
            if self.settle(mean) > self.settle(self.price):
                self.price, self.length = mean, guide.copy()
            length = np.where(self.negative, guide, np.maximum(guide, FLOORS[floor]))
            limit = 1 - min(0.02, 2 * FLOORS[floor])
            if every is not None:
                new = self.add(*every.cycles(length, limit=limit, clock=self.clock))
            else:
                open_ = np.ones(self.graph.m, dtype=np.int64)
                new = self.add(
                    *self.routes.cycles(
                        length, open_, limit=limit, patience=STAGES[2][1], take=False, clock=self.clock
                    )
                )
            if 10 * new <= len(self.price) and floor + 1 < len(FLOORS):
                floor += 1
            elif new == 0 and every is not None and self.pair and not widened:
                # All cycles with one violated tie are short enough; what is missing holds three or more.
                every, floor, widened = Pricing(self.graph, self.negative, odd=True), 0, True
            if len(self.price) > MOST_CYCLES:
                self.drop()

    def add(self, ties: NDArray[np.int32], counts: NDArray[np.int64]) -> int:
        """Put cycles into the pool that aren't there yet; return how many."""
        if not len(counts):
            return 0
        marks = np.add.reduceat(self.mark[ties], np.cumsum(counts) - counts)
        new = np.zeros(len(marks), dtype=bool)
        new[np.unique(marks, return_index=True)[1]] = True
        new &= ~np.isin(marks, self.marks)
        self.ties = np.concatenate((self.ties, ties[np.repeat(new, counts)]))
        self.first = np.concatenate((self.first, self.first[-1] + np.cumsum(counts[new])))
        self.marks = np.concatenate((self.marks, marks[new]))
        self.price = np.concatenate((self.price, np.zeros(int(new.sum()))))
        return int(new.sum())

    def drop(self) -> None:
        """Forget the cycles that nothing is taken of."""
        counts, keep = np.diff(self.first), self.price > 0
        self.ties, self.marks, self.price = (
            self.ties[np.repeat(keep, counts)],
            self.marks[keep],
            self.price[keep],
        )
        self.first = np.concatenate(([0], np.cumsum(counts[keep])))

    def whole(self, price: NDArray[np.float64]) -> NDArray[np.int64]:
        """Return whole multipliers near `price` (shape (cycles,), in units) that the ties can bear."""
        return np.asarray(rounded(self.first, self.ties, price * self.unit, self.room.copy()))

    def settle(self, price: NDArray[np.float64]) -> int:
        """Make whole multipliers of `price`, keep them if they prove more than before, and return their sum."""
        multipliers = self.whole(price)
        total = int(multipliers.sum())
        if total > self.most:
            self.most = total
            counts, used = np.diff(self.first), multipliers > 0
            bound = proved(self.graph, total, self.scale)
            better = bound > self.best.bound
            first = np.concatenate(([0], np.cumsum(counts[used])))
            self.best = Packing(
                bound, first, self.ties[np.repeat(used, counts)], multipliers[used], self.scale
            )
            if better and self.progress is not None:
                self.progress(bound)
        return total
