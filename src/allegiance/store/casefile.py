"""The case file: one door to its tables."""

from __future__ import annotations

import getpass
import json
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self

from allegiance.errors import RepeatedImportError, UsageError
from allegiance.store import history, rows
from allegiance.store.filters import StatementFilter
from allegiance.store.history import Event, History
from allegiance.store.imports import ImportWriter
from allegiance.store.schema import connect, remove_unused, sentences
from allegiance.store.shown import ShownNames
from allegiance.store.soundness import require_sound, require_sound_statements
from allegiance.store.upgrade import in_this_format

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path
    from types import TracebackType

    from allegiance.model import Document, Statement
    from allegiance.naming.judgements import Judgement

_COUNTING_COLUMNS = (
    "s.id, a.text, k.text, t.text, s.polarity, s.weight, s.modality, s.negated, s.confidence, c.chain"
)
_ORDER = " ORDER BY s.seq"
_DOCUMENT_COLUMNS = "text, outlet, title, author, date, url, language, origin"


class CaseFile:
    """A case on disk. Reading sees the last commit; each change is one transaction with one event.

    Use it as a context manager, or close it; not to be shared between threads.
    """

    def __init__(self, path: Path, *, create: bool = False, author: str | None = None) -> None:
        """Open the case at `path`; see `connect` for what can go wrong."""
        self.path = path
        self._author = author
        self._made_here = create and not path.exists()
        self._connection = connect(path, create=create)
        self._whole_sound = False
        try:
            with sentences(path):
                self._connection = in_this_format(self._connection, path)
                require_sound(self._connection, path)
        except BaseException:
            self._connection.close()
            raise
        self._shown = ShownNames(self._connection)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; a case that this object made and that never got any content is removed again."""
        if self._made_here and self.history().length == 0:
            with sentences(self.path):
                remove_unused(self._connection, self.path)
        else:
            self._connection.close()

    # -- changes ----------------------------------------------------------------------------------

    @contextmanager
    def importing(self, payload: dict[str, Any]) -> Iterator[ImportWriter]:
        """Write one import under `payload` (file, sha256, how): committed at the end of the block, or not at all.

        Raises:
            RepeatedImportError: the very same is in force, perhaps since a moment ago by another process.
        """
        with self._transaction():
            # Asked while nobody else can write: of several that import the same file at once, one does.
            if self.imported(payload["sha256"], payload["how"]):
                raise RepeatedImportError(payload["file"])
            event = self._append(history.IMPORT, payload)
            writer = ImportWriter(self._connection, event)
            yield writer
            writer.finish()

    def imported(self, sha256: str, how: str) -> bool:
        """Return whether a file with this content, read this way, is in force already."""
        return any(
            event.payload.get("sha256") == sha256 and event.payload.get("how") == how
            for event in self.history().imports
        )

    def add_actor_table(self, file: str, csv: str) -> bool:
        """Remember a table of actors; returns False where the very same is in force already."""
        with self._transaction():
            if csv in self.history().actor_tables:
                return False
            self._append(history.ACTORS, {"file": file, "csv": csv})
        return True

    def review(self, stmt_id: str, verdict: str) -> Event:
        """Append a verdict (accept or reject) on a statement.

        Raises:
            UsageError: no statement has that id.
        """
        return self.review_all([stmt_id], verdict)[0]

    def review_all(self, stmt_ids: Sequence[str], verdict: str) -> list[Event]:
        """Append a verdict on each of several statements, in one transaction.

        Raises:
            UsageError: no statement has one of the ids.
        """
        known = "SELECT 1 FROM statement WHERE id = ?"
        with self._transaction():
            for stmt_id in stmt_ids:
                if not self._connection.execute(known, (stmt_id,)).fetchone():
                    raise UsageError(
                        f"The case has no statement {stmt_id!r}; `allegiance statements {self.path}` lists them."
                    )
                self._append(verdict, {"statement": stmt_id})
            return list(self.history().in_force[-len(stmt_ids) :])

    def judge(self, judgement: Judgement) -> Event:
        """Append a judgement on actors; whether it makes sense is the caller's to ask before."""
        with self._transaction():
            told = {"actor": judgement.actor, "other": judgement.other, "name": judgement.name}
            self._append(judgement.kind, told)
            interned = rows.Interned(self._connection)
            for name in filter(None, told.values()):
                interned.name(name)  # so that it can be shown; nothing refers to it after an undo
            return self.history().in_force[-1]

    def keep_scenario(self, name: str, toml: str) -> Event:
        """Append a scenario, in the place of an older one of its name; an empty `toml` takes it out."""
        with self._transaction():
            self._append(history.SCENARIO, {"name": name, "toml": toml})
            return self.history().in_force[-1]

    def undo(self) -> Event:
        """Take back the latest change that counts and return it.

        Raises:
            UsageError: there is nothing to undo.
        """
        with self._transaction():
            before = self.history()
            if not before.in_force:
                raise UsageError("There is nothing to undo in this case.")
            self._append(history.UNDO, {"seq": before.in_force[-1].seq})
            return before.in_force[-1]

    def redo(self) -> Event:
        """Bring back what was undone last and return it.

        Raises:
            UsageError: there is nothing to redo.
        """
        with self._transaction():
            before = self.history()
            if not before.undone:
                raise UsageError("There is nothing to redo in this case.")
            self._append(history.REDO, {"seq": before.undone[-1].seq})
            return before.undone[-1]

    # -- questions --------------------------------------------------------------------------------

    def events(self) -> list[Event]:
        """Return all events ever appended, oldest first."""
        with sentences(self.path):
            return list(history.events(self._connection))

    def history(self) -> History:
        """Return the fold of all events."""
        with sentences(self.path):
            return History.fold(history.events(self._connection))

    def statements(
        self, wanted: StatementFilter | None = None, *, most: int | None = None
    ) -> Iterator[Statement]:
        """Yield the statements in force that `wanted` asks for, in the order in which they came; at most `most`."""
        sql, values = self._from_in_force(wanted or StatementFilter())
        if most is not None:
            # Chosen first and looked up then: nothing but its number is read of a statement that isn't shown.
            sql = f"FROM {self._shown.joins(self.history())} WHERE s.seq IN (SELECT s.seq {sql} LIMIT ?){_ORDER}"
            values = [*values, most]
        with sentences(self.path):
            for row in self._connection.execute(f"SELECT {rows.STATEMENT_COLUMNS} {sql}", values):
                yield rows.statement(row)

    def count(self, wanted: StatementFilter | None = None) -> int:
        """Return how many statements in force `wanted` asks for."""
        sql, values = self._from_in_force(wanted or StatementFilter())
        with sentences(self.path):
            found = self._connection.execute(f"SELECT count(*) {sql.removesuffix(_ORDER)}", values)
            return int(found.fetchone()[0])

    def counting_rows(self, wanted: StatementFilter | None = None) -> list[tuple[Any, ...]]:
        """Return what adding up needs of the statements in force, without building them.

        One row each: (id, actor, act, target, polarity, weight, modality, negated, confidence, source chain as JSON).
        """
        return self._bare(_COUNTING_COLUMNS, wanted)

    def dated_rows(self, wanted: StatementFilter | None = None) -> list[tuple[Any, ...]]:
        """Return the rows of `counting_rows` with days and place behind.

        These are (first day, last day, document or data set, row of the data set, where in the document the quote begins, the
        reader's tag as JSON).
        """
        # A row of a data set has no span; its key stands where a text has its quote.
        row = "CASE WHEN s.start IS NULL THEN s.quote END"
        return self._bare(f"{_COUNTING_COLUMNS}, s.first, s.last, o.text, {row}, s.start, r.tag", wanted)

    def _bare(self, columns: str, wanted: StatementFilter | None) -> list[tuple[Any, ...]]:
        sql, values = self._from_in_force(wanted or StatementFilter())
        with sentences(self.path):
            return self._connection.execute(f"SELECT {columns} {sql}", values).fetchall()

    def statement(self, stmt_id: str) -> Statement | None:
        """Return the statement with that id, in force or not."""
        folded = self.history()
        self._require_sound("FROM statement s WHERE s.id = ?", [stmt_id])
        with sentences(self.path):
            row = self._connection.execute(
                f"SELECT {rows.STATEMENT_COLUMNS} FROM {self._shown.joins(folded)} WHERE s.id = ?",  # noqa: S608
                (stmt_id,),
            ).fetchone()
        return rows.statement(row) if row else None

    def document(self, doc_id: str) -> Document | None:
        """Return the document with that id."""
        with sentences(self.path):
            row = self._connection.execute(
                f"SELECT {_DOCUMENT_COLUMNS} FROM document WHERE id = ?",  # noqa: S608
                (doc_id,),
            ).fetchone()
        return rows.document(row) if row else None

    def has_texts(self) -> bool:
        """Return whether two documents or more are in the case; only then can one be a copy of another."""
        with sentences(self.path):
            found = self._connection.execute(
                "SELECT count(*) FROM (SELECT 1 FROM document LIMIT 2)"
            ).fetchone()
        return bool(found[0] > 1)

    def text_ids(self) -> list[str]:
        """Return the ids of the documents in which statements in force stand."""
        sql, values = self._from_in_force(StatementFilter())
        sql = sql.removesuffix(_ORDER)
        glue = "AND" if " WHERE " in sql else "WHERE"
        with sentences(self.path):
            found = self._connection.execute(
                f"SELECT DISTINCT o.text {sql} {glue} s.start IS NOT NULL", values
            ).fetchall()
        return [doc_id for (doc_id,) in found]

    def all_texts(self) -> dict[str, str]:
        """Return every document's text by id, also of those in which no statement stands."""
        with sentences(self.path):
            return dict(self._connection.execute("SELECT id, text FROM document ORDER BY id").fetchall())

    def texts(self, doc_ids: Iterable[str]) -> list[tuple[str, str, str]]:
        """Return (id, outlet, text) of the documents with these ids."""
        with sentences(self.path):
            return self._connection.execute(
                "SELECT id, outlet, text FROM document WHERE id IN (SELECT value FROM json_each(?))",
                (json.dumps(list(doc_ids)),),
            ).fetchall()

    def documents_at(self, urls: Iterable[str]) -> list[Document]:
        """Return the documents that stand at these addresses, in their order."""
        with sentences(self.path):
            found = [
                row
                for url in dict.fromkeys(urls)
                for row in self._connection.execute(
                    f"SELECT {_DOCUMENT_COLUMNS} FROM document WHERE url = ? ORDER BY id",  # noqa: S608 - our own columns
                    (url,),
                )
            ]
        return [rows.document(row) for row in found]

    def has_actor(self, name: str) -> bool:
        """Return whether statements in force speak of an actor shown under this name."""
        sql, values = self._from_in_force(StatementFilter(actor=name))
        with sentences(self.path):
            found = self._connection.execute(f"SELECT 1 {sql.removesuffix(_ORDER)} LIMIT 1", values)
            return found.fetchone() is not None

    def actors(self) -> list[str]:
        """Return the names of all actors that statements in force speak of, sorted."""
        sql, values = self._from_in_force(StatementFilter())
        sql = sql.removesuffix(_ORDER)
        glue = "AND" if " WHERE " in sql else "WHERE"
        # Asked name by name, the indexes answer at the first statement; a list of all ends would read millions.
        of_name = self._shown.candidates("n.id")
        acts, acted_upon = (
            f"EXISTS (SELECT 1 {sql} {glue} s.{end} IN {of_name} AND {table}.id = n.id)"
            for end, table in (("actor", "a"), ("target", "t"))
        )
        with sentences(self.path):
            found = self._connection.execute(
                f"SELECT n.text FROM name n WHERE {acts} OR {acted_upon} ORDER BY 1",  # noqa: S608 - our own columns
                [*values, *values],
            ).fetchall()
        return [name for (name,) in found]

    def surface_words(self, actor: str) -> list[str]:
        """Return the words by which statements in force name the actor shown under this name, most frequent first."""
        sql, values = self._from_in_force(StatementFilter(actor=actor))
        sql = sql.removesuffix(_ORDER)
        ends = " UNION ALL ".join(
            f"SELECT s.{end}_text AS words {sql} AND {table}.text = ?"
            for end, table in (("actor", "a"), ("target", "t"))
        )
        query = f"SELECT words FROM ({ends}) WHERE words <> '' GROUP BY words ORDER BY count(*) DESC, words"  # noqa: S608
        with sentences(self.path):
            return [words for (words,) in self._connection.execute(query, [*values, actor, *values, actor])]

    def actor_totals(self) -> list[tuple[str, int, int, int]]:
        """Return (name, statements, tenths with, tenths against) of each actor in force, acting or acted upon."""
        sql, values = self._from_in_force(StatementFilter())
        sql = sql.removesuffix(_ORDER)
        ends = " UNION ALL ".join(
            f"SELECT {table}.id AS actor, s.polarity * s.weight AS tenths {sql}" for table in ("a", "t")
        )
        query = (
            "SELECT n.text, count(*), sum(max(e.tenths, 0)), sum(max(-e.tenths, 0)) "  # noqa: S608 - our own columns
            f"FROM ({ends}) e JOIN name n ON n.id = e.actor GROUP BY n.id ORDER BY n.text"
        )
        with sentences(self.path):
            return self._connection.execute(query, [*values, *values]).fetchall()

    def sources(self) -> list[tuple[tuple[str, ...], int]]:
        """Return the source chains of statements in force with their counts, most first."""
        sql, values = self._from_in_force(StatementFilter())
        with sentences(self.path):
            found = self._connection.execute(
                f"SELECT c.chain, count(*) {sql.removesuffix(_ORDER)} GROUP BY c.chain ORDER BY 2 DESC, 1",
                values,
            ).fetchall()
        return [(tuple(json.loads(chain)), count) for chain, count in found]

    # -- inside -----------------------------------------------------------------------------------

    def _from_in_force(self, wanted: StatementFilter) -> tuple[str, list[object]]:
        """Return the FROM, WHERE and ORDER of a question, with the fold of the history applied."""
        folded = self.history()
        with sentences(self.path):
            joins = self._shown.joins(folded)
            conditions, values = wanted.conditions(self._shown.candidates)
            imports = self._connection.execute("SELECT count(*) FROM event WHERE kind = 'import'").fetchone()[
                0
            ]
        # Most cases have every import in force; only then may the costly look at who vouches be left out.
        if len(folded.imports) != imports:
            conditions.append(
                "EXISTS (SELECT 1 FROM imported i JOIN json_each(?) j ON i.event = j.value WHERE i.statement = s.seq)"
            )
            values.append(json.dumps([event.seq for event in folded.imports]))
        if folded.rejected and not wanted.rejected:
            conditions.append("s.id NOT IN (SELECT value FROM json_each(?))")
            values.append(json.dumps(sorted(folded.rejected)))
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        self._require_sound(f"FROM {joins if conditions else 'statement s'}{where}", values)
        return f"FROM {joins}{where}{_ORDER}", values

    def _require_sound(self, sql: str, values: list[object]) -> None:
        """Refuse a question about statements whose cells make no sense, before any of them is read."""
        if not self._whole_sound:
            with sentences(self.path):
                require_sound_statements(self._connection, self.path, sql, values)
            self._whole_sound = not values  # what is written from now on is ours

    def _append(self, kind: str, payload: dict[str, Any]) -> int:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        return history.append(self._connection, now, self._author or _user(), kind, payload)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with sentences(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                # A full disk may have rolled back already; a second ROLLBACK would hide the first error.
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a process may run under a number that has no name
        return "unknown"
