"""Which arcs to close, within a budget, so that the least still flows: proved, in integers.

The question is Wood's (1993, "Deterministic network interdiction", doi:10.1016/0895-7177(93)90236-R). By duality of flow and
cut his mixed-integer program reads: choose a cut, pay each arc of it either its capacity or, out of the budget, the cost of
its closure. With a price p on budget the relaxation is one minimum cut with capacities min(capacity, p cost), minus p budget.
The best price gives the bound of the program's linear relaxation, here as an exact fraction; branching on single closures
closes what gap is left. Every cut met on the way offers a set of closures, whose true value is one more maximum flow.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from allegiance.errors import DataError
from allegiance.maths.clock import Clock
from allegiance.maths.flow import LARGEST_CAPACITY, maximum_flow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from allegiance.maths.flow import Routes

_FINEST = 2**20


@dataclass(frozen=True, slots=True)
class Problem:
    """What may be closed, and what of it.

    Attributes:
        net: the graph.
        capacity: int64, shape (m,), at least 0.
        cost: int64, shape (m,), of the closure of each arc, at least 1; 0 for arcs that can't be closed.
        source: where the flow begins; `sink` where it ends.
        sink: see `source`.
        budget: what the closures may cost together, at least 0.
    """

    net: Routes
    capacity: NDArray[np.int64]
    cost: NDArray[np.int64]
    source: int
    sink: int
    budget: int

    def __post_init__(self) -> None:
        """Refuse negative costs and budgets."""
        if self.budget < 0 or (self.cost < 0).any():
            raise DataError("Costs of closures and the budget are at least 0.")

    def left(self, closed: Sequence[int]) -> int:
        """Return how much flows once these arcs are closed."""
        capacity = self.capacity.copy()
        capacity[list(closed)] = 0
        return maximum_flow(self.net, capacity, self.source, self.sink).value

    def needed(self, closed: Sequence[int], value: int) -> tuple[int, ...]:
        """Return those of the closures without which more than `value` would flow, the dearest dropped first."""
        kept = set(closed)
        for arc in sorted(closed, key=lambda arc: (-self.cost[arc], arc)):
            if self.left([*(kept - {arc})]) <= value:
                kept.discard(arc)
        return tuple(sorted(kept))


class Closures(NamedTuple):
    """The best closures found.

    Attributes:
        closed: arcs, ascending; none of them could be left open without more flowing.
        value: how much flows then.
        lower_bound: no closures within the budget leave less; equal to `value` where that is proved.
        steps: how many parts of the search tree were looked at.
    """

    closed: tuple[int, ...]
    value: int
    lower_bound: int
    steps: int

    @property
    def proved(self) -> bool:
        """Whether nothing within the budget leaves less."""
        return self.lower_bound >= self.value


class _Part(NamedTuple):
    """All sets of closures that hold `closed` and nothing of `kept`."""

    closed: tuple[int, ...]
    kept: tuple[int, ...]
    price: int


class _Bound(NamedTuple):
    """What a part can't go below, and the arc on which to split it; -1 where nothing is left to split."""

    least: int
    price: int
    arc: int


