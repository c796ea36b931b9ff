"""Why a split is as it is."""

from __future__ import annotations

import pytest

from allegiance.analysis import Wishes, coalitions
from allegiance.analysis.reasons import reasons, to_json
from allegiance.network import SignedNetwork
from builders import statement


def network(*ties: tuple[str, str, int]) -> SignedNetwork:
    """Return a network of ties (a, b, tenths)."""
    return SignedNetwork.from_statements(
        statement(a, b, 1 if weight > 0 else -1, weight=abs(weight)) for a, b, weight in ties
    )


def test_a_quarrel_among_friends_is_told_as_a_cycle() -> None:
    """A negative tie within a coalition comes with the chain of friends between its ends, and all their statements."""
    net = network(("A", "B", 50), ("B", "C", 50), ("A", "C", -10))
    (reason,) = reasons(net, coalitions(net)).value.ties
    assert reason.words == "A sides with B, B with C, yet A is against C"
    assert reason.cycle == ("A", "B", "C")
    assert set(reason.statements) == set(net.evidence.all())


def test_a_friendship_across_is_told_as_a_cycle() -> None:
    """A positive tie between coalitions comes with the one enmity that stands between its ends."""
    net = network(
        ("A", "B", 50), ("C", "D", 50), ("B", "C", -50), ("A", "D", 10), ("A", "C", -20), ("B", "D", -20)
    )
    (reason,) = reasons(net, coalitions(net)).value.ties
    assert reason.words == "A sides with B, B is against D, yet A sides with D"


def test_two_coalitions_allow_three_enemies_in_a_ring() -> None:
    """With two coalitions three who are all against each other are a contradiction; with as many as fit they aren't."""
    net = network(("A", "B", -50), ("B", "C", -50), ("A", "C", -10))
    (reason,) = reasons(net, coalitions(net, 2)).value.ties
    assert reason.words == "A is against B, B against C, yet A is against C"
    assert reasons(net, coalitions(net)).value.ties == ()


def test_a_wish_is_named_where_no_tie_is_to_blame() -> None:
    """Where only a constraint or the limit of coalitions violates a tie, that is said instead of a cycle."""
    net = network(("A", "B", -50))
    (reason,) = reasons(net, coalitions(net, wishes=Wishes(together=(("A", "B"),)))).value.ties
    assert reason.cycle == ()
    assert "wishes" in reason.words
    (limited,) = reasons(net, coalitions(net, 1)).value.ties
    assert "limit of 1" in limited.words


def test_places_tell_what_here_and_elsewhere_would_cost() -> None:
    """For each actor: the violated weight at its ties where it is, and where it would be second best."""
    net = network(("A", "B", 50), ("C", "D", 50), ("A", "C", -50), ("B", "D", -50), ("A", "D", 20))
    found = to_json(reasons(net, coalitions(net, 2)))["places"]
    assert found["A"] == {"cost": 2, "other": "C2", "other_cost": 10}
    assert found["B"] == {"cost": 0, "other": "C2", "other_cost": 10}
    assert to_json(reasons(net, coalitions(net, 1)))["places"]["A"] == {
        "cost": 5,
        "other": None,
        "other_cost": None,
    }


@pytest.mark.parametrize("most", [0, 1])
def test_the_heaviest_come_first_and_a_cut_is_said(most: int) -> None:
    """Only so many ties are explained as asked for, the heaviest, and it is said that there are more."""
    net = network(("A", "B", 50), ("B", "C", 50), ("A", "C", -10), ("C", "D", 50), ("B", "D", -20))
    found = reasons(net, coalitions(net, 1), most=most).value
    assert [reason.tie.weight for reason in found.ties] == [-20][:most]
    assert not found.complete
