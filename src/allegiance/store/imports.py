"""Writing one import: all of a file or nothing of it, and nothing twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from allegiance.store import rows

if TYPE_CHECKING:
    import sqlite3

    from allegiance.errors import DataError
    from allegiance.model import Document, Statement

_STATEMENT_HOLES = ", ".join("?" * 21)


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
        repeated: whether the very same import was already in force, so that nothing was done.
    """

    file: str
    documents: int = 0
    statements: int = 0
    known: int = 0
    skipped: tuple[tuple[str, int], ...] = ()
    problems: tuple[DataError, ...] = ()
    repeated: bool = False


class ImportWriter:
    """Writes the documents and statements of one import inside a transaction that its owner commits."""

    def __init__(self, connection: sqlite3.Connection, event: int) -> None:
        """Write under the history's event number `event`."""
        self._connection, self._event = connection, event
        self._interned = rows.Interned(connection)
        self.documents = self.statements = self.known = 0

    def add_document(self, doc: Document) -> None:
        """Add a text, unless the case has it."""
        added = self._connection.execute(
            "INSERT OR IGNORE INTO document VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows.document_values(doc)
        )
        self.documents += added.rowcount
        self._connection.execute(
            "INSERT OR IGNORE INTO imported_document VALUES (?, ?)", (self._event, doc.id)
        )

    def flush(self) -> None:
        """Write what is still held back, so that the counts are right."""

    def add_statement(self, stmt: Statement) -> None:
        """Add a statement, unless the case has it; either way this import now vouches for it."""
        values = rows.statement_values(stmt, self._interned)
        added = self._connection.execute(
            f"INSERT OR IGNORE INTO statement VALUES (NULL, {_STATEMENT_HOLES})",  # noqa: S608 - holes only
            values,
        )
        if added.rowcount:
            seq = added.lastrowid
            self.statements += 1
        else:
            seq = self._connection.execute("SELECT seq FROM statement WHERE id = ?", (values[0],)).fetchone()[
                0
            ]
            self.known += 1
        self._connection.execute("INSERT OR IGNORE INTO imported VALUES (?, ?)", (self._event, seq))
