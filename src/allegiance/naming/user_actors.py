"""A user's own table of actors: CSV with the columns of `COLUMNS`, several values in a cell separated by a bar.

Only reading and checking the table lives here; docs/actors.md describes it to users.
"""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

from allegiance.errors import BadRowError, DataError, UsageError, clipped
from allegiance.model import Membership
from allegiance.naming.entry import ActorEntry, Leader, Period
from allegiance.naming.tables import first_day, last_day, split
from allegiance.naming.tokens import tokenise

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

COLUMNS = ("name", "kind", "aliases", "demonyms", "capital", "leader", "leader_titles", "member_of")
"""The columns; only `name` must be there."""

KINDS = ("state", "bloc", "armed-group", "company", "organisation", "province", "person", "office", "unknown")

_DATED = re.compile(r"(?P<name>[^()]+?)\s*(?:\((?:(?P<title>[^();]*);)?\s*(?P<dates>[^();]*)\))?")
_LONGEST_NAME = 200
_LARGEST_TABLE = 64 * 1024 * 1024


def read_actors(path: Path) -> list[ActorEntry]:
    """Return the actors of a user's table; see `parse_actors`."""
    return parse_actors(table_text(path), path.name)


def parse_actors(text: str, file: str) -> list[ActorEntry]:
    """Return the actors of a table's text; `file` is its name in errors.

    Raises:
        DataError: it is no such table.
        BadRowError: a row can't be used; says which and why.
    """
    entries: list[ActorEntry] = []
    seen: dict[str, int] = {}
    for number, row in _rows(text, file):
        entry = _entry(file, number, row)
        if (first := seen.setdefault(entry.name, number)) != number:
            raise BadRowError(
                file,
                number,
                f"the name {entry.name!r} already stands in row {first}; each actor has one row.",
            )
        entries.append(entry)
    return entries


def table_text(path: Path) -> str:
    """Return the text of a table of actors.

    Raises:
        UsageError: there is no such file.
        DataError: it is too large or not UTF-8 text.
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise UsageError(f"There is no file {path}.") from None
    except IsADirectoryError:
        raise UsageError(f"{path} is a folder; give the CSV file with the actors.") from None
    except PermissionError:
        raise UsageError(f"{path} can't be read: permission denied.") from None
    if len(raw) > _LARGEST_TABLE:
        raise DataError(f"{path.name} is larger than 64 MB; that is no table of actors.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DataError(f"{path.name} is not UTF-8 text; save the table of actors as UTF-8 CSV.") from None


def _rows(text: str, file: str) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    try:
        header = [cell.strip() for cell in next(reader, [])]
        if "name" not in header:
            raise DataError(
                f"{file} has no column called 'name'; its columns should be {', '.join(COLUMNS)}."
            )
        if unknown := [column for column in header if column not in COLUMNS]:
            raise DataError(
                f"{file} has a column called {clipped(unknown[0])!r}; its columns should be {', '.join(COLUMNS)}."
            )
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                raise BadRowError(
                    file,
                    reader.line_num,
                    f"it has {len(cells)} cells where the header has {len(header)}.",
                )
            yield reader.line_num, dict(zip(header, cells, strict=True))
    except csv.Error as broken:
        raise BadRowError(file, reader.line_num, f"it is no CSV ({broken}).") from broken


def _entry(file: str, number: int, row: dict[str, str]) -> ActorEntry:
    name, kind = row["name"].strip(), row.get("kind", "").strip() or "unknown"
    if kind not in KINDS:
        raise BadRowError(
            file, number, f"the kind {clipped(kind)!r} is unknown; use one of {', '.join(KINDS)}."
        )
    names = {
        column: split(row.get(column, "")) for column in ("aliases", "demonyms", "capital", "leader_titles")
    }
    for value in (name, *(value for values in names.values() for value in values)):
        _check(file, number, value)
    return ActorEntry(
        name=name,
        kind=kind,
        aliases=names["aliases"],
        demonyms=names["demonyms"],
        capitals=names["capital"],
        leaders=tuple(_leader(file, number, cell) for cell in split(row.get("leader", ""))),
        titles=names["leader_titles"],
        memberships=tuple(_membership(file, number, cell) for cell in split(row.get("member_of", ""))),
    )


def _check(file: str, number: int, name: str) -> None:
    if len(name) > _LONGEST_NAME:
        raise BadRowError(
            file,
            number,
            f"the name {clipped(name, 40)!r} is {len(name):,} characters long; at most {_LONGEST_NAME}.",
        )
    if not name.isprintable() or not tokenise(name):
        raise BadRowError(
            file,
            number,
            f"{clipped(name)!r} is no name: it needs a letter or digit and no control characters.",
        )


def _leader(file: str, number: int, cell: str) -> Leader:
    name, title, period = _dated(file, number, cell)
    return Leader(name, title, period, short=(name.split()[-1],))


def _membership(file: str, number: int, cell: str) -> Membership:
    name, _, period = _dated(file, number, cell)
    return Membership(name, period.since, period.until)


def _dated(file: str, number: int, cell: str) -> tuple[str, str, Period]:
    """Read ``Name``, ``Name (since..until)`` or ``Name (title; since..until)``."""
    match = _DATED.fullmatch(cell.strip())
    if match is None:
        raise BadRowError(
            file,
            number,
            f"{clipped(cell)!r} is not in the form Name (title; since..until) with dates as 2031-02-11.",
        )
    _check(file, number, match["name"])
    since, dots, until = (match["dates"] or "").partition("..")
    if since.strip() and not dots:
        raise BadRowError(
            file, number, f"{clipped(cell)!r} needs two dots between its dates: (since..until)."
        )
    try:
        return match["name"], (match["title"] or "").strip(), Period(first_day(since), last_day(until))
    except DataError as wrong:
        raise BadRowError(file, number, f"in {clipped(cell)!r}: {wrong}") from wrong
