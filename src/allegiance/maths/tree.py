"""Cutting planes and branching for one problem, and the tree of exact bounds that proves the answer."""

from __future__ import annotations

import heapq
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from allegiance.maths.dual import Dual, integer_dual
from allegiance.maths.master import Master
from allegiance.maths.separation import Separator

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from allegiance.maths.clock import Clock
    from allegiance.maths.problem import Problem

    Box = tuple[int, "Node", NDArray[np.int8], NDArray[np.int8]]

_ROUNDS_WITHOUT_GAIN = 8
# A quick search comes first; only where cutting planes alone leave a gap does a long one pay.
_FIRST_ROUNDS = 2
_LATER_ROUNDS = 8
_FRACTIONAL = 1e-4
# Below that, rows that the answer exceeds cost nothing.
_MANY_ROWS = 2000
# With more ties than this a packing is faster than cutting planes, and often closes the gap by itself.
_FEW_TIES = 3000
# Programs with more columns take hours.
_MOST_TIES = 300_000


@dataclass(slots=True, eq=False)
class Node:
    """A box of the branching tree.

    Attributes:
        dual: the exact bound of the box, or None while it is not computed; the parent's bound holds then.
        tie: the tie branched on, or -1 for a leaf.
        kept: the child in which that tie holds.
        broken: the child in which it is violated.
    """

    dual: Dual | None = None
    tie: int = -1
    kept: Node | None = None
    broken: Node | None = None


@dataclass(slots=True, eq=False)
class Outcome:
    """What is known about one problem.

    Attributes:
        labels: int32, shape (n,), the best split found.
        value: its price.
        bound: a certified lower bound.
        root: the tree that proves the bound.
        target: the value below which the tree shows that there is no split.
        unit: the greatest common divisor of the prices; value, bound and target are multiples of it,
            while the tree counts in it.
    """

    labels: NDArray[np.int32]
    value: int
    bound: int = 0
    root: Node = field(default_factory=Node)
    unit: int = 1
    nodes: int = 0


def solve_problem(
    problem: Problem,
    start: NDArray[np.int32],
    *,
    clock: Clock,
    seed: int,
    progress: Callable[[int, int], None],
) -> Outcome:
    """Return the best split of `problem` with a certified bound.

    Args:
        problem: one biconnected problem.
        start: int32, shape (n,), a split that keeps all forced ties.
        clock: when to stop.
        seed: of all chance.
        progress: told (value, bound) whenever one of them gets better.
    """
    unit = math.gcd(*(int(p) for p in np.unique(problem.price))) or 1
    cost = problem.cost(start)
    outcome = Outcome(start, 0 if cost is None else cost, unit=unit)
    if not clock.over and outcome.value:
        _Search(problem, outcome, clock, seed, progress).run()
    return outcome


