from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from allegiance.events import guess

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from events.conftest import Read


def test_each_sender_sanctions_each_target(read: Callable[..., Read]) -> None:
    """Lists of states are taken apart, but not "Yemen, North" and "Gambia, The"; nobody sanctions twice in a row."""
    stmts, _, _ = read("gsdb.csv", "gsdb")
    assert [(s.actor, s.act, s.target, s.polarity * s.weight, str(s.date)) for s in stmts] == [
        ("EU", "sanction", "Veldania", -60, "2001-01-01/2003-12-31"),
        ("North Yemen", "sanction", "Veldania", -60, "2001-01-01/2003-12-31"),
        ("Keshir", "sanction", "Veldania", -60, "2001-01-01/2003-12-31"),
        ("Keshir", "sanction", "The Gambia", -60, "2001-01-01/2001-12-31"),
    ]
    assert stmts[0].qualifiers == (("kinds", "trade, financial"),)


def test_every_skipped_row_has_its_reason(read: Callable[..., Read]) -> None:
    """Rows without two parties and years out of order or outside the data are skipped."""
    _, bad, tally = read("gsdb.csv", "gsdb")
    assert (tally.rows, tally.used) == (7, 2)
    assert [error.row for error in bad] == [4, 5, 6, 7, 8]
    assert bad[0].problem == "it names no sender, no target, or only one actor"
    assert bad[2].problem == "its years '2005' to '2001' are not in order within 1949 to 2023"


@pytest.mark.shared_data
def test_the_real_file_gives_each_row_or_its_reason(shared_data: Path, read: Callable[..., Read]) -> None:
    """The counts of the real file are what they were; in one case the only sender and target are the same."""
    path = shared_data / "sources" / "sanctions" / "GSDB_V3.csv"
    assert guess(path) == "gsdb"
    stmts, bad, tally = read(path, "gsdb", known=False)
    assert (tally.rows, tally.used, len(stmts)) == (588, 587, 940)
    assert [error.row for error in bad] == [200]
