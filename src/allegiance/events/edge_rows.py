"""Rows of a signed edge list: which columns they have, and one tie a row."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from allegiance.errors import BadRowError, DataError, clipped
from allegiance.events.format import LONGEST_NAME
from allegiance.events.header import read_header
from allegiance.events.periods import period
from allegiance.events.weights import tenths

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from allegiance.events.format import Intake
    from allegiance.events.header import Header

ENDS = (("source", "target"), ("a", "b"), ("from", "to"))
WEIGHTS = ("weight", "sign")
PERIODS = ("period", "year", "window")
EXPECTED = "source,target,weight or source,target,weight,period"
ROUNDED = "weight had more than one decimal place and was rounded to tenths (half to even)"
_MOST_CACHED = 1 << 16


@dataclass(frozen=True, slots=True)
class EdgeColumns:
    """Where the columns of an edge list stand; `period` is None where there is none."""

    header: Header
    source: int
    target: int
    weight: int
    period: int | None


def edge_columns(path: Path, file: str) -> EdgeColumns:
    """Find the columns of an edge list by their names.

    Raises:
        DataError: there is no header, or it lacks a column; says which and what is expected.
    """
    header = read_header(path, file, ",\t;|")
    ends = next((pair for pair in ENDS if pair[0] in header.names and pair[1] in header.names), None)
    weight = header.place(*WEIGHTS)
    if ends is None or weight is None:
        found = clipped(header.delimiter.join(header.names), 120)
        if any(_is_number(name) for name in header.names):
            raise DataError(
                f"{file} has no header: its first line is {found!r}. Put the column names above it: {EXPECTED}."
            )
        missing = "weight" if ends is not None else _missing_end(header)
        raise DataError(
            f"{file} has no column {missing!r}: its first line is {found!r}. Expected columns: {EXPECTED}."
        )
    source, target = (header.names.index(name) for name in ends)
    return EdgeColumns(header, source, target, weight, header.place(*PERIODS))


class NameCache(dict[str, str]):
    """Names of actors as spelt in the file -> checked and trimmed; each is checked once."""

    def __missing__(self, text: str) -> str:
        """Check a name not met before.

        Raises:
            DataError: it is empty or too long.
        """
        name = text.strip()
        if not name:
            raise DataError("an actor has no name")
        if len(name) > LONGEST_NAME:
            raise DataError(f"an actor's name has {len(name):,} characters, at most {LONGEST_NAME} are read")
        self[text] = name
        return name


class WeightCache(dict[str, tuple[int, bool]]):
    """Weights as spelt in the file -> (signed tenths, whether rounded)."""

    def __missing__(self, text: str) -> tuple[int, bool]:
        """Read a weight not met before; lists with millions of different weights don't fill the memory.

        Raises:
            DataError: it is no weight.
        """
        weight = tenths(text)
        if len(self) < _MOST_CACHED:
            self[text] = weight
        return weight


class PeriodCache(dict[str, str]):
    """Periods as spelt in the file -> trimmed, and known to be readable."""

    def __missing__(self, text: str) -> str:
        """Check a period not met before.

        Raises:
            DataError: it is no period.
        """
        period(text)
        self[text] = text.strip()
        return self[text]


class EdgeRows:
    """Rows to ties. A million rows repeat few names, weights and periods: each is checked once."""

    def __init__(self, intake: Intake, columns: EdgeColumns) -> None:
        self.intake, self.columns = intake, columns
        self.names, self.weights, self.periods = NameCache(), WeightCache(), PeriodCache()

    def ties(
        self, rows: Iterable[tuple[int, list[str]] | BadRowError]
    ) -> Iterator[tuple[int, str, str, int, str] | BadRowError]:
        """Yield (line, source, target, signed tenths, period as spelt) of each row, or what is wrong with it."""
        columns, intake = self.columns, self.intake
        when = ""
        for item in rows:
            if isinstance(item, BadRowError):
                yield item
                continue
            number, fields = item
            try:
                source, target = self.names[fields[columns.source]], self.names[fields[columns.target]]
                weight, rounded = self.weights[fields[columns.weight]]
                if columns.period is not None:
                    when = self.periods[fields[columns.period]]
            except DataError as wrong:
                yield intake.bad(number, str(wrong))
                continue
            if source == target:
                yield intake.no_relation(number, "it ties an actor to itself")
                continue
            intake.tally.used += 1
            if rounded:
                intake.tally.notices[ROUNDED] += 1
            yield number, source, target, weight, when


def _missing_end(header: Header) -> str:
    """Return the end of a tie that is missing beside its partner, or "source" where both are."""
    for source, target in ENDS:
        if source in header.names:
            return target
        if target in header.names:
            return source
    return "source"


def _is_number(text: str) -> bool:
    try:
        Decimal(text)
    except InvalidOperation:
        return False
    return True
