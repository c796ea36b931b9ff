"""Slices joined to one graph."""

from __future__ import annotations

import numpy as np

from allegiance.maths.graph import SignedGraph
from allegiance.maths.multislice import Multislice


def graph(n: int, *ties: tuple[int, int, int]) -> SignedGraph:
    """Return a graph of ties (a, b, weight)."""
    a, b, w = zip(*ties, strict=True) if ties else ((), (), ())
    return SignedGraph.of(n, a, b, w)


def test_actors_are_linked_with_their_next_appearance() -> None:
    """Each actor is linked once to where it appears next, across slices in which it is missing; ties stay in theirs."""
    slices = [(np.array([4, 7]), graph(2, (0, 1, 5))), (np.array([7, 9]), graph(2, (0, 1, -5)))]
    slices.append((np.array([4, 9]), graph(2, (0, 1, 3))))
    joined = Multislice.of([actors for actors, _ in slices], [one for _, one in slices], 2)
    assert joined.actor.tolist() == [4, 7, 7, 9, 4, 9]
    assert joined.slice.tolist() == [0, 0, 1, 1, 2, 2]
    assert sorted(zip(joined.earlier.tolist(), joined.later.tolist(), strict=True)) == [
        (0, 4),
        (1, 2),
        (3, 5),
    ]
    assert dict(
        zip(
            zip(joined.graph.a.tolist(), joined.graph.b.tolist(), strict=True),
            joined.graph.w.tolist(),
            strict=True,
        )
    ) == {(0, 1): 5, (2, 3): -5, (4, 5): 3, (0, 4): 2, (1, 2): 2, (3, 5): 2}


def test_without_slices_there_is_an_empty_graph() -> None:
    """No slice, no vertex; and links of weight 0 tie nothing."""
    assert Multislice.of([], [], 1).graph.n == 0
    actors = [np.array([0, 1]), np.array([0, 1])]
    assert Multislice.of(actors, [graph(2, (0, 1, 1)), graph(2, (0, 1, 1))], 0).graph.m == 2
