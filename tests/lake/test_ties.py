from __future__ import annotations

import shutil
from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from allegiance.errors import DataError, UnknownNameError, UsageError
from allegiance.events import load
from allegiance.lake import Lake, TieQuery
from allegiance.lake.engines import write_ties
from allegiance.model import Statement
from events.conftest import resolve
from lake.conftest import FILES, gdelt_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from allegiance.lake import AddReport

    Add = Callable[..., list[AddReport]]


@pytest.fixture
def lake(tmp_path: Path, add: Add) -> Lake:
    """Return a lake of several data sets, with rows of several days and rows without a date."""
    path = tmp_path / "lake"
    names = ("gdelt1_mixed.tsv", "icews_traps.tab", "ucdp_ged.csv", "polecat.txt")
    add(path, [*(FILES / name for name in names), gdelt_file(tmp_path / "a.CSV", 3000)])
    return Lake.open(path)


def read_ties(path: Path) -> list[tuple[Any, ...]]:
    """Return the ties in a file, in its order."""
    return duckdb.read_parquet(str(path)).fetchall()


def test_ties_are_what_a_loop_over_the_statements_gives(tmp_path: Path, add: Add) -> None:
    """Positive and negative part, count and outlets of each source, pair and month are the sums of its statements."""
    path = gdelt_file(tmp_path / "a.CSV", 3000)
    add(tmp_path / "lake", [path])
    sums: dict[tuple[Any, ...], list[Any]] = defaultdict(lambda: [0, 0, 0, set()])
    for stmt in load(path, "gdelt", resolve):
        if not isinstance(stmt, Statement) or not stmt.weight * stmt.polarity:
            continue
        assert stmt.date is not None
        tie = sums["GDELT", stmt.date.first.replace(day=1), stmt.actor, stmt.target]
        tie[stmt.polarity < 0] += stmt.weight
        tie[2] += 1
        tie[3].add(stmt.source.chain[-1])
    wanted = sorted(
        (*key, plus, minus, count, len(outlets)) for key, (plus, minus, count, outlets) in sums.items()
    )
    assert write_ties(Lake.open(tmp_path / "lake"), TieQuery(), tmp_path / "t.parquet") == len(wanted) > 40
    assert read_ties(tmp_path / "t.parquet") == wanted


QUERIES = [
    TieQuery(),
    TieQuery(by=("source",)),
    TieQuery(by=()),
    TieQuery(by=("year", "act", "dataset")),
    TieQuery(since=date(2030, 12, 5), until=date(2031, 1, 10)),
    TieQuery(by=("month",), source="paper1.example"),
    TieQuery(since=date(1900, 1, 1), until=date(1900, 1, 2)),
]


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_polars_gives_the_same_file_as_duckdb(tmp_path: Path, lake: Lake, query: TieQuery) -> None:
    """Whatever is asked, both engines write the same rows in the same order and the same types."""
    pytest.importorskip("polars", reason="Polars is not installed")
    one, two = tmp_path / "one.parquet", tmp_path / "two.parquet"
    assert write_ties(lake, query, one) == write_ties(lake, query, two, engine="polars")
    assert read_ties(one) == read_ties(two)
    assert duckdb.read_parquet(str(one)).types == duckdb.read_parquet(str(two)).types


@pytest.mark.slow
def test_spark_in_this_process_gives_the_same_integers(tmp_path: Path, lake: Lake) -> None:
    """The same aggregation on PySpark gives what DuckDB gives."""
    pytest.importorskip("pyspark", reason="PySpark is not installed")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java, which is not here")
    one, two = tmp_path / "one.parquet", tmp_path / "two.parquet"
    query = TieQuery(since=date(2030, 12, 5))
    assert write_ties(lake, query, one) == write_ties(lake, query, two, engine="spark", master="local[1]")
    assert read_ties(one) == read_ties(two)


def test_a_row_of_several_days_counts_when_one_of_them_is_wanted(tmp_path: Path, lake: Lake) -> None:
    """--since and --until ask for overlap, as everywhere; rows without a date are left out then."""
    days = duckdb.execute(
        f"""SELECT count(*) FROM read_parquet({[str(path) for path in lake.files()]}, hive_partitioning = false)
        WHERE tenths <> 0 AND date <= '2030-12-31' AND "last" >= '2030-12-01'"""  # noqa: S608 - the test's own paths
    ).fetchall()[0][0]
    write_ties(lake, TieQuery(since=date(2030, 12, 1), until=date(2030, 12, 31)), tmp_path / "t.parquet")
    assert sum(row[-2] for row in read_ties(tmp_path / "t.parquet")) == days > 0


def test_wrong_questions_are_usage_errors(tmp_path: Path, lake: Lake) -> None:
    """A wrong engine, column or place is one sentence, and an existing file stays as it was."""
    target = tmp_path / "t.parquet"
    target.write_bytes(b"old")
    with pytest.raises(UnknownNameError, match="duckdb"):
        write_ties(lake, TieQuery(), target, engine="duckbd")
    with pytest.raises(UnknownNameError, match="month"):
        TieQuery(by=("mouth",))
    with pytest.raises(UsageError, match="--engine spark"):
        write_ties(lake, TieQuery(), target, master="spark://127.0.0.1:7077")
    with pytest.raises(UsageError, match="can't be written"):
        write_ties(lake, TieQuery(), tmp_path)
    lake.files()[0].write_bytes(b"PAR1 broken")
    with pytest.raises(DataError, match="could not be read"):
        write_ties(lake, TieQuery(), target)
    assert target.read_bytes() == b"old"
    assert not list(tmp_path.glob(".ties-*"))
