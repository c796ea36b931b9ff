"""Commands killed at any moment: nothing that was there is lost, nothing half-written stays. CI kills a few, `make hard` 1,000."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from itertools import cycle, islice
from typing import TYPE_CHECKING

import pytest

from allegiance.case import Case, Provenance
from allegiance.store import check_case
from media import environment

if TYPE_CHECKING:
    from collections import Counter
    from pathlib import Path

KILLS = int(os.environ.get("ALLEGIANCE_KILLS", "5"))
TEXT = "Russia attacked Ukraine. Poland supports Ukraine. France accused Iran of lying.\n"
EDGES = "source,target,weight\n" + "".join(f"A{n},B{n % 7},{n % 5 - 2}\n" for n in range(3000))


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """Return a case with a text, a review and an edge list, and what the commands bring."""
    folder = tmp_path / "base"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT)
    (folder / "b.txt").write_text(TEXT.replace("Monday", "Tuesday") * 40)
    (folder / "edges.csv").write_text(EDGES)
    with Case(folder / "a.case", create=True) as case:
        case.read(folder / "a.txt", Provenance(outlet="Daily"), reader="rules")
        case.review(next(case.statements()).id, "reject")
    return folder


def _commands(folder: Path) -> list[list[str]]:
    case = str(folder / "a.case")
    with Case(folder / "a.case") as opened:
        some = next(opened.statements()).id
    return [
        ["read", case, str(folder / "b.txt"), "--reader", "rules", "--outlet", "Wire"],
        ["add", case, str(folder / "edges.csv"), "--format", "edges"],
        ["review", case, some, "--reject"],
        ["undo", case],
        ["lake", "add", str(folder / "lake"), str(folder / "edges.csv"), "--format", "edges"],
    ]


def _state(folder: Path) -> tuple[int, int]:
    assert list(check_case(folder / "a.case")) == []
    with Case(folder / "a.case") as case:
        return sum(1 for _ in case.statements()), case.history().length


def test_a_killed_command_loses_nothing_and_leaves_nothing_half_done(
    base: Path, tmp_path: Path, endings: dict[str, Counter[str]]
) -> None:
    """Before or after: of every command all is there or nothing, the case is sound, and the same command then works."""
    chance = random.Random(4)  # noqa: S311 - nothing secret hangs on it
    outcomes, took = {}, {}
    for number, command in enumerate(_commands(base)):
        whole = tmp_path / f"whole{number}"
        shutil.copytree(base, whole)
        began = time.monotonic()
        subprocess.run(_called(command, base, whole), env=environment(), check=True, capture_output=True)
        took[number] = time.monotonic() - began
        outcomes[number] = {_state(base), _state(whole)}
    killed = 0
    for trial, number in enumerate(islice(cycle(outcomes), KILLS)):
        place = tmp_path / "trial"
        shutil.copytree(base, place)
        command = _called(_commands(base)[number], base, place)
        child = subprocess.Popen(
            command, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(chance.uniform(0, took[number]))
        child.send_signal(signal.SIGKILL)
        hit = child.wait() == -signal.SIGKILL
        killed += hit
        assert _state(place) in outcomes[number], (trial, command)
        again = subprocess.run(command, env=environment(), check=False, capture_output=True, text=True)
        assert "Traceback" not in again.stderr
        assert again.returncode in (0, 2), again.stderr
        assert not [left.name for left in place.iterdir() if left.name.endswith(".part")]
        shutil.rmtree(place)
        endings[f"command {' '.join(command[3:5]) if command[3] == 'lake' else command[3]}"][
            "killed" if hit else "over before"
        ] += 1
    assert killed > 0


def _called(command: list[str], base: Path, place: Path) -> list[str]:
    return [sys.executable, "-m", "allegiance", *(word.replace(str(base), str(place)) for word in command)]
