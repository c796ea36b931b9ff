"""Tables of routes and of costs."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from allegiance.errors import DataError, UsageError
from allegiance.exchange.routes import read_costs, read_routes

if TYPE_CHECKING:
    from pathlib import Path


def written(folder: Path, text: str) -> Path:
    """Return a file with this text."""
    path = folder / "routes.csv"
    path.write_text(text, "utf-8")
    return path


def test_a_row_is_a_claim_with_its_source(tmp_path: Path) -> None:
    """All columns are read, by name, in any order; ids are row numbers."""
    path = written(
        tmp_path,
        "to;from;goods;capacity;unit;price;confidence;source;date;from_kind\n"
        "B;A;the Oil;1.5;barrels;40;0.5;Daily > office;2031-04;company\n",
    )
    table = read_routes(path)
    (claim,) = table.claims
    assert (claim.start, claim.end, claim.goods, claim.capacity, claim.unit) == (
        "A",
        "B",
        "oil",
        Decimal("1.5"),
        "barrels",
    )
    assert (claim.price, claim.confidence, claim.source) == (Decimal(40), 0.5, ("Daily", "office"))
    assert (claim.statement, str(claim.date)) == ("row 2", "2031-04-01/2031-04-30")
    assert table.kinds == {"A": "company"}


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("A,B,-5,0.5", "capacity is negative"),
        ("A,B,,0.5", "capacity is missing"),
        ("A,B,many,0.5", "no number"),
        ("A,B,NaN,0.5", "can't be counted"),
        ("A,B,1e999999,0.5", "can't be counted"),
        ("A,B,5,1.5", "between 0 and 1"),
        (",B,5,0.5", "from is empty"),
        ("A,B,5", "3 columns"),
        (f"{'x' * 600},B,5,1", "no name"),
    ],
)
def test_a_broken_row_is_named_and_the_others_load(tmp_path: Path, row: str, problem: str) -> None:
    """What is wrong is said with the row; the good rows stay."""
    table = read_routes(written(tmp_path, f"from,to,capacity,confidence\nA,B,5,1\n{row}\nB,C,5,\n"))
    assert len(table.claims) == 2
    (wrong,) = table.problems
    assert str(wrong).startswith("routes.csv, row 3: ")
    assert problem in str(wrong)


def test_loops_are_no_routes_and_two_columns_are_enough(tmp_path: Path) -> None:
    """A place to itself is counted, not claimed; without a column of capacities none is told."""
    table = read_routes(written(tmp_path, "from,to\nA,A\nA,B\n"))
    assert [claim.capacity for claim in table.claims] == [None]
    assert table.notes == {"from a place to itself": 1}


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "from,capacity\nA,1\n", "\x00\x01\x02\x03"])
def test_what_is_no_table_of_routes_is_refused(tmp_path: Path, text: str) -> None:
    """Empty, binary and other tables are refused in a sentence."""
    with pytest.raises(DataError):
        read_routes(written(tmp_path, text))


def test_a_missing_file_is_a_usage_error(tmp_path: Path) -> None:
    """The file has to be there."""
    with pytest.raises(UsageError):
        read_routes(tmp_path / "none.csv")


def test_costs_of_routes_and_nodes(tmp_path: Path) -> None:
    """Costs are read by (from, to) or by node; never is None."""
    assert read_costs(written(tmp_path, "from,to,cost\nA,B,2.5\nB,C,never\n"), nodes=False) == {
        ("A", "B"): Decimal("2.5"),
        ("B", "C"): None,
    }
    assert read_costs(written(tmp_path, "node,cost\nA,3\n"), nodes=True) == {("A",): Decimal(3)}


@pytest.mark.parametrize("row", ["A,B,0", "A,B,-1", "A,B,x", "A,B,", "A,B"])
def test_a_wrong_cost_is_an_error_of_its_row(tmp_path: Path, row: str) -> None:
    """With wrong costs the question has no answer, so the row stops it."""
    with pytest.raises(DataError, match="row 2"):
        read_costs(written(tmp_path, f"from,to,cost\n{row}\n"), nodes=False)
