"""A file of text as numbered lines: what isn't text is refused, one bad line doesn't spoil the others.

Formats don't live here, nor does anything that knows columns.
"""

from __future__ import annotations

import codecs
import csv
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from allegiance.errors import DataError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LONGEST_LINE = 1 << 20  # bytes; a longer line is no row of a table
_BLOCK = 1 << 17
_PROBE = 1 << 16
_MAGIC = (
    (b"PK\x03\x04", "a zip archive; unpack it first"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\x1f\x8b", "a gzip archive; unpack it first (gunzip)"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3\0", "an SQLite file"),
    (b"%PDF", "a PDF"),
)
_TEXT_CONTROLS = b"\t\n\r\f"
_BINARY_SHARE = 0.05  # random bytes hold 10 % control characters, text none
# Tabs, digits and Latin letters leave every other byte of UTF-16 empty.
_UTF16_SAMPLE = 4096
_UTF16_ZEROS, _UTF16_OTHERS = 0.3, 0.02
# In a small file a few stray bytes are a large share; its other rows still load.
_STRAY = 24


def open_bytes(path: Path) -> IO[bytes]:
    """Open a file for reading.

    Raises:
        UsageError: the file isn't there, is a folder, or may not be read.
    """
    try:
        return path.open("rb")
    except FileNotFoundError:
        raise UsageError(f"There is no file {path}.") from None
    except IsADirectoryError:
        raise UsageError(f"{path} is a folder; name the files in it.") from None
    except OSError as refused:
        raise UsageError(f"{path} can't be read: {refused.strerror}.") from refused


def opening(path: Path, size: int = _PROBE) -> bytes:
    """Return the first `size` bytes of the file (of its text in UTF-8, if that is in UTF-16), fewer where it is shorter."""
    with open_bytes(path) as file:
        head = file.read(max(2 * size + 2, _UTF16_SAMPLE))
    encoding = _utf16(head)
    return (head.decode(encoding, "replace").encode("utf-8", "replace") if encoding else head)[:size]


def is_utf16(path: Path) -> bool:
    """Return whether a file looks like text in UTF-16, with or without a byte-order mark."""
    with open_bytes(path) as file:
        return bool(_utf16(file.read(_UTF16_SAMPLE)))


