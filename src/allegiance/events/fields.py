"""Single fields of the numeric tables of political science: whole numbers, -9 for missing, dates in three columns."""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import lru_cache

MISSING = frozenset({"", "-9", "NA"})
_WHOLE = re.compile(r"(-?\d{1,9})(?:\.0*)?", re.ASCII)  # R and Stata write codes as 2.0
_MONTHS = 12


@lru_cache(1 << 16)
def whole(text: str, missing: frozenset[str] = MISSING) -> int | None:
    """Read a whole number, None for a missing one.

    Raises:
        ValueError: it is no whole number.
    """
    text = text.strip()
    if text in missing:
        return None
    match = _WHOLE.fullmatch(text)
    if match is None:
        raise ValueError(text)
    number = match[1]
    return None if number in missing else int(number)


def earliest(year: int, month: int | None, day: int | None) -> date:
    """Return the first day that a date with unknown parts can mean.

    Raises:
        ValueError: the calendar has no such day.
    """
    return date(year, month or 1, (day or 1) if month else 1)


def latest(year: int, month: int | None, day: int | None) -> date:
    """Return the last day that a date with unknown parts can mean.

    Raises:
        ValueError: the calendar has no such day.
    """
    if not month:
        return date(year, _MONTHS, 31)
    if not 1 <= month <= _MONTHS:
        raise ValueError(month)
    return date(year, month, day or calendar.monthrange(year, month)[1])
