"""The engines that add up a lake: DuckDB, Polars, Spark. Each runs `ties.ties` unchanged and writes the same file."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import narwhals as nw

from allegiance import unfinished
from allegiance.errors import MissingExtraError, StorageError, UnknownNameError, UsageError
from allegiance.lake.database import database, paths_list, quoted
from allegiance.lake.ties import PAIR, SUMS, add_up, ties, wanted_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from allegiance.lake.lake import Lake
    from allegiance.lake.ties import TieQuery

LOCAL_MASTER = "local[*]"
_NAMED = {*PAIR, "source", "dataset", "act"}


def write_ties(
    lake: Lake, query: TieQuery, target: Path, *, engine: str = "duckdb", master: str | None = None
) -> int:
    """Add up a lake and write the ties to the Parquet file `target`, all of it or nothing; returns their number.

    Rows stand in order of the query's keys, so that the same lake gives the same file whichever engine made it.

    Args:
        lake: the lake.
        query: which rows, and by what.
        target: the file to write.
        engine: duckdb, polars or spark.
        master: a Spark master such as ``spark://host:7077``; by default Spark runs in this process.

    Raises:
        UnknownNameError: there is no such engine.
        UsageError: `target` is a folder, or its folder isn't there; or a master was named for another engine.
        MissingExtraError: the engine isn't installed.
        StorageError: the disk is full.
    """
    if engine not in _ENGINES:
        raise UnknownNameError("engine", engine, _ENGINES)
    if master is not None and engine != "spark":
        raise UsageError("--master names a Spark cluster; use it with --engine spark.")
    if target.is_dir() or not target.parent.is_dir():
        raise UsageError(f"{target} can't be written: name a file in a folder that is there.")
    parts = lake.parts(query.since, query.until)
    with _aside(target) as aside, database(aside / "spill") as db:
        if parts:
            files = _groups([(part.path, lake.path / part.path) for part in parts], query)
            found = _ENGINES[engine](_Run(db, files, query, aside, master))
        else:
            found = _Summed(_nothing(query), query.keys)
        made = aside / "ties.parquet"
        columns = ", ".join((*query.keys, *SUMS))
        db.execute(
            f"COPY (SELECT {columns} FROM {found.source} ORDER BY {', '.join(found.order)}) TO {quoted(str(made))} "  # noqa: S608 - ours
            "(FORMAT parquet, COMPRESSION zstd)"
        )
        count = db.execute(f"SELECT count(*) FROM {quoted(str(made))}").fetchone()[0]  # noqa: S608 - as above
        with made.open("rb") as file:
            os.fsync(file.fileno())
        made.replace(target)
    return int(count)


@dataclass(frozen=True, slots=True)
class _Run:
    """What an engine is handed: DuckDB's connection, files in groups, what to add up, a folder for the unfinished, a cluster."""

    db: Any
    groups: Sequence[Sequence[Path]]
    query: TieQuery
    aside: Path
    master: str | None


def _groups(parts: Sequence[tuple[str, Path]], query: TieQuery) -> list[list[Path]]:
    """Return the files in groups that share no row of the answer: by year, where years are kept apart.

    The memory needed is then that of one year.
    """
    groups: dict[str, list[Path]] = {}
    for name, path in parts:
        groups.setdefault(Path(name).parent.name if query.yearly else "", []).append(path)
    return [groups[name] for name in sorted(groups)]


@dataclass(frozen=True, slots=True)
class _Summed:
    """What was added up: an SQL source with the query's columns, and what to order it by to have its keys in order."""

    source: str
    order: Sequence[str]


def _duckdb(run: _Run) -> _Summed:
    """Add up with numbers in place of names: they are grouped and sorted in two thirds of the time."""
    named = [key for key in run.query.keys if key in _NAMED]
    _number_names(run, (*named, "outlet"))
    for number, files in enumerate(run.groups):
        rows = wanted_rows(
            nw.from_native(run.db.read_parquet(paths_list(files), hive_partitioning=False)), run.query
        )
        told = rows.to_native()
        told.create_view("told", replace=True)
        summed = add_up(nw.from_native(run.db.sql(_numbered(run.query, named))), run.query).to_native()
        if number == 0:
            summed.create("summed")
        else:
            summed.insert_into("summed")
    columns = ", ".join(
        [
            f"{key}_name.name AS {key}, {key} AS {key}_number" if key in named else key
            for key in run.query.keys
        ]
    )
    joins = " ".join(f"JOIN names {key}_name ON {key}_name.number = summed.{key}" for key in named)
    source = f"(SELECT {columns}, {', '.join(SUMS)} FROM summed {joins})"  # noqa: S608 - names of ours
    return _Summed(source, [f"{key}_number" if key in named else key for key in run.query.keys])


