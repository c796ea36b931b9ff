"""Whether a case file that anybody may have written is what it claims: its tables ours, its cells ones that make sense.

A sound file never surprises the code that reads it. What is small (the history, the names) is asked at each opening, the
statements when they are asked for, and everything by `faults`.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from allegiance.errors import CaseFileError, DataError, clipped
from allegiance.model import Modality
from allegiance.store import format_1, history, rows
from allegiance.store.schema import (
    FORMAT_VERSION,
    connect,
    expected_schema,
    format_of,
    schema,
    sentences,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MODALITIES = ", ".join(f"'{modality.value}'" for modality in Modality)
_LARGEST = 2**53  # weights; beyond it sums of a few would no longer be exact anywhere


def _no_text(*columns: str) -> str:
    return " OR ".join(f"typeof({column}) <> 'text'" for column in columns)


def _no_list_of_texts(column: str) -> str:
    """Return the condition that a column holds no JSON list of texts, or an empty one."""
    return (
        f"CASE WHEN typeof({column}) = 'text' AND json_valid({column}) THEN json_type({column}) <> 'array' "  # noqa: S608
        f"OR json_array_length({column}) = 0 OR EXISTS (SELECT 1 FROM json_each({column}) WHERE type <> 'text') ELSE 1 END"
    )


_NO_DATES = " OR ".join(
    f"(s.{day} IS NOT NULL AND (date(s.{day}, '+0 days') IS NOT s.{day} OR s.{day} < '0001'))"
    for day in ("first", "last")
)
_NO_PAIRS = (
    "s.qualifiers <> '[]' AND CASE WHEN json_valid(s.qualifiers) THEN json_type(s.qualifiers) <> 'array' OR EXISTS "
    "(SELECT 1 FROM json_each(s.qualifiers) WHERE type <> 'array' OR json_array_length(value) <> 2 "
    "OR json_type(value, '$[0]') <> 'text' OR json_type(value, '$[1]') <> 'text') ELSE 1 END"
)

_NO_SPANS = (
    "CASE WHEN typeof(s.also) <> 'text' OR (s.also <> '[]' AND s.start IS NULL) THEN 1 WHEN s.also = '[]' THEN 0 "
    "WHEN json_valid(s.also) THEN json_type(s.also) <> 'array' OR EXISTS (SELECT 1 FROM json_each(s.also) "
    "WHERE type <> 'array' OR json_array_length(value) <> 2 OR json_type(value, '$[0]') <> 'integer' "
    "OR json_type(value, '$[1]') <> 'integer' OR json_extract(value, '$[0]') < 0 "
    "OR json_extract(value, '$[0]') >= json_extract(value, '$[1]')) ELSE 1 END"
)

# What can be wrong with a row of `statement s`, and what is said of it then.
_STATEMENT = {
    "has something other than text where text belongs": _no_text(
        "s.id", "s.modality", "s.quote", "s.marking", "s.actor_text", "s.target_text", "s.qualifiers"
    ),
    "has a polarity other than -1, 0 and 1": "typeof(s.polarity) <> 'integer' OR s.polarity NOT BETWEEN -1 AND 1",
    "has a weight that is no whole number of at least 0": (
        f"typeof(s.weight) <> 'integer' OR s.weight NOT BETWEEN 0 AND {_LARGEST}"
    ),
    "has a modality that we don't know": f"s.modality NOT IN ({_MODALITIES})",
    "doesn't say with 0 or 1 whether it is negated": "typeof(s.negated) <> 'integer' OR s.negated NOT IN (0, 1)",
    "has a confidence that is no number from 0 to 1": (
        "typeof(s.confidence) NOT IN ('real', 'integer') OR s.confidence NOT BETWEEN 0 AND 1"
    ),
    "has dates that are no days, or only one of two, or in the wrong order": (
        f"(s.first IS NULL) <> (s.last IS NULL) OR {_NO_DATES} OR s.first > s.last"
    ),
    "has a span of characters that is none": (
        "typeof(s.start) <> typeof(s.\"end\") OR typeof(s.start) NOT IN ('null', 'integer') OR s.start < 0 OR s.start > s.\"end\""
    ),
    "has qualifiers that are no list of pairs of texts": _NO_PAIRS,
}
_SINCE_FORMAT_2 = {"has further spans of characters that are none": _NO_SPANS}


def _statement_conditions(connection: sqlite3.Connection) -> dict[str, str]:
    """Return what can be wrong with a statement of this file, by what is said of it."""
    return _STATEMENT if format_of(connection) == 1 else _STATEMENT | _SINCE_FORMAT_2


def _statement_fault(connection: sqlite3.Connection) -> str:
    """Return the SQL condition on ``statement s`` that some cell of it makes no sense."""
    return " OR ".join(f"({condition})" for condition in _statement_conditions(connection).values())


# Small tables: (table, what a row of it is called, what is wrong, SQL).
_SMALL = (
    (
        "event",
        "Event",
        "has something other than text where text belongs",
        _no_text("time", "author", "kind", "payload"),
    ),
    ("name", "Name", "is no text", _no_text("text")),
    ("source", "Source", "is no list of names", _no_list_of_texts("chain")),
    (
        "reader",
        "Reader",
        "is no list of name, version and rule",
        f"{_no_list_of_texts('tag')} OR json_array_length(tag) <> 3",
    ),
)
_NO_DOCUMENT = _no_text("id", "text", "outlet", "title", "author", "url", "language", "origin")
_DOCUMENT = (
    "document",
    "Document",
    "has something other than text where text belongs",
    f"{_NO_DOCUMENT} OR typeof(date) NOT IN ('null', 'text')",
)


def schema_faults(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield how the tables, indexes, triggers and views of a file differ from those of its own format."""
    version = format_of(connection)
    if not 1 <= version <= FORMAT_VERSION:
        yield f"It says that its file format is {version}, and there is none such."
        return
    ours, found = expected_schema(version), schema(connection)
    for kind, name in sorted(found.keys() - ours.keys()):
        yield f"It holds {_a(kind)} {clipped(name)!r} that a case doesn't have."
    for kind, name in sorted(ours.keys() - found.keys()):
        yield f"It lacks the {kind} {name!r}."
    for kind, name in sorted(ours.keys() & found.keys()):
        if ours[kind, name] != found[kind, name]:
            yield f"Its {kind} {name!r} is not that of a case."


