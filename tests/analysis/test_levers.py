"""What would make a wished coalition hold, in names and with the statements behind it."""

from __future__ import annotations

from fractions import Fraction

import pytest

from allegiance.analysis.coalition_wish import CoalitionWish, Prices
from allegiance.analysis.coalitions import coalitions
from allegiance.analysis.levers import levers
from allegiance.analysis.levers_answer import sections, to_json
from allegiance.errors import ContradictionError, DataError, UnknownNameError, UsageError
from allegiance.network import SignedNetwork
from builders import statement


def network(*ties: tuple[str, str, int]) -> SignedNetwork:
    """Return a network of ties (a, b, tenths)."""
    return SignedNetwork.from_statements(
        statement(a, b, 1 if weight > 0 else -1, weight=abs(weight)) for a, b, weight in ties
    )


CAMPS = (("A", "B", 50), ("C", "D", 50), ("A", "C", -50), ("B", "D", -50), ("A", "D", 20))
NET = network(*CAMPS)


def test_the_cheapest_change_in_names() -> None:
    """The tie to change comes with weights before and after, its statements, its cost, and the split then."""
    result = levers(NET, ["A", "C"])
    found = result.value
    (lever,) = found.levers or ()
    assert ({lever.a, lever.b}, lever.before, int(lever.after)) == ({"A", "C"}, -50, 30)
    assert lever.statements == next(tie.statements for tie in NET.ties() if {tie.a, tie.b} == {"A", "C"})
    assert found.cost == found.lower_bound == 8
    assert result.proved
    assert {"A", "C"} <= set(found.coalitions[0])
    assert found.violated == found.least


def test_the_changed_network_has_the_wished_coalition() -> None:
    """A network of the changed ties, made anew, has an optimal split of just the value that the check tells."""
    found = levers(NET, ["A", "C", "D"], 2).value
    changed = {(a, b): Fraction(w) for a, b, w in CAMPS}
    for lever in found.levers or ():
        pair = (lever.a, lever.b) if (lever.a, lever.b) in changed else (lever.b, lever.a)
        changed[pair] = lever.after
    assert all(weight.denominator == 1 for weight in changed.values())
    net = network(*((a, b, int(weight)) for (a, b), weight in changed.items() if weight))
    assert coalitions(net, 2).value.frustration == found.violated


def test_frozen_ties_and_costs_lead_elsewhere() -> None:
    """A frozen tie stays as it is, a dear one is spared, and the cost tells so."""
    frozen = levers(NET, ["A", "C"], prices=Prices(frozen=(("C", "A"),))).value
    assert all({lever.a, lever.b} != {"A", "C"} for lever in frozen.levers or ())
    half = levers(NET, ["A", "C"], prices=Prices(cost={("A", "C"): Fraction(1, 2)})).value
    assert half.cost == 4
    assert (half.levers or ())[0].price == Fraction(1, 2)


def test_strict_costs_a_tenth_more() -> None:
    """To have the coalition in every optimal split costs one step more than to have it in one."""
    assert levers(NET, CoalitionWish(("A", "C"), strict=True)).value.cost == Fraction(81, 10)


def test_without_and_apart() -> None:
    """An actor can be wished out of a coalition, alone or beside others."""
    found = levers(NET, CoalitionWish(("A",), without=("B",))).value
    assert found.cost == 5
    assert all("B" not in group for group in found.coalitions if "A" in group)
    assert levers(NET, CoalitionWish(apart=(("A", "B"),))).value.cost == 5


def test_new_ties() -> None:
    """A pair without a tie changes only where new ties are allowed; such a tie has no statement."""
    net = network(("A", "B", 50), ("B", "C", -50), ("A", "D", 10))
    assert all(lever.before for lever in levers(net, ["A", "C"]).value.levers or ())
    found = levers(net, ["B", "C"], prices=Prices(new_ties=True, frozen=(("B", "C"),))).value
    assert found.cost == 5
    new = [lever for lever in found.levers or () if not lever.before]
    assert new
    assert all(lever.statements == () for lever in new)


def test_who_profits_and_who_pays() -> None:
    """Violated weight of each actor's ties is told for today and then, and adds up to twice what splits violate."""
    found = levers(NET, ["A", "C"]).value
    assert sum(one.after for one in found.strain.values()) == 2 * found.violated
    assert sum(one.before for one in found.strain.values()) == 2 * coalitions(NET).value.frustration
    assert set(found.profits) == {name for name, one in found.strain.items() if one.after < one.before}


def test_bad_wishes_are_refused_in_one_sentence() -> None:
    """Unknown actors, a coalition of one, contradictions and impossible ones are told by name."""
    with pytest.raises(UnknownNameError, match="'X'"):
        levers(NET, ["A", "X"])
    with pytest.raises(UsageError, match="one actor only"):
        levers(NET, ["A", "A"])
    with pytest.raises(UsageError, match="No coalition"):
        levers(NET, [])
    with pytest.raises(ContradictionError, match="'A' and 'B'"):
        levers(NET, CoalitionWish(("A", "B"), apart=(("A", "B"),)))
    with pytest.raises(DataError, match="no tie"):
        levers(network(), ["A", "B"])


def test_all_actors_can_be_wished_together() -> None:
    """All in one coalition is a wish like any other."""
    assert levers(NET, ["A", "B", "C", "D"]).value.coalitions == (("A", "B", "C", "D"),)


def test_impossible_wishes_name_the_frozen_ties() -> None:
    """Where frozen ties exclude the wish, the sentence names them with their weights."""
    net = network(("A", "B", -50), ("B", "C", 20))
    with pytest.raises(UsageError, match=r"A - B \(-5\).*Unfreeze"):
        levers(net, ["A", "B"], prices=Prices(frozen=(("A", "B"),)))


def test_json_and_page_say_the_same() -> None:
    """JSON has the documented keys; the page has a picture and shows no name as a tag."""
    net = network(("<b>A", "B", -50), ("B", "C", 20))
    result = levers(net, ["<b>A", "B"])
    data = to_json(result)
    assert (data["value"], data["lower_bound"], data["proved"]) == (5, 5, True)
    assert data["changes"][0]["to_exact"] == "0"
    assert data["check"] == {"violated": 0, "least": 0}
    page = "".join(piece for _, piece in sections(result))
    assert "<svg" in page
    assert "<b>A" not in page
    assert "<svg" in result._repr_html_()
