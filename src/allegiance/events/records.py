"""CSV records that span lines, as text columns of event data do; one open quotation mark doesn't swallow the file."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from allegiance.events.header import table_rows
from allegiance.events.textfile import lines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from allegiance.errors import BadRowError
    from allegiance.events.format import Intake
    from allegiance.events.header import Header

# A record of more lines is taken for one whose quotation mark was never closed; the next line begins a new one.
MOST_LINES = 200
_OPEN = "a quotation mark is not closed, or stands where none may"


def table_records(intake: Intake, header: Header) -> Iterator[tuple[int, list[str]] | BadRowError]:
    """Yield (first line's number, fields) of each data record behind the header, or what is wrong with it."""
    if header.delimiter == "\t":
        # Between tabs nothing is quoted, so that no record spans lines.
        yield from table_rows(intake, header)
        return
    width, delimiter, tally = len(header.names), header.delimiter, intake.tally
    for number, text, fault in _records(intake.path):
        tally.rows += 1
        if fault:
            yield intake.bad(number, fault)
            continue
        try:
            fields = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
        except csv.Error:
            yield intake.bad(number, _OPEN)
            continue
        if len(fields) == width:
            yield number, fields
        else:
            yield intake.bad(number, f"it has {len(fields)} columns, the header has {width}")


def _records(path: Path) -> Iterator[tuple[int, str, str]]:
    """Yield (first line's number, text, fault) of each record: lines until the quotation marks are even."""
    rows = lines(path)
    next(rows, None)
    held: list[tuple[int, str]] = []
    marks = 0
    for number, line, fault in rows:
        if fault:
            yield from _apart(held)
            held, marks = [], 0
            yield number, "", fault
            continue
        held.append((number, line))
        marks += line.count('"')
        if marks % 2 == 0:
            yield held[0][0], "\n".join(text for _, text in held), ""
            held, marks = [], 0
        elif len(held) == MOST_LINES:
            yield held[0][0], "", _OPEN
            # The lines behind the broken one may be records of their own.
            yield from _apart(held[1:])
            held, marks = [], 0
    yield from _apart(held)


def _apart(held: list[tuple[int, str]]) -> Iterator[tuple[int, str, str]]:
    """Yield lines whose record never ended as records of their own."""
    for number, line in held:
        yield number, line, _OPEN if line.count('"') % 2 else ""
