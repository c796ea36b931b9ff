"""How balanced a network is, in names and with what is proved."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allegiance.analysis.balance import balance, to_json
from allegiance.case import open_network
from allegiance.network import SignedNetwork
from allegiance.store import StatementFilter
from builders import statement

if TYPE_CHECKING:
    from pathlib import Path


def network(*ties: tuple[str, str, int]) -> SignedNetwork:
    """Return a network of ties (a, b, tenths)."""
    return SignedNetwork.from_statements(
        statement(a, b, 1 if weight > 0 else -1, weight=abs(weight)) for a, b, weight in ties
    )


def test_one_bad_triangle_beside_a_good_one() -> None:
    """The measures of two triangles that share a tie, one of them with a single negative tie, are as by hand."""
    net = network(("A", "B", 10), ("B", "C", 10), ("A", "C", 10), ("B", "D", 10), ("C", "D", -10))
    result = balance(net)
    found = result.value
    assert dict(found.census) == {"+++": 1, "++-": 1, "+--": 0, "---": 0}
    assert (found.triangle, found.weak_triangle, found.negative) == (0.5, 0.5, 1)
    assert (found.frustration.value, found.frustration.at_least) == (1, 1 - 2 / 5)
    assert found.weighted is None
    assert found.by_actor["D"].triangle == 0
    assert found.by_actor["A"].triangle == 1
    assert result.proved


def test_sizes_count_only_in_the_weighted_index() -> None:
    """Where ties are of different sizes, the index is told with each tie counting 1 and with its weight."""
    found = balance(network(("A", "B", 30), ("B", "C", 30), ("A", "C", -10))).value
    assert found.frustration.at_least == pytest.approx(1 - 2 / 3)
    assert found.weighted is not None
    assert (found.weighted.value, found.weighted.total) == (1, 7)


def test_what_is_not_there_is_null() -> None:
    """Without actors, ties or triangles there is nothing to measure, and JSON says null rather than a number."""
    empty = to_json(balance(network()))
    assert empty["triangle_balance"] is empty["walk_balance"] is empty["frustration"]["balance"] is None
    pair = to_json(balance(network(("A", "B", 10))))
    assert pair["by_actor"]["A"] == {
        "triangles": 0,
        "triangle_balance": None,
        "walk_balance": pytest.approx(1),
    }


@settings(max_examples=25, deadline=None)
@given(st.lists(st.booleans(), min_size=6, max_size=6))
def test_two_camps_are_balanced_by_every_measure(side: list[bool]) -> None:
    """A network of two camps is wholly balanced, whoever is in which."""
    names = "ABCDEF"
    ties = [
        (names[i], names[j], 10 if side[i] == side[j] else -10) for i, j in combinations(range(len(names)), 2)
    ]
    found = balance(network(*ties)).value
    assert found.triangle == found.frustration.at_least == 1
    assert found.walk == pytest.approx(1)
    assert all(one.walk == pytest.approx(1) for one in found.by_actor.values())


@pytest.mark.shared_data
def test_known_values_of_the_golden_shelf(shared_data: Path) -> None:
    """The Gahuku-Gama tribes (Read 1954) have the values that the R package signnet documents for them."""
    net, problems = open_network(shared_data / "signed" / "highlandtribes.csv", StatementFilter())
    found = balance(net).value
    assert not problems
    assert (found.actors, found.ties, found.negative) == (16, 58, 29)
    assert dict(found.census) == {"+++": 19, "++-": 2, "+--": 40, "---": 7}
    assert found.triangle == pytest.approx(0.8676471, abs=1e-6)
    assert found.walk == pytest.approx(0.3575761, abs=1e-6)
    assert found.frustration.at_least == pytest.approx(0.7586207, abs=1e-6)
