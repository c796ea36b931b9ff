"""Case files of format 1: brought to format 2 whole or not at all, and whatever they told they tell still."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import textwrap
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

import old_case
from allegiance.case import Case
from allegiance.errors import CaseFileError
from allegiance.model import Document, Source, Statement, TextEvidence
from allegiance.store import CaseFile, check_case
from builders import statement
from media import Media, environment, media

if TYPE_CHECKING:
    from pathlib import Path

DOC = Document(
    "Veldania armed Maren. It was late. Veldania had promised so. É ends it.", "The Daily", url="u"
)
PLAIN, OTHER = statement(), statement("C", polarity=-1, confidence=1, marking="TLP:GREEN")
QUOTED = statement(
    "Veldania",
    "Maren",
    source=Source(("The Daily", "Voss")),
    evidence=TextEvidence(DOC.id, 0, 21, "Veldania armed Maren."),
    qualifiers=(("also", "35-60; 61-71"), ("goods", "arms")),
    date=None,
)
# As format 2 has it.
MOVED = replace(
    QUOTED,
    evidence=TextEvidence(DOC.id, 0, 21, "Veldania armed Maren.", ((35, 60), (61, 71))),
    qualifiers=(("goods", "arms"),),
)
TOML = '# after sX, rejected\n[[step]]\nkind = "tie"\nbecause = "see sX"\nstatements = ["sX", "s0123456789abcdef"]\n'


def events(naming: dict[Statement, str]) -> list[tuple[str, dict[str, object]]]:
    """Return a history with reviews, an undo and a scenario of statements that have these ids."""
    return [
        ("reject", {"statement": naming[PLAIN]}),
        ("reject", {"statement": naming[QUOTED]}),
        ("undo", {"seq": 4}),
        ("accept", {"statement": naming[OTHER]}),
        ("reject", {"statement": "s0123456789abcdef"}),
        ("scenario", {"name": "w", "toml": TOML.replace("sX", naming[QUOTED])}),
        ("reject", {"statement": naming[QUOTED]}),
        ("undo", {"seq": 9}),
    ]


OLD = events({stmt: old_case.old_id(stmt) for stmt in (PLAIN, OTHER, QUOTED)})
NEW = events({PLAIN: PLAIN.id, OTHER: OTHER.id, QUOTED: MOVED.id})


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """Return a case of format 1 with two imports, reviews, undos and a scenario."""
    path = tmp_path / "old.case"
    old_case.write(path, [[PLAIN, QUOTED], [OTHER, PLAIN]], [DOC], OLD)
    return path


def version(path: Path) -> int:
    """Return the format that the file says it has."""
    with closing(sqlite3.connect(path)) as bare:
        return int(bare.execute("PRAGMA user_version").fetchone()[0])


def require_as_before(path: Path) -> None:
    """Whatever the fixture's case told, the case at `path` tells, with ids of format 2."""
    with CaseFile(path) as file:
        told = file.events()
        assert [(event.kind, event.payload) for event in told[2:]] == NEW
        assert [event.seq for event in told] == list(range(1, 11))
        assert {(event.author, event.time) for event in told} == {("ada", "2031-04-09T08:00:00+00:00")}
        assert file.history().rejected == {PLAIN.id, "s0123456789abcdef"}
        assert list(file.statements()) == [MOVED, OTHER]
        assert [row[0] for row in file.counting_rows()] == [MOVED.id, OTHER.id]
        assert [file.statement(stmt.id) for stmt in (PLAIN, MOVED, OTHER)] == [PLAIN, MOVED, OTHER]
        assert file.document(DOC.id) == DOC


def test_a_case_of_format_1_is_brought_up_when_it_is_opened(case: Path) -> None:
    """Statements, documents and history are what they were; verdicts and scenarios follow the new ids; the file is sound."""
    assert (check_case(case), version(case)) == ([], 1)
    require_as_before(case)
    assert (check_case(case), version(case)) == ([], 2)
    with closing(sqlite3.connect(case)) as bare:
        for sql in ("UPDATE event SET author = 'x'", "DELETE FROM event"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                bare.execute(sql)
        for table in ("partner", "package", "annotation"):
            assert bare.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)  # noqa: S608 - literals
    require_as_before(case)
    with CaseFile(case) as file:
        assert file.redo().payload == {"statement": MOVED.id}
        assert list(file.statements()) == [OTHER]
        file.undo()
        file.review(PLAIN.id, "accept")
        assert list(file.statements()) == [PLAIN, MOVED, OTHER]
        file.undo()
        with file.importing({"file": "again", "sha256": "3", "how": "test"}) as out:
            out.add_statement(replace(PLAIN, confidence=0.2, marking="TLP:RED"))
        assert (out.statements, out.known) == (0, 1)
        assert PLAIN not in file.statements()  # read again with another confidence it stays rejected


