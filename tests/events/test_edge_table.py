from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allegiance.errors import BadRowError, UsageError
from allegiance.events import load, read_edges
from allegiance.model import RowEvidence, Statement

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from allegiance.events import EdgeTable

CELL = st.sampled_from(["A", "B", " A", "C ", "", "D\u00e9", '"E,F"', '"G', "=x", "L" * 501, "x\0y"])
WEIGHT = st.sampled_from(["1", "-1", "2.55", "-0.25", "x", "", "1e400", "nan", " 3 "])
PERIOD = st.sampled_from(["1950", "46-49", "", "wrong", " 1951"])
LINE = st.one_of(
    st.tuples(CELL, CELL, WEIGHT, PERIOD).map(",".join), st.sampled_from(["", "A,B", "A,B,1,1950,z", "  "])
)


def _nobody(scheme: str, code: str, day: date | None) -> str | None:  # noqa: ARG001 - the signature of the room
    return None


def _ties(table: EdgeTable) -> list[tuple[str, str, int]]:
    return [
        (table.names[a], table.names[b], weight)
        for a, b, weight in zip(table.a.tolist(), table.b.tolist(), table.tenths.tolist(), strict=True)
    ]


def _row(stmt: Statement) -> str:
    assert isinstance(stmt.evidence, RowEvidence)
    return stmt.evidence.row


@settings(max_examples=150, deadline=None)
@given(lines=st.lists(LINE, max_size=12), flawless=st.integers(0, 3), crlf=st.booleans())
def test_the_table_and_the_statements_agree(
    tmp_path_factory: pytest.TempPathFactory,
    lines: list[str],
    flawless: int,
    crlf: bool,  # noqa: FBT001 - hypothesis
) -> None:
    """Whatever the file: both ways of reading it give the same ties, periods, lines, problems and roundings."""
    end = "\r\n" if crlf else "\n"
    rows = ["source,target,weight,period", *["P,Q,1.25,1960"] * flawless, *lines]
    path = tmp_path_factory.mktemp("edges") / "list.csv"
    path.write_bytes((end.join(rows) + end).encode())
    table = read_edges(path)
    reading = load(path, "edges", _nobody)
    items = list(reading)
    stmts = [item for item in items if isinstance(item, Statement)]
    assert _ties(table) == [(s.actor, s.target, s.polarity * s.weight) for s in stmts]
    assert [f"line {row}" for row in table.row] == [_row(s) for s in stmts]
    assert [str(p) for p in table.problems] == [str(item) for item in items if isinstance(item, BadRowError)]
    assert table.rounded == sum(reading.tally.notices.values())
    assert set(table.names) == {name for s in stmts for name in (s.actor, s.target)}
    assert table.period is not None
    assert len(table.period) == len(stmts)


@settings(max_examples=200, deadline=None)
@given(number=st.decimals(-(10**6), 10**6, allow_nan=False, places=3))
def test_weights_are_exact_tenths(tmp_path_factory: pytest.TempPathFactory, number: Decimal) -> None:
    """A weight is the decimal number of the file times ten, rounded half to even."""
    path = tmp_path_factory.mktemp("edges") / "list.csv"
    path.write_text(f"source,target,weight\nA,B,{number}\n", "utf-8")
    expected = int((number * 10).to_integral_value(ROUND_HALF_EVEN))
    assert read_edges(path).tenths.tolist() == [expected]


def test_a_flaw_in_the_middle_keeps_names_and_line_numbers(tmp_path: Path) -> None:
    """A list of many blocks with one bad row: every other row is there, under its own line."""
    path = tmp_path / "long.csv"
    lines = [f"n{i},n{i + 1},1" for i in range(50_000)]
    lines[30_000] = "new name,,1"
    path.write_text("source,target,weight\n" + "\n".join(lines), "utf-8")
    table = read_edges(path)
    assert len(table.a) == 49_999
    assert [str(problem) for problem in table.problems] == ["long.csv, row 30002: an actor has no name"]
    assert "new name" not in table.names
    assert table.row[29_999:30_001].tolist() == [30_001, 30_003]
    assert _ties(table)[-1] == ("n49999", "n50000", 10)
    assert table.names[:3] == ("n0", "n1", "n2")
    assert table.period is None


def test_an_endless_line_costs_one_row(tmp_path: Path) -> None:
    """A line of 50 MB is one broken row; the rows around it load."""
    path = tmp_path / "long.csv"
    path.write_bytes(b"source,target,weight\nA,B,1\n" + b"x" * 50_000_000 + b"\nB,C,-1\n")
    table = read_edges(path)
    assert _ties(table) == [("A", "B", 10), ("B", "C", -10)]
    assert table.row.tolist() == [2, 4]
    assert [problem.row for problem in table.problems] == [3]


def test_a_header_alone_is_a_list_without_ties(tmp_path: Path) -> None:
    """No row, no tie, no error."""
    path = tmp_path / "none.csv"
    path.write_text("source,target,weight\n", "utf-8")
    assert read_edges(path).names == ()


def test_a_file_that_is_not_there_is_the_users_error(tmp_path: Path) -> None:
    """A missing file and a folder are said in one sentence each."""
    with pytest.raises(UsageError, match="There is no file"):
        read_edges(tmp_path / "absent.csv")
    with pytest.raises(UsageError, match="is a folder"):
        read_edges(tmp_path)
