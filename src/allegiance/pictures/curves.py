"""Lines in a square of two shares from 0 to 1, as precision against recall; the first with the band of its doubt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from allegiance.pictures.canvas import picture
from allegiance.pictures.colours import COALITIONS, GRID, INK
from allegiance.pictures.element import element
from allegiance.pictures.label import label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from allegiance.pictures.element import Markup

SIZE, LEFT, TOP, FOOT, LEGEND, ROW = 380.0, 54.0, 16.0, 46.0, 210.0, 20.0
LONGEST = 26
_TICKS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
_MOST = 1.0


@dataclass(frozen=True, slots=True)
class Line:
    """One line.

    Attributes:
        name: as the legend has it.
        points: x and y, each from 0 to 1.
        band: at the same places, how low and high y may be; empty for none.
        words: what each point means, shown where one points at it.
    """

    name: str
    points: tuple[tuple[float, float], ...]
    words: tuple[str, ...]
    band: tuple[tuple[float, float], ...] = ()


def curves(lines: Sequence[Line], across: str, up: str, title: str) -> Markup:
    """Return the picture.

    Args:
        lines: at most as many as there are colours are told apart by them; further ones by dashes too.
        across: name of the axis of x.
        up: name of the axis of y.
        title: of the picture, read aloud.
    """
    parts = [*_frame(across, up)]
    for number, line in enumerate(lines):
        parts += _line(line, number)
    tall = max(TOP + SIZE + FOOT, TOP + ROW * (len(lines) + 1))
    told = "; ".join(f"{line.name}: {line.words[-1]}" for line in lines if line.words)
    return picture(LEFT + SIZE + LEGEND, tall, title, told, parts)


def _x(share: float) -> float:
    return LEFT + SIZE * min(max(share, 0.0), _MOST)


def _y(share: float) -> float:
    return TOP + SIZE * (1 - min(max(share, 0.0), _MOST))


def _frame(across: str, up: str) -> Iterator[Markup]:
    for tick in _TICKS:
        for ends in (
            {"x1": _x(tick), "x2": _x(tick), "y1": _y(0), "y2": _y(1)},
            {"x1": _x(0), "x2": _x(1), "y1": _y(tick), "y2": _y(tick)},
        ):
            yield element("line", **ends, stroke=GRID, stroke_width=0.5)
        words = f"{tick:g}"
        yield element("text", words, x=_x(tick), y=_y(0) + 16, text_anchor="middle", font_size=11, fill=INK)
        yield element("text", words, x=_x(0) - 7, y=_y(tick) + 4, text_anchor="end", font_size=11, fill=INK)
    yield element("text", across, x=_x(0.5), y=_y(0) + 36, text_anchor="middle", font_size=12, fill=INK)
    middle = f"rotate(-90 14 {_y(0.5):g})"
    yield element("text", up, x=14, y=_y(0.5), text_anchor="middle", font_size=12, fill=INK, transform=middle)


def _line(line: Line, number: int) -> Iterator[Markup]:
    colour = COALITIONS[number % len(COALITIONS)]
    dashes = "5 3" if number >= len(COALITIONS) else None
    if line.band:
        lower = [(x, low) for (x, _), (low, _) in zip(line.points, line.band, strict=True)]
        upper = [(x, high) for (x, _), (_, high) in zip(line.points, line.band, strict=True)]
        yield element("polygon", points=_places([*lower, *reversed(upper)]), fill=colour, fill_opacity=0.15)
    yield element(
        "polyline",
        points=_places(line.points),
        fill="none",
        stroke=colour,
        stroke_width=1.5 if number else 2.5,
        stroke_dasharray=dashes,
    )
    for at, ((x, y), words) in enumerate(zip(line.points, line.words, strict=True)):
        last = at == len(line.points) - 1
        yield element(
            "circle",
            element("title", f"{line.name}: {words}"),
            cx=_x(x),
            cy=_y(y),
            r=4.0 if last else 2.0,
            fill=colour,
        )
    height = TOP + ROW * (number + 0.5)
    start = _x(1) + 16
    yield element(
        "line",
        x1=start,
        x2=start + 22,
        y1=height,
        y2=height,
        stroke=colour,
        stroke_width=2.5,
        stroke_dasharray=dashes,
    )
    yield label(line.name, LONGEST, x=start + 28, y=height + 4, font_size=12, fill=INK)


def _places(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{_x(x):.2f},{_y(y):.2f}" for x, y in points)