def _utf16(head: bytes) -> str:
    """Return the encoding of a file that begins with `head` where it is UTF-16, else nothing."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "" if head.startswith(codecs.BOM_UTF32_LE) else "utf-16"
    sample = head[:_UTF16_SAMPLE]
    for side, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros = sample[side::2].count(0)
        others = sample[1 - side :: 2].count(0)
        if zeros > _UTF16_ZEROS * len(sample) and others < _UTF16_OTHERS * len(sample):
            return encoding
    return ""


def _chunks(path: Path) -> Iterator[bytes]:
    """Yield the bytes of a file, of one in UTF-16 those of its text in UTF-8."""
    with open_bytes(path) as file:
        encoding = _utf16(file.read(_UTF16_SAMPLE))
        file.seek(0)
        decoder = codecs.getincrementaldecoder(encoding)("replace") if encoding else None
        while chunk := file.read(_BLOCK):
            if decoder is None:
                yield chunk
            else:
                yield decoder.decode(chunk).encode("utf-8", "replace")
        if decoder is not None:
            yield decoder.decode(b"", final=True).encode("utf-8", "replace")


def require_text(path: Path) -> None:
    """Refuse a file that is no table of text.

    Raises:
        DataError: the file is empty or binary; says what it seems to be.
    """
    head = opening(path)
    if not head.strip():
        raise DataError(f"{path.name} is empty.")
    for magic, what in _MAGIC:
        if head.startswith(magic):
            raise DataError(f"{path.name} is no text table: it is {what}.")
    controls = sum(1 for byte in head if byte < 32 and byte not in _TEXT_CONTROLS)  # noqa: PLR2004 - ASCII's controls
    if controls > max(_STRAY, _BINARY_SHARE * len(head)):
        raise DataError(f"{path.name} is no text table: it is binary.")


@dataclass(frozen=True, slots=True)
class Block:
    """Some whole lines of a file.

    Attributes:
        first: 1-based number of its first line.
        text: the lines, parted by newlines, without the last one's end.
        fault: a sentence that says why the block, a single line then, can't be used; empty for a sound one.
    """

    first: int
    text: str
    fault: str = ""

    def lines(self) -> Iterator[tuple[int, str, str]]:
        """Yield (line number, text without its line end, fault) of each line; blank lines are left out."""
        if self.fault:
            yield self.first, "", self.fault
            return
        nul = "\0" in self.text
        for number, line in enumerate(self.text.split("\n"), self.first):
            if line and not line.isspace():
                yield number, line.rstrip("\r"), "it holds a NUL byte" if nul and "\0" in line else ""


def blocks(path: Path) -> Iterator[Block]:
    """Yield the file in blocks of about `_BLOCK` bytes.

    The text is UTF-8 with or without byte-order mark, or UTF-16; a line that is not UTF-8 is read as Latin-1, in which any
    byte is a character. Memory stays at a few blocks, however long a line is.
    """
    number = 1
    for raw, overlong in _raw_blocks(path):
        if overlong:
            yield Block(number, "", f"the line is longer than {LONGEST_LINE:,} bytes")
            number += 1
            continue
        text = _decoded(raw)
        # Excel writes the mark in front of the first column's name.
        yield Block(number, text.removeprefix("\ufeff") if number == 1 else text)
        number += raw.count(b"\n") + 1


def lines(path: Path) -> Iterator[tuple[int, str, str]]:
    """Yield (1-based line number, text without its line end, fault) of each line; blank lines are left out."""
    for block in blocks(path):
        yield from block.lines()


def split_row(line: str, delimiter: str, width: int | None = None) -> list[str]:
    """Return the fields of one line of delimited text, quoted as RFC 4180 has it.

    Each line is a record of its own: a quotation mark that is never closed costs one row, not the rest of the file.
    Between tabs a quotation mark is a character like any other, as event data write nicknames, unless it encloses the
    whole field; a tab within quotation marks counts as text only where the line then has the `width` it should have.

    Raises:
        csv.Error: a quotation mark stands where none may, or is the end of a record that began a line before.
    """
    if '"' not in line:
        return line.split(delimiter)
    if delimiter != "\t":
        if line.count('"') % 2:
            # Half of a field that spans lines would else give an actor that nobody named.
            raise csv.Error("a quotation mark has no partner")
        return next(csv.reader([line], delimiter=delimiter, strict=True))
    fields = [_unquoted(field) for field in line.split("\t")]
    if width is None or len(fields) <= width or line.count('"') % 2:
        return fields
    quoted = next(csv.reader([line], delimiter="\t"))
    return quoted if len(quoted) == width else fields


def _unquoted(field: str) -> str:
    inner = field[1:-1]
    enclosed = len(field) > 1 and field[0] == field[-1] == '"' and '"' not in inner.replace('""', "")
    return inner.replace('""', '"') if enclosed else field


def _raw_blocks(path: Path) -> Iterator[tuple[bytes, bool]]:
    """Yield (whole lines without the last line end, False), or (nothing, True) for a line that is too long."""
    tail, dropping = b"", False
    for read in _chunks(path):
        chunk = read
        if dropping:
            _, end, chunk = chunk.partition(b"\n")
            if not end:
                continue
            dropping = False
        body, end, tail = (tail + chunk).rpartition(b"\n")
        if end:
            yield body, False
        if len(tail) > LONGEST_LINE:
            yield b"", True
            tail, dropping = b"", True
    if tail:
        yield tail, False


def _decoded(block: bytes) -> str:
    try:
        return block.decode("utf-8")
    except UnicodeDecodeError:
        return "\n".join(_decoded_line(line) for line in block.split(b"\n"))


def _decoded_line(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("latin-1")
