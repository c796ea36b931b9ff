from __future__ import annotations

import csv
import io
from datetime import date
from typing import TYPE_CHECKING

import duckdb
import pytest

from allegiance.errors import UsageError
from allegiance.exchange.panel import Codes, panel
from allegiance.model import DateInterval, Source
from allegiance.network import Contributions
from builders import statement

if TYPE_CHECKING:
    from pathlib import Path

    from allegiance.exchange.panel import Panel
    from allegiance.model import Statement

CODES = {"Veldania": "710", "Keshir": "20"}


def identify(actor: str, first: date, last: date) -> Codes:  # noqa: ARG001 - the signature
    """Know two states by code; Keshir exists since 2030."""
    return Codes(actor != "Keshir" or last >= date(2030, 1, 1), CODES.get(actor, ""), CODES.get(actor, ""))


def _stmts() -> list[Statement]:
    years = DateInterval(date(2029, 11, 5), date(2030, 2, 3))
    day = DateInterval.day(date(2030, 1, 9))
    return [
        statement("Veldania", "Keshir", 1, date=years, weight=25),
        statement("Keshir", "Veldania", -1, date=day, weight=70, source=Source(("The Wire",))),
        statement("Korvath", "Keshir", -1, date=day),
        statement("Korvath", "Keshir", -1, date=None, weight=1),
    ]


def _rows(made: Panel) -> list[tuple[object, ...]]:
    return [
        (
            r["year"],
            r["month"],
            r["name1"],
            r["name2"],
            r["positive"],
            r["negative"],
            r["statements"],
            r["outlets"],
        )
        for r in made.records()
    ]


def test_a_statement_counts_in_each_period_it_speaks_of() -> None:
    """By year and by month; the smaller code stands first; what has no date is counted apart."""
    made = panel(Contributions.from_statements(_stmts()), "year", identify)
    assert _rows(made) == [
        (2029, 1, "Keshir", "Veldania", 2.5, 0.0, 1, 1),
        (2030, 1, "Keshir", "Korvath", 0.0, 5.0, 1, 1),
        (2030, 1, "Keshir", "Veldania", 2.5, 7.0, 2, 2),
    ]
    assert made.undated == 1
    monthly = panel(Contributions.from_statements(_stmts()), "month", identify)
    assert [(r[0], r[1]) for r in _rows(monthly) if r[3] == "Veldania"] == [
        (2029, 11),
        (2029, 12),
        (2030, 1),
        (2030, 2),
    ]


def test_all_dyads_are_filled_with_zeros_where_both_existed() -> None:
    """A pair of which nothing is said has a row in each period in which both existed, and only in these."""
    made = panel(Contributions.from_statements(_stmts()), "year", identify, all_dyads=True)
    assert (2030, 1, "Veldania", "Korvath", 0.0, 0.0, 0, 0) in _rows(made)
    assert (2029, 1, "Keshir", "Korvath", 0.0, 0.0, 0, 0) not in _rows(made)
    assert len(made.rows) == 5


def test_directed_dyads_are_two_rows() -> None:
    """What Veldania does to Keshir and what Keshir does to Veldania stand apart, the one who acts first."""
    made = panel(Contributions.from_statements(_stmts()), "year", identify, directed=True)
    assert (2030, 1, "Veldania", "Keshir", 2.5, 0.0, 1, 1) in _rows(made)
    assert (2030, 1, "Keshir", "Veldania", 0.0, 7.0, 1, 1) in _rows(made)


def test_no_row_lies_outside_the_days_that_are_asked_for() -> None:
    """A statement that began before counts from the first period on."""
    days = date(2030, 1, 1), date(2030, 1, 31)
    made = panel(Contributions.from_statements(_stmts()), "month", identify, days=days)
    assert {row[:2] for row in _rows(made)} == {(2030, 1)}


def test_csv_and_parquet_hold_the_same(tmp_path: Path) -> None:
    """Codes are whole numbers, missing where there is none; the code book explains every column."""
    made = panel(Contributions.from_statements(_stmts()), "month", identify)
    told = list(csv.DictReader(io.StringIO(made.csv().decode())))
    path = tmp_path / "panel.parquet"
    path.write_bytes(made.parquet())
    with duckdb.connect(":memory:") as connection:
        answer = connection.execute("SELECT * FROM read_parquet($path)", {"path": str(path)})
        columns = [column[0] for column in answer.description or ()]
        rows = answer.fetchall()
    assert columns == list(told[0]) == list(made.columns)
    assert [["" if value is None else str(value) for value in row] for row in rows] == [
        list(r.values()) for r in told
    ]
    assert {row[columns.index("ccode2")] for row in rows} == {710, None}
    page = made.codebook("panel.parquet", {"Cite": "somebody"}).decode()
    assert all(f"| {column} |" in page for column in made.columns)
    assert "Cite: somebody" in page


def test_without_dates_there_is_no_panel() -> None:
    """The sentence says what is missing."""
    with pytest.raises(UsageError, match="needs dates"):
        panel(Contributions.from_statements([statement(date=None)]), "year", identify)
