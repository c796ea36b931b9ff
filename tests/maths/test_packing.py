"""What a certified lower bound must keep, whatever the network."""

from __future__ import annotations

import csv
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allegiance.errors import DataError, UsageError
from allegiance.maths.clock import Clock
from allegiance.maths.graph import SignedGraph
from allegiance.maths.packing import Packing, pack

if TYPE_CHECKING:
    from pathlib import Path

few = settings(max_examples=40, deadline=None)


@st.composite
def graphs(draw: st.DrawFn, most: int = 7) -> SignedGraph:
    """Draw a small signed network with weights of either sign."""
    n = draw(st.integers(1, most))
    pairs = [(a, b) for a in range(n) for b in range(a)]
    weights = draw(st.lists(st.integers(-4, 4), min_size=len(pairs), max_size=len(pairs)))
    return SignedGraph.of(n, [a for a, _ in pairs], [b for _, b in pairs], weights)


def least(graph: SignedGraph, k: int | None) -> int:
    """Return the least violated weight by trying every split, actor 0 having label 0."""
    labels = range(min(graph.n, k or graph.n))
    return min(graph.frustration(np.array((0, *rest))) for rest in product(labels, repeat=graph.n - 1))


def noisy(n: int = 60, ties: int = 500) -> SignedGraph:
    """Return a network whose bound takes some rounds."""
    dice = np.random.default_rng(5)
    return SignedGraph.of(
        n, dice.integers(0, n, ties), dice.integers(0, n, ties), dice.integers(-9, 10, ties)
    )


@few
@given(graphs(), st.sampled_from([2, 3, None]), st.integers(0, 5))
def test_bound_is_valid_and_proved_by_its_cycles(graph: SignedGraph, k: int | None, rounds: int) -> None:
    """No split violates less than the bound, and the checker recomputes exactly that bound from the cycles."""
    packing = pack(graph, k, seed=1, rounds=rounds)
    assert packing.bound <= least(graph, k)
    assert packing.checked(graph, k if k == 2 else None) == packing.bound


@few
@given(graphs(), st.data(), st.sampled_from([2, None]))
def test_any_split_may_guide(graph: SignedGraph, data: st.DataObject, k: int | None) -> None:
    """A bad guide makes a worse bound, never a wrong one."""
    split = data.draw(st.lists(st.integers(0, 1), min_size=graph.n, max_size=graph.n))
    packing = pack(graph, k, seed=1, split=split)
    assert packing.checked(graph, k) == packing.bound <= least(graph, k)


def test_a_single_bad_triangle() -> None:
    """Two friends of a third who fight each other cost the lightest of the three ties."""
    graph = SignedGraph.of(3, [0, 1, 0], [1, 2, 2], [5, 7, -6])
    for k in (2, None):
        packing = pack(graph, k, seed=0)
        assert packing.bound == 5
        assert sorted(packing.cycle(0).tolist()) == [0, 1, 2]


def test_three_enemies_are_bad_for_two_coalitions_only() -> None:
    """A triangle of enemies fits into three coalitions, not into two."""
    graph = SignedGraph.of(3, [0, 1, 0], [1, 2, 2], [-1, -1, -1])
    assert pack(graph, 2, seed=0).bound == 1
    assert pack(graph, None, seed=0).bound == 0


def test_fractions_round_up_to_a_multiple_of_the_common_divisor() -> None:
    """Five mutual enemies: ten triangles share ten ties, a third of each, so 10/3 x 30 becomes 120."""
    pairs = [(a, b) for a in range(5) for b in range(a)]
    graph = SignedGraph.of(5, [a for a, _ in pairs], [b for _, b in pairs], [-30] * len(pairs))
    assert pack(graph, 2, seed=0).bound == least(graph, 2) == 120


