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


def test_states_on_opposite_sides_fight(read: Callable[..., Read]) -> None:
    """One statement a direction; joint sides, years outside the data and missing numbers are skipped."""
    stmts, bad, tally = read("war_inter.csv", "cow-wars")
    assert _told(stmts) == [
        ("Veldania", "assault", "Keshir", -100, "1823-01-01/1823-12-31"),
        ("Keshir", "assault", "Veldania", -100, "1823-01-01/1823-12-31"),
    ]
    assert (tally.rows, tally.used) == (5, 2)
    assert [error.row for error in bad] == [4, 5, 6]


def test_who_joins_a_war_within_a_state_fights_one_side_and_supports_the_other(
    read: Callable[..., Read],
) -> None:
    """Rebels are told apart by their enemy; states in rows of their own join the main parties; nothing is told twice."""
    stmts, bad, tally = read("war_intra.csv", "cow-wars")
    rebels, year = "Liberals, Radicals (Veldania)", "1818-01-01/1818-12-31"
    assert _told(stmts) == [
        ("Veldania", "assault", rebels, -100, year),
        ("Keshir", "assault", rebels, -100, year),
        ("Keshir", "support", "Veldania", 80, year),
        ("Korvath", "assault", "Veldania", -100, year),
        ("Korvath", "support", rebels, 80, year),
        ("Veldania", "assault", "Keshir", -100, "1819-01-01/1819-12-31"),
    ]
    assert (tally.rows, tally.used) == (7, 4)
    assert sorted(error.row for error in bad) == [6, 7, 8]
    assert stmts[0].qualifiers == (("war", "First Keshir"),)


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("name", "counts"),
    [("cow_war_inter.csv", (1_932, 1_932, 1_932)), ("cow_war_intra.csv", (1_361, 1_359, 1_668))],
)
def test_the_real_files_give_each_row_or_its_reason(
    shared_data: Path, read: Callable[..., Read], name: str, counts: tuple[int, int, int]
) -> None:
    """The counts are what they were."""
    path = shared_data / "sources" / "peacesciencer" / name
    assert guess(path) == "cow-wars"
    stmts, _, tally = read(path, "cow-wars", known=False)
    assert (tally.rows, tally.used) == counts[:2]
    assert len(stmts) == counts[2]