def test_an_actor_shown_under_another_name_keeps_it(tmp_path: Path) -> None:
    """Judgements on actors count as before; an id stays that of what was read."""
    path = tmp_path / "old.case"
    told = {"actor": "A", "other": "C", "name": "C"}
    old_case.write(
        path, [[PLAIN, OTHER]], (), [("merge", told), ("reject", {"statement": old_case.old_id(OTHER)})]
    )
    with CaseFile(path) as file:
        assert [(stmt.id, stmt.actor, stmt.read_as) for stmt in file.statements()] == [
            (PLAIN.id, "C", ("A", "B"))
        ]
        assert file.history().rejected == {OTHER.id}
    assert check_case(path) == []


def test_networks_of_an_upgraded_case_are_those_of_a_new_one(case: Path, tmp_path: Path) -> None:
    """The signed network, its ties and their statements don't tell whether the case was upgraded or made in format 2."""
    fresh = tmp_path / "new.case"
    with CaseFile(fresh, create=True) as file:
        for number, stmts in enumerate(([PLAIN, MOVED], [OTHER, PLAIN]), 1):
            with file.importing({"file": "x", "sha256": str(number), "how": "test"}) as out:
                for stmt in stmts:
                    out.add_statement(stmt)
        file.review(PLAIN.id, "reject")
    with Case(case) as old, Case(fresh) as new:
        assert list(old.network().ties()) == list(new.network().ties())
        assert len(list(old.network().ties())) == 2
        assert [stmt.to_json() for stmt in old.statements()] == [stmt.to_json() for stmt in new.statements()]


def test_two_upgraded_and_made_cases_have_the_same_tables(case: Path, tmp_path: Path) -> None:
    """An upgraded file is made of the same tables, indexes and triggers as one made in format 2."""
    fresh = tmp_path / "new.case"
    with CaseFile(fresh, create=True) as file:
        file.keep_scenario("x", "x")
    with CaseFile(case):
        pass
    made = []
    for path in (case, fresh):
        with closing(sqlite3.connect(path)) as bare:
            made.append(set(bare.execute("SELECT type, name, tbl_name, sql FROM sqlite_master")))
    assert made[0] == made[1]


@pytest.mark.parametrize(
    "also",
    [
        "35-35",
        "60-35",
        "0-72",
        "35-60; ",
        "35-60, 61-70",
        "too",
        "",
        "-1-5",
        "99999999999999999999-999999999999999999999",
    ],
)
def test_words_that_are_no_spans_of_the_text_stay_a_qualifier(tmp_path: Path, also: str) -> None:
    """Only spans inside the text become evidence; nothing that stood in a file is dropped."""
    stmt = replace(QUOTED, qualifiers=(("also", also),))
    path = tmp_path / "old.case"
    old_case.write(path, [[stmt]], [DOC])
    with CaseFile(path) as file:
        assert list(file.statements()) == [stmt]
    assert check_case(path) == []


def test_statements_that_differed_by_confidence_or_marking_become_one(tmp_path: Path) -> None:
    """The confidence is that of the latest reading in force, the marking the strictest; verdicts on any of them are on the one."""
    some = [
        replace(PLAIN, confidence=0.5, marking="TLP:RED"),
        replace(PLAIN, confidence=0.9),
        replace(PLAIN, confidence=0.7, marking="TLP:GREEN"),
    ]
    path = tmp_path / "old.case"
    old_case.write(path, [[OTHER, some[0]], [some[1]], [some[2]]], (), [("undo", {"seq": 3})])
    with CaseFile(path) as file:
        assert list(file.statements()) == [OTHER, replace(PLAIN, confidence=0.9, marking="TLP:RED")]
        assert file.count() == 2
        file.undo()
        file.undo()
        assert file.count() == 0
    assert check_case(path) == []
    with closing(sqlite3.connect(path)) as bare:
        assert bare.execute("SELECT event, statement FROM imported").fetchall() == [
            (1, 1),
            (1, 2),
            (2, 2),
            (3, 2),
        ]


