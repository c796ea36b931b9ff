"""What loaders of corpora share: a file's lines and JSON with clear errors, and examples beside reasons for what was left out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from allegiance.errors import BadRowError, DataError, UsageError
from allegiance.reading.decoding import decoded, file_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Corpus(Generic[T_co]):
    """Examples of one corpus, and for each that can't be used the reason."""

    examples: tuple[T_co, ...]
    skipped: tuple[str, ...] = ()


def text_of(path: Path) -> str:
    """Return a corpus file's text.

    Raises:
        UsageError: there is no such file.
        UnreadableTextError: it is empty or no text.
    """
    return decoded(file_bytes(path), path.name)


def json_lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield for each line of JSON its number and object.

    Raises:
        BadRowError: a line is no JSON object.
    """
    for number, line in enumerate(text_of(path).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as broken:
            raise BadRowError(path.name, number, f"it is no JSON object ({broken}).") from broken
        if not isinstance(row, dict):
            raise BadRowError(path.name, number, "it is no JSON object.")
        yield number, row


def files_below(path: Path, pattern: str, what: str) -> list[Path]:
    """Return `path` itself if it is a file, else the files below it that match, by name.

    Raises:
        UsageError: there is neither.
        DataError: the folder holds none.
    """
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise UsageError(f"There is no file or folder {path}.")
    found = sorted(one for one in path.rglob(pattern) if one.is_file())
    if not found:
        raise DataError(f"{path} holds no {pattern}, so it is no {what}.")
    return found


def field(row: dict[str, Any], key: str, kind: type[T], path: Path, number: int) -> T:
    """Return ``row[key]``.

    Raises:
        BadRowError: it isn't there, or of another kind.
    """
    value = row.get(key)
    if not isinstance(value, kind):
        told = "has no" if value is None else "has something else under"
        raise BadRowError(path.name, number, f"it {told} {key!r}, where a {kind.__name__} should be.")
    return value
