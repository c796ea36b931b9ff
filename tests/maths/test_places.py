"""What each place in a split is worth."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from allegiance.maths.graph import SignedGraph
from allegiance.maths.places import ALONE, NOWHERE, Places

N = 5
TIES = st.lists(st.tuples(st.integers(0, N - 1), st.integers(0, N - 1), st.integers(-9, 9)), max_size=12)


@settings(max_examples=150, deadline=None)
@given(TIES, st.lists(st.integers(0, 2), min_size=N, max_size=N), st.sampled_from([1, 2, 3, None]))
def test_moving_an_actor_costs_what_is_said(
    ties: list[tuple[int, int, int]], raw: list[int], k: int | None
) -> None:
    """Against trying every other place of every actor: cost here, the best other place, and its cost are right."""
    a, b, w = zip(*ties, strict=True) if ties else ((), (), ())
    graph = SignedGraph.of(N, a, b, w)
    labels = np.unique(np.array(raw), return_inverse=True)[1]
    groups = int(labels.max()) + 1
    places = Places.of(graph, k, labels)
    whole = graph.frustration(labels)
    for actor in range(N):
        costs = {}
        for place in range(groups + 1):
            moved = labels.copy()
            moved[actor] = place
            alone = (labels == labels[actor]).sum() == 1
            if place == labels[actor] or (place == groups and (alone or (k is not None and groups >= k))):
                continue
            costs[ALONE if place == groups else place] = graph.frustration(moved) - whole
        if not costs:
            assert places.other[actor] == NOWHERE
            assert places.margin()[actor] == places.weight[actor]
            continue
        assert costs[int(places.other[actor])] == min(costs.values()) == places.margin()[actor]
        at_actor = (graph.a == actor) | (graph.b == actor)
        violated = np.abs(graph.w[at_actor & graph.violated(labels)]).sum()
        assert places.positive[actor] - places.own[actor] == violated


def test_who_is_alone_firmly_is_not_undecided() -> None:
    """An actor that is against everybody stands alone firmly: a place of its own is where it is, not another place."""
    graph = SignedGraph.of(3, [0, 0, 1], [1, 2, 2], [-5, -5, 7])
    places = Places.of(graph, None, np.array([1, 0, 0]))
    assert (places.margin()[0], places.other[0]) == (10, 0)
