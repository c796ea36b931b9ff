"""Flow networks from whatever a user names: a case, a table of routes, or FollowTheMoney payments."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from allegiance.case.case import Case
from allegiance.case.name_kinds import BY_NAME, NameKinds
from allegiance.case.readers import actor_table, gazetteer
from allegiance.errors import DataError, UnknownNameError, UsageError
from allegiance.exchange.followthemoney import is_followthemoney, read_payments
from allegiance.exchange.routes import RouteTable, in_days, read_routes
from allegiance.model.scenario import StepKind
from allegiance.network.flows import FlowNetwork, in_unit, of_goods
from allegiance.network.node_kinds import CLOSABLE, PERSON, PLACE, POINT, UNKNOWN, is_titled
from allegiance.network.route_words import bare
from allegiance.network.told_routes import told_routes
from allegiance.store import is_sqlite

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from allegiance.model.scenario import Step
    from allegiance.naming import Gazetteer
    from allegiance.network import CountingPolicy
    from allegiance.network.flows import Capacity
    from allegiance.network.route_claims import RouteClaim
    from allegiance.store import StatementFilter


@dataclass(frozen=True, slots=True)
class FlowChoice:
    """Which flows of a file are wanted, and how they are measured.

    Attributes:
        goods: only these goods; None for all.
        unit: only claims in this unit.
        capacity: how capacities come about; None as `FlowNetwork.from_claims` has it.
        actors: a table of further actors, which tells what names are.
        places: names that the user knows to be places or bodies.
        steps: of scenarios; closures close routes, disbelief leaves out what a source says, others change no flows.
    """

    goods: str | None = None
    unit: str | None = None
    capacity: Capacity | None = None
    actors: Path | None = None
    places: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenedFlows:
    """A flow network, and what of the file is not in it.

    Attributes:
        net: the network.
        problems: the rows that could not be used.
        notes: how many statements or rows are left out on purpose, by reason.
        goods: how many claims there are of each of the goods chosen; "" is what isn't told.
    """

    net: FlowNetwork
    problems: list[DataError] = field(default_factory=list)
    notes: Mapping[str, int] = field(default_factory=dict)
    goods: Mapping[str, int] = field(default_factory=dict)


def open_flows(
    path: Path,
    wanted: StatementFilter,
    policy: CountingPolicy | None = None,
    choice: FlowChoice | None = None,
) -> OpenedFlows:
    """Return the flow network of a case, of a table ``from,to,...``, or of FollowTheMoney entities (JSON lines).

    Args:
        path: the file.
        wanted: which statements or rows, by source and day.
        policy: which statements of a case count.
        choice: which flows, and how they are measured.

    Raises:
        UsageError: the file isn't there, or the flows are told in several units.
        UnknownNameError: no such source, goods or unit; says the nearest.
        DataError: the file is none of the three, or no row of it can be used.
    """
    choice = choice or FlowChoice()
    if not path.exists():
        raise UsageError(
            f"There is no file {path}; name a case, a CSV with from,to,capacity, or FollowTheMoney JSON lines."
        )
    if path.is_dir():
        raise UsageError(
            f"{path} is a folder; a lake keeps no routes. Name a case, a CSV or FollowTheMoney JSON lines."
        )
    extra = (actor_table(choice.actors),) if choice.actors else ()
    told = _from_case(path, wanted, policy, extra) if is_sqlite(path) else _from_table(path, wanted, extra)
    told.kinds.update(dict.fromkeys(choice.places, PLACE))
    claims, notes = _measured(told, choice)
    net = FlowNetwork.from_claims(claims, told.kinds, choice.capacity)
    for name in choice.places:
        if name not in net.nodes:
            raise UnknownNameError("place or body", name, net.nodes, where=path.name)
    unmeasured = sum(not claim.denied and claim.start != claim.end for claim in claims) - len(net.claims)
    if unmeasured:
        notes["no capacity is stated"] = unmeasured
    return OpenedFlows(net, told.problems, notes, _goods(net.claims))


def _measured(told: RouteTable, choice: FlowChoice) -> tuple[Sequence[RouteClaim], dict[str, int]]:
    """Return the claims of the goods and unit chosen, and what is left out so far."""
    for step in choice.steps:
        if step.kind is StepKind.CLOSURE and not any(_stops(step, claim) for claim in told.claims):
            routes = {f"{claim.start} -> {claim.end}" for claim in told.claims}
            raise UnknownNameError("route", " -> ".join(step.actors), routes, where=step.place)
    claims: Sequence[RouteClaim] = [
        claim for claim in told.claims if not any(_stops(step, claim) for step in choice.steps)
    ]
    notes = dict(told.notes)
    if len(claims) < len(told.claims):
        notes["a scenario closes the route or disbelieves the source"] = len(told.claims) - len(claims)
    if choice.goods is not None:
        silent = sum(not claim.goods and not claim.denied for claim in claims)
        claims = of_goods(claims, choice.goods)
        if silent:
            notes["it isn't told what flows"] = silent
    if choice.unit is not None:
        claims = in_unit(claims, choice.unit)
    return claims, notes


def _stops(step: Step, claim: RouteClaim) -> bool:
    """Return whether a scenario's step takes a claim away."""
    if step.kind is StepKind.DISBELIEF:
        return claim.told_by(step.source)
    closed = step.kind is StepKind.CLOSURE and step.actors == (claim.start, claim.end)
    return closed and (not step.goods or claim.is_of(step.goods))


