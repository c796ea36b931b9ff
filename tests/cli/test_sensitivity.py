"""`allegiance sensitivity`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from running import Run


def test_json_page_and_words(tmp_path: Path, run: Run) -> None:
    """JSON tells the certified range of each tie in units, the least slack first; the page draws it; words say what flips."""
    path, page = tmp_path / "edges.csv", tmp_path / "ranges.html"
    path.write_text("source,target,weight\nA,B,5\nA,C,4\nB,C,-1\n")
    found = json.loads(run("sensitivity", path, "--json", "--html", page).out)
    assert found["proved"]
    assert found["settled"] == len(found["ties"]) == 3
    tie = next(tie for tie in found["ties"] if {tie["a"], tie["b"]} == {"A", "C"})
    assert (tie["weight"], tie["lo"], tie["hi"], tie["slack"], tie["flips_at"]) == (4, 1, None, 3, 1)
    assert "<svg" in page.read_text("utf-8")
    ran = run("sensitivity", path)
    assert "falls below 1" in ran.out
    assert "3 ranges all are exact" in ran.err


def test_an_empty_list_is_refused(tmp_path: Path, run: Run) -> None:
    """A list whose ties cancel out ends with one sentence, exit 3."""
    path = tmp_path / "edges.csv"
    path.write_text("source,target,weight\nA,B,1\nA,B,-1\n")
    ran = run("sensitivity", path)
    assert ran.code == 3
    assert "no tie" in ran.err


def test_an_endless_limit_is_refused(tmp_path: Path, run: Run) -> None:
    """No limit is no option: JSON couldn't tell of `inf`."""
    path = tmp_path / "edges.csv"
    path.write_text("source,target,weight\nA,B,1\n")
    ran = run("sensitivity", path, "--time-limit", "inf", "--json")
    assert (ran.code, ran.out) == (2, "")
    assert "leave the option out" in ran.err
