"""Formal alliances of the Correlates of War 4.1: by dyad and year, by dyad, by member; CSV, or Parquet of peacesciencer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from allegiance.errors import BadRowError, DataError
from allegiance.events.alliance_pacts import OBLIGATIONS, DyadPacts, MemberPacts, Terms
from allegiance.events.fields import MISSING, earliest, latest, whole
from allegiance.events.format import LONGEST_NAME, Column, Format
from allegiance.events.header import Header, read_header, table_rows
from allegiance.events.parquet import is_parquet, parquet_columns, parquet_rows
from allegiance.events.textfile import opening
from allegiance.model import DateInterval

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from allegiance.events.format import Intake
    from allegiance.model import Statement

# Left-censored alliances begin before the data do; the oldest in force then was made in 1373.
FIRST_YEAR, LAST_YEAR = 1300, 2012
_COLUMN_OF = {
    "defense": ("defense", "cow_defense"),
    "entente": ("entente", "cow_entente"),
    "neutrality": ("neutrality", "cow_neutral"),
    "nonaggression": ("nonaggression", "cow_nonagg"),
}
_BY_YEAR = ("ccode1", "ccode2", "year")
_BY_DYAD = ("version4id", "ccode1", "ccode2")
_DYAD_DATES = tuple(f"dyad_{end}_{part}" for end in ("st", "end") for part in ("year", "month", "day"))
_BY_MEMBER = ("version4id", "ccode")
_MEMBER_DATES = tuple(f"mem_{end}_{part}" for end in ("st", "end") for part in ("year", "month", "day"))
_FLAGS = MISSING | {"NaN", "nan", "None"}


@dataclass(frozen=True, slots=True)
class _Layout:
    """Which columns a file has: the key, six dates or none, the four obligations in the order of `OBLIGATIONS`."""

    form: str
    key: tuple[str, ...]
    dates: tuple[str, ...]
    flags: tuple[str, ...]
    names: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns that are read."""
        return (*self.key, *self.dates, *self.flags, *self.names)


def _layout(file: str, columns: tuple[str, ...]) -> _Layout:
    """Tell the form of a file by its columns.

    Raises:
        DataError: it is none of the known forms; says which columns are expected.
    """
    present = set(columns)
    flags = tuple(
        next((name for name in names if name in present), names[0]) for names in _COLUMN_OF.values()
    )
    names = tuple(name for name in ("state_name1", "state_name2", "state_name") if name in present)
    for form, key, dates in (
        ("year", _BY_YEAR, ()),
        ("dyad", _BY_DYAD, _DYAD_DATES),
        ("member", _BY_MEMBER, _MEMBER_DATES),
    ):
        if present >= {*key, *dates, *flags}:
            return _Layout(form, key, dates, flags, names)
    raise DataError(
        f"{file} is no table of COW alliances: expected are the columns ccode1, ccode2, year (or ccode1, ccode2, "
        f"dyad_st_year, ...; or ccode, mem_st_year, ...) with {', '.join(OBLIGATIONS)}."
    )


def _rows(intake: Intake) -> tuple[_Layout, Iterator[tuple[int, list[str]] | BadRowError]]:
    """Return the layout and the rows of a file, each the texts of the layout's columns."""
    if is_parquet(intake.path):
        layout = _layout(intake.dataset, parquet_columns(intake.path))
        return layout, _parquet_texts(intake, layout)
    header = read_header(intake.path, intake.dataset)
    layout = _layout(intake.dataset, header.names)
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


def _read(intake: Intake) -> Iterator[Statement | BadRowError]:
    layout, rows = _rows(intake)
    read = MemberPacts(intake) if layout.form == "member" else DyadPacts(intake, yearly=layout.form == "year")
    for item in rows:
        if isinstance(item, BadRowError):
            yield item
            continue
        number, texts = item
        try:
            terms = _terms(layout, texts)
        except ValueError as wrong:
            yield intake.bad(number, str(wrong))
            continue
        problem = "none of the four obligations is set" if not terms.flags else read.add(number, terms)
        if problem:
            yield intake.no_relation(number, problem)
    yield from read.statements()


