"""Bringing a case of an older format to that of this version: in one transaction where it lies, else as a copy to read.

From format 1 to 2 statements get other ids (`format_1` says why), and so does whatever names a statement by its id.
"""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from allegiance import unfinished
from allegiance.errors import CaseFileError, StorageError
from allegiance.model import TextEvidence
from allegiance.store import format_1, history, rows
from allegiance.store.schema import FORMAT_VERSION, change_tables, distrust, format_of
from allegiance.store.soundness import faults, require_sound

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from allegiance.model import Document

_BATCH = 5_000  # statements
_CACHE_KIB = (
    256 << 10
)  # ids are hashes: with a small cache each page of their index would be written many times
_DOCUMENTS = 64  # that are kept at hand; the statements of a text stand together
_ID = re.compile(r"\bs[0-9a-f]{15}\b")
_NAMING_STATEMENTS = (history.ACCEPT, history.REJECT, history.SCENARIO)
# Of two markings the stricter is kept; one that isn't known here may be stricter than any.
_LABELS = ("", "TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED")
_TRIGGER = "event_is_never_changed"


def in_this_format(connection: sqlite3.Connection, path: Path) -> sqlite3.Connection:
    """Return a connection to the case at `path` in the format of this version.

    That is `connection` itself, and the file is brought up where it is older and can be written. Where it can't, it is the
    connection to a copy that goes when it is closed, can only be read as well, and `connection` is closed.

    Raises:
        CaseFileError: the file is older and damaged; it stays as it is.
        StorageError: there is no room for it.
    """
    if format_of(connection) >= FORMAT_VERSION:
        return connection
    try:
        _bring_up(connection, path)
    except sqlite3.OperationalError as trouble:
        if trouble.sqlite_errorcode & 0xFF != sqlite3.SQLITE_READONLY:
            raise
        return _copy(connection, path)
    return connection


