"""Tables of alliances as rows: which form a file has, and what each row says. Each data set declares its own columns."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from allegiance.errors import BadRowError, DataError
from allegiance.events.alliance_pacts import DyadPacts, MemberPacts, Terms
from allegiance.events.fields import MISSING, earliest, latest, whole
from allegiance.events.format import LONGEST_NAME
from allegiance.events.header import Header, read_header, table_rows
from allegiance.events.parquet import is_parquet, parquet_columns, parquet_rows
from allegiance.events.textfile import opening
from allegiance.model import DateInterval

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from allegiance.events.alliance_pacts import PactKind
    from allegiance.events.format import Intake
    from allegiance.model import Statement

FLAG_MISSING = MISSING | {"NaN", "nan", "None"}


@dataclass(frozen=True, slots=True)
class Form:
    """One form of table: a row for two states and a year, for two states and a treaty, or for a member of a treaty.

    Attributes:
        kind: year, dyad or member.
        key: the columns of the key: two states and the year; treaty and two states; treaty and member.
        dates: year, month, day of the begin, and of the end; empty for the form by year.
    """

    kind: str
    key: tuple[str, ...]
    dates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AllianceData:
    """What tells one data set of alliances from another.

    Attributes:
        kind: source, reader and weights.
        flags: for each obligation of `kind`, in its order, the names its column may have.
        forms: the forms of its files.
        names: columns with the states' names.
        years: the first and last year of the data; a pact without an end lasts until then.
        no_date: markers of an unknown part of a date.
    """

    kind: PactKind
    flags: tuple[tuple[str, ...], ...]
    forms: tuple[Form, ...]
    names: tuple[str, ...]
    years: tuple[int, int]
    no_date: frozenset[str] = MISSING

    def read(self, intake: Intake) -> Iterator[Statement | BadRowError]:
        """Yield the statements of a file and the rows that gave none."""
        layout, rows = _rows(self, intake)
        pacts: DyadPacts | MemberPacts = MemberPacts(intake, self.kind)
        if layout.form.kind != "member":
            pacts = DyadPacts(intake, self.kind, yearly=layout.form.kind == "year")
        for item in rows:
            if isinstance(item, BadRowError):
                yield item
                continue
            number, texts = item
            try:
                terms = layout.terms(texts)
            except ValueError as wrong:
                yield intake.bad(number, str(wrong))
                continue
            problem = "no obligation is set" if not terms.flags else pacts.add(number, terms)
            if problem:
                yield intake.no_relation(number, problem)
        yield from pacts.statements()

    def sniff(self, path: Path) -> bool:
        """Return whether a file has the columns of one of the forms."""
        if not opening(path, 1):
            return False
        try:
            columns = parquet_columns(path) if is_parquet(path) else read_header(path, path.name).names
            _layout(self, path.name, columns)
        except DataError:
            return False
        return True


@dataclass(frozen=True, slots=True)
class _Layout:
    """A form with the columns that a file really has."""

    data: AllianceData
    form: Form
    flags: tuple[str, ...]
    names: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns that are read."""
        return (*self.form.key, *self.form.dates, *self.flags, *self.names)

    def terms(self, texts: list[str]) -> Terms:
        """Read the texts of `columns`.

        Raises:
            ValueError: with the sentence that says what is wrong with the row.
        """
        at_dates = len(self.form.key)
        at_flags = at_dates + len(self.form.dates)
        at_names = at_flags + len(self.flags)
        key = tuple(map(_present, self.form.key, texts[:at_dates]))
        flags = 0
        for bit, text in enumerate(texts[at_flags:at_names]):
            flags |= _flag(text) << bit
        names = tuple(text.strip() for text in texts[at_names:])
        if any(len(name) > LONGEST_NAME for name in names):
            raise ValueError(f"a state's name has more than {LONGEST_NAME} characters")
        return Terms(key, self._when(key, texts[at_dates:at_flags]), flags, names)

    def _when(self, key: tuple[int, ...], texts: list[str]) -> DateInterval:
        """Return the year, or the days of begin and end; a pact without an end lasts as long as the data."""
        begin, end = self.data.years
        try:
            if self.form.kind == "year":
                first, last = _year(key[-1])
            else:
                first, last = self._span(texts)
        except ValueError:
            raise ValueError("its dates are not in the calendar") from None
        if not begin <= first.year <= last.year <= end or last < first:
            raise ValueError(f"its dates {first} to {last} are not in order within {begin} to {end}")
        return DateInterval(first, last)

    def _span(self, texts: list[str]) -> tuple[date, date]:
        """Return the days of begin and end from six columns (year, month, day twice)."""
        parts = (whole(text, self.data.no_date) for text in texts)
        begin_year, begin_month, begin_day, end_year, end_month, end_day = parts
        first = earliest(begin_year or 0, begin_month, begin_day)
        open_end = latest(self.data.years[1], None, None)
        return first, open_end if end_year is None else latest(end_year, end_month, end_day)


@lru_cache(1 << 12)
def _year(year: int) -> tuple[date, date]:
    return earliest(year, None, None), latest(year, None, None)


def _layout(data: AllianceData, file: str, columns: tuple[str, ...]) -> _Layout:
    """Tell the form of a file by its columns.

    Raises:
        DataError: it is none of the known forms; says which columns are expected.
    """
    present = set(columns)
    flags = tuple(next((name for name in names if name in present), names[0]) for names in data.flags)
    names = tuple(name for name in data.names if name in present)
    for form in data.forms:
        if present >= {*form.key, *form.dates, *flags}:
            return _Layout(data, form, flags, names)
    keys = "; or ".join(", ".join((*form.key, *form.dates[:1])) for form in data.forms)
    raise DataError(
        f"{file} is no table of {data.kind.source}: expected are the columns {keys}; with "
        f"{', '.join(data.kind.obligations)}."
    )


def _rows(
    data: AllianceData, intake: Intake
) -> tuple[_Layout, Iterator[tuple[int, list[str]] | BadRowError]]:
    """Return the layout and the rows of a file, each the texts of the layout's columns."""
    if is_parquet(intake.path):
        layout = _layout(data, intake.dataset, parquet_columns(intake.path))
        return layout, _parquet_texts(intake, layout)
    header = read_header(intake.path, intake.dataset)
    layout = _layout(data, intake.dataset, header.names)
    return layout, _csv_texts(intake, layout, header)


def _parquet_texts(intake: Intake, layout: _Layout) -> Iterator[tuple[int, list[str]]]:
    for number, values in parquet_rows(intake.path, layout.columns):
        intake.tally.rows += 1
        yield number, ["" if value is None else str(value) for value in values]


def _csv_texts(
    intake: Intake, layout: _Layout, header: Header
) -> Iterator[tuple[int, list[str]] | BadRowError]:
    places = header.places(layout.columns)
    for item in table_rows(intake, header):
        yield item if isinstance(item, BadRowError) else (item[0], [item[1][place] for place in places])


def _present(name: str, text: str) -> int:
    try:
        number = whole(text)
    except ValueError:
        raise ValueError(f"its {name} {text[:20]!r} is no whole number") from None
    if number is None:
        raise ValueError(f"its {name} is missing")
    return number


def _flag(text: str) -> int:
    try:
        number = whole(text, FLAG_MISSING) or 0
    except ValueError:
        number = -1
    if number not in (0, 1):
        raise ValueError(f"an obligation is {text[:20]!r}, not 0 or 1")
    return number