def require_sound(connection: sqlite3.Connection, path: Path) -> None:
    """Look at what is small.

    Raises:
        CaseFileError: a table isn't ours, or a cell makes no sense; the first of them.
    """
    if fault := next(schema_faults(connection), None):
        raise CaseFileError(
            f"{path} is not a case as allegiance writes it, so nothing of it is used: {fault} "
            "Ask whoever gave it to you for the texts and data behind it."
        )
    if fault := next(_small_faults(connection), None):
        raise senseless(path, fault)


def require_sound_statements(
    connection: sqlite3.Connection, path: Path, sql: str, values: list[object]
) -> None:
    """Look at the statements that a question (FROM and WHERE, its parameters) is about; raises as `require_sound` does."""
    glue = "AND" if " WHERE " in sql else "WHERE"
    found = connection.execute(
        f"SELECT s.seq {sql} {glue} ({_statement_fault(connection)}) LIMIT 1", values
    ).fetchone()
    if found:
        # Of a damaged index the question finds a row that looked up by its number isn't there, or is sound.
        lost = f"Statement row {clipped(str(found[0]))} reads differently by the tables and by their indexes."
        told = _statement_faults(connection, "s.seq = ?", (found[0],))
        raise senseless(path, next(told, lost))


def senseless(path: Path, fault: str) -> CaseFileError:
    """Return the error that a cell of the case at `path` makes no sense."""
    return CaseFileError(f"{path} is damaged: {fault} `allegiance check {path}` lists all that is wrong.")


def check_case(path: Path) -> list[str]:
    """Return a sentence for everything that is wrong with the case at `path`; see `connect` for what can't be looked at."""
    found = []
    with sentences(path), closing(connect(path, create=False)) as connection:
        try:
            for fault in faults(connection):
                found.append(fault)  # noqa: PERF402 - what was found before a failure counts
        except sqlite3.DatabaseError as trouble:
            found.append(f"What lies behind can't be read ({trouble}).")
    return found


def faults(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield a sentence for everything that is wrong with a case file; of foreign tables nothing is read."""
    foreign = list(schema_faults(connection))
    yield from foreign
    if foreign:
        return
    for (told,) in connection.execute("PRAGMA integrity_check"):
        if told != "ok":
            yield f"SQLite says: {clipped(str(told), 200)}."
    yield from _small_faults(connection)
    yield from _of_table(connection, *_DOCUMENT)
    yield from _statement_faults(connection, _statement_fault(connection))
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield f"Row {row} of {table} refers to a {parent} that isn't there."
    # Without sound names and sources no statement can be put together.
    if not any(True for table in _SMALL for _ in _of_table(connection, *table)):
        yield from _forged(connection)


def _small_faults(connection: sqlite3.Connection) -> Iterator[str]:
    wrong = False
    for table in _SMALL:
        for fault in _of_table(connection, *table):
            wrong = wrong or table[0] == "event"
            yield fault
    if not wrong:  # of a history whose cells are no text, nothing more can be said
        cells = connection.execute("SELECT seq, kind, payload FROM event ORDER BY seq")
        yield from history.faults(cells)


def _of_table(
    connection: sqlite3.Connection, table: str, called: str, wrong: str, condition: str
) -> Iterator[str]:
    # Table and condition are literals of this file.
    key = "seq" if table == "event" else "id"
    for (row,) in connection.execute(f"SELECT {key} FROM {table} WHERE {condition} ORDER BY 1"):  # noqa: S608
        yield f"{called} {clipped(str(row))} {wrong}."


def _statement_faults(
    connection: sqlite3.Connection, condition: str, values: tuple[object, ...] = ()
) -> Iterator[str]:
    conditions = _statement_conditions(connection)
    told = ", ".join(f"({fault})" for fault in conditions.values())
    sql = f"SELECT s.seq, CAST(s.id AS TEXT), {told} FROM statement s WHERE {condition} ORDER BY s.seq"  # noqa: S608 - our own columns
    for seq, stmt_id, *wrong in connection.execute(sql, values):
        for words, holds in zip(conditions, wrong, strict=True):
            if holds:
                yield f"Statement {clipped(str(stmt_id))} (row {seq}) {words}."


def _forged(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield the sound statements that are not what their ids say: an id is a hash of the content."""
    version = format_of(connection)
    sql = (
        f"SELECT {rows.statement_columns(version)} FROM {rows.STATEMENT_JOINS} "  # noqa: S608 - our own columns
        f"WHERE ({_statement_fault(connection)}) IS NOT 1 ORDER BY s.seq"
    )
    for row in connection.execute(sql):
        try:
            stmt = rows.statement(row)
        except DataError as trouble:
            yield f"Statement {row[0]}: {trouble}"
            continue
        real = format_1.ids(stmt) if version == 1 else (stmt.id,)
        if row[0] not in real:
            yield f"Statement {clipped(str(row[0]))} was changed: by its content it is {real[0]}."


def _a(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"
