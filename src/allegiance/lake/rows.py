"""Rows of a lake as evidence, and its ties as arrays for a network."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

import narwhals as nw

from allegiance import unfinished
from allegiance.errors import DataError, StorageError
from allegiance.lake.database import database, paths_list
from allegiance.lake.row import NAMES
from allegiance.lake.ties import ties, wanted_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from allegiance.lake.lake import Lake
    from allegiance.lake.ties import TieQuery

_KINDS = {"actor": ("actor", "target"), "source": ("source", "outlet")}


def signed_ties(lake: Lake, query: TieQuery) -> dict[str, NDArray[Any]]:
    """Return the positive and the negative parts of the ties as columns.

    Returns:
        Arrays of one length: source, month (date or None), actor, target, first and last (days of the rows' month),
        amount (signed tenths times the query's divisor, never 0) and count (rows of the tie: with the first of its
        parts, else 0).
    """
    columns = ("source", "month", "actor", "target", "first", "last", "amount", "count")
    files = lake.files(query.since, query.until)
    with _asked() as db:
        if files:
            summed = ties(_frame(db, files), query).to_native()
            summed.create("summed")
        else:
            db.execute(
                "CREATE TEMP TABLE summed (source VARCHAR, month DATE, actor VARCHAR, target VARCHAR, positive BIGINT, "
                "negative BIGINT, count BIGINT)"
            )
        found = db.execute(
            """
            SELECT source, month, actor, target, month AS first, last_day(month) AS last, amount, rows AS count FROM (
                SELECT *, positive AS amount, count AS rows FROM summed WHERE positive > 0
                UNION ALL BY NAME
                SELECT *, -negative AS amount, CASE WHEN positive > 0 THEN 0 ELSE count END AS rows FROM summed
                WHERE negative > 0)
            ORDER BY source, month, actor, target, amount DESC"""
        ).fetchall()
    return _arrays(columns, found)


def read_rows(lake: Lake, names: Sequence[str], query: TieQuery, most: int) -> Iterator[Mapping[str, Any]]:
    """Yield the rows of one actor, or among several, that count for ties, newest first; at most `most`."""
    files = lake.files(query.since, query.until)
    if not files:
        return
    with _asked() as db:
        rows = wanted_rows(_frame(db, files), query)
        actor, target = nw.col("actor"), nw.col("target")
        if len(names) == 1:
            rows = rows.filter((actor == names[0]) | (target == names[0]))
        else:
            rows = rows.filter(actor.is_in(names) & target.is_in(names))
        found = (
            rows.sort("date", "file", "row", descending=[True, False, False], nulls_last=True)
            .head(most)
            .to_native()
        )
        for row in found.select(*NAMES).fetchall():
            yield dict(zip(NAMES, row, strict=True))


def named(lake: Lake, kind: str, names: Sequence[str] = ()) -> list[str]:
    """Return the actors or sources of a lake: those of `names` that are there, or all."""
    files = lake.files()
    if not files:
        return []
    with _asked() as db:
        found: set[str] = set()
        for column in _KINDS[kind]:
            rows = _frame(db, files).select(nw.col(column).alias("name"))
            if names:
                rows = rows.filter(nw.col("name").is_in(names))
            found |= {name for (name,) in rows.unique().to_native().fetchall()}
    return sorted(found)


@contextmanager
def _asked() -> Iterator[Any]:
    """Give DuckDB's connection for a question."""
    with ExitStack() as stack:
        try:
            spill = stack.enter_context(unfinished.scratch())
        except StorageError:
            spill = None  # a full disk: what fits into memory, as nearly every question does, is answered all the same
        yield stack.enter_context(database(spill))


def _frame(db: Any, files: Sequence[Path]) -> nw.LazyFrame[Any]:  # noqa: ANN401 - DuckDB's connection
    try:
        relation = db.read_parquet(paths_list(files), hive_partitioning=False)
    except RuntimeError as broken:  # DuckDB's, of a column whose name is no text
        raise DataError(f"A file of the lake is damaged ({broken}); bring it back from a copy.") from broken
    frame: nw.LazyFrame[Any] = nw.from_native(relation)
    return frame


def _arrays(columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> dict[str, NDArray[Any]]:
    import numpy as np  # noqa: PLC0415 - off the path of adding

    made = {}
    for place, name in enumerate(columns):
        made[name] = np.empty(len(rows), dtype=object)
        made[name][:] = [row[place] for row in rows]
    return made
