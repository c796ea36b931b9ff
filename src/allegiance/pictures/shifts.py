"""Weights on a line, each with an arrow from what it is to what it would have to become."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegiance.pictures.canvas import picture
from allegiance.pictures.colours import CHANGED
from allegiance.pictures.element import element
from allegiance.pictures.weight_axis import MARGIN, WeightAxis, colour

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from allegiance.pictures.element import Markup

Shift = tuple[str, float, float]
ROW, TOP, FOOT = 24.0, 36.0, 12.0
HEAD, BESIDE = 7.0, 80.0


def shifts(rows: Sequence[Shift], title: str) -> Markup:
    """Return the picture of one line a row.

    Args:
        rows: name, weight now, weight then.
        title: of the picture, read aloud.
    """
    axis = WeightAxis.of(
        [name for name, *_ in rows], [end for _, now, then in rows for end in (now, then)], 0.1
    )
    tall = TOP + ROW * len(rows) + FOOT
    parts = axis.frame(TOP, tall - FOOT, TOP - 24)
    for number, row in enumerate(rows):
        parts += _row(row, TOP + ROW * (number + 0.5), axis)
    words = "; ".join(f"{name} from {now:g} to {then:g}" for name, now, then in rows[:20])
    return picture(axis.right + MARGIN + BESIDE, tall, title, words, parts)


def _row(row: Shift, y: float, axis: WeightAxis) -> Iterator[Markup]:
    name, now, then = row
    yield axis.name(name, y)
    start, end = axis.place(now), axis.place(then)
    back = HEAD if end > start else -HEAD
    told = element("title", f"{name}: from {now:g} to {then:g}")
    yield element("line", told, x1=start, x2=end - back, y1=y, y2=y, stroke=CHANGED, stroke_width=3)
    yield element(
        "path",
        d=f"M {end:.1f} {y:.1f} l {-back:.1f} {-HEAD / 1.4:.1f} v {2 * HEAD / 1.4:.1f} z",
        fill=CHANGED,
    )
    yield element("circle", cx=start, cy=y, r=4.5, fill=colour(now))
    over = max(start, end) + 10
    yield element("text", f"{now:g} → {then:g}", x=over, y=y + 4, font_size=11, fill=colour(then))
