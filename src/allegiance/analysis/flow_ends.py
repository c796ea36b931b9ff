"""Where flows begin and end, and the network as the numeric room sees it: one source, one sink."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from allegiance.errors import UsageError
from allegiance.maths.flow import Flow, Routes, maximum_flow, routes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from allegiance.network.flows import FlowNetwork


@dataclass(frozen=True, slots=True, eq=False)
class FlowEnds:
    """Where flows begin and end.

    Attributes:
        origins: numbers of the nodes at which they begin; `goals` at which they end. Never the same ones.
        goals: see `origins`.
        given: whether the user named both; else origins are the nodes into which nothing leads, goals those out of
            which nothing does.
    """

    origins: tuple[int, ...]
    goals: tuple[int, ...]
    given: bool


def flow_ends(net: FlowNetwork, begin: Sequence[str] = (), end: Sequence[str] = ()) -> FlowEnds:
    """Return the ends that the user names, or those that the network has by itself.

    Raises:
        UnknownNameError: a name isn't in the network.
        UsageError: a name is both, or the network runs in circles and has no end by itself.
    """
    origins, goals = net.numbers_of(begin), net.numbers_of(end)
    both = [net.nodes[one] for one in origins if one in goals]
    if both:
        raise UsageError(
            f"{both[0]} is both where flows begin and where they end; name it in one of --from and --to."
        )
    if not begin:
        origins = tuple(one for one in _without(net, net.head) if one not in goals)
    if not end:
        goals = tuple(one for one in _without(net, net.tail) if one not in origins)
    for found, option, word in ((origins, "--from", "begin"), (goals, "--to", "end")):
        if not found and len(net):
            raise UsageError(
                f"These routes run in circles, so it isn't plain where flows {word}; name it with {option}."
            )
    return FlowEnds(origins, goals, bool(begin and end))


def _without(net: FlowNetwork, ends: NDArray[np.int32]) -> list[int]:
    """Return the nodes of the network that touch an arc, but none of these ends of arcs."""
    touched = np.unique(np.concatenate([net.tail, net.head]))
    found: list[int] = np.setdiff1d(touched, ends).tolist()
    return found


@dataclass(frozen=True, slots=True, eq=False)
class Terminals:
    """The network with one source before all origins and one sink behind all goals.

    Its arcs are the network's own, then those to the ends, then, where nodes are parted, one through each node.

    Attributes:
        net: the network.
        ends: its ends.
        routes: the graph; its last two nodes are source and sink.
        parted: whether each node is an arc of its own, so that nodes can be closed.
    """

    net: FlowNetwork
    ends: FlowEnds
    routes: Routes
    parted: bool

    @classmethod
    def of(cls, net: FlowNetwork, ends: FlowEnds, *, parted: bool = False) -> Terminals:
        """Return the network between its ends; `parted` makes each node an arc from where all enters to where all leaves."""
        count = len(net.nodes)
        out = count if parted else 0
        n = count + out
        origins, goals = np.array(ends.origins, dtype=np.int64), np.array(ends.goals, dtype=np.int64)
        through = np.arange(out)
        tail = np.concatenate([net.tail + out, np.full(len(origins), n), goals + out, through])
        head = np.concatenate([net.head, origins, np.full(len(goals), n + 1), through + out])
        return cls(net, ends, routes(n + 2, tail, head), parted)

    @property
    def source(self) -> int:
        """The node before all origins."""
        return self.routes.n - 2

    @property
    def sink(self) -> int:
        """The node behind all goals."""
        return self.routes.n - 1

    @property
    def through(self) -> int:
        """The number of the arc through node 0, where nodes are parted; those of the others follow."""
        return len(self.net) + len(self.ends.origins) + len(self.ends.goals)

    def capacity(self, own: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the capacities of all arcs, where the network's own have these; the others are wide enough for anything."""
        leaving, entering = (
            np.zeros(len(self.net.nodes), dtype=np.int64),
            np.zeros(len(self.net.nodes), dtype=np.int64),
        )
        np.add.at(leaving, self.net.tail, own)
        np.add.at(entering, self.net.head, own)
        # One more than can be used, so that narrows lie in the network itself.
        parts = [own, leaving[list(self.ends.origins)] + 1, entering[list(self.ends.goals)] + 1]
        return np.concatenate([*parts, np.maximum(leaving, entering) + 1] if self.parted else parts)

    def most(self, capacity: NDArray[np.int64], start: NDArray[np.int64] | None = None) -> Flow:
        """Return the maximum flow with these capacities of all arcs; `start` is a flow along all arcs to begin with."""
        return maximum_flow(self.routes, capacity, self.source, self.sink, start=start)
