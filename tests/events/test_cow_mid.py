from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from allegiance.errors import DataError
from allegiance.events import guess
from allegiance.model import RowEvidence

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from events.conftest import Read


def test_opposite_sides_are_hostile_by_each_states_own_hostility(read: Callable[..., Read]) -> None:
    """A state that went to war assaults, one that showed force mobilizes, one that did nothing does nothing."""
    stmts, _, _ = read("MIDB_small.csv", "cow-mid")
    told = [(s.actor, s.act, s.target, s.polarity * s.weight) for s in stmts]
    assert told == [
        ("United States", "mobilize", "United Kingdom", -55),
        ("AAA", "assault", "BBB", -100),
        ("BBB", "assault", "AAA", -100),
        ("AAA", "support", "BBB", 20),
        ("AAA", "assault", "CCC", -100),
        ("CCC", "assault", "AAA", -90),
        ("BBB", "support", "CCC", 20),
        ("BBB", "assault", "CCC", -90),
        ("CCC", "assault", "BBB", -90),
        ("DDD", "dispute", "EEE", -20),
    ]
    assert {s.source.chain for s in stmts} == {("COW MID 5.0",)}


def test_dates_are_the_time_both_took_part(read: Callable[..., Read]) -> None:
    """Unknown days come from the dispute (MIDA) or stay open within the month; the interval is the overlap."""
    stmts, _, _ = read("MIDB_small.csv", "cow-mid")
    assert [str(s.date) for s in stmts] == [
        "1902-07-10/1903-01-24",
        *["1950-01-01/1950-06-30"] * 2,
        "1950-07-01/1950-12-31",
        *["1950-03-01/1950-11-30"] * 2,
        "1950-03-01/1950-06-30",
        *["1950-07-01/1950-11-30"] * 2,
        "1960-01-01/1960-01-31",
    ]


def test_every_skipped_row_has_its_reason(read: Callable[..., Read]) -> None:
    """Who took part alone, impossible dates, sides, codes and levels: each row says why it is left out."""
    _, bad, tally = read("MIDB_small.csv", "cow-mid")
    assert (tally.rows, tally.used) == (18, 8)
    assert {error.row: error.problem for error in bad} == {
        10: "no other state took part at the same time",
        11: "no other state took part at the same time",
        12: "its dates '0 0 0000 0 0 0000' are not in the calendar",
        13: "its dates 2099-01-01 to 2099-01-02 are not in order within 1816 to 2014",
        14: "its dates '31 2 1970 1 3 1970' are not in the calendar",
        15: "its side is 7, not 0 or 1",
        16: "its country code 'x' is no whole number",
        17: "its country code is missing",
        18: "its hostility level is 9, not 1 to 5",
        19: "a quotation mark is not closed, or stands where none may",
    }
    assert tally.notices == {"row of MIDA_small.csv was left out: its number or dates are broken": 1}


def test_incidents_go_by_their_own_sides(read: Callable[..., Read]) -> None:
    """In MIDIP the side of the incident decides, and an incident of one state alone has no relation."""
    stmts, bad, _ = read("MIDIP_small.csv", "cow-mid")
    assert [(s.actor, s.act, s.target) for s in stmts] == [
        ("BBB", "assault", "AAA"),
        ("AAA", "mobilize", "BBB"),
    ]
    assert stmts[0].evidence == RowEvidence("MIDIP_small.csv", "incident 7001, lines 2 and 3")
    assert [error.row for error in bad] == [4]


def test_the_file_of_disputes_alone_is_refused(read: Callable[..., Read]) -> None:
    """MIDA has no participants; the sentence says which file has."""
    with pytest.raises(DataError, match=r"lists disputes without their participants; give .*MIDB_5\.0\.csv"):
        read("MIDA_small.csv", "cow-mid")


@pytest.mark.shared_data
def test_the_real_disputes_give_each_row_or_its_reason(shared_data: Path, read: Callable[..., Read]) -> None:
    """The counts of MIDB 5.0 are what they were: every participant stands in a statement."""
    path = shared_data / "sources" / "cow" / "MIDB_5.0.csv"
    assert guess(path) == "cow-mid"
    stmts, bad, tally = read(path, "cow-mid", known=False)
    assert (tally.rows, tally.used, bad) == (5883, 5883, [])
    assert Counter(s.act for s in stmts) == {
        "support": 4571,
        "assault": 3885,
        "mobilize": 1721,
        "threaten": 282,
        "dispute": 2,
    }
    assert not tally.notices


@pytest.mark.shared_data
def test_the_real_incidents_give_each_row_or_its_reason(shared_data: Path, read: Callable[..., Read]) -> None:
    """The counts of MIDIP 5.0 are what they were; one incident ends before it begins."""
    path = shared_data / "sources" / "cow" / "MIDIP_5.0.csv"
    stmts, bad, tally = read(path, "cow-mid", known=False)
    assert (tally.rows, tally.used, len(stmts)) == (9619, 9617, 9597)
    assert [error.row for error in bad] == [3442, 3443]
