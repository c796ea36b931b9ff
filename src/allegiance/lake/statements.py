"""Statements to rows of the lake, one by one: the path that every format has."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from allegiance import events
from allegiance.lake.manifest import Member
from allegiance.lake.row import COLUMNS, NAMES, arrays_of, batch_of, row_of
from allegiance.model import Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from allegiance.lake.gdelt import PlainFile
    from allegiance.lake.manner import Manner
    from allegiance.lake.row import Batch

_BATCH = 20_000


def begin(db: Any) -> None:  # noqa: ANN401 - DuckDB's connection
    """Make the empty table `rows`."""
    columns = ", ".join(f'"{column.name}" {column.kind}' for column in COLUMNS)
    db.execute(f"CREATE TEMP TABLE rows ({columns})")


def insert(db: Any, batch: Batch) -> int:  # noqa: ANN401 - as above
    """Put some rows into the table `rows`; returns how many."""
    count = len(batch[NAMES[0]])
    if count:
        db.register("batch", arrays_of(batch))
        names = ", ".join(f'"{column.name}"::{column.kind}' for column in COLUMNS)
        db.execute(f"INSERT INTO rows SELECT {names} FROM batch")  # noqa: S608 - names of ours
        db.unregister("batch")
    return count


def add(db: Any, file: PlainFile, data_format: str, manner: Manner) -> Member:  # noqa: ANN401 - as above
    """Put the statements of a data file into the table `rows`.

    Raises:
        DataError: the file is empty, binary, or not of this format.
    """
    dataset = file.dataset
    reading = events.load(
        file.path,
        data_format,
        manner.resolve,
        dataset=dataset,
        codebook=manner.codebook,
        options=manner.options,
    )
    # What a file gives besides (its articles' context) has no place in a lake of ties.
    stmts = (item for item in reading if isinstance(item, Statement))
    count = sum(insert(db, batch) for batch in _batches(row_of(stmt, data_format, dataset) for stmt in stmts))
    tally = reading.tally
    return Member(
        dataset, data_format, tally.rows, tally.used, count, dict(tally.skipped), dict(tally.notices)
    )


def _batches(rows: Iterable[tuple[Any, ...]]) -> Iterator[Batch]:
    left = iter(rows)
    while some := list(islice(left, _BATCH)):
        yield batch_of(some)
