from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from allegiance.events import guess

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from events.conftest import Read


def test_members_at_the_same_time_are_allies(read: Callable[..., Read]) -> None:
    """A year of 0 for the exit is no exit; obligations of both members are put together, the strongest weighs."""
    stmts, bad, tally = read("atop_member.csv", "atop")
    assert [(s.actor, s.act, s.target, s.weight, str(s.date)) for s in stmts] == [
        ("United States", "ally", "United Kingdom", 100, "1815-01-03/1815-02-08")
    ]
    assert dict(stmts[0].qualifiers) == {"obligations": "defense, offense, consultation"}
    assert {error.row: error.problem for error in bad} == {
        4: "no obligation is set",
        5: "no other member of the alliance at the same time",
    }
    assert (tally.rows, tally.used) == (4, 2)


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("name", "rows", "used", "statements"),
    [
        ("atop/atop-member-level.csv", 2398, 2376, 16_016),
        ("peacesciencer/atop_alliance.parquet", 273_296, 273_126, 136_625),
    ],
)
def test_real_files_give_each_row_or_its_reason(
    shared_data: Path, read: Callable[..., Read], name: str, rows: int, used: int, statements: int
) -> None:
    """The counts of the real files are what they were."""
    path = shared_data / "sources" / name
    assert guess(path) == "atop"
    stmts, _, tally = read(path, "atop", known=False)
    assert (tally.rows, tally.used, len(stmts)) == (rows, used, statements)
