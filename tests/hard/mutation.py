"""Inputs that somebody broke, by accident or on purpose: any file, changed by chance, the same for the same number."""

from __future__ import annotations

import random
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

# What has broken readers of files: ends of numbers and of nesting, marks of quoting, bytes that are no text, what is
# written in other scripts and only looks like what is expected.
_ODD = (
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xed\xa0\x80",
    b"\xc3",
    b'"',
    b"'",
    b"\r",
    b"\n",
    b"\t",
    b",",
    b";",
    b"\\",
    b"\\ud800",
    b"\\u0000",
    b"{",
    b"}",
    b"[",
    b"]",
    b"[" * 3000,
    b'{"a":' * 2000,
    b"<" * 2000,
    b"&#55296;",
    b"&#x110000;",
    b"&" + b"a" * 3000 + b";",
    b"-",
    b"-0",
    b"1e999",
    b"-1e-999",
    b"NaN",
    b"Infinity",
    b"null",
    b"true",
    b"9" * 400,
    b"9" * 5000,
    b"0x10",
    b"9223372036854775808",
    b"99999999",
    b"00000000",
    b"2031-02-30",
    b"0000-00-00",
    b"10000-01-01",
    b"\xd9\xa1\xd9\xa2",
    b"\xc2\xb2",
    b"\xe2\x82\x82",
    b"=1+1",
    b"../../x",
    b"a" * 70_000,
    b"\x1b[2J",
    b"\xe2\x80\xae",
    b"!!python/object/apply:os.system ['x']",
    b"&a [*a, *a]",
    b" ",
    b"",
)
_MARKS = b'\n,;\t":{}[]<>=|/ \x00'


def mutated(seeds: Sequence[bytes], kind: str, number: int) -> bytes:
    """Return one of `seeds`, changed by chance one to six times; the same for the same kind and number."""
    chance = random.Random(f"{kind}/{number}")  # noqa: S311 - nothing secret hangs on it
    data = chance.choice(seeds)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 6))):
        data = chance.choice(_CHANGES)(data, seeds, chance)
    return data


def _flip(data: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    if not data:
        return b"\x80"
    place = chance.randrange(len(data))
    return data[:place] + bytes([data[place] ^ (1 << chance.randrange(8))]) + data[place + 1 :]


def _set(data: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    place = chance.randrange(len(data) + 1)
    size = chance.choice((1, 1, 2, 4, 8))
    return (
        data[:place]
        + bytes(chance.choice((0, 1, 0x7F, 0x80, 0xFF)) for _ in range(size))
        + data[place + size :]
    )


def _cut_off(data: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _leave_out(data: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    begin, end = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    return data[:begin] + data[min(end, begin + chance.choice((1, 4, 16, 400, 10_000))) :]


def _repeat(data: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    begin, end = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    part = data[begin : min(end, begin + 200)]
    return data[:begin] + part * chance.choice((2, 3, 40)) + data[begin:]


def _insert(data: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    place = chance.randrange(len(data) + 1)
    return data[:place] + chance.choice(_ODD) + data[place:]


def _replace_field(data: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    """Put something odd in the place of what stands between two marks, so that the form of the file is kept."""
    start = chance.randrange(len(data) + 1)
    window = data[start : start + 4000]
    marks = [start - 1, *(start + place for place, byte in enumerate(window) if byte in _MARKS)]
    spans = [(one + 1, other) for one, other in pairwise(marks) if other > one + 1]
    if not spans:
        return _insert(data, (), chance)
    begin, end = chance.choice(spans)
    return data[:begin] + chance.choice(_ODD) + data[end:]


def _move_lines(data: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    lines = data.split(b"\n")
    one, other = (chance.randrange(len(lines)) for _ in range(2))
    lines[one], lines[other] = lines[other], lines[one]
    if chance.random() < 0.5:
        del lines[chance.randrange(len(lines))]
    return b"\n".join(lines)


def _splice(data: bytes, seeds: Sequence[bytes], chance: random.Random) -> bytes:
    other = chance.choice(seeds) if seeds else data
    return data[: chance.randrange(len(data) + 1)] + other[chance.randrange(len(other) + 1) :]


_CHANGES: tuple[Callable[[bytes, Sequence[bytes], random.Random], bytes], ...] = (
    _flip,
    _set,
    _cut_off,
    _leave_out,
    _repeat,
    _insert,
    _insert,
    _replace_field,
    _replace_field,
    _replace_field,
    _move_lines,
    _splice,
)
