"""From an answer back to the quotes: what stands behind a statement, a tie, an actor, a coalition."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from allegiance.analysis.reasons import reasons
from allegiance.model import TextEvidence, units

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from allegiance.analysis.coalitions import CoalitionStructure
    from allegiance.model import Document, Result, Statement
    from allegiance.network import SignedNetwork


@dataclass(frozen=True, slots=True)
class Quote:
    """A statement with the words around it.

    Attributes:
        stmt: the statement.
        verdict: accept, reject, or empty where nobody has reviewed it.
        doc: the text that it was read from; None for a row of a data set.
    """

    stmt: Statement
    verdict: str = ""
    doc: Document | None = None

    @property
    def context(self) -> tuple[str, str]:
        """Some of the text before the quote and behind it; empty for a row of a data set."""
        if self.doc is None or not isinstance(self.stmt.evidence, TextEvidence):
            return "", ""
        return self.stmt.evidence.context(self.doc.text)

    def marked(self) -> list[tuple[str, str]]:
        """Return the quote in pieces (words, role), the role being actor, target or empty."""
        evidence = self.stmt.evidence
        if not isinstance(evidence, TextEvidence):
            return [(f"{evidence.dataset}, {evidence.row}", "")]
        spans = _spans(evidence.quote, self.stmt.actor_text, self.stmt.target_text)
        pieces: list[tuple[str, str]] = []
        done = 0
        for start, end, role in spans:
            pieces += [(evidence.quote[done:start], ""), (evidence.quote[start:end], role)]
            done = end
        pieces.append((evidence.quote[done:], ""))
        return [piece for piece in pieces if piece[0]]

    @property
    def words(self) -> str:
        """The quoted words; of a row of a data set, which one."""
        return "".join(piece for piece, _ in self.marked())

    def to_json(self) -> dict[str, Any]:
        """Return the statement's documented keys, with verdict, context and where the text stands."""
        before, after = self.context
        return {
            **self.stmt.to_json(),
            "verdict": self.verdict,
            "before": before,
            "after": after,
            "outlet": self.stmt.source.outlet,
            "title": self.doc.title if self.doc else "",
            "url": self.doc.url if self.doc else "",
        }


@dataclass(frozen=True, slots=True)
class Explanation:
    """What stands behind something.

    Attributes:
        kind: statement, tie, actor or coalition.
        title: it, in words.
        facts: what is computed of it, by name; ready for JSON.
        quotes: the statements that it rests on.
    """

    kind: str
    title: str
    facts: Mapping[str, Any]
    quotes: tuple[Quote, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the explanation under the documented keys of ``--json``."""
        quotes = [quote.to_json() for quote in self.quotes]
        return {"kind": self.kind, "title": self.title, **self.facts, "statements": quotes}


def tie_facts(net: SignedNetwork, by_source: Mapping[str, SignedNetwork], a: str, b: str) -> dict[str, Any]:
    """Return what the tie between `a` and `b` adds up to, in all and by outlet."""
    return {
        "tie": _tie(net, a, b),
        "by_source": {source: _tie(part, a, b) for source, part in by_source.items()},
    }


def actor_facts(net: SignedNetwork, split: Result[CoalitionStructure], actor: str) -> dict[str, Any]:
    """Return where `actor` stands: its coalition, how firmly, and its ties, the heaviest first."""
    number = net.number_of(actor)
    ties = [net.tie(int(tie)) for tie in ((net.a == number) | (net.b == number)).nonzero()[0]]
    structure = split.value
    why = reasons(net, split, of=(actor,)).value
    return {
        "coalition": list(structure.coalitions[structure.of(actor)]),
        "firmness": structure.firmness[actor],
        "place": why.places[actor].to_json(),
        "reasons": [reason.to_json() for reason in why.ties],
        "unaffiliated": actor in structure.unaffiliated,
        "k": split.parameters["k"],
        "ties": [tie.to_json() for tie in sorted(ties, key=lambda tie: (-abs(tie.weight), tie.a, tie.b))],
    }


def coalition_facts(net: SignedNetwork, split: Result[CoalitionStructure], number: int) -> dict[str, Any]:
    """Return what holds coalition `number` (from 0) together and what strains it."""
    members = set(split.value.coalitions[number])
    why = reasons(net, split, of=members).value
    inside = [tie for tie in net.ties() if tie.a in members and tie.b in members]
    across = [tie for tie in net.ties() if (tie.a in members) != (tie.b in members)]
    return {
        "coalition": sorted(members),
        "firmness": {actor: split.value.firmness[actor] for actor in sorted(members)},
        "k": split.parameters["k"],
        "weight_within": units(sum(tie.weight for tie in inside)),
        "weight_to_others": units(sum(tie.weight for tie in across)),
        "reasons": [reason.to_json() for reason in why.ties],
        "strains": [tie.to_json() for tie in inside if tie.weight < 0],
        "ties": [tie.to_json() for tie in inside],
    }


def _tie(net: SignedNetwork, a: str, b: str) -> dict[str, Any] | None:
    if a not in net.actors or b not in net.actors:
        return None
    low, high = sorted((net.number_of(a), net.number_of(b)))
    found = ((net.a == low) & (net.b == high)).nonzero()[0]
    return net.tie(int(found[0])).to_json() if len(found) else None


def _spans(quote: str, actor_text: str, target_text: str) -> Iterable[tuple[int, int, str]]:
    """Find the first place of either's words in the quote; overlapping ones give way to the longer."""
    found: list[tuple[int, int, str]] = []
    wanted = sorted(((actor_text, "actor"), (target_text, "target")), key=lambda words: -len(words[0]))
    for words, role in wanted:
        start = quote.find(words) if words else -1
        while start >= 0 and any(start < end and begin < start + len(words) for begin, end, _ in found):
            start = quote.find(words, start + 1)
        if start >= 0:
            found.append((start, start + len(words), role))
    return sorted(found)
