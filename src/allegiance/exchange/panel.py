"""Panels for statistics: one row for two actors and a month or year, as CSV or Parquet, with a page that explains the columns.

Who an actor is in other data sets is handed in; what the statements say is counted before.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date
from itertools import combinations, permutations
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

import numpy as np

from allegiance import unfinished
from allegiance.errors import StorageError, UsageError
from allegiance.exchange.table import write_csv

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from allegiance.network import Contributions

By = Literal["month", "year"]
MOST_ROWS = 20_000_000
_MONTHS = 12
_EPOCH = 1970 * _MONTHS
_TENTHS = 10
_KEYS = ("name1", "name2", "ccode1", "ccode2", "gwcode1", "gwcode2")
_VALUES = ("positive", "negative", "net", "statements", "outlets")
_MEANINGS = {
    "year": "calendar year",
    "month": "calendar month, 1 to 12",
    "name1": "one actor, as the case calls it",
    "name2": "the other actor",
    "ccode1": "Correlates of War code of the first actor in the period; empty where it has none",
    "ccode2": "the same of the second",
    "gwcode1": "Gleditsch and Ward code of the first actor in the period; empty where it has none",
    "gwcode2": "the same of the second",
    "positive": "sum of the weights of statements that the two are with each other, at least 0",
    "negative": "sum of the weights of statements that they are against each other, at least 0",
    "net": "positive minus negative",
    "statements": "number of statements",
    "outlets": "number of different outlets or data sets that these come from",
}
_TYPES = {"name1": "VARCHAR", "name2": "VARCHAR", "positive": "DOUBLE", "negative": "DOUBLE", "net": "DOUBLE"}


class Codes(NamedTuple):
    """Who an actor is in a period: whether it existed, and its codes, empty where it has none."""

    exists: bool
    cow: str
    gw: str


class Identify(Protocol):
    """Looks actors up; handed in, for the tables of codes stand in another room."""

    def __call__(self, actor: str, first: date, last: date) -> Codes:
        """Return who `actor` is between two days, both included."""


@dataclass(frozen=True, slots=True)
class Panel:
    """Dyads by period.

    Attributes:
        by: month or year.
        directed: whether the first actor acts towards the second; else the pair has no direction.
        rows: (number of the period, actors' names, their codes, tenths with and against, statements, outlets), sorted.
        undated: statements that have no date and are in no row.
        first: first period (year, month), month 1 for years; `last` the last.
        last: see `first`.
    """

    by: By
    directed: bool
    rows: tuple[tuple[int, tuple[str, ...], tuple[int, int, int, int]], ...]
    undated: int
    first: tuple[int, int]
    last: tuple[int, int]

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, in order; all fit Stata and R."""
        return ("year", *(("month",) if self.by == "month" else ()), *_KEYS, *_VALUES)

    def records(self) -> Iterator[dict[str, object]]:
        """Yield the rows by column; weights in units."""
        for number, keys, (positive, negative, statements, outlets) in self.rows:
            year, month = _calendar(number, self.by)
            yield {
                "year": year,
                "month": month,
                **dict(zip(_KEYS, keys, strict=True)),
                "positive": positive / _TENTHS,
                "negative": negative / _TENTHS,
                "net": (positive - negative) / _TENTHS,
                "statements": statements,
                "outlets": outlets,
            }

    def csv(self) -> bytes:
        """Return the panel as CSV in UTF-8."""
        text = io.StringIO()
        write_csv(text, self.columns, self.records())
        return text.getvalue().encode("utf-8", "backslashreplace")

    def parquet(self) -> bytes:
        """Return the panel as a Parquet file.

        Raises:
            StorageError: there is no room to make it.
        """
        import duckdb  # noqa: PLC0415 - kept off the start-up path

        types = {column: _TYPES.get(column, "INTEGER") for column in self.columns}
        try:
            with unfinished.scratch() as folder, duckdb.connect(":memory:") as connection:
                table, out = folder / "panel.csv", folder / "panel.parquet"
                table.write_bytes(self.csv())
                connection.execute("SET enable_progress_bar = false")
                query = "SELECT * FROM read_csv($table, header = true, columns = $types)"
                connection.execute(
                    f"COPY ({query}) TO $out (FORMAT parquet)",
                    {"table": str(table), "types": types, "out": str(out)},
                )
                return out.read_bytes()
        except (OSError, duckdb.IOException) as refused:
            raise StorageError(
                "There is no room to make the Parquet file where temporary files go; free some space, or name a place "
                "with the environment variable TMPDIR."
            ) from refused

    def codebook(self, file: str, facts: Mapping[str, str]) -> bytes:
        """Return the page that explains the panel in `file`; `facts` are further lines (name: words)."""
        direction = "the first acts towards the second" if self.directed else "without direction"
        lines = [
            f"# {file}: code book",
            "",
            f"One row for two actors and a {self.by}, {direction}. {len(self.rows):,} rows.",
            "",
            "Each number sums up what sources say; it is not a fact about the world.",
            "",
            "| column | what it is |",
            "|---|---|",
            *(f"| {column} | {_MEANINGS[column]} |" for column in self.columns),
            "",
            f"A statement about several {self.by}s (an alliance in force, a sanction) counts whole in each of them.",
            f"Statements without a date are in no row: {self.undated:,}.",
            "",
            *(f"- {name}: {words}" for name, words in facts.items()),
            "",
            "Read it in R with `read.csv(FILE)` or `arrow::read_parquet(FILE)`, in Stata with `import delimited FILE`.",
            "",
        ]
        return "\n".join(lines).encode("utf-8", "backslashreplace")


def panel(
    counted: Contributions,
    by: By,
    identify: Identify,
    *,
    days: tuple[date | None, date | None] = (None, None),
    all_dyads: bool = False,
    directed: bool = False,
) -> Panel:
    """Return the panel of counted statements.

    Args:
        counted: statements, one by one.
        by: month or year.
        identify: who an actor is in a period.
        days: the first and the last day that are asked for; no row lies before or behind the periods of these.
        all_dyads: whether two actors of the panel have a row in each period in which both existed, with zeros where
            nothing is said of them; else only where something is.
        directed: whether A towards B and B towards A are rows of their own.

    Raises:
        UsageError: no statement has a date, or the panel would have more than `MOST_ROWS` rows.
    """
    dated = ~np.isnat(counted.first)
    if not dated.any():
        raise UsageError("No statement that counts has a date; a panel needs dates.")
    cells = _cells(counted, np.flatnonzero(dated), by, days, directed=directed)
    periods = sorted({period for period, _, _ in cells})
    first, last = periods[0], periods[-1]
    if all_dyads:
        _fill(cells, range(first, last + 1), by, directed=directed)
    known: dict[tuple[int, int], Codes] = {}

    def codes(actor: int, period: int) -> Codes:
        if (actor, period) not in known:
            known[actor, period] = identify(counted.actors[actor], *_days(period, by))
        return known[actor, period]

    rows = []
    for (period, a, b), values in cells.items():
        one, other = codes(a, period), codes(b, period)
        if not values[2] and not (one.exists and other.exists):
            continue
        names = counted.actors[a], counted.actors[b]
        if not directed and _place(other, names[1]) < _place(one, names[0]):
            one, other, names = other, one, names[::-1]
        rows.append((period, (*names, one.cow, other.cow, one.gw, other.gw), values))
    rows.sort(key=lambda row: (row[0], row[1]))
    ends = _calendar(first, by), _calendar(last, by)
    return Panel(by, directed, tuple(rows), int(np.count_nonzero(~dated)), *ends)


def _fill(
    cells: dict[tuple[int, int, int], tuple[int, int, int, int]], periods: range, by: By, *, directed: bool
) -> None:
    """Add an empty cell for each two actors and period that have none.

    Raises:
        UsageError: they would be more than `MOST_ROWS`.
    """
    present = sorted({actor for _, a, b in cells for actor in (a, b)})
    count = len(present) * (len(present) - 1) // (1 if directed else 2) * len(periods)
    if count > MOST_ROWS:
        raise UsageError(
            f"All pairs of {len(present):,} actors in {len(periods):,} {by}s are {count:,} rows, more than {MOST_ROWS:,}; "
            "narrow it with --since, --until or --source, or leave --all-dyads out."
        )
    for a, b in (permutations if directed else combinations)(present, 2):
        for period in periods:
            cells.setdefault((period, a, b), (0, 0, 0, 0))


def _cells(
    counted: Contributions,
    rows: NDArray[np.int64],
    by: By,
    days: tuple[date | None, date | None],
    *,
    directed: bool,
) -> dict[tuple[int, int, int], tuple[int, int, int, int]]:
    """Return (tenths with, tenths against, statements, outlets) by period and the numbers of two actors."""
    unit = "datetime64[Y]" if by == "year" else "datetime64[M]"
    begin, end = (ends[rows].astype(unit).astype(np.int64) for ends in (counted.first, counted.last))
    least, most = (np.datetime64(day, "D").astype(unit).astype(np.int64) if day else None for day in days)
    begin, end = np.clip(begin, least, None), np.clip(end, None, most)
    rows, begin, end = (values[begin <= end] for values in (rows, begin, end))
    # One row for each period that a statement speaks of.
    spans = end - begin + 1
    row = np.repeat(rows, spans)
    period = np.repeat(begin, spans) + np.arange(len(row)) - np.repeat(np.cumsum(spans) - spans, spans)
    a, b = counted.a[row], counted.b[row]
    if not directed:
        a, b = np.minimum(a, b), np.maximum(a, b)
    count = len(counted.actors)
    keys, cell = np.unique((period - period.min()) * count**2 + a * count + b, return_inverse=True)
    amount = counted.amount[row]
    positive, negative = np.zeros(len(keys), dtype=np.int64), np.zeros(len(keys), dtype=np.int64)
    np.add.at(positive, cell, np.maximum(amount, 0))
    np.add.at(negative, cell, np.maximum(-amount, 0))
    outlets = counted.origins("source")
    pairs = np.unique(np.stack([cell, np.zeros_like(cell) if outlets is None else outlets[row]]), axis=1)
    numbers = np.stack(
        [
            keys // count**2 + period.min(),
            keys % count**2 // count,
            keys % count,
            positive // counted.divisor,
            negative // counted.divisor,
            np.bincount(cell, minlength=len(keys)),
            np.bincount(pairs[0], minlength=len(keys)),
        ]
    )
    return {(p, one, other): (w, x, y, z) for p, one, other, w, x, y, z in numbers.T.tolist()}


def _place(codes: Codes, name: str) -> tuple[bool, int, str]:
    # The smaller COW code stands first, as in the field's own data; actors without one behind, by name.
    return not codes.cow, int(codes.cow or 0), name


def _calendar(period: int, by: By) -> tuple[int, int]:
    """Return (year, month) of a period counted from 1970."""
    if by == "year":
        return 1970 + period, 1
    return divmod(_EPOCH + period, _MONTHS)[0], (_EPOCH + period) % _MONTHS + 1


def _days(period: int, by: By) -> tuple[date, date]:
    year, month = _calendar(period, by)
    if by == "year":
        return date(year, 1, 1), date(year, _MONTHS, 31)
    first_behind = date(year + month // _MONTHS, month % _MONTHS + 1, 1)
    return date(year, month, 1), date.fromordinal(first_behind.toordinal() - 1)
