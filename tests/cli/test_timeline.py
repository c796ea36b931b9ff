"""`allegiance timeline`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from running import Run

ROWS = """source,target,weight,year
A,B,1,1950
B,C,1,1950
A,X,-1,1950
X,Y,1,1950
A,B,1,1951
B,C,-2,1951
C,X,2,1951
A,X,-1,1951
X,Y,1,1951
"""


@pytest.fixture
def edges(tmp_path: Path) -> Path:
    """Return an edge list in which C changes from A and B to X and Y."""
    path = tmp_path / "edges.csv"
    path.write_text(ROWS)
    return path


def test_the_move_and_its_rows(edges: Path, run: Run) -> None:
    """JSON tells who moved when, with the rows behind the ties that moved it."""
    ran = run("timeline", edges, "--json")
    assert (ran.code, ran.err) == (0, "")
    found = json.loads(ran.out)
    (move,) = found["moves"]
    assert (move["actor"], move["before"], move["after"]) == ("C", "1950", "1951")
    assert {tie["other"]: tie["statements"] for tie in move["ties"]} == {
        "B": ["row 3", "row 7"],
        "X": ["row 8"],
    }
    assert (found["value"], found["proved"], found["overlapping"]) == (1, True, False)


def test_the_picture_is_written_and_said(edges: Path, run: Run, tmp_path: Path) -> None:
    """-o writes one SVG; the table goes to stdout and the words to stderr."""
    target = tmp_path / "river.svg"
    ran = run("timeline", edges, "-o", target, "--title", "Invented", "--k", "2")
    assert ran.code == 0
    assert target.read_text().startswith("<svg")
    assert "Invented" in target.read_text()
    assert "proved" in ran.err
    assert "1951" in ran.out


def test_bad_calls_are_answered_with_one_sentence(edges: Path, run: Run, tmp_path: Path) -> None:
    """A wrong width, a folder that isn't there and a list without dates are each told in one sentence."""
    assert run("timeline", edges, "--slice", "week").code == 2
    assert run("timeline", edges, "-o", tmp_path / "no" / "river.svg").code == 2
    undated = tmp_path / "undated.csv"
    undated.write_text("source,target,weight\nA,B,1\n")
    ran = run("timeline", undated)
    assert ran.code == 3
    assert "date" in ran.err


def test_a_broken_row_is_named_and_the_others_count(edges: Path, run: Run) -> None:
    """A row that can't be read is named; the answer is given all the same, with exit code 3."""
    edges.write_text(ROWS + "A,B,often,1951\n")
    ran = run("timeline", edges, "--json")
    assert ran.code == 3
    assert "row 11" in ran.err
    assert json.loads(ran.out)["moves"]
