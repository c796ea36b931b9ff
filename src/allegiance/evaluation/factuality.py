"""Factuality corpora as JSON lines: how far an event is told as having happened.

CommitmentBank, MegaVeridicality, RP, UW, UDS-IH2 and MEANTIME come in this form. Each line has a tokenised text and targets: a span of tokens and a label from -3 (did not happen) to +3 (happened).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from allegiance import coding
from allegiance.coding.telling_words import telling_words
from allegiance.errors import BadRowError, DataError
from allegiance.evaluation.corpus import Corpus, field, files_below, json_lines
from allegiance.evaluation.ledger import Misreading
from allegiance.evaluation.scores import Measure
from allegiance.model import Document, Modality, TextEvidence

if TYPE_CHECKING:
    from pathlib import Path

    from allegiance.coding.telling_words import TellingWords
    from allegiance.evaluation.corpus import Span
    from allegiance.evaluation.ledger import Ledger
    from allegiance.evaluation.task import Task
    from allegiance.model import Statement

INVENTED = Measure(
    "invented",
    "share",
    "Of the events labelled 0 or less that a statement stands on: one of them is asserted and not negated (less is better).",
)
KEPT = Measure(
    "kept", "share", "Of the events labelled 2 or more that a statement stands on: one of them is asserted."
)
_HAPPENED = 2.0
_DID_NOT = 0.0


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text and its events: characters and label."""

    id: str
    corpus: str
    text: str
    events: tuple[tuple[Span, float], ...]


def measure(task: Task, ledger: Ledger) -> None:
    """Read all sentences; score the events that statements stand on.

    Statements don't say which word told them. One is taken to stand on an event where the event's word, and no other of the
    quoted sentence, is among those that can tell the statement's act. Events that no statement stands on tell nothing here.
    """
    corpus = load(task.path)
    ledger.skipped(corpus.skipped)
    reader = coding.reader(task.reader, task.names, pipeline=task.pipeline)
    docs = (Document(sentence.text, "corpus") for sentence in corpus.examples)
    words = telling_words(task.pipeline)
    for sentence, (_, stmts) in zip(corpus.examples, reader.read_many(docs), strict=True):
        task.progress(1)
        ledger.scored(sentence.id)
        by_place: dict[Span, list[Statement]] = {}
        for stmt in stmts:
            if (place := _place(sentence, stmt, words)) is not None:
                by_place.setdefault(place, []).append(stmt)
        for span, label in sentence.events:
            if standing := by_place.get(span):
                _count(ledger, sentence, span, label, standing)


def _place(sentence: Sentence, stmt: Statement, words: TellingWords) -> Span | None:
    """Return the one word of the quoted sentence that can tell the statement's act, if there is just one."""
    evidence = stmt.evidence
    if not isinstance(evidence, TextEvidence):
        return None
    telling = [
        (start, end)
        for start, end in _tokens(sentence.text)
        if evidence.start <= start
        and end <= evidence.end
        and stmt.act in words.acts(sentence.text[start:end])
    ]
    return telling[0] if len(telling) == 1 else None


def _count(ledger: Ledger, sentence: Sentence, span: Span, label: float, stmts: list[Statement]) -> None:
    told = [stmt for stmt in stmts if stmt.modality is Modality.ASSERTED and not stmt.negated]
    if label >= _HAPPENED:
        which = KEPT
    elif label <= _DID_NOT:
        which = INVENTED
    else:
        return  # between the two the annotators themselves were not sure
    for group in ("all", sentence.corpus):
        ledger.count(sentence.id, which, group, right=int(bool(told)), found=1)
    if bool(told) != (which is KEPT):
        stmt = (told or stmts)[0]
        ledger.errors.append(
            Misreading(
                "told as fact, but isn't" if told else "told as fact, but not read so",
                sentence.id,
                sentence.text,
                ((*span, "event"),),
                f"label {label:+.1f}",
                f"{stmt.actor} {stmt.act} {stmt.target}: {stmt.modality}{', negated' if stmt.negated else ''}",
                stmt.reader.rule,
            )
        )


def load(path: Path) -> Corpus[Sentence]:
    """Return the sentences of a file, or of all .jsonl files below a folder.

    Raises:
        DataError: there are none.
        BadRowError: a line is not of this form.
    """
    found: list[Sentence] = []
    skipped: list[str] = []
    for file in files_below(path, "*.jsonl", "factuality corpus"):
        name = file.relative_to(path).parts[0] if path.is_dir() else file.stem
        for number, row in json_lines(file):
            one = _sentence(row, name, file, number)
            if one.events:
                found.append(one)
            else:
                skipped.append("no event of one token")
    if not found:
        raise DataError(f"{path} holds no sentence with an event, so it is no factuality corpus.")
    return Corpus(tuple(found), tuple(skipped))


def _sentence(row: dict[str, Any], corpus: str, file: Path, number: int) -> Sentence:
    text = field(row, "text", str, file, number)
    tokens = _tokens(text)
    events = []
    for target in field(row, "targets", list, file, number):
        try:
            first, last = target["span1"]
            label = float(target["label"])
            span = (tokens[first][0], tokens[last - 1][1])
        except (KeyError, TypeError, ValueError, IndexError) as broken:
            raise BadRowError(
                file.name, number, "a target needs span1 (two places of tokens) and label."
            ) from broken
        if last - first == 1:
            events.append((span, label))
    return Sentence(f"{corpus}/{file.stem}:{number}", corpus, text, tuple(events))


def _tokens(text: str) -> list[Span]:
    spans: list[Span] = []
    at = 0
    for token in text.split(" "):
        spans.append((at, at + len(token)))
        at += len(token) + 1
    return spans
