"""What the search for good splits must keep."""

from __future__ import annotations

import csv
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allegiance.errors import UsageError
from allegiance.maths.annealing import numbered
from allegiance.maths.clock import Clock
from allegiance.maths.graph import SignedGraph
from allegiance.maths.local_search import improve, search

if TYPE_CHECKING:
    from pathlib import Path

few = settings(max_examples=30, deadline=None)


@st.composite
def graphs(draw: st.DrawFn, most: int = 6) -> SignedGraph:
    """Draw a small signed network with weights of either sign."""
    n = draw(st.integers(1, most))
    pairs = [(a, b) for a in range(n) for b in range(a)]
    weights = draw(st.lists(st.integers(-4, 4), min_size=len(pairs), max_size=len(pairs)))
    return SignedGraph.of(n, [a for a, _ in pairs], [b for _, b in pairs], weights)


def least(graph: SignedGraph, k: int | None) -> int:
    """Return the least violated weight by trying every split."""
    labels = range(min(graph.n, k or graph.n))
    return min(graph.frustration(np.array(split)) for split in product(labels, repeat=graph.n))


def edges(path: Path) -> SignedGraph:
    """Read an edge list of the shared data."""
    number: dict[str, int] = {}
    with path.open(encoding="utf-8") as file:
        rows = [
            (
                number.setdefault(row["source"], len(number)),
                number.setdefault(row["target"], len(number)),
                int(row["weight"]),
            )
            for row in csv.DictReader(file)
        ]
    return SignedGraph.of(len(number), *zip(*rows, strict=True))


@few
@given(graphs(), st.sampled_from([1, 2, 3, None]))
def test_search_finds_the_optimum_of_a_small_network(graph: SignedGraph, k: int | None) -> None:
    """On six actors annealing must not miss the best split, nor use more labels than allowed."""
    split = search(graph, k, seed=1)
    assert graph.frustration(split) == least(graph, k)
    assert split.dtype == np.int32
    assert split.max() < (k or graph.n)


@few
@given(graphs(8), st.data(), st.sampled_from([2, 3, None]))
def test_improve_never_worsens(graph: SignedGraph, data: st.DataObject, k: int | None) -> None:
    """Single moves only gain, and what is returned can't gain by a further one."""
    labels = data.draw(st.lists(st.integers(0, (k or graph.n) - 1), min_size=graph.n, max_size=graph.n))
    start = np.array(labels)
    split = improve(graph, start, k, seed=3)
    value = graph.frustration(split)
    assert value <= graph.frustration(start)
    assert split.max() < (k or graph.n)
    for actor in range(graph.n):
        for label in range(k or graph.n):
            moved = split.copy()
            moved[actor] = label
            assert graph.frustration(moved) >= value


@few
@given(graphs(8), st.sampled_from([2, 3, None]), st.integers(0, 9))
def test_a_start_is_never_made_worse(graph: SignedGraph, k: int | None, seed: int) -> None:
    """A search that is handed a split answers with one at least as good, even without any run."""
    start = search(graph, k, seed=seed, rounds=1)
    for rounds in (0, 2):
        assert graph.frustration(search(graph, k, seed=0, start=start, rounds=rounds)) <= graph.frustration(
            start
        )


@pytest.mark.parametrize("k", [2, 4, None])
def test_same_seed_same_split(k: int | None) -> None:
    """Two searches with one seed give the same labels to the last actor."""
    dice = np.random.default_rng(5)
    graph = SignedGraph.of(
        80, dice.integers(0, 80, 600), dice.integers(0, 80, 600), dice.integers(-9, 10, 600)
    )
    np.testing.assert_array_equal(search(graph, k, seed=7), search(graph, k, seed=7))


@pytest.mark.parametrize("k", [1, 2, 3, None])
@pytest.mark.parametrize("n", [0, 1, 5])
def test_actors_without_ties(n: int, k: int | None) -> None:
    """Without ties there is nothing to violate, and every actor still has a label."""
    split = search(SignedGraph.of(n, [], [], []), k, seed=0)
    assert split.shape == (n,)


def test_all_negative() -> None:
    """Seven mutual enemies fit into seven coalitions, and into two only at the price of 3 + 6 ties."""
    pairs = [(a, b) for a in range(7) for b in range(a)]
    graph = SignedGraph.of(7, [a for a, _ in pairs], [b for _, b in pairs], [-1] * len(pairs))
    assert len(set(search(graph, None, seed=0))) == 7
    assert graph.frustration(search(graph, 2, seed=0)) == 9
    assert graph.frustration(search(graph, 20, seed=0)) == 0


def test_huge_weights_stay_exact() -> None:
    """Weights near 2^61 are added without wrapping."""
    graph = SignedGraph.of(3, [0, 1, 0], [1, 2, 2], [2**60, 2**60, -(2**60) + 1])
    assert graph.frustration(search(graph, None, seed=0)) == 2**60 - 1


def test_an_interrupt_gives_the_best_split_so_far() -> None:
    """Stopped during a search, its clock makes it answer at once."""
    dice = np.random.default_rng(5)
    graph = SignedGraph.of(
        80, dice.integers(0, 80, 600), dice.integers(0, 80, 600), dice.integers(-9, 10, 600)
    )
    seen: list[int] = []
    clock = Clock()

    def stop(value: int) -> None:
        seen.append(value)
        clock.interrupted = True

    assert [graph.frustration(search(graph, None, seed=1, clock=clock, progress=stop))] == seen


def test_no_time_gives_the_start() -> None:
    """A time limit of 0 still gives a valid split."""
    graph = SignedGraph.of(3, [0, 1], [1, 2], [1, -1])
    assert search(graph, 2, seed=0, clock=Clock(0)).tolist() == [0, 0, 0]


@pytest.mark.parametrize(("labels", "k"), [([0, 1], 2), ([0, 1, 2], 2), ([0, 0, 0], 0)])
def test_wrong_starts_are_refused(labels: list[int], k: int) -> None:
    """A split of the wrong length, with too many coalitions, or none allowed, is the caller's mistake."""
    graph = SignedGraph.of(3, [0], [1], [1])
    with pytest.raises(UsageError):
        improve(graph, labels, k, seed=0)


def test_labels_are_numbered_by_first_appearance() -> None:
    """Renaming the coalitions of a split doesn't change what is returned for it."""
    assert (
        numbered(np.array([7, 3, 7, 9])).tolist() == numbered(np.array([0, 5, 0, 1])).tolist() == [0, 1, 0, 2]
    )


@pytest.mark.shared_data
@pytest.mark.parametrize(("k", "value"), [(2, 14_903), (None, 14_475)])
def test_wikielections(shared_data: Path, k: int | None, value: int) -> None:
    """The best splits that were ever reported for the Wikipedia elections are reached."""
    graph = edges(shared_data / "signed" / "wikielections.csv")
    assert graph.frustration(search(graph, k, seed=1, rounds=3)) <= value


@pytest.mark.shared_data
@pytest.mark.parametrize(("k", "value"), [(2, 14_493), (None, 1_707)])
def test_votes_of_the_united_nations(shared_data: Path, k: int | None, value: int) -> None:
    """The proved optima of the votes of 2015 are reached."""
    graph = edges(shared_data / "signed" / "unga_2015.csv")
    assert graph.frustration(search(graph, k, seed=1)) == value
