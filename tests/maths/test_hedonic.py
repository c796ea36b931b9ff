"""Single moves and blocking groups against all of them tried one by one."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from allegiance.maths.blocking import blocking
from allegiance.maths.clock import Clock
from allegiance.maths.graph import SignedGraph
from allegiance.maths.hedonic import Departures
from allegiance.maths.places import ALONE, NOWHERE
from allegiance.maths.solve import canonical, solve


@st.composite
def splits(draw: st.DrawFn, most: int = 7) -> tuple[SignedGraph, np.ndarray]:
    """Draw a small signed graph and a split of it."""
    n = draw(st.integers(1, most))
    pairs = [(a, b) for a in range(n) for b in range(a + 1, n)]
    weights = draw(st.lists(st.integers(-4, 4), min_size=len(pairs), max_size=len(pairs)))
    labels = draw(st.lists(st.integers(0, n - 1), min_size=n, max_size=n))
    return SignedGraph.of(n, [a for a, _ in pairs], [b for _, b in pairs], weights), canonical(
        np.array(labels)
    )


def matrix(graph: SignedGraph) -> np.ndarray:
    """Return the weights as a symmetric matrix."""
    full = np.zeros((graph.n, graph.n), dtype=int)
    full[graph.a, graph.b] = full[graph.b, graph.a] = graph.w
    return full


@settings(max_examples=60, deadline=None)
@given(splits())
def test_moves_as_brute_force_has_them(drawn: tuple[SignedGraph, np.ndarray]) -> None:
    """Each actor's best move, and its best one to where it is welcome, are the best of all places tried."""
    graph, labels = drawn
    found, w = Departures.of(graph, labels), matrix(graph)
    for actor in range(graph.n):
        assert found.own[actor] == w[actor, labels == labels[actor]].sum()
        places = {ALONE: (0, True)} if (labels == labels[actor]).sum() > 1 else {}
        for group in set(labels.tolist()) - {int(labels[actor])}:
            there = w[actor, labels == group]
            places[group] = (int(there.sum()), bool((there >= 0).all()))
        best = max((worth for worth, _ in places.values()), default=0)
        welcome = max((worth for worth, is_welcome in places.values() if is_welcome), default=0)
        assert max(found.gain[actor], 0) == max(best - found.own[actor], 0)
        assert max(found.welcome_gain[actor], 0) == max(welcome - found.own[actor], 0)
        if found.place[actor] != NOWHERE:
            assert places[int(found.place[actor])][0] == found.worth[actor]


@settings(max_examples=40, deadline=None)
@given(splits())
def test_blocking_groups_as_brute_force_has_them(drawn: tuple[SignedGraph, np.ndarray]) -> None:
    """The largest least gain over all groups of any size is found, or that there is none."""
    graph, labels = drawn
    w, own = matrix(graph), Departures.of(graph, labels).own
    least = [
        min(int(w[i, list(group)].sum() - own[i]) for i in group)
        for size in range(1, graph.n + 1)
        for group in combinations(range(graph.n), size)
    ]
    found = blocking(graph, own)
    assert found.proved
    assert found.gain == max(0, *least)
    if found.gain:
        assert min(w[i, found.members].sum() - own[i] for i in found.members) == found.gain
    else:
        assert not len(found.members)


@settings(max_examples=30, deadline=None)
@given(splits())
def test_a_best_split_into_any_number_is_nash_stable(drawn: tuple[SignedGraph, np.ndarray]) -> None:
    """Where ties are symmetric, the split that violates least leaves nobody a gain by moving alone."""
    graph, _ = drawn
    found = Departures.of(graph, solve(graph, None).labels)
    assert found.nash_stable
    assert found.individually_stable


def test_out_of_time_nothing_is_claimed() -> None:
    """Stopped at once, no group is claimed and none excluded beyond what peeling shows."""
    graph = SignedGraph.of(3, [0, 0, 1], [1, 2, 2], [4, 4, 4])
    found = blocking(graph, np.zeros(3, dtype=np.int64), clock=Clock(0))
    assert (found.gain, found.bound, found.proved) == (0, 8, False)
