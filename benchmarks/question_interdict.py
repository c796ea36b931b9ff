"""Interdiction: random and layered networks of routes, several budgets, against greedy and Wood's program in HiGHS.

Times are of the CPU.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import highspy
import numpy as np

from allegiance.maths.clock import Clock
from allegiance.maths.flow import routes
from allegiance.maths.interdiction import Problem, greedy, others
from allegiance.maths.interdiction import interdict as least_flow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

LIMIT = 60.0
NODES, ARCS, ENDS = 1_000, 5_000, 50


class _CpuClock(Clock):
    """A clock of the processor's time, for machines that have other things to do as well."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self._last = time.process_time() + seconds

    @property
    def over(self) -> bool:
        return self.interrupted or time.process_time() >= self._last


def interdict(full: bool) -> Iterator[str]:  # noqa: FBT001 - the shape of every section
    """Yield the lines of the section: aim, a budget of 5 on 1,000 nodes and 5,000 arcs proved in 60 s."""
    warm = _random(60, 300, 5, 0, 5, costs=(1, 1))
    least_flow(warm)
    greedy(warm)
    yield "| network | nodes | arcs | budget | flow | least | bound | proved | CPU s | steps | as good | CPU s | greedy | CPU s | HiGHS | CPU s |"
    yield "|---|--:|--:|--:|--:|--:|--:|---|--:|--:|--:|--:|--:|--:|--:|--:|"
    for kind, nodes, arcs, budget, costs in (
        ("random", NODES, ARCS, 5, (1, 1)),
        ("random", NODES, ARCS, 20, (1, 1)),
        ("random, costs 1 to 9", NODES, ARCS, 20, (1, 9)),
        ("layered", NODES, ARCS, 5, (1, 1)),
        ("grid, wide ends", NODES, ARCS, 5, (1, 1)),
        ("layered, costs 40 to 89", NODES, ARCS, 333, (40, 89)),
        ("grid, costs 40 to 89", NODES, ARCS, 333, (40, 89)),
        *((("random", 10_000, 50_000, 5, (1, 1)),) if full else ()),
    ):
        yield _line(kind, _made(kind, nodes, arcs, budget, costs=costs), full=full)


def _line(kind: str, asked: Problem, *, full: bool) -> str:
    began = time.process_time()
    found = least_flow(asked, clock=_CpuClock(LIMIT))
    took = time.process_time() - began
    began = time.process_time()
    more = (
        [closed for _, closed in zip(range(10), others(asked, found, _CpuClock(LIMIT)), strict=False)]
        if found.proved
        else []
    )
    other = time.process_time() - began
    began = time.process_time()
    step = greedy(asked, _CpuClock(LIMIT))
    stepped = time.process_time() - began
    peer, peer_took = _by_program(asked) if full else ("-", float("nan"))
    return (
        f"| {kind} | {asked.net.n:,} | {int((asked.cost > 0).sum()):,} | {asked.budget} | {asked.left(()):,} | {found.value:,} | "
        f"{found.lower_bound:,} | {'yes' if found.proved else 'no'} | {took:.2f} | {found.steps:,} | "
        f"{'10 or more' if len(more) > 9 else len(more)} | {other:.2f} | {step.value:,} | {stepped:.2f} | {peer} | {peer_took:.1f} |"
    )


