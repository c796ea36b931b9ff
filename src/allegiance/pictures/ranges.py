"""Weights on a line, each with the range within which nothing changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegiance.pictures.canvas import picture
from allegiance.pictures.colours import CHANGED, FAINT
from allegiance.pictures.element import element
from allegiance.pictures.weight_axis import MARGIN, WeightAxis, colour

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from allegiance.pictures.element import Markup

Range = tuple[str, float, float | None, float | None]
ROW, TOP, FOOT = 22.0, 34.0, 12.0


def ranges(rows: Sequence[Range], title: str) -> Markup:
    """Return the picture of one line a row.

    Args:
        rows: name, weight, and the lower and upper end of its range, None where it has no end on that side.
        title: of the picture, read aloud.
    """
    ends = [end for _, weight, low, high in rows for end in (weight, low, high) if end is not None]
    axis = WeightAxis.of([name for name, *_ in rows], ends, 0.08)
    tall = TOP + ROW * len(rows) + FOOT
    parts = axis.frame(TOP, tall - FOOT, TOP - 14)
    for number, row in enumerate(rows):
        parts += _row(row, TOP + ROW * (number + 0.5), axis)
    words = "; ".join(f"{name}: {_words(low, high)}" for name, _, low, high in rows[:20])
    return picture(axis.right + MARGIN + 20, tall, title, words, parts)


def _words(low: float | None, high: float | None) -> str:
    if low is not None:
        return f"nothing changes down to {low:g}"
    return "nothing changes at any weight" if high is None else f"nothing changes up to {high:g}"


def _row(row: Range, y: float, axis: WeightAxis) -> Iterator[Markup]:
    name, weight, low, high = row
    start = axis.left if low is None else axis.place(low)
    end = axis.right if high is None else axis.place(high)
    yield axis.name(name, y)
    yield element("line", x1=start, x2=end, y1=y, y2=y, stroke=FAINT, stroke_width=6, stroke_opacity=0.35)
    for limit in (low, high):
        if limit is not None:
            yield element(
                "line",
                element("title", f"{name}: other coalitions from {limit:g}"),
                x1=axis.place(limit),
                x2=axis.place(limit),
                y1=y - 7,
                y2=y + 7,
                stroke=CHANGED,
                stroke_width=3,
            )
    yield element(
        "circle",
        element("title", f"{name}: now {weight:g}"),
        cx=axis.place(weight),
        cy=y,
        r=4.5,
        fill=colour(weight),
    )
