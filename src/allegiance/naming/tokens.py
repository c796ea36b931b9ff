"""Words of a text with their offsets, freed of what hides a name: soft hyphens, accents, curly apostrophes.

Nothing here knows any actor.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

# Characters that stand inside a word without being seen: soft hyphen, zero-width characters, combining accents.
_HIDDEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_HIDDEN}\u0300-\u036f])*")
_HIDDEN_TABLE = {ord(char): None for char in _HIDDEN}
_HYPHENS = {ord(char): "-" for char in "\u2010\u2011\u2012\u2013\u2212"}
_APOSTROPHES = {ord(char): "'" for char in "\u2018\u2019\u02bc\u02bb\u02bf\u00b4`"}
_GAP_TABLE: dict[int, str | None] = {**_HIDDEN_TABLE, **_HYPHENS, **_APOSTROPHES}
# Longer gaps than this join nothing, and measuring them would cost time on tables pasted as text.
_LONGEST_GAP = 6

JOIN = "~"
"""The gap that a space and a hyphen share: "Al Shabaab" is "al-Shabaab"."""
BREAK = "\n"
"""The gap over which no name reaches."""


class Token(NamedTuple):
    """A word: where it stands, and its plain form (accents and soft hyphens gone, case kept)."""

    start: int
    end: int
    word: str


def tokenise(text: str) -> list[Token]:
    """Return the words of `text` in order."""
    return [Token(match.start(), match.end(), plain(match.group())) for match in _WORD.finditer(text)]


def plain(word: str) -> str:
    """Return `word` without accents, soft hyphens and zero-width characters; its case is kept."""
    if word.isascii():
        return word
    decomposed = unicodedata.normalize("NFKD", word.translate(_HIDDEN_TABLE))
    return "".join(char for char in decomposed if not unicodedata.combining(char)).replace("\u0131", "i")


def gap(text: str, start: int, end: int) -> str:
    """Return what stands between two words, in the form in which gaps of names are compared."""
    between = text[start:end]
    if between in (" ", "-"):
        return JOIN
    if len(between) > _LONGEST_GAP:
        return BREAK
    between = between.translate(_GAP_TABLE)
    if between.count("\n") + between.count("\r") - between.count("\r\n") > 1:
        return BREAK
    squeezed = "".join(between.split())
    return JOIN if squeezed in ("", "-") else squeezed


@dataclass(frozen=True, slots=True)
class Passage:
    """A text with its words."""

    text: str
    tokens: Sequence[Token]

    @classmethod
    def of(cls, text: str) -> Passage:
        """Split `text` into words."""
        return cls(text, tokenise(text))

    def __len__(self) -> int:
        return len(self.tokens)

    def word(self, place: int) -> str:
        """Return the word at `place`, or nothing outside the text."""
        return self.tokens[place].word if 0 <= place < len(self.tokens) else ""

    def lower(self, place: int) -> str:
        """Return the word at `place` in lower case, or nothing outside the text."""
        return self.word(place).lower()

    def between(self, place: int) -> str:
        """Return the characters between the word before `place` and the word at `place`."""
        return self.text[self.tokens[place - 1].end : self.tokens[place].start]

    def gap(self, place: int) -> str:
        """Return the gap before the word at `place`; `BREAK` at both ends of the text."""
        if not 0 < place < len(self.tokens):
            return BREAK
        return gap(self.text, self.tokens[place - 1].end, self.tokens[place].start)

    def joined(self, first: int, after: int) -> bool:
        """Return whether only spaces and hyphens part the words `first` to `after` (exclusive)."""
        return all(self.gap(place) == JOIN for place in range(first + 1, after))

    def as_written(self, first: int, after: int) -> str:
        """Return the words `first` to `after` (exclusive) with the letters that the text gives them, parted by spaces.

        Names are compared without accents and shown with them; only what no reader sees is left out.
        """
        words = (self.text[token.start : token.end] for token in self.tokens[first:after])
        return " ".join(unicodedata.normalize("NFC", word.translate(_HIDDEN_TABLE)) for word in words)

    def cut(self, first: int, after: int) -> tuple[int, int]:
        """Return the offsets of the words `first` to `after` (exclusive)."""
        return self.tokens[first].start, self.tokens[after - 1].end
