"""An invented conflict as a finished view: 14 actors, 3 outlets that disagree. Tests of the page look at it."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from allegiance.maths.graph import SignedGraph
from allegiance.maths.layout import arrange
from allegiance.model import Codebook, Document, Modality, ReaderTag, Source, Statement, TextEvidence
from allegiance.report import (
    Answer,
    NetworkView,
    Origin,
    QuotedStatement,
    View,
    ViewActor,
    ViewTie,
    ViolatedTie,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

KINDS = {
    "Veldania": "state",
    "Ostmark": "state",
    "Tarsis": "state",
    "Kesh Front": "armed-group",
    "Lowland Compact": "bloc",
    "Marrow Trading House": "company",
    "President Ilva Orr": "person",
    "Norrland": "state",
    "Sund": "state",
    "Harbour League": "bloc",
    "Quell": "state",
    "Upper Dale": "province",
    "River Guard": "armed-group",
    "Isles Union": "state",
}
ACTORS = tuple(KINDS)
OUTLETS = ("The Daily Beacon", "Ostmark Herald", "Harbour Gazette")

# outlet, speaker, actor, act, target, words between actor and target, modality
_SAID: tuple[tuple[int, str, str, str, str, str, Modality], ...] = (
    (0, "", "Veldania", "supply", "Kesh Front", "delivered forty trucks to the", Modality.ASSERTED),
    (0, "", "Veldania", "ally", "Lowland Compact", "is bound by treaty to the", Modality.ASSERTED),
    (0, "Minister Dall", "Ostmark", "assault", "Kesh Front", "shelled the camps of the", Modality.ASSERTED),
    (0, "", "Ostmark", "ally", "Norrland", "signed the winter pact with", Modality.ASSERTED),
    (0, "", "Sund", "member-of", "Harbour League", "took its seat in the", Modality.ASSERTED),
    (0, "", "Norrland", "sanction", "Veldania", "froze the accounts of", Modality.ASSERTED),
    (0, "", "Marrow Trading House", "trade", "Kesh Front", "bought oil from the", Modality.ASSERTED),
    (0, "", "Quell", "consult", "Ostmark", "received envoys of", Modality.ASSERTED),
    (0, "", "Quell", "cooperate", "Veldania", "opened the mountain road to", Modality.ASSERTED),
    (0, "", "Tarsis", "ally", "Ostmark", "stands by", Modality.ASSERTED),
    (0, "", "President Ilva Orr", "support", "Veldania", "praised the patience of", Modality.ASSERTED),
    (0, "", "River Guard", "assault", "Upper Dale", "burned two depots in", Modality.ASSERTED),
    (0, "", "Upper Dale", "support", "Kesh Front", "shelters fighters of the", Modality.ASSERTED),
    (0, "", "Harbour League", "cooperate", "Norrland", "will share radar tracks with", Modality.CONDITIONAL),
    (0, "", "Isles Union", "accuse", "Marrow Trading House", "accuses of smuggling the", Modality.ASSERTED),
    (1, "", "Ostmark", "ally", "Norrland", "renewed its oldest alliance, with", Modality.ASSERTED),
    (1, "", "Ostmark", "ally", "Tarsis", "calls a brother state", Modality.ASSERTED),
    (1, "", "Veldania", "assault", "Ostmark", "shot down a plane of", Modality.ASSERTED),
    (1, "General Breck", "Kesh Front", "assault", "Tarsis", "mined the roads of", Modality.ASSERTED),
    (1, "", "Quell", "ally", "Ostmark", "has always been the real friend of", Modality.ASSERTED),
    (1, "", "Quell", "reject", "Veldania", "turned away the offers of", Modality.ASSERTED),
    (1, "", "Harbour League", "finance", "Kesh Front", "pays the wages of the", Modality.DENIED),
    (1, "", "Harbour League", "threaten", "Norrland", "threatens to blockade", Modality.ASSERTED),
    (1, "", "River Guard", "support", "Ostmark", "guards the border for", Modality.ASSERTED),
    (1, "", "President Ilva Orr", "accuse", "Ostmark", "insulted the people of", Modality.ASSERTED),
    (1, "", "Lowland Compact", "support", "Kesh Front", "voted money for the", Modality.ASSERTED),
    (1, "", "Sund", "support", "Veldania", "hides the gold of", Modality.PREDICTED),
    (2, "", "Harbour League", "ally", "Isles Union", "admitted without conditions the", Modality.ASSERTED),
    (2, "", "Harbour League", "cooperate", "Sund", "holds joint drills with", Modality.ASSERTED),
    (2, "", "Harbour League", "dispute", "Ostmark", "is in a fishing dispute with", Modality.ASSERTED),
    (2, "", "Harbour League", "reject", "Veldania", "will not be drawn in by", Modality.ASSERTED),
    (2, "", "Veldania", "accuse", "Kesh Front", "disowns the raids of the", Modality.ASSERTED),
    (2, "an envoy", "Lowland Compact", "accuse", "Veldania", "is tired of", Modality.ASSERTED),
    (2, "", "Isles Union", "cooperate", "Quell", "leases a port from", Modality.ASSERTED),
    (2, "", "Norrland", "dispute", "Sund", "claims the strait of", Modality.ASSERTED),
    (2, "", "Marrow Trading House", "finance", "Harbour League", "lends to the", Modality.ASSERTED),
    (2, "", "River Guard", "coerce", "Quell", "taxes the caravans of", Modality.ASSERTED),
    (2, "", "Ostmark", "assault", "Kesh Front", "chased over the border the", Modality.ASSERTED),
    (2, "", "Tarsis", "ally", "Ostmark", "votes as it is told by", Modality.ASSERTED),
)
_AROUND = "The talks went on late into the night. {} Nobody in the harbour would confirm it."


def view() -> View:
    """Return the whole view; the two-coalition answers are proved by trying all splits."""
    docs = [
        Document(_text(i), outlet, f"Notes of the week {i}", "A. Writer", None, _url(i))
        for i, outlet in enumerate(OUTLETS)
    ]
    quoted = [_quoted(line, docs[line[0]]) for line in _SAID]
    everyone = _net(quoted)
    labels = np.column_stack([_best(everyone, parts)[0] for parts in (2, 4)])
    places = arrange(_graph(everyone), labels)
    networks = [_network(None, "All sources", quoted, places)]
    for outlet in OUTLETS:
        own = [one for one in quoted if one.stmt.source.outlet == outlet]
        networks.append(_network(outlet, outlet, own, places))
    origins = {doc.id: Origin.of(doc) for doc in docs}
    return View(
        "The strait and the mountain road", "allegiance 0.1.0", origins, tuple(quoted), tuple(networks)
    )


def _url(i: int) -> str:
    return f"https://example.org/{i}" if i else "javascript:alert(1)"


def _sentence(line: tuple[int, str, str, str, str, str, Modality]) -> str:
    return f"{line[2]} {line[5]} {line[4]}."


def _text(outlet: int) -> str:
    return " ".join(_AROUND.format(_sentence(line)) for line in _SAID if line[0] == outlet)


def _quoted(line: tuple[int, str, str, str, str, str, Modality], doc: Document) -> QuotedStatement:
    outlet, speaker, actor, act, target, _, modality = line
    quote = _sentence(line)
    start = doc.text.index(quote)
    known = Codebook.shipped().act(act)
    source = Source((OUTLETS[outlet], speaker)) if speaker else Source((OUTLETS[outlet],))
    stmt = Statement(
        source,
        actor,
        act,
        target,
        known.sign,
        known.weight,
        modality,
        modality is Modality.DENIED,
        None,
        TextEvidence(doc.id, start, start + len(quote), quote),
        0.8,
        ReaderTag("rules", "1", "active-clause"),
        actor_text=actor,
        target_text=target,
    )
    return QuotedStatement.within(stmt, doc.text, around=40)


Net = dict[tuple[str, str], list[Statement]]


def _net(quoted: Sequence[QuotedStatement]) -> Net:
    net: Net = {}
    for one in quoted:
        low, high = sorted((one.stmt.actor, one.stmt.target))
        net.setdefault((low, high), []).append(one.stmt)
    return net


def _weight(stmts: Sequence[Statement]) -> int:
    return sum(stmt.polarity * stmt.weight for stmt in stmts if not stmt.negated)


def _graph(net: Net) -> SignedGraph:
    pairs = [(ACTORS.index(a), ACTORS.index(b)) for a, b in net]
    ends = np.array(pairs).reshape(-1, 2)
    return SignedGraph.of(len(ACTORS), ends[:, 0], ends[:, 1], [_weight(stmts) for stmts in net.values()])


def _best(net: Net, parts: int) -> tuple[np.ndarray, int]:
    """Return the best split into two by trying all, or a good one into more by moving single actors."""
    graph = _graph(net)
    if parts == 2:
        every = np.array([(0, *rest) for rest in product((0, 1), repeat=len(ACTORS) - 1)], dtype=np.int8)
        across = every[:, graph.a] != every[:, graph.b]
        cost = ((across == (graph.w > 0)) * np.abs(graph.w)).sum(axis=1)
        return every[cost.argmin()], int(cost.min())
    labels = np.arange(len(ACTORS))
    for _ in range(4):
        for i in range(len(ACTORS)):
            tries = [np.where(np.arange(len(ACTORS)) == i, label, labels) for label in range(len(ACTORS))]
            labels = min(tries, key=graph.frustration)
    return labels, graph.frustration(labels)


def _answer(net: Net, parts: int) -> Answer:
    labels, value = _best(net, parts)
    seen = {actor for pair in net for actor in pair}
    groups = [
        [ACTORS[i] for i in np.flatnonzero(labels == label) if ACTORS[i] in seen]
        for label in np.unique(labels)
    ]
    groups = sorted((group for group in groups if group), key=len, reverse=True)
    where = {actor: i for i, group in enumerate(groups) for actor in group}
    violated = [
        ViolatedTie(a, b, _weight(stmts) / 10, tuple(stmt.id for stmt in stmts))
        for (a, b), stmts in net.items()
        if (where[a] == where[b]) == (_weight(stmts) < 0) and _weight(stmts)
    ]
    bound = value if parts == 2 else value * 3 // 4
    return Answer(
        k=2 if parts == 2 else "any",
        value=value / 10,
        lower_bound=bound / 10,
        proved=bound == value,
        gap=(value - bound) / value if value else 0.0,
        method="all splits tried" if parts == 2 else "single moves",
        seconds=0.01,
        coalitions=tuple(tuple(group) for group in groups),
        violated=tuple(violated),
        firmness={actor: round(0.55 + 0.44 * ((7 * i) % 10) / 10, 2) for i, actor in enumerate(sorted(seen))},
    )


def _network(
    source: str | None, label: str, quoted: Sequence[QuotedStatement], places: np.ndarray
) -> NetworkView:
    net = _net(quoted)
    ties = []
    for (a, b), stmts in net.items():
        outlets = {
            stmt.source.outlet: [one for one in stmts if one.source.outlet == stmt.source.outlet]
            for stmt in stmts
        }
        signs = {np.sign(_weight(said)) for said in outlets.values()} - {0}
        parts = [stmt.polarity * stmt.weight for stmt in stmts if not stmt.negated]
        positive, negative = sum(p for p in parts if p > 0), -sum(p for p in parts if p < 0)
        ids = tuple(stmt.id for stmt in stmts)
        ties.append(
            ViewTie(
                a,
                b,
                (positive - negative) / 10,
                positive / 10,
                negative / 10,
                len(stmts),
                tuple(outlets),
                len(signs) > 1,
                ids,
            )
        )
    seen = {actor for pair in net for actor in pair}
    actors = []
    for i, name in enumerate(ACTORS):
        own = [tie for tie in ties if name in (tie.a, tie.b)]
        x, y = (float(value) for value in places[i])
        sums = (sum(tie.positive for tie in own), sum(tie.negative for tie in own), len(own))
        if name in seen:
            actors.append(ViewActor(name, KINDS[name], x, y, *sums))
    return NetworkView(source, label, tuple(actors), tuple(ties), (_answer(net, 2), _answer(net, 4)))