def _number_names(run: _Run, columns: Sequence[str]) -> None:
    """Make the table of all names in some columns, numbered in their order."""
    files = [path for group in run.groups for path in group]
    run.db.read_parquet(paths_list(files), hive_partitioning=False).create_view("rows_of_lake", replace=True)
    each = " UNION ".join(f"SELECT DISTINCT {column} AS name FROM rows_of_lake" for column in columns)  # noqa: S608 - ours
    run.db.execute(
        f"CREATE TEMP TABLE names AS SELECT name, row_number() OVER (ORDER BY name)::INTEGER AS number FROM ({each})"  # noqa: S608 - as above
    )


def _numbered(query: TieQuery, named: Sequence[str]) -> str:
    """Return the query that gives the rows of `told` with numbers for names, and what each brings."""
    columns = [f"{key}_name.number AS {key}" if key in named else f"told.{key}" for key in query.keys]
    joins = " ".join(
        f"JOIN names {name}_name ON {name}_name.name = told.{name}" for name in (*named, "outlet")
    )
    return f"SELECT {', '.join(columns)}, outlet_name.number AS outlet, told.amount FROM told {joins}"  # noqa: S608 - ours


def _polars(run: _Run) -> _Summed:
    try:
        import polars as pl  # noqa: PLC0415 - an optional part
    except ImportError as missing:
        raise MissingExtraError("--engine polars", "polars") from missing
    for number, files in enumerate(run.groups):
        rows = nw.from_native(pl.scan_parquet(list(files), glob=False, hive_partitioning=False))
        summed = ties(rows, run.query).to_native().collect(engine="streaming")
        summed.write_parquet(run.aside / f"summed-{number}.parquet")
    return _Summed(_read_back(run.aside), run.query.keys)


def _spark(run: _Run) -> _Summed:
    with spark_session(run.master) as session:
        import pyarrow.parquet as pq  # noqa: PLC0415 - comes with the optional part

        paths = [str(path) for files in run.groups for path in files]
        # Spark reads { and [ in a name as patterns, like others do * and ?.
        rows = nw.from_native(session.read.parquet(*("".join(_escaped(path)) for path in paths)))
        pq.write_table(ties(rows, run.query).to_native().toArrow(), run.aside / "summed-0.parquet")
    return _Summed(_read_back(run.aside), run.query.keys)


def _escaped(path: str) -> Iterator[str]:
    yield from (f"\\{char}" if char in "*?[]{}\\" else char for char in path)


def _read_back(aside: Path) -> str:
    pattern = paths_list([aside])[0] + "/summed-*.parquet"
    return f"read_parquet({quoted(pattern)}, hive_partitioning = false)"


def _nothing(query: TieQuery) -> str:
    kinds = {"month": "DATE", "year": "SMALLINT"}
    keys = ", ".join(f"NULL::{kinds.get(key, 'VARCHAR')} AS {key}" for key in query.keys)
    sums = ", ".join(f"0::BIGINT AS {name}" for name in SUMS)
    return f"(SELECT {keys}, {sums} WHERE false)"


_ENGINES: dict[str, Callable[[_Run], _Summed]] = {"duckdb": _duckdb, "polars": _polars, "spark": _spark}
NAMES = tuple(_ENGINES)


@contextmanager
def spark_session(master: str | None) -> Iterator[Any]:
    """Give a Spark session on the cluster `master`, or in this process, and stop it afterwards.

    Raises:
        MissingExtraError: PySpark isn't installed.
        UsageError: Spark can't start (no Java), or the cluster isn't there.
    """
    try:
        from pyspark.errors import PySparkException  # noqa: PLC0415 - an optional part
        from pyspark.sql import SparkSession  # noqa: PLC0415
    except ImportError as missing:
        raise MissingExtraError("--engine spark", "spark") from missing
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        raise UsageError(
            "Spark needs Java 17 or newer; install it (Debian: apt-get install openjdk-17-jre-headless)."
        )
    builder = (
        SparkSession.builder.appName("allegiance lake")
        .master(master or LOCAL_MASTER)
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.sql.session.timeZone", "UTC")
    )
    if master is None:
        # In one process nobody outside has any business with the driver.
        builder = builder.config("spark.driver.host", "127.0.0.1").config(
            "spark.driver.bindAddress", "127.0.0.1"
        )
    try:
        session = builder.getOrCreate()
    except (PySparkException, OSError, RuntimeError) as refused:
        raise UsageError(f"Spark can't be started on {master or LOCAL_MASTER}: {_line(refused)}") from refused
    try:
        session.sparkContext.setLogLevel("ERROR")
        yield session
    finally:
        session.stop()


def _line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]


@contextmanager
def _aside(target: Path) -> Iterator[Path]:
    """Give a folder beside `target` for what is unfinished."""
    try:
        with unfinished.folder(target.parent, ".ties-") as aside:
            yield aside
    except OSError as refused:
        raise StorageError(
            f"{target} can't be written ({refused.strerror or refused}); free some space or name another file."
        ) from refused
