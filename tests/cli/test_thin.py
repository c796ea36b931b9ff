"""What `allegiance coalitions` says of thin evidence, and of how the statements were read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from wired import make_wired

if TYPE_CHECKING:
    from pathlib import Path

    from running import Run


def test_a_name_stands_with_what_speaks_of_it(tmp_path: Path, run: Run) -> None:
    """A wire in seven outlets and an interview are two statements: thin, and said so in the table, in words and in JSON."""
    wired = make_wired(tmp_path / "wired.case")
    ran = run("coalitions", wired)
    assert ran.out.count("2 statements, 2 sources: thin") == 2
    assert "Thin, on fewer than three statements or a single sentence: Maren, Veldania." in ran.err
    assert "2 statements by 2 holders: 2 read by test, whose reading nobody has measured" in ran.err
    found = json.loads(run("coalitions", wired, "--json").out)
    assert found["witnesses"]["Maren"]["thin"]
    assert found["draws"] == 200
    assert found["firmness"]["Maren"] == found["borne"]["Maren"] < 1
    again = json.loads(run("coalitions", wired, "--json").out)
    assert {**again, "seconds": 0} == {**found, "seconds": 0}
    assert "on what: 2 statements, 2 sources: thin" in run("explain", wired, "Maren").out
    each = json.loads(run("coalitions", wired, "--count", "once=statement", "--json").out)
    assert not each["witnesses"]["Maren"]["thin"]


def test_rows_of_data_are_said_to_be_rows(tmp_path: Path, run: Run) -> None:
    """An edge list has rows, no sources, and is drawn only on request, which then counts."""
    path = tmp_path / "edges.csv"
    path.write_text("source,target,weight\nA,B,1\nB,C,1\n")
    assert "one coded row " in run("coalitions", path).out
    found = json.loads(run("coalitions", path, "--json").out)
    assert (found["borne"], found["draws"], found["firmness"]["A"]) == (None, 0, 1)
    drawn = json.loads(run("coalitions", path, "--doubt", "20", "--json").out)
    assert drawn["firmness"]["A"] == drawn["doubt"]["actors"]["A"] < 1
