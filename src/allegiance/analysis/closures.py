"""What of a flow network may be closed, at which cost: routes, or places and bodies; never a person."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

import numpy as np

from allegiance.analysis.flow_ends import Terminals
from allegiance.errors import UnknownNameError, UsageError
from allegiance.maths.interdiction import Problem
from allegiance.network.node_kinds import CLOSABLE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from allegiance.analysis.flow_ends import FlowEnds
    from allegiance.network.flows import FlowNetwork

Close = Literal["arcs", "nodes"]
Costs = dict[tuple[str, ...], "Decimal | None"]
_LARGEST = 2**40


@dataclass(frozen=True, slots=True, eq=False)
class Closures:
    """The closures that may be chosen.

    Attributes:
        between: the network between its ends.
        cost: int64, shape (arcs of `between`,), in 1 / `scale`; 0 where nothing can be closed.
        scale: how many steps of cost one unit has.
        close: what is closed.
        unknown: names that can't be closed, or whose routes can't, since nothing is known of them: they may be persons.
    """

    between: Terminals
    cost: NDArray[np.int64]
    scale: int
    close: Close
    unknown: tuple[str, ...]

    @classmethod
    def of(
        cls, net: FlowNetwork, ends: FlowEnds, close: Close, costs: Mapping[tuple[str, ...], Decimal | None]
    ) -> Closures:
        """Return what may be closed of a network without persons.

        Args:
            net: the network.
            ends: where flows begin and end; these places are what is asked about, and aren't closed themselves.
            close: arcs, or nodes.
            costs: by (from, to) or by (node,); 1 for what isn't named, None for what can't be closed.

        Raises:
            UnknownNameError: a cost is for a route or name that isn't in the network.
            UsageError: the costs have too many digits.
        """
        between = Terminals.of(net, ends, parted=close == "nodes")
        names = _names(net, close)
        places = {name: place for place, name in enumerate(names)}
        for name in costs:
            if name not in places:
                known = [" → ".join(one) for one in names]
                raise UnknownNameError(
                    "route" if close == "arcs" else "place or body", " → ".join(name), known
                )
        told = [cost for cost in costs.values() if cost is not None]
        scale = 10 ** max((-int(cost.as_tuple().exponent) for cost in told), default=0) if told else 1
        scale = max(int(scale), 1)
        if sum(told, Decimal(len(names))) * scale > _LARGEST:
            raise UsageError("The costs of closures have too many digits; give them in larger units.")
        cost = np.zeros(len(between.routes.tail), dtype=np.int64)
        first = 0 if close == "arcs" else between.through
        known_kind = np.array([kind in CLOSABLE for kind in net.kinds], dtype=np.bool_)
        allowed = known_kind[net.tail] & known_kind[net.head] if close == "arcs" else known_kind.copy()
        if close == "nodes":
            allowed[[*ends.origins, *ends.goals]] = False
        for name, place in places.items():
            price = costs.get(name, Decimal(1))
            if allowed[place] and price is not None:
                cost[first + place] = int(price * scale)
        touched = np.unique(np.concatenate([net.tail, net.head]))
        unknown = tuple(net.nodes[node] for node in touched.tolist() if not known_kind[node])
        return cls(between, cost, scale, close, unknown)

    def problem(self, own: NDArray[np.int64], budget: int) -> Problem:
        """Return the question with these capacities of the network's own arcs."""
        between = self.between
        return Problem(between.routes, between.capacity(own), self.cost, between.source, between.sink, budget)

    def steps(self, budget: Decimal) -> int:
        """Return a budget in steps of cost; what is less than one step buys nothing. All there is, where it is more."""
        return min(int(budget * self.scale), int(self.cost.sum()))

    def name(self, arc: int) -> tuple[str, ...]:
        """Return the name of what an arc of the problem stands for: (from, to), or (node,)."""
        net = self.between.net
        if self.close == "nodes":
            return (net.nodes[arc - self.between.through],)
        return net.nodes[int(net.tail[arc])], net.nodes[int(net.head[arc])]

    def touched(self, closed: tuple[int, ...]) -> tuple[int, ...]:
        """Return the network's own arcs that closures stop: themselves, or all at the nodes closed."""
        if self.close == "arcs":
            return closed
        nodes = [arc - self.between.through for arc in closed]
        net = self.between.net
        found: list[int] = np.flatnonzero(np.isin(net.tail, nodes) | np.isin(net.head, nodes)).tolist()
        return tuple(found)


def _names(net: FlowNetwork, close: Close) -> list[tuple[str, ...]]:
    if close == "nodes":
        return [(name,) for name in net.nodes]
    return [(net.nodes[a], net.nodes[b]) for a, b in zip(net.tail.tolist(), net.head.tolist(), strict=True)]