@pytest.mark.parametrize(
    "forged", ["UPDATE statement SET polarity = -polarity", "UPDATE statement SET weight = 'x'"]
)
def test_a_damaged_case_is_not_brought_up(case: Path, forged: str) -> None:
    """With new ids a forged statement would look genuine, so the file is refused and left as it is; `check` says what is wrong."""
    with closing(sqlite3.connect(case, isolation_level=None)) as bare:
        bare.execute(forged + " WHERE seq = 2")
    with pytest.raises(CaseFileError, match="older format and damaged"):
        CaseFile(case)
    assert version(case) == 1
    assert len(check_case(case)) == 1
    assert "row 2" in check_case(case)[0] or "was changed" in check_case(case)[0]


@pytest.mark.parametrize("number", [0, -1, 3])
def test_a_format_that_isnt_known_is_refused(case: Path, number: int) -> None:
    """A file that claims a newer format, or one that never was, isn't touched."""
    with closing(sqlite3.connect(case, isolation_level=None)) as bare:
        bare.execute(f"PRAGMA user_version = {number}")
    with pytest.raises(CaseFileError, match="reads up to 2" if number > 2 else f"file format is {number}"):
        CaseFile(case)
    assert version(case) == number


def test_each_format_has_its_own_tables(case: Path) -> None:
    """A file of format 1 with a table of format 2, or the other way round, is no case as we write it."""
    other = case.with_name("other.case")
    shutil.copy(case, other)
    with closing(sqlite3.connect(other, isolation_level=None)) as bare:
        bare.execute("PRAGMA user_version = 2")
    with pytest.raises(CaseFileError, match="It lacks the index 'sqlite_autoindex_partner_1'"):
        CaseFile(other)
    with CaseFile(case):
        pass
    with closing(sqlite3.connect(case, isolation_level=None)) as bare:
        bare.execute("PRAGMA user_version = 1")
    with pytest.raises(CaseFileError, match="that a case doesn't have"):
        CaseFile(case)


KILLED = textwrap.dedent("""
    import os, signal, sqlite3, sys
    from pathlib import Path
    from allegiance.store import CaseFile, rows, upgrade
    at, seen = sys.argv[2], 0
    real, real_history = rows.pairs_text, upgrade._rename_in_history
    def die(*_):
        os.kill(os.getpid(), signal.SIGKILL)
    def counted(row, real=rows.statement):
        global seen
        seen += 1
        if str(seen) == at:
            die()
        return real(row)
    rows.statement = counted
    if at == "history":
        upgrade._rename_in_history = die
    if at == "commit":
        upgrade._rename_in_history = lambda *told: (real_history(*told), die())
    CaseFile(Path(sys.argv[1]))
    print("through", flush=True)
    die()
""")


@pytest.mark.parametrize("at", ["1", "2500", "5002", "7000", "9003", "history", "commit", "never"])
def test_kill_9_in_the_midst_leaves_the_old_case_or_the_new_one(tmp_path: Path, at: str) -> None:
    """Wherever the process dies, the file is whole in one of the two formats, and the next opening brings it up."""
    path = tmp_path / "old.case"
    many = [statement(f"N{number}") for number in range(4500)]
    old_case.write(path, [[PLAIN, QUOTED, *many], [OTHER, PLAIN]], [DOC], OLD)
    ran = subprocess.run(
        [sys.executable, "-c", KILLED, str(path), at], env=environment(), check=False, capture_output=True
    )
    assert (ran.returncode, ran.stderr) == (-signal.SIGKILL, b"")
    assert ran.stdout == (b"through\n" if at == "never" else b"")
    assert version(path) == (2 if at == "never" else 1)
    assert check_case(path) == []
    with CaseFile(path) as file:
        assert list(file.statements()) == [MOVED, *many, OTHER]
        assert [(event.kind, event.payload) for event in file.events()[2:]] == NEW
    assert (version(path), check_case(path)) == (2, [])
    assert [one.name for one in tmp_path.iterdir()] == ["old.case"]


