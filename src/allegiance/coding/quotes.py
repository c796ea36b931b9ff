"""Which characters stand in quotation marks: curly, straight, single, nested, unbalanced. Who speaks is in `speakers.py`."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARK = re.compile("[\"'\u201c\u201d\u201e\u201f\u00ab\u00bb\u2018\u2019\u201a]|``|''")
_PARAGRAPH = re.compile(r"\n[ \t]*\n\s*")
_OPENING = frozenset("\u201c\u201e\u201f\u00ab")
_CLOSING = frozenset("\u201d\u00bb")
_TURNED = {"\u00bb": "\u00ab", "\u00ab": "\u00bb"}
_LEADS_IN = frozenset(" \t\n([{\u2014\u2013-\u201c\"\u2018'\u00ab:")


@dataclass(frozen=True, slots=True)
class Quote:
    """The characters ``start:end`` in quotation marks, the marks among them.

    Attributes:
        start: offset of the opening mark.
        end: offset behind the closing mark, or the end of the paragraph where none stands.
        depth: 0 for a quotation in the text itself, 1 for one inside a quotation ...
        closed: whether a closing mark was found.
    """

    start: int
    end: int
    depth: int
    closed: bool = True

    def holds(self, start: int, end: int) -> bool:
        """Return whether the characters ``start:end`` lie inside."""
        return self.start <= start and end <= self.end


def find_quotes(text: str) -> list[Quote]:
    """Return the quotations of `text` by their beginning; an outer one before those inside it."""
    found: list[Quote] = []
    at = 0
    for gap in _PARAGRAPH.finditer(text):
        found.extend(_in_paragraph(text, at, gap.start()))
        at = gap.end()
    found.extend(_in_paragraph(text, at, len(text)))
    return sorted(found, key=lambda quote: (quote.start, -quote.end))


def _in_paragraph(text: str, begin: int, end: int) -> list[Quote]:
    found: list[Quote] = []
    open_marks: list[tuple[int, bool]] = []  # (offset, whether single)
    turned = _points_inwards(text, begin, end)
    for match in _MARK.finditer(text, begin, end):
        mark, at = match[0], match.start()
        if turned:
            mark = _TURNED.get(mark, mark)
        low = next((text[start] for start, is_single in reversed(open_marks) if not is_single), "")
        if mark == "\u201c" and low == "\u201e":
            mark = "\u201d"  # \u201e...\u201c: the mark that opens in English closes here
        single = mark in "'\u2018\u2019\u201a"
        if _opens(text, begin, mark, at, [is_single for _, is_single in open_marks]):
            open_marks.append((at, single))
        elif _closes(text, end, mark, match.end(), [is_single for _, is_single in open_marks]):
            while open_marks:
                start, was_single = open_marks.pop()
                if was_single == single:
                    found.append(Quote(start, match.end(), len(open_marks)))
                    break
    # A double mark that is never closed opens a quotation to the end of its line (long quotations repeat the mark
    # at each paragraph and close only the last); a single one was an apostrophe.
    for depth, (start, was_single) in enumerate(open_marks):
        if not was_single:
            line = text.find("\n", start, end)
            last = line if line > start else end
            inside = [quote.end for quote in found if start < quote.start < last]
            found.append(Quote(start, max([last, *inside]), depth, closed=False))
            break
    return found


def _points_inwards(text: str, begin: int, end: int) -> bool:
    """Whether a paragraph quotes as \u00bb...\u00ab does."""
    first = next((mark for mark in text[begin:end] if mark in _TURNED), "")
    return first == "\u00bb"


def _opens(text: str, begin: int, mark: str, at: int, open_singles: list[bool]) -> bool:
    if mark in _OPENING or mark == "``":
        return True
    if mark in _CLOSING or mark in ("''", "\u2019", "\u201a"):
        return False
    before = text[at - 1] if at > begin else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    if mark in ("'", "\u2018"):
        return before in _LEADS_IN and after.isalnum() and True not in open_singles
    if False in open_singles:
        return False
    return before in _LEADS_IN or not after.isspace()


def _closes(text: str, end: int, mark: str, behind: int, open_singles: list[bool]) -> bool:
    if mark in _CLOSING or mark in ('"', "''"):
        return False in open_singles
    if mark in ("'", "\u2019") and True in open_singles:
        after = text[behind] if behind < end else " "
        before = text[behind - 2]
        return not after.isalnum() and not before.isspace()
    return False
