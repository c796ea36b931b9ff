"""The view of a case for page and report: its networks, drawn in one layout, with their coalitions and quotes."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from allegiance import __version__
from allegiance.analysis.coalitions import coalitions, to_json
from allegiance.analysis.standing import standing, witnesses
from allegiance.case.scenarios import offered, scenarios_of
from allegiance.maths.layout import arrange
from allegiance.model import units
from allegiance.report.view import (
    Answer,
    Asking,
    NetworkView,
    Origin,
    QuotedStatement,
    ReadyScenario,
    View,
    ViewActor,
    ViewTie,
    ViolatedTie,
)
from allegiance.store import StatementFilter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from allegiance.analysis.coalitions import CoalitionStructure
    from allegiance.analysis.standing import Standing, Witness
    from allegiance.case.case import Case
    from allegiance.model import Result
    from allegiance.network import Contributions, CountingPolicy, SignedNetwork

# As many coalitions as fit come first: with two, enemies of enemies become friends.
QUESTIONS = (None, 2)
SECONDS_EACH = 30.0
MOST_OFFERED = 60


def view_of(
    case: Case,
    *,
    title: str | None = None,
    policy: CountingPolicy | None = None,
    seed: int = 0,
    progress: Callable[[str], None] = lambda _: None,
) -> View:
    """Compute everything that a page shows of `case`: all sources together first, then each outlet.

    Each split may take `SECONDS_EACH`; one that isn't proved by then is shown with its bound.
    """
    outlets = case.outlets()
    counted: dict[str | None, Contributions] = {None: case.contributions(policy=policy)}
    if len(outlets) > 1:
        counted |= {outlet: case.contributions(StatementFilter(source=outlet), policy) for outlet in outlets}
    networks = {source: told.network() for source, told in counted.items()}
    answers: dict[str | None, list[Result[CoalitionStructure]]] = {}
    for source, net in networks.items():
        progress(source or "all sources")
        answers[source] = [coalitions(net, k, time_limit=SECONDS_EACH, seed=seed) for k in QUESTIONS]
    places = _places(networks[None], answers[None])
    kinds = case.actor_kinds()
    cited = {stmt for net in networks.values() for stmt in net.evidence.all()}
    quotes = [quote for quote in case.quotes() if quote.stmt.id in cited]
    docs = {quote.doc.id: quote.doc for quote in quotes if quote.doc}
    return View(
        title=title or case.path.stem,
        generated_by=f"allegiance {__version__}",
        documents={doc_id: Origin.of(doc) for doc_id, doc in docs.items()},
        statements=tuple(QuotedStatement(quote.stmt, *quote.context, quote.outlets) for quote in quotes),
        networks=tuple(
            NetworkView(
                source=source,
                label=source or "All sources",
                actors=_actors(net, kinds, places, witnesses(net, counted[source])),
                ties=tuple(_tie(net, number) for number in range(len(net))),
                answers=tuple(
                    _answer(result, standing(net, counted[source], result)) for result in answers[source]
                ),
            )
            for source, net in networks.items()
        ),
        asking=Asking(case.path.name, tuple(_options(policy))),
        scenarios=tuple(_ready(case, networks[None])),
    )


def _options(policy: CountingPolicy | None) -> Iterator[str]:
    """Yield the words of the command line that make statements count by `policy`."""
    if policy is None:
        return
    for word in policy.words():
        yield from ("--count", word)
    if policy.confidence:
        yield from ("--least-confidence", str(policy.confidence))


def _ready(case: Case, net: SignedNetwork) -> Iterator[ReadyScenario]:
    """Yield the scenarios that the case keeps, then the first of those that its texts suggest and that can be asked here."""
    for scenario in scenarios_of(case):
        yield ReadyScenario("kept", scenario)
    there = set(net.actors)
    askable = (one for one in offered(case) if all(there.issuperset(step.actors) for step in one.steps))
    for scenario in islice(askable, MOST_OFFERED):
        yield ReadyScenario("offered", scenario)


def _places(net: SignedNetwork, results: list[Result[CoalitionStructure]]) -> dict[str, tuple[float, float]]:
    """Lay out the network of all sources once: an actor has the same place in every drawing."""
    labels = np.array(
        [[result.value.of(actor) for result in results] for actor in net.actors], dtype=np.int64
    ).reshape(len(net.actors), len(results))
    places = arrange(net.graph(), labels)
    return {actor: (float(x), float(y)) for actor, (x, y) in zip(net.actors, places, strict=True)}


def _actors(
    net: SignedNetwork,
    kinds: Mapping[str, str],
    places: Mapping[str, tuple[float, float]],
    told: Mapping[str, Witness],
) -> tuple[ViewActor, ...]:
    count = len(net.actors)
    ends = np.concatenate([net.a, net.b])
    positive, negative = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
    np.add.at(positive, ends, np.concatenate([net.positive, net.positive]))
    np.add.at(negative, ends, np.concatenate([net.negative, net.negative]))
    ties = np.bincount(ends, minlength=count)
    return tuple(
        ViewActor(
            name,
            kinds.get(name, "unknown"),
            *places[name],
            positive=units(int(positive[number])),
            negative=units(int(negative[number])),
            ties=int(ties[number]),
            told=told[name].words,
            thin=told[name].thin,
        )
        for number, name in enumerate(net.actors)
    )


def _tie(net: SignedNetwork, number: int) -> ViewTie:
    tie = net.tie(number)
    return ViewTie(
        tie.a,
        tie.b,
        units(tie.weight),
        units(tie.positive),
        units(tie.negative),
        tie.count,
        tie.sources,
        tie.contested,
        tie.statements,
    )


def _answer(result: Result[CoalitionStructure], stands: Standing) -> Answer:
    found = to_json(result)
    return Answer(
        k=found["k"],
        value=found["value"],
        lower_bound=found["lower_bound"],
        proved=found["proved"],
        gap=found["gap"],
        method=found["method"],
        seconds=found["seconds"],
        coalitions=result.value.coalitions,
        violated=tuple(
            ViolatedTie(tie.a, tie.b, units(tie.weight), tie.statements) for tie in result.value.violated
        ),
        firmness=dict(stands.firmness),
        unaffiliated=result.value.unaffiliated,
    )
