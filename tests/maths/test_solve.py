"""The exact engine against brute force and against what must not change its answers."""

from __future__ import annotations

import csv
from collections import defaultdict
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allegiance.errors import ContradictionError, UsageError
from allegiance.maths.constraints import Constraints
from allegiance.maths.graph import SignedGraph
from allegiance.maths.solve import Split, canonical, solve

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "networks"
KS = (None, 1, 2, 3)


@st.composite
def graphs(draw: st.DrawFn, most: int = 6) -> SignedGraph:
    """Draw a small signed graph; a third of its weights are large."""
    n = draw(st.integers(1, most))
    pairs = [(a, b) for a in range(n) for b in range(a + 1, n)]
    weights = draw(st.lists(st.integers(-4, 4), min_size=len(pairs), max_size=len(pairs)))
    return SignedGraph.of(n, [a for a, _ in pairs], [b for _, b in pairs], weights)


def keeps(labels: tuple[int, ...], constraints: Constraints) -> bool:
    """Tell whether a split keeps the constraints."""
    together = all(labels[a] == labels[b] for a, b in constraints.together)
    return together and all(labels[a] != labels[b] for a, b in constraints.apart)


def brute(graph: SignedGraph, k: int | None, constraints: Constraints) -> int | None:
    """Return the least violated weight over all splits, None if none keeps the constraints."""
    values = [
        graph.frustration(np.array(labels))
        for labels in product(range(min(k or graph.n, graph.n)), repeat=graph.n)
        if labels[0] == 0 and keeps(labels, constraints)
    ]
    return min(values, default=None)


def check_valid(graph: SignedGraph, k: int | None, split: Split) -> None:
    """Assert what every split must be, whatever its quality."""
    assert split.labels.shape == (graph.n,)
    assert split.value == graph.frustration(split.labels)
    assert 0 <= split.lower_bound <= split.value
    assert split.proved == (split.lower_bound == split.value)
    assert k is None or len(np.unique(split.labels)) <= k
    assert (canonical(split.labels) == split.labels).all()


@settings(max_examples=60, deadline=None)
@given(graphs(), st.sampled_from(KS))
def test_equals_brute_force(graph: SignedGraph, k: int | None) -> None:
    """On small graphs the value is the least of all splits, and proved."""
    split = solve(graph, k)
    check_valid(graph, k, split)
    assert split.proved
    assert split.value == brute(graph, k, Constraints())


@settings(max_examples=60, deadline=None)
@given(graphs(), st.sampled_from(KS), st.data())
def test_equals_brute_force_under_constraints(graph: SignedGraph, k: int | None, data: st.DataObject) -> None:
    """Under wishes the value is the least of all splits that keep them; impossible wishes are named."""
    actor = st.integers(0, graph.n - 1)
    pairs = st.lists(st.tuples(actor, actor), max_size=3).map(tuple)
    constraints = Constraints(together=data.draw(pairs), apart=data.draw(pairs))
    expected = brute(graph, k, constraints)
    if expected is None:
        with pytest.raises(ContradictionError) as refusal:
            solve(graph, k, constraints=constraints)
        named = Constraints(together=refusal.value.together, apart=refusal.value.apart)
        assert brute(graph, k, named) is None
        return
    split = solve(graph, k, constraints=constraints)
    check_valid(graph, k, split)
    assert keeps(tuple(split.labels), constraints)
    assert split.proved
    assert split.value == expected


@settings(max_examples=30, deadline=None)
@given(graphs(most=8), st.sampled_from(KS), st.integers(0, 100))
def test_relabelling_actors_changes_nothing(graph: SignedGraph, k: int | None, seed: int) -> None:
    """The value doesn't depend on the order of the actors."""
    order = np.random.default_rng(seed).permutation(graph.n)
    other = SignedGraph.of(graph.n, order[graph.a], order[graph.b], graph.w)
    assert solve(other, k).value == solve(graph, k).value


@settings(max_examples=30, deadline=None)
@given(graphs(most=8), st.integers(0, 255))
def test_switching_changes_no_frustration(graph: SignedGraph, mask: int) -> None:
    """Turning all ties of some actors leaves the value for two coalitions as it is."""
    side = np.array([mask >> i & 1 for i in range(graph.n)])
    sign = np.where(side[graph.a] == side[graph.b], 1, -1)
    switched = SignedGraph.of(graph.n, graph.a, graph.b, graph.w * sign)
    assert solve(switched, 2).value == solve(graph, 2).value


@settings(max_examples=20, deadline=None)
@given(graphs(most=8), st.sampled_from(KS), st.sampled_from([3, 10**6 + 3, 10**15]))
def test_scaling_scales_the_value(graph: SignedGraph, k: int | None, factor: int) -> None:
    """Weights times a constant give the value times that constant, still proved."""
    scaled = SignedGraph.of(graph.n, graph.a, graph.b, graph.w * factor)
    split = solve(scaled, k)
    assert split.proved
    assert split.value == factor * solve(graph, k).value


def test_no_coalition_is_refused() -> None:
    """Fewer than one coalition is a wrong call."""
    with pytest.raises(UsageError, match="at least 1"):
        solve(SignedGraph.of(2, [0], [1], [1]), 0)


def test_the_same_seed_gives_the_same_split() -> None:
    """Same input, same seed, same answer to the last label."""
    rng = np.random.default_rng(1)
    pairs = np.argwhere(np.triu(rng.random((30, 30)) < 0.3, 1))
    graph = SignedGraph.of(30, pairs[:, 0], pairs[:, 1], rng.choice([-2, -1, 1, 3], len(pairs)))
    first, second = solve(graph, 2, seed=5), solve(graph, 2, seed=5)
    assert first.proved
    assert (first.labels == second.labels).all()


@pytest.mark.shared_data
def test_correlates_of_war_is_proved(shared_data: Path) -> None:
    """All windows of the Correlates of War networks are proved, with the published values."""
    windows: dict[str, list[tuple[str, str, int]]] = defaultdict(list)
    with (shared_data / "signed" / "cow_all.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            windows[row["year"]].append((row["source"], row["target"], int(row["weight"])))
    known = {"46-49": (17, 12), "60-63": (39, 35), "70-73": (26, None), "80-83": (48, 41), "96-99": (45, 33)}
    for window, ties in windows.items():
        names = sorted({name for tie in ties for name in tie[:2]})
        number = {name: i for i, name in enumerate(names)}
        graph = SignedGraph.of(
            len(names),
            [number[a] for a, _, _ in ties],
            [number[b] for _, b, _ in ties],
            [w for *_, w in ties],
        )
        two, free = solve(graph, 2), solve(graph, None)
        assert two.proved
        assert free.proved
        assert two.value == known.get(window, (two.value,))[0]
        assert free.value == (known.get(window, (0, None))[1] or free.value)


@pytest.mark.shared_data
def test_highland_tribes_fall_into_three_blocs(shared_data: Path) -> None:
    """As many as fit gives the three blocs of Hage and Harary (1983)."""
    ties = np.loadtxt(shared_data / "signed" / "highlandtribes.csv", delimiter=",", skiprows=1, dtype=int)
    split = solve(SignedGraph.of(16, ties[:, 0], ties[:, 1], ties[:, 2]), None)
    assert split.value == 2
    assert sorted(np.bincount(split.labels)) == [4, 5, 7]
