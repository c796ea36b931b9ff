"""National capabilities from a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from allegiance.errors import DataError, UsageError
from allegiance.events.capabilities import read_capabilities

if TYPE_CHECKING:
    from pathlib import Path


def test_the_latest_year_or_the_one_asked_for(tmp_path: Path) -> None:
    """Each state has its latest known year, or that of the year asked for; -9 is the data set's mark for unknown."""
    path = tmp_path / "nmc.csv"
    path.write_text(
        "statenme,stateabb,ccode,year,cinc\nX,XXX,002,2014,.2\nX,XXX,002,2015,.3\nX,XXX,002,2016,-9\n"
    )
    latest = read_capabilities(path)
    assert latest.by_number["2"] == latest.by_letters["XXX"]
    assert (latest.by_number["2"].cinc, latest.by_number["2"].year, latest.by_number["2"].row) == (
        0.3,
        2015,
        3,
    )
    assert read_capabilities(path, 2014).by_number["2"].cinc == 0.2
    with pytest.raises(DataError, match="of the year 2016"):
        read_capabilities(path, 2016)


def test_broken_rows_are_named_and_the_others_count(tmp_path: Path) -> None:
    """A row that is no number, or below 0, is kept aside with its line."""
    path = tmp_path / "nmc.csv"
    path.write_text("ccode,year,cinc\n2,2014,.2\n20,2014,x\n30,2014,-.5\n40,2014,nan\n")
    found = read_capabilities(path)
    assert list(found.by_number) == ["2"]
    assert [problem.row for problem in found.problems] == [3, 4, 5]


def test_a_table_that_names_no_state(tmp_path: Path) -> None:
    """Without codes or a file there is nothing to read."""
    with pytest.raises(UsageError):
        read_capabilities(tmp_path / "none.csv")
    path = tmp_path / "nmc.csv"
    path.write_text("state,year,cinc\nX,2014,.2\n")
    with pytest.raises(DataError, match="ccode nor stateabb"):
        read_capabilities(path)
    path.write_text("ccode,year\n2,2014\n")
    with pytest.raises(DataError, match="cinc"):
        read_capabilities(path)
