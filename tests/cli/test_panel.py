from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import pytest

from allegiance.case import Case

if TYPE_CHECKING:
    from pathlib import Path

    from running import Run

EDGES = "source,target,weight,year\nFrance,Germany,-2,1939\nFrance,Poland,3,1939\nFrance,Kesh Front,-1,1939\n"


@pytest.fixture
def case(tmp_path: Path, run: Run) -> Path:
    """Return a case with three ties of 1939, one of them to somebody unknown."""
    (tmp_path / "edges.csv").write_text(EDGES)
    assert run("add", tmp_path / "a.case", tmp_path / "edges.csv").code == 0
    return tmp_path / "a.case"


def test_actors_are_listed_and_those_not_known_apart(case: Path, run: Run) -> None:
    """By weight, as JSON, CSV and table; the summary says what share is not resolved."""
    told = [json.loads(line) for line in run("actors", case, "--json").out.splitlines()]
    assert [(actor["name"], actor["weight"], actor["known"]) for actor in told] == [
        ("France", 6, True),
        ("Poland", 3, True),
        ("Germany", 2, True),
        ("Kesh Front", 1, False),
    ]
    unknown = run("actors", case, "--unresolved", "--csv").out.splitlines()
    assert unknown[1:] == ["Kesh Front,,False,1,1,0,1"]
    table = run("actors", case)
    assert "1 are not known by name, with 8% of the weight" in table.err
    assert "Kesh Front" in table.out


def test_a_panel_is_written_with_its_code_book(case: Path, tmp_path: Path, run: Run) -> None:
    """States carry their codes of that year; the page beside says how to cite what was read."""
    target = tmp_path / "panel.csv"
    ran = run("panel", case, "-o", target, "--all-dyads")
    assert ran.code == 0
    assert ran.out == ""
    with target.open(encoding="utf-8") as file:
        rows = {(row["name1"], row["name2"]): row for row in csv.DictReader(file)}
    assert len(rows) == 6
    assert (rows["France", "Germany"]["ccode1"], rows["France", "Germany"]["ccode2"]) == ("220", "255")
    assert rows["France", "Poland"]["net"] == "3.0"
    assert "Cite" in (tmp_path / "panel.codebook.md").read_text("utf-8")
    assert run("panel", case, "-o", tmp_path / "panel.xlsx").code == 2
    assert run("panel", case, "-o", tmp_path / "none" / "panel.csv").code == 2
    assert run("panel", case, "-o", tmp_path / "p.csv", "--count", "once=event").code == 0


def test_options_of_formats_are_given_with_set(case: Path, tmp_path: Path, run: Run) -> None:
    """A wrong one is a wrong call; a folder's other files are named and left out."""
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "b.csv").write_text(EDGES.replace("1939", "1940"))
    (folder / "notes.txt").write_text("Hello.\n")
    ran = run("add", case, folder)
    assert ran.code == 0
    assert "notes.txt: left out" in ran.err
    assert run("add", case, folder, "--set", "measure").code == 2
    assert run("add", case, folder / "b.csv", "--set", "measure=s").code == 2


def test_a_case_is_a_frame(case: Path) -> None:
    """One row a statement, weights in units, days as days; without pandas the sentence says what to install."""
    pandas = pytest.importorskip("pandas")
    with Case(case) as opened:
        table = opened.to_frame()
    assert list(table["signed_weight"]) == [-2, 3, -1]
    assert table["date"].max() == pandas.Timestamp("1939-01-01")
