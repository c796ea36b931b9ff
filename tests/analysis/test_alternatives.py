"""All splits that are as good, and what they have in common."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allegiance.analysis.alternatives import Alternatives, alternatives, to_json
from allegiance.analysis.coalitions import answer, best_split
from allegiance.errors import UsageError
from allegiance.network import SignedNetwork
from builders import statement

if TYPE_CHECKING:
    from allegiance.model import Result


def network(*ties: tuple[str, str, int]) -> SignedNetwork:
    """Return a network of ties (a, b, tenths)."""
    return SignedNetwork.from_statements(
        statement(a, b, 1 if weight > 0 else -1, weight=abs(weight)) for a, b, weight in ties
    )


def ask(net: SignedNetwork, k: int | None, tolerance: float = 0, limit: int = 100) -> Result[Alternatives]:
    """Return the alternatives of a network."""
    best = best_split(net, k)
    return alternatives(net, best, answer(net, k, best), tolerance=tolerance, limit=limit)


WAVERER = network(("A", "B", 50), ("C", "D", 50), ("A", "C", -50), ("P", "A", 10), ("P", "C", 10))


def test_a_waverer_makes_two_splits_and_is_in_no_core() -> None:
    """Who is pulled to both sides alike stands on either in one of two splits; the others are the core of both."""
    found = ask(WAVERER, 2).value
    with_ab, with_cd = (("A", "B", "P"), ("C", "D")), (("C", "D", "P"), ("A", "B"))
    assert set(found.splits) == {with_ab, with_cd}
    assert found.values == (10, 10)
    assert found.complete
    assert found.core == (("A", "B"), ("C", "D"))
    assert found.pair_share["A", "B"] == 1
    assert found.pair_share["A", "P"] == found.pair_share["C", "P"] == 0.5


def test_a_cut_is_said() -> None:
    """Where there are more splits than are listed, it is said."""
    found = ask(WAVERER, 2, limit=1).value
    assert len(found.splits) == 1
    assert not found.complete


def test_unjoined_parts_have_no_share() -> None:
    """With two coalitions a part without ties to the rest may be turned round, so that nothing is said across."""
    net = network(("A", "B", 50), ("C", "D", 50))
    assert set(ask(net, 2).value.pair_share) == {("A", "B"), ("C", "D")}
    assert ask(net, 2).value.core == (("A", "B"), ("C", "D"))
    assert ask(net, None).value.pair_share["A", "C"] == 0


@pytest.mark.parametrize(("tolerance", "limit"), [(-1, 10), (float("nan"), 10), (float("inf"), 10), (0, 0)])
def test_wrong_wishes_are_refused(tolerance: float, limit: int) -> None:
    """A tolerance below 0 or of no size, and a limit below 1, are usage errors."""
    with pytest.raises(UsageError):
        ask(WAVERER, 2, tolerance, limit)


TIES = st.lists(
    st.tuples(st.sampled_from("ABCDE"), st.sampled_from("ABCDE"), st.integers(-3, 3).filter(bool)),
    max_size=10,
)


@settings(max_examples=30, deadline=None)
@given(TIES, st.integers(0, 4))
def test_two_coalitions_against_all_splits(ties: list[tuple[str, str, int]], tolerance: int) -> None:
    """Against all splits of five actors one by one: exactly those that violate little enough are listed, each once."""
    net = network(*ties)
    graph = net.graph()
    found = ask(net, 2, tolerance / 10).value
    least = found.values[0]
    kept = {
        tuple(graph.violated(np.array(labels)).tolist())
        for labels in itertools.product((0, 1), repeat=graph.n)
        if graph.frustration(np.array(labels)) <= least + tolerance
    }
    assert found.complete
    assert len(found.splits) == len(kept)
    assert list(found.values) == sorted(found.values)


def test_json_is_in_units() -> None:
    """Values are in units, and pairs that are never together are left out."""
    found = to_json(ask(WAVERER, 2))
    assert [split["value"] for split in found["splits"]] == [1, 1]
    assert found["splits_complete"] is True
    assert {"a": "A", "b": "B", "share": 1.0} in found["pair_share"]
    assert all(pair["share"] for pair in found["pair_share"])
