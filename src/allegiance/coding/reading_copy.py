"""The text as the language pipeline should see it, with the way back to the characters of the document.

Cleaning never changes what is quoted: offsets of the copy map to offsets of the original. No language lives here.
"""

from __future__ import annotations

import html
import re
from array import array
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Characters that a reader doesn't see and a tokenizer stumbles over: soft hyphen, zero-width, direction marks, BOM.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0e-\x1f\x7f]")
# A lone surrogate is half a character: nothing that can be written down.
_BLANK = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\ud800-\udfff\t\x0b\x0c\r\u0085\u00a0\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]"
)
_PARAGRAPH_BREAK = re.compile(r"\n[ \t]*\n\s*")
_SENTENCE_ENDS = (". ", "! ", "? ", " ")
_ENDS_SENTENCE = re.compile(r"[.!?:;\"'\u201d\u2019)\]]\s*$")
# Lines broken by hand or by a narrow column are about this long; a shorter line is a headline or a table's row.
_SHORT_LINE = 50
# What a bad export leaves of HTML; only such as stand for one character.
_ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9a-fA-F]{1,5}|[a-zA-Z]{2,8}\d?);")
_DROPPED = "\ufeff"  # one of the invisible
# A line of capitals of at least so many words is shouted; a shorter one is an abbreviation.
_SHOUTED_WORDS = 3
# No word is that long; a tokenizer peels such a wall of signs character by character, for minutes.
_WALL = re.compile(r"\S{300,}")
# "A and B - the pair - left": to a tokenizer a hyphen joins words, even with blanks around it.
_SPACED_DASH = re.compile(r"(?<=\S )[-\u2013](?= \S)")
LONGEST_CHUNK = 20_000
# A parsed text takes some 150 times its own size in memory; what is longer is read in segments.
LONGEST_SEGMENT = 200_000


@dataclass(frozen=True, slots=True)
class ReadingCopy:
    """A cleaned text, or a segment of one, with the way back to the original's offsets.

    Attributes:
        text: as the language pipeline sees it.
        origin: the original offset of each character that stayed, where some were dropped.
        begin: how many characters of the whole copy stand before this segment of it.
    """

    text: str
    origin: array[int] | None = None
    begin: int = 0

    @classmethod
    def of(cls, text: str) -> ReadingCopy:
        """Make the copy of `text`: invisible characters dropped, every kind of blank a plain one."""
        text = _BLANK.sub(" ", text.replace("\r\n", " \n"))
        text, decoded = _without_entities(text)
        if not decoded and _INVISIBLE.search(text) is None:
            return cls(text)
        # An array takes a ninth of the memory of as many numbers in a list.
        kept = array("L", (at for at, char in enumerate(text) if _INVISIBLE.match(char) is None))
        return cls(_INVISIBLE.sub("", text), kept)

    def segments(self) -> Iterator[ReadingCopy]:
        """Cut the copy where a paragraph, else a line or a sentence, ends; a short one (or an empty one) stays whole."""
        at = 0
        while len(self.text) - at > LONGEST_SEGMENT:
            cut = _cut_before(self.text, at, at + LONGEST_SEGMENT, ("\n\n", "\n", *_SENTENCE_ENDS))
            yield self._part(at, cut)
            at = cut
        yield self if at == 0 else self._part(at, len(self.text))

    def _part(self, start: int, end: int) -> ReadingCopy:
        origin = None if self.origin is None else self.origin[start:end]
        return ReadingCopy(self.text[start:end], origin, self.begin + start)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the original offsets of the characters ``start:end`` of the copy (not empty)."""
        if self.origin is None:
            return self.begin + start, self.begin + end
        return self.origin[start], self.origin[end - 1] + 1

    def place(self, offset: int) -> int:
        """Return where in the copy the original's character at `offset` stands (or the next one that stayed)."""
        return offset - self.begin if self.origin is None else bisect_left(self.origin, offset)

    def chunks(self) -> Iterator[tuple[int, str]]:
        """Cut the copy where no sentence can be cut: (offset, text) of each paragraph, none longer than allowed."""
        for start, end in self._paragraphs():
            at = start
            while end - at > LONGEST_CHUNK:
                cut = _cut_before(self.text, at, at + LONGEST_CHUNK)
                yield at, self._flat(at, cut)
                at = cut
            if self.text[at:end].strip():
                yield at, self._flat(at, end)

    def _flat(self, start: int, end: int) -> str:
        flat = _WALL.sub(lambda wall: " " * len(wall[0]), self.text[start:end].replace("\n", " "))
        flat = _SPACED_DASH.sub("\u2014", flat)
        small = flat.lower()
        # The pipeline takes every word in capitals for a name; in small letters it sees the verb.
        shouted = flat == flat.upper() != small and len(flat.split()) >= _SHOUTED_WORDS
        return small if shouted and len(small) == len(flat) else flat

    def _paragraphs(self) -> Iterator[tuple[int, int]]:
        at = 0
        for gap in _PARAGRAPH_BREAK.finditer(self.text):
            yield from self._lines(at, gap.start())
            at = gap.end()
        yield from self._lines(at, len(self.text))

    def _lines(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Split a block at the line breaks that end a sentence or a headline; others are only wrapping."""
        at = line = start
        while (newline := self.text.find("\n", line, end)) >= 0:
            before = self.text[line:newline]
            line = newline + 1
            if len(before) < _SHORT_LINE or _ENDS_SENTENCE.search(before):
                yield at, newline
                at = line
        yield at, end


def _without_entities(text: str) -> tuple[str, bool]:
    """Return `text`, as long as it was, with "&amp;" as "&" and signs to be dropped; and whether there was any."""
    found = False

    def decoded(match: re.Match[str]) -> str:
        nonlocal found
        char = html.unescape(match[0])
        if len(char) != 1:
            return match[0]
        found = True
        return _BLANK.sub(" ", char).ljust(len(match[0]), _DROPPED)

    return (_ENTITY.sub(decoded, text), found) if "&" in text else (text, False)


def _cut_before(text: str, start: int, limit: int, marks: tuple[str, ...] = _SENTENCE_ENDS) -> int:
    """Return where to cut a stretch that is too long: behind the last of the first of `marks` that stands in it."""
    for mark in marks:
        at = text.rfind(mark, start + 1, limit)
        if at > start:
            return at + len(mark)
    return limit
