from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from allegiance.errors import DataError, NoRelationError
from allegiance.events import guess, load
from allegiance.model import RowEvidence

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from allegiance.model import Statement
    from events.conftest import Read


def _nobody(scheme: str, code: str, day: date | None) -> str | None:  # noqa: ARG001 - the signature of the room
    return None


def _row(stmt: Statement) -> str:
    assert isinstance(stmt.evidence, RowEvidence)
    return stmt.evidence.row


def test_each_row_is_a_tie_with_its_period(read: Callable[..., Read]) -> None:
    """Signs, decimal weights, quoted names and all spellings of periods are read."""
    stmts, bad, tally = read("edges_windows.csv", "edges")
    assert not bad
    assert [(s.actor, s.target, s.polarity * s.weight, str(s.date)) for s in stmts] == [
        ("AFG", "IRN", 10, "1946-01-01/1949-12-31"),
        ("AFG", "IRQ", -10, "1950-01-01/1950-12-31"),
        ("IRN", "IRQ", -25, "1951-01-01/1953-12-31"),
        ("IRN", "Republic, The", 0, "2031-04-01/2031-04-30"),
    ]
    assert stmts[0].source.chain == ("edges_windows",)
    assert stmts[0].act == "tie"
    assert sum(tally.notices.values()) == 1


def test_other_names_orders_and_separators_of_columns(read: Callable[..., Read]) -> None:
    """sign, from, to behind a byte-order mark, semicolons, CRLF and a blank line load as well; lines keep their number."""
    stmts, _, _ = read("edges_semicolon.csv", "edges")
    assert [(s.actor, s.target, s.polarity) for s in stmts] == [("A", "B", 1), ("B", "C", -1)]
    assert [_row(s) for s in stmts] == ["line 2", "line 4"]


def test_hostile_rows_are_refused_one_by_one(read: Callable[..., Read]) -> None:
    """Text, 1e400, NaN, inf, nothing as weight, names of 10,000 characters, NUL and open quotes cost one row each."""
    stmts, bad, tally = read("edges_traps.csv", "edges")
    assert tally.rows == 19
    assert [(s.actor, s.target, s.polarity * s.weight) for s in stmts] == [
        ("<script>alert(1)</script>", "=cmd()", 10),
        ("A", "B", 0),
        ("A", "B", 2),
        ("A", "B", -4),
        ("Zürich", "B", 20),
    ]
    problems = {error.row: error.problem for error in bad}
    assert problems == {
        3: "the weight 'many' is not a number",
        4: "the weight '1e400' is larger than 100,000,000,000",
        5: "the weight 'NaN' is not a finite number",
        6: "the weight '-inf' is not a finite number",
        7: "the weight '' is not a number",
        8: "it ties an actor to itself",
        10: "an actor has no name",
        11: "'2031-13' is neither a month nor a window of years; write years with four digits.",
        12: "it has 3 columns, the header has 5",
        13: "it has 6 columns, the header has 5",
        14: "a quotation mark is not closed, or stands where none may",
        17: "it holds a NUL byte",
        18: "an actor's name has 10,000 characters, at most 500 are read",
        20: "the weight '1_0' is not a number",
    }
    assert isinstance(next(error for error in bad if error.row == 8), NoRelationError)
    assert str(bad[0]) == "edges_traps.csv, row 3: the weight 'many' is not a number"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "a,b,1\nb,c,-1\n",
            "x.csv has no header: its first line is 'a,b,1'. Put the column names above it: ",
        ),
        (
            "source,target,value\na,b,1\n",
            "x.csv has no column 'weight': its first line is 'source,target,value'.",
        ),
        ("source,weight\na,1\n", "x.csv has no column 'target'"),
        ("name;sign\na;1\n", "x.csv has no column 'source'"),
        ("source,target,weight,weight\na,b,1,1\n", "x.csv has the column 'weight' twice."),
        ("", "x.csv is empty."),
        (" \n", "x.csv is empty."),
        ("\0\1\2\3" * 50, "x.csv is no text table: it is binary."),
        ("PK\3\4", "x.csv is no text table: it is a zip archive; unpack it first."),
    ],
)
def test_a_file_that_is_no_edge_list_is_refused_in_one_sentence(
    tmp_path: Path, text: str, sentence: str
) -> None:
    """The sentence names the file, what is wrong and what is expected."""
    path = tmp_path / "x.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(DataError) as caught:
        list(load(path, "edges", _nobody))
    assert str(caught.value).startswith(sentence)


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("cow_all.csv", 41_295),
        ("highlandtribes.csv", 58),
        ("unga_2015.csv", 18_055),
        ("wikielections.csv", 100_693),
    ],
)
def test_real_lists_load_whole(shared_data: Path, read: Callable[..., Read], name: str, rows: int) -> None:
    """Every row of the real lists is a tie."""
    path = shared_data / "signed" / name
    assert guess(path) == "edges"
    stmts, bad, tally = read(path, "edges")
    assert (tally.rows, len(stmts), bad) == (rows, rows, [])
