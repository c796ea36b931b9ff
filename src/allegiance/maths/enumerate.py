"""All optimal splits, and all within a tolerance of the optimum; what they have in common lives in `firmness`.

What counts as one split: with as many coalitions as fit, each coalition hangs together by its positive ties (others
could be taken apart at no cost, in countless ways). Actors without ties, and with two coalitions whole parts of the
network without ties between them, could be placed freely; only one way to do so is listed.
"""

from __future__ import annotations

import heapq
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from allegiance.errors import UsageError
from allegiance.maths.blocks import blocks
from allegiance.maths.clock import Clock
from allegiance.maths.colouring import colourings
from allegiance.maths.constraints import Classes
from allegiance.maths.master import Master
from allegiance.maths.problem import quotient
from allegiance.maths.separation import Separator, components, sides
from allegiance.maths.solve import NO_CONSTRAINTS, TWO, canonical
from allegiance.maths.tree import decided

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from allegiance.maths.constraints import Constraints
    from allegiance.maths.dual import Dual
    from allegiance.maths.graph import SignedGraph
    from allegiance.maths.problem import Problem
    from allegiance.maths.solve import Split

    Option = tuple[int, NDArray[np.int64]]
    _Box = tuple[NDArray[np.int8], NDArray[np.int8]]

_INTEGRAL = 1e-4


@dataclass(frozen=True, slots=True, eq=False)
class Alternatives:
    """The splits that violate at most so much.

    Attributes:
        labels: int32, shape (splits, n), each row canonical; sorted by value.
        values: the weight that each violates.
        ceiling: all splits were sought that violate at most this.
        complete: whether these are all; if not, there may be more.
        parts: int32, shape (n,), each actor's connected part of the network.
    """

    labels: NDArray[np.int32]
    values: tuple[int, ...]
    ceiling: int
    complete: bool
    parts: NDArray[np.int32]


def alternatives(
    graph: SignedGraph,
    k: int | None,
    best: Split,
    *,
    tolerance: int = 0,
    most: int = 1000,
    constraints: Constraints = NO_CONSTRAINTS,
    time_limit: float | None = None,
    seed: int = 0,
) -> Alternatives:
    """Return all splits of `graph` that violate at most `tolerance` more than `best`.

    Args:
        graph: the signed network.
        k: None for as many coalitions as fit, otherwise at most so many.
        best: what `solve` answered for the same graph, k and constraints.
        tolerance: in the unit of the weights.
        most: how many splits to list at most.
        constraints: what every split must keep.
        time_limit: seconds after which the search is cut; None for no limit.
        seed: of all chance.

    Raises:
        UsageError: a negative tolerance, or `most` below 1.

    References:
        N. Arinik, R. Figueiredo, V. Labatut, Multiplicity and diversity: analysing the optimal solution space of the
        correlation clustering problem on complete signed graphs, 2020, doi:10.1093/comnet/cnaa025.
    """
    if tolerance < 0 or most < 1:
        raise UsageError("The tolerance must not be negative, and at least one split must be asked for.")
    clock = Clock(time_limit)
    classes = Classes.under(constraints, graph.n, k)
    problem, _ = quotient(graph, classes, k or 0, neutral=True)
    parts = components(problem.n, problem.a, problem.b)[classes.of]
    ceiling = best.value + tolerance
    if problem.k == 1:
        return Alternatives(best.labels[None, :], (best.value,), ceiling, complete=True, parts=parts)
    known = best.labels[classes.smallest]
    rings = blocks(problem.n, problem.a, problem.b)
    options = _bridge_options(problem, rings, tolerance)
    complete = best.proved
    for ties in sorted(rings, key=len):
        part, actors = problem.part(ties)
        labels = canonical(known[actors])
        value = part.cost(labels) or 0
        walk = _Walk(part, labels, value + tolerance, clock, seed)
        found = [(cost - value, ties[y]) for cost, y in walk.solutions(most)]
        complete &= walk.complete
        # Where time ran out before anything was found, the known split stands in.
        options.append(sorted(found, key=lambda option: option[0]) or [(0, ties[part.violated(labels)])])
    rows: dict[bytes, NDArray[np.int32]] = {}
    for violated in _combined(options, tolerance):
        y = np.zeros(problem.m, dtype=bool)
        y[violated] = True
        for labels in _splits(problem, y):
            row = canonical(labels[classes.of] ^ classes.switched)
            rows.setdefault(row.tobytes(), row)
            if len(rows) > most:
                break
        if len(rows) > most:
            complete = False
            break
    table = sorted(rows.values(), key=graph.frustration)[:most] or [best.labels]
    return Alternatives(
        np.array(table, dtype=np.int32),
        tuple(graph.frustration(row) for row in table),
        ceiling,
        complete=complete,
        parts=parts,
    )


