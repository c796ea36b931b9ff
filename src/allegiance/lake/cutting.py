"""Lines of GDELT files cut at their tabs, and the words that rows repeat numbered: bytes in, arrays out.

A file holds the same few codes, days, hosts and actors in millions of rows. So no text is made of a column here; each
distinct run of bytes gets a number, and what it means is decided elsewhere, once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numba as nb
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Text: TypeAlias = NDArray[np.uint8]
    Places: TypeAlias = NDArray[np.int64]
    Numbers: TypeAlias = NDArray[np.int32]

CODE, DAY, ADDED, FIRST, SECOND, HOST = range(6)
"""What is numbered of a row; of an actor, all of its ten columns with the tabs between them."""
_KINDS = 6
NOTHING = -1
"""The number where a row has no such words: of actors and host, where it hasn't two actors."""

_SHORT, _OLD, _NEW = 57, 58, 61  # columns of a row without address, with one, and of GDELT 2.0
_TAB, _LINE, _SLASH, _COLON = 9, 10, 47, 58
_FIRST_VISIBLE, _LAST_VISIBLE = 33, 126


class Cut(NamedTuple):
    """What stands in some lines; a row is a line with as many columns as a GDELT event has.

    Attributes:
        numbers: int32, shape (rows, 6), numbers of what `CODE` to `HOST` name, or `NOTHING`.
        ids: int64, shape (rows, 2), where the key of each row begins and ends in the text.
        two: shape (rows, 2), whether there is a first and a second actor.
        widths: int64, shape (other lines,), how many columns the lines have that are no rows.
        begins: int64, shape (6, words), where each numbered run of bytes stands first; `ends` where it ends.
        ends: see `begins`.
        counts: int64, shape (6,), how many different ones there are of each.
        odd: whether a line holds nothing visible in ASCII, so that it may be a blank one.
    """

    numbers: Numbers
    ids: Places
    two: NDArray[np.bool_]
    widths: Places
    begins: Places
    ends: Places
    counts: Places
    odd: bool

    def words(self, block: bytes) -> list[list[str]]:
        """Return the words that were numbered, of each kind, in the order of their numbers."""
        found = []
        for begins, ends, count in zip(self.begins, self.ends, self.counts.tolist(), strict=True):
            spans = zip(begins[:count].tolist(), ends[:count].tolist(), strict=True)
            found.append([block[begin:end].decode() for begin, end in spans])
        return found


def cut(text: Text) -> Cut:
    """Cut whole lines, shape (bytes,), each with its line feed; empty ones are passed over."""
    return Cut(*_cut(text))


@nb.njit(cache=True)
def _cut(
    text: Text,
) -> tuple[Numbers, Places, NDArray[np.bool_], Places, Places, Places, Places, bool]:
    lines = 0
    for char in text:
        lines += char == _LINE
    most = min(lines, len(text) // _SHORT + 1)  # a row has a tab or a line feed behind each column
    numbers = np.full((most, _KINDS), NOTHING, dtype=np.int32)
    ids = np.empty((most, 2), dtype=np.int64)
    two = np.empty((most, 2), dtype=np.bool_)
    widths = np.empty(lines, dtype=np.int64)
    size = 16
    while size < 2 * most:
        size *= 2
    slots = np.full((_KINDS, size), NOTHING, dtype=np.int32)
    begins = np.empty((_KINDS, most), dtype=np.int64)
    ends = np.empty((_KINDS, most), dtype=np.int64)
    counts = np.zeros(_KINDS, dtype=np.int64)
    at = np.zeros(
        _NEW + 2, dtype=np.int64
    )  # where each column of the line begins; beyond the last, its line feed's end
    rows = others = column = 0
    odd = False
    for place in range(len(text)):
        char = text[place]
        if char not in (_TAB, _LINE):
            continue
        column += 1
        if column < len(at):
            at[column] = place + 1
        if char == _TAB:
            continue
        width, begin = column, at[0]
        column, at[0] = 0, place + 1
        if begin == place:
            continue
        odd |= not _visible(text, begin, place)
        if width not in (_SHORT, _OLD, _NEW):
            widths[others] = width
            others += 1
            continue
        row = numbers[rows]
        ids[rows, 0], ids[rows, 1] = begin, at[1] - 1
        two[rows, 0], two[rows, 1] = at[6] - at[5] > 1, at[16] - at[15] > 1
        added = width - 1 if width == _SHORT else width - 2
        row[CODE] = _number(text, at[26], at[27] - 1, slots[CODE], begins[CODE], ends[CODE], counts, CODE)
        row[DAY] = _number(text, at[1], at[2] - 1, slots[DAY], begins[DAY], ends[DAY], counts, DAY)
        row[ADDED] = _number(
            text, at[added], at[added + 1] - 1, slots[ADDED], begins[ADDED], ends[ADDED], counts, ADDED
        )
        if two[rows, 0] and two[rows, 1]:
            row[FIRST] = _number(
                text, at[5], at[15] - 1, slots[FIRST], begins[FIRST], ends[FIRST], counts, FIRST
            )
            row[SECOND] = _number(
                text, at[15], at[25] - 1, slots[SECOND], begins[SECOND], ends[SECOND], counts, SECOND
            )
            start, stop = _host(text, place if width == _SHORT else at[width - 1], place)
            row[HOST] = _number(text, start, stop, slots[HOST], begins[HOST], ends[HOST], counts, HOST)
        rows += 1
    return numbers[:rows], ids[:rows], two[:rows], widths[:others], begins, ends, counts, odd


@nb.njit(cache=True)
def _visible(text: Text, begin: int, end: int) -> bool:
    """Return whether there is a visible character of ASCII."""
    place = begin
    while place < end and not _FIRST_VISIBLE <= text[place] <= _LAST_VISIBLE:
        place += 1
    return place < end


@nb.njit(cache=True)
def _host(text: Text, begin: int, end: int) -> tuple[int, int]:
    """Cut the host out of an address as `events.gdelt.publisher_of` does."""
    for place in range(begin, end - 3):
        if text[place] == _COLON and text[place + 1] == _SLASH and text[place + 2] == _SLASH:
            begin = place + 3
            break
    stop = begin
    while stop < end and text[stop] != _SLASH:
        stop += 1
    return begin, stop


@nb.njit(cache=True)
def _number(
    text: Text,
    begin: int,
    end: int,
    slots: Numbers,
    begins: Places,
    ends: Places,
    counts: Places,
    kind: int,
) -> int:
    """Return the number of a run of bytes, a new one where none of its kind is equal; an open hash table."""
    mixed = np.uint64(14695981039346656037)  # FNV-1a; any hash would do, for equal bytes are compared
    for place in range(begin, end):
        mixed = (mixed ^ np.uint64(text[place])) * np.uint64(1099511628211)
    mixed ^= mixed >> np.uint64(29)
    mask = len(slots) - 1
    slot = np.int64(mixed & np.uint64(mask))
    while slots[slot] != NOTHING:
        known = slots[slot]
        if ends[known] - begins[known] == end - begin:
            offset = 0
            while offset < end - begin and text[begins[known] + offset] == text[begin + offset]:
                offset += 1
            if offset == end - begin:
                return int(known)
        slot = (slot + 1) & mask
    new = counts[kind]
    slots[slot], begins[new], ends[new] = new, begin, end
    counts[kind] += 1
    return int(new)
