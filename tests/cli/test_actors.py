"""`allegiance actors`: listed by default, judged by its other words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from running import Run


@pytest.fixture
def case(tmp_path: Path, run: Run) -> Path:
    """Return a case in which one group goes under two names."""
    (tmp_path / "e.csv").write_text("source,target,weight\nFrance,Kesh Front,-1\nKF,Poland,-4\n")
    assert run("add", tmp_path / "a.case", tmp_path / "e.csv").code == 0
    return tmp_path / "a.case"


def test_actors_are_judged_and_the_judgement_taken_back(case: Path, run: Run) -> None:
    """Merge, alias, split and undo say what they did; the list follows, with and without its own word."""
    merged = run("actors", "merge", case, "Kesh Front", "KF", "--as", "Kesh", "--by", "Ana")
    assert merged.code == 0
    assert "merge of Kesh Front and KF as Kesh" in merged.err
    told = [json.loads(line)["name"] for line in run("actors", "list", case, "--json").out.splitlines()]
    assert sorted(told) == ["France", "Kesh", "Poland"]
    assert run("actors", "alias", case, "Kesh", "the Front").code == 0
    assert run("actors", "split", case, "Kesh", "KF").code == 0
    assert "KF" in run("actors", case, "--csv").out
    assert run("undo", case).code == 0
    assert "KF" not in run("actors", "--csv", case).out
    assert "Ana" in run("history", case).out


def test_wrong_names_are_told_apart(case: Path, run: Run) -> None:
    """A name that isn't there gets the nearest one, and the exit code of a wrong call."""
    wrong = run("actors", "merge", case, "Kesh Frnt", "KF")
    assert wrong.code == 2
    assert "Did you mean 'Kesh Front'" in wrong.err
    assert run("actors", "split", case, "France").code == 2
    assert run("actors", "--help").code == 0