def _made(kind: str, nodes: int, arcs: int, budget: int, *, costs: tuple[int, int]) -> Problem:
    if kind.startswith("layered"):
        rng = np.random.default_rng(2)
        wide = nodes // 20
        layer = rng.integers(0, 19, arcs)
        tail, head = (
            layer * wide + rng.integers(0, wide, arcs),
            (layer + 1) * wide + rng.integers(0, wide, arcs),
        )
        return _between(nodes, tail, head, wide, budget, rng, costs=costs)
    if kind.startswith("grid"):
        rng = np.random.default_rng(3)
        side = int(nodes**0.5)
        places = np.arange(side * side).reshape(side, side)
        pairs = [
            (places[:, :-1], places[:, 1:]),
            (places[:-1], places[1:]),
            (places[1:], places[:-1]),
            (places[:-1, :-1], places[1:, 1:]),
            (places[1:, :-1], places[:-1, 1:]),
        ]
        tail, head = (np.concatenate([pair[end].ravel() for pair in pairs]) for end in (0, 1))
        order = np.argsort(np.arange(side * side) % side, kind="stable")
        number = np.empty_like(order)
        number[order] = np.arange(len(order))  # the left column first, the right one last
        return _between(side * side, number[tail], number[head], side, budget, rng, costs=costs)
    return _random(nodes, arcs, ENDS, 1, budget, costs=costs)


def _random(nodes: int, arcs: int, ends: int, seed: int, budget: int, *, costs: tuple[int, int]) -> Problem:
    rng = np.random.default_rng(seed)
    tail, head = rng.integers(0, nodes, (2, arcs))
    return _between(nodes, tail, head, ends, budget, rng, costs=costs)


def _between(
    nodes: int,
    tail: NDArray[np.int64],
    head: NDArray[np.int64],
    ends: int,
    budget: int,
    rng: np.random.Generator,
    *,
    costs: tuple[int, int],
) -> Problem:
    """Return the problem between the first and the last `ends` nodes, with capacities 1 to 100."""
    tail, head = tail[tail != head], head[tail != head]
    capacity = rng.integers(1, 101, len(tail))
    cost = rng.integers(costs[0], costs[1] + 1, len(tail))
    first, last = np.arange(ends), np.arange(nodes - ends, nodes)
    net = routes(
        nodes + 2,
        np.concatenate([tail, np.full(ends, nodes), last]),
        np.concatenate([head, first, np.full(ends, nodes + 1)]),
    )
    wide = np.full(2 * ends, int(capacity.sum()))
    free = np.zeros(2 * ends, dtype=np.int64)
    return Problem(
        net, np.concatenate([capacity, wide]), np.concatenate([cost, free]), nodes, nodes + 1, budget
    )


def _by_program(asked: Problem) -> tuple[str, float]:
    """Return the value and the time of Wood's mixed-integer program in HiGHS: sides of nodes, closures, cut arcs."""
    lp = highspy.Highs()  # type: ignore[no-untyped-call]
    lp.silent()
    lp.setOptionValue("threads", 1)
    lp.setOptionValue("time_limit", 300.0)
    lp.setOptionValue("mip_rel_gap", 0.0)
    n, m = asked.net.n, len(asked.capacity)
    least, most = np.zeros(n + 2 * m), np.ones(n + 2 * m)
    most[asked.source], least[asked.sink] = 0, 1
    most[n : n + m] = asked.cost > 0
    none = np.array([], dtype=np.int32)
    price = np.concatenate([np.zeros(n + m), asked.capacity])
    lp.addCols(n + 2 * m, price, least, most, 0, none, none, none.astype(float))
    arcs = np.arange(m)
    columns = np.stack([asked.net.tail, asked.net.head, n + arcs, n + m + arcs], axis=1).astype(np.int32)
    whole = np.full(m, highspy.kHighsInf)
    signs = np.tile([1.0, -1.0, 1.0, 1.0], m)
    lp.addRows(m, np.zeros(m), whole, 4 * m, (4 * arcs).astype(np.int32), columns.ravel(), signs)
    lp.addRow(
        -highspy.kHighsInf, float(asked.budget), m, (n + arcs).astype(np.int32), asked.cost.astype(float)
    )
    integer = np.full(n + m, highspy.HighsVarType.kInteger)
    lp.changeColsIntegrality(n + m, np.arange(n + m, dtype=np.int32), integer)
    began = time.process_time()
    lp.run()
    solved = lp.getModelStatus() == highspy.HighsModelStatus.kOptimal
    took = time.process_time() - began
    return (f"{round(lp.getInfo().objective_function_value):,}" if solved else "not in 300 s"), took