def interdict(
    problem: Problem,
    *,
    closed: Sequence[int] = (),
    kept: Sequence[int] = (),
    enough: int | None = None,
    clock: Clock | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Closures:
    """Return closures within the budget that leave the least flow.

    Args:
        problem: the question.
        closed: arcs that are closed in any case, and paid.
        kept: arcs that stay open.
        enough: look only for sets that leave at most so much; what is found is returned at once, and where nothing is
            found the value is one more and proved.
        clock: when to stop with the best set and a bound.
        progress: called with (value, lower bound) whenever either gets better.
    """
    return _Search(problem, enough, clock or Clock(), progress).run(tuple(closed), tuple(kept))


def greedy(problem: Problem, clock: Clock | None = None) -> Closures:
    """Return what closing one arc after the other gives, each time the one that lowers the flow most for its cost.

    Its bound says nothing (0); it is there for comparison.
    """
    clock = clock or Clock()
    capacity, budget = problem.capacity.copy(), problem.budget
    closed: list[int] = []
    now = maximum_flow(problem.net, capacity, problem.source, problem.sink)
    while now.value and not clock.over:
        best: tuple[float, int] | None = None
        # Closing an arc stops at most what flows along it, so the rest is looked at only while it could stop more.
        flowing = np.flatnonzero((now.flow > 0) & (problem.cost > 0) & (problem.cost <= budget))
        most = now.flow[flowing] / problem.cost[flowing]
        for place in np.lexsort((flowing, -most)).tolist():
            arc = int(flowing[place])
            if best is not None and most[place] < -best[0]:
                break
            whole, capacity[arc] = capacity[arc], 0
            value = maximum_flow(problem.net, capacity, problem.source, problem.sink).value
            capacity[arc] = whole
            gain = (now.value - value) / int(problem.cost[arc])
            if gain > 0 and (best is None or (-gain, arc) < best):
                best = -gain, arc
        if best is None:
            break
        closed.append(best[1])
        budget -= int(problem.cost[best[1]])
        capacity[best[1]] = 0
        now = maximum_flow(problem.net, capacity, problem.source, problem.sink)
    return Closures(tuple(sorted(closed)), now.value, 0, len(closed))


def others(problem: Problem, found: Closures, clock: Clock | None = None) -> Iterator[tuple[int, ...]]:
    """Yield further sets of closures, within the budget, that leave as little as `found`, which is proved.

    Sets that hold another optimal set and more are left out. Ends early when the clock strikes.
    """
    clock = clock or Clock()
    seen = {found.closed}
    parts = list(_without(found.closed, (), ()))
    while parts and not clock.over:
        closed, kept = parts.pop()
        more = interdict(problem, closed=closed, kept=kept, enough=found.value, clock=clock)
        if more.value > found.value:
            continue
        if more.closed not in seen:
            seen.add(more.closed)
            yield more.closed
        parts += _without(more.closed, closed, kept)


def _without(
    found: Sequence[int], closed: tuple[int, ...], kept: tuple[int, ...]
) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Yield (closed, kept) of parts that hold all sets but those with all of `found` (Lawler 1972)."""
    free = [arc for arc in found if arc not in closed]
    for place, arc in enumerate(free):
        yield (*closed, *free[:place]), (*kept, arc)


class _Cut(NamedTuple):
    """What a minimum cut at a price tells: the bound `value` (times `fine`), and how much it overspends the budget."""

    price: int
    value: int
    over: int


class _Search:
    """Best first over parts of all sets of closures."""

    def __init__(
        self,
        problem: Problem,
        enough: int | None,
        clock: Clock,
        progress: Callable[[int, int], None] | None,
    ) -> None:
        self.problem, self.enough, self.clock, self.progress = problem, enough, clock, progress
        # Prices on budget are multiples of 1 / fine, and as fine as can still be added up.
        self.fine = max(1, min(_FINEST, LARGEST_CAPACITY // max(int(problem.capacity.sum()), 1)))
        self.best: tuple[int, ...] = ()
        self.value = problem.left(()) if enough is None else enough + 1
        self.bound = 0
        self.seen: set[tuple[int, ...]] = set()

    def run(self, closed: tuple[int, ...], kept: tuple[int, ...]) -> Closures:
        """Look through all sets that hold `closed` and nothing of `kept`."""
        order, steps = count(), 0
        if int(self.problem.cost[list(closed)].sum()) > self.problem.budget:
            return Closures((), self.value, self.value, 0)
        if closed:
            self._offer(closed)
        parts = [(0, next(order), _Part(closed, kept, self.fine))]
        while parts and parts[0][0] < self.value and not self.clock.over and not self._enough():
            least, _, part = heapq.heappop(parts)
            steps += 1
            found = self._bounded(part)
            least = max(least, found.least)
            if least < self.value:
                for child in _halves(part, found) if found.arc >= 0 else ():
                    heapq.heappush(parts, (least, next(order), child))
            self._tell(min(parts[0][0], self.value) if parts else self.value)
        if self._enough():
            self.bound = self.value
        return Closures(self.problem.needed(self.best, self.value), self.value, self.bound, steps)

    def _enough(self) -> bool:
        return self.enough is not None and self.value <= self.enough

    def _tell(self, bound: int) -> None:
        if self.progress is not None and bound > self.bound:
            self.progress(self.value, bound)
        self.bound = bound

    def _offer(self, closed: Sequence[int]) -> None:
        """See whether these closures leave less than the best so far."""
        key = tuple(sorted(closed))
        if key in self.seen:
            return
        self.seen.add(key)
        value = self.problem.left(key)
        if value < self.value:
            self.best, self.value = key, value
            if self.progress is not None:
                self.progress(value, self.bound)

    def _bounded(self, part: _Part) -> _Bound:
        """Search the best price for a part: its bound is concave in the price, and each cut tells on which side it lies."""
        problem, fine = self.problem, self.fine
        capacity, cost, budget = self._rest(part)
        # Above this price an arc is not closed.
        dearest = np.where(cost > 0, capacity // np.maximum(cost, 1), -1)
        low, high = None, None
        least, best, arc = 0, part.price, -1
        price: int | None = min(max(part.price, 1), int(dearest.max(initial=0)) + 1)
        while price is not None:
            payable = price <= dearest
            found = maximum_flow(
                problem.net, np.where(payable, price * cost, capacity), problem.source, problem.sink
            )
            cut = found.inside[problem.net.tail] & ~found.inside[problem.net.head]
            paid = np.flatnonzero(cut & payable)
            here = _Cut(price, found.value - price * budget, int(cost[paid].sum()) - budget)
            self._offer(_fitting(part.closed, np.flatnonzero(cut & (cost > 0)), capacity, cost, budget))
            if -(-here.value // fine) > least:
                least, best = -(-here.value // fine), price
            if here.over > 0:
                low = here
                arc = int(paid[np.argmax(capacity[paid] - price * cost[paid])])
            else:
                high = here
            solved = here.over == 0 or (price == 0 and here.over < 0)
            if solved or least >= self.value or self.clock.over:
                return _Bound(least, best, -1 if solved else arc)
            price = _between(low, high, least * fine)
        return _Bound(least, best, arc)

    def _rest(self, part: _Part) -> tuple[NDArray[np.int64], NDArray[np.int64], int]:
        """Return (capacity times `fine`, cost, budget) once the part's decisions are made; cost 0 where nothing is to decide."""
        problem = self.problem
        capacity, cost = problem.capacity * self.fine, problem.cost.copy()
        closed = list(part.closed)
        budget = problem.budget - int(cost[closed].sum())
        capacity[closed] = 0
        cost[closed] = cost[list(part.kept)] = 0
        cost[cost > budget] = 0
        return capacity, cost, min(budget, int(cost.sum()))


def _halves(part: _Part, found: _Bound) -> tuple[_Part, _Part]:
    return (
        _Part((*part.closed, found.arc), part.kept, found.price),
        _Part(part.closed, (*part.kept, found.arc), found.price),
    )


def _fitting(
    closed: Sequence[int],
    arcs: NDArray[np.int64],
    capacity: NDArray[np.int64],
    cost: NDArray[np.int64],
    budget: int,
) -> list[int]:
    """Return `closed` and those of `arcs` that fit into the budget, what stops most for its cost first."""
    chosen = list(closed)
    order = arcs[np.lexsort((arcs, -capacity[arcs] / cost[arcs]))]
    for arc, price in zip(order.tolist(), cost[order].tolist(), strict=True):
        if price <= budget:
            chosen.append(arc)
            budget -= price
    return chosen


def _between(low: _Cut | None, high: _Cut | None, known: int) -> int | None:
    """Return the price to try next, or None where no price can give more than `known`.

    `low` is the dearest price known to be too low, `high` the cheapest known to be too high. Each cut's bound is a line that
    lies nowhere below the curve, so the curve's top is below the point where the two lines meet.
    """
    if high is None:
        return 4 * low.price if low is not None else None
    if low is None:
        return high.price // 4 if high.price else None
    if high.price - low.price <= 1:
        return None
    meet = (high.value - low.value + low.over * low.price - high.over * high.price) // (low.over - high.over)
    if low.value + low.over * (meet + 1 - low.price) <= known:
        return None
    return min(max(meet, low.price + 1), high.price - 1)
