"""`allegiance levers`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from running import Run

TABLE = "source,target,weight\nA,B,1\nB,C,-1\nA,C,-2\nC,D,1\nB,D,-1\n"


@pytest.fixture
def edges(tmp_path: Path) -> Path:
    """Return a small edge list."""
    path = tmp_path / "edges.csv"
    path.write_text(TABLE)
    return path


def test_json_of_an_edge_list(edges: Path, run: Run) -> None:
    """JSON on stdout has value, bound, changes with rows, coalitions and the check, in units."""
    found = json.loads(run("levers", edges, "--coalition", "A,B,C", "--json").out)
    assert (found["value"], found["lower_bound"], found["proved"]) == (4, 4, True)
    assert sum(change["cost"] for change in found["changes"]) == 4
    assert all(change["statements"] for change in found["changes"])
    assert found["coalitions"][0][:3] == ["A", "B", "C"]
    assert found["check"]["violated"] == found["check"]["least"]
    assert found["parameters"]["k"] == "any"


def test_words_and_page(edges: Path, tmp_path: Path, run: Run) -> None:
    """For people a table comes on stdout and sentences on stderr; --html writes a page with the picture."""
    page = tmp_path / "page.html"
    ran = run("levers", edges, "--coalition", "A,B,C", "--html", page)
    assert ran.code == 0
    assert "improve by" in ran.out
    assert "proved: nothing cheaper does it" in ran.err
    assert "Check: then that split violates 2" in ran.err
    assert "<svg" in page.read_text()


def test_options_reach_the_answer(edges: Path, tmp_path: Path, run: Run) -> None:
    """Costs, frozen ties, strictness and the number of coalitions change the answer as they should."""
    costs = tmp_path / "costs.csv"
    costs.write_text("a,b,cost\nA,C,0.5\n")
    dear = json.loads(run("levers", edges, "--coalition", "A,C", "--json").out)["value"]
    assert (
        json.loads(run("levers", edges, "--coalition", "A,C", "--cost", costs, "--json").out)["value"] < dear
    )
    strict = json.loads(run("levers", edges, "--coalition", "A,C", "--strict", "--k", "2", "--json").out)
    assert strict["parameters"]["strict"] is True
    frozen = json.loads(run("levers", edges, "--coalition", "A,C", "--freeze", "A,C", "--json").out)
    assert all({one["a"], one["b"]} != {"A", "C"} for one in frozen["changes"])


def test_what_is_wrong_is_said_in_one_sentence(edges: Path, tmp_path: Path, run: Run) -> None:
    """Wrong names, a coalition of one, impossible wishes are wrong calls; a bad row of costs is broken data."""
    assert (ran := run("levers", edges, "--coalition", "A,DD")).code == 2
    assert "Did you mean 'D'" in ran.err
    assert run("levers", edges, "--coalition", "A").code == 2
    ran = run("levers", edges, "--coalition", "A,C", "--freeze", "A,B,C,D")
    assert ran.code == 2
    assert "A - C (-2)" in ran.err
    costs = tmp_path / "costs.csv"
    costs.write_text("a,b,cost\nA,C,0\n")
    ran = run("levers", edges, "--coalition", "A,C", "--cost", costs)
    assert ran.code == 3
    assert "costs.csv, row 2" in ran.err


def test_broken_rows_are_named_and_the_others_count(edges: Path, run: Run) -> None:
    """A row of the network that can't be read is named, exit 3, and the answer is for the others."""
    edges.write_text(TABLE + "A,D,x\n")
    ran = run("levers", edges, "--coalition", "A,B,C", "--json")
    assert ran.code == 3
    assert json.loads(ran.out)["value"] == 4
