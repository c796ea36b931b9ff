"""Writing one import: all of a file or nothing of it, and nothing twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from allegiance.store import rows
from allegiance.store.schema import STATEMENT_INDEXES

if TYPE_CHECKING:
    import sqlite3

    from allegiance.errors import DataError
    from allegiance.model import Document, Statement

_BATCH = 5_000  # statements
_CACHE_KIB = 256 << 10
_STATEMENT_HOLES = ", ".join("?" * 22)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What one import did.

    Attributes:
        file: the name of the file.
        documents: texts in it that are new to the case.
        statements: statements in it that are new to the case.
        known: statements in it that the case already had.
        skipped: sound rows that tell no relation: (reason, how many).
        problems: what was broken and left out, each a sentence.
        remarks: what the reader has to say of its work, each a sentence.
        repeated: whether the very same import was already in force, so that nothing was done.
    """

    file: str
    documents: int = 0
    statements: int = 0
    known: int = 0
    skipped: tuple[tuple[str, int], ...] = ()
    problems: tuple[DataError, ...] = ()
    remarks: tuple[str, ...] = ()
    repeated: bool = False


class ImportWriter:
    """Writes the documents and statements of one import inside a transaction that its owner commits.

    Statements are written some thousands at a time; the counts are right once `flush` was called.

    Attributes:
        documents: texts that are new to the case.
        statements: statements that are new to the case.
        known: statements that the case already had, or that came twice.
    """

    def __init__(self, connection: sqlite3.Connection, event: int) -> None:
        """Write under the history's event number `event`."""
        self._connection, self._event = connection, event
        self._interned = rows.Interned(connection)
        self._held: list[tuple[Any, ...]] = []
        self.documents = self.statements = self.known = 0
        # Ids are hashes, so that their index grows everywhere at once: with a small cache each page of it would go to the
        # disk and back many times.
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        # A new case gets its other indexes when all is in: sorted at once they take a tenth of the time. Whatever ends the
        # transaction early brings them back with the rest.
        self._unindexed = connection.execute("SELECT 1 FROM statement LIMIT 1").fetchone() is None
        if self._unindexed:
            for name in STATEMENT_INDEXES:
                connection.execute(f"DROP INDEX IF EXISTS {name}")

    def add_document(self, doc: Document) -> None:
        """Add a text, unless the case has it."""
        added = self._connection.execute(
            "INSERT OR IGNORE INTO document VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows.document_values(doc)
        )
        self.documents += added.rowcount
        self._connection.execute(
            "INSERT OR IGNORE INTO imported_document VALUES (?, ?)", (self._event, doc.id)
        )

    def add_statement(self, stmt: Statement) -> None:
        """Add a statement, unless the case has it; either way this import now vouches for it."""
        self._held.append(rows.statement_values(stmt, self._interned))
        if len(self._held) >= _BATCH:
            self.flush()

    def finish(self) -> None:
        """Write what is held back, and the indexes of a new case; nothing can be added any more."""
        self.flush()
        if self._unindexed:
            for made in STATEMENT_INDEXES.values():
                self._connection.execute(made)

    def flush(self) -> None:
        """Write the statements that are held back."""
        held, self._held = self._held, []
        if not held:
            return
        last = self._connection.execute("SELECT coalesce(max(seq), 0) FROM statement").fetchone()[0]
        added = self._connection.executemany(
            f"INSERT OR IGNORE INTO statement VALUES (NULL, {_STATEMENT_HOLES})",  # noqa: S608 - holes only
            held,
        ).rowcount
        self.statements += added
        self.known += len(held) - added
        self._connection.execute(
            "INSERT INTO imported SELECT ?, seq FROM statement WHERE seq > ?", (self._event, last)
        )
        if added < len(held):
            self._connection.executemany(
                "INSERT OR IGNORE INTO imported SELECT ?, seq FROM statement WHERE id = ?",
                ((self._event, values[0]) for values in held),
            )
