"""The frame of a picture: measures, title and description for those who hear it instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegiance.pictures.colours import FONT
from allegiance.pictures.element import element, joined

if TYPE_CHECKING:
    from collections.abc import Iterable

    from allegiance.pictures.element import Markup


def picture(width: float, height: float, title: str, description: str, parts: Iterable[Markup]) -> Markup:
    """Return one ``<svg>`` of `width` by `height` units that shrinks with its page; `title` and `description` are read aloud."""
    return element(
        "svg",
        element("title", title),
        element("desc", description),
        joined(parts),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width:g} {height:g}",
        width=width,
        role="img",
        font_family=FONT,
        class_="allegiance",
    )
