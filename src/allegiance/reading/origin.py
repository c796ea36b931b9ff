"""What is known of a text besides its words, and which of two sayings about it counts."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from allegiance.errors import DataError
from allegiance.model import DateInterval, Document

if TYPE_CHECKING:
    from typing import Self

UNKNOWN_OUTLET = "unknown"


@dataclass(frozen=True, slots=True)
class Origin:
    """Outlet, author, date, URL, language and title of a text; an empty string or None says nothing."""

    outlet: str = ""
    author: str = ""
    date: DateInterval | None = None
    url: str = ""
    language: str = ""
    title: str = ""

    def over(self, other: Origin) -> Self:
        """Return this origin with its gaps filled from `other`."""
        return type(self)(
            **{item.name: getattr(self, item.name) or getattr(other, item.name) for item in fields(self)}
        )

    def document(self, text: str, name: str) -> Document:
        """Return the document of `text`, read from the file called `name`."""
        return Document(
            text=text,
            outlet=self.outlet or UNKNOWN_OUTLET,
            title=self.title,
            author=self.author,
            date=self.date,
            url=self.url,
            language=self.language or "en",
            origin=name,
        )


def lenient_date(text: str) -> DateInterval | None:
    """Return the date that markup claims, or None where it's no date in ISO form; pages carry all sorts of dates."""
    try:
        return DateInterval.parse(text) if text.strip() else None
    except DataError:
        return None
