from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from allegiance.events import guess

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from events.conftest import Read


def test_each_claimant_is_a_source(read: Callable[..., Read]) -> None:
    """One statement for each who claimed the event, once each; none named: UCDP alone."""
    stmts, _, _ = read("ucdp_ged.csv", "ucdp-ged")
    assert [(s.source.chain, s.actor, s.target) for s in stmts] == [
        (("UCDP GED", "Army"), "Government of Veldania", "Kesh Front"),
        (("UCDP GED", "Kesh Front"), "Government of Veldania", "Kesh Front"),
        (("UCDP GED",), "Kesh Front", "River Clan"),
        (("UCDP GED", "Police"), "Kesh Front", "Civilians (Keshir)"),
        (("UCDP GED", "Police"), "River Clan", "Kesh Front"),
    ]
    assert str(stmts[0].date) == "2013-01-03/2013-01-05"


def test_every_skipped_row_has_its_reason(read: Callable[..., Read]) -> None:
    """Rows are known by the line they begin on, and an open quotation mark costs its own row only."""
    _, bad, tally = read("ucdp_ged.csv", "ucdp-ged")
    assert (tally.rows, tally.used) == (11, 4)
    needs = "it needs an id, a type of violence of 1 to 3, and days from 1989 to 2024"
    assert [(error.row, error.problem) for error in bad] == [
        (6, "it has no second actor"),
        (7, needs),
        (8, needs),
        (9, "'none' is no whole number"),
        (10, "it has 7 columns, the header has 11"),
        (11, "both actors are the same"),
        (12, "a quotation mark is not closed, or stands where none may"),
    ]


def test_deaths_below_zero_change_nothing(tmp_path: Path, files: Path, read: Callable[..., Read]) -> None:
    """Deaths aren't read: a file with -9 of them gives the statements of one with 9."""
    header, _, rest = (files / "ucdp_ged.csv").read_text("utf-8").partition("\n")
    row = rest.rstrip("\n").rpartition("\n")[2]
    path = tmp_path / "x.csv"
    found = []
    for deaths in ("9", "-9"):
        path.write_text(f"{header},best,high,low\n{row},{deaths},{deaths},{deaths}\n", "utf-8")
        stmts, bad, _ = read(path, "ucdp-ged")
        assert bad == []
        found.append(stmts)
    assert found[0] == found[1] != []


def test_an_open_quotation_mark_far_from_the_end_costs_one_row(
    tmp_path: Path, files: Path, read: Callable[..., Read]
) -> None:
    """Behind a mark that is never closed the following rows are read again as rows of their own."""
    header, _, rest = (files / "ucdp_ged.csv").read_text("utf-8").partition("\n")
    good = rest.rstrip("\n").rpartition("\n")[2]
    path = tmp_path / "x.csv"
    path.write_text("\n".join([header, '0,1,"Kesh,b', *[good] * 1000]), "utf-8")
    stmts, bad, tally = read(path, "ucdp-ged")
    assert (tally.rows, len(stmts), [error.row for error in bad]) == (1001, 1000, [2])


@pytest.mark.shared_data
def test_the_real_file_gives_each_row_or_its_reason(shared_data: Path, read: Callable[..., Read]) -> None:
    """The counts of the real file are what they were: all rows, some with several claimants."""
    path = shared_data / "sources" / "ucdp" / "ucdpged_sample1000.csv"
    assert guess(path) == "ucdp-ged"
    stmts, bad, tally = read(path, "ucdp-ged", known=False)
    assert (tally.rows, tally.used, len(stmts), bad) == (1000, 1000, 1078, [])
