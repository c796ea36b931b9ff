"""The one door to the exact engine: the best split of a signed graph, with a certified bound.

A split pays for each positive tie across and each negative tie within. With two coalitions the least payment is
the frustration index, with as many as fit it is the optimum of correlation clustering (weak balance).
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import breadth_first_order

from allegiance.errors import ContradictionError, UsageError
from allegiance.maths.blocks import blocks
from allegiance.maths.clock import Clock
from allegiance.maths.colouring import UndecidedError, colouring, uncolourable_part
from allegiance.maths.constraints import Classes, Constraints
from allegiance.maths.problem import Problem, quotient
from allegiance.maths.separation import components, sides
from allegiance.maths.sized import Limits, lagrangian, mended
from allegiance.maths.tree import Outcome, solve_problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from allegiance.maths.graph import SignedGraph

NO_CONSTRAINTS = Constraints()
TWO = 2


@dataclass(frozen=True, slots=True, eq=False)
class Split:
    """A partition of the actors into coalitions, and what is proved about it.

    Attributes:
        labels: int32, shape (n,), coalitions numbered by decreasing size, then by smallest member.
        value: violated weight.
        lower_bound: certified: no split that keeps the constraints violates less.
        proved: whether the two are equal.
        method: which method ran, in words.
        seconds: wall time.
        interrupted: whether the user stopped the search; value and bound are valid all the same.
        proof: for each part of the network (its ties, its tree of bounds), from which a certificate is made.
    """

    labels: NDArray[np.int32]
    value: int
    lower_bound: int
    proved: bool
    method: str
    seconds: float
    interrupted: bool = False
    proof: tuple[tuple[NDArray[np.int64], Outcome], ...] = ()


def solve(
    graph: SignedGraph,
    k: int | None,
    *,
    constraints: Constraints = NO_CONSTRAINTS,
    time_limit: float | None = None,
    seed: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> Split:
    """Return the split of `graph` that violates the least weight.

    Args:
        graph: the signed network.
        k: None for as many coalitions as fit, 2 for two, any other number for at most so many.
        constraints: what the split must keep.
        time_limit: seconds after which the best split so far is returned; None for no limit.
        seed: of all chance; the same input and seed give the same answer unless time runs out.
        progress: told (value, lower bound) of the whole network whenever one of them gets better.

    Raises:
        UsageError: k below 1, or constraints on actors that don't exist.
        ContradictionError: constraints that no split can keep; it names them.

    References:
        S. Aref, M. C. Wilson, Balance and frustration in signed networks, 2019, doi:10.1093/comnet/cny015.
        E. D. Demaine et al., Correlation clustering in general weighted graphs, 2006, doi:10.1016/j.tcs.2006.05.008.
        M. Grötschel, Y. Wakabayashi, A cutting plane algorithm for a clustering problem, 1989,
        doi:10.1007/BF01589097.
    """
    began, clock = time.monotonic(), Clock(time_limit)
    if k is not None and k < 1:
        raise UsageError(
            f"The number of coalitions must be at least 1, not {k}; leave it out for as many as fit."
        )
    limits = Limits.of(constraints, graph.n, k)
    with clock.listening():
        split = _solve(graph, k, constraints, clock, seed, progress)
        if limits is not None and not limits.kept(split.labels):
            split = _within(graph, limits, constraints, split, clock, seed)
    # An interrupt that came when all was proved stopped nothing.
    interrupted = clock.interrupted and not split.proved
    return replace(split, seconds=time.monotonic() - began, interrupted=interrupted)


def _solve(
    graph: SignedGraph,
    k: int | None,
    constraints: Constraints,
    clock: Clock,
    seed: int,
    progress: Callable[[int, int], None] | None,
) -> Split:
    """Solve without size limits."""
    most = allowed(k, graph.n)
    classes = Classes.under(constraints, graph.n, k)
    problem, lost = quotient(graph, classes, most)
    start = _feasible(problem, classes, constraints)
    if most == 1:
        return _whole(graph)
    parts = blocks(problem.n, problem.a, problem.b)
    proof = _solve_parts(problem, parts, start, lost, (clock, seed, progress))
    labels = canonical(_joined(problem, proof)[classes.of] ^ classes.switched)
    value = graph.frustration(labels)
    bound = lost + sum(min(outcome.bound, outcome.value) for _, outcome in proof)
    return Split(
        labels=labels,
        value=value,
        lower_bound=bound,
        proved=bound == value,
        method=_method(proof, most),
        seconds=0.0,
        proof=tuple(proof),
    )


def _within(
    graph: SignedGraph, limits: Limits, constraints: Constraints, free: Split, clock: Clock, seed: int
) -> Split:
    """Return a split within size limits, given the best one without them."""
    classes = Classes.under(constraints, graph.n, TWO)
    best = mended(graph, free.labels, limits, classes, constraints)

    def bounded(priced: SignedGraph) -> tuple[NDArray[np.int32], int]:
        split = _solve(priced, TWO, constraints, clock, seed, None)
        return split.labels, split.lower_bound

    def offer(labels: NDArray[np.int32]) -> int:
        nonlocal best
        best = min(best, mended(graph, labels, limits, classes, constraints), key=graph.frustration)
        return graph.frustration(best)

    value = graph.frustration(best)
    bound = free.lower_bound
    if bound < value and not clock.over:
        bound = max(bound, lagrangian(graph, limits, value, bounded, offer))
        value = graph.frustration(best)
    return replace(
        free,
        labels=canonical(best),
        value=value,
        lower_bound=min(bound, value),
        proved=bound >= value,
        method=f"{free.method}; size limits by a price on pairs of one side",
    )


def allowed(k: int | None, n: int) -> int:
    """Return how many coalitions n actors can be told to form at most, 0 for as many as fit."""
    return 0 if k is None or (k >= n and k > TWO) else k


def canonical(labels: NDArray[np.integer]) -> NDArray[np.int32]:
    """Return the same split (shape (n,)), coalitions numbered by decreasing size, then by smallest member."""
    if not len(labels):
        return np.zeros(0, dtype=np.int32)
    _, first, where, size = np.unique(labels, return_index=True, return_inverse=True, return_counts=True)
    rank = np.empty(len(size), dtype=np.int32)
    rank[np.lexsort((first, -size))] = np.arange(len(size), dtype=np.int32)
    return rank[where]


def _feasible(problem: Problem, classes: Classes, constraints: Constraints) -> NDArray[np.int32]:
    """Return a split of the classes that keeps all forced ties, or raise ContradictionError."""
    if problem.k == 0:
        return np.arange(problem.n, dtype=np.int32)
    labels = np.zeros(problem.n, dtype=np.int32)
    enemies: dict[int, set[int]] = {}
    for u, v in classes.apart:
        enemies.setdefault(u, set()).add(v)
        enemies.setdefault(v, set()).add(u)
    try:
        colours = colouring(enemies, problem.k)
    except UndecidedError:
        raise UsageError(
            f"Whether so many wishes for apartness fit into {problem.k} coalitions could not be decided; drop some."
        ) from None
    if colours is None:
        part = uncolourable_part(enemies, problem.k)
        apart = [
            (a, b) for a, b in constraints.apart if int(classes.of[b]) in part.get(int(classes.of[a]), ())
        ]
        melted = [(a, b) for a, b in constraints.together if int(classes.of[a]) in part]
        raise ContradictionError(melted, apart, reason=f"don't fit into {problem.k} coalitions")
    for actor, colour in colours.items():
        labels[actor] = colour
    return labels


def _whole(graph: SignedGraph) -> Split:
    """Return the only split into one coalition."""
    labels = np.zeros(graph.n, dtype=np.int32)
    value = graph.frustration(labels)
    return Split(labels, value, value, proved=True, method="one coalition", seconds=0.0)


def _solve_parts(
    problem: Problem,
    parts: list[NDArray[np.int64]],
    start: NDArray[np.int32],
    lost: int,
    how: tuple[Clock, int, Callable[[int, int], None] | None],
) -> list[tuple[NDArray[np.int64], Outcome]]:
    """Solve each part (tie numbers) on its own, small ones first; the outcomes come in the order of `parts`."""
    clock, seed, progress = how
    smaller = [problem.part(ties) for ties in parts]
    outcomes: dict[int, Outcome] = {}
    values = [small.cost(start[actors]) or 0 for small, actors in smaller]
    bounds = [0] * len(parts)
    for i in sorted(range(len(parts)), key=lambda i: len(parts[i])):
        small, actors = smaller[i]

        def tell(value: int, bound: int, i: int = i) -> None:
            values[i], bounds[i] = value, bound
            if progress is not None:
                progress(lost + sum(values), lost + sum(bounds))

        outcome = solve_problem(
            small, _compact(start[actors], small.k), clock=clock, seed=seed, progress=tell
        )
        values[i], bounds[i] = outcome.value, outcome.bound
        outcomes[i] = outcome
    return [(parts[i], outcomes[i]) for i in range(len(parts))]


def _compact(labels: NDArray[np.int32], k: int) -> NDArray[np.int32]:
    """Return labels below their number where any may be used; with k coalitions they are below k anyway."""
    return canonical(labels) if k == 0 else labels


def _joined(problem: Problem, proof: list[tuple[NDArray[np.int64], Outcome]]) -> NDArray[np.int32]:
    """Return the split of the whole that agrees with the splits of its parts up to renaming."""
    if problem.k > TWO:
        return _renamed(problem, proof)
    same = problem.positive.copy()
    links_a, links_b = [], []
    for ties, outcome in proof:
        small, actors = problem.part(ties)
        same[ties] = small.positive != small.violated(outcome.labels)
        order = np.argsort(outcome.labels, kind="stable")
        alike = outcome.labels[order[1:]] == outcome.labels[order[:-1]]
        links_a.append(actors[order[1:]][alike])
        links_b.append(actors[order[:-1]][alike])
    if problem.k == TWO:
        return sides(problem.n, problem.a, problem.b, same)
    ends_a, ends_b = [problem.a[same], *links_a], [problem.b[same], *links_b]
    return components(problem.n, np.concatenate(ends_a), np.concatenate(ends_b))


def _renamed(problem: Problem, proof: list[tuple[NDArray[np.int64], Outcome]]) -> NDArray[np.int32]:
    """Put the parts together: each meets the others in single actors, where turning its labels makes them agree."""
    step = np.where(problem.positive, 0, 1)
    for ties, outcome in proof:
        small, _ = problem.part(ties)
        step[ties] = outcome.labels[small.b] - outcome.labels[small.a]
    n = problem.n
    _, first = np.unique(components(n, problem.a, problem.b), return_index=True)
    # One more node, tied to one actor of each connected part, makes one tree of all.
    ends = (np.r_[problem.a, first], np.r_[problem.b, np.full(len(first), n)])
    graph = coo_array((np.ones(len(ends[0]), dtype=np.int8), ends), shape=(n + 1, n + 1)).tocsr()
    order, before = breadth_first_order(graph, n, directed=False)
    actors = order[before[order] >= 0]
    inner = actors[before[actors] < n]
    low, high = np.minimum(inner, before[inner]), np.maximum(inner, before[inner])
    at = np.searchsorted(problem.a.astype(np.int64) * n + problem.b, low.astype(np.int64) * n + high)
    change = np.where(inner == high, step[at], -step[at])
    labels = [0] * (n + 1)
    for actor, earlier, more in zip(inner.tolist(), before[inner].tolist(), change.tolist(), strict=True):
        labels[actor] = (labels[earlier] + more) % problem.k
    return np.array(labels[:n], dtype=np.int32)


def _method(proof: list[tuple[NDArray[np.int64], Outcome]], k: int) -> str:
    cycles = "bad cycles" if k <= TWO else "bad cycles and crowds of enemies"
    boxes = sum(outcome.nodes for _, outcome in proof)
    if boxes <= len(proof):
        return f"cutting planes over {cycles}, bounds in exact arithmetic"
    return f"branch and cut over {cycles} ({boxes} boxes), bounds in exact arithmetic"
