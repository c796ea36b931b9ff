"""Every split within the tolerance is listed, once, and no other."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allegiance.errors import UsageError
from allegiance.maths.constraints import Constraints
from allegiance.maths.enumerate import alternatives
from allegiance.maths.graph import SignedGraph
from allegiance.maths.separation import components
from allegiance.maths.solve import canonical, solve


def drawn(n: int, seed: int) -> SignedGraph:
    """Return a random signed graph."""
    pairs = np.argwhere(np.triu(np.ones((n, n)), 1))
    weights = np.random.default_rng(seed).choice([-2, -1, 0, 1, 1], len(pairs))
    return SignedGraph.of(n, pairs[:, 0], pairs[:, 1], weights)


def hangs_together(graph: SignedGraph, labels: np.ndarray) -> bool:
    """Tell whether each coalition is connected by positive ties."""
    inside = (labels[graph.a] == labels[graph.b]) & (graph.w > 0)
    parts = components(graph.n, graph.a[inside], graph.b[inside])
    return bool(len(np.unique(parts)) == len(np.unique(labels)))


def brute(graph: SignedGraph, k: int | None, tolerance: int, wishes: Constraints) -> set[bytes]:
    """Return all splits that should be listed, by trying all."""
    listed: dict[bytes, int] = {}
    tied = np.zeros(graph.n, dtype=bool)
    tied[np.concatenate([graph.a, graph.b, np.array(wishes.apart, dtype=int).ravel()])] = True
    parts = components(graph.n, graph.a, graph.b)
    first = [int(np.flatnonzero(parts == part)[0]) for part in range(int(parts.max()) + 1)]
    for row in product(range(min(k or graph.n, graph.n)), repeat=graph.n):
        labels = np.array(row, dtype=np.int32)
        if any(labels[a] == labels[b] for a, b in wishes.apart):
            continue
        if k is None and not hangs_together(graph, labels):
            continue
        if k == 2 and not wishes.apart and labels[first].any():
            continue
        listed[canonical(labels).tobytes()] = graph.frustration(labels)
    return {key for key, value in listed.items() if value <= min(listed.values()) + tolerance}


@settings(max_examples=40, deadline=None)
@given(
    st.integers(2, 5), st.integers(0, 10**6), st.sampled_from([None, 2, 3]), st.integers(0, 2), st.booleans()
)
def test_lists_what_brute_force_lists(n: int, seed: int, k: int | None, tolerance: int, apart: bool) -> None:  # noqa: FBT001
    """The list is the same as that of all splits tried one by one."""
    graph = drawn(n, seed)
    if len(np.unique(components(graph.n, graph.a, graph.b))) > 1:
        return  # what may be placed freely is listed in one way only
    wishes = Constraints(apart=((0, n - 1),) if apart else ())
    best = solve(graph, k, constraints=wishes)
    found = alternatives(graph, k, best, tolerance=tolerance, constraints=wishes, most=100_000)
    assert found.complete
    assert {row.tobytes() for row in found.labels} == brute(graph, k, tolerance, wishes)
    assert len({row.tobytes() for row in found.labels}) == len(found.labels)
    assert found.values == tuple(sorted(graph.frustration(row) for row in found.labels))


def test_a_cut_list_says_so() -> None:
    """More splits than asked for: as many as asked, and the note that there may be more."""
    n = 9
    graph = SignedGraph.of(n, np.arange(n), (np.arange(n) + 1) % n, [-1] * n)
    best = solve(graph, 2)
    assert len(alternatives(graph, 2, best).labels) == n
    cut = alternatives(graph, 2, best, most=4)
    assert len(cut.labels) == 4
    assert not cut.complete


def test_parts_combine() -> None:
    """Two triangles that share an actor: each of three ways with each of three others."""
    graph = SignedGraph.of(5, [0, 0, 1, 2, 2, 3], [1, 2, 2, 3, 4, 4], [1, 1, -1, 1, 1, -1])
    for k in (2, None):
        found = alternatives(graph, k, solve(graph, k))
        assert len(found.labels) == 9
        assert set(found.values) == {2}


def test_a_wrong_tolerance_is_refused() -> None:
    """A negative tolerance is a wrong call."""
    graph = drawn(4, 1)
    with pytest.raises(UsageError, match="tolerance"):
        alternatives(graph, 2, solve(graph, 2), tolerance=-1)
