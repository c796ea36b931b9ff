"""Flow networks: rival claims, units, persons."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allegiance.errors import DataError, UnknownNameError, UsageError
from allegiance.network.flows import FlowNetwork, in_unit, of_goods
from allegiance.network.node_kinds import GIVING, PERSONS, RECEIVING, is_ground, is_titled
from allegiance.network.route_claims import RouteClaim


def claim(
    start: str, end: str, capacity: float | str | None = None, source: str = "S", **more: Any
) -> RouteClaim:
    """Return a claim; a source "A > B" is a chain."""
    amount = None if capacity is None else Decimal(str(capacity))
    chain = tuple(source.split(" > ")) if source else ()
    return RouteClaim(
        start, end, chain, more.pop("statement", f"{start}{end}{source}{capacity}"), capacity=amount, **more
    )


def test_one_sources_claims_add_up_and_rivals_do_not() -> None:
    """A route is as wide as the source says that gives it most, all its claims together."""
    net = FlowNetwork.from_claims([claim("A", "B", 3), claim("A", "B", 4), claim("A", "B", 5, "T")], {})
    assert (net.counted, net.capacity().tolist()) == ("stated", [7])
    assert net.capacity(net.told_by("T")).tolist() == [5]
    (arc,) = net.arcs()
    assert (arc.capacity, arc.sources, len(arc.claims)) == (7, ("S", "T"), 3)


def test_without_amounts_everywhere_claimants_are_counted() -> None:
    """Where one claim tells no amount, a route is as wide as it has different sources; repeating adds nothing."""
    told = [claim("A", "B"), claim("A", "B", statement="again"), claim("A", "B", 9, "T"), claim("B", "C")]
    net = FlowNetwork.from_claims(told, {})
    assert (net.counted, net.unit, net.capacity().tolist()) == ("sources", "", [2, 1])
    assert FlowNetwork.from_claims(told, {}, "one").capacity().tolist() == [1, 1]
    stated = FlowNetwork.from_claims(told, {}, "stated")
    assert (stated.nodes, stated.capacity().tolist()) == (("A", "B"), [9])


def test_units_are_never_added_up() -> None:
    """Two currencies are refused with a way out; one of them can be chosen."""
    told = [claim("A", "B", 3, unit="EUR"), claim("A", "B", 4, unit="USD")]
    with pytest.raises(UsageError, match=r"EUR: 1, USD: 1.*--unit"):
        FlowNetwork.from_claims(told, {})
    assert FlowNetwork.from_claims(in_unit(told, "usd"), {}).unit == "USD"
    with pytest.raises(UnknownNameError, match="There is no unit"):
        in_unit(told, "CHF")


def test_decimals_stay_exact_and_what_is_too_large_is_refused() -> None:
    """Cents add up exactly; sums beyond exact integers are an error."""
    net = FlowNetwork.from_claims([claim("A", "B", "0.1"), claim("A", "B", "0.2", statement="x")], {})
    assert net.units(int(net.capacity()[0])) == 0.3
    with pytest.raises(DataError, match="too large"):
        FlowNetwork.from_claims([claim("A", "B", "1e25")], {})


def test_persons_are_two_nodes_that_never_join_routes() -> None:
    """What a person gets and what a person gives are apart, and no person's name is left."""
    told = [claim("A", "P", 3), claim("P", "B", 3), claim("Q", "B", 1)]
    net = FlowNetwork.from_claims(told, {"P": "person", "Q": "person"})
    assert set(net.nodes) == {"A", "B", GIVING, RECEIVING}
    assert net.persons == 2
    assert dict(zip(net.nodes, net.kinds, strict=True))[GIVING] == PERSONS
    rest, lost = net.without_persons()
    assert (len(rest), lost) == (0, 2)


def test_denials_belong_to_the_route_and_carry_nothing() -> None:
    """A denial stands beside its route; of a route that nobody claims it is dropped."""
    net = FlowNetwork.from_claims(
        [claim("A", "B"), claim("A", "B", denied=True), claim("X", "Y", denied=True)], {}
    )
    (arc,) = net.arcs()
    assert (arc.capacity, len(arc.denials)) == (1, 1)


def test_goods_are_found_by_their_words() -> None:
    """Oil finds smuggled oil, arms find an arm; what isn't there is answered with what is near."""
    told = [claim("A", "B", goods="smuggled oil"), claim("A", "B", goods="arms"), claim("A", "B")]
    assert len(of_goods(told, "oil")) == 1
    assert len(of_goods(told, "Arm")) == 1
    with pytest.raises(UnknownNameError, match="Did you mean 'oil'"):
        of_goods(told, "oill")


def test_sources_are_asked_for_by_any_name_of_their_chain() -> None:
    """Outlets and speakers are told by how many claims they make or hand on."""
    net = FlowNetwork.from_claims(
        [claim("A", "B", source="D > X"), claim("A", "C", source="D"), claim("A", "D", source="")], {}
    )
    assert net.source_names() == ("D", "X")
    assert net.told_by("D > X").tolist() == [True, False, False]


def test_signs_of_persons_and_places() -> None:
    """Titles make persons, unless a word says that it is a body or a piece of the earth."""
    assert is_titled("Dr. Irene Voss")
    assert is_titled("General Voss")
    assert not is_titled("Dr. Rath Health Programs B.V.")
    assert not is_titled("King Abdullah Port")
    assert not is_titled("Generali")
    assert not is_titled("")
    assert is_ground("the port of Orlune")


names = st.sampled_from("ABCDE")
claims = st.lists(
    st.builds(claim, names, names, st.integers(0, 50), st.sampled_from(["S", "T", "S > U"])), max_size=20
)


@settings(max_examples=60, deadline=None)
@given(claims, st.randoms())
def test_order_does_not_matter_and_no_source_adds_width(told: list[RouteClaim], shuffle: Any) -> None:
    """Capacities by name are the same in any order of claims, and no narrower than by any one source."""

    def wide(listed: list[RouteClaim]) -> dict[tuple[str, str], int | float]:
        net = FlowNetwork.from_claims(listed, {}, "stated")
        return {(arc.start, arc.end): arc.capacity for arc in net.arcs()}

    whole = wide(told)
    mixed = list(told)
    shuffle.shuffle(mixed)
    assert wide(mixed) == whole
    for source in ("S", "T"):
        part = wide([one for one in told if one.source == (source,)])
        assert all(capacity <= whole[ends] for ends, capacity in part.items())
