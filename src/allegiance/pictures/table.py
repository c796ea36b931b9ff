"""A table in HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegiance.pictures.element import element, joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from allegiance.pictures.element import Markup


def table(columns: Sequence[str], rows: Iterable[Sequence[str | float]], *, caption: str = "") -> Markup:
    """Return a table with a row of headings; cells that are markup stay so, numbers stand to the right."""
    head = element("thead", element("tr", *(element("th", name, scope="col") for name in columns)))
    body = element("tbody", *(element("tr", *(_cell(value) for value in row)) for row in rows))
    title = (element("caption", caption),) if caption else ()
    return element("table", joined((*title, head, body)), class_="allegiance")


def _cell(value: str | float) -> Markup:
    return element("td", value) if isinstance(value, str) else element("td", value, align="right")
