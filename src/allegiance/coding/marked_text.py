"""A text with two marked mentions as the model sees it: numbers of word pieces. Shared by reading and by training.

The mentions are marked in the order of the text, so that calling them a and b the other way round changes nothing but the
names of the classes: the model can't answer a swapped question differently.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from allegiance.coding.word_pieces import WordPieces

# Word pieces per pair. Nine in ten sentences of news have fewer than 70.
LIMIT = 96
# Of a very long mention its beginning and end tell what kind of actor it is.
_LONGEST_MENTION = 12
# What stays to the left and right of a mention when the text between the two is too long.
_AROUND = 10
_APOSTROPHES = "'\u2019"


@dataclass(frozen=True, slots=True)
class Marks:
    """The numbers of the signs that are put around mentions and texts."""

    text_start: int
    text_end: int
    first_start: int
    first_end: int
    second_start: int
    second_end: int


@dataclass(frozen=True, slots=True)
class Marked:
    """Word pieces of one pair; `first` and `second` are the places of the two opening marks."""

    pieces: list[int]
    first: int
    second: int


def whole_words(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """Return `span` without blanks and apostrophes at its ends, its last word complete ("[Congre]ss")."""
    start, end = span
    while end - start > 1 and (text[end - 1].isspace() or text[end - 1] in _APOSTROPHES):
        end -= 1
    while end - start > 1 and text[start].isspace():
        start += 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    return start, end


def marked(
    offsets: Sequence[tuple[int, int]],
    pieces: Sequence[int],
    spans: tuple[tuple[int, int], tuple[int, int]],
    marks: Marks,
) -> Marked:
    """Put marks around the mentions and cut what is too long, far from the mentions first.

    Args:
        offsets: for each word piece its characters, (start, end).
        pieces: the numbers of the word pieces, without signs.
        spans: characters of the mention that begins first, and of the other.
        marks: the numbers of the signs.
    """
    first, second = (_touched(offsets, span) for span in spans)
    kept = _kept(len(pieces), first, second)
    row = [marks.text_start]
    place = {}
    for at in kept:
        if at == first[1]:
            row.append(marks.first_end)
        if at == second[1]:
            row.append(marks.second_end)
        if at == first[0]:
            place["first"] = len(row)
            row.append(marks.first_start)
        if at == second[0]:
            place["second"] = len(row)
            row.append(marks.second_start)
        if at < len(pieces):
            row.append(pieces[at])
    row.append(marks.text_end)
    return Marked(row, place["first"], place["second"])


def _touched(offsets: Sequence[tuple[int, int]], span: tuple[int, int]) -> tuple[int, int]:
    """The word pieces that share characters with `span`, (first, behind the last); none: where they would stand."""
    inside = [at for at, (start, end) in enumerate(offsets) if start < span[1] and end > span[0]]
    if inside:
        return inside[0], inside[-1] + 1
    before = sum(1 for _, end in offsets if end <= span[0])
    return before, before


def _kept(length: int, first: tuple[int, int], second: tuple[int, int]) -> list[int]:
    """Places that stay, in order; the place behind the last piece is always among them."""
    room = LIMIT - 6  # two signs of the text, four marks
    if length <= room:
        return list(range(length + 1))
    must = {*_ends(first), *_ends(second)}
    low, high = min(first[0], second[0]), max(first[1], second[1])
    if high - low + 2 * _AROUND <= room:
        spare = room - (high - low)
        left = max(0, min(low - spare // 2, length - room))
        must |= set(range(left, min(length, left + room)))
    else:
        near = (at for out in range(room) for one in (first, second) for at in (one[0] - out, one[1] + out))
        for at in near:
            if len(must) >= room:
                break
            if 0 <= at < length:
                must.add(at)
    # The closing marks stand before the piece behind each mention, which must not be lost.
    return sorted(must | {first[0], first[1], second[0], second[1], length})


def _ends(mention: tuple[int, int]) -> list[int]:
    start, end = mention
    half = _LONGEST_MENTION // 2
    if end - start <= _LONGEST_MENTION:
        return list(range(start, end))
    return [*range(start, start + half), *range(end - half, end)]


def marks_of(table: WordPieces) -> Marks:
    """Return the numbers of the signs in `table`; marks are signs that no text contains."""
    names = ("[CLS]", "[SEP]", "[unused1]", "[unused2]", "[unused3]", "[unused4]")
    return Marks(*(table.number(name) for name in names))
