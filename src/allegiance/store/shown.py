"""Under which names the actors of a case are shown: the fold of what was judged of them, as SQL sees it.

Statements keep the names under which they were read. A case without judgements is asked as if this file weren't there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegiance.naming.judgements import Judgement, Judgements, bare
from allegiance.store import rows

if TYPE_CHECKING:
    import sqlite3

    from allegiance.store.history import History

# Words are empty where the whole actor is shown under another name.
_TABLE = """CREATE TEMP TABLE IF NOT EXISTS shown (
    stored INTEGER NOT NULL, words TEXT NOT NULL, id INTEGER NOT NULL, PRIMARY KEY (stored, words)) WITHOUT ROWID"""


class ShownNames:
    """Keeps, for one connection, the table of names under which actors are shown."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Work on `connection`; nothing is done before the first question."""
        self._connection = connection
        self._ready: tuple[Judgement, ...] = ()
        self._folded = Judgements()

    def joins(self, history: History) -> str:
        """Return the joins of a question about statements, in which ``a`` and ``t`` are the names that are shown."""
        self._prepare(history.judgements)
        if not self._folded:
            return rows.STATEMENT_JOINS
        return rows.joins(self._shown("actor"), self._shown("target"))

    def candidates(self, name: str) -> str:
        """Return the SQL list of the names that statements of the one shown under the number `name` (SQL) may bear."""
        return (
            f"(SELECT {name} UNION SELECT stored FROM temp.shown WHERE id = {name})"  # noqa: S608 - our own columns
            if self._folded
            else f"({name})"
        )

    def _shown(self, end: str) -> str:
        found = f"(SELECT id FROM temp.shown WHERE stored = s.{end} AND words = "  # noqa: S608 - our own columns
        by_words = f"{found}bare(s.{end}_text)), " if self._folded.moved else ""
        return f"coalesce({by_words}{found}''), s.{end})"

    def _prepare(self, judgements: tuple[Judgement, ...]) -> None:
        if judgements == self._ready:
            return
        folded = Judgements.fold(judgements)
        self._connection.create_function("bare", 1, bare, deterministic=True)
        self._connection.execute(_TABLE)
        self._connection.execute("DELETE FROM temp.shown")
        table = [(part, "", name) for part, name in folded.shown.items()]
        table += [
            (part, words, folded.name_of(name)) for (part, words), name in folded.moved.items() if words
        ]
        numbers = {
            text: number
            for text in {name for row in table for name in (row[0], row[2])}
            for (number,) in self._connection.execute("SELECT id FROM name WHERE text = ?", (text,))
        }
        self._connection.executemany(
            "INSERT INTO temp.shown VALUES (?, ?, ?)",
            # A part without a number is borne by no statement.
            ((numbers[part], words, numbers[name]) for part, words, name in table if part in numbers),
        )
        self._ready, self._folded = judgements, folded
