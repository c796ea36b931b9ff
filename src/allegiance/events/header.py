"""The header line of a table: which column stands where, and rows split by it."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

from allegiance.errors import DataError, clipped
from allegiance.events.textfile import lines, opening, require_text, split_row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from allegiance.errors import BadRowError
    from allegiance.events.format import Intake

_LONGEST_HEADER = 1 << 16


@dataclass(frozen=True, slots=True)
class Header:
    """The names of a table's columns (case folded, trimmed) and what parts them."""

    file: str
    names: tuple[str, ...]
    delimiter: str

    def place(self, *names: str) -> int | None:
        """Return where the first of `names` stands that the table has, or None."""
        return next((place for name in names if (place := self._find(name)) is not None), None)

    def places(self, names: Sequence[str]) -> list[int]:
        """Return where each of the columns stands.

        Raises:
            DataError: one is missing; names the file, the column and what is there.
        """
        missing = [name for name in names if self._find(name) is None]
        if missing:
            raise DataError(
                f"{self.file} has no column {' and no column '.join(repr(name) for name in missing)}; "
                f"it has: {clipped(', '.join(self.names), 300)}."
            )
        return [place for name in names if (place := self._find(name)) is not None]

    def _find(self, name: str) -> int | None:
        """Return where a column stands, under the name or as other programs write it ("Event.ID", "event_id", "EventID")."""
        if name in self.names:
            return self.names.index(name)
        squeezed = [squeeze(other) for other in self.names]
        return squeezed.index(squeeze(name)) if squeezed.count(squeeze(name)) == 1 else None


def squeeze(name: str) -> str:
    """Return a column's name as letters and digits alone, in which editions and programs agree."""
    return "".join(char for char in name.casefold() if char.isalnum())


def has_columns(path: Path, names: Iterable[str], delimiters: str = ",\t;") -> bool:
    """Return whether the first line of a file is a header that holds all of `names`; any other file hasn't."""
    line = first_line(path)
    asked = {squeeze(name) for name in names}
    return any(asked <= {squeeze(name) for name in _names(line, delimiter)} for delimiter in delimiters)


def first_line(path: Path) -> str:
    """Return the first line of a text file without its byte-order mark, or nothing where it can't be one."""
    line = opening(path, _LONGEST_HEADER).partition(b"\n")[0]
    return line.decode("utf-8", "replace").removeprefix("\ufeff").rstrip("\r")


def read_header(path: Path, file: str, delimiters: str = ",\t;") -> Header:
    """Return the header of a table, parted by whichever of `delimiters` gives the most columns.

    Raises:
        DataError: the file is empty or binary, or a name stands twice in the header.
    """
    require_text(path)
    line = next((text for _, text, fault in lines(path) if not fault), "")
    best = max(delimiters, key=lambda delimiter: len(_names(line, delimiter)))
    names = _names(line, best)
    twice = [name for name in names if name and names.count(name) > 1]
    if twice:
        raise DataError(f"{file} has the column {clipped(twice[0])!r} twice.")
    return Header(file, tuple(names), best)


def table_rows(intake: Intake, header: Header) -> Iterator[tuple[int, list[str]] | BadRowError]:
    """Yield (line number, fields) of each data row behind the header, or what is wrong with the row."""
    rows = lines(intake.path)
    next(rows, None)
    return fields_of(rows, intake, header)


def fields_of(
    rows: Iterable[tuple[int, str, str]], intake: Intake, header: Header
) -> Iterator[tuple[int, list[str]] | BadRowError]:
    """Yield (line number, fields) of numbered lines, or what is wrong with the row."""
    width, delimiter, tally = len(header.names), header.delimiter, intake.tally
    for number, line, fault in rows:
        tally.rows += 1
        if fault:
            yield intake.bad(number, fault)
            continue
        try:
            fields = split_row(line, delimiter, width)
        except csv.Error:
            yield intake.bad(number, "a quotation mark is not closed, or stands where none may")
            continue
        if len(fields) == width:
            yield number, fields
        else:
            yield intake.bad(number, f"it has {len(fields)} columns, the header has {width}")


def _names(line: str, delimiter: str) -> list[str]:
    try:
        return [name.strip().casefold() for name in split_row(line, delimiter)]
    except csv.Error:
        return [line]
