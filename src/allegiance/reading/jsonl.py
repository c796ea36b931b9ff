"""JSON lines: one article a line, as an object of text, title, outlet, author, date, url and language."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from allegiance.errors import BadRowError, DataError, UnreadableTextError
from allegiance.model import DateInterval
from allegiance.reading.decoding import check_length
from allegiance.reading.origin import Origin

if TYPE_CHECKING:
    from collections.abc import Iterator

KEYS = {
    "text": ("text", "body", "content", "article", "maintext"),
    "title": ("title", "headline"),
    "outlet": ("outlet", "source", "publisher", "site"),
    "author": ("author", "authors", "byline"),
    "date": ("date", "published", "date_publish", "publication_date", "published_at"),
    "url": ("url", "link"),
    "language": ("language", "lang"),
}
"""By field: the keys under which it is found, the first counting most."""


def read_jsonl(text: str, name: str) -> Iterator[tuple[int, str, Origin] | BadRowError]:
    """Yield for each line its number, text and origin, or what is wrong with it."""
    # Only line feeds end a line: text inside JSON may hold the other characters that Python takes for line ends.
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            yield (number, *_article(line, name, number))
        except BadRowError as broken:
            yield broken


def _article(line: str, name: str, number: int) -> tuple[str, Origin]:
    try:
        row = json.loads(check_length(line, "the line"), parse_constant=_no_number)
    except UnreadableTextError as long:
        raise BadRowError(name, number, str(long)) from long
    except (ValueError, RecursionError) as broken:
        problem = "it is nested too deeply" if isinstance(broken, RecursionError) else str(broken)
        raise BadRowError(name, number, f"it is no JSON object ({problem}).") from broken
    if not isinstance(row, dict):
        raise BadRowError(name, number, f"it is a JSON {_json_word(row)}, not an object with the key 'text'.")
    text = _field(row, "text", name, number)
    if not text.strip():
        raise BadRowError(
            name, number, "it has no text; each line needs the key 'text' with the article in it."
        )
    try:
        date = DateInterval.parse(given) if (given := _field(row, "date", name, number)) else None
    except DataError as wrong:
        raise BadRowError(name, number, str(wrong)) from wrong
    others = {
        key: _field(row, key, name, number).strip()
        for key in ("title", "outlet", "author", "url", "language")
    }
    return text, Origin(date=date, **others)


def _field(row: dict[str, Any], field: str, name: str, number: int) -> str:
    for key in KEYS[field]:
        value = row.get(key)
        if isinstance(value, dict):  # {"source": {"name": "The Daily"}}, as news interfaces write it
            value = value.get("name")
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            value = ", ".join(value)
        if value is None or value == "":
            continue
        if not isinstance(value, str):
            raise BadRowError(name, number, f"its {key!r} is a {_json_word(value)}, not a text.")
        # A lone half of a surrogate pair is valid in JSON and in no file or database.
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return ""


def _json_word(value: object) -> str:
    if isinstance(value, bool):
        return "truth value"
    return {"dict": "object", "list": "list", "str": "text", "NoneType": "null"}.get(
        type(value).__name__, "number"
    )


def _no_number(constant: str) -> float:
    raise ValueError(f"{constant} is no JSON value")
