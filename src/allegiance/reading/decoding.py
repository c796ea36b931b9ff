"""Bytes -> characters: encodings, and files that are no text at all."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from allegiance.errors import UnreadableTextError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

LONGEST_DOCUMENT = 20_000_000
"""The most characters of one document. A text beyond it is a dump, and parsing it would take hours and gigabytes."""

LARGEST_TEXT = 4 * LONGEST_DOCUMENT
"""The most bytes of a file that holds one document: no encoding needs more than four for a character."""

LARGEST_FILE = 1_000_000_000
"""The most bytes of a file of many documents."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    # UTF-32 first: its mark begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
# Four accented letters in a row are no word of Western Europe, but any word in Windows-1251.
_CYRILLIC = re.compile(rb"[\xc0-\xff\xa8\xb8]{4}")
_FEW = 4
_MOST_CONTROLS = 0.01
_UTF16_ZEROS = 0.3


def file_bytes(path: Path, *, most: int = LARGEST_FILE) -> bytes:
    """Return the bytes of a file.

    Raises:
        UsageError: there is no such file, it is a folder, or it may not be read.
        UnreadableTextError: it is empty or larger than `most`.
    """
    try:
        if path.is_dir():
            raise UsageError(f"{path} is a folder; name the files in it.")
        size = path.stat().st_size
        if size > most:
            raise UnreadableTextError(
                f"{path.name} has {size / 1e6:,.0f} MB; at most {most / 1e6:,.0f} MB are read as one text. Split it."
            )
        raw = path.read_bytes()
    except FileNotFoundError:
        raise UsageError(f"There is no file {path}.") from None
    except PermissionError:
        raise UsageError(f"{path} can't be read: permission denied.") from None
    except (OSError, ValueError) as broken:
        raise UsageError(f"{str(path)[:200]!r} can't be read: {broken}.") from broken
    if not raw.strip():
        raise UnreadableTextError(f"{path.name} is empty.")
    return raw


def decoded(raw: bytes, name: str, encoding: str | None = None) -> str:
    """Return the text of `raw`: in `encoding` if given, else by its byte order mark, else UTF-8, else Windows-1251 or 1252.

    Raises:
        UsageError: `encoding` is unknown.
        UnreadableTextError: the bytes are no text, or not in `encoding`.
    """
    if encoding is not None:
        return _checked(_in_named(raw, name, encoding), name)
    for mark, by_mark in _BOMS:
        if raw.startswith(mark):
            return _checked(_in_named(raw, name, by_mark), name)
    if b"\x00" in raw:
        return _checked(_utf16_without_mark(raw, name), name)
    try:
        return _checked(raw.decode("utf-8"), name)
    except UnicodeDecodeError:
        return _checked(_not_quite_utf8(raw), name)


def _not_quite_utf8(raw: bytes) -> str:
    mended = raw.decode("utf-8", errors="replace")
    lost = mended.count("\ufffd")
    if sum(char > "\x7f" for char in mended) - lost >= _FEW * lost:
        return mended  # one broken byte doesn't make a text of UTF-8 another
    if _CYRILLIC.search(raw):
        return raw.decode("cp1251", errors="replace")
    # The five bytes that Windows-1252 leaves undefined are controls in Latin-1, and counted as such.
    return raw.decode("cp1252", errors="replace") if _is_cp1252(raw) else raw.decode("latin-1")


def _is_cp1252(raw: bytes) -> bool:
    return not any(byte in raw for byte in b"\x81\x8d\x8f\x90\x9d")


def _in_named(raw: bytes, name: str, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except LookupError:
        raise UsageError(
            f"There is no text encoding called {encoding!r}; usual ones are utf-8, utf-16, cp1252."
        ) from None
    except UnicodeDecodeError as broken:
        raise UnreadableTextError(
            f"{name} is not {encoding} text: byte {broken.start} fits nothing in it."
        ) from broken


def _utf16_without_mark(raw: bytes, name: str) -> str:
    # English in UTF-16 has a zero byte beside nearly each letter, always on the same side.
    sample = raw[:4096]
    for side, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros = sample[side::2].count(0)
        if zeros > _UTF16_ZEROS * len(sample) and sample[1 - side :: 2].count(0) == 0 and len(raw) % 2 == 0:
            return _in_named(raw, name, encoding)
    raise UnreadableTextError(f"{name} is a binary file (it holds zero bytes), not a text.")


def _checked(text: str, name: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise UnreadableTextError(f"{name} is empty.")
    if len(_CONTROLS.findall(text[:1_000_000])) > _MOST_CONTROLS * min(len(text), 1_000_000):
        raise UnreadableTextError(f"{name} is a binary file (it is full of control characters), not a text.")
    return text


def check_length(text: str, what: str) -> str:
    """Return `text` if it is short enough to be one document.

    Raises:
        UnreadableTextError: it is longer than `LONGEST_DOCUMENT`.
    """
    if len(text) > LONGEST_DOCUMENT:
        raise UnreadableTextError(
            f"{what} has {len(text):,} characters; a document may have {LONGEST_DOCUMENT:,}. Split it into articles."
        )
    return text
