"""Parquet files as rows, through DuckDB."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from allegiance.errors import DataError, clipped
from allegiance.events.textfile import opening

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_BATCH = 8192


def is_parquet(path: Path) -> bool:
    """Return whether the file begins as a Parquet file does; its name doesn't matter."""
    return opening(path, 4) == b"PAR1"


def parquet_columns(path: Path) -> tuple[str, ...]:
    """Return the names of a Parquet file's columns, case folded.

    Raises:
        DataError: the file is damaged.
    """
    with _executed(path, "SELECT * FROM read_parquet($path) LIMIT 0") as cursor:
        return tuple(str(column[0]).casefold() for column in cursor.description or ())


def parquet_rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Yield (1-based row number, values of `columns`) in the order of the file.

    Raises:
        DataError: the file is damaged.
    """
    names = ", ".join('"' + name.replace('"', '""') + '"' for name in columns)
    query = f"SELECT {names} FROM read_parquet($path)"  # noqa: S608 - names are quoted, and the file's own
    number = 0
    with _executed(path, query) as cursor:
        while batch := cursor.fetchmany(_BATCH):
            for row in batch:
                number += 1
                yield number, row


@contextmanager
def _executed(path: Path, query: str) -> Iterator[Any]:
    """Give a cursor with the query's answer; what DuckDB finds wrong with the file becomes one sentence."""
    import duckdb  # noqa: PLC0415 - kept off the start-up path

    # One thread keeps the order of the file; nothing is fetched from anywhere else.
    config: dict[str, str | bool | int | float | list[str]] = {
        "threads": 1,
        "autoinstall_known_extensions": False,
    }
    try:
        with duckdb.connect(":memory:", config=config) as connection:
            # Its progress bar would land among the answers on stdout.
            connection.execute("SET enable_progress_bar = false")
            yield connection.execute(query, {"path": _literal(path)})
    except (duckdb.Error, RuntimeError, UnicodeDecodeError) as broken:
        # The latter two where a column's name is no text.
        said = clipped(str(broken).splitlines()[0], 200)
        raise DataError(f"{path.name} is no sound Parquet file: {said}") from broken


def _literal(path: Path) -> str:
    # DuckDB reads *, ? and [ in a name as patterns.
    return "".join(f"[{char}]" if char in "*?[" else char for char in str(path))
