"""What the search of large networks must keep."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allegiance.maths.clock import Clock
from allegiance.maths.graph import SignedGraph
from allegiance.maths.multilevel import search


def blocs(n: int, ties: int, count: int, seed: int) -> tuple[SignedGraph, np.ndarray]:
    """Return a network of `count` blocs, a tenth of its signs wrong, and the blocs."""
    dice = np.random.default_rng(seed)
    bloc = dice.integers(0, count, n)
    a, b = dice.integers(0, n, ties), dice.integers(0, n, ties)
    sign = np.where(bloc[a] == bloc[b], 1, -1) * np.where(dice.random(ties) < 0.1, -1, 1)
    return SignedGraph.of(n, a, b, sign), bloc


@settings(max_examples=20, deadline=None)
@given(st.integers(2, 40), st.integers(0, 9), st.sampled_from([2, 3, None]))
def test_a_start_is_never_made_worse(n: int, seed: int, k: int | None) -> None:
    """Warm moves may lose on the way, the answer doesn't."""
    graph, bloc = blocs(n, 3 * n, 2, seed)
    split = search(graph, k, seed=seed, start=bloc)
    assert graph.frustration(split) <= graph.frustration(bloc)
    assert split.shape == (n,)
    assert len(set(split.tolist())) <= (k or n)


def test_planted_blocs_are_found() -> None:
    """With many ties for each actor the answer is at least as good as the blocs that made the network."""
    graph, bloc = blocs(2_000, 60_000, 5, 3)
    assert graph.frustration(search(graph, None, seed=1)) <= graph.frustration(bloc)


@pytest.mark.parametrize("k", [2, None])
def test_same_seed_same_split(k: int | None) -> None:
    """Two searches with one seed give the same labels to the last actor."""
    graph, _ = blocs(300, 1_500, 4, 3)
    np.testing.assert_array_equal(search(graph, k, seed=7), search(graph, k, seed=7))


@pytest.mark.parametrize("n", [0, 1, 6])
def test_actors_without_ties_stay_alone(n: int) -> None:
    """As many as fit: without a tie there is no reason to be together."""
    assert search(SignedGraph.of(n, [], [], []), None, seed=0).tolist() == list(range(n))


def test_all_negative() -> None:
    """Mutual enemies stay alone and violate nothing."""
    graph = SignedGraph.of(4, [0, 0, 0, 1, 1, 2], [1, 2, 3, 2, 3, 3], [-1] * 6)
    assert search(graph, None, seed=0).tolist() == [0, 1, 2, 3]


def test_coalitions_hang_together() -> None:
    """Two pairs of friends without a tie between them are two coalitions."""
    graph = SignedGraph.of(4, [0, 2], [1, 3], [1, 1])
    assert search(graph, None, seed=0, start=[0, 0, 0, 0]).tolist() == [0, 0, 1, 1]


def test_an_interrupt_gives_the_best_split_so_far() -> None:
    """Stopped during a search, its clock makes it answer at once."""
    graph, _ = blocs(300, 1_500, 4, 3)
    seen: list[int] = []
    clock = Clock()

    def stop(value: int) -> None:
        seen.append(value)
        clock.interrupted = True

    assert [graph.frustration(search(graph, None, seed=1, clock=clock, progress=stop))] == seen
