"""Interdiction: value against trying, persons never ranked, doubt and sources."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations, product
from typing import TYPE_CHECKING

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allegiance.analysis.flows import flows
from allegiance.analysis.interdict import interdict, to_json
from allegiance.errors import UnknownNameError, UsageError
from allegiance.network.flows import FlowNetwork
from allegiance.network.node_kinds import POINT
from allegiance.network.route_claims import RouteClaim

if TYPE_CHECKING:
    from collections.abc import Mapping

Row = tuple[str, str, int, str, float]
ROWS: tuple[Row, ...] = (
    ("A", "B", 5, "S", 1.0),
    ("A", "C", 4, "S", 0.5),
    ("B", "D", 3, "S", 1.0),
    ("C", "D", 4, "T", 0.5),
    ("C", "B", 2, "T", 1.0),
)


def network(rows: tuple[Row, ...] = ROWS, kinds: Mapping[str, str] | None = None) -> FlowNetwork:
    """Return the network of rows (from, to, capacity, source, confidence); what isn't said is a point."""
    claims = [
        RouteClaim(start, end, (source,), f"row {number}", capacity=Decimal(capacity), confidence=confidence)
        for number, (start, end, capacity, source, confidence) in enumerate(rows, 1)
    ]
    names = {name for row in rows for name in row[:2]}
    return FlowNetwork.from_claims(claims, {**dict.fromkeys(names, POINT), **(kinds or {})}, "stated")


def test_closures_rerouting_greedy_and_ties() -> None:
    """With a budget of 1 the wider narrow is closed, what can goes another way, and that no other is as good is said."""
    result = interdict(network(), 1)
    found = result.value
    assert (found.before, found.after, found.lower_bound, result.proved) == (7, 3, 3, True)
    assert [one.name for one in found.closures] in ([("C", "D")], [("A", "C")])
    assert found.unique is False
    assert found.others is not None
    assert {found.closures[0].name, found.others[0][0]} == {("A", "C"), ("C", "D")}
    assert found.greedy_after == 3


def test_what_takes_another_way_is_told() -> None:
    """Of the flow along a closed route as much as can goes round, and the routes that carry more are told."""
    net = network(
        (
            ("A", "B", 5, "S", 1.0),
            ("A", "C", 4, "S", 1.0),
            ("B", "D", 5, "S", 1.0),
            ("C", "D", 9, "S", 1.0),
            ("B", "C", 5, "S", 1.0),
        )
    )
    found = interdict(net, 1, costs={("C", "D"): None, ("A", "B"): None, ("A", "C"): None}).value
    assert (found.before, found.after) == (9, 9)
    assert found.closures == ()
    found = interdict(net, 1, costs={("C", "D"): None, ("A", "B"): None, ("B", "C"): None}).value
    assert [one.name for one in found.closures] == [("A", "C")]
    assert found.rerouted == ()


names = st.sampled_from("ABCDE")
rows = st.lists(
    st.tuples(names, names, st.integers(0, 9), st.sampled_from("ST"), st.just(1.0)).filter(
        lambda row: row[0] != row[1]
    ),
    min_size=1,
    max_size=9,
)


def left_without_nodes(net: FlowNetwork, closed: tuple[str, ...]) -> int:
    """Return the flow from A to E once nodes are gone, by NetworkX."""
    graph = nx.DiGraph()
    graph.add_nodes_from("AE")
    for arc in net.arcs():
        if arc.start not in closed and arc.end not in closed:
            graph.add_edge(arc.start, arc.end, capacity=arc.capacity)
    value: int = nx.maximum_flow_value(graph, "A", "E")
    return value


@settings(max_examples=40, deadline=None)
@given(rows, st.integers(0, 3))
def test_closing_nodes_is_as_good_as_trying_all(told: list[Row], budget: int) -> None:
    """No other places within the budget leave less; the ends themselves stay."""
    net = network((*told, ("A", "B", 3, "S", 1.0), ("D", "E", 3, "S", 1.0)))
    result = interdict(net, budget, close="nodes", begin=["A"], end=["E"])
    tried = [
        left_without_nodes(net, closed)
        for size in range(budget + 1)
        for closed in combinations([name for name in net.nodes if name not in "AE"], size)
    ]
    assert result.proved
    assert result.value.after == min(tried)
    assert all(one.name[0] not in "AE" for one in result.value.closures)


def test_all_flow_is_stopped_at_the_least_cost() -> None:
    """Without a budget the closures are a minimum cut by cost, as NetworkX has it."""
    costs: dict[tuple[str, ...], Decimal | None] = {
        ("A", "B"): Decimal("2.5"),
        ("C", "D"): Decimal(4),
        ("A", "C"): Decimal(3),
    }
    found = interdict(network(), None, costs=costs).value
    graph = nx.DiGraph()
    for start, end, *_ in ROWS:
        graph.add_edge(start, end, capacity=float(costs.get((start, end)) or 1))
    assert found.after == 0
    assert found.cost == nx.minimum_cut_value(graph, "A", "D") == 4
    assert {one.name for one in found.closures} == {("B", "D"), ("A", "C")}


