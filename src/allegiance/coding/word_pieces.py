"""Cuts a text into the word pieces of BERT's table, each with its characters in the text. Nothing of the model is known here.

Written out rather than borrowed: the scheme is small, and the library that knows it brings a network client along.
Source: WordPiece as in Devlin et al. 2019, BERT, doi:10.18653/v1/N19-1423 (uncased: lower case, accents dropped).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_UNKNOWN = "[UNK]"
_INNER = "##"
# Longer runs of letters are no words.
_LONGEST_WORD = 100
# Words repeat: what most words of an article are made of is looked up once.
_REMEMBERED = 50_000
_IDEOGRAPHS = ((0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2CEAF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F))


@dataclass(frozen=True, slots=True)
class Pieces:
    """Numbers of word pieces, and for each its characters in the text, (start, end)."""

    numbers: list[int]
    offsets: list[tuple[int, int]]


class WordPieces:
    """A table of word pieces."""

    def __init__(self, table: Mapping[str, int]) -> None:
        self._table = table
        self._cut_once = lru_cache(_REMEMBERED)(self._cut)

    @classmethod
    def of_file(cls, path: Path) -> WordPieces:
        """Read a table with one piece per line; its number is its line's, counted from 0."""
        return cls({piece: number for number, piece in enumerate(path.read_text("utf-8").splitlines())})

    def number(self, piece: str) -> int:
        """Return the number of a piece or sign that the table holds."""
        return self._table[piece]

    def pieces(self, text: str) -> Pieces:
        """Return the pieces of `text`, without signs at its ends."""
        found = Pieces([], [])
        for chars, places in _words(text):
            for number, start, end in self._cut_once(chars):
                found.numbers.append(number)
                found.offsets.append((places[start], places[end - 1] + 1))
        return found

    def _cut(self, word: str) -> tuple[tuple[int, int, int], ...]:
        """Return the pieces of one word, longest first from the left: number, first character, behind the last."""
        found: list[tuple[int, int, int]] = []
        start = 0
        while start < len(word):
            for end in range(len(word), start, -1):
                number = self._table.get((_INNER if start else "") + word[start:end])
                if number is not None:
                    break
            else:
                return ((self._table[_UNKNOWN], 0, len(word)),)
            found.append((number, start, end))
            start = end
        return tuple(found)


def _words(text: str) -> Iterator[tuple[str, list[int]]]:
    """Yield words and single signs, lower case and without accents, with the place of each character in `text`."""
    chars: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        kind = _kind(char)
        if kind == "letter" and len(chars) < _LONGEST_WORD:
            for plain in _plain(char):
                chars.append(plain)
                places.append(place)
            continue
        if kind == "nothing":
            continue
        if chars:
            yield "".join(chars), places
            chars, places = [], []
        if kind == "sign":
            yield char, [place]
        elif kind == "letter":
            chars, places = list(_plain(char)), [place] * len(_plain(char))
    if chars:
        yield "".join(chars), places


@lru_cache(4096)
def _plain(char: str) -> str:
    """Lower case without accents; more than one character for a few."""
    parts = unicodedata.normalize("NFD", char)
    return "".join(part for part in parts if unicodedata.category(part) != "Mn").lower()


@lru_cache(4096)
def _kind(char: str) -> str:
    """What a character is to the scheme: a letter (or digit), a sign that stands alone, a blank, or nothing."""
    category = unicodedata.category(char)
    code = ord(char)
    if char in "\t\n\r " or category == "Zs":
        return "blank"
    if code in (0, 0xFFFD) or category in ("Cc", "Cf"):
        return "nothing"
    ascii_sign = 33 <= code <= 47 or 58 <= code <= 64 or 91 <= code <= 96 or 123 <= code <= 126  # noqa: PLR2004 - ASCII's ranges
    if ascii_sign or category.startswith("P") or any(low <= code <= high for low, high in _IDEOGRAPHS):
        return "sign"
    return "letter"
