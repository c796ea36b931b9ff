"""Finding a model's words in the text: letter for letter, else without regard to blanks, quotation marks and dashes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

_LIKE = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b`\u00b4", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
    "\u2026": "...",
}
_UNSEEN = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
_AROUND = " \t\n\"'\u201c\u201d\u2018\u2019.\u2026"


@dataclass(frozen=True)
class Searched:
    """A text in which words are looked for."""

    text: str

    def find(self, words: str) -> tuple[int, int] | None:
        """Return where `words` stand first, or None."""
        if not any(sign.isalnum() for sign in words):
            return None  # marks alone stand everywhere and prove nothing
        at = self.text.find(words)
        if at >= 0:
            return at, at + len(words)
        return self._find_alike(words) or self._find_alike(words.strip(_AROUND))

    def _find_alike(self, words: str) -> tuple[int, int] | None:
        alike, places = self._alike
        wanted = _folded(words)[0].strip()
        at = alike.find(wanted) if wanted else -1
        if at < 0:
            return None
        return places[at], places[at + len(wanted) - 1] + 1

    @cached_property
    def _alike(self) -> tuple[str, list[int]]:
        return _folded(self.text)


def _folded(text: str) -> tuple[str, list[int]]:
    """Return the text with plain marks and single blanks, and for each of its characters the place in `text`."""
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        if sign in _UNSEEN or (sign.isspace() and signs and signs[-1] == " "):
            continue
        for plain in " " if sign.isspace() else _LIKE.get(sign, sign):
            signs.append(plain)
            places.append(place)
    return "".join(signs), places
