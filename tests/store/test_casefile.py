"""The case file: nothing lost, nothing twice, nothing half-written."""

from __future__ import annotations

import os
import resource
import signal
import sqlite3
import subprocess
import sys
import textwrap
import time
from typing import TYPE_CHECKING

import pytest

from allegiance.errors import CaseFileError, RepeatedImportError, StorageError, UsageError
from allegiance.model import Document, Source, TextEvidence
from allegiance.store import CaseFile, StatementFilter
from builders import statement
from media import environment

if TYPE_CHECKING:
    from pathlib import Path

    from allegiance.model import Statement


def fill(path: Path, stmts: list[Statement], sha256: str = "1", how: str = "test") -> None:
    """Import statements into the case at `path`, making it."""
    with (
        CaseFile(path, create=True) as file,
        file.importing({"file": "invented.csv", "sha256": sha256, "how": how}) as out,
    ):
        for stmt in stmts:
            out.add_statement(stmt)


def test_what_goes_in_comes_out_the_same(tmp_path: Path) -> None:
    """Statements and documents survive a round trip through the file, field by field."""
    doc = Document("Veldania «armed» Maren.\nÉ", "The Daily", title="T", author="X", url="u", origin="a.txt")
    stmts = [
        statement(),
        statement(
            source=Source(("The Daily", "Voss > the general")),
            evidence=TextEvidence(doc.id, 0, 8, "Veldania", ((9, 16), (17, 22))),
            date=None,
            qualifiers=(("condition", "if it repeats"), ("goods", "oil")),
            marking="TLP:GREEN",
        ),
    ]
    path = tmp_path / "a.case"
    with (
        CaseFile(path, create=True) as file,
        file.importing({"file": "a", "sha256": "1", "how": "x"}) as out,
    ):
        out.add_document(doc)
        for stmt in stmts:
            out.add_statement(stmt)
    with CaseFile(path) as file:
        assert list(file.statements()) == stmts
        assert file.document(doc.id) == doc
        assert file.statement(stmts[1].id) == stmts[1]


def test_the_same_statement_is_kept_once(tmp_path: Path) -> None:
    """Two files that tell the same statement don't double it, and undoing one of them doesn't lose it."""
    path = tmp_path / "a.case"
    fill(path, [statement()], sha256="1")
    fill(path, [statement(), statement("C")], sha256="2")
    with CaseFile(path) as file:
        assert len(list(file.statements())) == 2
        file.undo()
        assert [stmt.actor for stmt in file.statements()] == ["A"]


def test_a_file_read_anew_replaces_its_older_reading(tmp_path: Path) -> None:
    """The same content read another way counts once, in its latest reading; undo brings the older one back."""
    path = tmp_path / "a.case"
    fill(path, [statement("Old")], how="first reader")
    fill(path, [statement("New")], how="second reader")
    with CaseFile(path) as file:
        assert [stmt.actor for stmt in file.statements()] == ["New"]
        assert file.imported("1", "second reader")
        assert not file.imported("1", "first reader")
        file.undo()
        assert [stmt.actor for stmt in file.statements()] == ["Old"]


def test_review_undo_redo(tmp_path: Path) -> None:
    """A rejected statement no longer counts; undo and redo move through the history without deleting anything."""
    path = tmp_path / "a.case"
    stmt = statement()
    fill(path, [stmt, statement("C")])
    with CaseFile(path) as file:
        file.review(stmt.id, "reject")
        assert [found.actor for found in file.statements()] == ["C"]
        assert len(list(file.statements(StatementFilter(rejected=True)))) == 2
        file.undo()
        assert len(list(file.statements())) == 2
        file.redo()
        assert len(list(file.statements())) == 1
        file.review(stmt.id, "accept")
        assert len(list(file.statements())) == 2
        assert file.history().length == 5
        with pytest.raises(UsageError, match="nothing to redo"):
            file.redo()
        with pytest.raises(UsageError, match="no statement"):
            file.review("s0", "reject")


