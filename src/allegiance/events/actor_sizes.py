"""Sizes of actors (capabilities, votes, seats) from a table of two columns; they are no statements and go into no case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegiance.errors import BadRowError, DataError, UsageError, clipped
from allegiance.events.format import Intake
from allegiance.events.header import read_header, table_rows
from allegiance.model import Codebook

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

LARGEST = 1e12  # beyond it products of sizes would lose their digits


def read_sizes(path: Path) -> dict[str, float]:
    """Read the columns actor and size of a CSV; further columns are of no account.

    Raises:
        UsageError: there is no such file.
        DataError: a column is missing, a row is broken, an actor stands there twice, or there is none.
    """
    if not path.is_file():
        raise UsageError(f"There is no file {path}; name a CSV with the columns actor and size.")
    header = read_header(path, path.name)
    name_at, size_at = header.places(["actor", "size"])
    sizes: dict[str, float] = {}
    for item in table_rows(Intake(path, path.name, _unresolved, Codebook({})), header):
        if isinstance(item, BadRowError):
            raise item
        row, cells = item
        name = cells[name_at].strip()
        if not name:
            raise BadRowError(path.name, row, "there is no actor.")
        if name in sizes:
            raise BadRowError(
                path.name, row, f"{clipped(name)!r} has a size already; leave one of the rows out."
            )
        sizes[name] = _size(cells[size_at], path.name, row)
    if not sizes:
        raise DataError(f"{path.name} gives no actor a size.")
    return sizes


def _size(text: str, file: str, row: int) -> float:
    try:
        size = float(text)
    except ValueError:
        raise BadRowError(file, row, f"the size {clipped(text)!r} is no number.") from None
    if not 0 <= size <= LARGEST:  # nor is NaN
        raise BadRowError(
            file, row, f"the size is {text.strip()}; it is a number of at least 0, in a sensible unit."
        )
    return size


def _unresolved(scheme: str, code: str, day: date | None) -> str | None:  # noqa: ARG001 - actors stand there by name
    return None
