"""Who would break a coalition, in names, and what is proved of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allegiance.analysis.stability import stability
from allegiance.analysis.stability_answer import core_words, to_json, wish_words
from allegiance.case import open_network
from allegiance.errors import ContradictionError, DataError, UnknownNameError, UsageError
from allegiance.maths.graph import SignedGraph
from allegiance.maths.pivots import pivots
from allegiance.maths.solve import solve
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


def two_camps() -> SignedNetwork:
    """Return two triangles of friends, each pair across hostile, and X who likes A more than D."""
    friends = [("A", "B", 20), ("B", "C", 20), ("A", "C", 20), ("D", "E", 20), ("E", "F", 20), ("D", "F", 20)]
    return network(*friends, ("A", "D", -10), ("B", "E", -10), ("X", "A", 30), ("X", "D", 10))


def test_a_wished_coalition_is_left_for_old_friends() -> None:
    """Friend and foe forced together: each one's gain is the difference of its ties here and there, told with statements."""
    net = two_camps()
    result = stability(net, coalition=["A", "D"], exactly=True)
    found = result.value
    assert result.proved
    assert ("A", "D") in found.split.value.coalitions
    by_name = {one.actor: one for one in found.departures}
    assert by_name["A"].worth == -10
    assert by_name["A"].gain == (20 + 20) - (-10)
    assert by_name["A"].to == ("B", "C")
    assert {tie.weight for tie in by_name["A"].ties} == {20, -10}
    assert all(tie.statements for tie in by_name["A"].ties)
    assert not found.nash_stable
    assert found.departures[0].gain == max(one.gain for one in found.departures)
    assert "violates" in wish_words(found)


def test_the_best_split_stays_whole() -> None:
    """Two camps without any strain among them: nobody leaves, no group blocks, and that is proved."""
    result = stability(two_camps())
    found = result.value
    assert (found.nash_stable, found.individually_stable, found.core) == (True, True, "stable")
    assert found.blocking is None
    assert found.free is None
    assert "No group of any size" in core_words(found)


def test_a_group_breaks_away_although_nobody_would_alone() -> None:
    """Friends spread over two wished sides gain only together: Nash stable or not, the group is named with its gains."""
    net = network(
        ("A", "B", 20), ("C", "D", 20), ("A", "C", 10), ("B", "D", 10), ("A", "D", -10), ("B", "C", -10)
    )
    found = stability(net, 2, coalition=["A", "D"], exactly=True).value
    assert found.core == "blocked"
    assert found.blocking is not None
    assert found.blocking.least_gain == found.blocking_at_most > 0


def test_a_pivot_is_an_actor_whose_leaving_moves_others() -> None:
    """M holds two who dislike each other together; without it they part, which saves their dislike."""
    net = network(("M", "A", 30), ("M", "B", 30), ("A", "B", -20))
    found = stability(net).value
    assert [(one.actor, one.saves) for one in found.pivots] == [("M", 20)]
    assert found.pivots[0].moved


@settings(max_examples=15, deadline=None)
@given(st.integers(3, 6), st.integers(0, 10**6), st.sampled_from([None, 2]))
def test_pivots_are_those_whose_leaving_beats_the_old_split(n: int, seed: int, k: int | None) -> None:
    """For each actor what the others could save is what solving without it gives."""
    pairs = np.argwhere(np.triu(np.ones((n, n)), 1))
    weights = np.random.default_rng(seed).choice([-2, -1, 0, 1, 2], len(pairs))
    graph = SignedGraph.of(n, pairs[:, 0], pairs[:, 1], weights)
    labels = solve(graph, k).labels
    found = pivots(graph, k, labels)
    for actor in range(n):
        keep = (graph.a != actor) & (graph.b != actor)
        rest = SignedGraph.of(n, graph.a[keep], graph.b[keep], graph.w[keep])
        assert found.left[actor] - found.value[actor] == rest.frustration(labels) - solve(rest, k).value
        assert bool(len(found.moved[actor])) == (found.value[actor] < found.left[actor])


def test_what_cannot_be_asked_is_said() -> None:
    """Unknown names, a coalition of one or of all, a network without ties, and one coalition only are refused in words."""
    net = two_camps()
    with pytest.raises(UnknownNameError, match="Did you mean 'A'"):
        stability(net, coalition=["a ", "B"])
    with pytest.raises(UsageError, match="one actor only"):
        stability(net, coalition=["A", "A"])
    with pytest.raises(UsageError, match="all 7 actors"):
        stability(net, coalition=net.actors)
    with pytest.raises(DataError, match="no tie"):
        stability(network())
    with pytest.raises(ContradictionError):
        stability(net, 1, coalition=["A", "B"], exactly=True)


def test_stopped_at_once_it_claims_nothing() -> None:
    """Without time there is a split with its bound, no claim about the core, and the open pivots are named."""
    result = stability(two_camps(), coalition=["A", "D"], time_limit=0)
    found = to_json(result)
    assert not result.proved
    assert found["core"] in {"open", "stable"}
    assert found["undecided_pivots"]
    assert "<svg" in result.value._repr_html_()


@pytest.mark.shared_data
def test_two_coalitions_of_real_states(shared_data: Path) -> None:
    """A best split of the 1946-49 window into as many as fit is Nash stable, and so it says."""
    net, _ = open_network(shared_data / "signed" / "cow_all.csv", StatementFilter(), period="46-49")
    found = stability(net).value
    assert found.split.value.frustration == 120
    assert found.nash_stable
