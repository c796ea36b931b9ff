"""What strangers wrote can neither steer a terminal nor hide, and no encoding of the output is a failure."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from allegiance.cli.display import shown

if TYPE_CHECKING:
    from pathlib import Path

    from running import Run

HIDDEN = "\x1b\x07\x9b\x85\u200b\u200d\u202e\u2066\ufeff\u2028\x7f"


def test_what_can_not_be_seen_is_written_out() -> None:
    """Control, bidirectional and zero-width characters become escapes; words of all scripts, breaks and tabs stay."""
    assert shown("a\x1b[31mb") == "a\\x1b[31mb"
    assert shown("\u202eab\U000e0001") == "\\u202eab\\U000e0001"
    assert shown("Évora\t北京\nدمشق") == "Évora\t北京\nدمشق"
    assert not set(shown(HIDDEN)) & set(HIDDEN)


def test_names_reach_the_terminal_escaped_and_data_as_they_are(run: Run, tmp_path: Path) -> None:
    """Tables and messages hold no character that steers or hides; JSON and CSV keep each."""
    names = [f"N{number}{char}x" for number, char in enumerate(HIDDEN)]
    edges = tmp_path / "e.csv"
    rows = "".join(f'"{name}",B,1\n' for name in names)
    edges.write_text(f"source,target,weight\n{rows}", "utf-8")
    for command in (("network", edges), ("coalitions", edges), ("explain", edges, "N")):
        ran = run(*command)
        assert not set(ran.out + ran.err) & set(HIDDEN)
    told = [json.loads(line) for line in run("network", edges, "--json").out.split("\n") if line]
    assert "\u202e" in json.dumps(told, ensure_ascii=False)
    assert "\u202e" in run("network", edges, "--csv").out


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "gbk", "cp950"])
def test_any_encoding_of_the_output_will_do(encoding: str, tmp_path: Path) -> None:
    """Plain names and others are shown with whatever the output can hold; JSON loses nothing."""
    edges = tmp_path / "e.csv"
    edges.write_text("source,target,weight\nÉvora,北京,1\nB,دمشق,-2\nB,C,1\nC,A,-1\n", "utf-8")
    program = "import sys\nfrom allegiance.cli import main\nfor a in {!r}:\n  try: main([*a])\n  except SystemExit as e: assert not e.code, a"
    asked = [("network", str(edges), *more) for more in ((), ("--csv",), ("--json",))]
    asked += [("coalitions", str(edges), "--k", "2"), ("balance", str(edges))]
    ran = subprocess.run(
        [sys.executable, "-c", program.format(asked)],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": encoding},
    )
    assert ran.returncode == 0, ran.stderr
    out = ran.stdout.decode(encoding)
    assert json.dumps("北京") in out
    assert "against" in out
