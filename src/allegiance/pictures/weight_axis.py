"""Weights of ties on a line from against to with, the names of the rows to its left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from allegiance.pictures.colours import FAINT, FRIENDLY, GRID, HOSTILE, INK
from allegiance.pictures.element import element
from allegiance.pictures.label import label

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from allegiance.pictures.element import Markup

MARGIN, WIDE = 12.0, 420.0
_LETTER, _LONGEST = 6.6, 44


@dataclass(frozen=True, slots=True)
class WeightAxis:
    """Where weights stand.

    Attributes:
        left: where the line begins; it is `WIDE` units wide.
        least: the weight at its beginning; `most` at its end.
        most: see `least`.
    """

    left: float
    least: float
    most: float

    @classmethod
    def of(cls, names: Sequence[str], weights: Iterable[float], room: float) -> WeightAxis:
        """Return the line for rows of these names on which 0 and all `weights` stand, with a share of `room` on either side."""
        known = [0.0, *weights]
        beside = (max(known) - min(known)) * room or 1.0
        longest = min(max(map(len, names), default=0), _LONGEST)
        return cls(MARGIN + longest * _LETTER + 14, min(known) - beside, max(known) + beside)

    @property
    def right(self) -> float:
        """Where the line ends."""
        return self.left + WIDE

    def place(self, weight: float) -> float:
        """Return where a weight stands."""
        return self.left + WIDE * (weight - self.least) / (self.most - self.least)

    def frame(self, top: float, bottom: float, ends: float) -> list[Markup]:
        """Return the line of 0 from `top` to `bottom`, and what the sides mean, written at height `ends`."""
        zero = self.place(0)
        return [
            element("line", x1=zero, x2=zero, y1=top - 8, y2=bottom, stroke=GRID, stroke_dasharray="3 3"),
            element("text", "0", x=zero, y=top - 14, text_anchor="middle", font_size=11, fill=FAINT),
            element("text", "against", x=self.left, y=ends, font_size=11, fill=FAINT),
            element("text", "with", x=self.right, y=ends, text_anchor="end", font_size=11, fill=FAINT),
        ]

    def name(self, name: str, y: float) -> Markup:
        """Return the name of the row at height `y`."""
        return label(name, _LONGEST, x=self.left - 12, y=y + 4, text_anchor="end", font_size=12, fill=INK)


def colour(weight: float) -> str:
    """Return the colour of a weight: friendly, hostile, or faint for neither."""
    return FRIENDLY if weight > 0 else HOSTILE if weight < 0 else FAINT
