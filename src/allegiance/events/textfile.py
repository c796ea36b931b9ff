"""A file of text as numbered lines: what isn't text is refused, one bad line doesn't spoil the others.

Formats don't live here, nor does anything that knows columns.
"""

from __future__ import annotations

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
    (b"\xff\xfe", "UTF-16 text; save it as UTF-8"),
    (b"\xfe\xff", "UTF-16 text; save it as UTF-8"),
)
_TEXT_CONTROLS = b"\t\n\r\f"
_BINARY_SHARE = 0.05  # random bytes hold 10 % control characters, text none
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
    """Return the first `size` bytes of the file, fewer where it is shorter."""
    with open_bytes(path) as file:
        return file.read(size)


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

    The text is UTF-8 with or without byte-order mark; a line that is not UTF-8 is read as Latin-1, in which any
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


def split_row(line: str, delimiter: str) -> list[str]:
    """Return the fields of one line of delimited text, quoted as RFC 4180 has it.

    Each line is a record of its own: a quotation mark that is never closed costs one row, not the rest of the file.

    Raises:
        csv.Error: a quotation mark stands where none may, or is the end of a record that began a line before.
    """
    if '"' not in line:
        return line.split(delimiter)
    if delimiter != "\t" and line.count('"') % 2:
        # Half of a field that spans lines would else give an actor that nobody named. Tab-separated files quote nothing.
        raise csv.Error("a quotation mark has no partner")
    return next(csv.reader([line], delimiter=delimiter, strict=True))


def _raw_blocks(path: Path) -> Iterator[tuple[bytes, bool]]:
    """Yield (whole lines without the last line end, False), or (nothing, True) for a line that is too long."""
    tail, dropping = b"", False
    with open_bytes(path) as file:
        while chunk := file.read(_BLOCK):
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