def _copy(connection: sqlite3.Connection, path: Path) -> sqlite3.Connection:
    # On disk and not in memory, for a case may be larger than that.
    with unfinished.scratch() as folder:
        copy = folder / "copy.case"
        with closing(sqlite3.connect(copy, isolation_level=None)) as target:
            try:
                connection.backup(target)
                distrust(target)
                _bring_up(target, path)
            except sqlite3.OperationalError as trouble:
                if trouble.sqlite_errorcode & 0xFF != sqlite3.SQLITE_FULL:
                    raise
                raise StorageError(
                    f"{path} is of an older format and can't be written, and there is no room for a copy of it in {folder.parent}; "
                    "free some space, or name a place with the environment variable TMPDIR."
                ) from trouble
        connection.close()
        # Nobody else can have it open. Once read from, it is there until it is closed, although its name goes with the folder.
        found = sqlite3.connect(f"{copy.as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None)
        distrust(found)
        found.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return found


def _bring_up(connection: sqlite3.Connection, path: Path) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        if format_of(connection) < FORMAT_VERSION:  # else another process was faster
            # SQLite lets who may only read begin to write; the first write is refused, and better before all the looking.
            connection.execute(f"PRAGMA user_version = {format_of(connection)}")
            _require_whole(connection, path)
            _change(connection)
        connection.execute("COMMIT")
    except BaseException:
        # A full disk may have rolled back already; a second ROLLBACK would hide the first error.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _require_whole(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a damaged case: with new ids, what somebody changed would look as if it had always been so."""
    require_sound(connection, path)
    if fault := next(faults(connection), None):
        raise CaseFileError(
            f"{path} is of an older format and damaged, so that it can't be brought to the newer: {fault} "
            f"`allegiance check {path}` lists all that is wrong."
        )


def _change(connection: sqlite3.Connection) -> None:
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    named = _named(connection)
    change_tables(connection)
    renamed: dict[str, str] = {}
    connection.execute("CREATE TEMP TABLE twin (seq INTEGER PRIMARY KEY, first INTEGER NOT NULL)")
    document = lru_cache(_DOCUMENTS)(lambda doc_id: _document(connection, doc_id))
    last = 0
    while batch := connection.execute(
        # `change_tables` has given them the new column already.
        f"SELECT s.seq, {rows.STATEMENT_COLUMNS} FROM {rows.STATEMENT_JOINS} WHERE s.seq > ? "  # noqa: S608 - our own columns
        f"ORDER BY s.seq LIMIT {_BATCH}",
        (last,),
    ).fetchall():
        last = batch[-1][0]
        for seq, *row in batch:
            new = _rename(connection, seq, tuple(row), document)
            if row[0] in named:
                renamed[row[0]] = new
    _merge_twins(connection)
    connection.execute("DROP TABLE temp.twin")
    _rename_in_history(connection, renamed)


def _named(connection: sqlite3.Connection) -> frozenset[str]:
    """Return what looks like the id of a statement in the history."""
    return frozenset(
        found
        for event in history.events(connection)
        if event.kind in _NAMING_STATEMENTS
        for text in event.payload.values()
        if isinstance(text, str)
        for found in _ID.findall(text)
    )


def _document(connection: sqlite3.Connection, doc_id: str) -> Document | None:
    row = connection.execute(
        "SELECT text, outlet, title, author, date, url, language, origin FROM document WHERE id = ?",
        (doc_id,),
    ).fetchone()
    return rows.document(row) if row else None


def _rename(
    connection: sqlite3.Connection,
    seq: int,
    row: tuple[Any, ...],
    document: Callable[[str], Document | None],
) -> str:
    """Write the statement of a row as format 2 has it and return its new id."""
    stmt = rows.statement(row)
    if isinstance(stmt.evidence, TextEvidence) and "also" in dict(stmt.qualifiers):
        stmt = format_1.brought_up(stmt, document(stmt.evidence.document))
    new = stmt.id
    changed = connection.execute("UPDATE OR IGNORE statement SET id = ? WHERE seq = ?", (new, seq)).rowcount
    if not changed:
        # It differed from an earlier one by marking or confidence only, and is the same statement now.
        connection.execute("INSERT INTO temp.twin SELECT ?, seq FROM statement WHERE id = ?", (seq, new))
    if isinstance(stmt.evidence, TextEvidence) and stmt.evidence.also:
        connection.execute(
            "UPDATE statement SET also = ?, qualifiers = ? WHERE seq = ?",
            (json.dumps(stmt.evidence.also), rows.pairs_text(stmt.qualifiers), seq),
        )
    return new


def _merge_twins(connection: sqlite3.Connection) -> None:
    """Make one statement of those that are the same now: the strictest marking, the confidence of the latest that counts."""
    imports = [event.seq for event in history.History.fold(history.events(connection)).imports]
    twins: dict[int, list[tuple[bool, int, str, float]]] = {}
    for first, *told in connection.execute(
        "SELECT t.first, EXISTS (SELECT 1 FROM imported i JOIN json_each(?) j ON i.event = j.value "
        "WHERE i.statement = s.seq), s.seq, s.marking, s.confidence FROM "
        "(SELECT seq, first FROM temp.twin UNION SELECT first, first FROM temp.twin) t JOIN statement s ON s.seq = t.seq",
        (json.dumps(imports),),
    ):
        counts, seq, marking, confidence = told
        twins.setdefault(first, []).append((bool(counts), seq, marking, confidence))
    for first, some in twins.items():
        marking = max((marking for _, _, marking, _ in some), key=_strictness)
        *_, confidence = max(some)
        connection.execute(
            "UPDATE statement SET marking = ?, confidence = ? WHERE seq = ?", (marking, confidence, first)
        )
    connection.execute(
        "INSERT OR IGNORE INTO imported SELECT i.event, t.first FROM imported i JOIN temp.twin t ON t.seq = i.statement"
    )
    for table, column in (("imported", "statement"), ("statement", "seq")):
        connection.execute(f"DELETE FROM {table} WHERE {column} IN (SELECT seq FROM temp.twin)")  # noqa: S608 - literals


def _strictness(marking: str) -> int:
    return _LABELS.index(marking) if marking in _LABELS else len(_LABELS)


def _rename_in_history(connection: sqlite3.Connection, renamed: dict[str, str]) -> None:
    """Let verdicts and scenarios name the same statements as before; nothing else of the history changes."""
    (guard,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (_TRIGGER,)).fetchone()
    connection.execute(f"DROP TRIGGER {_TRIGGER}")
    for event in list(history.events(connection)):
        if event.kind in _NAMING_STATEMENTS:
            told = {
                key: _ID.sub(lambda found: renamed.get(found[0], found[0]), text)
                if isinstance(text, str)
                else text
                for key, text in event.payload.items()
            }
            if told != event.payload:
                connection.execute(
                    "UPDATE event SET payload = ? WHERE seq = ?", (history.payload_text(told), event.seq)
                )
    connection.execute(guard)
