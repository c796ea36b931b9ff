"""Days and windows of years as data files spell them."""

from __future__ import annotations

import re
from datetime import date

from allegiance.errors import DataError
from allegiance.model import DateInterval

_WINDOW = re.compile(r"(\d{4}|\d{2})\s*[-\u2013/]\s*(\d{4}|\d{2})")
_MONTHS = 12
_CENTURY = 100


def period(text: str) -> DateInterval | None:
    """Read a period: a day, month or year as `DateInterval.parse` has them, or a window of years.

    Windows are ``1946-1949``, ``1946-49`` and ``46-49`` (the 20th century; an end before the beginning is in the
    next one: ``98-01``). ``2031-04`` is a month, not a window: behind a four-digit year, 01 to 12 are months.
    Windows longer than half a century need four digits at both ends.
    The empty text is no period and gives None.

    Raises:
        DataError: the text is none of these.

    >>> str(period("46-49"))
    '1946-01-01/1949-12-31'
    >>> str(period("2031-04"))
    '2031-04-01/2031-04-30'
    """
    text = text.strip()
    if not text:
        return None
    match = _WINDOW.fullmatch(text)
    if match is None or (len(match[1]) > len(match[2]) and 1 <= int(match[2]) <= _MONTHS):
        return DateInterval.parse(text)
    begin, end = (int(part) + (1900 if len(part) == 2 else 0) for part in match.groups())  # noqa: PLR2004 - "46"
    if len(match[2]) == 2:  # noqa: PLR2004 - the end's century is the beginning's, or the next
        end = begin - begin % _CENTURY + end % _CENTURY
        end += _CENTURY if end < begin else 0
        if end - begin > _CENTURY // 2:
            raise DataError(
                f"{text!r} is neither a month nor a window of years; write years with four digits."
            )
    if end < begin:
        raise DataError(f"{text!r} ends before it begins.")
    if begin < 1:
        raise DataError(f"{text!r} is not a period of the calendar.")
    return DateInterval(date(begin, 1, 1), date(end, 12, 31))


def compact_day(text: str) -> date | None:
    """Read ``20180131``; None where it is empty or all zeros, which means not known.

    Raises:
        ValueError: it is no such day.
    """
    if not text.strip("0"):
        return None
    if len(text) != 8 or not text.isascii() or not text.isdigit():  # noqa: PLR2004 - YYYYMMDD
        raise ValueError(text)
    return date(int(text[:4]), int(text[4:6]), int(text[6:]))
