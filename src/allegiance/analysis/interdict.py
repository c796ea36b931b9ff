"""Which few routes, places or bodies would have to close for the least to flow, proved; and whom one has to believe for that."""

from __future__ import annotations

import time
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from allegiance.analysis.closure_doubt import Account, Expected, accounts, expected
from allegiance.analysis.closures import Closures
from allegiance.analysis.flow_ends import flow_ends
from allegiance.analysis.flows import arc_table, drawn, listed, measure
from allegiance.errors import UsageError
from allegiance.maths.clock import Clock
from allegiance.maths.flow import acyclic, cut_arcs, maximum_flow
from allegiance.maths.interdiction import greedy
from allegiance.maths.interdiction import interdict as least_flow
from allegiance.maths.interdiction import others as as_good
from allegiance.model import Result
from allegiance.pictures.element import element, joined
from allegiance.pictures.table import table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from allegiance.analysis.closures import Close
    from allegiance.maths.flow import Flow
    from allegiance.maths.interdiction import Closures as Found
    from allegiance.maths.interdiction import Problem
    from allegiance.network.flows import Arc, FlowNetwork
    from allegiance.pictures.element import Markup

MOST_SETS = 10
RESAMPLES = 200
METHOD = "network interdiction (Wood 1993) by minimum cuts at a price on budget, and branch and bound, all in integers; greedy beside it"

