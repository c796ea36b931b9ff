"""How much can flow, along which routes, and where the narrows are, if one believes the claims."""

from __future__ import annotations

import time
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from allegiance.analysis.flow_ends import FlowEnds, Terminals, flow_ends
from allegiance.maths.flow import acyclic, cut_arcs, paths
from allegiance.model import Result
from allegiance.pictures.element import joined
from allegiance.pictures.sankey import Ribbon, sankey
from allegiance.pictures.table import table

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from allegiance.network.flows import Arc, FlowNetwork
    from allegiance.pictures.element import Markup

MOST_PATHS = 10
MOST_DRAWN = 40
METHOD = "maximum flow by Dinic's method, in integers; the minimum cut proves it"


@dataclass(frozen=True, slots=True)
class Path:
    """One way of a flow from an origin to a goal.

    Attributes:
        nodes: the places and bodies along it.
        amount: how much flows along it, in units.
        price: the prices along it added up, None where one isn't told.
        confidence: that of its least sure arc.
        statements: ids of what it rests on.
    """

    nodes: tuple[str, ...]
    amount: int | float
    price: float | None
    confidence: float
    statements: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the path under the documented keys of ``--json``."""
        return {
            "nodes": list(self.nodes),
            "amount": self.amount,
            "price": self.price,
            "confidence": self.confidence,
            "statements": list(self.statements),
        }


@dataclass(frozen=True, slots=True, eq=False)
class Flows:
    """A flow network and the most that can flow through it; amounts in units (or claims) of the network.

    Attributes:
        net: the network.
        ends: where flows begin and end.
        value: how much can flow at most.
        arcs: all routes.
        amounts: how much flows along each of them, in a flow without circles.
        cut: numbers of the arcs of a minimum cut: together as wide as the flow, without them nothing flows.
        paths: the flow taken apart, the widest path first.
        complete: whether these are all of its paths.
    """

    net: FlowNetwork
    ends: FlowEnds
    value: int | float
    arcs: tuple[Arc, ...]
    amounts: tuple[int | float, ...]
    cut: tuple[int, ...]
    paths: tuple[Path, ...]
    complete: bool

    @property
    def origins(self) -> tuple[str, ...]:
        """Where flows begin."""
        return tuple(self.net.nodes[one] for one in self.ends.origins)

    @property
    def goals(self) -> tuple[str, ...]:
        """Where they end."""
        return tuple(self.net.nodes[one] for one in self.ends.goals)

    @property
    def measure(self) -> str:
        """What amounts count, in a word or two."""
        return measure(self.net)

    def picture(self, title: str = "Flows") -> Markup:
        """Return the routes with flow as a Sankey picture; where nothing flows, all routes by their capacity."""
        words = f"At most {self.value:,} {self.measure} from {listed(self.origins)} to {listed(self.goals)}."
        return drawn(self.arcs, self.amounts, self.measure, title, words)

    def tables(self) -> Markup:
        """Return paths and arcs as tables."""
        ways = table(
            ("amount", "path", "confidence", "rests on"),
            [
                (way.amount, " → ".join(way.nodes), way.confidence, ", ".join(way.statements[:6]))
                for way in self.paths
            ],
            caption="The flow taken apart into paths, the widest first",
        )
        return joined((ways, arc_table(self.arcs, self.amounts, self.cut, self.measure)))

    def _repr_html_(self) -> str:
        return joined((self.picture(), self.tables()))


def flows(
    net: FlowNetwork, *, begin: Sequence[str] = (), end: Sequence[str] = (), most_paths: int = MOST_PATHS
) -> Result[Flows]:
    """Find the most that can flow through a network, along which paths, and its narrows.

    The minimum cut (Ford and Fulkerson 1956, doi:10.4153/CJM-1956-045-5) is as wide as the flow, which proves both. Among
    maximum flows that found is one; the value and the width of the cut are the same for all.

    Args:
        net: the network.
        begin: where flows begin; by default the nodes into which nothing leads.
        end: where they end; by default the nodes out of which nothing leads.
        most_paths: how many of the paths to tell, the widest.

    Raises:
        UnknownNameError: a name isn't in the network.
        UsageError: a name is in both, or the network has no ends by itself.
    """
    began = time.monotonic()
    ends = flow_ends(net, begin, end)
    arcs, own = net.arcs(), net.capacity()
    between = Terminals.of(net, ends)
    found = between.most(between.capacity(own))
    flow = acyclic(between.routes, found.flow)
    ways: list[Path] = []
    complete = True
    for amount, way in paths(between.routes, flow, between.source, between.sink):
        if len(ways) == most_paths:
            complete = False
            break
        ways.append(_path(net, arcs, amount, [arc for arc in way.tolist() if arc < len(net)]))
    cut = tuple(arc for arc in cut_arcs(between.routes, found).tolist() if arc < len(net) and own[arc])
    used = np.flatnonzero(flow[: len(net)]).tolist()
    value = Flows(
        net,
        ends,
        net.units(found.value),
        arcs,
        tuple(net.units(int(amount)) for amount in flow[: len(net)].tolist()),
        cut,
        tuple(ways),
        complete,
    )
    return Result(
        value,
        method=METHOD,
        parameters=MappingProxyType(
            {"from": list(value.origins), "to": list(value.goals), "capacity": net.counted}
        ),
        proved=True,
        lower_bound=value.value,
        evidence=tuple(dict.fromkeys(stmt for arc in {*used, *cut} for stmt in arcs[arc].statements)),
        seconds=time.monotonic() - began,
    )


def to_json(result: Result[Flows]) -> dict[str, Any]:
    """Return a result of `flows` under the documented keys of ``--json``."""
    found = result.value
    return {
        "value": found.value,
        "proved": result.proved,
        "unit": found.net.unit,
        "counted": found.net.counted,
        "from": list(found.origins),
        "to": list(found.goals),
        "ends_given": found.ends.given,
        "nodes": [
            {"name": name, "kind": kind} for name, kind in zip(found.net.nodes, found.net.kinds, strict=True)
        ],
        "arcs": [
            {**arc.to_json(), "flow": amount, "in_cut": place in set(found.cut)}
            for place, (arc, amount) in enumerate(zip(found.arcs, found.amounts, strict=True))
        ],
        "cut": [[found.arcs[arc].start, found.arcs[arc].end] for arc in found.cut],
        "paths": [way.to_json() for way in found.paths],
        "paths_complete": found.complete,
        "persons": found.net.persons,
        "method": result.method,
        "parameters": dict(result.parameters),
        "seconds": result.seconds,
    }


def measure(net: FlowNetwork) -> str:
    """Return what the amounts of a network count, in a word or two."""
    if net.counted == "sources":
        return "claimants"
    if net.counted == "one":
        return "routes"
    return net.unit or "units"


def told(arc: Arc) -> str:
    """Return who claims an arc, who denies it, and how many statements (or rows) there are, as words."""
    count = len(arc.statements)
    denied = sorted({" > ".join(claim.source) for claim in arc.denials})
    return (
        f"claimed by {listed(arc.sources) or 'nobody named'} ({count:,} {'statement' if count == 1 else 'statements'})"
        + (f"; denied by {listed(denied)}" if denied else "")
    )


def drawn(
    arcs: Sequence[Arc],
    amounts: Sequence[float],
    unit: str,
    title: str,
    words: str,
    closed: Collection[int] = (),
) -> Markup:
    """Return routes as a Sankey picture, as wide as what flows there; where nothing flows at all, as their capacity.

    Args:
        arcs: all routes.
        amounts: what flows along each.
        unit: of the amounts.
        title: of the picture.
        words: what it shows, for those who don't see it.
        closed: numbers of routes that are marked as closed.
    """
    wide = amounts if any(amounts) else [arc.capacity for arc in arcs]
    flowing = [place for place in range(len(arcs)) if wide[place]]
    order = sorted(flowing, key=lambda place: (place not in closed, -wide[place], place))
    ribbons = [
        Ribbon(
            arcs[place].start,
            arcs[place].end,
            float(wide[place]),
            f"{arcs[place].start} to {arcs[place].end}: {amounts[place]:,} of {arcs[place].capacity:,} {unit}; "
            f"{told(arcs[place])}",
            marked=place in closed,
            dashed=bool(arcs[place].denials),
        )
        for place in order[:MOST_DRAWN]
    ]
    more = f" The {MOST_DRAWN} widest of {len(order):,} routes are drawn." if len(order) > MOST_DRAWN else ""
    return sankey(ribbons, title=title, description=f"{words}{more}")


def arc_table(arcs: Sequence[Arc], amounts: Sequence[float], cut: Sequence[int], unit: str) -> Markup:
    """Return arcs as a table of HTML, the widest flow first."""
    narrow = set(cut)
    order = sorted(range(len(arcs)), key=lambda place: (-amounts[place], -arcs[place].capacity, place))
    return table(
        ("from", "to", "flow", "capacity", "confidence", "narrows", "who says so", "rests on"),
        [
            (
                arc.start,
                arc.end,
                amounts[place],
                arc.capacity,
                arc.confidence,
                "yes" if place in narrow else "",
                told(arc),
                listed(arc.statements, 4),
            )
            for place in order
            for arc in (arcs[place],)
        ],
        caption=f"Routes; amounts in {unit}",
    )


def _path(net: FlowNetwork, arcs: Sequence[Arc], amount: int, way: Sequence[int]) -> Path:
    steps = [arcs[arc] for arc in way]
    prices = [step.price for step in steps]
    return Path(
        (steps[0].start, *(step.end for step in steps)),
        net.units(amount),
        None if None in prices else float(sum(price for price in prices if price is not None)),
        min(step.confidence for step in steps),
        tuple(dict.fromkeys(stmt for step in steps for stmt in step.statements)),
    )


def listed(names: Sequence[str], most: int = 6) -> str:
    """Return names joined by commas, and how many more there are."""
    more = f" and {len(names) - most:,} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
