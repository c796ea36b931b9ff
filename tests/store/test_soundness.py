"""A case file that a stranger made: what isn't ours doesn't run, what makes no sense is said, nothing is a crash."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from allegiance.errors import CaseFileError, DataError
from allegiance.model import Document, Source, TextEvidence
from allegiance.store import CaseFile, check_case
from allegiance.store.soundness import require_sound_statements
from builders import statement

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """Return a sound case with a text, two statements, a review and an undo."""
    path = tmp_path / "a.case"
    doc = Document("Veldania armed Maren.", "The Daily")
    told = statement(
        "C",
        source=Source(("The Daily", "Voss")),
        evidence=TextEvidence(doc.id, 0, 8, "Veldania"),
        qualifiers=(("cue", "said"),),
    )
    with CaseFile(path, create=True) as file:
        with file.importing({"file": "a", "sha256": "1", "how": "x"}) as out:
            out.add_document(doc)
            out.add_statement(statement())
            out.add_statement(told)
        file.review(told.id, "reject")
        file.undo()
    return path


def forge(path: Path, *script: str) -> None:
    """Do to the file what somebody with SQLite can."""
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        for sql in script:
            raw.execute(sql)


def questions(path: Path) -> None:
    """Ask of a case whatever can be asked."""
    with CaseFile(path) as file:
        found = list(file.statements())
        file.counting_rows()
        file.dated_rows()
        file.actor_totals()
        file.actors()
        file.sources()
        file.count()
        for event in file.events():
            assert event.words
        for stmt in found:
            assert file.statement(stmt.id) == stmt
            file.surface_words(stmt.actor)
            if isinstance(stmt.evidence, TextEvidence):
                file.document(stmt.evidence.document)
        history = file.history()
        assert (history.imports, history.actor_tables, history.judgements) is not None
        assert (history.scenarios, history.verdicts, history.rejected) is not None


def test_a_sound_case_is_sound(case: Path) -> None:
    """Nothing is said against a case as we write it, in any state of its journal, and it can be asked everything."""
    assert check_case(case) == []
    questions(case)
    forge(case, "PRAGMA journal_mode = DELETE", "VACUUM")
    assert check_case(case) == []
    questions(case)


@pytest.mark.parametrize(
    ("forged", "told"),
    [
        (
            "CREATE TRIGGER t AFTER INSERT ON statement BEGIN UPDATE statement SET polarity = -1; END",
            "trigger 't'",
        ),
        ("CREATE TRIGGER t AFTER INSERT ON event BEGIN DELETE FROM statement; END", "trigger 't'"),
        ("CREATE VIEW v AS SELECT 1", "a view 'v'"),
        ("CREATE TABLE more (x)", "table 'more'"),
        ("CREATE INDEX more ON statement(weight)", "an index 'more'"),
        ("DROP INDEX statement_by_actor", "lacks the index"),
        ("DROP TRIGGER event_is_never_changed", "lacks the trigger"),
        ("ALTER TABLE statement ADD COLUMN more TEXT DEFAULT 'x'", "table 'statement' is not that"),
        ("ALTER TABLE statement RENAME TO other", "lacks the table 'statement'"),
        ("CREATE VIRTUAL TABLE more USING fts5(x)", "table 'more'"),
        ("ANALYZE", "sqlite_stat1"),
    ],
)
def test_what_is_not_ours_is_refused_and_never_runs(case: Path, forged: str, told: str) -> None:
    """A trigger, view, table, index or column more or less: opening says which, and nothing of the file is read or changed."""
    forge(case, forged)
    before = case.read_bytes()
    with pytest.raises(CaseFileError, match="not a case as allegiance writes it") as refused:
        CaseFile(case)
    with pytest.raises(CaseFileError):
        CaseFile(case, create=True)
    assert check_case(case)[0] in str(refused.value)
    assert any(told in fault for fault in check_case(case))
    assert case.read_bytes() == before


def test_a_view_in_the_place_of_a_table_is_refused(case: Path) -> None:
    """A view can't stand in for a table, nor a trigger of our name for ours."""
    forge(
        case,
        "ALTER TABLE statement RENAME TO hidden",
        "CREATE VIEW statement AS SELECT * FROM hidden WHERE polarity > 0",
        "DROP TRIGGER event_is_never_deleted",
        "CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event BEGIN DELETE FROM hidden; END",
    )
    with pytest.raises(CaseFileError, match="not a case as allegiance writes it"):
        CaseFile(case)
    told = " ".join(check_case(case))
    assert "a view 'statement'" in told
    assert "trigger 'event_is_never_deleted' is not" in told


