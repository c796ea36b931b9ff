"""`allegiance balance`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from running import Run


def test_measures_in_json_and_words(tmp_path: Path, run: Run) -> None:
    """JSON has the documented keys; for people the least balanced actors come first, with what is proved."""
    path = tmp_path / "edges.csv"
    path.write_text("source,target,weight\nA,B,1\nB,C,1\nA,C,-1\nC,D,1\n")
    found = json.loads(run("balance", path, "--json").out)
    assert found["triads"] == {"+++": 0, "++-": 1, "+--": 0, "---": 0}
    assert found["frustration"]["balance"] == found["frustration"]["balance_at_most"] == 0.5
    assert found["weighted_frustration"] is None
    assert found["by_actor"]["D"]["triangle_balance"] is None
    ran = run("balance", path)
    assert "at least 1 of 4 ties" in ran.out
    assert "1 is balance" in ran.err


def test_a_broken_row_is_named_and_the_others_count(tmp_path: Path, run: Run) -> None:
    """A row that can't be read is named, exit 3, and the others are measured."""
    path = tmp_path / "edges.csv"
    path.write_text("source,target,weight\nA,B,1\nB,C,x\n")
    ran = run("balance", path, "--json")
    assert ran.code == 3
    assert json.loads(ran.out)["ties"] == 1
