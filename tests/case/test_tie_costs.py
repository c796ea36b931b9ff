"""Lists of what changing ties costs."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from allegiance.case.tie_costs import read_tie_costs
from allegiance.errors import BadRowError, DataError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

ACTORS = ("Ankara", "Baku", "Cairo")


def test_costs_by_pair(tmp_path: Path) -> None:
    """Costs are exact fractions by pair, in whichever order it is written; other columns don't matter."""
    path = tmp_path / "costs.csv"
    path.write_text("note,source,target,cost\nx,Baku,Ankara,0.1\n,Cairo,Baku,3\n")
    assert read_tie_costs(path, ACTORS) == {("Ankara", "Baku"): Fraction(1, 10), ("Baku", "Cairo"): 3}


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("Ankara,Baku,0", "above 0"),
        ("Ankara,Baku,-2", "above 0"),
        ("Ankara,Baku,cheap", "no cost"),
        ("Ankara,Baku,nan", "no cost"),
        ("Ankara,Baku", "2 fields"),
        ("Ankara,Bakuu,1", "Did you mean 'Baku'"),
        ("Ankara,Ankara,1", "with itself"),
        ("Ankara,Baku,0.00000001", "too fine"),
        ('Ankara,"Baku,1', "quotation mark"),
        ("Cairo,Baku,2", "already"),
    ],
)
def test_a_bad_row_is_named(tmp_path: Path, row: str, problem: str) -> None:
    """A row that can't be used is named with what is wrong; none is left out silently."""
    path = tmp_path / "costs.csv"
    path.write_text(f"a,b,cost\nBaku,Cairo,1\n{row}\n")
    with pytest.raises(BadRowError, match=f"costs.csv, row 3: .*{problem}"):
        read_tie_costs(path, ACTORS)


def test_files_that_are_no_lists(tmp_path: Path) -> None:
    """A missing file is a wrong call, an empty one or one without the columns is broken data."""
    path = tmp_path / "costs.csv"
    with pytest.raises(UsageError, match="no file"):
        read_tie_costs(path, ACTORS)
    path.write_text("")
    with pytest.raises(DataError, match="empty"):
        read_tie_costs(path, ACTORS)
    path.write_text("who,what\n")
    with pytest.raises(DataError, match="a,b,cost"):
        read_tie_costs(path, ACTORS)
