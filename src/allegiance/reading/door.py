"""The door: a file in any readable format -> a `Reading`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from allegiance.errors import BadRowError, UnreadableTextError
from allegiance.reading.decoding import LARGEST_FILE, LARGEST_TEXT, check_length, decoded, file_bytes
from allegiance.reading.html import looks_like_html, read_html
from allegiance.reading.jsonl import read_jsonl
from allegiance.reading.language import check_english, check_named_english
from allegiance.reading.origin import Origin
from allegiance.reading.text import read_text

if TYPE_CHECKING:
    from pathlib import Path

    from allegiance.model import DateInterval, Document

_HTML = (".html", ".htm", ".xhtml")
_JSONL = (".jsonl", ".ndjson", ".ijson")
_JSON_OBJECT = re.compile(rb"\s*\{\s*\"")
_BINARY_STARTS = {
    b"%PDF-": "a PDF file; save its text as .txt first",
    b"PK\x03\x04": "a ZIP archive or an office document; save its text as .txt first",
    b"\x1f\x8b": "a compressed file; unpack it first",
    b"SQLite format 3\x00": "an SQLite database",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"\xd0\xcf\x11\xe0": "an old office document; save its text as .txt first",
    b"{\\rtf": "an RTF document; save its text as .txt first",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file gave.

    Attributes:
        documents: the documents, in order.
        problems: rows of a file of many documents that couldn't be read; the others are in `documents`.
    """

    documents: tuple[Document, ...]
    problems: tuple[BadRowError, ...] = ()


def documents(
    path: Path,
    *,
    outlet: str | None = None,
    author: str | None = None,
    date: DateInterval | None = None,
    url: str | None = None,
    language: str | None = None,
    source_encoding: str | None = None,
) -> Reading:
    """Read the documents of a file; what the caller gives counts more than what the file says.

    The format is taken from the suffix, and from the content where the suffix says nothing.

    Args:
        path: a .txt, .html or .jsonl file, or any file whose content is one of these.
        outlet: who published it; "unknown" where neither caller nor file says.
        author: its by-line.
        date: when it was published.
        url: where it stands.
        language: its language, if known; then the text itself is not looked at.
        source_encoding: its text encoding; found out if not given.

    Raises:
        UsageError: there is no such file, or it is a folder.
        UnreadableTextError: it is empty, binary, too long or not in English; for a file of many documents, none could be read.
        MissingExtraError: HTML is given and the part that reads it isn't installed.
    """
    given = Origin(outlet or "", author or "", date, url or "", language or "")
    suffix = path.suffix.lower()
    raw = file_bytes(path, most=LARGEST_FILE if suffix in _JSONL else LARGEST_TEXT)
    for start, what in _BINARY_STARTS.items():
        if raw.startswith(start):
            raise UnreadableTextError(f"{path.name} is {what}.")
    if suffix in _JSONL or (suffix not in _HTML and _JSON_OBJECT.match(raw)):
        return _many(raw, path.name, given, source_encoding)
    if suffix in _HTML or looks_like_html(raw):
        text, found = read_html(raw, path.name, source_encoding)
    else:
        text, found = read_text(raw, path.name, source_encoding)
    return Reading((_document(text, given.over(found), path.name, path.name, trusted=language),))


def _many(raw: bytes, name: str, given: Origin, encoding: str | None) -> Reading:
    read: list[Document] = []
    problems: list[BadRowError] = []
    for article in read_jsonl(decoded(raw, name, encoding), name):
        if isinstance(article, BadRowError):
            problems.append(article)
            continue
        number, text, found = article
        try:
            read.append(_document(text, given.over(found), name, "its text", trusted=given.language))
        except UnreadableTextError as unreadable:
            problems.append(BadRowError(name, number, str(unreadable)))
    if not read:
        raise UnreadableTextError(
            f"{name} holds no readable article. {problems[0] if problems else ''}".rstrip()
        )
    return Reading(tuple(read), tuple(problems))


def record(line: str, name: str, number: int) -> Document | BadRowError:
    """Read one JSON object as `documents` reads a line of a .jsonl file; row `number` of the file called `name`."""
    for article in read_jsonl(line.replace("\n", " "), name):
        if isinstance(article, BadRowError):
            return BadRowError(name, number, article.problem)
        _, text, found = article
        try:
            return _document(text, found, name, "its text", trusted=None)
        except UnreadableTextError as unreadable:
            return BadRowError(name, number, str(unreadable))
    return BadRowError(name, number, "it is blank")


def _document(text: str, origin: Origin, name: str, what: str, *, trusted: str | None) -> Document:
    check_length(text, what)
    # A page that calls itself English may hold anything; only the caller is believed without a look.
    if not trusted:
        check_english(text, what)
    check_named_english(origin.language, what)
    return replace(origin, language="en").document(text, name)
