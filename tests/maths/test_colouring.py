"""Exact colouring of small graphs."""

from __future__ import annotations

from itertools import combinations

import pytest

from allegiance.maths.colouring import colouring, colourings, uncolourable_part


def complete(n: int) -> dict[int, set[int]]:
    """Return the complete graph on n vertices."""
    return {v: set(range(n)) - {v} for v in range(n)}


@pytest.mark.parametrize("n", [1, 3, 5])
def test_a_complete_graph_needs_a_colour_each(n: int) -> None:
    """One colour fewer than vertices never does."""
    colours = colouring(complete(n), n)
    assert colours is not None
    assert len(set(colours.values())) == n
    assert colouring(complete(n), n - 1) is None


def test_the_uncolourable_part_is_minimal() -> None:
    """Of a larger graph only the complete part on four vertices is blamed."""
    graph = complete(4)
    for v in range(4, 9):
        graph[v] = {v - 1}
        graph[v - 1].add(v)
    assert uncolourable_part(graph, 3) == complete(4)


def test_colourings_differ_in_more_than_names() -> None:
    """A path of three has two colourings with three colours: the ends alike, or all different."""
    found = list(colourings({0: {1}, 1: {0, 2}, 2: {1}}, 3))
    partitions = {
        frozenset(pair for pair in combinations(range(3), 2) if c[pair[0]] == c[pair[1]]) for c in found
    }
    assert len(found) == 2
    assert partitions == {frozenset({(0, 2)}), frozenset()}
