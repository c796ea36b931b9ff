"""Size limits of two coalitions against brute force."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allegiance.errors import ContradictionError, UsageError
from allegiance.maths.certificate import check
from allegiance.maths.constraints import Constraints
from allegiance.maths.graph import SignedGraph
from allegiance.maths.proof import certify
from allegiance.maths.question import Question
from allegiance.maths.solve import solve


@settings(max_examples=40, deadline=None)
@given(st.integers(2, 8), st.integers(0, 10**6), st.integers(0, 4), st.booleans())
def test_the_bound_holds_and_the_limits_are_kept(n: int, seed: int, least: int, wish: bool) -> None:  # noqa: FBT001
    """The split keeps the limits, its bound is at most the true optimum, and a proof means it is the optimum."""
    pairs = np.argwhere(np.triu(np.ones((n, n)), 1))
    weights = np.random.default_rng(seed).choice([-1, 0, 1, 1, 2], len(pairs))
    graph = SignedGraph.of(n, pairs[:, 0], pairs[:, 1], weights)
    wishes = Constraints(together=((0, n - 1),) if wish else (), smallest=least)
    values = [
        graph.frustration(np.array(row))
        for row in product((0, 1), repeat=n)
        if least <= sum(row) <= n - least and (not wish or row[0] == row[-1])
    ]
    if not values:
        with pytest.raises((UsageError, ContradictionError)):
            solve(graph, 2, constraints=wishes)
        return
    split = solve(graph, 2, constraints=wishes)
    assert least <= int(split.labels.sum()) <= n - least
    assert split.lower_bound <= min(values) <= split.value
    assert split.value == graph.frustration(split.labels)
    assert split.proved == (split.lower_bound == split.value)


def test_parts_are_turned_at_no_cost() -> None:
    """Parts without ties between them are put on sides so that the limits are kept, proved."""
    graph = SignedGraph.of(9, [0, 1, 3, 4], [1, 2, 4, 5], [1, 1, 1, 1])
    split = solve(graph, 2, constraints=Constraints(smallest=4))
    assert (split.value, split.proved) == (0, True)
    assert split.labels.sum() == 4


def test_an_even_cut_of_a_path_is_proved() -> None:
    """A path of friends cut in the middle violates one tie."""
    graph = SignedGraph.of(8, range(7), range(1, 8), [1] * 7)
    split = solve(graph, 2, constraints=Constraints(largest=4))
    assert (split.value, split.proved) == (1, True)
    verdict = check(certify(graph, 2, split), graph, Question(2))
    assert verdict.valid
    assert verdict.lower_bound == 0  # what holds without the limits


@pytest.mark.parametrize(
    ("k", "wishes", "words"),
    [
        (2, Constraints(smallest=3), "need 6; there are only 5"),
        (2, Constraints(largest=2), "hold 4; there are 5"),
        (None, Constraints(smallest=2), "need two coalitions"),
        (2, Constraints(smallest=2, together=((0, 1), (1, 2), (2, 3))), "at least 2 actors"),
    ],
)
def test_impossible_sizes_are_named(k: int | None, wishes: Constraints, words: str) -> None:
    """The sentence says which limit can't be kept, and why."""
    with pytest.raises(UsageError, match=words):
        solve(SignedGraph.of(5, [0], [1], [1]), k, constraints=wishes)
