"""`allegiance check`: all that is wrong with a case."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import old_case
from allegiance.store import CaseFile
from builders import statement

if TYPE_CHECKING:
    from pathlib import Path

    from running import Run


def forge(path: Path, *script: str) -> None:
    """Do to the file what somebody with SQLite can."""
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        for sql in script:
            raw.execute(sql)


def test_check_names_all_that_is_wrong(run: Run, tmp_path: Path) -> None:
    """`allegiance check` lists every fault, also statements changed behind our back, and exits with 3; nothing else is shown."""
    case = tmp_path / "a.case"
    with CaseFile(case, create=True) as file, file.importing({"file": "a", "sha256": "1", "how": "x"}) as out:
        out.add_statement(statement())
        out.add_statement(statement("C"))
    assert run("check", case).code == 0
    assert json.loads(run("check", case, "--json").out) == {"sound": True, "faults": []}
    forge(
        case,
        "UPDATE statement SET polarity = -1 WHERE seq = 1",
        "UPDATE statement SET weight = 'x', modality = 'sung' WHERE seq = 2",
        "UPDATE statement SET actor = 777 WHERE seq = 1",
        "INSERT INTO event (time, author, kind, payload) VALUES ('t', 'a', 'dance', '{}')",
    )
    ran = run("check", case)
    assert ran.code == 3
    for told in ("kind that we don't know", "weight", "modality", "name that isn't there"):
        assert told in ran.out
    forge(case, "UPDATE statement SET actor = 1 WHERE seq = 1")
    told = json.loads(run("check", case, "--json").out)
    assert not told["sound"]
    assert any("was changed" in fault for fault in told["faults"])
    for command in ("statements", "network", "history", "coalitions", "actors"):
        ran = run(command, case)
        assert (ran.code, ran.out) == (3, "")


def test_check_knows_both_formats_and_changes_neither(run: Run, tmp_path: Path) -> None:
    """A case of format 1 is checked as it is; another command brings it up; a newer format is refused with a sentence."""
    case = tmp_path / "old.case"
    old_case.write(case, [[statement(), statement("C")]])
    before = case.read_bytes()
    assert json.loads(run("check", case, "--json").out) == {"sound": True, "faults": []}
    assert case.read_bytes() == before
    told = [json.loads(line) for line in run("statements", case, "--json").out.splitlines()]
    assert told == [statement().to_json(), statement("C").to_json()]
    assert case.read_bytes() != before
    assert run("check", case).code == 0
    forge(case, "PRAGMA user_version = 3")
    for command in ("check", "statements"):
        ran = run(command, case)
        assert (ran.code, ran.out) == (3, "")
        assert "newer version" in ran.err
