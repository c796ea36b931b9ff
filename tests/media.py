"""Media that can't be written or are full: small file systems of their own, seen by one child process only."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Sequence

SRC = Path(__file__).parents[1] / "src"
TESTS = Path(__file__).parent
_PREPARE = """
mount -t tmpfs -o size=2m none "$1" || exit 99
cp -a "$2"/* "$1"/
test "$3" != full || cat /dev/zero > "$1"/filling 2>/dev/null
test "$3" != full || cat /dev/zero > "$1"/filled 2>/dev/null
test "$3" != read-only || mount -o remount,ro "$1" || exit 99
cd "$1"; shift 3; exec "$@"
"""


@dataclass(frozen=True, slots=True)
class Media:
    """Runs commands in a folder on a file system of their own, with copies of the files in `files`."""

    place: Path
    files: Path

    def run(self, state: str, *arguments: object) -> subprocess.CompletedProcess[str]:
        """Run `allegiance ARGUMENTS` in that folder, which is ``read-only`` or ``full``."""
        return self._run(state, [sys.executable, "-m", "allegiance", *map(str, arguments)])

    def _run(self, state: str, command: Sequence[str]) -> subprocess.CompletedProcess[str]:
        ran = subprocess.run(
            ["unshare", "-m", "sh", "-c", _PREPARE, "sh", str(self.place), str(self.files), state, *command],
            capture_output=True,
            text=True,
            check=False,
            env=environment(),
        )
        assert "Traceback" not in ran.stderr
        return ran


def environment() -> dict[str, str]:
    """Return the environment for a child that runs the program under test."""
    return {**os.environ, "PYTHONPATH": f"{SRC}:{TESTS}"}


def media(folder: Path) -> Media:
    """Return media below `folder`, or skip where nobody may mount any."""
    place, files = folder / "media", folder / "files"
    place.mkdir()
    files.mkdir()
    made = Media(place, files)
    (files / "some").touch()
    if os.geteuid() != 0 or made._run("read-only", ["true"]).returncode:
        pytest.skip("file systems can't be mounted here; it takes the superuser's rights")
    return made
