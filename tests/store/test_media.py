"""Cases on media that can't be written, that are full, or that a killed process left: nothing is hidden, all is said."""

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
from typing import TYPE_CHECKING

import pytest

from allegiance.store import CaseFile
from builders import statement
from media import Media, environment, media

if TYPE_CHECKING:
    from pathlib import Path

DATA = "source,target,weight\nFrance,Germany,2\nIran,Israel,-3\n"
KILLED_AFTER_COMMIT = textwrap.dedent("""
    import os, signal, sys
    from pathlib import Path
    from builders import statement
    from allegiance.store import CaseFile
    file = CaseFile(Path(sys.argv[1]), create=True)
    with file.importing({"file": "x", "sha256": "1", "how": "x"}) as out:
        out.add_statement(statement())
    os.kill(os.getpid(), signal.SIGKILL)
""")


@pytest.fixture
def place(tmp_path: Path) -> Media:
    """Return media with the case of a process that was killed right after its commit, and a sound case."""
    made = media(tmp_path)
    with (
        CaseFile(made.files / "sound.case", create=True) as file,
        file.importing({"file": "x", "sha256": "1", "how": "x"}) as out,
    ):
        out.add_statement(statement())
    leave_in_the_log(made.files / "killed.case")
    (made.files / "edges.csv").write_text(DATA)
    return made


def leave_in_the_log(path: Path) -> None:
    """Make a case whose only import stands in the write-ahead log."""
    child = subprocess.run(
        [sys.executable, "-c", KILLED_AFTER_COMMIT, str(path)], env=environment(), check=False
    )
    assert child.returncode == -signal.SIGKILL
    assert path.with_name(f"{path.name}-wal").stat().st_size
    with closing(sqlite3.connect(f"{path.as_uri()}?immutable=1", uri=True)) as bare:
        assert bare.execute("SELECT count(*) FROM event").fetchone() == (0,)


@pytest.mark.parametrize("without", ["", "killed.case-shm"])
def test_a_commit_that_stands_in_the_log_is_read_from_media_that_cant_be_written(
    place: Media, without: str
) -> None:
    """The import of a killed process is there, with or without the file by which processes share the log."""
    if without:
        (place.files / without).unlink()
    (place.files / "link.case").symlink_to("killed.case")
    for name in ("killed.case", "link.case"):
        ran = place.run("read-only", "statements", name, "--json")
        assert (ran.returncode, ran.stderr) == (0, "")
        assert [json.loads(line)["actor"] for line in ran.stdout.splitlines()] == ["A"]
    refused = place.run("read-only", "undo", "killed.case")
    assert refused.returncode == 4
    assert "can't be opened for writing" in refused.stderr


def test_a_log_that_may_not_be_read_is_said(tmp_path: Path) -> None:
    """Who may read the case but not its log is told that something is missing, instead of being shown less."""
    path = tmp_path / "a.case"
    leave_in_the_log(path)
    program = textwrap.dedent("""
        import os, sys
        from pathlib import Path
        from allegiance.errors import StorageError
        from allegiance.store import CaseFile
        if os.getuid() == 0:
            os.setgid(65534)
            os.setuid(65534)  # root may read anything, so the test steps down
        try:
            with CaseFile(Path(sys.argv[1])) as file:
                print([stmt.actor for stmt in file.statements()])
        except StorageError as error:
            print(error)
    """)
    for folder in tmp_path.parents:
        if os.getuid() == 0 and "pytest" in folder.name:
            folder.chmod(0o755)
    path.with_name("a.case-wal").chmod(0)
    path.chmod(0o444)
    tmp_path.chmod(0o555)
    ran = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=False
    )
    tmp_path.chmod(0o755)
    assert "a.case-wal, which may not be read" in ran.stdout, ran.stderr


def test_a_change_cut_off_in_a_rollback_journal_is_never_ignored(place: Media) -> None:
    """A case with a hot rollback journal is rolled back where it can be, and else not shown as it half is."""
    path, copied = place.files / "sound.case", place.files / "copy.case"
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("PRAGMA journal_mode = DELETE")
        raw.execute("PRAGMA cache_size = 1")
        raw.execute("BEGIN IMMEDIATE")
        raw.execute("UPDATE statement SET actor_text = 'half'")
        raw.executemany("INSERT INTO name (text) VALUES (?)", ((f"{n}" * 900,) for n in range(100)))
        shutil.copy(path, copied)
        shutil.copy(f"{path}-journal", f"{copied}-journal")
        raw.execute("ROLLBACK")
    ran = place.run("read-only", "statements", "copy.case", "--json")
    assert (ran.returncode, ran.stdout) == (4, "")
    assert "copy.case holds a change that was cut off" in ran.stderr
    with CaseFile(copied) as file:
        assert [stmt.actor_text for stmt in file.statements()] == [statement().actor_text]


@pytest.mark.parametrize("command", ["history", "statements", "network", "coalitions", "actors"])
def test_questions_are_answered_on_a_full_disk(place: Media, command: str) -> None:
    """Reading a case, also one with a log, needs no free byte beside it."""
    for name in ("sound.case", "killed.case"):
        ran = place.run("full", command, name)
        assert ran.returncode == 0, ran.stderr
        assert "full" not in ran.stderr


@pytest.mark.parametrize("state", ["full", "read-only"])
@pytest.mark.parametrize(
    "arguments",
    [
        ("add", "new.case", "edges.csv"),
        ("add", "sound.case", "edges.csv"),
        ("lake", "add", "new.lake", "edges.csv"),
        ("report", "sound.case", "-o", "page.html", "--brief"),
        ("panel", "sound.case", "-o", "panel.parquet"),
        ("coalitions", "sound.case", "--certificate", "proof.json"),
    ],
)
def test_what_cant_be_written_is_one_sentence(place: Media, state: str, arguments: tuple[str, ...]) -> None:
    """A full disk and media that can't be written: exit code 4, one sentence that names the place or what was asked for."""
    ran = place.run(state, *arguments)
    assert ran.returncode == 4, ran.stderr
    assert ran.stderr.startswith("allegiance: ")
    assert ran.stderr.count("\n") == 1
