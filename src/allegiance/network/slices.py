"""A network cut along time: one network a slice, and the rule by which statements fall into slices."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from allegiance.errors import DataError, UsageError
from allegiance.model import DateInterval

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from allegiance.network.contributions import Contributions
    from allegiance.network.network import SignedNetwork

MOST_SLICES = 5_000
"""A guard against slicing a thousand years by month because of one wrong date."""

_YEARS = re.compile(r"(\d{1,4})(?:\s*years?)?")
_MONTHS = 12


@dataclass(frozen=True, slots=True, eq=False)
class Slice:
    """The network of one stretch of time.

    Attributes:
        label: how it is called (``1956``, ``1956-03``, ``1950-1959``).
        span: its days.
        net: what the statements of these days add up to.
    """

    label: str
    span: DateInterval
    net: SignedNetwork


@dataclass(frozen=True, slots=True, eq=False)
class Slices:
    """A network through time.

    Attributes:
        slices: those that hold any tie, in the order of time.
        overlapping: whether some share days, so that a statement may stand in several for that reason.
        undated: how many statements have no date and stand in none.
    """

    slices: tuple[Slice, ...]
    overlapping: bool
    undated: int


@dataclass(frozen=True, slots=True)
class Width:
    """How wide slices are: so many months each, or the periods that the statements themselves have.

    Attributes:
        months: 1 for a month, 12 for a year and so on; 0 for the statements' own periods.
    """

    months: int

    @classmethod
    def parse(cls, text: str) -> Width:
        """Read ``month``, ``year``, ``N years`` or ``period``.

        Raises:
            UsageError: the text is none of these.
        """
        words = text.strip().lower()
        if words in ("period", "periods"):
            return cls(0)
        if words in ("month", "year"):
            return cls(1 if words == "month" else _MONTHS)
        match = _YEARS.fullmatch(words)
        if match is None or not int(match[1]):
            raise UsageError(f"{text!r} is no width of slices; write month, year, '5 years' or period.")
        return cls(int(match[1]) * _MONTHS)

    def __str__(self) -> str:
        years, months = divmod(self.months, _MONTHS)
        if months:
            return "month" if months == 1 else f"{self.months} months"
        return "period" if not years else "year" if years == 1 else f"{years} years"


def cut(contributions: Contributions, width: Width | Sequence[DateInterval]) -> Slices:
    """Cut a network into slices.

    A statement stands in each slice that shares a day with its dates: an alliance of ten years stands in ten yearly
    slices, whole. With ``Width(0)`` the slices are the periods that the statements have, each statement standing only in
    its own, even where the periods overlap.

    Args:
        contributions: the counted statements.
        width: how wide the slices are, the first beginning with the earliest date (of the calendar's month or year, and
            decades with a full one: 10 years begin in 1940, not in 1946), or the slices' own spans.

    Raises:
        DataError: no statement has a date.
        UsageError: more than `MOST_SLICES` slices.
    """
    dated = ~np.isnat(contributions.first)
    if not dated.any():
        raise DataError("No statement here has a date, so there is nothing to cut into slices of time.")
    first, last = contributions.first, contributions.last
    own = isinstance(width, Width) and width.months == 0
    spans = sorted(set(_spans(first[dated], last[dated], width)))
    if len(spans) > MOST_SLICES:
        raise UsageError(
            f"From {spans[0].first} to {spans[-1].last} there would be {len(spans):,} slices, more than "
            f"{MOST_SLICES:,}; make them wider or leave out the outermost dates with --since and --until."
        )
    slices = []
    for span in spans:
        begin, end = np.datetime64(span.first), np.datetime64(span.last)
        # A missing date fails every comparison, so undated statements fall out by themselves.
        keep = (first == begin) & (last == end) if own else (first <= end) & (last >= begin)
        net = contributions.network(keep)
        if len(net):
            slices.append(Slice(label_of(span), span, net))
    overlapping = any(one.last >= two.first for one, two in pairwise(spans))
    return Slices(tuple(slices), overlapping, int((~dated).sum()))


def label_of(span: DateInterval) -> str:
    """Return the shortest plain name of a span: 1956, 1956-03, 1950-1959, else its two days.

    >>> label_of(DateInterval(date(1950, 1, 1), date(1959, 12, 31)))
    '1950-1959'
    """
    first, last = span.first, span.last
    if (first.month, first.day, last.month, last.day) == (1, 1, _MONTHS, 31):
        return f"{first.year}" if first.year == last.year else f"{first.year}-{last.year}"
    if (first.year, first.month, first.day) == (last.year, last.month, 1) and last == _month_end(last):
        return f"{first.year}-{first.month:02}"
    return str(span)


def _spans(
    first: NDArray[np.datetime64], last: NDArray[np.datetime64], width: Width | Sequence[DateInterval]
) -> Iterator[DateInterval]:
    if not isinstance(width, Width):
        yield from width
    elif width.months == 0:
        pairs = {(begin.item(), end.item()) for begin, end in zip(first, last, strict=True)}
        yield from (DateInterval(begin, end) for begin, end in pairs)
    else:
        begin, end = first.min().item(), last.max().item()
        month = (begin.year * _MONTHS + begin.month - 1) // width.months * width.months
        stop = end.year * _MONTHS + end.month - 1
        for _ in range(MOST_SLICES + 1):
            if month > stop:
                return
            # Year 0 is no year of the calendar; the first slice of its decade begins with year 1.
            start = max(month, _MONTHS)
            upto = month + width.months - 1
            yield DateInterval(
                date(start // _MONTHS, start % _MONTHS + 1, 1),
                _month_end(date(min(upto // _MONTHS, date.max.year), upto % _MONTHS + 1, 1)),
            )
            month = upto + 1


def _month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])
