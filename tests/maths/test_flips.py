"""What it costs to have a pair the other way, against all splits tried one by one."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allegiance.maths.clock import Clock
from allegiance.maths.flips import NEVER, flips
from allegiance.maths.graph import SignedGraph
from allegiance.maths.solve import solve


def drawn(n: int, seed: int) -> SignedGraph:
    """Return a random signed graph with small weights, some ties missing."""
    pairs = np.argwhere(np.triu(np.ones((n, n)), 1))
    weights = np.random.default_rng(seed).choice([-3, -1, 0, 0, 1, 2], len(pairs))
    return SignedGraph.of(n, pairs[:, 0], pairs[:, 1], weights)


def brute(graph: SignedGraph, k: int | None, a: int, b: int, *, together: bool) -> int:
    """Return the least violated weight over all splits with the two as told, NEVER without any."""
    return min(
        (
            graph.frustration(np.array(labels))
            for labels in product(range(min(k or graph.n, graph.n)), repeat=graph.n)
            if labels[0] == 0 and (labels[a] == labels[b]) == together
        ),
        default=NEVER,
    )


@settings(max_examples=30, deadline=None)
@given(st.integers(2, 6), st.integers(0, 10**6), st.sampled_from([None, 1, 2, 3]))
def test_as_brute_force_has_it(n: int, seed: int, k: int | None) -> None:
    """For every pair, tied or not, the best split with the pair the other way is the one that brute force finds."""
    graph = drawn(n, seed)
    every = np.argwhere(np.triu(np.ones((n, n)), 1))
    best = solve(graph, k)
    found = flips(graph, k, best, pairs=every)
    assert len(found.a) == len(every)
    assert (found.a[: graph.m] == graph.a).all()
    assert (found.b[: graph.m] == graph.b).all()
    assert (found.cost == found.bound).all()
    for i, (a, b) in enumerate(zip(found.a.tolist(), found.b.tolist(), strict=True)):
        together = best.labels[a] == best.labels[b]
        assert found.cost[i] == brute(graph, k, a, b, together=not together)
        if found.which[i] >= 0:
            split = found.splits[found.which[i]]
            assert graph.frustration(split) == found.cost[i]
            assert (split[a] == split[b]) != together


def test_out_of_time_the_bounds_hold() -> None:
    """Stopped before anything is solved, moves of single actors bound from above and the optimum from below."""
    graph = drawn(6, 5)
    best = solve(graph, None)
    found = flips(graph, None, best, clock=Clock(0))
    assert (found.bound == best.value).all()
    assert (found.bound <= found.cost).all()


@pytest.mark.parametrize("k", [None, 2])
def test_a_split_that_can_be_beaten_gives_way(k: int | None) -> None:
    """Given a split that is not the best, as a stopped search gives, the one found on the way is compared with."""
    graph = drawn(6, 11)
    best = solve(graph, k)
    worse = np.arange(6, dtype=np.int32) % 2
    assert graph.frustration(worse) > best.value
    given = replace(best, labels=worse, value=graph.frustration(worse), lower_bound=0, proved=False)
    found = flips(graph, k, given)
    assert found.value == best.value
    for i in range(graph.m):
        a, b = int(found.a[i]), int(found.b[i])
        assert found.bound[i] <= brute(graph, k, a, b, together=not found.together[i]) <= found.cost[i]