def test_history_can_not_be_changed(tmp_path: Path) -> None:
    """Even with bare SQL an event can neither be changed nor deleted."""
    path = tmp_path / "a.case"
    fill(path, [statement()])
    connection = sqlite3.connect(path)
    for sql in ("UPDATE event SET author = 'x'", "DELETE FROM event"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            connection.execute(sql)
    connection.close()


@pytest.mark.parametrize(
    ("wanted", "actors"),
    [
        (StatementFilter(source="The Wire"), ["C"]),
        (StatementFilter(source="Voss"), ["C"]),
        (StatementFilter(source="The Wire > Voss"), ["C"]),
        (StatementFilter(source="Wire"), []),
        (StatementFilter(actor="B"), ["A", "C"]),
        (StatementFilter(actor="C"), ["C"]),
        (StatementFilter(pair=("B", "A")), ["A"]),
        (StatementFilter(actor="' OR 1=1 --"), []),
    ],
)
def test_filters(tmp_path: Path, wanted: StatementFilter, actors: list[str]) -> None:
    """A filter gives just the statements it asks for, whatever words it holds."""
    path = tmp_path / "a.case"
    fill(path, [statement(), statement("C", source=Source(("The Wire", "Voss")))])
    with CaseFile(path) as file:
        assert [stmt.actor for stmt in file.statements(wanted)] == actors
        assert [row[1] for row in file.counting_rows(wanted)] == actors


def test_some_of_the_statements_are_the_first_of_them(tmp_path: Path) -> None:
    """At most as many as asked for, in the order in which they came, while the count is of all; nobody rejected is in either."""
    path = tmp_path / "a.case"
    stmts = [statement(actor="A" if n % 2 else "B", actor_text=str(n)) for n in range(9)]
    fill(path, stmts)
    with CaseFile(path) as file:
        file.review(stmts[1].id, "reject")
        wanted = StatementFilter(actor="A")
        every = list(file.statements(wanted))
        assert [stmt.id for stmt in every] == [stmts[n].id for n in (3, 5, 7)]
        for most in (1, 3, 5):
            assert list(file.statements(wanted, most=most)) == every[:most]
        assert (file.count(wanted), file.count()) == (3, 8)
        assert [file.has_actor(name) for name in ("A", "B", "C")] == [True, True, False]


def test_a_case_has_its_indexes_whatever_became_of_an_import(tmp_path: Path) -> None:
    """The indexes that the first import of a case goes without are there behind it, and behind one that failed."""
    path = tmp_path / "a.case"

    def indexes() -> set[str]:
        with sqlite3.connect(path) as raw:
            found = raw.execute(
                "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = 'statement'"
            )
            return {name for (name,) in found if not name.startswith("sqlite_")}

    wanted = {"statement_by_actor", "statement_by_target"}
    with CaseFile(path, create=True) as file:
        assert indexes() == wanted
        with (
            pytest.raises(RuntimeError),
            file.importing({"file": "a", "sha256": "0", "how": "x"}) as out,
        ):
            out.add_statement(statement())
            raise RuntimeError
        assert indexes() == wanted
    for number in range(2):
        fill(path, [statement(actor_text=str(number))], sha256=str(number))
        assert indexes() == wanted


def test_a_failed_import_leaves_nothing(tmp_path: Path) -> None:
    """When reading breaks in the middle, no statement of the file stays, and a case made for it is gone."""
    path = tmp_path / "a.case"
    with (
        pytest.raises(RuntimeError),
        CaseFile(path, create=True) as file,
        file.importing({"file": "a", "sha256": "1", "how": "x"}) as out,
    ):
        out.add_statement(statement())
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []
    fill(path, [statement()])
    with (
        pytest.raises(RuntimeError),
        CaseFile(path) as file,
        file.importing({"file": "b", "sha256": "2", "how": "x"}) as out,
    ):
        out.add_statement(statement("C"))
        raise RuntimeError
    with CaseFile(path) as file:
        assert [stmt.actor for stmt in file.statements()] == ["A"]


IMPORT_FOREVER = textwrap.dedent("""
    import sys
    from pathlib import Path
    from builders import statement
    from allegiance.store import CaseFile
    with CaseFile(Path(sys.argv[1]), create=True) as file:
        with file.importing({"file": "endless", "sha256": "9", "how": "x"}) as out:
            number = 0
            while True:
                out.add_statement(statement(f"N{number}"))
                number += 1
                if number == 20000:
                    print("deep in it", flush=True)
""")


def test_kill_9_in_the_middle_of_an_import_loses_nothing_and_leaves_nothing(tmp_path: Path) -> None:
    """After kill -9 the case opens, holds all that was committed before, and nothing of the broken import."""
    path = tmp_path / "a.case"
    fill(path, [statement()])
    child = subprocess.Popen(
        [sys.executable, "-c", IMPORT_FOREVER, str(path)],
        stdout=subprocess.PIPE,
        env=environment(),
    )
    assert child.stdout is not None
    with child.stdout:
        assert child.stdout.readline() == b"deep in it\n"
        child.send_signal(signal.SIGKILL)
        assert child.wait() == -signal.SIGKILL
    with CaseFile(path) as file:
        assert [stmt.actor for stmt in file.statements()] == ["A"]
        assert file.history().length == 1
    fill(path, [statement("C")], sha256="2")  # and it can be written again


def test_many_processes_make_the_same_case_and_no_import_is_lost(tmp_path: Path) -> None:
    """Processes that make one case at the same moment all succeed, also while others give it up without content."""
    program = textwrap.dedent("""
        import sys, time
        from pathlib import Path
        from builders import statement
        from allegiance.store import CaseFile
        folder, name, start = Path(sys.argv[1]), sys.argv[2], float(sys.argv[3])
        for round in range(20):
            time.sleep(max(0, start + 0.05 * round - time.time()))
            with CaseFile(folder / f"{round}.case", create=True) as file:
                if name in "PQ":
                    with file.importing({"file": "x", "sha256": name, "how": "x"}) as out:
                        out.add_statement(statement(name))
    """)
    start = str(time.time() + 1)
    children = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(tmp_path), name, start],
            env=environment(),
        )
        for name in "PQRS"
    ]
    assert [child.wait() for child in children] == [0, 0, 0, 0]
    for round_ in range(20):
        with CaseFile(tmp_path / f"{round_}.case") as file:
            assert sorted(stmt.actor for stmt in file.statements()) == ["P", "Q"]
    assert not list(tmp_path.glob(".*"))  # no half-made file is left