class _Search:
    """The state of one branch and cut."""

    def __init__(
        self,
        problem: Problem,
        outcome: Outcome,
        clock: Clock,
        seed: int,
        progress: Callable[[int, int], None],
    ) -> None:
        self.problem, self.outcome, self.clock, self.progress = problem, outcome, clock, progress
        self.separator = Separator(problem, seed)
        self.master = Master(problem.price // outcome.unit)
        self.best = outcome.value // outcome.unit
        self.stuck = math.inf

    def run(self) -> None:
        """Close the root, or branch until all boxes are closed."""
        outcome, problem = self.outcome, self.problem
        self._offer(self._searched(_FIRST_ROUNDS))
        if self.best == 0:
            return
        lower = np.zeros(problem.m, dtype=np.int8)
        upper = np.where(problem.forced, 0, 1).astype(np.int8)
        if problem.m > _FEW_TIES and not self._pack(lower, upper):
            return
        # The heap holds (bound, number, box); ties go to the newest box, so that the search dives.
        heap: list[tuple[int, int, Box]] = [(0, 0, (0, outcome.root, lower, upper))]
        number = 0
        while heap:
            bound, node, lower, upper = heapq.heappop(heap)[2]
            if bound >= self.best:
                break
            outcome.nodes += 1
            children = self._process(node, bound, lower, upper)
            if children is None:
                self.stuck = min(self.stuck, bound if node.dual is None else max(bound, node.dual.bound))
                self._tell(heap)
                if self.clock.over:
                    break
                continue
            for child in children:
                number -= 1
                heapq.heappush(heap, (child[0], number, child))
            self._tell(heap)
            if self.clock.over:
                break
        self._tell(heap)

    def _tell(self, heap: list[tuple[int, int, Box]]) -> None:
        """Keep the bound of the tree: the least of its open boxes."""
        bound = int(min(self.best, self.stuck, heap[0][0] if heap else self.best)) * self.outcome.unit
        if bound > self.outcome.bound:
            self.outcome.bound = bound
            self.progress(self.outcome.value, bound)

    def _pack(self, lower: NDArray[np.int8], upper: NDArray[np.int8]) -> bool:
        """Bound a large problem by a packing of bad cycles; return whether cutting planes should go on."""
        root = self.outcome.root
        rows, multipliers, scale = self.separator.packed(
            self.outcome.labels,
            self.clock,
            lambda bound: self._tell_root(bound // self.outcome.unit),
        )
        scale *= self.outcome.unit
        root.dual = integer_dual(rows, multipliers, scale, self.master.price, lower, upper)
        self.outcome.bound = min(root.dual.bound, self.best) * self.outcome.unit
        self.progress(self.outcome.value, self.outcome.bound)
        if root.dual.bound >= self.best or self.problem.m > _MOST_TIES or self.clock.over:
            return False
        self.master.add(rows)
        return True

    def _searched(self, rounds: int) -> NDArray[np.int32]:
        return self.separator.search(self.outcome.labels, rounds, self.clock)

    def _offer(self, labels: NDArray[np.int32]) -> None:
        """Take `labels` if they are better than the best split known."""
        cost = self.problem.cost(labels)
        if cost is not None and cost < self.outcome.value:
            self.outcome.labels, self.outcome.value = labels, cost
            self.best = cost // self.outcome.unit
            self.progress(cost, self.outcome.bound)

    def _process(
        self, node: Node, floor: int, lower: NDArray[np.int8], upper: NDArray[np.int8]
    ) -> list[Box] | None:
        """Cut the box until it is closed or branching pays more; return the children, None if stopped."""
        if not self._cut(node, lower, upper):
            closed = node.dual is not None and (node.dual.infeasible or node.dual.bound >= self.best)
            return [] if closed else None
        tie = self._branching_tie(lower, upper)
        if tie < 0 or node.dual is None:
            return None
        if node is self.outcome.root:
            self._offer(self._searched(_LATER_ROUNDS))
        return self._children(node, max(floor, node.dual.bound), tie, lower, upper)

    def _cut(self, node: Node, lower: NDArray[np.int8], upper: NDArray[np.int8]) -> bool:
        """Add violated rows while that helps; return whether the box is left open with time to branch."""
        master, separator = self.master, self.separator
        turned = lower.astype(bool)
        idle, reached = 0, -1.0
        while True:
            master.solve(lower, upper, self.clock)
            dual = master.dual(lower, upper)
            if master.infeasible:
                node.dual = dual
                return False
            if node.dual is None or dual.height > node.dual.height:
                node.dual = dual
            if node is self.outcome.root:
                self._tell_root(node.dual.bound)
            self._offer(separator.near(master.y, self.outcome.labels))
            if node.dual.bound >= self.best or self.clock.over:
                return False
            gained = node.dual.height > reached + 0.01 * (self.best - node.dual.height)
            idle, reached = (0 if gained else idle + 1), node.dual.height
            if idle > _ROUNDS_WITHOUT_GAIN and self._branching_tie(lower, upper) >= 0:
                return True
            if gained and len(master.rows) > _MANY_ROWS:
                master.drop_slack()
            if not master.add(separator.rows(master.y, turned, self.outcome.labels)):
                return True

    def _tell_root(self, bound: int) -> None:
        if self.outcome.bound < bound * self.outcome.unit < self.outcome.value:
            self.outcome.bound = bound * self.outcome.unit
            self.progress(self.outcome.value, self.outcome.bound)

    def _branching_tie(self, lower: NDArray[np.int8], upper: NDArray[np.int8]) -> int:
        """Return the undecided tie whose decision costs most in both children, or -1."""
        y = self.master.y
        doubt = np.where(lower < upper, np.minimum(y, 1.0 - y), 0.0)
        if doubt.max(initial=0.0) < _FRACTIONAL:
            return -1
        return int((doubt * (self.master.price + 1e-9)).argmax())

    def _children(
        self, node: Node, bound: int, tie: int, lower: NDArray[np.int8], upper: NDArray[np.int8]
    ) -> list[Box]:
        """Branch on `tie`; ties whose other value would close the box are decided in both children."""
        dual = node.dual
        if dual is not None:
            lower, upper = decided(dual, self.best, lower, upper)
        node.tie, node.kept, node.broken = tie, Node(), Node()
        low, high = upper.copy(), lower.copy()
        low[tie], high[tie] = 0, 1
        children = []
        if upper[tie]:
            children.append((bound, node.broken, high, upper))
        if not lower[tie]:
            children.append((bound, node.kept, lower, low))
        # The last child is the newest, so it is tried first: the one that the solver leans to.
        return children if self.master.y[tie] < 0.5 else children[::-1]  # noqa: PLR2004 - rounding


def decided(
    dual: Dual, target: int, lower: NDArray[np.int8], upper: NDArray[np.int8]
) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
    """Return the box (0 or 1, shape (m,)) without values that would lift the bound to `target`."""
    free = lower < upper
    missing = (target - 1) * dual.scale - dual.numerator
    closed = free & (np.abs(dual.reduced) > missing).astype(bool)
    up = closed & (dual.reduced < 0).astype(bool)
    down = closed & ~up
    return np.where(up, 1, lower).astype(np.int8), np.where(down, 0, upper).astype(np.int8)