def _from_case(
    path: Path, wanted: StatementFilter, policy: CountingPolicy | None, extra: tuple[str, ...]
) -> RouteTable:
    with Case(path) as case:
        case.check_names(source=wanted.source)
        names = gazetteer((*case.history().actor_tables, *extra))
        told = told_routes(case.statements(wanted), policy, _Called(names))
    ends = {name for claim in told.claims for name in (claim.start, claim.end)}
    kind_of = NameKinds(names)
    kinds = {name: kind_of(name) for name in ends}
    return RouteTable(list(told.claims), kinds, notes=dict(told.left_out))


def _from_table(path: Path, wanted: StatementFilter, extra: tuple[str, ...]) -> RouteTable:
    payments = is_followthemoney(path)
    table = read_payments(path) if payments else read_routes(path)
    if not table.claims and table.problems:
        raise DataError(f"No row of {path.name} could be used; the first: {table.problems[0]}")
    table.claims = _chosen(path, table.claims, wanted)
    _know_points(table, NameKinds(gazetteer(extra)), payments=payments)
    return table


class _Called:
    """Tells what a place is called that a text names in so many words; each is looked up once."""

    def __init__(self, names: Gazetteer) -> None:
        self.names = names
        self.known: dict[str, str] = {}

    def __call__(self, words: str) -> str:
        if words not in self.known:
            plain = bare(words)
            found = self.names.resolve(plain)
            # A capital is a place on the way, and not its state.
            self.known[words] = found.actor if found and found.via in BY_NAME else plain
        return self.known[words]


def _know_points(table: RouteTable, kind_of: NameKinds, *, payments: bool) -> None:
    """Say of each name of a table what it is; whoever writes a table of routes answers for its names being no persons."""
    for claim in table.claims:
        for name in (claim.start, claim.end):
            kind = table.kinds.get(name, UNKNOWN)
            if kind == PERSON or kind in CLOSABLE:
                # Such files call persons organisations at times; a title is believed rather than the file.
                table.kinds[name] = PERSON if payments and is_titled(name) else kind
                continue
            found = kind_of(name)
            table.kinds[name] = POINT if found == UNKNOWN and kind == UNKNOWN and not payments else found


def _chosen(path: Path, claims: list[RouteClaim], wanted: StatementFilter) -> list[RouteClaim]:
    """Return the claims of the source and the days that are asked for."""
    if wanted.source is not None:
        known = {name for claim in claims for name in (*claim.source, " > ".join(claim.source))}
        if wanted.source not in known:
            raise UnknownNameError("source", wanted.source, known - {""}, where=path.name)
        claims = [claim for claim in claims if claim.told_by(wanted.source)]
    if (wanted.since or wanted.until) and not any(claim.date for claim in claims):
        raise UsageError(f"{path.name} tells no dates; leave --since and --until out.")
    return list(in_days(claims, wanted.since, wanted.until))


def _goods(claims: Iterable[RouteClaim]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for claim in claims:
        counts[claim.goods] = counts.get(claim.goods, 0) + 1
    return counts
