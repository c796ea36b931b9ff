"""A TOML file that somebody wrote by hand: read with a limit and a sentence for what is wrong."""

from __future__ import annotations

import json
import re
import tomllib
from typing import TYPE_CHECKING, Any

from allegiance.errors import DataError, UsageError, nearest_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

LARGEST = 2**24  # bytes; nobody writes more by hand
_PLACE = re.compile(r"^(.*) \(at (?:line (\d+), column (\d+)|end of document)\)$", re.DOTALL)


def read_toml(path: Path) -> tuple[dict[str, Any], str]:
    """Return what a TOML file holds, and its text.

    Raises:
        UsageError: there is no such file, or it can't be read.
        DataError: it is too large or no TOML; says at which line and column.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise DataError(f"{path.name} is larger than 16 megabytes; that is none of our files.")
        text = path.read_text("utf-8")
    except OSError as trouble:
        raise UsageError(f"{path} can't be read ({trouble.strerror}).") from trouble
    except UnicodeDecodeError as broken:
        raise DataError(f"{path.name} is not UTF-8 text (byte {broken.start}); save it as UTF-8.") from broken
    return parse_toml(text, path.name), text


def parse_toml(text: str, name: str) -> dict[str, Any]:
    """Return what TOML `text` holds; errors call it `name`.

    Raises:
        DataError: it is no TOML; says at which line and column.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as broken:
        found = _PLACE.match(str(broken))
        problem = found[1] if found else str(broken)
        place = f"line {found[2]}, column {found[3]}" if found and found[2] else "its last line"
        raise DataError(f"{name} is no TOML: {problem}, in {place}.") from broken
    except RecursionError as broken:
        raise DataError(f"{name} is nested too deeply to be one of our files.") from broken
    except (
        ValueError
    ) as broken:  # an integer of more digits than Python converts, or a day that the calendar hasn't
        raise DataError(f"{name} holds a value that can't be read: {broken}.") from broken


def headings(text: str, table: str, count: int) -> list[int]:
    """Return the lines (from 1) at which the `count` tables ``[[table]]`` stand in TOML `text`.

    They may also be written in braces and then have no heading; where there are not as many headings, each line is 0.
    """
    wanted = re.compile(r"\s*\[\[\s*" + r"\s*\.\s*".join(map(re.escape, table.split("."))) + r"\s*\]\]")
    found, inside = [], ""
    for number, line in enumerate(text.splitlines(), 1):
        if not inside and wanted.match(line):
            found.append(number)
        for mark in re.findall(r'"""|\'\'\'', line):
            if not inside:
                inside = mark
            elif mark == inside:
                inside = ""
    return found if len(found) == count else [0] * count


def check_keys(table: Mapping[str, object], known: Iterable[str], where: str) -> None:
    """Refuse a key of `table` that isn't `known`; `where` begins the sentence.

    Raises:
        DataError: says the nearest key, or all of them.
    """
    for key in table:
        if key not in known:
            near = nearest_names(key, known, most=1)
            hint = f"did you mean {near[0]!r}?" if near else f"the keys are {', '.join(known)}."
            raise DataError(f"{where}: there is no key {key!r} here; {hint}")


def toml_text(words: str) -> str:
    """Return a TOML string; JSON's escapes are among TOML's, which also forbids a bare delete character."""
    quoted = json.dumps(words.encode("utf-8", "replace").decode(), ensure_ascii=False)
    return quoted.replace("\x7f", "\\u007f")
