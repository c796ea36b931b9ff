"""Two numbers a row, back to back: what the one has it to be on the left, the other on the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegiance.pictures.canvas import picture
from allegiance.pictures.colours import FAINT, FRIENDLY, GRID, HOSTILE, INK
from allegiance.pictures.element import element
from allegiance.pictures.label import label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from allegiance.pictures.element import Markup

Row = tuple[str, "float | None", "float | None"]
ROW, BAR, TOP, FOOT = 24.0, 13.0, 40.0, 12.0
REACH, MARGIN, LETTER, NUMBER = 170.0, 12.0, 6.8, 52.0
LONGEST = 44


def mirrored(rows: Sequence[Row], heads: tuple[str, str], title: str) -> Markup:
    """Return the picture of one pair of bars a row: blue and with + above nothing, orange and with - below.

    Args:
        rows: name, the left and the right number; None where there is none.
        heads: what the left and the right side are called.
        title: of the picture, read aloud.
    """
    longest = min(max((len(name) for name, _, _ in rows), default=0), LONGEST)
    middle = MARGIN + longest * LETTER + 12 + NUMBER + REACH
    width = middle + REACH + NUMBER + MARGIN
    most = max((abs(value) for _, *values in rows for value in values if value is not None), default=0) or 1
    tall = TOP + ROW * len(rows) + FOOT
    parts = [
        element("line", x1=middle, x2=middle, y1=TOP - 6, y2=tall - FOOT + 4, stroke=GRID),
        *(
            label(
                head,
                26,  # as wide as one side
                x=x,
                y=TOP - 16,
                text_anchor=anchor,
                font_size=12,
                font_weight=600,
                fill=INK,
            )
            for head, x, anchor in ((heads[0], middle - 8, "end"), (heads[1], middle + 8, "start"))
        ),
    ]
    for place, row in enumerate(rows):
        parts += _row(row, TOP + ROW * (place + 0.5), middle, most)
    words = "; ".join(f"{name}: {_number(left)} and {_number(right)}" for name, left, right in rows[:20])
    return picture(width, tall, title, f"{heads[0]} against {heads[1]}. {words}", parts)


def _number(value: float | None) -> str:
    return "nothing told" if value is None else f"{value:+g}" if value else "0"


def _row(row: Row, y: float, middle: float, most: float) -> Iterator[Markup]:
    name, *values = row
    yield label(
        name,
        LONGEST,
        x=MARGIN,
        y=y + 4,
        font_size=12,
        fill=INK,
    )
    for way, value in zip((-1, 1), values, strict=True):
        size = 0.0 if value is None else REACH * abs(value) / most
        if value:
            yield element(
                "rect",
                element("title", f"{name}: {_number(value)}"),
                x=middle - size if way < 0 else middle,
                y=y - BAR / 2,
                width=max(size, 1.0),
                height=BAR,
                rx=2,
                fill=FRIENDLY if value > 0 else HOSTILE,
            )
        yield element(
            "text",
            "none" if value is None else _number(value),
            x=middle + way * (size + 6),
            y=y + 4,
            text_anchor="end" if way < 0 else "start",
            font_size=11,
            fill=FAINT if value is None else INK,
        )
