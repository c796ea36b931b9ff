"""What the published measures of balance must give."""

from __future__ import annotations

import csv
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allegiance.errors import UsageError
from allegiance.maths.balance import frustration_balance, triads, walk_balance
from allegiance.maths.graph import SignedGraph

if TYPE_CHECKING:
    from pathlib import Path

few = settings(max_examples=40, deadline=None)


@st.composite
def graphs(draw: st.DrawFn) -> SignedGraph:
    """Draw a small signed network."""
    n = draw(st.integers(1, 8))
    pairs = list(combinations(range(n), 2))
    weights = draw(st.lists(st.integers(-3, 3), min_size=len(pairs), max_size=len(pairs)))
    return SignedGraph.of(n, [a for a, _ in pairs], [b for _, b in pairs], weights)


@few
@given(graphs())
def test_every_triangle_is_counted_once(graph: SignedGraph) -> None:
    """The census equals the one made by looking at all triples, and each triangle counts for its three actors."""
    weight = dict(zip(zip(graph.a.tolist(), graph.b.tolist(), strict=True), graph.w.tolist(), strict=True))
    census, by_actor = np.zeros(4, dtype=int), np.zeros((graph.n, 4), dtype=int)
    for triple in combinations(range(graph.n), 3):
        ties = [weight.get(pair) for pair in combinations(triple, 2)]
        if None not in ties:
            against = sum(tie < 0 for tie in ties if tie is not None)
            census[against] += 1
            by_actor[list(triple), against] += 1
    found = triads(graph)
    np.testing.assert_array_equal(found.census, census)
    np.testing.assert_array_equal(found.by_actor, by_actor)


@few
@given(graphs(), st.data())
def test_switching_changes_no_balance(graph: SignedGraph, data: st.DataObject) -> None:
    """Turning all ties of some actors keeps the parity of every cycle, so both measures stay."""
    side = np.array(data.draw(st.lists(st.booleans(), min_size=graph.n, max_size=graph.n)))
    turned = np.where(side[graph.a] == side[graph.b], graph.w, -graph.w)
    switched = SignedGraph(graph.n, graph.a, graph.b, turned)
    assert triads(switched).balance == triads(graph).balance
    assert walk_balance(switched).network == pytest.approx(walk_balance(graph).network)


def test_one_bad_triangle() -> None:
    """A triangle with one negative tie has the eigenvalues 1, 1, -2, its unsigned one 2, -1, -1."""
    graph = SignedGraph.of(4, [0, 1, 0], [1, 2, 2], [4, 2, -9])
    found = triads(graph)
    assert found.census.tolist() == [0, 1, 0, 0]
    assert found.balance == found.weak_balance == 0
    np.testing.assert_array_equal(found.actor_balance(), [0, 0, 0, np.nan])
    walks = walk_balance(graph)
    quotient = (2 * np.e + np.exp(-2)) / (np.exp(2) + 2 / np.e)
    np.testing.assert_allclose(walks.by_actor, [quotient, quotient, quotient, 1])
    assert walks.network == pytest.approx((2 * np.e + np.exp(-2) + 1) / (np.exp(2) + 2 / np.e + 1))


def test_three_enemies_are_weakly_balanced() -> None:
    """--- is unbalanced for two coalitions and no contradiction for three."""
    found = triads(SignedGraph.of(3, [0, 1, 0], [1, 2, 2], [-1, -1, -1]))
    assert (found.balance, found.weak_balance) == (0, 1)


def test_a_balanced_network_has_walk_balance_one() -> None:
    """Where every cycle is positive, signed and unsigned walks count the same, however many there are."""
    n = 900
    pairs = np.array(list(combinations(range(n), 2)))
    sign = np.where((pairs[:, 0] < 300) == (pairs[:, 1] < 300), 1, -1)
    found = walk_balance(SignedGraph.of(n, pairs[:, 0], pairs[:, 1], sign))
    assert found.network == pytest.approx(1)
    np.testing.assert_allclose(found.by_actor, 1)


def test_networks_without_triangles_have_no_triangle_balance() -> None:
    """A share of nothing is no number."""
    for graph in (SignedGraph.of(0, [], [], []), SignedGraph.of(3, [0, 1], [1, 2], [1, -1])):
        assert triads(graph).balance is None
        assert triads(graph).weak_balance is None
    assert frustration_balance(0, 0) is None


@pytest.mark.parametrize("n", [0, 6_001])
def test_walks_of_too_many_actors_are_refused(n: int) -> None:
    """A full matrix is not made for a network that it doesn't fit."""
    with pytest.raises(UsageError):
        walk_balance(SignedGraph.of(n, [], [], []))


@pytest.mark.shared_data
def test_highland_tribes(shared_data: Path) -> None:
    """The values that R signnet documents for its network of Read 1954: 0.868, 0.358 and 0.759."""
    with (shared_data / "signed" / "highlandtribes.csv").open(encoding="utf-8") as file:
        rows = [[int(row[key]) for key in ("source", "target", "weight")] for row in csv.DictReader(file)]
    graph = SignedGraph.of(16, *np.array(rows).T)
    found = triads(graph)
    assert (graph.m, found.total) == (58, 68)
    assert found.balance == pytest.approx(0.8676471)
    assert walk_balance(graph).network == pytest.approx(0.3575761)
    assert frustration_balance(7, graph.m) == pytest.approx(0.7586207)
