"""One element of HTML or SVG, with everything in it escaped that is not markup already."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_VOID = frozenset({"br", "hr", "img", "meta"})
# What neither HTML nor XML may hold: control characters and halves of surrogate pairs.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
DECIMALS = 2


class Markup(str):
    """Text that is HTML or SVG already; only `element` and `joined` make it, so that names can never become tags."""

    __slots__ = ()


def element(tag: str, *children: str | float, **attributes: str | float | None) -> Markup:
    """Return ``<tag ...>children</tag>``.

    Args:
        tag: name of the element.
        children: markup stays as it is, other text is escaped, numbers are written with at most two decimals.
        attributes: None leaves one out; ``class_`` is written ``class`` and ``stroke_width`` ``stroke-width``.
    """
    opened = tag + "".join(
        f' {name.rstrip("_").replace("_", "-")}="{_text(value)}"'
        for name, value in attributes.items()
        if value is not None
    )
    if tag in _VOID:
        return Markup(f"<{opened}>")
    return Markup(f"<{opened}>{joined(children)}</{tag}>")


def joined(parts: Iterable[str | float], between: str = "") -> Markup:
    """Return all parts as one piece, what is not markup escaped."""
    return Markup(_text(between).join(part if isinstance(part, Markup) else _text(part) for part in parts))


def _text(value: str | float) -> str:
    if isinstance(value, str):
        return escape(_UNPRINTABLE.sub("\ufffd", value))
    return f"{value:.{DECIMALS}f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
