"""`allegiance coalitions --reasons --all --doubt`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from allegiance.case import Case

if TYPE_CHECKING:
    from pathlib import Path

    from running import Run

WAVERER = "source,target,weight\nA,B,5\nC,D,5\nA,C,-5\nP,A,1\nP,C,1\n"


@pytest.fixture
def edges(tmp_path: Path) -> Path:
    """Return an edge list in which P is drawn to two camps alike."""
    path = tmp_path / "edges.csv"
    path.write_text(WAVERER)
    return path


def test_reasons_give_cycle_words_and_rows(edges: Path, run: Run) -> None:
    """--reasons adds for each violated tie its contradiction with the rows of the file, and what places cost."""
    found = json.loads(run("coalitions", edges, "--k", "2", "--reasons", "--json").out)
    (reason,) = found["reasons"]
    assert set(reason) == {"tie", "weight", "cycle", "words", "statements"}
    assert set(reason["cycle"]) == {"A", "C", "P"}
    assert set(reason["statements"]) == {"row 4", "row 5", "row 6"}
    assert found["reasons_complete"] is True
    assert found["places"]["P"] == {"cost": 1, "other": "C2", "other_cost": 1}


def test_all_splits_and_their_core(edges: Path, run: Run) -> None:
    """--all lists the splits that are as good, --tolerance further ones, --limit cuts and says so."""
    found = json.loads(run("coalitions", edges, "--k", "2", "--all", "--json").out)
    assert [split["value"] for split in found["splits"]] == [1, 1]
    assert found["splits_complete"] is True
    assert found["core"] == [["A", "B"], ["C", "D"]]
    wider = json.loads(run("coalitions", edges, "--k", "2", "--tolerance", "5", "--json").out)
    assert len(wider["splits"]) > 2
    cut = run("coalitions", edges, "--k", "2", "--all", "--limit", "1")
    assert "there may be more" in cut.err


def test_doubt_of_rows(edges: Path, run: Run) -> None:
    """--doubt draws the rows of an edge list; by source it is refused, because rows have none."""
    ran = run("coalitions", edges, "--doubt", "5", "--json")
    assert ran.code == 0
    found = json.loads(ran.out)["doubt"]
    assert (found["resamples"], found["by"], found["origins"]) == (5, "document", 5)
    assert {one["actor"] for one in found["unaffiliated"]} >= {"B", "D"}
    again = json.loads(run("coalitions", edges, "--doubt", "5", "--json").out)["doubt"]
    assert again == found
    assert run("coalitions", edges, "--doubt", "5", "--by", "source").code == 2


def test_doubt_by_source_in_a_case(tmp_path: Path, run: Run) -> None:
    """In a case the outlets can be drawn, and the table tells how often each actor stays."""
    pairs = (("A", "B"), ("B", "C"), ("A", "C"))
    path = tmp_path / "a.case"
    with Case(path, create=True) as case:
        for weight, outlet in enumerate(("Daily", "Wire"), start=1):
            table = tmp_path / f"{outlet}.csv"
            rows = "".join(f"{a},{b},{weight}\n" for a, b in pairs)
            table.write_text(f"source,target,weight\n{rows}")
            case.add(table)
    ran = run("coalitions", path, "--doubt", "10", "--by", "source")
    assert ran.code == 0
    assert "from 2 sources" in ran.err
    assert "100%" in ran.out


def test_people_get_words(edges: Path, run: Run) -> None:
    """Without --json the reasons and tables go to stdout and the summary to stderr."""
    ran = run("coalitions", edges, "--k", "2", "--reasons", "--all", "--doubt", "3")
    assert "yet" in ran.out
    assert "Together in all of them: A, B; C, D." in ran.err
    assert "Drawn 3 times" in ran.err


def test_explain_tells_why(tmp_path: Path, run: Run) -> None:
    """`explain` of an actor tells what its place costs and what contradicts its violated ties."""
    table = tmp_path / "table.csv"
    table.write_text("source,target,weight\nA,B,5\nB,C,5\nA,C,-1\n")
    with Case(tmp_path / "a.case", create=True) as case:
        case.add(table)
    ran = run("explain", tmp_path / "a.case", "A")
    assert "violated there: 1" in ran.out
    assert "A sides with B, B with C, yet A is against C" in ran.out
    found = json.loads(run("explain", tmp_path / "a.case", "C1", "--json").out)
    assert found["reasons"][0]["cycle"] == ["A", "B", "C"]
