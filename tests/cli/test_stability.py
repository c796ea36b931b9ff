"""`allegiance stability`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from running import Run


@pytest.fixture
def edges(tmp_path: Path) -> Path:
    """Return an edge list of two friends, two foes and one between."""
    path = tmp_path / "edges.csv"
    path.write_text("source,target,weight\nA,B,2\nB,C,2\nA,C,2\nC,D,-1\nD,E,3\nA,D,1\n")
    return path


def test_json_has_the_documented_keys_and_the_page_opens(edges: Path, tmp_path: Path, run: Run) -> None:
    """JSON tells gains, groups and pivots in units; --html writes a page with the same."""
    page = tmp_path / "who.html"
    ran = run("stability", edges, "--coalition", "C,D", "--json", "--html", page)
    found = json.loads(ran.out)
    assert ran.code == 0
    assert found["coalition"] == ["C", "D"]
    assert found["without_the_wish"]["value"] <= found["value"]
    assert {"actor", "coalition", "worth", "gain", "to", "welcome_gain", "welcome_to", "ties"} == set(
        found["actors"][0]
    )
    assert found["proved"]
    assert "<svg" in page.read_text("utf-8")


def test_words_for_people(edges: Path, run: Run) -> None:
    """The table names places to go; the summary says what is stable."""
    ran = run("stability", edges)
    assert "Nash stable" in ran.err
    assert "by leaving" in ran.out


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--coalition", "A,Bb"), 2, "Did you mean 'B'"),
        (("--coalition", "A"), 2, "one actor only"),
        (("--coalition", "A,B,C,D,E"), 2, "all 5 actors"),
        (("--exactly",), 2, "--exactly needs a coalition"),
    ],
)
def test_bad_calls_are_refused(
    edges: Path, run: Run, arguments: tuple[str, ...], code: int, words: str
) -> None:
    """A wished coalition that can't be asked about ends with one sentence."""
    ran = run("stability", edges, *arguments)
    assert ran.code == code
    assert words in ran.err
