"""Statements to claims about routes: which way, over which places, with what, told or denied by whom."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest

from allegiance.model import Modality, Source, Statement, TextEvidence
from allegiance.network.route_words import Goods, bare, direction, goods_of
from allegiance.network.told_routes import told_routes
from builders import statement


def said(quote: str, actor: str, act: str, target: str, **fields: Any) -> Statement:
    """Return a statement of a text; `qualifiers` is a mapping here."""
    qualifiers = tuple(sorted(fields.pop("qualifiers", {}).items()))
    values: dict[str, Any] = {
        "act": act,
        "evidence": TextEvidence("d1", 0, len(quote), quote),
        "actor_text": actor,
        "target_text": target,
        "qualifiers": qualifiers,
    }
    return statement(actor, target, **{**values, **fields})


def ways(*stmts: Statement) -> list[tuple[str, str]]:
    """Return the arcs that are claimed."""
    return [(claim.start, claim.end) for claim in told_routes(stmts).claims if not claim.denied]


@pytest.mark.parametrize(
    ("quote", "act", "expected"),
    [
        ("A sells oil to B", "trade", 1),
        ("A buys oil from B", "trade", -1),
        ("A bought the oil of B", "trade", -1),
        ("A, which buys gas, sold oil to B", "trade", 1),
        ("A trades with B", "trade", 0),
        ("A armed B", "supply", 1),
        ("A gets rifles from the B", "supply", -1),
        ("A pays B", "finance", 1),
        ("A taxes B", "finance", -1),
    ],
)
def test_which_way_things_go_is_told_by_the_words(quote: str, act: str, expected: int) -> None:
    """Sellers and payers give, buyers and those who tax receive, and "trades with" tells no way."""
    assert direction(said(quote, "A", act, "B")) == expected


def test_an_origin_that_is_the_target_is_where_it_comes_from() -> None:
    """Oil of the Front, read with the Front as its origin, leads from the Front."""
    stmt = said(
        "Turkey has had its oil of the Front", "Turkey", "trade", "Front", qualifiers={"origin": "the Front"}
    )
    assert direction(stmt) == -1


@pytest.mark.parametrize(
    ("goods", "quote", "expected"),
    [
        ("the smuggled oil", "A sold the smuggled oil to B", Goods("smuggled oil")),
        (
            "40,000 barrels",
            "A sells 40,000 barrels of oil a day to B",
            Goods("oil", Decimal(40000), "barrels a day"),
        ),
        ("30 million dollars", "A gave B 30 million dollars", Goods("money", Decimal(30_000_000), "dollars")),
        ("50 missiles", "A sent 50 missiles to B", Goods("missiles", Decimal(50), "missiles")),
        ("a single rifle", "A sent a single rifle to B", Goods("single rifle")),
        ("about 1.5 tonnes", "A sent about 1.5 tonnes of grain", Goods("grain", Decimal("1.5"), "tonnes")),
    ],
)
def test_goods_and_amounts_are_read_from_the_words(goods: str, quote: str, expected: Goods) -> None:
    """What flows is named without article; numbers with a unit become an amount."""
    assert goods_of(said(quote, "A", "trade", "B", qualifiers={"goods": goods})) == expected


def test_financing_without_goods_is_money_and_arming_is_not_told() -> None:
    """Who is financed gets money; what arms are isn't told."""
    assert goods_of(said("A finances B", "A", "finance", "B")).name == "money"
    assert goods_of(said("A armed B", "A", "supply", "B")).name == ""


def test_a_path_leads_from_the_origin_over_the_carrier_and_the_way_stations() -> None:
    """What A ships from X via Y to B goes from X over A and Y to B; what is bought comes the other way."""
    quote = "Ostrel ships the oil from Tamber via the port of Orlune to Sundmere"
    carried = said(
        quote, "Ostrel", "trade", "Halvoria", target_text="Sundmere",
        qualifiers={"goods": "the oil", "origin": "Tamber", "via": "the port of Orlune"},
    )  # fmt: skip
    assert ways(carried) == list(pairwise(["Tamber", "Ostrel", "port of Orlune", "Halvoria"]))
    bought = said(
        "A imports gas from B through C", "A", "trade", "B", qualifiers={"goods": "gas", "via": "C"}
    )
    assert ways(bought) == [("B", "C"), ("C", "A")]


def test_a_path_leads_through_all_way_stations() -> None:
    """What goes "via X; Y" passes X and then Y."""
    quote = "Ostrel smuggles oil through the port of Orlune and Tamber to Sundmere"
    carried = said(
        quote, "Ostrel", "trade", "Sundmere", qualifiers={"goods": "oil", "via": "the port of Orlune; Tamber"}
    )
    assert ways(carried) == list(pairwise(["Ostrel", "port of Orlune", "Tamber", "Sundmere"]))


def test_a_second_receiver_is_no_place_behind_the_first() -> None:
    """Who sells fuel to A and to B has two routes, not one over A to B."""
    quote = "Ostrel sells fuel to A and to B"
    one = said(quote, "Ostrel", "trade", "A", qualifiers={"goods": "fuel", "destination": "B"})
    two = said(quote, "Ostrel", "trade", "B", qualifiers={"goods": "fuel", "destination": "A"})
    assert ways(one, two) == [("Ostrel", "A"), ("Ostrel", "B")]
    ahead = said("A funnels weapons into S to B", "A", "supply", "B", qualifiers={"destination": "S"})
    assert ways(ahead) == [("A", "S"), ("S", "B")]


def test_denials_are_kept_apart_and_wishes_left_out() -> None:
    """Denied and negated statements are denials of the route; demands and predictions are counted as left out."""
    quote = "A sells oil to B"
    denied = said(quote, "A", "trade", "B", modality=Modality.DENIED, source=Source(("The Daily", "A")))
    negated = said(quote, "A", "trade", "B", negated=True)
    wished = said(quote, "A", "trade", "B", modality=Modality.DEMANDED)
    unwished = said(quote, "A", "trade", "B", modality=Modality.DEMANDED, negated=True)
    told = told_routes([denied, negated, wished, unwished])
    assert [claim.denied for claim in told.claims] == [True, True]
    assert told.claims[0].source == ("The Daily", "A")
    assert list(told.left_out.values()) == [2]


def test_what_tells_no_route_is_counted_by_reason() -> None:
    """Trade without direction, help without goods, and a way back to itself are left out and counted; other acts passed over."""
    told = told_routes(
        [
            said("A trades with B", "A", "trade", "B"),
            said("A helps B", "A", "aid", "B"),
            said("A attacked B", "A", "assault", "B", polarity=-1),
            said("A armed A", "A", "supply", "A"),
        ]
    )
    assert told.claims == ()
    assert sorted(told.left_out.values()) == [1, 1, 1]


def test_articles_are_no_part_of_a_name() -> None:
    """Names lose articles and the like, but never their last word."""
    assert bare("the Black Sea") == "Black Sea"
    assert bare("The") == "The"