SENSELESS = {
    "polarity": ("2", "'x'", "0.5", "x'00'"),
    "weight": ("-1", "'many'", "1.5", "9223372036854775807", "x'01'"),
    "modality": ("'sung'", "''", "x'00'", "7"),
    "negated": ("2", "'no'"),
    "first": (
        "'yesterday'",
        "'2031-02-30'",
        "'0000-01-01'",
        "'2031-4-9'",
        "20310409",
        "NULL",
        "'9999-01-01'",
        "'now'",
    ),
    "last": ("'2031-02-30T00:00'", "x'00'", "NULL", "'1000-01-01'"),
    "start": ("'a'", "-1", "1.5", "7000000"),
    '"end"': ("'b'", "-5"),
    "quote": ("x'ff'",),
    "confidence": ("'sure'", "1.5", "-1", "9e999"),
    "marking": ("x'ff'",),
    "actor_text": ("x'ff'",),
    "also": (
        "'{}'",
        "'['",
        "'[1]'",
        "'[[1]]'",
        "'[[2, 1]]'",
        "'[[-1, 1]]'",
        "'[[0, 1.5]]'",
        "'[[0, 1, 2]]'",
        "x'5b5d'",
        "''",
    ),
    "qualifiers": ("'{}'", "'['", "'[1]'", "'[[1, 2]]'", "'[[\"a\"]]'", "'null'", "x'5b5d'", "''"),
}


@pytest.mark.parametrize(
    ("column", "value"), [(column, value) for column, values in SENSELESS.items() for value in values]
)
def test_a_senseless_cell_of_a_statement_is_said(case: Path, column: str, value: str) -> None:
    """Questions about the statement end with a sentence that names it, and `check` lists it."""
    forge(case, f"UPDATE statement SET {column} = {value} WHERE seq = 2")  # noqa: S608 - forged by this file
    with pytest.raises(CaseFileError, match="Statement s"):
        questions(case)
    with CaseFile(case) as file, pytest.raises(CaseFileError, match="Statement s"):
        file.statement(sqlite3.connect(case).execute("SELECT id FROM statement WHERE seq = 2").fetchone()[0])
    assert any("(row 2)" in fault for fault in check_case(case))


EVENT = "INSERT INTO event (time, author, kind, payload) VALUES"


@pytest.mark.parametrize(
    "forged",
    [
        f"{EVENT} ('t', 'a', 'redo', '{{}}'), ('t', 'a', 'redo', '{{}}')",
        f"{EVENT} ('t', 'a', 'undo', '{{}}'), ('t', 'a', 'undo', '{{}}')",
        f"{EVENT} ('t', 'a', 'import', '[]')",
        f"{EVENT} ('t', 'a', 'import', 'null')",
        f"{EVENT} ('t', 'a', 'import', '')",
        f"{EVENT} ('t', 'a', 'import', '{{}}')",
        f"{EVENT} ('t', 'a', 'import', '{'[' * 5000}')",
        f"""{EVENT} ('t', 'a', 'import', '{{"file": "a", "sha256": [], "how": "x"}}')""",
        f"""{EVENT} ('t', 'a', 'reject', '{{"statement": {{}}}}')""",
        f"""{EVENT} ('t', 'a', 'merge', '{{"actor": "A", "other": null, "name": "B"}}')""",
        f"""{EVENT} ('t', 'a', 'scenario', '{{"name": 1, "toml": ""}}')""",
        f"{EVENT} ('t', 'a', 'dance', '{{}}')",
        f"{EVENT} ('t', 'a', 'undo', x'ff')",
        f"{EVENT} (x'ff', 'a', 'undo', '{{}}')",
        "INSERT INTO name (text) VALUES (x'ff')",
        "UPDATE source SET chain = '{}' WHERE id = 1",
        "UPDATE source SET chain = '[]' WHERE id = 1",
        "UPDATE source SET chain = '[1]' WHERE id = 1",
        "UPDATE source SET chain = 'The Daily' WHERE id = 1",
        "UPDATE reader SET tag = '[\"a\"]' WHERE id = 1",
        "UPDATE reader SET tag = '7' WHERE id = 1",
    ],
)
def test_a_senseless_history_or_name_is_said_at_opening(case: Path, forged: str) -> None:
    """What every question rests on is looked at when the file is opened."""
    forge(case, forged)
    with pytest.raises(CaseFileError, match="allegiance check"):
        CaseFile(case)
    assert check_case(case)


@pytest.mark.parametrize("forged", ["text = x'ff'", "date = 'yesterday'", "title = x'00'", "date = x'00'"])
def test_a_senseless_document_is_said(case: Path, forged: str) -> None:
    """A text that is none ends with a sentence where it is asked for."""
    forge(case, f"UPDATE document SET {forged}")  # noqa: S608 - forged by this file
    with pytest.raises(DataError):
        questions(case)


def test_rows_that_indexes_and_tables_tell_differently_are_said(case: Path) -> None:
    """A damaged index can find a senseless row that isn't there by its number; that is said, too."""
    forge(case, "UPDATE statement SET weight = 'much' WHERE seq = 1")
    with closing(sqlite3.connect(case)) as raw:
        columns = [name for (_, name, *_) in raw.execute("PRAGMA table_info(statement)") if name != "seq"]
        elsewhere = f"FROM (SELECT seq + 1000 AS seq, {', '.join(columns)} FROM statement) s"  # noqa: S608 - our own columns
        with pytest.raises(CaseFileError, match="row 1001 reads differently"):
            require_sound_statements(raw, case, elsewhere, [])
