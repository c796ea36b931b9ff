"""Flows: ends, paths, narrows, and what they rest on."""

from __future__ import annotations

from decimal import Decimal

import pytest

from allegiance.analysis.flows import flows, to_json
from allegiance.errors import UnknownNameError, UsageError
from allegiance.network.flows import FlowNetwork
from allegiance.network.route_claims import RouteClaim

Row = tuple[str, str, int]
ROWS: tuple[Row, ...] = (("A", "B", 5), ("A", "C", 4), ("B", "D", 3), ("C", "D", 4), ("C", "B", 2))


def network(*rows: Row) -> FlowNetwork:
    """Return the network of rows (from, to, capacity) that S claims."""
    return FlowNetwork.from_claims(
        [
            RouteClaim(start, end, ("S",), f"row {number}", capacity=Decimal(capacity), price=Decimal(number))
            for number, (start, end, capacity) in enumerate(rows, 1)
        ],
        {},
    )


def test_value_paths_and_narrows_agree() -> None:
    """The paths add up to the value, the narrows are as wide as it, and the statements behind both are told."""
    result = flows(network(*ROWS))
    found = result.value
    assert (found.value, found.origins, found.goals, found.ends.given) == (7, ("A",), ("D",), False)
    assert sum(way.amount for way in found.paths) == 7
    assert sum(found.arcs[arc].capacity for arc in found.cut) == 7
    assert found.paths[0].nodes == ("A", "C", "D")
    assert found.paths[0].price == 2 + 4
    assert set(result.evidence) == {"row 1", "row 2", "row 3", "row 4"}
    assert result.proved


def test_ends_can_be_named_and_must_make_sense() -> None:
    """Named ends count; unknown ones are answered with the nearest, one place as both ends is refused."""
    net = network(*ROWS)
    assert flows(net, begin=["C"], end=["B", "D"]).value.value == 6
    with pytest.raises(UnknownNameError, match="place or body called 'E'"):
        flows(net, begin=["E"])
    with pytest.raises(UsageError, match="both where flows begin"):
        flows(net, begin=["A"], end=["A"])


def test_circles_need_named_ends() -> None:
    """Where everything leads round, the ends have to be named; the flow itself runs in no circle."""
    net = network(("A", "B", 2), ("B", "C", 2), ("C", "A", 2))
    with pytest.raises(UsageError, match="--from"):
        flows(net)
    assert flows(net, begin=["A"], end=["C"]).value.amounts == (2, 2, 0)


def test_without_a_path_nothing_flows() -> None:
    """No path is a flow of 0 with no narrows, and drawn all the same."""
    net = network(("A", "B", 2), ("C", "D", 2))
    found = flows(net, begin=["A"], end=["D"]).value
    assert (found.value, found.cut, found.paths) == (0, (), ())
    assert "A to B" in found._repr_html_()


def test_no_routes_at_all() -> None:
    """An empty network has a flow of 0."""
    found = flows(network()).value
    assert (found.value, found.origins, found.paths) == (0, (), ())


def test_the_number_of_paths_told_is_chosen_and_said() -> None:
    """Where more paths carry the flow than are told, that is said."""
    assert not flows(network(*ROWS), most_paths=1).value.complete
    assert flows(network(*ROWS), most_paths=9).value.complete


def test_json_has_the_documented_keys() -> None:
    """Arcs tell flow, narrows and claims with their sources."""
    told = to_json(flows(network(*ROWS)))
    assert told["value"] == 7
    assert told["cut"] == [["A", "C"], ["B", "D"]]
    arc = told["arcs"][0]
    assert (arc["from"], arc["to"], arc["capacity"], arc["flow"], arc["in_cut"]) == ("A", "B", 5, 3, False)
    assert arc["claims"][0]["source"] == ["S"]
    assert {"nodes", "paths", "paths_complete", "persons", "counted", "unit", "ends_given"} <= set(told)
