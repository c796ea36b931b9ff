"""A name in a picture: cut where it is too long, whole where one points at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegiance.errors import clipped
from allegiance.pictures.element import element

if TYPE_CHECKING:
    from allegiance.pictures.element import Markup


def label(name: str, longest: int, **attributes: str | float | None) -> Markup:
    """Return `name` as a ``<text>`` of at most `longest` letters, with `attributes` as `element` takes them."""
    return element("text", element("title", name), clipped(name, longest), **attributes)
