"""How commands end early: Ctrl-C at any moment, an output that takes nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from media import environment

DATA = "source,target,weight\nFrance,Germany,2\nIran,Israel,-3\nIran,Germany,1\n"
PROGRAM = [sys.executable, "-m", "allegiance"]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return an edge list."""
    path = tmp_path / "edges.csv"
    path.write_text(DATA)
    return path


@pytest.mark.parametrize(
    "module",
    ["allegiance.cli.display", "click", "allegiance.cli", "rich.console", "numpy", "numba", "highspy"],
)
def test_ctrl_c_while_the_program_loads_shows_no_traceback(data: Path, module: str) -> None:
    """Whichever library is being loaded, Ctrl-C ends the command with at most one word."""
    # Python tells each module when it is loaded, so that the moment is the same on every machine.
    started = [sys.executable, "-v", "-m", "allegiance", "coalitions", str(data)]
    with subprocess.Popen(
        started, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=environment()
    ) as child:
        assert child.stderr is not None
        told = ""
        for line in child.stderr:
            if line.startswith(f"import '{module}'"):
                child.send_signal(2)
                break
        else:
            pytest.fail(f"{module} is not loaded any more; name another")
        told = child.stderr.read()
    assert "Traceback" not in told
    assert "KeyboardInterrupt" not in told
    assert "fault of the program" not in told
    assert child.returncode in {-2, 130}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize(
    "arguments", [("coalitions",), ("network",), ("network", "--json"), ("network", "--csv"), ("--help",)]
)
def test_an_output_that_takes_nothing_is_said(data: Path, arguments: tuple[str, ...]) -> None:
    """A full disk behind `>` ends with one sentence and exit code 4, also with the answer still in the buffer."""
    told = (*arguments, str(data)) if arguments != ("--help",) else arguments
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(
            [*PROGRAM, *told], stdout=full, stderr=subprocess.PIPE, text=True, check=False, env=environment()
        )
    assert ran.returncode == 4
    assert "The output can't be written (No space left on device)" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert "Exception ignored" not in ran.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize(
    ("arguments", "code"),
    [(("coalitions", "none.csv"), 2), (("coalitions", "--nonsense"), 2), (("undo", "EDGES"), 3)],
)
def test_where_nobody_can_be_told_the_exit_code_says_it(
    data: Path, arguments: tuple[str, ...], code: int
) -> None:
    """With stderr full as well, the exit code is that of the mistake."""
    told = [str(data) if one == "EDGES" else one for one in arguments]
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(
            [*PROGRAM, *told], stdout=full, stderr=full, check=False, env=environment(), cwd=data.parent
        )
    assert ran.returncode == code


@pytest.mark.parametrize("arguments", [("history",), ("coalitions",), ("add", "EDGES"), ("lake", "add")])
def test_a_name_that_no_file_can_have_is_said(data: Path, arguments: tuple[str, ...]) -> None:
    """A path too long for the file system is a mistake in the call: exit code 2, one sentence."""
    long = "x" * 300
    told = [*arguments[:1], long, str(data)] if arguments[0] == "add" else [*arguments, long]
    told = ["lake", "add", long, str(data)] if arguments[0] == "lake" else told
    ran = subprocess.run(
        [*PROGRAM, *told], capture_output=True, text=True, check=False, env=environment(), cwd=data.parent
    )
    assert ran.returncode in {2, 4}
    assert "File name too long" in ran.stderr
    assert ran.stderr.count("\n") == 1
