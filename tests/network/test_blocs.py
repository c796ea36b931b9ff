"""Members in the place of their blocs: only where the policy says so, by the membership of the day."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from allegiance.errors import UsageError
from allegiance.network import CountingPolicy, SignedNetwork
from allegiance.network.blocs import expanded

NEWER = date(2004, 1, 1)


def members(group: str, first: date, last: date) -> tuple[str, ...]:
    """Return who belongs to the one invented bloc: Corvia only since 2004."""
    del last
    return {"Pact": ("Arland", "Belmark", *(("Corvia",) if first >= NEWER else ()))}.get(group, ())


def row(
    actor: str,
    target: str,
    *,
    act: str = "support",
    weight: int = 60,
    day: str | None = "2010-05-01",
    **rest: Any,
) -> tuple[Any, ...]:
    """Return a dated row, asserted by the Gazette."""
    modality, document = rest.get("modality", "asserted"), rest.get("document", "d1")
    return ("s1", actor, act, target, -1, weight, modality, 0, 1.0, '["Gazette"]', day, day, document, None)


def ties(rows: list[tuple[Any, ...]], blocs: str) -> dict[tuple[str, ...], int]:
    """Return the weights in tenths by pair of names."""
    policy = CountingPolicy(blocs=blocs)
    net = SignedNetwork.from_counting_rows(expanded(rows, policy, members), policy)
    return {tuple(sorted((tie.a, tie.b))): tie.weight for tie in net.ties()}


def test_a_bloc_is_an_actor_unless_the_policy_says_otherwise() -> None:
    """By default nothing is expanded."""
    rows = [row("Pact", "Dravia")]
    assert list(expanded(rows, CountingPolicy(), members)) == rows


def test_each_member_of_the_day_gets_the_statement() -> None:
    """Whole, or its share; who joined later is left out of what was before."""
    assert ties([row("Pact", "Dravia")], "each") == {
        (one, "Dravia"): -60 for one in ("Arland", "Belmark", "Corvia")
    }
    assert ties([row("Pact", "Dravia")], "share") == {
        (one, "Dravia"): -20 for one in ("Arland", "Belmark", "Corvia")
    }
    assert ties([row("Dravia", "Pact", day="2003-05-01")], "share") == {
        ("Arland", "Dravia"): -30,
        ("Belmark", "Dravia"): -30,
    }


def test_shares_add_up() -> None:
    """What the members share is the weight of the statement, to a hundredth of a tenth each."""
    shared = list(expanded([row("Pact", "Dravia", weight=50)], CountingPolicy(blocs="share"), members))
    assert sum(one[5] for one in shared) == Fraction(50)
    assert {one[0] for one in shared} == {"s1"}


def test_nobody_is_tied_to_himself() -> None:
    """A member that quarrels with its bloc quarrels with the others."""
    assert ties([row("Arland", "Pact")], "each") == {("Arland", "Belmark"): -60, ("Arland", "Corvia"): -60}


def test_without_a_date_nobody_knows_the_members() -> None:
    """A statement without a date stays with the bloc."""
    assert ties([row("Pact", "Dravia", day=None)], "each") == {("Dravia", "Pact"): -60}


def test_a_group_is_expanded_by_the_text_that_lists_it() -> None:
    """Where one document lists at least two members, they stand for the group; one alone doesn't."""
    listed = [row("Arland", "Shield", act="member-of"), row("Estmark", "Shield", act="member-of")]
    assert ties([*listed, row("Shield", "Dravia", day=None)], "each") == {
        ("Arland", "Dravia"): -60,
        ("Dravia", "Estmark"): -60,
    }
    alone = [listed[0], row("Estmark", "Shield", act="member-of", document="d2"), row("Shield", "Dravia")]
    assert ("Dravia", "Shield") in ties(alone, "each")
    denied = [
        listed[0],
        row("Estmark", "Shield", act="member-of", modality="denied"),
        row("Shield", "Dravia"),
    ]
    assert ("Dravia", "Shield") in ties(denied, "each")


def test_the_policy_is_parsed_and_told() -> None:
    """`blocs=share` on the command line; part of every result."""
    assert CountingPolicy.parse(("blocs=share",)).to_json()["blocs"] == "share"
    assert "blocs" not in CountingPolicy().to_json()
    with pytest.raises(UsageError, match="blocs"):
        CountingPolicy.parse(("blocs=all",))