def _terms(layout: _Layout, texts: list[str]) -> Terms:
    """Read the texts of the layout's columns.

    Raises:
        ValueError: with the sentence that says what is wrong with the row.
    """
    at_dates = len(layout.key)
    at_flags = at_dates + len(layout.dates)
    at_names = at_flags + len(layout.flags)
    key = tuple(_present(name, text) for name, text in zip(layout.key, texts[:at_dates], strict=True))
    flags = 0
    for bit, text in enumerate(texts[at_flags:at_names]):
        flag = _flag(text)
        flags |= flag << bit
    names = tuple(text.strip() for text in texts[at_names:])
    if any(len(name) > LONGEST_NAME for name in names):
        raise ValueError(f"a state's name has more than {LONGEST_NAME} characters")
    return Terms(key, _when(layout, key, texts[at_dates:at_flags]), flags, names)


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
        number = whole(text, _FLAGS) or 0
    except ValueError:
        number = -1
    if number not in (0, 1):
        raise ValueError(f"an obligation is {text[:20]!r}, not 0 or 1")
    return number


def _when(layout: _Layout, key: tuple[int, ...], texts: list[str]) -> DateInterval:
    """Return the year, or the days of begin and end; an alliance without an end lasts as long as the data."""
    try:
        if layout.form == "year":
            first, last = earliest(key[-1], None, None), latest(key[-1], None, None)
        else:
            first, last = _span(texts)
    except ValueError:
        raise ValueError("its dates are not in the calendar") from None
    if not FIRST_YEAR <= first.year <= last.year <= LAST_YEAR or last < first:
        raise ValueError(f"its dates {first} to {last} are not in order within {FIRST_YEAR} to {LAST_YEAR}")
    return DateInterval(first, last)


def _span(texts: list[str]) -> tuple[date, date]:
    """Return the days of begin and end from six columns (year, month, day twice)."""
    begin_year, begin_month, begin_day, end_year, end_month, end_day = map(whole, texts)
    first = earliest(begin_year or 0, begin_month, begin_day)
    return first, latest(LAST_YEAR, None, None) if end_year is None else latest(end_year, end_month, end_day)


def _sniff(path: Path) -> bool:
    if not opening(path, 1):
        return False
    try:
        columns = parquet_columns(path) if is_parquet(path) else read_header(path, path.name).names
        _layout(path.name, columns)
    except DataError:
        return False
    return True


COW_ALLIANCE = Format(
    name="cow-alliance",
    title="Correlates of War, Formal Alliances 4.1",
    citation=(
        "Gibler, D. M. (2009). International military alliances, 1648-2008. CQ Press. For the Parquet form also: "
        "Miller, S. V. (2022). {peacesciencer}: An R package for quantitative peace science research. Conflict "
        "Management and Peace Science 39(6), 755-779. https://doi.org/10.1177/07388942221077926"
    ),
    terms="Free for scholarly use with citation of the Correlates of War project.",
    url="https://correlatesofwar.org/data-sets/formal-alliances/",
    columns=(
        Column("ccode1, ccode2 (by member: ccode)", "COW country codes", ()),
        Column(
            "year", f"the year, {FIRST_YEAR} to {LAST_YEAR}; forms without it have dates of begin and end", ()
        ),
        Column(
            "dyad_st_*, mem_st_*",
            "begin: year, month, day; a missing part leaves the widest interval",
            ("", "-9", "NA"),
        ),
        Column("dyad_end_*, mem_end_*", "end; missing: in force when the data end", ("", "-9", "NA")),
        *(
            Column(
                " or ".join(names),
                f"obligation, 0 or 1; weighs {OBLIGATIONS[name] / 10:g}",
                tuple(sorted(_FLAGS)),
            )
            for name, names in _COLUMN_OF.items()
        ),
        Column("version4id", "which alliance; not in the form by year"),
        Column("state_name1, state_name2, state_name", "used where the code isn't known"),
    ),
    notes=(
        (
            "Forms: one row for two states and a year (CSV, or the Parquet file of the R package peacesciencer), one row "
            "for two states and a treaty, one row for a member of a treaty."
        ),
        (
            "One statement for two states in a year (or treaty): both directions and several treaties of the same year are "
            "put together, with the obligations of all of them."
        ),
        "The weight is that of the strongest obligation.",
        "Skipped: rows without any of the four obligations, members who were alone in an alliance.",
    ),
    sniff=_sniff,
    read=_read,
)
