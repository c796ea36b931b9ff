"""A long text in pieces that a model can take: at paragraphs, else behind sentences, else between words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_ENDS = (re.compile(r"\n[ \t]*\n\s*"), re.compile(r"(?<=[.!?])[\"'\u201d\u2019)]*\s+"), re.compile(r"\s+"))


def chunks(text: str, longest: int) -> Iterator[tuple[int, str]]:
    """Yield pieces of at most `longest` characters with their offset; joined they are the text."""
    at = 0
    while len(text) - at > longest:
        end = _end(text, at, longest)
        yield at, text[at:end]
        at = end
    if text[at:].strip():
        yield at, text[at:]


def _end(text: str, at: int, longest: int) -> int:
    for ends in _ENDS:
        found = [match.end() for match in ends.finditer(text, at, at + longest) if match.end() > at]
        # A short piece costs as many tokens of instructions as a long one: a cut in the first half is the last resort.
        if found and (found[-1] - at >= longest // 2 or ends is _ENDS[-1]):
            return found[-1]
    return at + longest
