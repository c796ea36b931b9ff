"""The cheapest change against brute force, against known answers, and against what must not change it."""

from __future__ import annotations

import csv
from collections import defaultdict
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from allegiance.errors import ContradictionError, UsageError
from allegiance.maths.changeable import Changeable
from allegiance.maths.constraints import Constraints
from allegiance.maths.inverse import Inverse, cheapest
from allegiance.maths.wished import Wish
from inverse_brute import all_pairs, brute, splits

if TYPE_CHECKING:
    from pathlib import Path

FIVE = 5
MEMBERS = ("USA", "GBR", "FRA", "RUS", "CHN")


def changeable(n: int, weights: Any, cost: Any = 1, *, new: bool = False) -> Changeable:
    """Return all pairs of n actors with these weights (those without one left out, unless `new`)."""
    a, b = all_pairs(n)
    w = np.asarray(weights, dtype=np.int64)
    price = np.broadcast_to(np.asarray(cost, dtype=np.int64), w.shape)
    kept = np.ones(len(w), dtype=bool) if new else w != 0
    return Changeable(n, a[kept], b[kept], w[kept], price[kept].copy())


def together(*actors: int) -> Wish:
    """Wish these actors to be in one coalition."""
    return Wish(Constraints(together=tuple((actors[0], other) for other in actors[1:])))


def check_valid(ties: Changeable, k: int | None, wish: Wish, found: Inverse) -> None:
    """Assert that the change does what it says, by trying all splits of the changed network."""
    assert found.change is not None
    assert found.value == ties.price(found.change)
    assert found.lower_bound <= found.value
    assert found.proved == (found.lower_bound == found.value)
    assert wish.granted(found.labels)
    graph, scale = ties.changed(found.change)
    every = {labels: graph.frustration(np.array(labels)) for labels in splits(ties.n, k)}
    least = min(every.values())
    assert graph.frustration(found.labels) == least
    assert found.violated == found.least == Fraction(least, scale)
    if wish.strict:
        others = [value for labels, value in every.items() if not wish.granted(np.array(labels))]
        assert min(others, default=least + scale) >= least + scale


@pytest.mark.parametrize("size", [2, 3])
def test_signed_graphs_of_five_equal_brute_force(size: int) -> None:
    """On every 997th of the 59,049 signed graphs of five actors the value is that of brute force, and proved."""
    for number, weights in enumerate(product((-10, 0, 10), repeat=10)):
        if number % 997 == 0:
            ties, wish = changeable(FIVE, weights), together(*range(size))
            found = cheapest(ties, None, wish)
            assert float(found.value) == pytest.approx(brute(ties, None, wish), abs=1e-9)
            assert found.proved
            check_valid(ties, None, wish, found)


@pytest.mark.parametrize(
    ("weights", "size", "value"),
    [
        # The best wished split would cost 2; another one that violates as much costs 1.
        ([0, -1, -1, 1, -1, 1, -1, 1, 1, -1], 2, 1),
        # Every bound by one rival alone is 1; three rivals together need one and a half.
        ([0, -1, 1, 1, 1, -1, -1, 1, 1, -1], 2, Fraction(3, 2)),
        # The best wished split would cost 3.5.
        ([-1, -1, -1, 1, -1, -1, 1, 0, -1, 1], 3, 3),
    ],
)
def test_one_linear_program_is_not_enough(weights: list[int], size: int, value: Fraction) -> None:
    """Where the best wished split isn't the cheapest to make optimal, another one is found, and that is proved."""
    found = cheapest(changeable(FIVE, [10 * w for w in weights]), None, together(*range(size)))
    assert (found.value, found.lower_bound, found.proved) == (10 * value, 10 * value, True)


@st.composite
def questions(draw: st.DrawFn) -> tuple[Changeable, int | None, Wish]:
    """Draw a small network with costs and frozen ties, a number of coalitions, and a wish."""
    n = draw(st.integers(3, 5))
    pairs = n * (n - 1) // 2
    weights = draw(st.lists(st.integers(-3, 3), min_size=pairs, max_size=pairs))
    cost = draw(st.lists(st.sampled_from([0, 1, 1, 1, 2, 5]), min_size=pairs, max_size=pairs))
    new = draw(st.booleans())
    actor = st.integers(0, n - 1)
    pair = st.tuples(actor, actor).filter(lambda ends: ends[0] != ends[1])
    wish = Wish(
        Constraints(
            together=tuple(draw(st.lists(pair, min_size=1, max_size=2))),
            apart=tuple(draw(st.lists(pair, max_size=1))),
        ),
        strict=draw(st.booleans()),
    )
    return changeable(n, weights, cost, new=new), draw(st.sampled_from([None, 2, 3])), wish


@settings(max_examples=30, deadline=None)
@given(questions())
def test_equals_brute_force_with_costs_and_frozen_ties(question: tuple[Changeable, int | None, Wish]) -> None:
    """With costs, frozen ties, new ties and strict wishes the value is that of brute force, and so is impossibility."""
    ties, k, wish = question
    if not any(wish.granted(np.array(labels)) for labels in splits(ties.n, k)):
        with pytest.raises(ContradictionError):
            cheapest(ties, k, wish)
        return
    expected = brute(ties, k, wish)
    found = cheapest(ties, k, wish)
    assert found.proved
    assert found.impossible == (expected == np.inf)
    if not found.impossible:
        assert float(found.value) == pytest.approx(expected, abs=1e-6)
        check_valid(ties, k, wish, found)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(questions())
