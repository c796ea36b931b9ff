"""The shortest contradiction through a violated tie."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allegiance.maths.bad_cycle import BadCycles
from allegiance.maths.graph import SignedGraph
from allegiance.maths.solve import solve

N = 6
TIES = st.lists(st.tuples(st.integers(0, N - 1), st.integers(0, N - 1), st.integers(-3, 3)), max_size=14)


def shortest(graph: SignedGraph, k: int | None, tie: int) -> int:
    """Return the fewest actors on any bad cycle through a tie, whose other ties may be any, by trying all ways."""
    sign = {
        frozenset((a, b)): w > 0
        for a, b, w in zip(graph.a.tolist(), graph.b.tolist(), graph.w.tolist(), strict=True)
    }
    a, b = int(graph.a[tie]), int(graph.b[tie])
    others = [one for one in range(graph.n) if one not in (a, b)]
    for between in range(1, graph.n - 1):
        for way in itertools.permutations(others, between):
            hops = [frozenset(hop) for hop in itertools.pairwise((a, *way, b))]
            if all(hop in sign for hop in hops):
                foes = sum(not sign[hop] for hop in hops) + (graph.w[tie] < 0)
                if foes % 2 == 1 if k == 2 else foes == 1:
                    return between + 2
    return 0


@settings(max_examples=100, deadline=None)
@given(TIES, st.sampled_from([2, None]))
def test_every_violated_tie_of_an_optimum_has_a_bad_cycle(
    ties: list[tuple[int, int, int]], k: int | None
) -> None:
    """In an optimal split each violated tie lies on a bad cycle of otherwise kept ties, closed and rightly signed."""
    a, b, w = zip(*ties, strict=True) if ties else ((), (), ())
    graph = SignedGraph.of(N, a, b, w)
    labels = solve(graph, k).labels
    weight = {
        (i, j): w
        for one, two, w in zip(graph.a.tolist(), graph.b.tolist(), graph.w.tolist(), strict=True)
        for i, j in ((one, two), (two, one))
    }
    cycles = BadCycles(graph, k, labels)
    for tie in np.flatnonzero(graph.violated(labels)).tolist():
        one, two = int(graph.a[tie]), int(graph.b[tie])
        way = cycles.through(one, two, positive=bool(graph.w[tie] > 0))
        assert way is not None
        assert (way[0], way[-1]) == (one, two)
        assert len(set(way)) == len(way)
        foes = sum(weight[hop] < 0 for hop in itertools.pairwise(way)) + (graph.w[tie] < 0)
        assert foes % 2 == 1 if k == 2 else foes == 1
        # Among cycles of otherwise kept ties it is a shortest; over all ties none is shorter than the shortest of all.
        assert len(way) >= shortest(graph, k, tie) >= 3


@pytest.mark.parametrize("k", [1, 3])
def test_a_limit_of_coalitions_may_leave_no_cycle(k: int) -> None:
    """Enemies of everybody crowd into k coalitions without any bad cycle, and none is made up."""
    pairs = list(itertools.combinations(range(4), 2))
    graph = SignedGraph.of(4, [a for a, _ in pairs], [b for _, b in pairs], [-1] * len(pairs))
    labels = solve(graph, k).labels
    cycles = BadCycles(graph, k, labels)
    for tie in np.flatnonzero(graph.violated(labels)).tolist():
        assert cycles.through(int(graph.a[tie]), int(graph.b[tie]), positive=False) is None
