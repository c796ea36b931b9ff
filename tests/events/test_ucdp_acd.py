from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from allegiance.events import guess

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from events.conftest import Read


def test_primary_parties_fight_and_secondary_parties_support(read: Callable[..., Read]) -> None:
    """Each pair of primary parties fights, each secondary party supports its side, each thing is told once a year."""
    stmts, _, _ = read("ucdp_acd.csv", "ucdp-acd")
    veldania, keshir, orm = "Government of Veldania", "Government of Keshir", "Government of Orm"
    assert [
        (s.actor, s.act, s.target, s.polarity * s.weight, s.date.first.year) for s in stmts if s.date
    ] == [
        (veldania, "assault", "Kesh Front", -90, 2001),
        (veldania, "assault", "Kesh Front", -100, 2002),
        (orm, "support", veldania, 80, 2002),
        (veldania, "assault", keshir, -100, 2003),
        (orm, "assault", keshir, -100, 2003),
        ("Government of Sarn", "support", keshir, 80, 2003),
        ("Government of Tul", "support", keshir, 80, 2003),
    ]


def test_every_skipped_row_has_its_reason(read: Callable[..., Read]) -> None:
    """One party alone, years outside the data, unknown intensities and broken codes are skipped one by one."""
    _, bad, tally = read("ucdp_acd.csv", "ucdp-acd")
    assert (tally.rows, tally.used) == (9, 4)
    assert [(error.row, error.problem.split()[0]) for error in bad] == [
        (6, "it"),
        (7, "it"),
        (8, "it"),
        (9, "'year"),
        (10, "'x'"),
    ]


@pytest.mark.shared_data
def test_the_real_file_gives_each_row_or_its_reason(shared_data: Path, read: Callable[..., Read]) -> None:
    """The counts of the real file are what they were; without names, conflicts with rebels name one party."""
    path = shared_data / "sources" / "peacesciencer" / "ucdp_acd.csv"
    assert guess(path) == "ucdp-acd"
    stmts, bad, tally = read(path, "ucdp-acd", known=False)
    assert (tally.rows, tally.used, len(bad)) == (5652, 3414, 2238)
    assert Counter(s.act for s in stmts) == {"support": 3226, "assault": 161}