def test_two_processes_write_one_after_the_other(tmp_path: Path) -> None:
    """Two processes that import at once both succeed: the second waits for the first."""
    path = tmp_path / "a.case"
    program = textwrap.dedent("""
        import sys
        from pathlib import Path
        from builders import statement
        from allegiance.store import CaseFile
        for round in range(5):
            with CaseFile(Path(sys.argv[1]), create=True) as file:
                with file.importing({"file": "x", "sha256": f"{sys.argv[2]}{round}", "how": "x"}) as out:
                    for number in range(200):
                        out.add_statement(statement(f"{sys.argv[2]}-{round}-{number}"))
    """)
    children = [
        subprocess.Popen([sys.executable, "-c", program, str(path), name], env=environment())
        for name in ("P", "Q")
    ]
    assert [child.wait() for child in children] == [0, 0]
    with CaseFile(path) as file:
        assert len(list(file.statements())) == 2000
        assert len(file.history().imports) == 10


def test_several_that_import_the_same_file_at_once_record_it_once(tmp_path: Path) -> None:
    """Of processes that import the very same file at one moment one does, the others are told; a table of actors as well."""
    path = tmp_path / "a.case"
    program = textwrap.dedent("""
        import sys, time
        from pathlib import Path
        from allegiance.case import Case
        case, data, start = Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3])
        time.sleep(max(0, start - time.time()))
        with Case(case, create=True) as opened:
            print(opened.add(data, "edges").repeated, opened._file.add_actor_table("a.csv", "name\\n"))
    """)
    data = tmp_path / "edges.csv"
    data.write_text("source,target,weight\n" + "".join(f"A{n},B{n},1\n" for n in range(3000)))
    start = str(time.time() + 3)
    children = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(path), str(data), start], stdout=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    told = [child.communicate()[0].split() for child in children]
    assert [child.returncode for child in children] == [0, 0, 0, 0]
    assert sorted(repeated for repeated, _ in told) == ["False", "True", "True", "True"]
    assert sorted(kept for _, kept in told) == ["False", "False", "False", "True"]
    with CaseFile(path) as file:
        assert sorted(event.kind for event in file.events()) == ["actors", "import"]
        with (
            pytest.raises(RepeatedImportError, match=r"edges\.csv is in the case already"),
            file.importing(dict(file.history().imports[0].payload)),
        ):
            pass
        assert file.history().length == 2


