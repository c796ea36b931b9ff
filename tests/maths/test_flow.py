"""Maximum flows: the value against NetworkX, and the proof of each."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allegiance.errors import DataError
from allegiance.maths.flow import LARGEST_CAPACITY, acyclic, cut_arcs, maximum_flow, paths, routes

Arcs = list[tuple[int, int, int]]
NODES = 7
arcs = st.lists(
    st.tuples(st.integers(0, NODES - 1), st.integers(0, NODES - 1), st.integers(0, 9)), max_size=24
)


def arrays(listed: Arcs) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return tail, head and capacity of listed arcs."""
    table = np.array(listed, dtype=np.int64).reshape(-1, 3)
    return table[:, 0], table[:, 1], table[:, 2].copy()


def peer_value(listed: Arcs) -> int:
    """Return the maximum flow from node 0 to the last one as NetworkX finds it."""
    graph = nx.DiGraph()
    graph.add_nodes_from(range(NODES))
    for tail, head, capacity in listed:
        before = graph.get_edge_data(tail, head, {"capacity": 0})["capacity"]
        graph.add_edge(tail, head, capacity=before + capacity)
    value: int = nx.maximum_flow_value(graph, 0, NODES - 1)
    return value


@settings(max_examples=150, deadline=None)
@given(arcs)
def test_value_is_networkx_and_the_cut_proves_it(listed: Arcs) -> None:
    """The value is NetworkX's; the flow keeps within capacities and is kept at each node; the cut has the same capacity."""
    tail, head, capacity = arrays(listed)
    net = routes(NODES, tail, head)
    found = maximum_flow(net, capacity, 0, NODES - 1)
    assert found.value == peer_value(listed)
    assert ((found.flow >= 0) & (found.flow <= capacity)).all()
    kept = np.bincount(tail, found.flow, NODES) - np.bincount(head, found.flow, NODES)
    assert (kept[1:-1] == 0).all()
    assert found.inside[0]
    assert not found.inside[-1]
    assert capacity[cut_arcs(net, found)].sum() == found.value


@settings(max_examples=100, deadline=None)
@given(arcs)
def test_paths_add_up_to_the_flow_widest_first(listed: Arcs) -> None:
    """Taken apart, a flow without circles is paths from source to sink, each no wider than the one before."""
    tail, head, capacity = arrays(listed)
    net = routes(NODES, tail, head)
    found = maximum_flow(net, capacity, 0, NODES - 1)
    flow = acyclic(net, found.flow)
    left, before = flow.copy(), LARGEST_CAPACITY
    for amount, way in paths(net, flow, 0, NODES - 1):
        assert 0 < amount <= before
        assert (tail[way[0]], head[way[-1]]) == (0, NODES - 1)
        assert (head[way[:-1]] == tail[way[1:]]).all()
        left[way] -= amount
        before = amount
    assert not left.any()
    assert np.bincount(tail, flow, NODES)[0] == found.value


def test_a_flow_begun_with_stays_where_it_can() -> None:
    """What flowed before goes on flowing, where nothing else asks for its place."""
    net = routes(4, np.array([0, 0, 1, 2]), np.array([1, 2, 3, 3]))
    begun = np.array([0, 3, 0, 3])
    found = maximum_flow(net, np.array([5, 5, 5, 5]), 0, 3, start=begun)
    assert found.value == 10
    again = maximum_flow(net, np.array([0, 5, 5, 5]), 0, 3, start=begun)
    assert again.flow.tolist() == [0, 5, 0, 5]


def test_what_is_no_flow_is_refused() -> None:
    """Negative capacities, one node as both ends, and sums beyond exact integers are errors."""
    net = routes(2, np.array([0, 0]), np.array([1, 1]))
    with pytest.raises(DataError, match="negative"):
        maximum_flow(net, np.array([1, -1]), 0, 1)
    with pytest.raises(DataError, match="differ"):
        maximum_flow(net, np.array([1, 1]), 0, 0)
    with pytest.raises(DataError, match="too large"):
        maximum_flow(net, np.array([2**61, 2**61]), 0, 1)


def test_enough_stops_early() -> None:
    """A search that needs to know only whether so much flows ends there."""
    net = routes(2, np.array([0]), np.array([1]))
    assert maximum_flow(net, np.array([9]), 0, 1, enough=3).value >= 3