def _bridge_options(problem: Problem, rings: list[NDArray[np.int64]], tolerance: int) -> list[list[Option]]:
    """Return for each tie outside all cycles that may be violated: to keep it, or to violate it."""
    alone = ~problem.forced & (problem.price <= tolerance)
    for ties in rings:
        alone[ties] = False
    keep = np.zeros(0, dtype=np.int64)
    return [[(0, keep), (int(problem.price[tie]), np.array([tie]))] for tie in np.flatnonzero(alone)]


class _Walk:
    """A search through all ways to violate ties of one biconnected problem at most at a given price."""

    def __init__(
        self, problem: Problem, labels: NDArray[np.int32], room: int, clock: Clock, seed: int
    ) -> None:
        self.problem, self.labels, self.clock = problem, labels, clock
        self.unit = math.gcd(*(int(p) for p in np.unique(problem.price))) or 1
        self.ceiling = room // self.unit
        self.master = Master(problem.price // self.unit)
        self.separator = Separator(problem, seed)
        self.complete = True

    def solutions(self, most: int) -> Iterator[tuple[int, NDArray[np.bool_]]]:
        """Yield (price, which ties are violated), at most `most` of them."""
        lower = np.zeros(self.problem.m, dtype=np.int8)
        upper = np.where(self.problem.forced, 0, 1).astype(np.int8)
        stack: list[Iterator[_Box]] = [iter([(lower, upper)])]
        count = 0
        while stack:
            box = next(stack[-1], None)
            if box is None:
                stack.pop()
                continue
            if count > most or self.clock.over:
                self.complete = False
                return
            dual = self._relaxed(*box)
            if dual is None:
                continue
            y = self.master.y
            implied = _implied(self.problem, *decided(dual, self.ceiling + 1, *box))
            if implied is None:
                continue
            lower, upper = implied
            doubt = np.where(lower < upper, np.minimum(y, 1.0 - y), 0.0)
            if doubt.max(initial=0.0) > _INTEGRAL:
                stack.append(_halves(int(doubt.argmax()), lower, upper))
                continue
            whole = y > 0.5  # noqa: PLR2004 - rounding
            count += 1
            yield int(self.problem.price[whole].sum()), whole
            free = np.flatnonzero(lower < upper)
            stack.append(_others(whole, free, lower, upper))

    def _relaxed(self, lower: NDArray[np.int8], upper: NDArray[np.int8]) -> Dual | None:
        """Return the bound of the box when no obstruction is violated any more, None if it exceeds the ceiling."""
        turned = lower.astype(bool)
        while True:
            self.master.solve(lower, upper, self.clock)
            dual = self.master.dual(lower, upper)
            if dual.infeasible or dual.bound > self.ceiling:
                return None
            rows = self.separator.rows(self.master.y, turned, self.labels)
            if not self.master.add(rows) or self.clock.over:
                return dual


def _implied(problem: Problem, lower: NDArray[np.int8], upper: NDArray[np.int8]) -> _Box | None:
    """Decide the ties whose status follows from that of others, or return None if these contradict each other.

    Friends of friends are together, and with two coalitions every chain of decided ties tells how its ends stand.
    """
    n, known = problem.n, lower == upper
    same = problem.positive == (lower == 0)
    if problem.k == TWO:
        a, b = problem.a[known], problem.b[known]
        across = np.where(same[known], b, b + n)
        mirror = np.where(same[known], b + n, b)
        side = components(2 * n, np.concatenate([a, a + n]), np.concatenate([across, mirror]))
        if (side[:n] == side[n:]).any():
            return None
        together = side[problem.a] == side[problem.b]
        parted = side[problem.a] == side[problem.b + n]
    else:
        group = components(n, problem.a[known & same], problem.b[known & same])
        together = group[problem.a] == group[problem.b]
        low, high = (
            np.minimum(group[problem.a], group[problem.b]),
            np.maximum(group[problem.a], group[problem.b]),
        )
        pairs = low.astype(np.int64) * n + high
        parted = np.isin(pairs, pairs[known & ~same])
        if (together & parted).any():
            return None
    violated = np.where(together, ~problem.positive, problem.positive)
    sure = together | parted
    return (
        np.where(sure, violated, lower).astype(np.int8),
        np.where(sure, violated, upper).astype(np.int8),
    )


def _halves(tie: int, lower: NDArray[np.int8], upper: NDArray[np.int8]) -> Iterator[_Box]:
    """Yield the box with the tie kept, then with it violated."""
    for status in (0, 1):
        low, high = lower.copy(), upper.copy()
        low[tie] = high[tie] = status
        yield low, high


def _others(
    whole: NDArray[np.bool_], free: NDArray[np.intp], lower: NDArray[np.int8], upper: NDArray[np.int8]
) -> Iterator[_Box]:
    """Yield boxes that together hold everything but the solution `whole`: each differs first at another tie."""
    lower, upper = lower.copy(), upper.copy()
    for tie in free:
        low, high = lower.copy(), upper.copy()
        low[tie] = high[tie] = not whole[tie]
        yield low, high
        lower[tie] = upper[tie] = whole[tie]


def _combined(options: list[list[Option]], tolerance: int) -> Iterator[NDArray[np.int64]]:
    """Yield the violated ties of each combination of one option from each list, the cheapest first."""
    if not all(options):
        return
    always = [choices[0] for choices in options if len(choices) == 1]
    open_lists = [choices for choices in options if len(choices) > 1]
    base = sum(excess for excess, _ in always) + sum(choices[0][0] for choices in open_lists)
    heap: list[tuple[int, int, tuple[int, ...]]] = [(base, 0, (0,) * len(open_lists))]
    while heap:
        total, last, at = heapq.heappop(heap)
        if total > tolerance:
            return
        chosen = [ties for _, ties in always]
        chosen += [choices[i][1] for choices, i in zip(open_lists, at, strict=True)]
        yield np.concatenate([np.zeros(0, dtype=np.int64), *chosen])
        # Advancing only at or after the list advanced last reaches each combination once.
        for j in range(last, len(open_lists)):
            if at[j] + 1 < len(open_lists[j]):
                more = open_lists[j][at[j] + 1][0] - open_lists[j][at[j]][0]
                heapq.heappush(heap, (total + more, j, (*at[:j], at[j] + 1, *at[j + 1 :])))


def _splits(problem: Problem, y: NDArray[np.bool_]) -> Iterator[NDArray[np.int32]]:
    """Yield the splits that violate exactly the ties `y` (shape (m,)); with many coalitions the finest one."""
    same = problem.positive != y
    if problem.k == TWO:
        yield sides(problem.n, problem.a, problem.b, same)
        return
    bound = same & problem.positive if problem.k == 0 else same
    clusters = components(problem.n, problem.a[bound], problem.b[bound])
    if (problem.violated(clusters) != y).any():
        return
    if problem.k == 0:
        yield clusters
        return
    enemies: dict[int, set[int]] = {int(c): set() for c in clusters[np.concatenate([problem.a, problem.b])]}
    for tie in np.flatnonzero(~same):
        u, v = int(clusters[problem.a[tie]]), int(clusters[problem.b[tie]])
        enemies[u].add(v)
        enemies[v].add(u)
    for colours in colourings(enemies, problem.k):
        labels = np.zeros(problem.n, dtype=np.int32)
        for cluster, colour in colours.items():
            labels[clusters == cluster] = colour
        yield labels
