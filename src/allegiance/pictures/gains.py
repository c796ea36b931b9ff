"""Bars to both sides of nothing: what each of many would gain or lose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegiance.errors import clipped
from allegiance.pictures.canvas import picture
from allegiance.pictures.colours import FAINT, GRID, INK
from allegiance.pictures.element import element
from allegiance.pictures.label import label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from allegiance.pictures.element import Markup

Bar = tuple[str, float, str]
ROW, BAR, TOP, FOOT = 24.0, 13.0, 14.0, 12.0
REACH, MARGIN, LETTER, NUMBER = 190.0, 12.0, 6.8, 46.0
LONGEST = 30
GAIN, LOSS = "#b8502c", "#2f6db5"


def gains(rows: Sequence[Bar], title: str) -> Markup:
    """Return the picture of one bar a row.

    Args:
        rows: name, what it would gain (below 0: lose), and where that would be, in words.
        title: of the picture, read aloud.
    """
    longest = min(max((len(name) for name, _, _ in rows), default=0), LONGEST)
    middle = MARGIN + longest * LETTER + 16 + NUMBER + REACH
    note = max((len(words) for _, _, words in rows), default=0)
    width = middle + REACH + NUMBER + 14 + min(note, 60) * LETTER
    most = max((abs(value) for _, value, _ in rows), default=0) or 1
    tall = TOP + ROW * len(rows) + FOOT
    parts = [
        element("line", x1=middle, x2=middle, y1=TOP - 6, y2=tall - FOOT + 4, stroke=GRID, stroke_width=1),
        *(
            part
            for place, row in enumerate(rows)
            for part in _row(row, TOP + ROW * (place + 0.5), middle, most)
        ),
    ]
    leavers = [name for name, value, _ in rows if value > 0]
    words = f"{len(leavers)} of {len(rows)} would gain by leaving: {', '.join(leavers) or 'nobody'}."
    return picture(width, tall, title, words, parts)


def _row(row: Bar, y: float, middle: float, most: float) -> Iterator[Markup]:
    name, value, words = row
    size = REACH * abs(value) / most
    right = value > 0
    yield label(
        name,
        LONGEST,
        x=MARGIN,
        y=y + 4,
        font_size=12,
        font_weight=700 if right else None,
        fill=INK,
    )
    yield element(
        "rect",
        element("title", f"{name}: {value:+g} {words}"),
        x=middle if right else middle - size,
        y=y - BAR / 2,
        width=max(size, 1.0),
        height=BAR,
        rx=2,
        fill=GAIN if right else LOSS,
        fill_opacity=0.95 if right else 0.5,
    )
    yield element(
        "text",
        f"{value:+g}" if value else "0",
        x=middle + size + 6 if right else middle - size - 6,
        y=y + 4,
        text_anchor="start" if right else "end",
        font_size=11,
        fill=INK,
    )
    yield element(
        "text",
        clipped(words, 60),  # as wide as a line may be
        x=middle + REACH + NUMBER,
        y=y + 4,
        font_size=11,
        fill=INK if right else FAINT,
    )
