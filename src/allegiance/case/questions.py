"""The further questions that a report answers below its network, each as a section."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING

from allegiance.analysis.compare import compare
from allegiance.analysis.flows import flows
from allegiance.analysis.interdict import interdict
from allegiance.analysis.issue import bargain
from allegiance.analysis.landscape import landscape
from allegiance.analysis.levers import levers
from allegiance.analysis.scenarios import what_if
from allegiance.analysis.sensitivity import sensitivity
from allegiance.analysis.stability import stability
from allegiance.case.flows import open_flows
from allegiance.case.scenarios import network_without, scenarios_of
from allegiance.case.tellings import tellings
from allegiance.errors import UsageError
from allegiance.exchange.issue_file import read_issue
from allegiance.maths.landscape import MOST_EXHAUSTIVE
from allegiance.pictures import Markup, element
from allegiance.store import StatementFilter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import Any, TypeAlias

    from allegiance.case.case import Case
    from allegiance.model import Result
    from allegiance.network import CountingPolicy, SignedNetwork

    Question: TypeAlias = tuple[str, Callable[[], Result[Any]]]

SECONDS_EACH = 10.0
LEAST_ACTORS = 3
ALL = StatementFilter()


@dataclass(frozen=True, slots=True)
class Asked:
    """What a report is asked besides what it always tells.

    Attributes:
        coalition: the actors that are wished to be together; empty for no such question.
        issue: the file of a disputed issue.
        closures: how many routes could be closed; None for no such question.
    """

    coalition: tuple[str, ...] = ()
    issue: Path | None = None
    closures: int | None = None


def answers(
    case: Case,
    asked: Asked | None = None,
    *,
    policy: CountingPolicy | None = None,
    seed: int = 0,
    progress: Callable[[str], None] = lambda _: None,
) -> Iterator[tuple[str, Markup]]:
    """Yield the answers as headings and markup; each may take `SECONDS_EACH`, and says what it could prove by then.

    Who would break the coalitions, how near each tie is to turning them, the landscape of camps where it can be gone through
    as a whole, how the two outlets that say most differ, what flows, and each scenario that the case keeps; and what is asked.

    Raises:
        UnknownNameError: the wished coalition names an actor that the case doesn't have.
        DataError: the issue can't be used.
    """
    asked = asked or Asked()
    net = case.network(policy=policy)
    for title, ask in chain(_asked(net, asked, seed), _always(case, net, policy, seed)):
        progress(title)
        yield title, Markup(ask()._repr_html_())
    progress("flows")
    yield from _flowing(case, asked, policy, seed)


def _asked(net: SignedNetwork, asked: Asked, seed: int) -> Iterator[Question]:
    if asked.coalition:
        title = f"What would have to change for {', '.join(asked.coalition)} to hold together?"
        yield title, partial(levers, net, asked.coalition, time_limit=SECONDS_EACH, seed=seed)
    if asked.issue is not None:
        issue = read_issue(asked.issue)
        yield issue.name, partial(bargain, issue, seed=seed)


def _always(case: Case, net: SignedNetwork, policy: CountingPolicy | None, seed: int) -> Iterator[Question]:
    if len(net.actors) >= LEAST_ACTORS and len(net):
        yield "Who would break the coalitions?", partial(stability, net, time_limit=SECONDS_EACH, seed=seed)
        yield "How near are they to turning?", partial(sensitivity, net, time_limit=SECONDS_EACH, seed=seed)
    if LEAST_ACTORS <= len(net.actors) <= MOST_EXHAUSTIVE:
        yield "The landscape of two camps", partial(landscape, net, seed=seed)
    if len(heard := _two_outlets(case)) > 1:
        (first, second), _ = tellings(case.path, None, ALL, policy, sources=(heard[0], heard[1]))
        title = f"{first.name} and {second.name} compared"
        yield title, partial(compare, first, second, time_limit=SECONDS_EACH, seed=seed)
    if kept := scenarios_of(case):
        network_of, _ = network_without(case.path, ALL, policy)
    for scenario in kept:
        ask = partial(what_if, network_of, [scenario], time_limit=SECONDS_EACH, seed=seed)
        yield f"What if: {scenario.name}?", ask


def _flowing(
    case: Case, asked: Asked, policy: CountingPolicy | None, seed: int
) -> Iterator[tuple[str, Markup]]:
    """Yield the answers on flows, which may have no single answer: goods told in several units don't add up."""
    title = "What flows, by whose word"
    try:
        net = open_flows(case.path, ALL, policy).net
        if net.arcs():
            yield title, Markup(flows(net)._repr_html_())
        if net.arcs() and asked.closures is not None:
            which = "closure leaves" if asked.closures == 1 else f"{asked.closures} closures leave"
            closed = interdict(net, Decimal(asked.closures), time_limit=SECONDS_EACH, seed=seed)
            yield f"Which {which} the least flow?", Markup(closed._repr_html_())
    except UsageError as unclear:
        yield title, element("p", str(unclear))


def _two_outlets(case: Case) -> tuple[str, ...]:
    """Return the two outlets with most statements, fewer where there are fewer."""
    counts: dict[str, int] = {}
    for source, count in case.sources():
        counts[source[0]] = counts.get(source[0], 0) + count
    return tuple(islice(sorted(counts, key=lambda outlet: (-counts[outlet], outlet)), 2))