def test_persons_are_left_out_and_said() -> None:
    """Routes of persons are no part of the question, however much flows through them; nobody of them is named anywhere."""
    more = (
        *ROWS,
        ("A", "Karim Latif", 50, "S", 1.0),
        ("Karim Latif", "D", 50, "S", 1.0),
        ("Lina Voss", "D", 9, "S", 1.0),
    )
    net = network(more, {"Karim Latif": "person", "Lina Voss": "person"})
    for close in ("arcs", "nodes"):
        result = interdict(net, 5, close=close, begin=["A"], end=["D"])
        assert (result.value.persons, result.value.routes_of_persons) == (2, 2)
        assert result.value.before == 7
        told = str(to_json(result)) + result.value._repr_html_()
        assert "Karim" not in told
        assert "Lina" not in told
        assert "persons (not listed)" not in told


def test_who_may_be_a_person_is_never_closed() -> None:
    """A name of unknown kind stays, its routes too, and is said; that it is a place is for the user to say."""
    net = network(ROWS, {"B": "unknown", "C": "unknown"})
    arcs = interdict(net, 9).value
    assert (arcs.after, arcs.closures, arcs.unknown) == (7, (), ("B", "C"))
    nodes = interdict(net, 9, close="nodes").value
    assert (nodes.after, nodes.closures) == (7, ())
    assert [one.name for one in interdict(network(ROWS, {"B": "unknown"}), 9).value.closures] in (
        [("A", "C")],
        [("C", "D")],
    )


def test_the_expected_flow_is_exact_where_it_can_be() -> None:
    """Up to ten uncertain statements all states are added up; drawn states come near, and the same seed gives the same."""
    net = network()
    mean = interdict(net, 1, costs={("A", "C"): None}).value.expected
    assert (mean.exact, mean.worlds, mean.error) == (True, 4, 0.0)
    values = {}
    for there in product((0, 1), repeat=2):
        left = tuple(row for row in ROWS if row[4] == 1 or there[row[3] == "T"])
        values[there] = flows(network(left), begin=["A"], end=["D"]).value.value
    assert mean.before == sum(values.values()) / 4
    many = network(tuple((start, end, capacity, source, 0.5) for start, end, capacity, source, _ in ROWS * 3))
    one, two = (interdict(many, 1, seed=7, resamples=50).value.expected for _ in range(2))
    assert one == two
    assert (one.exact, one.worlds) == (False, 50)
    assert one.after <= one.before


def test_whom_one_has_to_believe() -> None:
    """Each source alone, and all but one: what flows, what the closures leave, and whether others would be better."""
    wide = (*ROWS, ("A", "D", 9, "U", 1.0))
    found = interdict(network(wide), 1).value
    assert [one.name for one in found.closures] == [("A", "D")]
    alone = {one.source: one for one in found.by_source}
    assert (alone["U"].before, alone["U"].after, alone["U"].survives) == (9, 0, True)
    assert (alone["S"].before, alone["S"].after, alone["S"].survives) == (3, 3, False)
    assert alone["T"].survives is None
    rest = {one.source: one for one in found.without_source}
    assert (rest["U"].before, rest["U"].after, rest["U"].best, rest["U"].survives) == (7, 7, 3, False)
    assert (rest["T"].after, rest["T"].best, rest["T"].survives) == (3, 3, True)
    assert found.worst is not None
    assert found.worst.source == "S"
    assert ("A", "D") in {(arc.start, arc.end) for arc in found.rests_on}


@pytest.mark.parametrize("budget", [0, 99, Decimal("0.5")])
def test_budgets_beyond_use(budget: Decimal | int) -> None:
    """Nothing buys nothing, and more than there is stops what can be stopped."""
    found = interdict(network(), budget).value
    assert found.after == (0 if budget == 99 else 7)
    assert len(found.closures) == (2 if budget == 99 else 0)
    assert found.unique is not None


def test_wrong_questions_are_refused() -> None:
    """A negative budget, a cost of a route that isn't there, and costs without measure are errors."""
    with pytest.raises(UsageError, match="budget"):
        interdict(network(), -1)
    with pytest.raises(UnknownNameError, match="route called 'A → X'"):
        interdict(network(), 1, costs={("A", "X"): Decimal(1)})
    with pytest.raises(UsageError, match="too many digits"):
        interdict(network(), 1, costs={("A", "B"): Decimal("0.0000000000001")})


def test_where_time_is_up_a_bound_is_left() -> None:
    """With no time at all the value is one that can be had, the bound below it, and ties aren't claimed to be known."""
    result = interdict(network(), 1, time_limit=0, resamples=30)
    found = result.value
    assert found.lower_bound <= 3 <= found.after
    assert not result.proved
    assert (found.others, found.unique) == (None, None)


def test_json_has_the_documented_keys() -> None:
    """The keys of the command's help are there."""
    told = to_json(interdict(network(), 1))
    keys = (
        "before after lower_bound proved unit counted close budget cost closures unique others others_complete greedy rerouted "
        "rests_on expected by_source worst_source without_source from to ends_given persons routes_of_persons unknown method "
        "parameters seed seconds"
    )
    assert set(told) == set(keys.split())
    assert {"from", "to", "cost", "flow", "arcs"} == set(told["closures"][0])