def test_changes_that_are_easy_to_prove_are_bounded_honestly(
    monkeypatch: pytest.MonkeyPatch, question: tuple[Changeable, int | None, Wish]
) -> None:
    """Without time for changes of few ties, bound and value have the price of brute force between them."""
    monkeypatch.setattr("allegiance.maths.contest._FIRST_TRY", 0.0)
    ties, k, wish = question
    assume(len(ties.w))
    assume(any(wish.granted(np.array(labels)) for labels in splits(ties.n, k)))
    expected = brute(ties, k, wish)
    found = cheapest(ties, k, wish, time_limit=2)
    if found.change is None:
        assert found.impossible <= (expected == np.inf)
        assert found.impossible or float(found.lower_bound) <= expected + 1e-6
        return
    check_valid(ties, k, wish, found)
    assert float(found.lower_bound) - 1e-6 <= expected <= float(found.value) + 1e-6


@settings(max_examples=12, deadline=None)
@given(st.lists(st.integers(-2, 2), min_size=10, max_size=10), st.sampled_from([None, 2]))
def test_a_coalition_larger_than_any_other(weights: list[int], k: int | None) -> None:
    """The wished coalition can be asked to have more members than any other; brute force agrees on the price."""
    wish = Wish(Constraints(together=((0, 1),)), larger=0)
    ties = changeable(FIVE, weights)
    found = cheapest(ties, k, wish)
    assert found.proved
    assert float(found.value) == pytest.approx(brute(ties, k, wish), abs=1e-6)
    check_valid(ties, k, wish, found)


@settings(max_examples=8, deadline=None)
@given(st.lists(st.integers(-2, 2), min_size=15, max_size=15), st.integers(0, 100))
def test_relabelling_actors_changes_nothing(weights: list[int], seed: int) -> None:
    """The price doesn't depend on the order of the actors."""
    ties = changeable(6, weights)
    place = np.random.default_rng(seed).permutation(6)
    graph = ties.weighed(ties.w)
    moved = type(graph).of(6, place[graph.a], place[graph.b], graph.w)
    other = Changeable(6, moved.a, moved.b, moved.w, np.ones(moved.m, dtype=np.int64))
    wish = together(*(int(place[actor]) for actor in (0, 1, 2)))
    assert cheapest(ties, None, together(0, 1, 2)).value == cheapest(other, None, wish).value


def test_what_holds_already_costs_nothing() -> None:
    """Where a best split has the coalition already, nothing changes."""
    found = cheapest(changeable(3, [10, -10, 0]), None, together(0, 1))
    assert found.change == {}
    assert found.value == 0
    assert found.proved


def test_frozen_ties_that_exclude_the_wish_are_told_with_a_rival() -> None:
    """Where frozen ties exclude the wish this is proved, with a split that no change makes worse than the wished one."""
    ties = changeable(3, [-20, 10, 0], [0, 1, 1])
    found = cheapest(ties, None, together(0, 1))
    assert (found.impossible, found.proved, found.change) == (True, True, None)
    assert found.rival is not None
    differ = ties.within(found.labels) != ties.within(found.rival)
    assert not (differ & ties.free).any()
    assert ties.score(ties.within(found.rival)) > ties.score(ties.within(found.labels))


def test_wishes_that_cannot_be_asked_for_are_refused() -> None:
    """Sides and sizes are no wished coalition, nor is a larger one in every optimal split."""
    ties = changeable(3, [10, -10, 0])
    with pytest.raises(UsageError, match="not by sides"):
        cheapest(ties, 2, Wish(Constraints(sides=((0, 0),))))
    with pytest.raises(UsageError, match="larger"):
        cheapest(ties, None, Wish(Constraints(together=((0, 1),)), strict=True, larger=0))


def test_out_of_time_the_answer_is_valid_all_the_same() -> None:
    """Without any time a change is told that makes the wished split optimal, with a bound and without proof."""
    dice = np.random.default_rng(3)
    ties = changeable(40, dice.choice([-10, 0, 10], 780, p=[0.2, 0.6, 0.2]))
    found = cheapest(ties, None, together(0, 1, 2), time_limit=0)
    assert found.change is not None
    graph, scale = ties.changed(found.change)
    assert found.violated == found.least == Fraction(graph.frustration(found.labels), scale)
    assert 0 <= found.lower_bound <= found.value


def test_the_same_seed_gives_the_same_change() -> None:
    """Same input, same seed, same ties to change."""
    dice = np.random.default_rng(1)
    ties = changeable(15, dice.choice([-10, 0, 10], 105))
    first, second = (cheapest(ties, None, together(0, 1, 2), seed=4) for _ in range(2))
    assert first.proved
    assert first.change == second.change


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("window", "k", "value"),
    [("96-99", None, 160), ("74-77", None, 90), ("46-49", 2, 80)],
)
def test_five_permanent_members(shared_data: Path, window: str, k: int | None, value: int) -> None:
    """What would join the five permanent members is proved, also where the best wished split isn't the cheapest."""
    ties: dict[tuple[str, str], int] = defaultdict(int)
    with (shared_data / "signed" / "cow_all.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["year"] == window:
                ties[row["source"], row["target"]] += 10 * int(row["weight"])
    names = sorted({name for pair in ties for name in pair})
    number = {name: i for i, name in enumerate(names)}
    keys = {(min(number[a], number[b]), max(number[a], number[b])): w for (a, b), w in ties.items()}
    ends = np.array(sorted(keys), dtype=np.int32)
    weights = np.array([keys[a, b] for a, b in ends.tolist()], dtype=np.int64)
    net = Changeable(len(names), ends[:, 0], ends[:, 1], weights, np.ones(len(ends), dtype=np.int64))
    found = cheapest(net, k, together(*(number[name] for name in MEMBERS)))
    assert found.value == value
    assert found.proved
    assert found.violated == found.least
