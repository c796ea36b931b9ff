"""Networks in the forms of other libraries, and back."""

from __future__ import annotations

import sys
from typing import Any

import igraph
import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from allegiance.errors import DataError, MissingExtraError
from allegiance.network import SignedNetwork
from builders import statement

ROWS = st.lists(
    st.tuples(
        st.sampled_from("ABCDE"), st.sampled_from("ABCDE"), st.sampled_from([-1, 1]), st.integers(1, 999)
    ),
    max_size=12,
)


def network(rows: list[tuple[str, str, int, int]]) -> SignedNetwork:
    """Return a network of statements (actor, target, sign, tenths)."""
    return SignedNetwork.from_statements(
        statement(a, b, sign, weight=weight, actor_text=str(i)) for i, (a, b, sign, weight) in enumerate(rows)
    )


def ties(net: SignedNetwork) -> list[tuple[str, str, int, int, tuple[str, ...]]]:
    """Return all of a network that must survive."""
    return [(tie.a, tie.b, tie.positive, tie.negative, tie.statements) for tie in net.ties()]


@settings(max_examples=40, deadline=None)
@given(ROWS)
def test_graphs_and_frames_there_and_back(rows: list[tuple[str, str, int, int]]) -> None:
    """Actors, both parts of each tie and its statements survive NetworkX, igraph and pandas."""
    net = network(rows)
    for back in (
        SignedNetwork.from_networkx(net.to_networkx()),
        SignedNetwork.from_igraph(net.to_igraph()),
        SignedNetwork.from_frame(net.to_frame(), actors=net.actors),
    ):
        assert back.actors == net.actors
        assert ties(back) == ties(net)


@settings(max_examples=40, deadline=None)
@given(ROWS)
def test_a_matrix_keeps_the_net_weights(rows: list[tuple[str, str, int, int]]) -> None:
    """A matrix and the names beside it give back the same net weights between the same actors."""
    net = network(rows)
    back = SignedNetwork.from_scipy(*net.to_scipy()).graph()
    graph = net.graph()
    assert (back.a.tolist(), back.b.tolist(), back.w.tolist()) == (
        graph.a.tolist(),
        graph.b.tolist(),
        graph.w.tolist(),
    )


def test_outside_weights_are_in_units_and_carry_their_sign() -> None:
    """A statement of 50 tenths is a weight of 5 outside, and an edge says its sign beside its weight."""
    graph = network([("A", "B", -1, 50)]).to_networkx()
    assert graph["A"]["B"]["weight"] == -5
    assert graph["A"]["B"]["sign"] == -1


def test_directions_duplicates_and_loops_are_added_up() -> None:
    """Both directions and parallel edges sum to one tie, and an actor's tie to itself is dropped."""
    graph: Any = nx.MultiDiGraph()
    graph.add_weighted_edges_from([("A", "B", 2), ("B", "A", -0.5), ("A", "B", 1), ("A", "A", 9)])
    (tie,) = SignedNetwork.from_networkx(graph).ties()
    assert (tie.positive, tie.negative, tie.statements) == (30, 5, ("edge 1", "edge 2", "edge 4"))
    frame = pd.DataFrame({"source": ["A", "B"], "target": ["B", "A"], "weight": [1, -3]})
    assert SignedNetwork.from_frame(frame).weight.tolist() == [-20]
    assert SignedNetwork.from_scipy(np.array([[7, 1], [-3, 0]])).weight.tolist() == [-20]


def test_a_symmetric_matrix_counts_once() -> None:
    """A symmetric matrix tells each tie twice and counts it once; actors without names are called by their number."""
    net = SignedNetwork.from_scipy(csr_array(np.array([[0, 1.5], [1.5, 0]])))
    assert (net.actors, net.weight.tolist()) == (("0", "1"), [15])


def test_the_size_of_a_weight_with_a_sign_beside_it() -> None:
    """Where an edge has a sign of its own, as files for Gephi do, the weight is its size; a contradiction is refused."""
    graph: Any = nx.Graph()
    graph.add_edge("A", "B", weight=2, sign=-1)
    assert SignedNetwork.from_networkx(graph).weight.tolist() == [-20]
    graph.add_edge("A", "B", weight=-2, sign=1)
    with pytest.raises(DataError, match="which is it"):
        SignedNetwork.from_networkx(graph)


def test_names_become_text_and_may_not_clash() -> None:
    """Numbers are taken as names; two actors that would be called alike, and actors without a name, are refused."""
    graph: Any = nx.Graph()
    graph.add_edge(1, 2)
    assert SignedNetwork.from_networkx(graph).actors == ("1", "2")
    graph.add_edge(1, "2")
    with pytest.raises(DataError, match="would both be called"):
        SignedNetwork.from_networkx(graph)
    frame = pd.DataFrame({"a": ["A", None], "b": ["B", "C"], "weight": [1, 1]})
    with pytest.raises(DataError, match="no name"):
        SignedNetwork.from_frame(frame)


@pytest.mark.parametrize("weight", [float("nan"), float("inf"), "much", None, 1e300, 2**62, 0.01, 1j])
def test_a_weight_that_is_none_is_refused(weight: object) -> None:
    """What is no finite number, too large to be summed, or so small that it would vanish, is refused by name."""
    graph: Any = nx.Graph()
    graph.add_edge("A", "B", weight=weight)
    with pytest.raises(DataError, match="'A' and 'B'"):
        SignedNetwork.from_networkx(graph)


@pytest.mark.parametrize(
    ("matrix", "actors"),
    [
        (np.zeros((2, 3)), None),
        (np.zeros((2, 2)), ["A"]),
        (np.array([[0, np.nan], [np.nan, 0]]), None),
        (np.array([[0, 1j], [1j, 0]]), None),
    ],
)
def test_a_matrix_that_is_none_is_refused(matrix: Any, actors: list[str] | None) -> None:
    """A matrix must be square, suit its names, and hold finite real numbers."""
    with pytest.raises(DataError):
        SignedNetwork.from_scipy(matrix, actors)


def test_a_frame_without_its_columns_is_refused() -> None:
    """A frame that lacks a column is refused with the columns that it has and those that it needs."""
    with pytest.raises(DataError, match="it needs a and b"):
        SignedNetwork.from_frame(pd.DataFrame({"from": ["A"], "weight": [1]}))


def test_empty_forms() -> None:
    """No actor and no tie is a network, too."""
    assert SignedNetwork.from_networkx(nx.Graph()).actors == ()
    assert SignedNetwork.from_igraph(igraph.Graph()).actors == ()
    assert SignedNetwork.from_scipy(np.zeros((0, 0))).actors == ()
    assert len(SignedNetwork.from_frame(network([]).to_frame())) == 0


@pytest.mark.parametrize("library", ["networkx", "igraph", "pandas"])
def test_a_missing_library_is_named(library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a library isn't installed, what needs it says how to install it, and the network works without."""
    monkeypatch.setitem(sys.modules, library, None)
    net = network([("A", "B", 1, 10)])
    convert = net.to_frame if library == "pandas" else getattr(net, f"to_{library}")
    with pytest.raises(MissingExtraError, match=f"allegiance\\[{library}\\]"):
        convert()
