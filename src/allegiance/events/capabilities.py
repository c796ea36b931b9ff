"""National capabilities from a table, as the Correlates of War's National Material Capabilities are published.

They are no statements about two actors and go into no case; who drafts an issue may take them as a first guess of power.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from allegiance.errors import BadRowError, DataError, UsageError
from allegiance.events.format import Intake
from allegiance.events.header import read_header, table_rows
from allegiance.model import Codebook

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

CITATION = "Singer, Bremer and Stuckey 1972, and Singer 1987, doi:10.1080/03050628808434695: National Material Capabilities"
_MISSING = "-9"


@dataclass(frozen=True, slots=True)
class Capability:
    """The share of the world's capabilities (CINC, 0 to 1) that a table gives a state in a year."""

    cinc: float
    year: int
    row: int


@dataclass(frozen=True, slots=True)
class CapabilityTable:
    """Capabilities by code.

    Attributes:
        file: name of the table's file.
        by_number: by Correlates of War number (as text without leading zeros).
        by_letters: by Correlates of War abbreviation.
        problems: the rows that could not be used.
    """

    file: str
    by_number: dict[str, Capability] = field(default_factory=dict)
    by_letters: dict[str, Capability] = field(default_factory=dict)
    problems: list[BadRowError] = field(default_factory=list)


def read_capabilities(path: Path, year: int | None = None) -> CapabilityTable:
    """Read the columns ccode or stateabb, year, and cinc of a CSV; each state's value of `year`, or of its latest year.

    Raises:
        UsageError: there is no such file.
        DataError: a column is missing, or no row can be used.
    """
    if not path.is_file():
        raise UsageError(f"There is no file {path}; name a CSV with ccode or stateabb, year, and cinc.")
    header = read_header(path, path.name)
    number, letters = header.place("ccode"), header.place("stateabb")
    if number is None and letters is None:
        raise DataError(f"{path.name} has neither a column ccode nor stateabb, so its rows name no state.")
    year_at, cinc_at = header.places(["year", "cinc"])
    table = CapabilityTable(path.name)
    for item in table_rows(Intake(path, path.name, _unresolved, Codebook({})), header):
        if isinstance(item, BadRowError):
            table.problems.append(item)
            continue
        row, cells = item
        try:
            found = _capability(row, cells[year_at], cells[cinc_at], path.name)
        except BadRowError as broken:
            table.problems.append(broken)
            continue
        if found is None or year not in (None, found.year):
            continue
        for place, where in ((number, table.by_number), (letters, table.by_letters)):
            code = "" if place is None else cells[place].strip().lstrip("0")
            if code and (code not in where or where[code].year < found.year):
                where[code] = found
    if not table.by_number and not table.by_letters:
        of_year = "" if year is None else f" of the year {year}"
        raise DataError(f"{path.name} has no capability{of_year} that can be used.")
    return table


def _capability(row: int, year: str, cinc: str, file: str) -> Capability | None:
    if cinc.strip() in ("", _MISSING):
        return None  # the data set's own mark for a value that nobody knows
    try:
        found = Capability(float(cinc), int(float(year)), row)
    except ValueError:
        raise BadRowError(file, row, f"cinc {cinc!r} or year {year!r} is no number.") from None
    if not math.isfinite(found.cinc) or found.cinc < 0:
        raise BadRowError(file, row, f"cinc is {cinc}; it can't be below 0.")
    return found


def _unresolved(scheme: str, code: str, day: date | None) -> str | None:  # noqa: ARG001 - codes are looked up by who drafts
    return None
