"""What is being made has a passing name, is put in place whole, and is cleared away when its maker was killed."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
from typing import TYPE_CHECKING

import pytest

from allegiance import unfinished
from allegiance.store import CaseFile
from media import environment

if TYPE_CHECKING:
    from pathlib import Path

KILLED = textwrap.dedent("""
    import os, signal, sys
    from pathlib import Path
    from allegiance import unfinished
    {patch}
    path = Path(sys.argv[1])
    {act}
""")
DIES = "lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)"


def killed(path: Path, patch: str, act: str) -> None:
    """Let a process die in the middle of `act`."""
    child = subprocess.run(
        [sys.executable, "-c", KILLED.format(patch=patch, act=act), str(path)], env=environment(), check=False
    )
    assert child.returncode == -signal.SIGKILL


@pytest.mark.parametrize(
    "patch", [f"os.fsync = {DIES}", f"Path.unlink = {DIES}", f"os.link = {DIES}", f"Path.replace = {DIES}"]
)
@pytest.mark.parametrize("only_new", [True, False])
def test_a_kill_leaves_all_or_nothing_and_the_next_one_clears_up(
    tmp_path: Path, patch: str, *, only_new: bool
) -> None:
    """Wherever it strikes, the file is whole or absent, and the next file at this place leaves no other beside it."""
    path = tmp_path / "page.html"
    act = f"unfinished.put(b'first', path, only_new={only_new}); os.kill(os.getpid(), signal.SIGKILL)"
    killed(path, patch, act)
    assert not path.exists() or path.read_bytes() == b"first"
    unfinished.put(b"second", path)
    assert path.read_bytes() == b"second"
    assert list(tmp_path.iterdir()) == [path]


def test_a_case_whose_maker_was_killed_leaves_nothing_behind(tmp_path: Path) -> None:
    """The next one that makes or extends the case clears away what was left, and loses nothing."""
    path = tmp_path / "a.case"
    for patch in (f"os.fsync = {DIES}", f"Path.unlink = {DIES}"):
        act = "from allegiance.store import CaseFile; CaseFile(path, create=True)"
        killed(path, patch, act)
        assert list(tmp_path.glob(".*.part"))
        with CaseFile(path, create=True) as file:
            assert file.history().length == 0
            assert not list(tmp_path.glob(".*.part"))


def test_what_is_still_being_made_is_left_alone(tmp_path: Path) -> None:
    """Nobody clears away what a living process holds, nor what bears another name."""
    other = tmp_path / "allegiance-mine"
    other.mkdir()
    with unfinished.folder(tmp_path, "allegiance-") as held:
        (held / "row").touch()
        with unfinished.folder(tmp_path, "allegiance-") as second:
            assert second != held
        assert (held / "row").exists()
    assert list(tmp_path.iterdir()) == [other]


def test_a_folder_of_a_killed_process_is_cleared_away(tmp_path: Path) -> None:
    """What was unpacked and then left by a kill is gone when the next one unpacks."""
    act = "held = unfinished.folder(path, 'allegiance-'); held.__enter__().joinpath('big').touch(); os.kill(os.getpid(), 9)"
    killed(tmp_path, "", act)
    assert len(list(tmp_path.iterdir())) == 1
    with unfinished.folder(tmp_path, "allegiance-") as made:
        assert list(tmp_path.iterdir()) == [made]


def test_only_new_never_replaces(tmp_path: Path) -> None:
    """What another process put there first stays."""
    path = tmp_path / "a"
    assert unfinished.put(b"first", path, only_new=True)
    assert not unfinished.put(b"second", path, only_new=True)
    assert path.read_bytes() == b"first"
    assert list(tmp_path.iterdir()) == [path]
