"""Rows to partitioned Parquet files: written aside, counted, made durable, then put in place by renaming."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from allegiance.errors import DataError
from allegiance.lake.database import paths_list, quoted
from allegiance.lake.manifest import Part
from allegiance.lake.row import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

ROWS = "rows"
_NULL = "__HIVE_DEFAULT_PARTITION__"
_WRITTEN = "written"


def write_parts(db: Any, query: str, aside: Path, folder: Path, commit: str) -> tuple[Part, ...]:  # noqa: ANN401 - DuckDB's connection
    """Write what `query` gives (columns as a lake's rows) into the lake `folder`, as files named for `commit`.

    The files stand in their places when this returns, but are no part of the lake before the manifest names them.
    """
    target = aside / _WRITTEN
    columns = ", ".join(f'"{column.name}"' for column in COLUMNS)
    typed = ", ".join(f'"{column.name}"::{column.kind} AS "{column.name}"' for column in COLUMNS)
    db.execute(
        f"COPY (SELECT {typed} FROM ({query}) AS told({columns})) TO {quoted(str(target))} "  # noqa: S608 - ours
        "(FORMAT parquet, COMPRESSION zstd, PARTITION_BY (dataset, year), WRITE_PARTITION_COLUMNS true)"
    )
    written = sorted(target.rglob("*.parquet"))
    parts = []
    for number, path in enumerate(written):
        place = folder / ROWS / path.parent.relative_to(target).as_posix().replace(_NULL, "undated")
        part = place / f"{commit}-{number}.parquet"
        parts.append(_counted(db, path, part.relative_to(folder).as_posix()))
        _sync(path)
        place.mkdir(parents=True, exist_ok=True)
        path.replace(part)
    for place in {(folder / part.path).parent for part in parts}:
        for one in (place, place.parent, place.parent.parent, folder):
            _sync(one)
    return tuple(parts)


def remove_strays(folder: Path, known: Iterable[Part]) -> None:
    """Remove Parquet files that no commit names: what a crash left between renaming and writing it down."""
    named = {folder / part.path for part in known}
    for path in (folder / ROWS).rglob("*.parquet"):
        if path not in named:
            path.unlink()


def check_parts(folder: Path, parts: Iterable[Part]) -> None:
    """Refuse a lake of which files are missing.

    Raises:
        DataError: one is; names it.
    """
    for part in parts:
        if not os.path.isfile(folder / part.path):  # noqa: PTH113 - says no to names that no disk takes, too
            raise DataError(
                f"{folder} lacks its file {part.path}; bring it back from a copy, or add the archives to a new lake."
            )


def _counted(db: Any, path: Path, name: str) -> Part:  # noqa: ANN401 - as above
    """Read back what was written."""
    rows, first, last, undated = db.execute(
        'SELECT count(*), min(date), max("last"), count(*) - count(date) FROM read_parquet($path, hive_partitioning = false)',
        {"path": paths_list([path])},
    ).fetchone()
    return Part(name, rows, first and first.isoformat(), last and last.isoformat(), undated)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
