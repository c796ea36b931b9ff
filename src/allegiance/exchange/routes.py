"""Tables of routes: ``from,to,goods,capacity,price,confidence,source``, and of what closing one would cost."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from allegiance.errors import BadRowError, DataError, clipped
from allegiance.events.format import LONGEST_NAME, Intake
from allegiance.events.header import read_header, table_rows
from allegiance.model import Codebook, DateInterval
from allegiance.network.route_claims import RouteClaim
from allegiance.network.route_words import bare

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from allegiance.events.header import Header

COLUMNS = (
    "from",
    "to",
    "goods",
    "capacity",
    "unit",
    "price",
    "confidence",
    "source",
    "date",
    "from_kind",
    "to_kind",
)
"""The columns that are read, in any order; only the first two must be there."""

_ENDS = ("from", "to")
_MOST_DIGITS = 30
_LONGEST_GOODS = 200


@dataclass(slots=True)
class RouteTable:
    """What a table or a file of payments tells.

    Attributes:
        claims: one for each row that could be used.
        kinds: of the names of which the file says what they are (person, company, ...).
        problems: the rows that could not be used.
        notes: what the user should know of rows that were used, by sentence.
    """

    claims: list[RouteClaim] = field(default_factory=list)
    kinds: dict[str, str] = field(default_factory=dict)
    problems: list[DataError] = field(default_factory=list)
    notes: dict[str, int] = field(default_factory=dict)

    def note(self, sentence: str) -> None:
        """Count a row of which this is to be said."""
        self.notes[sentence] = self.notes.get(sentence, 0) + 1


def read_routes(path: Path) -> RouteTable:
    """Read a table of routes; names are kept as the file has them.

    A row that has an empty capacity in a table with that column is broken; a table without the column tells no capacities.
    Sources are written ``A > B`` where A says what B said.

    Raises:
        UsageError: the file isn't there.
        DataError: it is no table, or has no columns from and to.
    """
    header = read_header(path, path.name, ",\t;|")
    columns = _columns(path, header)
    table = RouteTable()
    for item in table_rows(Intake(path, path.name, _unresolved, Codebook({})), header):
        if isinstance(item, BadRowError):
            table.problems.append(item)
            continue
        number, fields = item
        told = {name: fields[place].strip() for name, place in columns.items()}
        try:
            _row(table, number, told)
        except DataError as wrong:
            table.problems.append(BadRowError(path.name, number, str(wrong)))
    return table


def read_costs(path: Path, *, nodes: bool) -> dict[tuple[str, ...], Decimal | None]:
    """Read what closures cost: a table ``from,to,cost``, or ``node,cost`` with `nodes`; None is what can't be closed.

    Raises:
        UsageError: the file isn't there.
        DataError: it is no such table, or a row of it is wrong; a question with wrong costs has no answer.
    """
    header = read_header(path, path.name, ",\t;|")
    names = ("node",) if nodes else ("from", "to")
    places = header.places((*names, "cost"))
    costs: dict[tuple[str, ...], Decimal | None] = {}
    for item in table_rows(Intake(path, path.name, _unresolved, Codebook({})), header):
        if isinstance(item, BadRowError):
            raise item
        number, fields = item
        *ends, text = (fields[place].strip() for place in places)
        never = text.casefold() in ("never", "inf", "infinite")
        try:
            cost = None if never else positive(text, "cost")
        except DataError as wrong:
            raise BadRowError(path.name, number, str(wrong)) from wrong
        if cost is not None and cost <= 0:
            raise BadRowError(path.name, number, f"a closure costs more than nothing, not {clipped(text)}")
        costs[tuple(ends)] = cost
    return costs


def _columns(path: Path, header: Header) -> dict[str, int]:
    columns: dict[str, int] = {}
    for name in COLUMNS:
        place = header.place(name)
        if place is not None:
            columns[name] = place
    missing = [name for name in _ENDS if name not in columns]
    if missing:
        raise DataError(
            f"{path.name} has no column {' and no column '.join(map(repr, missing))}: its first line is "
            f"{clipped(header.delimiter.join(header.names), 120)!r}. Expected columns: "
            "from,to,goods,capacity,price,confidence,source."
        )
    return columns


def _row(table: RouteTable, number: int, told: dict[str, str]) -> None:
    """Add what a row tells.

    Raises:
        DataError: the row can't be used.
    """
    start, end = told["from"], told["to"]
    for name, what in ((start, "from"), (end, "to"), (told.get("goods", ""), "goods")):
        if not name and what != "goods":
            raise DataError(f"the column {what} is empty")
        if len(name) > (_LONGEST_GOODS if what == "goods" else LONGEST_NAME):
            raise DataError(f"the column {what} has {len(name):,} characters; that is no name")
    if start == end:
        table.note("from a place to itself")
        return
    capacity = positive(told["capacity"], "capacity") if "capacity" in told else None
    price = positive(told["price"], "price") if told.get("price") else None
    confidence = _confidence(told.get("confidence", ""))
    source = tuple(part.strip() for part in told.get("source", "").split(">") if part.strip())
    when = DateInterval.parse(told["date"]) if told.get("date") else None
    for name, kind in ((start, told.get("from_kind")), (end, told.get("to_kind"))):
        if kind:
            table.kinds[name] = kind.casefold()
    table.claims.append(
        RouteClaim(
            start,
            end,
            source,
            f"row {number}",
            bare(told.get("goods", "")).casefold(),
            capacity,
            told.get("unit", ""),
            price,
            confidence,
            when,
        )
    )


def positive(text: str, what: str) -> Decimal:
    """Read a number of at least 0.

    Raises:
        DataError: it is missing, none, negative, or beyond counting.
    """
    if not text:
        raise DataError(f"the {what} is missing")
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise DataError(f"the {what} is {clipped(text)!r}, which is no number") from None
    if not number.is_finite() or abs(number.adjusted()) > _MOST_DIGITS:
        raise DataError(f"the {what} is {clipped(text)}, which can't be counted")
    if number < 0:
        raise DataError(f"the {what} is negative ({clipped(text)})")
    return number


def _confidence(text: str) -> float:
    number = positive(text, "confidence") if text else Decimal(1)
    if number > 1:
        raise DataError(f"the confidence is {clipped(text)}; it lies between 0 and 1")
    return float(number)


def _unresolved(scheme: str, code: str, day: date | None) -> str | None:  # noqa: ARG001 - a table of routes has names only
    return None


def in_days(claims: list[RouteClaim], since: date | None, until: date | None) -> Iterator[RouteClaim]:
    """Yield the claims dated between two days, both included; those without a date are left out where a day is given."""
    for claim in claims:
        if (since is None and until is None) or (
            claim.date is not None and claim.date.overlaps(since, until)
        ):
            yield claim
