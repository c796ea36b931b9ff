"""The text as the language pipeline should see it, with the way back to the characters of the document.

Cleaning never changes what is quoted: offsets of the copy map to offsets of the original. No language lives here.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Characters that a reader doesn't see and a tokenizer stumbles over: soft hyphen, zero-width, direction marks, BOM.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0e-\x1f\x7f]")
# A lone surrogate is half a character: nothing that can be written down.
_BLANK = re.compile("[\ud800-\udfff\t\x0b\x0c\r\u0085\u00a0\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
_PARAGRAPH_BREAK = re.compile(r"\n[ \t]*\n\s*")
_ENDS_SENTENCE = re.compile(r"[.!?:;\"'\u201d\u2019)\]]\s*$")
# Lines broken by hand or by a narrow column are about this long; a shorter line is a headline or a table's row.
_SHORT_LINE = 50
# No word is that long; a tokenizer peels such a wall of signs character by character, for minutes.
_WALL = re.compile(r"\S{300,}")
LONGEST_CHUNK = 20_000


@dataclass(frozen=True, slots=True)
class ReadingCopy:
    """A cleaned text and, where characters were dropped, the original offset of each character that stayed."""

    text: str
    origin: tuple[int, ...] | None = None

    @classmethod
    def of(cls, text: str) -> ReadingCopy:
        """Make the copy of `text`: invisible characters dropped, every kind of blank a plain one."""
        text = _BLANK.sub(" ", text.replace("\r\n", " \n"))
        if _INVISIBLE.search(text) is None:
            return cls(text)
        kept = [at for at, char in enumerate(text) if _INVISIBLE.match(char) is None]
        return cls("".join([text[at] for at in kept]), tuple(kept))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the original offsets of the characters ``start:end`` of the copy (not empty)."""
        if self.origin is None:
            return start, end
        return self.origin[start], self.origin[end - 1] + 1

    def place(self, offset: int) -> int:
        """Return where in the copy the original's character at `offset` stands (or the next one that stayed)."""
        return offset if self.origin is None else bisect_left(self.origin, offset)

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
        return _WALL.sub(lambda wall: " " * len(wall[0]), self.text[start:end].replace("\n", " "))

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


def _cut_before(text: str, start: int, limit: int) -> int:
    """Return where to cut a chunk that is too long: behind its last sentence end, else its last blank."""
    for mark in (". ", "! ", "? ", " "):
        at = text.rfind(mark, start + 1, limit)
        if at > start:
            return at + len(mark)
    return limit
