"""A text with what is known of its origin."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from allegiance.model.dates import DateInterval


@dataclass(frozen=True, slots=True)
class Document:
    """A text as a reader sees it; offsets of statements count characters of `text`.

    Attributes:
        text: the body, already decoded and freed of markup.
        outlet: who published it; the outermost source of its statements.
        title: its headline, when known; not part of `text`.
        author: its by-line, when known.
        date: when it was published.
        url: where it stands.
        language: ISO 639-1 code of its language.
        origin: the name of the file it came from.
    """

    text: str
    outlet: str
    title: str = ""
    author: str = ""
    date: DateInterval | None = None
    url: str = ""
    language: str = "en"
    origin: str = ""

    @property
    def id(self) -> str:
        """The same text from the same outlet on the same day is the same document."""
        content = "\x1f".join((self.outlet, str(self.date or ""), self.url, self.title, self.text))
        return "d" + hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:15]
