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


def test_a_rivalry_is_one_dispute_from_its_first_to_its_last_year(read: Callable[..., Read]) -> None:
    """Both lists load; without an end it goes on until 2020; years out of order and missing numbers are broken rows."""
    stmts, bad, tally = read("rivalries_td.csv", "rivalries")
    assert _told(stmts) == [
        ("Veldania", "dispute", "Keshir", -40, "1494-01-01/1918-12-31"),
        ("Veldania", "dispute", "Keshir", -40, "1950-01-01/2020-12-31"),
    ]
    assert [dict(stmt.qualifiers)["kinds"] for stmt in stmts] == ["spatial, positional", "spatial"]
    assert (tally.rows, tally.used) == (5, 2)
    assert [error.row for error in bad] == [4, 5, 6]
    later, _, _ = read("rivalries_tss.csv", "rivalries")
    assert [(s.target, str(s.source), s.qualifiers) for s in later] == [
        ("Keshir", "Thompson-Sakuwa-Suhas rivalries", (("kinds", "positional, spatial"),)),
        ("COW 999", "Thompson-Sakuwa-Suhas rivalries", (("kinds", "interventionary"),)),
    ]


@pytest.mark.shared_data
@pytest.mark.parametrize(("name", "rows"), [("td_rivalries.csv", 197), ("tss_rivalries.csv", 264)])
def test_the_real_files_give_a_statement_a_row(
    shared_data: Path, read: Callable[..., Read], name: str, rows: int
) -> None:
    """Nothing of them is skipped."""
    path = shared_data / "sources" / "peacesciencer" / name
    assert guess(path) == "rivalries"
    stmts, _, tally = read(path, "rivalries", known=False)
    assert (tally.rows, tally.used, len(stmts)) == (rows, rows, rows)
