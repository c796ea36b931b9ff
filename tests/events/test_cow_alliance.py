from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import pytest

from allegiance.errors import DataError
from allegiance.events import guess, load

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from events.conftest import Read


def _nobody(scheme: str, code: str, day: date | None) -> str | None:  # noqa: ARG001 - the signature of the room
    return None


def _told(read: Read) -> list[tuple[str, str, int, str, str]]:
    return [(s.actor, s.target, s.weight, str(s.date), dict(s.qualifiers)["obligations"]) for s in read[0]]


def test_the_same_pair_and_year_is_one_statement(read: Callable[..., Read]) -> None:
    """Both directions and two treaties of one year are put together; the strongest obligation weighs."""
    result = read("alliance_by_directed_yearly.csv", "cow-alliance")
    assert _told(result) == [
        ("United States", "Veldania", 100, "1949-01-01/1949-12-31", "defense, nonaggression"),
        ("United States", "Veldania", 100, "1950-01-01/1950-12-31", "defense"),
        ("Veldania", "Keshir", 50, "1950-01-01/1950-12-31", "entente"),
    ]
    assert all(s.act == "ally" and s.polarity == 1 for s in result[0])


def test_every_skipped_row_has_its_reason(read: Callable[..., Read]) -> None:
    """Rows without obligation, with one state twice or with impossible years and flags are left out, one by one."""
    _, bad, tally = read("alliance_by_directed_yearly.csv", "cow-alliance")
    assert (tally.rows, tally.used) == (12, 5)
    assert {error.row: error.problem for error in bad} == {
        7: "no obligation is set",
        8: "no obligation is set",
        9: "both states are the same actor",
        10: "its dates 2099-01-01 to 2099-12-31 are not in order within 1300 to 2012",
        11: "its dates are not in the calendar",
        12: "an obligation is '2', not 0 or 1",
        13: "its ccode1 is missing",
    }


def test_a_treaty_lasts_from_its_first_to_its_last_possible_day(read: Callable[..., Read]) -> None:
    """Without an end it lasts as long as the data; without a month it may begin on the year's first day."""
    result = read("alliance_by_dyad.csv", "cow-alliance")
    assert _told(result) == [
        ("United States", "Veldania", 100, "1949-04-04/2012-12-31", "defense"),
        ("Veldania", "Keshir", 50, "1950-01-01/1951-12-31", "entente, neutrality"),
    ]
    assert [error.row for error in result[1]] == [5, 6]


def test_members_of_a_treaty_are_allies_while_both_belong_to_it(read: Callable[..., Read]) -> None:
    """Every two members are allies in the time they share; a member alone gives none."""
    result = read("alliance_by_member.csv", "cow-alliance")
    assert [told[:4] for told in _told(result)] == [
        ("United States", "Veldania", 100, "1952-02-18/1966-03-01"),
        ("United States", "Keshir", 100, "1955-05-06/2012-12-31"),
        ("Veldania", "Keshir", 100, "1955-05-06/1966-03-01"),
    ]
    assert [(error.row, error.problem) for error in result[1]] == [
        (5, "no other member of the alliance at the same time")
    ]


def test_parquet_and_csv_tell_the_same(tmp_path: Path, files: Path, read: Callable[..., Read]) -> None:
    """The form of the R package, made from the CSV, gives the same statements."""
    path = tmp_path / "cow_alliance [a*b].parquet"
    with duckdb.connect(":memory:") as connection:
        connection.execute(
            "COPY (SELECT ccode1, ccode2, year, defense::DOUBLE AS cow_defense, neutrality::DOUBLE AS cow_neutral, "
            "nonaggression::DOUBLE AS cow_nonagg, entente::DOUBLE AS cow_entente "
            "FROM read_csv($csv, nullstr=['NA', '']) LIMIT 6) TO $parquet (FORMAT parquet)",
            {"csv": str(files / "alliance_by_directed_yearly.csv"), "parquet": str(path)},
        )
    assert guess(path) == "cow-alliance"
    result = read(path, "cow-alliance")
    assert [told[2:] for told in _told(result)] == [
        told[2:] for told in _told(read("alliance_by_directed_yearly.csv", "cow-alliance"))
    ]
    assert [(s.actor, s.target) for s in result[0]][-1] == ("COW 901", "COW 902")
    assert [error.row for error in result[1]] == [6]


def test_a_damaged_parquet_file_is_refused_in_one_sentence(tmp_path: Path) -> None:
    """What begins like Parquet and isn't is said to be damaged, and which file."""
    path = tmp_path / "x.parquet"
    path.write_bytes(b"PAR1" + b"\0" * 100)
    with pytest.raises(DataError, match=r"x\.parquet is no sound Parquet file"):
        list(load(path, "cow-alliance", _nobody))


def test_another_table_is_refused(tmp_path: Path) -> None:
    """A table without the columns of alliances is refused with those that are expected."""
    path = tmp_path / "x.csv"
    path.write_text("ccode1,ccode2,year,defense\n2,20,1950,1\n", "utf-8")
    with pytest.raises(DataError, match=r"x\.csv is no table of COW alliances 4\.1: expected are"):
        list(load(path, "cow-alliance", _nobody))


@pytest.mark.shared_data
def test_the_real_alliances_give_each_row_or_its_reason(shared_data: Path, read: Callable[..., Read]) -> None:
    """The counts of the real file are what they were: two rows, one for each direction, are one statement."""
    path = shared_data / "sources" / "peacesciencer" / "cow_alliance.parquet"
    assert guess(path) == "cow-alliance"
    stmts, _, tally = read(path, "cow-alliance", known=False)
    assert (tally.rows, tally.used, len(stmts)) == (120_784, 120_774, 60_387)
    assert tally.skipped == {"no obligation is set": 10}
