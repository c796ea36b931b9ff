"""Tables with named columns, be they CSV or Parquet: the rows as texts of the columns that a format asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegiance.errors import BadRowError, DataError, clipped
from allegiance.events.header import read_header, table_rows
from allegiance.events.parquet import is_parquet, parquet_columns, parquet_rows
from allegiance.events.textfile import opening

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from allegiance.events.format import Intake


def column_names(path: Path) -> frozenset[str]:
    """Return the names of a table's columns, case folded; none where the file is no table."""
    if not opening(path, 1):
        return frozenset()
    try:
        names = parquet_columns(path) if is_parquet(path) else read_header(path, path.name).names
    except DataError:
        return frozenset()
    return frozenset(names)


def text_rows(
    intake: Intake, columns: Sequence[str], optional: Sequence[str] = ()
) -> Iterator[tuple[int, list[str]] | BadRowError]:
    """Yield (line or row number, the texts of `columns` and of `optional`) of each row, or what is wrong with it.

    A missing value of a Parquet file, and a column of `optional` that isn't there, are empty texts.

    Raises:
        DataError: the file is damaged or lacks one of `columns`.
    """
    if not is_parquet(intake.path):
        header = read_header(intake.path, intake.dataset)
        places: list[int | None] = [*header.places(columns), *(header.place(name) for name in optional)]
        for item in table_rows(intake, header):
            if isinstance(item, BadRowError):
                yield item
            else:
                number, fields = item
                yield number, ["" if place is None else fields[place].strip() for place in places]
        return
    names = parquet_columns(intake.path)
    missing = [name for name in columns if name not in names]
    if missing:
        raise DataError(
            f"{intake.dataset} has no column {' and no column '.join(map(repr, missing))}; "
            f"it has: {clipped(', '.join(names), 300)}."
        )
    there = [name for name in optional if name in names]
    at = [len(columns) + there.index(name) if name in there else None for name in optional]
    for number, values in parquet_rows(intake.path, (*columns, *there)):
        intake.tally.rows += 1
        texts = ["" if value is None else str(value) for value in values]
        yield number, [*texts[: len(columns)], *("" if place is None else texts[place] for place in at)]