Name = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Closure:
    """One closure: of a route (from, to), or of a node (name,).

    Attributes:
        name: what is closed.
        cost: of the closure.
        flow: how much flowed there before.
        arcs: the routes that it stops, with their claims.
    """

    name: Name
    cost: int | float
    flow: int | float
    arcs: tuple[Arc, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the closure under the documented keys of ``--json``."""
        ends = {"from": self.name[0], "to": self.name[1]} if len(self.name) > 1 else {"node": self.name[0]}
        return {**ends, "cost": self.cost, "flow": self.flow, "arcs": [arc.to_json() for arc in self.arcs]}


@dataclass(frozen=True, slots=True)
class Rerouted:
    """A route that carries more once others are closed; amounts in units."""

    arc: Arc
    before: int | float
    after: int | float

    def to_json(self) -> dict[str, Any]:
        """Return the route under the documented keys of ``--json``."""
        return {"from": self.arc.start, "to": self.arc.end, "before": self.before, "after": self.after}


@dataclass(frozen=True, slots=True, eq=False)
class Interdiction:
    """The closures that leave the least flow, and how far that depends on sources; amounts in units of the network.

    Attributes:
        net: the network, without persons.
        close: what was closed: arcs or nodes.
        origins: where flows begin; `goals` where they end.
        goals: see `origins`.
        ends_given: whether the user named both.
        budget: what closures may cost; None where the cheapest that stop all flow were asked for.
        cost: what those found cost.
        before: the most that flows without closures; `after` with those found.
        after: see `before`.
        lower_bound: no closures within the budget leave less.
        closures: those found; without any of them more would flow.
        others: further sets that leave as little, up to a limit; None where they weren't looked for, being not proved.
        all_sets: whether these are all of them.
        greedy: the closures that closing one after the other finds; `greedy_after` what they leave.
        greedy_after: see `greedy`.
        arcs: all routes; `amounts` what flows along each before, `amounts_after` after the closures.
        amounts: see `arcs`.
        amounts_after: see `arcs`.
        rerouted: the routes that carry more after the closures, in one way of rerouting that changes as little as it must.
        rests_on: the routes that make up the proof: those closed, and the narrows that remain.
        expected: the mean flow if each statement holds with its confidence.
        by_source: by each source's own account.
        without_source: if one believes all but one.
        persons: how many persons are left out; `routes_of_persons` the routes left out with them.
        routes_of_persons: see `persons`.
        unknown: names that aren't closed since they may be persons.
    """

    net: FlowNetwork
    close: Close
    origins: tuple[str, ...]
    goals: tuple[str, ...]
    ends_given: bool
    budget: Decimal | None
    cost: int | float
    before: int | float
    after: int | float
    lower_bound: int | float
    closures: tuple[Closure, ...]
    others: tuple[tuple[Name, ...], ...] | None
    all_sets: bool
    greedy: tuple[Name, ...]
    greedy_after: int | float
    arcs: tuple[Arc, ...]
    amounts: tuple[int | float, ...]
    amounts_after: tuple[int | float, ...]
    rerouted: tuple[Rerouted, ...]
    rests_on: tuple[Arc, ...]
    expected: Expected
    by_source: tuple[Account, ...]
    without_source: tuple[Account, ...]
    persons: int
    routes_of_persons: int
    unknown: tuple[str, ...]

    @property
    def unique(self) -> bool | None:
        """Whether no other set of closures leaves as little; None where that isn't known."""
        if self.others:
            return False
        return True if self.others is not None and self.all_sets else None

    @property
    def worst(self) -> Account | None:
        """The source by whose own account the most still flows."""
        return max(self.by_source, key=lambda one: (one.after, one.source), default=None)

    def picture(self, title: str = "Closures") -> Markup:
        """Return the routes as they carried flow before, those that are closed marked."""
        stopped = {(arc.start, arc.end) for one in self.closures for arc in one.arcs}
        closed = {place for place, arc in enumerate(self.arcs) if (arc.start, arc.end) in stopped}
        words = f"At most {self.before:,} {measure(self.net)} from {listed(self.origins)} to {listed(self.goals)}, and what is closed."
        return drawn(self.arcs, self.amounts, measure(self.net), title, words, closed)

    def picture_after(self, title: str = "After the closures") -> Markup:
        """Return the routes as they carry flow once the closures are made."""
        words = f"At most {self.after:,} {measure(self.net)} from {listed(self.origins)} to {listed(self.goals)} after the closures."
        amounts = self.amounts_after
        kept = [place for place, amount in enumerate(amounts) if amount]
        return drawn(
            [self.arcs[place] for place in kept],
            [amounts[place] for place in kept],
            measure(self.net),
            title,
            words,
        )

    def tables(self) -> Markup:
        """Return closures, rerouting and accounts as tables."""
        unit = measure(self.net)
        closed = table(
            ("close", "cost", f"{unit} before"),
            [(" → ".join(one.name), one.cost, one.flow) for one in self.closures],
            caption=f"{self.before:,} {unit} before, {self.after:,} after",
        )
        more = table(
            ("route", "before", "after"),
            [(f"{one.arc.start} → {one.arc.end}", one.before, one.after) for one in self.rerouted],
            caption="Routes that carry more then",
        )
        rests = arc_table(self.rests_on, [0] * len(self.rests_on), (), unit)
        columns = ("source", "before", "after", "best", "still best")
        alone = table(columns, map(_row, self.by_source), caption="By each source's own account")
        rest = table(columns, map(_row, self.without_source), caption="If one believes all but one")
        return joined((closed, more, element("h3", "What the answer rests on"), rests, alone, rest))

    def _repr_html_(self) -> str:
        return joined((self.picture(), self.picture_after(), self.tables()))


def interdict(  # noqa: PLR0913 - one question with its many sides
    net: FlowNetwork,
    budget: Decimal | int | None,
    *,
    close: Close = "arcs",
    costs: Mapping[Name, Decimal | None] = MappingProxyType({}),
    begin: Sequence[str] = (),
    end: Sequence[str] = (),
    time_limit: float | None = None,
    seed: int = 0,
    resamples: int = RESAMPLES,
    most_sets: int = MOST_SETS,
    progress: Callable[[int, int], None] | None = None,
) -> Result[Interdiction]:
    """Find the closures within a budget that leave the least flow, with proof or bound.

    The question is Wood's (1993, doi:10.1016/0895-7177(93)90236-R); see `maths.interdiction` for the method. Persons are left
    out with all their routes; names of unknown kind, which may be persons', stay in the network and are never closed.

    Args:
        net: the network.
        budget: what closures may cost together; None asks for the cheapest that stop all flow (a minimum cut by cost).
        close: arcs, or nodes (then not those where flows begin or end).
        costs: by (from, to) or (node,); 1 where nothing is said, None for what can't be closed.
        begin: where flows begin; by default the nodes into which nothing leads.
        end: where they end; by default those out of which nothing leads.
        time_limit: seconds after which the best closures so far are returned with a bound.
        seed: seed of the draws for the expected flow.
        resamples: how many draws, where not all states can be added up.
        most_sets: how many further sets of closures that are as good to look for.
        progress: called with (value, lower bound), in steps of capacity, whenever either gets better.

    Raises:
        UnknownNameError: a name or a cost is for what isn't in the network.
        UsageError: the budget is negative, or the network has no ends.
    """
    began, clock = time.monotonic(), Clock(time_limit)
    persons = net.persons
    net, lost = net.without_persons()
    ends = flow_ends(net, begin, end)
    closures = Closures.of(net, ends, close, costs)
    own = net.capacity()
    spent = _cheapest(closures, own) if budget is None else closures.steps(_budget(budget))
    problem = closures.problem(own, spent)
    with clock.listening():
        found = least_flow(problem, clock=clock, progress=progress)
        first = greedy(problem, Clock(time_limit))
        more, complete = _others(closures, found, problem, most_sets, clock)
        doubt = expected(closures, found.closed, clock, resamples=resamples, seed=seed)
        alone = accounts(closures, found.closed, spent, clock, without=False)
        rest = accounts(closures, found.closed, spent, clock, without=True) if len(alone) > 1 else ()
    arcs = net.arcs()
    before, after = _rerouted(closures, own, found)
    amounts = before.tolist()
    value = Interdiction(
        net=net,
        close=close,
        origins=tuple(net.nodes[one] for one in ends.origins),
        goals=tuple(net.nodes[one] for one in ends.goals),
        ends_given=ends.given,
        budget=None if budget is None else _budget(budget),
        cost=_units(int(closures.cost[list(found.closed)].sum()), closures.scale),
        before=net.units(problem.left(())),
        after=net.units(found.value),
        lower_bound=net.units(found.lower_bound),
        closures=tuple(
            Closure(
                closures.name(arc),
                _units(int(closures.cost[arc]), closures.scale),
                net.units(amounts[arc]),
                tuple(arcs[one] for one in closures.touched((arc,))),
            )
            for arc in found.closed
        ),
        others=more,
        all_sets=complete,
        greedy=tuple(closures.name(arc) for arc in first.closed),
        greedy_after=net.units(first.value),
        arcs=arcs,
        amounts=tuple(map(net.units, amounts[: len(net)])),
        amounts_after=tuple(map(net.units, after.flow[: len(net)].tolist())),
        rerouted=tuple(
            Rerouted(arcs[arc], net.units(amounts[arc]), net.units(int(after.flow[arc])))
            for arc in np.flatnonzero(after.flow[: len(net)] > before[: len(net)]).tolist()
        ),
        rests_on=_rests_on(closures, own, found, after, arcs),
        expected=doubt,
        by_source=alone,
        without_source=rest,
        persons=persons,
        routes_of_persons=lost,
        unknown=closures.unknown,
    )
    return Result(
        value,
        method=METHOD,
        parameters=MappingProxyType(
            {
                "budget": None if budget is None else str(budget),
                "close": close,
                "capacity": net.counted,
                "resamples": resamples,
                "time_limit": time_limit,
            }
        ),
        seed=seed,
        proved=found.proved,
        lower_bound=value.lower_bound,
        evidence=tuple(dict.fromkeys(stmt for arc in value.rests_on for stmt in arc.statements)),
        seconds=time.monotonic() - began,
    )


def to_json(result: Result[Interdiction]) -> dict[str, Any]:
    """Return a result of `interdict` under the documented keys of ``--json``."""
    found = result.value
    return {
        "before": found.before,
        "after": found.after,
        "lower_bound": found.lower_bound,
        "proved": result.proved,
        "unit": found.net.unit,
        "counted": found.net.counted,
        "close": found.close,
        "budget": None if found.budget is None else float(found.budget),
        "cost": found.cost,
        "closures": [one.to_json() for one in found.closures],
        "unique": found.unique,
        "others": None
        if found.others is None
        else [[list(name) for name in names] for names in found.others],
        "others_complete": found.all_sets,
        "greedy": {"after": found.greedy_after, "closures": [list(name) for name in found.greedy]},
        "rerouted": [one.to_json() for one in found.rerouted],
        "rests_on": [arc.to_json() for arc in found.rests_on],
        "expected": found.expected.to_json(),
        "by_source": [one.to_json() for one in found.by_source],
        "worst_source": found.worst.source if found.worst else None,
        "without_source": [one.to_json() for one in found.without_source],
        "from": list(found.origins),
        "to": list(found.goals),
        "ends_given": found.ends_given,
        "persons": found.persons,
        "routes_of_persons": found.routes_of_persons,
        "unknown": list(found.unknown),
        "method": result.method,
        "parameters": dict(result.parameters),
        "seed": result.seed,
        "seconds": result.seconds,
    }


def _budget(budget: Decimal | int) -> Decimal:
    told = Decimal(budget)
    if not told.is_finite() or told < 0:
        raise UsageError(f"The budget is {budget}; it is at least 0.")
    return told


def _cheapest(closures: Closures, own: NDArray[np.int64]) -> int:
    """Return the cost of the cheapest closures that stop all flow, or all there is where none do."""
    problem = closures.problem(own, 0)
    every = int(closures.cost.sum())
    wide = np.where(problem.capacity == 0, 0, np.where(closures.cost > 0, closures.cost, every + 1))
    # An arc without capacity stops nothing, so its closure costs nothing either.
    return min(maximum_flow(problem.net, wide, problem.source, problem.sink).value, every)


def _others(
    closures: Closures, found: Found, problem: Problem, most: int, clock: Clock
) -> tuple[tuple[tuple[Name, ...], ...] | None, bool]:
    """Return further sets that leave as little, and whether these are all; None where the first isn't proved."""
    if not found.proved:
        return None, False
    listed = list(islice(as_good(problem, found, clock), most + 1))
    complete = len(listed) <= most and not clock.over
    return tuple(tuple(closures.name(arc) for arc in closed) for closed in listed[:most]), complete


def _rerouted(closures: Closures, own: NDArray[np.int64], found: Found) -> tuple[NDArray[np.int64], Flow]:
    """Return the flow along all arcs before, and a maximum flow after the closures that keeps what it can of it."""
    between = closures.between
    capacity = between.capacity(own)
    before = acyclic(between.routes, between.most(capacity).flow)
    closed = list(found.closed)
    rest = before.copy()
    rest[closed] = 0
    kept = between.most(rest).flow
    capacity[closed] = 0
    after = between.most(capacity, kept)
    return before, after._replace(flow=acyclic(between.routes, after.flow))


def _rests_on(
    closures: Closures, own: NDArray[np.int64], found: Found, after: Flow, arcs: Sequence[Arc]
) -> tuple[Arc, ...]:
    narrows = [
        arc for arc in cut_arcs(closures.between.routes, after).tolist() if arc < len(own) and own[arc]
    ]
    return tuple(arcs[arc] for arc in dict.fromkeys((*closures.touched(found.closed), *narrows)))


def _units(steps: int, scale: int) -> int | float:
    return steps // scale if steps % scale == 0 else steps / scale


def _row(one: Account) -> tuple[str | float, ...]:
    still = {True: "yes", False: "no", None: "-"}[one.survives]
    return one.source, one.before, one.after, "-" if one.best is None else one.best, still
