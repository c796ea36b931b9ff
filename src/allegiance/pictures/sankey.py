"""Routes drawn as ribbons from left to right, each as wide as what flows along it (a Sankey picture)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from allegiance.errors import clipped
from allegiance.pictures.canvas import picture
from allegiance.pictures.colours import FRIENDLY, HOSTILE, INK
from allegiance.pictures.element import element, joined
from allegiance.pictures.layers import heights, layered

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from allegiance.pictures.element import Markup
    from allegiance.pictures.layers import Layers, Point

_NARROWEST, _WIDEST, _PAGE = (
    220.0,
    400.0,
    800.0,
)  # of a gap between columns; of all together where that is possible
_NODE = 11.0
_GAP = 14.0
_LABEL = 30.0  # two lines of a label
_TALLEST = 300.0
_THINNEST = 1.5
_MARGIN = 16.0
_LAST = 190.0  # room for the labels of the last column
_LONGEST = 30


@dataclass(frozen=True, slots=True)
class Ribbon:
    """One route.

    Attributes:
        start: where it begins; `end` where it ends.
        end: see `start`.
        width: how much flows along it, above 0 in the unit of all.
        title: what is said when one points at it.
        marked: whether it is drawn as closed.
        dashed: whether somebody denies it.
    """

    start: str
    end: str
    width: float
    title: str
    marked: bool = False
    dashed: bool = False


def sankey(ribbons: Sequence[Ribbon], *, title: str, description: str) -> Markup:
    """Return the picture; what leads back to a column on its left runs below. Routes of a node to itself are left out."""
    ribbons = [ribbon for ribbon in ribbons if ribbon.start != ribbon.end and ribbon.width > 0]
    if not ribbons:
        return picture(420, 60, title, description, [_text(_MARGIN, 34, "Nothing flows here.")])
    layers = layered([(ribbon.start, ribbon.end, ribbon.width) for ribbon in ribbons])
    drawing = _Drawing(ribbons, layers)
    parts = [
        *(
            drawing.ribbon(number)
            for number in sorted(range(len(ribbons)), key=lambda place: -ribbons[place].width)
        ),
        *(drawing.node(point) for column in layers.order for point in column if point[1] < 0),
        *drawing.legend(),
    ]
    return picture(drawing.wide, drawing.tall, title, description, parts)


class _Drawing:
    """Where everything lies on the page."""

    def __init__(self, ribbons: Sequence[Ribbon], layers: Layers) -> None:
        self.ribbons, self.layers = ribbons, layers
        self.entering: dict[str, float] = defaultdict(float)
        self.leaving: dict[str, float] = defaultdict(float)
        for ribbon in ribbons:
            self.leaving[ribbon.start] += ribbon.width
            self.entering[ribbon.end] += ribbon.width
        most = max(sum(self._amount(point) for point in column) for column in layers.order)
        self.scale = _TALLEST / most
        links = [
            (one, two, ribbons[number].width)
            for number, (way, turned) in enumerate(zip(layers.ways, layers.turned, strict=True))
            if not turned
            for one, two in pairwise(way)
        ]
        self.top, inner = heights(layers.order, links, self._room, _GAP)
        back = sum(self._thick(number) + 8 for number, turned in enumerate(layers.turned) if turned)
        self.floor = _MARGIN + inner
        gaps = len(layers.order) - 1
        self.column = min(max(_PAGE / gaps, _NARROWEST), _WIDEST)
        self.wide = 2 * _MARGIN + gaps * self.column + _NODE + _LAST
        self.tall = self.floor + back + 2 * _MARGIN + 24
        self.below = self.floor + 10
        self.left, self.right = self._ports()

    def _amount(self, point: Point) -> float:
        name, number = point
        if number >= 0:
            return self.ribbons[number].width
        return max(self.entering[name], self.leaving[name])

    def _thick(self, number: int) -> float:
        return max(self.ribbons[number].width * self.scale, _THINNEST)

    def _height(self, point: Point) -> float:
        return max(self._amount(point) * self.scale, _THINNEST)

    def _room(self, point: Point) -> float:
        # A label needs its lines even where the bar is thin.
        return self._height(point) if point[1] >= 0 else max(self._height(point), _LABEL)

    def _x(self, point: Point) -> float:
        return _MARGIN + self.layers.column[point] * self.column

    def _y(self, point: Point) -> float:
        """The upper edge of the bar, which stands in the middle of its room."""
        return _MARGIN + self.top[point] + (self._room(point) - self._height(point)) / 2

    def _ports(self) -> tuple[Mapping[tuple[Point, int], float], Mapping[tuple[Point, int], float]]:
        """Return the height at which each ribbon enters and leaves a bar, so that ribbons of one bar don't cross."""
        entering: dict[Point, list[tuple[float, int]]] = defaultdict(list)
        leaving: dict[Point, list[tuple[float, int]]] = defaultdict(list)
        for number, (way, turned) in enumerate(zip(self.layers.ways, self.layers.turned, strict=True)):
            if turned:  # runs below, so it takes the lowest places
                leaving[way[-1]].append((float("inf"), number))
                entering[way[0]].append((float("inf"), number))
                continue
            for one, two in pairwise(way):
                leaving[one].append((self._y(two), number))
                entering[two].append((self._y(one), number))
        return self._stacked(entering), self._stacked(leaving)

    def _stacked(self, sides: Mapping[Point, list[tuple[float, int]]]) -> dict[tuple[Point, int], float]:
        found = {}
        for point, listed in sides.items():
            at = self._y(point)
            for _, number in sorted(listed):
                found[point, number] = at + self._thick(number) / 2
                at += self._thick(number)
        return found

    def ribbon(self, number: int) -> Markup:
        """Return one ribbon with its title."""
        ribbon, way = self.ribbons[number], self.layers.ways[number]
        if self.layers.turned[number]:
            line = self._round(number)
        else:
            line = f"M{self._x(way[0]) + _NODE:.1f},{self.right[way[0], number]:.1f}"
            for one, two in pairwise(way):
                x, y = self._x(one) + _NODE, self.right[one, number]
                to_x, to_y = self._x(two), self.left[two, number]
                middle = (x + to_x) / 2
                line += f" C{middle:.1f},{y:.1f} {middle:.1f},{to_y:.1f} {to_x:.1f},{to_y:.1f} h{_NODE:.1f}"
        return element(
            "path",
            element("title", f"{ribbon.title}{'; closed' if ribbon.marked else ''}"),
            d=line,
            fill="none",
            stroke=HOSTILE if ribbon.marked else FRIENDLY,
            stroke_width=self._thick(number),
            stroke_opacity=0.75 if ribbon.marked else 0.42,
            stroke_dasharray="3 5" if ribbon.marked else "16 3" if ribbon.dashed else None,
        )

    def _round(self, number: int) -> str:
        """Return the line of a ribbon that leads back: out to the right, below everything, in from the left."""
        end, start = self.layers.ways[number][0], self.layers.ways[number][-1]
        x, y = self._x(start) + _NODE, self.right[start, number]
        to_x, to_y = self._x(end), self.left[end, number]
        half = self._thick(number) / 2
        low = self.below + half
        self.below += 2 * half + 8
        return (
            f"M{x:.1f},{y:.1f} C{x + 60:.1f},{y:.1f} {x + 60:.1f},{low:.1f} {x:.1f},{low:.1f} "
            f"H{to_x:.1f} C{to_x - 60:.1f},{low:.1f} {to_x - 60:.1f},{to_y:.1f} {to_x:.1f},{to_y:.1f}"
        )

    def node(self, point: Point) -> Markup:
        """Return the bar of a node with its label."""
        name = point[0]
        x, y, tall = self._x(point), self._y(point), self._height(point)
        amount = self._amount(point)
        middle = y + tall / 2
        return element(
            "g",
            element("title", f"{name}: {_number(amount)}"),
            element("rect", x=x, y=y, width=_NODE, height=tall, fill=INK, fill_opacity=0.75),
            _text(x + _NODE + 5, middle - 2, clipped(name, _LONGEST), bold=True),
            _text(x + _NODE + 5, middle + 12, _number(amount)),
        )

    def legend(self) -> list[Markup]:
        """Return what the kinds of lines mean, where there is more than one."""
        kinds = [
            (any(ribbon.marked for ribbon in self.ribbons), HOSTILE, "3 5", "closed"),
            (any(ribbon.dashed for ribbon in self.ribbons), FRIENDLY, "16 3", "denied by somebody"),
        ]
        parts: list[Markup] = []
        x, y = _MARGIN, self.tall - _MARGIN
        for there, colour, dashes, words in kinds:
            if there:
                line = element(
                    "path",
                    d=f"M{x:.1f},{y - 4:.1f} h40",
                    stroke=colour,
                    stroke_width=7,
                    stroke_dasharray=dashes,
                )
                parts.append(element("g", line, _text(x + 48, y, words)))
                x += 60 + 8 * len(words)
        return [joined(parts)] if parts else []


def _number(amount: float) -> str:
    return f"{amount:,.2f}".rstrip("0").rstrip(".")


def _text(x: float, y: float, words: str, *, bold: bool = False) -> Markup:
    """Return words that stay legible on any ribbon, light page or dark."""
    return element(
        "text",
        words,
        x=x,
        y=y,
        fill=INK,
        stroke="Canvas",
        stroke_width=3.5,
        stroke_linejoin="round",
        paint_order="stroke",
        font_size=13 if bold else 12,
        font_weight=600 if bold else None,
    )
