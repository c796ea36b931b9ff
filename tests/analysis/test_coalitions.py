"""Which coalitions are there, in names and with reasons to believe it."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allegiance.analysis import Wishes, coalitions
from allegiance.errors import ContradictionError, UnknownNameError, UsageError
from allegiance.network import SignedNetwork
from builders import statement


def network(*ties: tuple[str, str, int]) -> SignedNetwork:
    """Return a network of ties (a, b, tenths)."""
    return SignedNetwork.from_statements(
        statement(a, b, 1 if weight > 0 else -1, weight=abs(weight)) for a, b, weight in ties
    )


TWO_CAMPS = network(("A", "B", 50), ("C", "D", 50), ("A", "C", -50), ("B", "D", -50), ("A", "D", 20))


def test_two_camps_are_found_with_the_tie_that_strains_them() -> None:
    """Two camps come out, proved, and the one friendship across them is listed with its statement."""
    result = coalitions(TWO_CAMPS, 2)
    assert result.value.coalitions == (("A", "B"), ("C", "D"))
    assert (result.value.frustration, result.lower_bound, result.proved) == (20, 20, True)
    (tie,) = result.value.violated
    assert {tie.a, tie.b} == {"A", "D"}
    assert len(tie.statements) == 1
    assert len(result.evidence) == 5


def test_firmness_says_how_much_worse_the_other_place_is() -> None:
    """Firmness is the margin over the best other place as a share of the actor's tie weight."""
    firmness = coalitions(TWO_CAMPS, 2).value.firmness
    # B: 50 with its own, 50 against the others: all of its weight speaks for its place.
    assert firmness["B"] == pytest.approx(1.0)
    # A: its own pulls with 50, the others with -50 + 20.
    assert firmness["A"] == pytest.approx((50 - (-30)) / 120)


def test_actors_without_ties_are_said_to_be_unaffiliated() -> None:
    """An actor whose statements cancel out stands nowhere, and one with two equal places is undecided."""
    net = network(
        ("A", "B", 50), ("N", "A", 30), ("A", "N", -30), ("P", "A", 10), ("P", "C", 10), ("A", "C", -90)
    )
    split = coalitions(net, 2).value
    assert split.unaffiliated == ("N",)
    assert split.undecided == ("P",)


def test_an_empty_network_has_an_empty_answer() -> None:
    """No statement, no actor, no coalition, and that is proved."""
    result = coalitions(network(), 2)
    assert (result.value.coalitions, result.value.frustration, result.proved) == ((), 0, True)


def test_constraints_in_names() -> None:
    """Constraints are given in names; unknown and contradicting ones raise, naming them."""
    apart = coalitions(TWO_CAMPS, 2, wishes=Wishes(apart=(("A", "B"),)))
    assert apart.value.of("A") != apart.value.of("B")
    assert apart.proved
    with pytest.raises(UnknownNameError, match="'X'"):
        coalitions(TWO_CAMPS, 2, wishes=Wishes(together=(("A", "X"),)))
    with pytest.raises(ContradictionError, match="'A' and 'B'"):
        coalitions(TWO_CAMPS, 2, wishes=Wishes(together=(("A", "B"),), apart=(("A", "B"),)))
    with pytest.raises(UsageError):
        coalitions(TWO_CAMPS, 0)


TIES = st.lists(
    st.tuples(st.sampled_from("ABCDE"), st.sampled_from("ABCDE"), st.integers(-9, 9).filter(bool)),
    max_size=12,
)


@settings(max_examples=40, deadline=None)
@given(TIES, st.sampled_from([2, 3, None]))
def test_no_split_is_better(ties: list[tuple[str, str, int]], k: int | None) -> None:
    """Against all splits of five actors, one by one: none violates less than the answer, and the answer is proved."""
    net = network(*ties)
    result = coalitions(net, k)
    graph, n = net.graph(), len(net.actors)
    least = min(
        (
            graph.frustration(np.array(labels))
            for labels in itertools.product(range(min(k or n, n) or 1), repeat=n)
        ),
        default=0,
    )
    assert result.proved
    assert result.value.frustration == least == sum(abs(tie.weight) for tie in result.value.violated)
    assert sorted(name for members in result.value.coalitions for name in members) == sorted(net.actors)


@settings(max_examples=25, deadline=None)
@given(TIES)
def test_names_don_t_matter(ties: list[tuple[str, str, int]]) -> None:
    """Calling the actors otherwise changes the names in the answer and nothing else."""
    other = dict(zip("ABCDE", "VWXYZ", strict=True))
    one = coalitions(network(*ties), None)
    two = coalitions(network(*((other[a], other[b], weight) for a, b, weight in ties)), None)
    assert one.value.frustration == two.value.frustration
