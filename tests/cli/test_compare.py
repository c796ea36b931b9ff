"""`allegiance compare`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from running import Run


@pytest.fixture
def edges(tmp_path: Path) -> Path:
    """Return an edge list with two periods."""
    path = tmp_path / "edges.csv"
    path.write_text(
        "source,target,weight,year\nA,B,1,1990\nB,C,1,1990\nA,C,-1,1990\nA,B,-2,1991\nB,C,1,1991\nA,D,1,1991\n"
    )
    return path


def test_two_periods_in_json_and_words(edges: Path, tmp_path: Path, run: Run) -> None:
    """Ties that differ come with both weights and their rows; events of two times are not matched."""
    page = tmp_path / "two.html"
    found = json.loads(run("compare", edges, "--periods", "1990", "1991", "--json", "--html", page).out)
    tie = found["ties"][0]
    assert (tie["a"], tie["b"], tie["first"], tie["second"], tie["difference"]) == ("A", "B", 1, -2, -3)
    assert tie["kind"] == "opposite sign"
    assert tie["first_statements"] == ["row 2"]
    assert found["by_event"] is None
    assert sum(found["by_pair"].values()) == found["difference"]
    assert found["only_second_actors"] == ["D"]
    assert "<svg" in page.read_text("utf-8")
    ran = run("compare", edges, "--periods", "1990", "1991")
    assert "differ by" in ran.err


def test_two_files(edges: Path, tmp_path: Path, run: Run) -> None:
    """Two edge lists are called by their names."""
    other = tmp_path / "other.csv"
    other.write_text("source,target,weight\nA,B,1\nB,C,2\n")
    found = json.loads(run("compare", edges, other, "--json").out)
    assert (found["first"], found["second"]) == ("edges", "other")


def test_two_sources_of_a_case(tmp_path: Path, run: Run) -> None:
    """Two outlets of a case are compared by events, too; a wrong name is answered with the nearest."""
    case = tmp_path / "c.case"
    for outlet, verb in (("The Daily", "attacked"), ("The Wire", "supported")):
        text = tmp_path / f"{outlet}.txt"
        text.write_text(
            f"On 3 May 2031 France {verb} Germany. France supported Italy. Italy supported Germany.\n"
        )
        assert run("read", case, text, "--outlet", outlet, "--date", "2031-05-04").code == 0
    found = json.loads(run("compare", case, "--sources", "The Daily", "The Wire", "--json").out)
    assert sum(found["by_event"].values()) == pytest.approx(found["difference"])
    assert found["difference"] > 0
    ran = run("compare", case, "--sources", "The Daily", "The Wirre")
    assert ran.code == 2
    assert "Did you mean 'The Wire'" in ran.err


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ((), "Say what to compare with"),
        (("--periods", "1990", "1990"), "Both periods are '1990'"),
        (("--periods", "1990", "1995"), "no period called '1995'"),
        (("--periods", "1990", "1991", "--since", "1990"), "exclude each other"),
        (("--sources", "A", "A"), "Both sources are 'A'"),
    ],
)
def test_bad_calls_are_refused(edges: Path, run: Run, more: tuple[str, ...], words: str) -> None:
    """The same thing twice, nothing to compare with, or a time that isn't there end with one sentence."""
    ran = run("compare", edges, *more)
    assert ran.code == 2
    assert words in ran.err


def test_the_same_file_twice_is_refused(edges: Path, run: Run) -> None:
    """A file doesn't differ from itself; the sentence says what to ask instead."""
    ran = run("compare", edges, edges)
    assert ran.code == 2
    assert "--periods" in ran.err