def test_same_seed_same_packing() -> None:
    """Two packings with one seed are equal to the last multiplier."""
    one, other = pack(noisy(), 2, seed=3, rounds=5), pack(noisy(), 2, seed=3, rounds=5)
    np.testing.assert_array_equal(one.ties, other.ties)
    np.testing.assert_array_equal(one.multipliers, other.multipliers)


@pytest.mark.parametrize("k", [2, None])
def test_more_rounds_prove_no_less(k: int | None) -> None:
    """The bound grows with the rounds, each step being told."""
    told: list[int] = []
    bounds = [pack(noisy(), k, seed=3, rounds=rounds).bound for rounds in (0, 4)]
    last = pack(noisy(), k, seed=3, rounds=12, progress=told.append).bound
    assert [*bounds, last] == sorted([*bounds, last])
    assert told == sorted(set(told))
    assert told[-1] == last


@pytest.mark.parametrize("k", [2, None])
def test_huge_weights_stay_exact(k: int | None) -> None:
    """Weights near 2^60 leave no room for a scale, and the bound is exact all the same."""
    graph = SignedGraph.of(3, [0, 1, 0], [1, 2, 2], [2**60, 2**60 - 1, -(2**60) + 1])
    packing = pack(graph, k, seed=0)
    assert packing.checked(graph, k) == packing.bound == 2**60 - 1


@pytest.mark.parametrize("k", [2, 5, None])
@pytest.mark.parametrize("n", [0, 1, 4])
def test_without_ties_nothing_is_proved(n: int, k: int | None) -> None:
    """No tie, no bad cycle."""
    graph = SignedGraph.of(n, [], [], [])
    assert pack(graph, k, seed=0).bound == pack(graph, k, seed=0).checked(graph, k) == 0


def test_no_time_and_interrupts_leave_a_valid_packing() -> None:
    """Stopped at once or in the middle, what has been proved stays proved."""
    graph = noisy()
    clock = Clock()
    assert pack(graph, 2, seed=0, clock=Clock(0)).checked(graph, 2) == 0

    def stop(_: int) -> None:
        clock.interrupted = True

    packing = pack(graph, 2, seed=0, clock=clock, progress=stop)
    assert packing.checked(graph, 2) == packing.bound > 0


def test_one_coalition_is_refused() -> None:
    """For one coalition there is nothing to pack."""
    with pytest.raises(UsageError):
        pack(noisy(), 1, seed=0)


def test_tampering_is_refused() -> None:
    """A packing whose cycles, multipliers or scale were changed proves nothing."""
    graph = noisy()
    packing = pack(graph, 2, seed=0)
    swapped = packing.ties.copy()
    swapped[0] = (swapped[0] + 1) % graph.m
    doubled = packing.ties.copy()
    doubled[1] = doubled[0]
    less = packing.multipliers.copy()
    less[0] = 0
    for forged in (
        replace(packing, multipliers=packing.multipliers * 9),
        replace(packing, multipliers=less),
        replace(packing, multipliers=packing.multipliers[1:]),
        replace(packing, ties=swapped),
        replace(packing, ties=doubled),
        replace(packing, ties=packing.ties + graph.m),
        replace(packing, scale=1),
    ):
        with pytest.raises(DataError):
            forged.checked(graph, 2)
    assert isinstance(packing, Packing)


@pytest.mark.shared_data
@pytest.mark.parametrize(("k", "value"), [(2, 14_493), (None, 1_707)])
def test_votes_of_the_united_nations_are_proved(shared_data: Path, k: int | None, value: int) -> None:
    """The bound meets the optimum of a dense weighted network of 192 states."""
    with (shared_data / "signed" / "unga_2015.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    states = sorted({row[end] for row in rows for end in ("source", "target")})
    a, b = ([states.index(row[end]) for row in rows] for end in ("source", "target"))
    graph = SignedGraph.of(len(states), a, b, [int(row["weight"]) for row in rows])
    packing = pack(graph, k, seed=1)
    assert packing.checked(graph, k) == packing.bound == value
