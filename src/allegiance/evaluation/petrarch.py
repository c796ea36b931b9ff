"""PETRARCH-2's validation records (Open Event Data Alliance, MIT): sentences with CAMEO codes of the events in them.

The records come with parses; a reader gets the text only. What a statement is in CAMEO's terms stands in `cameo_root`.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from allegiance import coding
from allegiance.errors import DataError
from allegiance.evaluation.corpus import Corpus, text_of
from allegiance.evaluation.ledger import Misreading
from allegiance.evaluation.output import Output
from allegiance.evaluation.scores import Measure
from allegiance.model import Codebook, DateInterval, Document, Modality

if TYPE_CHECKING:
    from pathlib import Path

    from allegiance.evaluation.ledger import Ledger
    from allegiance.evaluation.task import Task
    from allegiance.model import Statement

ROOT = Measure(
    "exact CAMEO root", "f1", "The sentence's events have this two-digit code; text only, no parse given."
)
EVENT = Measure(
    "root and states",
    "f1",
    "Besides, source and target belong to the coded states; only events between two known ones.",
)

# No run of characters is tried from each of its places: a broken file ends soon.
_RECORD = re.compile(r"<Sentence\s([^<>]*+)>(.*?)</Sentence>", re.DOTALL)
_ATTRIBUTE = re.compile(r"\b(\w++)\s*+=\s*+\"([^\"<>]*+)\"")
_EVENT = re.compile(r"<EventCoding\s([^<>]*+)>")
_TEXT = re.compile(r"<Text>(.*?)</Text>", re.DOTALL)
_STATE = 3


@dataclass(frozen=True, slots=True)
class Event:
    """A coded event: two-digit root, codes of source and target."""

    root: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Record:
    """One sentence and its events."""

    id: str
    doc: Document
    events: tuple[Event, ...]


def measure(task: Task, ledger: Ledger) -> None:
    """Read each sentence and compare the roots of what is told with those annotated."""
    corpus = load(task.path)
    ledger.skipped(corpus.skipped)
    reader = coding.reader(task.reader, task.names, pipeline=task.pipeline)
    by_doc = zip(corpus.examples, reader.read_many(record.doc for record in corpus.examples), strict=True)
    for record, (_, stmts) in by_doc:
        task.progress(1)
        ledger.scored(record.id)
        told = [(root, stmt) for stmt in stmts if (root := cameo_root(stmt))]
        wanted, found = {event.root for event in record.events}, {root for root, _ in told}
        ledger.count(record.id, ROOT, "all", right=len(wanted & found), found=len(found), gold=len(wanted))
        for root in wanted | found:
            both = int(root in wanted and root in found)
            ledger.count(
                record.id,
                ROOT,
                f"root {root}",
                right=both,
                found=int(root in found),
                gold=int(root in wanted),
            )
        _count_events(ledger, record, told, task)
        _note(ledger, record, told, wanted)


def cameo_root(stmt: Statement) -> str:
    """Return the CAMEO root of what a statement tells, or nothing where CAMEO codes nothing.

    CAMEO (P. Schrodt, Conflict and Mediation Event Observations, 2012) has codes instead of modality: promised help is 03
    (intent to cooperate), announced harm 13 (threaten), refused help 12 (reject), whether it wasn't given or won't be. What is
    denied, demanded by others, supposed or made conditional is no event of its actor.
    """
    predicted = stmt.modality is Modality.PREDICTED
    if not predicted and (stmt.modality is not Modality.ASSERTED or stmt.act == "attitude"):
        return ""
    if stmt.negated:
        return "12" if stmt.polarity > 0 else ""
    if predicted:
        return {1: "03", -1: "13"}.get(stmt.polarity, "")
    return Codebook.shipped().act(stmt.act).cameo


def load(path: Path) -> Corpus[Record]:
    """Return the records of a validation file.

    The file isn't well-formed (``<Sentence .../>`` is closed again by ``</Sentence>``), so it is read by its marks.

    Raises:
        DataError: it holds no records.
    """
    records: list[Record] = []
    skipped: list[str] = []
    for number, match in enumerate(_RECORD.finditer(text_of(path)), start=1):
        found = _record(dict(_ATTRIBUTE.findall(match[1])), match[2], number)
        if isinstance(found, str):
            skipped.append(found)
        else:
            records.append(found)
    if not records:
        raise DataError(
            f"{path.name} holds no <Sentence> with <EventCoding> and <Text>; give PETRARCH's validation file."
        )
    return Corpus(tuple(records), tuple(skipped))


def _record(about: dict[str, str], body: str, number: int) -> Record | str:
    text, events = _TEXT.search(body), [dict(_ATTRIBUTE.findall(one)) for one in _EVENT.findall(body)]
    if text is None or not text[1].strip():
        return "no text"
    if not events:
        return "no coding"
    words = html.unescape(" ".join(text[1].split()))
    coded = [
        Event(event["eventcode"][:2], event.get("sourcecode", ""), event.get("targetcode", ""))
        for event in events
        if "eventcode" in event
    ]
    day = re.sub(r"^(\d{4})(\d\d)(\d\d)$", r"\1-\2-\3", about.get("date", ""))
    try:
        date = DateInterval.parse(day) if day else None
    except DataError:
        date = None  # some dates are filled in as 00000000; the sentence is sound all the same
    return Record(f"{about.get('id', '')}#{number}", Document(words, "PETRARCH", date=date), tuple(coded))


def _count_events(ledger: Ledger, record: Record, told: list[tuple[str, Statement]], task: Task) -> None:
    day = record.doc.date.first if record.doc.date else None
    wanted = set()
    for event in record.events:
        ends = [task.code("cameo", code[:_STATE], day) for code in (event.source, event.target)]
        if ends[0] and ends[1]:
            wanted.add((event.root, ends[0], ends[1]))
    states = {name for _, *ends in wanted for name in ends}
    found = {(root, stmt.actor, stmt.target) for root, stmt in told if {stmt.actor, stmt.target} <= states}
    ledger.count(record.id, EVENT, "all", right=len(wanted & found), found=len(found), gold=len(wanted))


def _note(ledger: Ledger, record: Record, told: list[tuple[str, Statement]], wanted: set[str]) -> None:
    for root, stmt in told:
        told_by = f"{stmt.actor} {stmt.act} {stmt.target}"
        ledger.outputs.append(
            Output(
                f"{record.id}:{root}:{stmt.actor}:{stmt.target}",
                record.id,
                stmt.actor_text or stmt.actor,
                f"{stmt.act} ({root})",
                stmt.target_text or stmt.target,
                stmt.reader.rule,
                record.doc.text,
            )
        )
        if root not in wanted:
            gold = ", ".join(sorted(wanted)) or "no event"
            ledger.errors.append(
                Misreading(
                    "root not annotated",
                    record.id,
                    record.doc.text,
                    (),
                    gold,
                    f"{root}: {told_by}",
                    stmt.reader.rule,
                )
            )
    found = {root for root, _ in told}
    for event in record.events:
        if event.root not in found:
            read = (
                ", ".join(f"{root}: {stmt.actor} {stmt.act} {stmt.target}" for root, stmt in told)
                or "nothing"
            )
            ledger.errors.append(
                Misreading(
                    "root missed",
                    record.id,
                    record.doc.text,
                    (),
                    f"{event.root} {event.source} to {event.target}",
                    read,
                )
            )
