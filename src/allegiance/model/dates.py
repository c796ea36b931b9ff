"""When: intervals of days."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from allegiance.errors import DataError

_ISO_PREFIX = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


@dataclass(frozen=True, slots=True, order=True)
class DateInterval:
    """The days from `first` to `last`, both included; a single day has both equal."""

    first: date
    last: date

    def __post_init__(self) -> None:
        """Refuse an interval that ends before it begins."""
        if self.last < self.first:
            raise DataError(f"A date interval ends ({self.last}) before it begins ({self.first}).")

    @classmethod
    def day(cls, day: date) -> DateInterval:
        """Return the interval of one day."""
        return cls(day, day)

    @classmethod
    def parse(cls, text: str) -> DateInterval:
        """Read ``2031``, ``2031-04``, ``2031-04-09``, a timestamp that begins so, or two of them joined by ``/``.

        Raises:
            DataError: the text is no such date.
        """
        begin, slash, end = text.strip().partition("/")
        first = cls._one(begin, text)
        return cls(first.first, cls._one(end, text).last) if slash else first

    @classmethod
    def _one(cls, part: str, whole: str) -> DateInterval:
        match = _ISO_PREFIX.match(part)
        rest = part[match.end() :] if match else ""
        # Behind a full date a time of day may follow; anything else is not a date in this form.
        if match is None or (rest and not (match[3] and rest[0] in "T ")):
            raise DataError(f"{whole!r} is not a date; write it as 2031-04-09, 2031-04 or 2031.")
        year, month, day = int(match[1]), match[2], match[3]
        try:
            if day:
                return cls.day(date(year, int(month), int(day)))
            if month:
                last_day = calendar.monthrange(year, int(month))[1]
                return cls(date(year, int(month), 1), date(year, int(month), last_day))
            return cls(date(year, 1, 1), date(year, 12, 31))
        except ValueError as impossible:
            raise DataError(f"{whole!r} is not a date of the calendar.") from impossible

    def overlaps(self, since: date | None, until: date | None) -> bool:
        """Return whether any day of the interval lies between `since` and `until` (both included, None = open)."""
        return (since is None or self.last >= since) and (until is None or self.first <= until)

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}/{self.last}"
