from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from allegiance.events import guess

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from events.conftest import Read


def test_state_sectors_are_their_state_and_others_themselves(read: Callable[..., Read]) -> None:
    """Ministries and armies count as their country, rebels, parties and international officials under their names."""
    stmts, _, _ = read("icews_traps.tab", "icews")
    pairs = [(stmt.actor, stmt.target) for stmt in stmts]
    assert pairs == [
        ("Veldania", "Keshir"),
        ("Veldania", "Kesh Front"),
        ("Kesh Front", "Keshir"),
        ("Veldania", "Keshir"),
        ("Veldania", "Keshir"),
        ("Secretary (Regional League)", "Russia"),
        ("Party of Work (Veldania)", "Namibia"),
    ]
    assert stmts[0].actor_text == "Foreign Affairs (Veldania)"


def test_na_is_missing_in_icews(read: Callable[..., Read]) -> None:
    """NA for a publisher, a story or a date is no value; NA for an actor skips the row."""
    stmts, bad, _ = read("icews_traps.tab", "icews")
    assert stmts[2].source.chain == ("ICEWS",)
    assert stmts[0].source.chain == ("ICEWS", "Example Press")
    assert stmts[3].date is None
    assert stmts[4].date is None
    assert dict(stmts[4].qualifiers) == {"cameo": "0831"}
    assert any(error.row == 7 and "missing" in error.problem for error in bad)


def test_every_skipped_row_has_its_reason(read: Callable[..., Read]) -> None:
    """Impossible dates, shortened codes, unspecified actors and short rows are skipped, each with its reason."""
    _, bad, tally = read("icews_traps.tab", "icews")
    assert (tally.rows, tally.used) == (14, 7)
    assert {error.row: error.problem for error in bad} == {
        5: "both actors are the same",
        6: "an actor is missing or unspecified",
        7: "an actor is missing or unspecified",
        9: "'2099-01-01' is no day (YYYY-MM-DD or M/D/YYYY) from 1995 to 2023",
        11: "'2018-06-31' is no day (YYYY-MM-DD or M/D/YYYY) from 1995 to 2023",
        12: "'10' is no CAMEO event code (three or four digits; has a leading zero been lost?)",
        15: "it has 2 columns, the header has 20",
    }


@pytest.mark.shared_data
def test_the_real_file_gives_each_row_or_its_reason(shared_data: Path, read: Callable[..., Read]) -> None:
    """The counts of the real file are what they were."""
    path = shared_data / "sources" / "icews" / "events.2018.sample.tab"
    assert guess(path) == "icews"
    stmts, _, tally = read(path, "icews", known=False)
    assert (tally.rows, len(stmts)) == (3705, 3153)
    assert tally.skipped == {"both actors are the same": 461, "an actor is missing or unspecified": 91}
