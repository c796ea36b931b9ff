from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from allegiance.events import guess

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from allegiance.model import Statement
    from events.conftest import Read


def _told(stmts: list[Statement]) -> list[tuple[str, str, str, int, str]]:
    return [(s.actor, s.act, s.target, s.polarity * s.weight, str(s.date)) for s in stmts]


def test_each_row_is_what_one_state_did_to_the_other(read: Callable[..., Read]) -> None:
    """Hostility of the first state gives the act; where neither did more than quarrel, the one that began it disputes."""
    stmts, bad, tally = read("dispute_years.csv", "dispute-years")
    assert _told(stmts) == [
        ("Veldania", "mobilize", "Keshir", -55, "1902-01-01/1902-12-31"),
        ("Veldania", "dispute", "Keshir", -20, "1910-01-01/1910-12-31"),
    ]
    assert (tally.rows, tally.used) == (10, 2)
    assert [error.row for error in bad] == [3, 5, 6, 7, 8, 9, 10, 11]
    assert bad[3].problem == "its year 1700 is not within 1816 to 2014"
    assert bad[5].problem == "its ccode1 'two' is no whole number"


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("name", "rows", "used", "source"),
    [
        ("cow_mid_dirdisps.csv", 11_390, 9_507, "COW MID (dyad-years)"),
        ("gml_dirdisp.parquet", 10_276, 8_694, "GML MID (dyad-years)"),
    ],
)
def test_the_real_files_give_each_row_or_its_reason(
    shared_data: Path, read: Callable[..., Read], name: str, rows: int, used: int, source: str
) -> None:
    """The counts are what they were, and all rows that are skipped are directions without action."""
    path = shared_data / "sources" / "peacesciencer" / name
    assert guess(path) == "dispute-years"
    stmts, bad, tally = read(path, "dispute-years", known=False)
    assert (tally.rows, tally.used, len(stmts)) == (rows, used, used)
    assert {error.problem for error in bad} == {"this state took no militarized action against the other"}
    assert {stmt.source.outlet for stmt in stmts} == {source}
