"""Interdiction: against trying all closures, against Wood's program in HiGHS, and NetworkX where budgets don't bind."""

from __future__ import annotations

from itertools import combinations

import highspy
import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allegiance.errors import DataError
from allegiance.maths.clock import Clock
from allegiance.maths.flow import routes
from allegiance.maths.interdiction import Problem, greedy, interdict, others

Arcs = list[tuple[int, int, int, int]]
NODES = 6


def problems(largest: int, dearest: int) -> st.SearchStrategy[Problem]:
    """Return small problems with capacities up to `largest`, costs of closure 0 (none) to `dearest`."""
    node = st.integers(0, NODES - 1)
    arc = st.tuples(node, node, st.integers(0, largest), st.integers(0, dearest))
    return st.builds(problem, st.lists(arc, max_size=11), st.integers(0, 2 * dearest))


def problem(listed: Arcs, budget: int) -> Problem:
    """Return the problem of these arcs (tail, head, capacity, cost), from node 0 to the last."""
    table = np.array(listed, dtype=np.int64).reshape(-1, 4)
    net = routes(NODES, table[:, 0], table[:, 1])
    return Problem(net, table[:, 2].copy(), table[:, 3].copy(), 0, NODES - 1, budget)


def by_trying(asked: Problem) -> dict[tuple[int, ...], int]:
    """Return what each set of closures within the budget leaves."""
    closable = np.flatnonzero(asked.cost > 0).tolist()
    return {
        chosen: asked.left(chosen)
        for size in range(len(closable) + 1)
        for chosen in combinations(closable, size)
        if asked.cost[list(chosen)].sum() <= asked.budget
    }


def by_program(asked: Problem) -> float:
    """Return the least flow by Wood's mixed-integer program: the dual of the flow, with closures."""
    lp = highspy.Highs()  # type: ignore[no-untyped-call]
    lp.silent()
    n, m = asked.net.n, len(asked.capacity)
    side = [lp.addBinary() for _ in range(n)]
    closed = [lp.addIntegral(0, 1 if asked.cost[e] else 0) for e in range(m)]
    cut = [lp.addVariable(0, 1, obj=float(asked.capacity[e])) for e in range(m)]
    lp.addConstr(side[asked.source] == 0)
    lp.addConstr(side[asked.sink] == 1)
    for e in range(m):
        tail, head = int(asked.net.tail[e]), int(asked.net.head[e])
        if tail != head:
            lp.addConstr(side[tail] - side[head] + cut[e] + closed[e] >= 0)
    if m:
        lp.addConstr(sum(int(asked.cost[e]) * closed[e] for e in range(m)) <= asked.budget)
    lp.run()
    return float(lp.getObjectiveValue())


@settings(max_examples=120, deadline=None)
@given(st.one_of(problems(9, 1), problems(200, 7)))
def test_no_other_closures_leave_less(asked: Problem) -> None:
    """The value is the least of all sets within the budget, is proved, and is what the closures leave; greedy isn't below."""
    found = interdict(asked)
    assert found.proved
    assert found.value == min(by_trying(asked).values()) == asked.left(found.closed)
    assert asked.cost[list(found.closed)].sum() <= asked.budget
    assert greedy(asked).value >= found.value


@settings(max_examples=60, deadline=None)
@given(st.one_of(problems(3, 1), problems(4, 3)))
def test_all_sets_as_good_are_found(asked: Problem) -> None:
    """The best set and the others are exactly the sets that leave as little and of which nothing can be spared."""
    found = interdict(asked)
    tried = by_trying(asked)
    best = {
        chosen
        for chosen, value in tried.items()
        if value == found.value
        and all(tried[tuple(arc for arc in chosen if arc != spared)] > value for spared in chosen)
    }
    listed = [found.closed, *others(asked, found)]
    assert len(listed) == len(set(listed))
    assert set(listed) == best


@settings(max_examples=25, deadline=None)
@given(problems(1000, 50))
def test_the_mixed_integer_program_agrees(asked: Problem) -> None:
    """HiGHS finds the same least flow for Wood's program."""
    assert interdict(asked).value == round(by_program(asked))


def random_problem(seed: int, budget: int, *, unit: bool) -> Problem:
    """Return a problem of 60 nodes and 400 arcs whose costs are 1, or up to 9."""
    rng = np.random.default_rng(seed)
    ends = rng.integers(0, 60, (2, 400))
    ends[0, :40], ends[1, 40:80] = 0, 59
    cost = np.ones(400, dtype=np.int64) if unit else rng.integers(1, 10, 400)
    return Problem(routes(60, *ends), rng.integers(1, 1000, 400), cost, 0, 59, budget)


@pytest.mark.parametrize("unit", [True, False])
@pytest.mark.parametrize("seed", range(3))
def test_larger_ones_agree_too(seed: int, *, unit: bool) -> None:
    """With hundreds of arcs, where one price is not enough and the search has to branch, HiGHS agrees as well."""
    asked = random_problem(seed, 7 if unit else 23, unit=unit)
    found = interdict(asked)
    assert found.proved
    assert found.value == round(by_program(asked)) == asked.left(found.closed)


@pytest.mark.parametrize("seed", range(5))
def test_with_budget_for_it_the_minimum_cut_is_networkx(seed: int) -> None:
    """The least budget that stops all flow is NetworkX's minimum cut with the costs as capacities."""
    asked = random_problem(seed, 0, unit=False)
    graph = nx.DiGraph()
    for tail, head, cost in zip(
        asked.net.tail.tolist(), asked.net.head.tolist(), asked.cost.tolist(), strict=True
    ):
        before = graph.get_edge_data(tail, head, {"capacity": 0})["capacity"]
        graph.add_edge(tail, head, capacity=before + cost)
    least = nx.minimum_cut_value(graph, 0, 59)
    whole = Problem(asked.net, asked.capacity, asked.cost, 0, 59, least)
    found = interdict(whole)
    assert (found.value, found.proved) == (0, True)
    assert asked.cost[list(found.closed)].sum() == least
    short = interdict(Problem(asked.net, asked.capacity, asked.cost, 0, 59, least - 1))
    assert short.value > 0


@pytest.mark.parametrize("seed", [0, 1, 3])
def test_parallel_arcs_are_a_knapsack(seed: int) -> None:
    """Between two nodes the question is a knapsack, which one price can't solve: the search branches and finds its optimum."""
    rng = np.random.default_rng(seed)
    capacity, cost, budget = rng.integers(500, 1000, 25), rng.integers(40, 90, 25), 333
    ends = np.zeros(25, dtype=np.int64)
    found = interdict(Problem(routes(2, ends, ends + 1), capacity, cost, 0, 1, budget))
    most = np.zeros(budget + 1, dtype=np.int64)
    for worth, price in zip(capacity.tolist(), cost.tolist(), strict=True):
        most[price:] = np.maximum(most[price:], most[:-price] + worth)
    assert found.proved
    assert found.value == capacity.sum() - most[-1]
    assert found.steps > 1


def test_a_search_that_is_stopped_keeps_a_bound() -> None:
    """Where the time is up at once, the value is reached, the bound below it, and nothing called proved wrongly."""
    asked = random_problem(1, 23, unit=False)
    stopped = interdict(asked, clock=Clock(0))
    whole = interdict(asked)
    assert stopped.lower_bound <= whole.value <= stopped.value
    assert not stopped.proved


def test_costs_below_nothing_are_refused() -> None:
    """A negative budget or cost is an error."""
    with pytest.raises(DataError):
        problem([(0, 5, 1, 1)], -1)
