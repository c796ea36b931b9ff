from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allegiance.errors import DataError
from allegiance.maths.graph import SignedGraph
from allegiance.maths.layout import arrange


def blocs(n: int, parts: int, seed: int = 0) -> tuple[SignedGraph, np.ndarray]:
    """Return a network with `parts` planted coalitions, and their labels."""
    rng = np.random.default_rng(seed)
    labels = np.arange(n) % parts
    a, b = np.triu_indices(n, 1)
    kept = rng.random(len(a)) < 6 / n
    w = np.where(labels[a] == labels[b], 10, -10)
    return SignedGraph.of(n, a[kept], b[kept], w[kept]), labels


@pytest.mark.parametrize(("n", "parts"), [(12, 2), (14, 4), (60, 3), (150, 6)])
def test_coalitions_lie_apart(n: int, parts: int) -> None:
    """Every actor lies nearer to the middle of its own coalition than to that of any other."""
    graph, labels = blocs(n, parts)
    places = arrange(graph, labels)
    middles = np.array([places[labels == part].mean(axis=0) for part in range(parts)])
    nearest = np.linalg.norm(places[:, None] - middles[None], axis=2).argmin(axis=1)
    assert (nearest == labels).all()


def test_several_splits_share_one_drawing() -> None:
    """With a coarse and a fine split, the fine parts of one side lie nearer to each other than to the other side's."""
    fine = np.repeat(np.arange(4), 5)
    places = arrange(SignedGraph.of(20, [], [], []), np.column_stack((fine // 2, fine)))
    middle = np.array([places[fine == part].mean(axis=0) for part in range(4)])
    same_side = np.linalg.norm(middle[0] - middle[1])
    assert same_side < np.linalg.norm(middle[0] - middle[2])
    assert same_side < np.linalg.norm(middle[0] - middle[3])


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 40), st.integers(1, 6), st.integers(0, 99))
def test_places_are_finite_inside_the_square_and_repeatable(n: int, parts: int, seed: int) -> None:
    """Any network gives finite positions in the unit square, the same ones each time, no two actors on one spot."""
    graph, labels = blocs(n, parts, seed) if n else (SignedGraph.of(0, [], [], []), np.zeros(0, int))
    places = arrange(graph, labels)
    assert places.shape == (n, 2)
    assert np.isfinite(places).all()
    assert ((places >= 0) & (places <= 1)).all()
    assert (places == arrange(graph, labels)).all()
    assert len(np.unique(places, axis=0)) == n


def test_huge_weights_change_nothing_but_proportions() -> None:
    """Multiplying all weights by a constant leaves the drawing as it is."""
    graph, labels = blocs(30, 3)
    larger = SignedGraph.of(graph.n, graph.a, graph.b, graph.w * 2**40)
    assert (arrange(graph, labels) == arrange(larger, labels)).all()


def test_labels_of_another_length_are_refused() -> None:
    """Labels that don't belong to the network are refused with both numbers in the sentence."""
    with pytest.raises(DataError, match="3 actors needs 3 rows"):
        arrange(SignedGraph.of(3, [0], [1], [1]), [0, 1])