def test_a_full_disk_while_importing_is_said_and_nothing_stays(tmp_path: Path) -> None:
    """When the file can't grow, the import is rolled back with one sentence, and what was there stays readable."""
    path = tmp_path / "a.case"
    fill(path, [statement()])
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    # Python ignores SIGXFSZ, so that a write beyond the limit fails just as one on a full disk does.
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 200_000, before[1]))
    try:
        with (
            pytest.raises(StorageError, match="disk is full"),
            CaseFile(path) as file,
            file.importing({"file": "big", "sha256": "2", "how": "x"}) as out,
        ):
            for number in range(100_000):
                out.add_statement(statement(f"N{number}"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    with CaseFile(path) as file:
        assert [stmt.actor for stmt in file.statements()] == ["A"]


def test_what_is_no_case_is_refused(tmp_path: Path) -> None:
    """A text file, another program's database, a newer version, a folder, a missing file: one sentence each."""
    text = tmp_path / "text.case"
    text.write_text("this is no database, and long enough to have a header of a hundred bytes " * 3)
    with pytest.raises(CaseFileError, match="not a SQLite file"):
        CaseFile(text)
    other = tmp_path / "other.db"
    connection = sqlite3.connect(other)
    connection.execute("CREATE TABLE x (y)")
    connection.close()
    with pytest.raises(CaseFileError, match="not a case of allegiance"):
        CaseFile(other, create=True)
    newer = tmp_path / "newer.case"
    fill(newer, [statement()])
    connection = sqlite3.connect(newer)
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    with pytest.raises(CaseFileError, match="newer version"):
        CaseFile(newer)
    with pytest.raises(UsageError, match="is a folder"):
        CaseFile(tmp_path)
    with pytest.raises(UsageError, match="There is no case"):
        CaseFile(tmp_path / "none.case")
    with pytest.raises(UsageError, match="doesn't exist"):
        CaseFile(tmp_path / "no" / "such.case", create=True)


def test_a_damaged_case_is_said_to_be_damaged(tmp_path: Path) -> None:
    """A case with overwritten pages raises a sentence, not a traceback of the database."""
    path = tmp_path / "a.case"
    fill(path, [statement(f"N{number}") for number in range(500)])
    content = bytearray(path.read_bytes())
    content[4096:40960] = b"\xff" * (40960 - 4096)
    path.write_bytes(content)
    with pytest.raises(CaseFileError, match="damaged"), CaseFile(path) as file:
        list(file.statements())


def test_no_permission_to_write_is_said(tmp_path: Path) -> None:
    """A case that may be read but not written answers questions, and says so when it is asked to change."""
    path = tmp_path / "a.case"
    fill(path, [statement()])
    program = textwrap.dedent("""
        import os, sys
        from pathlib import Path
        from allegiance.errors import StorageError
        from allegiance.store import CaseFile
        if os.getuid() == 0:
            os.setgid(65534)
            os.setuid(65534)  # root may write anywhere, so the test steps down
        with CaseFile(Path(sys.argv[1])) as file:
            print([stmt.actor for stmt in file.statements()])
            try:
                file.undo()
            except StorageError as error:
                print(error)
    """)
    for folder in tmp_path.parents:
        if os.getuid() == 0 and "pytest" in folder.name:
            folder.chmod(0o755)
    path.chmod(0o444)
    tmp_path.chmod(0o555)
    ran = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=False
    )
    tmp_path.chmod(0o755)
    assert ran.stdout.startswith("['A']\n"), ran.stderr
    assert "can't be" in ran.stdout
