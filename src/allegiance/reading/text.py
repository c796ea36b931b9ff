"""Plain text: one file, one document."""

from __future__ import annotations

from allegiance.reading.decoding import check_length, decoded
from allegiance.reading.origin import Origin

_LONGEST_TITLE = 200
_CLOSING = (".", "!", "?", ":", ";", ",", "…")
_QUOTES = "\"'\u201d\u2019»)"


def read_text(raw: bytes, name: str, encoding: str | None = None) -> tuple[str, Origin]:
    """Return the whole text of a plain file, and its title where its first line is one.

    The title stays in the text: offsets of statements count from the first character of the file.

    Raises:
        UnreadableTextError: the bytes are no text, or too long.
    """
    text = check_length(decoded(raw, name, encoding), name)
    return text, Origin(title=title_of(text))


def title_of(text: str) -> str:
    """Return the first line if it is short, doesn't end like a sentence, and an empty line follows; else nothing."""
    head, _, rest = text.lstrip("\n").partition("\n")
    title, following = head.strip(), rest.partition("\n")[0]
    short = 0 < len(title) <= _LONGEST_TITLE and not title.rstrip(_QUOTES).endswith(_CLOSING)
    return title if short and rest.strip() and not following.strip() else ""
