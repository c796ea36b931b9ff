"""What a user corrected, in the form of the annotated passages (training/gold/GUIDE.md): one passage a document, to teach with or to pass on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from allegiance.coding.kinds import KINDS, Kinds
from allegiance.model import TextEvidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet

    from allegiance.model import Document, Statement

AUTHOR = "author"
# Whoever reads on would learn nothing from so much text of which nothing was reviewed.
_LONGEST_GAP = 600
_VERBATIM = ("condition", "goods", "position", "because")
_PRONOUNS = frozenset("i we us he him she her it they them who which that this these those".split())  # noqa: SIM905 - a list of words
# Kinds that share their act with a plainer one.
_SPECIAL = frozenset({"fight", "position", "demand"})
_WITHOUT = {1: "support", -1: "oppose", 0: "position"}

Span = tuple[int, int]


def passages(
    doc: Document, statements: Sequence[Statement], accepted: AbstractSet[str]
) -> list[dict[str, Any]]:
    """Return what was told of a document as passages with their statements; those `accepted` must be found by whoever reads.

    Args:
        doc: the document.
        statements: what is to be written down, each with its evidence in the document.
        accepted: ids of those that a user accepted.
    """
    spans = _apart({span for stmt in statements for span in _spans(stmt)})
    found = []
    for number, stretch in enumerate(_stretches(spans)):
        here = [stmt for stmt in statements if any(_holds(span, _spans(stmt)[0]) for span in stretch)]
        name = doc.id if number == 0 else f"{doc.id}-{number + 1}"
        found.append(_passage(name, doc, stretch, here, accepted))
    return found


def kind_of(stmt: Statement) -> str:
    """Return the guide's kind of a statement: its reader's own, else the one that its act, sign and weight are stored for."""
    if stmt.reader.rule in KINDS:
        return stmt.reader.rule
    table = Kinds.shipped()
    stored = [
        (kind, table.kind(kind).acts[stmt.polarity])
        for kind in sorted(KINDS, key=_SPECIAL.__contains__)
        if stmt.polarity in table.kind(kind).acts
    ]
    same = [(kind, act) for kind, act in stored if act.act == stmt.act]
    # The weight tells finer kinds of one act apart: condemning from accusing, expelling from sanctioning.
    same.sort(key=lambda one: one[1].weight != stmt.weight)
    return same[0][0] if same else _WITHOUT[stmt.polarity]


def _spans(stmt: Statement) -> list[Span]:
    evidence = stmt.evidence
    if not isinstance(evidence, TextEvidence):
        return []
    return [(evidence.start, evidence.end), *evidence.also]


def _apart(spans: AbstractSet[Span]) -> list[Span]:
    """Return the spans in order; of two that overlap, the longer one."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda one: (one[0] - one[1], one)):
        if all(span[1] <= low or high <= span[0] for low, high in kept):
            kept.append(span)
    return sorted(kept)


def _stretches(spans: Sequence[Span]) -> list[list[Span]]:
    """Return runs of spans with little text between them."""
    found: list[list[Span]] = []
    for span in spans:
        if found and span[0] - found[-1][-1][1] <= _LONGEST_GAP:
            found[-1].append(span)
        else:
            found.append([span])
    return found


def _holds(outer: Span, inner: Span) -> bool:
    return outer[0] < inner[1] and inner[0] < outer[1]


@dataclass(slots=True)
class _Cast:
    """Who is told of in a passage, and by which words of it."""

    outlet: str
    text: str
    names: dict[str, list[str]] = field(default_factory=dict)

    def key(self, actor: str, words: str = "") -> str:
        """Return under which name an actor is written down, with `words` as one of its names if they stand in the text."""
        key = AUTHOR if actor == self.outlet else actor
        names = self.names.setdefault(key, [])
        new = words and key != AUTHOR and words not in (key, *names)
        if new and words.lower() not in _PRONOUNS and words in self.text:
            names.append(words)
        return key


def _passage(
    name: str,
    doc: Document,
    stretch: Sequence[Span],
    statements: Sequence[Statement],
    accepted: AbstractSet[str],
) -> dict[str, Any]:
    whole: list[Span] = []
    for span in stretch:
        if whole and doc.text[whole[-1][1] : span[0]].strip():
            whole.append((whole[-1][1], span[0]))
        whole.append(span)
    sentences = [" ".join(doc.text[low:high].split()) for low, high in whole]
    text = " ".join(sentences)
    cast = _Cast(doc.outlet, text)
    told = []
    for stmt in statements:
        one, other = cast.key(stmt.actor, stmt.actor_text), cast.key(stmt.target, stmt.target_text)
        if one == other:
            continue
        entry: dict[str, Any] = {
            "s": [i for i, span in enumerate(whole) if any(_holds(span, part) for part in _spans(stmt))],
            "holder": [cast.key(speaker) for speaker in stmt.source.chain[1:]],
            "actor": one,
            "target": other,
            "sign": stmt.polarity,
            "kind": kind_of(stmt),
            "modality": stmt.modality.value,
            "negated": stmt.negated,
            "must": stmt.id in accepted,
        }
        hanging = _qualifiers(dict(stmt.qualifiers), cast)
        told.append(entry | ({"qualifiers": hanging} if hanging else {}))
    source = ", ".join(part for part in (doc.outlet, str(doc.date or ""), doc.title) if part)
    return {
        "id": name,
        "from": source,
        "licence": "",
        "sentences": sentences,
        "actors": cast.names,
        "statements": told,
        "qualified": True,
    }


def _qualifiers(told: dict[str, str], cast: _Cast) -> dict[str, Any]:
    found: dict[str, Any] = {
        name: words
        for name in _VERBATIM
        if (words := " ".join(told.get(name, "").split())) and words.casefold() in cast.text.casefold()
    }
    found |= {name: told[name] for name in ("barred", "issue") if told.get(name)}
    if "position" not in found:
        found.pop("issue", None)
    found |= {name: cast.key(told[name]) for name in ("from_place", "to_place") if told.get(name)}
    if told.get("via"):
        found["via"] = [cast.key(one) for one in told["via"].split("; ")]
    return found


def lines(found: Iterable[dict[str, Any]]) -> str:
    """Return passages as JSON, one a line."""
    import json  # noqa: PLC0415 - only where something is written

    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in found)
