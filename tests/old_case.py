"""Cases as the first version of the file format had them, written by this file alone: the program can't write them any more."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

from allegiance.model import TextEvidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from allegiance.model import Document, Statement

_TABLES = """
CREATE TABLE event (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    time TEXT NOT NULL,
    author TEXT NOT NULL,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL
);
CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;

CREATE TABLE name (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
CREATE TABLE source (id INTEGER PRIMARY KEY, chain TEXT NOT NULL UNIQUE);
CREATE TABLE reader (id INTEGER PRIMARY KEY, tag TEXT NOT NULL UNIQUE);

CREATE TABLE document (
    id TEXT PRIMARY KEY, text TEXT NOT NULL, outlet TEXT NOT NULL, title TEXT NOT NULL, author TEXT NOT NULL,
    date TEXT, url TEXT NOT NULL, language TEXT NOT NULL, origin TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX document_by_url ON document(url);

CREATE TABLE statement (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    source INTEGER NOT NULL REFERENCES source(id),
    actor INTEGER NOT NULL REFERENCES name(id),
    act INTEGER NOT NULL REFERENCES name(id),
    target INTEGER NOT NULL REFERENCES name(id),
    polarity INTEGER NOT NULL, weight INTEGER NOT NULL,
    modality TEXT NOT NULL, negated INTEGER NOT NULL,
    first TEXT, last TEXT,
    origin INTEGER NOT NULL REFERENCES name(id),
    start INTEGER, "end" INTEGER, quote TEXT NOT NULL,
    confidence REAL NOT NULL,
    reader INTEGER NOT NULL REFERENCES reader(id),
    marking TEXT NOT NULL, actor_text TEXT NOT NULL, target_text TEXT NOT NULL, qualifiers TEXT NOT NULL
);

CREATE TABLE imported (event INTEGER NOT NULL, statement INTEGER NOT NULL, PRIMARY KEY (event, statement)) WITHOUT ROWID;
CREATE TABLE imported_document (event INTEGER NOT NULL, document TEXT NOT NULL, PRIMARY KEY (event, document)) WITHOUT ROWID;
CREATE INDEX statement_by_actor ON statement(actor, target);
CREATE INDEX statement_by_target ON statement(target, actor);
"""


def old_id(stmt: Statement) -> str:
    """Return the id that format 1 gave to a statement, of which marking and confidence were a part."""
    fields = {key: value for key, value in stmt.to_json().items() if key != "id"}
    text = json.dumps(fields, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return "s" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:15]


def write(
    path: Path,
    imports: Sequence[Iterable[Statement]],
    docs: Iterable[Document] = (),
    events: Iterable[tuple[str, Mapping[str, Any]]] = (),
) -> None:
    """Write a case of format 1: the imports, the first of them with `docs`, and then the `events` (kind, payload)."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(_TABLES)
        connection.execute("BEGIN")
        for number, stmts in enumerate(imports, 1):
            _event(connection, "import", {"file": f"{number}.csv", "sha256": str(number), "how": "test"})
            for doc in docs if number == 1 else ():
                _put_document(connection, number, doc)
            for stmt in stmts:
                _put(connection, number, stmt)
        for kind, payload in events:
            _event(connection, kind, payload)
        connection.execute("COMMIT")
        connection.execute(f"PRAGMA application_id = {0x616C6C65}")
        connection.execute("PRAGMA user_version = 1")


def _event(connection: sqlite3.Connection, kind: str, payload: Mapping[str, Any]) -> None:
    connection.execute(
        "INSERT INTO event (time, author, kind, payload) VALUES ('2031-04-09T08:00:00+00:00', 'ada', ?, ?)",
        (kind, json.dumps(payload, ensure_ascii=False, sort_keys=True)),
    )


def _put_document(connection: sqlite3.Connection, event: int, doc: Document) -> None:
    told = (doc.text, doc.outlet, doc.title, doc.author, str(doc.date) if doc.date else None)
    connection.execute(
        "INSERT INTO document VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (doc.id, *told, doc.url, doc.language, doc.origin),
    )
    connection.execute("INSERT INTO imported_document VALUES (?, ?)", (event, doc.id))


def _put(connection: sqlite3.Connection, event: int, stmt: Statement) -> None:
    def number(table: str, column: str, text: str) -> int:
        connection.execute(f"INSERT OR IGNORE INTO {table} ({column}) VALUES (?)", (text,))  # noqa: S608 - literals
        found = connection.execute(f"SELECT id FROM {table} WHERE {column} = ?", (text,))  # noqa: S608 - literals
        return int(found.fetchone()[0])

    where = stmt.evidence
    place: tuple[Any, ...] = (
        (where.document, where.start, where.end, where.quote)
        if isinstance(where, TextEvidence)
        else (where.dataset, None, None, where.row)
    )
    reader = [stmt.reader.name, stmt.reader.version, stmt.reader.rule]
    values = (
        old_id(stmt),
        number("source", "chain", json.dumps(stmt.source.chain, ensure_ascii=False, separators=(",", ":"))),
        *(number("name", "text", text) for text in (stmt.actor, stmt.act, stmt.target)),
        *(stmt.polarity, stmt.weight, stmt.modality.value, int(stmt.negated)),
        *((str(stmt.date.first), str(stmt.date.last)) if stmt.date else (None, None)),
        *(number("name", "text", place[0]), *place[1:]),
        *(stmt.confidence, number("reader", "tag", json.dumps(reader, ensure_ascii=False))),
        *(stmt.marking, stmt.actor_text, stmt.target_text),
        json.dumps(stmt.qualifiers, ensure_ascii=False),
    )
    connection.execute(f"INSERT OR IGNORE INTO statement VALUES (NULL{', ?' * len(values)})", values)  # noqa: S608
    connection.execute(
        "INSERT OR IGNORE INTO imported SELECT ?, seq FROM statement WHERE id = ?", (event, values[0])
    )
