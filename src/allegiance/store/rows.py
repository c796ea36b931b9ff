"""How statements and documents become rows of the case file, and rows become statements and documents."""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from json.encoder import encode_basestring as _json
from typing import TYPE_CHECKING, Any

from allegiance.errors import CaseFileError, clipped
from allegiance.model import (
    DateInterval,
    Document,
    Modality,
    ReaderTag,
    RowEvidence,
    Source,
    Statement,
    TextEvidence,
)

if TYPE_CHECKING:
    import sqlite3

STATEMENT_COLUMNS = """s.id, c.chain, a.text, k.text, t.text, s.polarity, s.weight, s.modality, s.negated, s.first,
    s.last, o.text, s.start, s."end", s.quote, s.confidence, r.tag, s.marking, s.actor_text, s.target_text, s.qualifiers,
    s.also,
    CASE WHEN s.actor <> a.id OR s.target <> t.id THEN (SELECT text FROM name WHERE id = s.actor) END,
    CASE WHEN s.actor <> a.id OR s.target <> t.id THEN (SELECT text FROM name WHERE id = s.target) END"""


def statement_columns(version: int) -> str:
    """Return the columns from which `statement` builds one, of a file of that format."""
    return STATEMENT_COLUMNS if version > 1 else STATEMENT_COLUMNS.replace("s.also", "'[]'")


def joins(actor: str, target: str) -> str:
    """Return the tables of a question about statements; `actor` and `target` are the SQL of their names' numbers."""
    return f"""statement s JOIN source c ON c.id = s.source JOIN name a ON a.id = {actor}
    JOIN name k ON k.id = s.act JOIN name t ON t.id = {target} JOIN name o ON o.id = s.origin
    JOIN reader r ON r.id = s.reader"""


STATEMENT_JOINS = joins("s.actor", "s.target")


_iso = lru_cache(1 << 16)(date.isoformat)  # files hold thousands of statements of one day


def chain_text(source: Source) -> str:
    """Return the source's chain as the JSON text under which it is interned."""
    return json.dumps(source.chain, ensure_ascii=False, separators=(",", ":"))


def statement(row: tuple[Any, ...]) -> Statement:
    """Build a statement from a row of `STATEMENT_COLUMNS`."""
    (_, chain, actor, act, target, polarity, weight, modality, negated, first, last) = row[:11]
    (origin, start, end, quote, confidence, tag, marking, actor_text, target_text, qualifiers) = row[11:21]
    # Few have further spans, and parsing is slow.
    also = () if row[21] == "[]" else tuple((first, behind) for first, behind in json.loads(row[21]))
    # A row of a data set has no span; its key stands where a text has its quote.
    evidence = RowEvidence(origin, quote) if start is None else TextEvidence(origin, start, end, quote, also)
    return Statement(
        source=Source(tuple(json.loads(chain))),
        actor=actor,
        act=act,
        target=target,
        polarity=polarity,
        weight=weight,
        modality=Modality(modality),
        negated=bool(negated),
        date=DateInterval(date.fromisoformat(first), date.fromisoformat(last)) if first else None,
        evidence=evidence,
        confidence=confidence,
        reader=ReaderTag(*json.loads(tag)),
        marking=marking,
        actor_text=actor_text,
        target_text=target_text,
        qualifiers=tuple((name, value) for name, value in json.loads(qualifiers)),
        read_as=tuple(row[22:]) if row[22] is not None else (),
    )


def statement_values(stmt: Statement, interned: Interned) -> tuple[Any, ...]:
    """Return the values of a new row of ``statement``, in the order of its columns after `seq`."""
    evidence = stmt.evidence
    if isinstance(evidence, TextEvidence):
        origin, start, end, quote = evidence.document, evidence.start, evidence.end, evidence.quote
        also = json.dumps(evidence.also) if evidence.also else "[]"
    else:
        origin, start, end, quote, also = evidence.dataset, None, None, evidence.row, "[]"
    return (
        stmt.id,
        interned.source(stmt.source),
        interned.name(stmt.actor),
        interned.name(stmt.act),
        interned.name(stmt.target),
        stmt.polarity,
        stmt.weight,
        stmt.modality.value,
        int(stmt.negated),
        stmt.date and _iso(stmt.date.first),
        stmt.date and _iso(stmt.date.last),
        interned.name(origin),
        start,
        end,
        quote,
        stmt.confidence,
        interned.reader(stmt.reader),
        stmt.marking,
        stmt.actor_text,
        stmt.target_text,
        pairs_text(stmt.qualifiers),
        also,
    )


def pairs_text(qualifiers: tuple[tuple[str, str], ...]) -> str:
    """Return pairs of texts as `json.dumps` writes them, several times as fast: files hold millions of statements."""
    return "[" + ", ".join([f"[{_json(name)}, {_json(value)}]" for name, value in qualifiers]) + "]"


def document(row: tuple[Any, ...]) -> Document:
    """Build a document from its row without the id."""
    text, outlet, title, author, day, url, language, origin = row
    if not all(isinstance(cell, str) for cell in row if cell is not day) or not isinstance(day, str | None):
        raise CaseFileError(f"A document of the case is damaged: it isn't all text ({clipped(repr(title))}).")
    interval = DateInterval.parse(day) if day else None
    return Document(text, outlet, title, author, interval, url, language, origin)


def document_values(doc: Document) -> tuple[Any, ...]:
    """Return the values of a new row of ``document``."""
    day = str(doc.date) if doc.date else None
    return (doc.id, doc.text, doc.outlet, doc.title, doc.author, day, doc.url, doc.language, doc.origin)


class Interned:
    """Numbers for names, sources and readers, each text kept once in the case; valid inside one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Start with an empty memory over `connection`."""
        self._connection = connection
        self._names: dict[str, int] = {}
        self._sources: dict[Source, int] = {}
        self._readers: dict[ReaderTag, int] = {}

    def name(self, text: str) -> int:
        """Return the number of a name (actor, act, document id, data set)."""
        known = self._names.get(text)
        if known is None:
            known = self._names[text] = self._number("name", "text", text)
        return known

    def source(self, source: Source) -> int:
        """Return the number of a source chain."""
        known = self._sources.get(source)
        if known is None:
            known = self._sources[source] = self._number("source", "chain", chain_text(source))
        return known

    def reader(self, tag: ReaderTag) -> int:
        """Return the number of a reader's tag."""
        known = self._readers.get(tag)
        if known is None:
            text = json.dumps([tag.name, tag.version, tag.rule], ensure_ascii=False)
            known = self._readers[tag] = self._number("reader", "tag", text)
        return known

    def _number(self, table: str, column: str, text: str) -> int:
        # The table and column are literals of this class, never a user's words.
        self._connection.execute(f"INSERT OR IGNORE INTO {table} ({column}) VALUES (?)", (text,))  # noqa: S608
        found = self._connection.execute(f"SELECT id FROM {table} WHERE {column} = ?", (text,))  # noqa: S608
        return int(found.fetchone()[0])
