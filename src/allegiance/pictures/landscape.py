"""A landscape of two camps: its valleys side by side, as deep as their energy and as wide as their basins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from allegiance.pictures.canvas import picture
from allegiance.pictures.colours import COALITIONS, FAINT, GRID, INK
from allegiance.pictures.element import element

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from allegiance.pictures.element import Markup

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 760.0, 330.0, 70.0, 12.0, 24.0, 46.0
MOST_VALLEYS = 12
LEAST_SHARE = 0.01
NARROWEST = 28.0
WIDE_ENOUGH = 34.0  # for a share below its label
TICKS = 4
RIDGE = (
    0.12  # share of the depth at which the ridges between valleys are drawn; they have no height of their own
)


@dataclass(frozen=True, slots=True)
class Valley:
    """One minimum: a label, its energy, and the share of configurations that run down to it."""

    label: str
    energy: float
    basin: float


def landscape_picture(valleys: Sequence[Valley], count: int) -> Markup:
    """Return the picture of the deepest of `count` valleys, given the deepest first."""
    shown = valleys[:MOST_VALLEYS]
    rest = f" The {len(shown)} deepest of {count:,}." if count > len(shown) else ""
    told = "; ".join(f"{one.label}: energy {one.energy:.4g}, basin {one.basin:.1%}" for one in shown)
    depths = [one.energy for one in shown]
    low, high = min(depths), max(depths if min(depths) >= 0 else [*depths, 0.0])
    top = high + RIDGE * ((high - low) or abs(low) or 1.0)
    parts = [*_axis(low, top), *_valleys(shown, low, top)]
    return picture(WIDTH, HEIGHT, "The valleys of the landscape", f"{told}.{rest}", parts)


def _y(energy: float, low: float, top: float) -> float:
    return TOP + (HEIGHT - TOP - BOTTOM) * (top - energy) / ((top - low) or 1.0)


def _axis(low: float, top: float) -> Iterator[Markup]:
    for tick in range(TICKS + 1):
        energy = low + (top - low) * tick / TICKS
        y = _y(energy, low, top)
        yield element("line", x1=LEFT, x2=WIDTH - RIGHT, y1=y, y2=y, stroke=GRID, stroke_width=0.5)
        label = f"{energy:.4g}"
        yield element("text", label, x=LEFT - 8, y=y + 4, font_size=11, text_anchor="end", fill=INK)
    yield element("text", "energy", x=LEFT - 8, y=13, font_size=11, text_anchor="end", fill=FAINT)


def _valleys(shown: Sequence[Valley], low: float, top: float) -> Iterator[Markup]:
    spare = WIDTH - LEFT - RIGHT - NARROWEST * len(shown)
    total = sum(one.basin for one in shown) or 1.0
    x, ridge = LEFT, _y(top, low, top)
    for number, one in enumerate(shown):
        width = NARROWEST + spare * one.basin / total
        middle, bottom = x + width / 2, _y(one.energy, low, top)
        curve = (
            f"M{x:.1f} {ridge:.1f}C{x + width / 4:.1f} {ridge:.1f} {x + width / 4:.1f} {bottom:.1f} {middle:.1f} {bottom:.1f}"
            f"S{x + width * 3 / 4:.1f} {ridge:.1f} {x + width:.1f} {ridge:.1f}"
        )
        colour = COALITIONS[number % len(COALITIONS)]
        yield element("path", d=curve + "Z", fill=colour, fill_opacity=0.18, stroke=colour, stroke_width=2)
        yield element("circle", cx=middle, cy=bottom, r=4, fill=colour)
        y = HEIGHT - BOTTOM + 18
        yield element("text", one.label, x=middle, y=y, font_size=11, text_anchor="middle", fill=INK)
        share = f"{one.basin:.0%}" if one.basin >= LEAST_SHARE else "<1%"
        if width > WIDE_ENOUGH:
            yield element("text", share, x=middle, y=y + 15, font_size=11, text_anchor="middle", fill=FAINT)
        x += width
