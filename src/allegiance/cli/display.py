"""How text that strangers wrote is shown to a person: nothing in it may steer the terminal or hide itself.

Tables, lines and messages go through here; JSON and CSV are data and keep every character.
"""

from __future__ import annotations

import sys
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult

# Control characters; those without a form of their own (bidirectional marks, zero width); separators of lines and
# paragraphs; halves of pairs.
_UNSEEN = frozenset(("Cc", "Cf", "Zl", "Zp", "Cs"))


def shown(text: str) -> str:
    r"""Return `text` with all that can't be seen, but line breaks and tabs, written out as ``\x1b`` or ``\u202e``."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        char if char in "\n\t" or unicodedata.category(char) not in _UNSEEN else _escaped(char)
        for char in text
    )


def _escaped(char: str) -> str:
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"  # noqa: PLR2004


class Shown:
    """Something that rich draws, with all text in it as `shown` has it and as the output can be encoded."""

    def __init__(self, drawn: RenderableType) -> None:
        """Draw `drawn`."""
        self._drawn = drawn

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        from rich.segment import Segment  # noqa: PLC0415 - off the start-up path

        for segment in console.render(self._drawn, options):
            text = shown(segment.text).encode(console.encoding, "replace").decode(console.encoding)
            yield segment if segment.control else Segment(text, segment.style)


def be_lenient() -> None:
    """Let standard output write out what its encoding can't hold instead of failing at it."""
    for stream in (sys.stdout, sys.stderr):
        if getattr(stream, "errors", None) == "strict" and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