def test_kill_9_at_any_moment_loses_nothing(tmp_path: Path) -> None:
    """Killed by the clock, however far it came, again and again: in the end all is there."""
    path = tmp_path / "old.case"
    many = [statement(f"N{number}") for number in range(6000)]
    old_case.write(path, [[PLAIN, QUOTED, *many], [OTHER, PLAIN]], [DOC], OLD)
    original = tmp_path / "kept.case"
    shutil.copy(path, original)
    program = (
        "import sys; from pathlib import Path; from allegiance.store import CaseFile; "
        "print('begins', flush=True); CaseFile(Path(sys.argv[1])); print('through', flush=True); input()"
    )
    for hundredths in range(2, 200, 14):
        child = subprocess.Popen(
            [sys.executable, "-c", program, str(path)],
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert child.stdout is not None
        assert child.stdin is not None
        with child.stdout, child.stdin:
            assert child.stdout.readline() == b"begins\n"
            with pytest.raises(subprocess.TimeoutExpired):
                child.wait(hundredths / 100)
            child.send_signal(signal.SIGKILL)
            assert child.wait() == -signal.SIGKILL
            through = child.stdout.read() == b"through\n"
        assert version(path) in ((2,) if through else (1, 2))
        assert check_case(path) == []
        if through:
            break
    with CaseFile(path) as file:
        assert list(file.statements()) == [MOVED, *many, OTHER]


def test_several_processes_bring_the_same_case_up_at_once(tmp_path: Path) -> None:
    """One does it, the others wait for it, and all see the same."""
    path = tmp_path / "old.case"
    old_case.write(path, [[PLAIN, QUOTED, *(statement(f"N{n}") for n in range(2000))], [OTHER]], [DOC], OLD)
    program = (
        "import sys; from pathlib import Path; from allegiance.store import CaseFile\n"
        "with CaseFile(Path(sys.argv[1])) as file: print(file.count(), sorted(file.history().rejected))"
    )
    children = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(path)], env=environment(), stdout=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    told = {child.communicate()[0] for child in children}
    assert [child.returncode for child in children] == [0, 0, 0]
    assert told == {f"2002 {sorted([PLAIN.id, 's0123456789abcdef'])}\n"}
    assert (version(path), check_case(path)) == (2, [])


@pytest.fixture
def place(tmp_path: Path) -> Media:
    """Return media with a case of format 1."""
    made = media(tmp_path)
    old_case.write(made.files / "old.case", [[PLAIN, QUOTED], [OTHER, PLAIN]], [DOC], OLD)
    return made


def test_a_case_on_media_that_cant_be_written_is_read(place: Media) -> None:
    """It tells all that it holds, under the ids of format 2, and refuses changes."""
    ran = place.run("read-only", "statements", "old.case", "--json")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert [json.loads(line) for line in ran.stdout.splitlines()] == [MOVED.to_json(), OTHER.to_json()]
    refused = place.run("read-only", "undo", "old.case")
    assert refused.returncode != 0
    assert "can't be opened for writing" in refused.stderr
    assert place.run("read-only", "check", "old.case").returncode == 0


def test_a_case_on_a_full_disk_stays_as_it_is(place: Media) -> None:
    """Without room for the change a sentence says so, and the file is sound, in its old format."""
    ran = place.run("full", "statements", "old.case", "--json")
    assert (ran.returncode, ran.stdout) == (4, "")
    assert "The disk is full" in ran.stderr
    assert place.run("full", "check", "old.case").returncode == 0


def test_a_case_without_permission_to_write_is_read_and_left_as_it_is(case: Path, tmp_path: Path) -> None:
    """The copy that is read goes at once, the case stays of format 1, and a change is refused."""
    program = textwrap.dedent("""
        import os, sys, tempfile
        from pathlib import Path
        from allegiance.errors import StorageError
        from allegiance.store import CaseFile
        if os.getuid() == 0:
            os.setgid(65534)
            os.setuid(65534)  # root may write anywhere, so the test steps down
        with CaseFile(Path(sys.argv[1])) as file:
            print([stmt.id for stmt in file.statements()], os.listdir(tempfile.gettempdir()))
            try:
                file.undo()
            except StorageError as error:
                print(error)
    """)
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    temporary.chmod(0o777)
    for folder in tmp_path.parents:
        if os.getuid() == 0 and "pytest" in folder.name:
            folder.chmod(0o755)
    before = case.read_bytes()
    case.chmod(0o444)
    tmp_path.chmod(0o555)
    ran = subprocess.run(
        [sys.executable, "-c", program, str(case)],
        capture_output=True,
        text=True,
        check=False,
        env={**environment(), "TMPDIR": str(temporary)},
    )
    tmp_path.chmod(0o755)
    assert ran.stdout.startswith(f"['{MOVED.id}', '{OTHER.id}'] []\n"), ran.stderr
    assert "can't be opened for writing" in ran.stdout
    assert case.read_bytes() == before
