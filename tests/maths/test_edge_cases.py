"""What a user may ask although there is little to answer: each has a right answer at once."""

from __future__ import annotations

import _thread
import threading

import numpy as np
import pytest

from allegiance.errors import ContradictionError, UsageError
from allegiance.maths.certificate import check
from allegiance.maths.constraints import Constraints
from allegiance.maths.graph import SignedGraph
from allegiance.maths.proof import certify
from allegiance.maths.question import Question
from allegiance.maths.solve import solve

KS = (None, 1, 2, 3, 40)


def complete(n: int, weights: object) -> SignedGraph:
    """Return a complete graph with these weights."""
    pairs = np.argwhere(np.triu(np.ones((n, n)), 1))
    return SignedGraph.of(n, pairs[:, 0], pairs[:, 1], np.broadcast_to(np.asarray(weights), len(pairs)))


def random_complete(n: int, seed: int) -> SignedGraph:
    """Return a complete graph with random signs, which needs branching."""
    return complete(n, np.random.default_rng(seed).choice([-1, 1], n * (n - 1) // 2))


@pytest.mark.parametrize("k", KS)
def test_no_actor(k: int | None) -> None:
    """A network without actors has the empty split."""
    split = solve(SignedGraph.of(0, [], [], []), k)
    assert split.proved
    assert split.labels.shape == (0,)


@pytest.mark.parametrize("k", KS)
@pytest.mark.parametrize("n", [1, 2, 5])
def test_no_tie(k: int | None, n: int) -> None:
    """Without ties nothing is violated."""
    split = solve(SignedGraph.of(n, [], [], []), k)
    assert (split.value, split.proved) == (0, True)


@pytest.mark.parametrize("k", KS)
def test_a_million_isolated_actors(k: int | None) -> None:
    """A frustrated triangle among a million actors without ties is solved as if alone."""
    split = solve(SignedGraph.of(10**6, [0, 1, 2], [1, 2, 0], [1, 1, -1]), k)
    assert (split.value, split.proved) == (1, True)


@pytest.mark.parametrize("k", KS)
def test_all_positive(k: int | None) -> None:
    """All friends are one coalition, whatever number is allowed."""
    split = solve(complete(9, 2), k)
    assert (split.value, split.proved) == (0, True)
    assert not split.labels.any()


@pytest.mark.parametrize(("k", "value"), [(None, 0), (1, 36), (2, 16), (3, 9), (40, 0)])
def test_all_negative(k: int | None, value: int) -> None:
    """All enemies: as many pairs stay together as Turán's theorem leaves."""
    graph = complete(9, -1)
    split = solve(graph, k)
    assert (split.value, split.proved) == (value, True)
    assert check(certify(graph, k, split), graph, Question(k)).proved


@pytest.mark.parametrize("k", KS)
def test_disconnected_parts_add_up(k: int | None) -> None:
    """The value of two networks side by side is the sum of their values."""
    one, other = random_complete(7, 1), random_complete(6, 2)
    both = SignedGraph.of(13, np.r_[one.a, other.a + 7], np.r_[one.b, other.b + 7], np.r_[one.w, other.w])
    split = solve(both, k)
    assert split.proved
    assert split.value == solve(one, k).value + solve(other, k).value


@pytest.mark.parametrize("k", [None, 2, 3])
def test_weights_up_to_the_allowed_total(k: int | None) -> None:
    """Weights near 2^60 are summed exactly."""
    graph = SignedGraph.of(3, [0, 0, 1], [1, 2, 2], [2**60, 2**60 - 1, -(2**60)])
    split = solve(graph, k)
    assert (split.value, split.proved) == (2**60 - 1, True)


@pytest.mark.parametrize("k", [None, 2, 3])
def test_huge_crooked_weights_never_overstate_the_bound(k: int | None) -> None:
    """Where floats are too coarse the bound is a little low, never too high."""
    graph = complete(9, np.random.default_rng(3).integers(-(2**55), 2**55, 36))
    split = solve(graph, k)
    assert split.lower_bound <= split.value
    assert split.value - split.lower_bound < split.value / 10**12
    assert check(certify(graph, k, split), graph, Question(k)).valid


@pytest.mark.parametrize("k", KS)
def test_no_time_at_all(k: int | None) -> None:
    """With a time limit of 0 there is a valid split and a valid bound."""
    graph = random_complete(20, 4)
    split = solve(graph, k, time_limit=0)
    assert split.value == graph.frustration(split.labels)
    assert 0 <= split.lower_bound <= split.value


def test_an_interrupt_keeps_what_is_known() -> None:
    """Stopped by the user, the answer says so and is valid all the same."""
    graph = random_complete(45, 5)
    started = threading.Event()

    def told(_value: int, bound: int) -> None:
        if bound > 0 and not started.is_set():
            started.set()
            _thread.interrupt_main()

    split = solve(graph, None, progress=told)
    assert split.interrupted
    assert not split.proved
    assert 0 < split.lower_bound < split.value
    assert check(certify(graph, None, split), graph).valid


def test_progress_only_gets_better() -> None:
    """Values told never rise, bounds never fall, and they meet."""
    graph = random_complete(14, 6)
    told: list[tuple[int, int]] = []
    split = solve(graph, 2, progress=lambda value, bound: told.append((value, bound)))
    values, bounds = zip(*told, strict=True)
    assert sorted(values, reverse=True) == list(values)
    assert sorted(bounds) == list(bounds)
    assert told[-1] == (split.value, split.lower_bound)


@pytest.mark.parametrize(
    ("k", "wishes", "words"),
    [
        (2, Constraints(apart=((0, 1), (1, 2), (0, 2))), "exclude each other"),
        (3, Constraints(apart=tuple((a, b) for a in range(4) for b in range(a))), "don't fit into 3"),
        (None, Constraints(together=((0, 1), (1, 2)), apart=((0, 2),)), "together actor 0 and actor 1"),
        (2, Constraints(sides=((0, 0), (1, 1)), together=((0, 1),)), "exclude each other"),
        (1, Constraints(apart=((0, 1),)), "don't fit into 1"),
    ],
)
def test_wishes_that_contradict_are_named(k: int | None, wishes: Constraints, words: str) -> None:
    """The error lists the wishes that exclude each other, in names where these are given."""
    with pytest.raises(ContradictionError, match=words) as refusal:
        solve(complete(4, 1), k, constraints=wishes)
    assert "'C'" in str(refusal.value.named("ABCD")) or "'A'" in str(refusal.value.named("ABCD"))


@pytest.mark.parametrize(
    ("k", "wishes"),
    [
        (2, Constraints(together=((0, 9),))),
        (2, Constraints(sides=((0, 2),))),
        (3, Constraints(sides=((0, 1),))),
    ],
)
def test_wishes_that_make_no_sense_are_refused(k: int, wishes: Constraints) -> None:
    """Unknown actors, a third side, sides without two coalitions."""
    with pytest.raises(UsageError):
        solve(complete(4, 1), k, constraints=wishes)


def test_fixed_sides_are_kept() -> None:
    """Actors of one side end together, those of different sides apart."""
    split = solve(complete(5, 1), 2, constraints=Constraints(sides=((0, 0), (1, 1), (2, 1))))
    assert split.labels[1] == split.labels[2] != split.labels[0]
    assert (split.value, split.proved) == (4, True)
