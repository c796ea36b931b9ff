"""For each pair of actors the best split in which the pair stands the other way, with a certified bound.

Tie by tie the same linear program is solved again with that tie decided the other way, so that all obstructions found for
one tie serve the next. What a split found on the way violates bounds every tie that it turns from above; what multipliers
prove bounds every tie from below. Only ties whose two bounds still differ are solved. What the differences mean for the
weights of ties is for `analysis.sensitivity` to say.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from allegiance.maths.clock import Clock
from allegiance.maths.constraints import Classes
from allegiance.maths.dual import Row
from allegiance.maths.master import Master
from allegiance.maths.problem import Problem, quotient
from allegiance.maths.separation import Separator
from allegiance.maths.solve import NO_CONSTRAINTS, TWO, allowed, canonical
from allegiance.maths.tree import decided

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from allegiance.maths.dual import Dual
    from allegiance.maths.graph import SignedGraph
    from allegiance.maths.solve import Split

    Box = tuple[int, NDArray[np.int8], NDArray[np.int8]]

NEVER = 2**62
"""Stands for a price that no split has: with one coalition nobody can stand the other way."""

_MOST_TIES = 30_000
"""Beyond it one program takes seconds; what moves of single actors show has to do."""

_FRACTIONAL = 1e-4
_ROUNDS_WITHOUT_GAIN = 8
_MANY_ROWS, _MOST_ROWS = 600, 2000
"""Obstructions of one tie seldom serve one far away, and make every solution slower: beyond the first number those of no
use are dropped before the next tie, beyond the second at once.
"""


@dataclass(frozen=True, slots=True, eq=False)
class Flips:
    """What it costs to have a pair stand the other way.

    Attributes:
        a: int32, shape (pairs,), the smaller actor of each pair: all ties of the graph, then those asked for besides.
        b: int32, shape (pairs,), the larger.
        labels: int32, shape (n,), the split that all is compared with; canonical.
        value: what it violates.
        lower_bound: certified: no split violates less.
        cost: int64, shape (pairs,), the least violated weight found with the pair the other way, NEVER if there is no such split.
        bound: int64, shape (pairs,), certified: no such split violates less.
        splits: int32, shape (splits, n), the splits found; canonical.
        which: int64, shape (pairs,), the row of `splits` that costs `cost`, -1 where there is none.
        interrupted: whether the user stopped the search; all bounds hold all the same.
    """

    a: NDArray[np.int32]
    b: NDArray[np.int32]
    labels: NDArray[np.int32]
    value: int
    lower_bound: int
    cost: NDArray[np.int64]
    bound: NDArray[np.int64]
    splits: NDArray[np.int32]
    which: NDArray[np.int64]
    interrupted: bool = False

    @property
    def together(self) -> NDArray[np.bool_]:
        """Return shape (pairs,): who is together in the split that all is compared with."""
        together: NDArray[np.bool_] = self.labels[self.a] == self.labels[self.b]
        return together


def flips(
    graph: SignedGraph,
    k: int | None,
    best: Split,
    *,
    pairs: NDArray[np.integer] | None = None,
    clock: Clock | None = None,
    seed: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> Flips:
    """Return for each tie of `graph`, and each of `pairs`, the best split with its two ends the other way.

    Args:
        graph: the signed network.
        k: None for as many coalitions as fit, otherwise at most so many.
        best: what `solve` answered for it without constraints. Where it wasn't proved and a better split turns up, that
            one is compared with instead.
        pairs: shape (more, 2), two different actors each; pairs that have a tie already count once.
        clock: when to stop; the pairs that are cheapest to turn are settled first.
        seed: of all chance.
        progress: told (pairs settled, all pairs).

    References:
        M. Grötschel, Y. Wakabayashi, A cutting plane algorithm for a clustering problem, 1989,
        doi:10.1007/BF01589097. T. Gal, Postoptimal analyses, parametric programming, and related topics, 2nd ed. 1995,
        doi:10.1515/9783110871203: the optimum as a function of one weight is piecewise linear and concave.
    """
    clock = clock or Clock()
    problem = _with_pairs(
        quotient(graph, Classes.under(NO_CONSTRAINTS, graph.n, k), allowed(k, graph.n))[0], pairs
    )
    search = _Search(problem, best, clock, seed)
    if problem.k != 1 and problem.m:
        with clock.listening():
            search.run(progress or (lambda _done, _all: None))
    # Ties of the graph come first and in its order, so that the caller finds them.
    key = problem.a.astype(np.int64) * graph.n + problem.b
    own = np.isin(key, graph.a.astype(np.int64) * graph.n + graph.b)
    order = np.concatenate([np.flatnonzero(own), np.flatnonzero(~own)])
    return Flips(
        a=problem.a[order],
        b=problem.b[order],
        labels=search.labels,
        value=search.value,
        lower_bound=search.lower_bound,
        cost=search.cost[order],
        bound=np.minimum(search.bound, search.cost)[order],
        splits=np.array(search.splits, dtype=np.int32).reshape(-1, graph.n),
        which=search.which[order],
        interrupted=clock.interrupted,
    )


def _with_pairs(problem: Problem, pairs: NDArray[np.integer] | None) -> Problem:
    """Return the problem with free ties between `pairs` that have none."""
    if pairs is None or not len(pairs):
        return problem
    n = problem.n
    low, high = pairs.min(axis=1).astype(np.int64), pairs.max(axis=1).astype(np.int64)
    old = problem.a.astype(np.int64) * n + problem.b
    new = np.setdiff1d(low * n + high, old)
    keys = np.concatenate([old, new])
    order = np.argsort(keys, kind="stable")
    free = np.zeros(len(new), dtype=np.int64)
    return replace(
        problem,
        a=(keys[order] // n).astype(np.int32),
        b=(keys[order] % n).astype(np.int32),
        positive=np.concatenate([problem.positive, free == 0])[order],
        price=np.concatenate([problem.price, free])[order],
        forced=np.concatenate([problem.forced, free != 0])[order],
    )


class _Search:
    """The state of the search: the splits found, and for each pair what is known of its other side."""

    def __init__(self, problem: Problem, best: Split, clock: Clock, seed: int) -> None:
        self.problem, self.clock, self.seed = problem, clock, seed
        self.unit = math.gcd(*(int(p) for p in np.unique(problem.price))) or 1
        self.labels, self.value, self.lower_bound = best.labels, best.value, best.lower_bound
        self.stands = problem.violated(self.labels)
        self.cost = np.full(problem.m, NEVER, dtype=np.int64)
        # Where no split has the pair the other way, nothing remains to be proved.
        self.bound = np.full(problem.m, NEVER if problem.k == 1 else best.lower_bound, dtype=np.int64)
        self.which = np.full(problem.m, -1, dtype=np.int64)
        self.splits: list[NDArray[np.int32]] = []

    def run(self, progress: Callable[[int, int], None]) -> None:
        """Bound all pairs by moves of single actors, then settle them one by one, the cheapest first."""
        for tie in range(self.problem.m):
            if self.clock.over:
                break
            for labels in self._moves(tie):
                self._offer(labels)
        if self.problem.m > _MOST_TIES:
            return
        self.master = Master(self.problem.price // self.unit)
        self.separator = Separator(self.problem, self.seed)
        given_up = np.zeros(self.problem.m, dtype=bool)
        while not self.clock.over:
            open_ = np.flatnonzero((self.bound < self.cost) & ~given_up)
            progress(self.problem.m - len(open_), self.problem.m)
            if not len(open_):
                break
            tie = int(open_[self.cost[open_].argmin()])
            # Where a better split came up that has the tie the other way, the question is a new one.
            given_up[tie] = self._settle(tie)

    # -- from above: splits -------------------------------------------------------------------------

    def _moves(self, tie: int) -> list[NDArray[np.int32]]:
        """Return the splits that differ by one end of the tie: it joins the other end, or leaves it."""
        problem, labels = self.problem, self.labels
        a, b = int(problem.a[tie]), int(problem.b[tie])
        found = []
        for end, other in ((a, b), (b, a)):
            moved = labels.copy()
            if labels[a] != labels[b]:
                moved[end] = labels[other]
            else:
                moved[end] = self._elsewhere(end)
            found.append(moved)
        return found

    def _elsewhere(self, actor: int) -> int:
        """Return the other label that holds most for `actor`."""
        problem, labels = self.problem, self.labels
        groups = int(labels.max()) + 1
        places = groups + 1 if problem.k == 0 else max(problem.k, 2)
        pull = np.zeros(places, dtype=np.int64)
        weight = np.where(problem.positive, problem.price, -problem.price)
        for here, there in ((problem.a, problem.b), (problem.b, problem.a)):
            mine = here == actor
            np.add.at(pull, labels[there[mine]], weight[mine])
        pull[labels[actor]] = np.iinfo(np.int64).min
        return int(pull.argmax())

    def _offer(self, labels: NDArray[np.int32]) -> None:
        """Let a split lower the cost of all pairs that it turns."""
        violated = self.problem.violated(labels)
        cost = int(self.problem.price[violated].sum())
        if cost < self.value:
            self._compare_with(labels, cost)
            return
        better = (violated != self.stands) & (cost < self.cost)
        if better.any():
            self.cost[better], self.which[better] = cost, len(self.splits)
            self.splits.append(canonical(labels))

    def _compare_with(self, labels: NDArray[np.int32], cost: int) -> None:
        """Take a better split as the one to compare with; only one that wasn't proved can be beaten."""
        known = [*self.splits, self.labels]
        before, self.stands = self.stands, self.problem.violated(labels)
        self.labels, self.value, self.splits = canonical(labels), cost, []
        self.bound[before != self.stands] = self.lower_bound
        self.cost[:], self.which[:] = NEVER, -1
        for one in known:
            self._offer(one)

    # -- from below: multipliers -------------------------------------------------------------------

    def _learn(self, dual: Dual, lower: NDArray[np.int8], upper: NDArray[np.int8]) -> None:
        """Raise the bounds of all pairs by what multipliers found for one of them prove."""
        inside = dual.numerator - dual.reduced[np.where(dual.reduced < 0, upper, lower).astype(bool)].sum()
        free = inside + np.minimum(dual.reduced, 0).sum()
        gain = np.maximum(np.where(self.stands, -dual.reduced, dual.reduced), 0)
        bound = -(-(free + gain) // dual.scale) * self.unit
        self.bound = np.maximum(self.bound, bound.astype(np.int64))

    def _settle(self, tie: int) -> bool:
        """Search the splits with one pair the other way until none can be cheaper than the best one found.

        Returns False if the split that all is compared with gave way to one that has the pair itself the other way.
        """
        problem, stands = self.problem, bool(self.stands[tie])
        # A pair that is violated now is to hold as it is wished; one that holds is to be violated.
        turned = replace(
            problem,
            positive=np.where(np.arange(problem.m) == tie, problem.positive ^ (not stands), problem.positive),
            forced=np.arange(problem.m) == tie,
        )
        rounding = Separator(turned, self.seed)
        lower, upper = np.zeros(problem.m, dtype=np.int8), np.ones(problem.m, dtype=np.int8)
        lower[tie] = upper[tie] = not stands
        if len(self.master.rows) > _MANY_ROWS:
            self.master.drop_slack()
        self.master.add(self._triangles(tie, violated=bool(lower[tie])))
        stack: list[Box] = [(int(self.bound[tie]) // self.unit, lower, upper)]
        unsettled = NEVER
        for labels in self._moves(tie):
            self._offer(rounding.settled(labels))
        while stack and self.stands[tie] == stands:
            floor, lower, upper = stack.pop()
            if floor * self.unit >= self.cost[tie]:
                continue
            if self.clock.over:
                unsettled = min(unsettled, floor)
                continue
            dual = self._cut(tie, rounding, lower, upper)
            if dual.infeasible or dual.bound * self.unit >= self.cost[tie]:
                continue
            floor = max(floor, dual.bound)
            children = [] if self.clock.over else self._halves(dual, self._target(tie), lower, upper)
            if not children:
                unsettled = min(unsettled, floor)
            stack += [(floor, *child) for child in children]
        if self.stands[tie] != stands:
            return False
        self.bound[tie] = max(int(self.bound[tie]), min(int(self.cost[tie]), unsettled * self.unit))
        return True

    def _cut(self, tie: int, rounding: Separator, lower: NDArray[np.int8], upper: NDArray[np.int8]) -> Dual:
        """Add violated rows while that helps; return what the last multipliers prove of the box."""
        turned = lower.astype(bool)
        idle, reached = 0, -1.0
        while True:
            self.master.solve(lower, upper, self.clock)
            y = self.master.y
            # Exact multipliers take as long as the program itself, so the price tells when they are due.
            height = float(self.master.price @ y)
            missing = self._target(tie) - height
            if self.master.infeasible or missing < 1 or self.clock.over:
                dual = self._learnt(lower, upper)
                if dual.infeasible or dual.bound >= self._target(tie) or self.clock.over:
                    return dual
            gained = height > reached + 0.01 * missing
            idle, reached = (0 if gained else idle + 1), height
            if idle > _ROUNDS_WITHOUT_GAIN and np.minimum(y, 1.0 - y).max(initial=0.0) > _FRACTIONAL:
                return self._learnt(lower, upper)
            proved = None
            if gained and len(self.master.rows) > _MOST_ROWS:
                # The multipliers are those of the rows as they are now.
                proved = self._learnt(lower, upper)
                self.master.drop_slack()
            if not self.master.add(self._rows(tie, y, turned)):
                # Rounding takes long, too, so only the last answer is rounded; there the tie stands as decided.
                own = y.copy()
                own[tie] = 0.0
                self._offer(rounding.near(own, self.labels))
                return proved or self._learnt(lower, upper)

    def _triangles(self, tie: int, *, violated: bool) -> Iterator[Row]:
        """Yield the triangles that can't be satisfied with the tie as it is decided: most of what there is to find."""
        problem = self.problem
        (a_side, a_ties), (b_side, b_ties) = self._near(int(problem.a[tie])), self._near(int(problem.b[tie]))
        _, at_a, at_b = np.intersect1d(a_side, b_side, assume_unique=True, return_indices=True)
        one, two = a_ties[at_a], b_ties[at_b]
        if problem.positive[tie] != violated:
            bad = problem.positive[one] != problem.positive[two]
        else:
            bad = problem.positive[one] & problem.positive[two]
            bad |= (problem.k == TWO) & ~problem.positive[one] & ~problem.positive[two]
        for first, second in zip(one[bad].tolist(), two[bad].tolist(), strict=True):
            ties = np.array(sorted((tie, first, second)), dtype=np.int32)
            yield Row(ties, (ties == tie) & violated)

    def _near(self, actor: int) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """Return the actors with a tie to `actor`, and these ties."""
        ties = np.flatnonzero((self.problem.a == actor) | (self.problem.b == actor))
        return self.problem.a[ties] + self.problem.b[ties] - np.int32(actor), ties

    def _rows(self, tie: int, y: NDArray[np.float64], turned: NDArray[np.bool_]) -> list[Row]:
        """Return obstructions that `y` violates, and such as share nothing with them but the decided tie.

        Nearly all of them go through that tie, and of these the separator tells one at a time.
        """
        found: list[Row] = []
        left = y.copy()
        while rows := self.separator.rows(left, turned, self.labels):
            found += rows
            used = np.unique(np.concatenate([row.ties for row in rows]))
            used = used[used != tie]
            left[used] = ~turned[used]
            if not len(used):
                break
        return found

    def _target(self, tie: int) -> int:
        """Return the price, in units, that a split with the tie the other way must stay below to be of use."""
        return int(self.cost[tie]) // self.unit

    def _learnt(self, lower: NDArray[np.int8], upper: NDArray[np.int8]) -> Dual:
        """Return what the multipliers prove of the box, and raise the bounds of all pairs by it."""
        dual = self.master.dual(lower, upper)
        if not dual.infeasible:
            self._learn(dual, lower, upper)
        return dual

    def _halves(
        self, dual: Dual, target: int, lower: NDArray[np.int8], upper: NDArray[np.int8]
    ) -> list[tuple[NDArray[np.int8], NDArray[np.int8]]]:
        """Branch on the tie in most doubt by price; nothing where there is none."""
        y = self.master.y
        doubt = np.where(lower < upper, np.minimum(y, 1.0 - y), 0.0)
        if doubt.max(initial=0.0) < _FRACTIONAL:
            return []
        at = int((doubt * (self.master.price + 1e-9)).argmax())
        lower, upper = decided(dual, target, lower, upper)
        low, high = upper.copy(), lower.copy()
        low[at], high[at] = 0, 1
        children = []
        if upper[at]:
            children.append((high, upper))
        if not lower[at]:
            children.append((lower, low))
        return children if y[at] < 0.5 else children[::-1]  # noqa: PLR2004 - rounding
