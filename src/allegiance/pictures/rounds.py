"""Positions through the rounds of a bargaining: one line a party, the forecast across them, its interval at the end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from allegiance.errors import clipped
from allegiance.pictures.canvas import picture
from allegiance.pictures.colours import CHANGED, COALITIONS, FAINT, GRID, INK
from allegiance.pictures.element import element

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from allegiance.pictures.element import Markup

WIDTH, LEFT, RIGHT, TOP, BOTTOM = 760.0, 62.0, 170.0, 28.0, 46.0
LEAST_HEIGHT, LINE = 300.0, 15.0
THINNEST, THICKEST = 1.2, 5.0
LONGEST_NAME = 22
TICKS = 5


@dataclass(frozen=True, slots=True)
class Path:
    """One party: its name, its positions before the first round and after each, and its share of all weight."""

    name: str
    positions: Sequence[float]
    share: float


@dataclass(frozen=True, slots=True)
class _Frame:
    low: float
    high: float
    rounds: int
    height: float

    def x(self, number: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * number / max(self.rounds, 1)

    def y(self, position: float) -> float:
        inner = self.height - TOP - BOTTOM
        return TOP + inner * (self.high - position) / (self.high - self.low)


def rounds_picture(
    paths: Sequence[Path],
    forecast: Sequence[float],
    scale: tuple[float, float],
    *,
    unit: str = "",
    interval: tuple[float, float] | None = None,
) -> Markup:
    """Return the picture.

    Args:
        paths: the parties; a thicker line has more weight.
        forecast: the weighted median before the first round and after each.
        scale: lowest and highest position.
        unit: of the positions.
        interval: of the last forecast, where it was drawn anew.
    """
    last = len(forecast) - 1
    frame = _Frame(*scale, rounds=last, height=max(LEAST_HEIGHT, TOP + BOTTOM + LINE * (len(paths) + 1)))
    ends = "; ".join(
        f"{path.name} from {path.positions[0]:.4g} to {path.positions[-1]:.4g}" for path in paths
    )
    described = (
        f"The forecast goes from {forecast[0]:.4g} to {forecast[-1]:.4g} {unit}".rstrip() + f". {ends}."
    )
    parts = [*_axes(frame, unit), *_lines(frame, paths), *_forecast(frame, forecast, interval)]
    parts += _names(frame, paths, forecast[-1])
    return picture(WIDTH, frame.height, "Positions through the rounds", described, parts)


def _axes(frame: _Frame, unit: str) -> Iterator[Markup]:
    for tick in range(TICKS):
        position = frame.low + (frame.high - frame.low) * tick / (TICKS - 1)
        y = frame.y(position)
        yield element("line", x1=LEFT, x2=WIDTH - RIGHT, y1=y, y2=y, stroke=GRID, stroke_width=0.5)
        label = f"{position:.4g}"
        yield element("text", label, x=LEFT - 8, y=y + 4, font_size=11, text_anchor="end", fill=INK)
    step = max(1, -(-frame.rounds // 10))
    for number in range(0, frame.rounds + 1, step):
        label = str(number) if number else "start"
        y = frame.height - BOTTOM + 18
        yield element("text", label, x=frame.x(number), y=y, font_size=11, text_anchor="middle", fill=INK)
    middle = (LEFT + WIDTH - RIGHT) / 2
    yield element(
        "text", "round", x=middle, y=frame.height - 8, font_size=11, text_anchor="middle", fill=FAINT
    )
    if unit:
        yield element("text", unit, x=LEFT - 8, y=14, font_size=11, text_anchor="end", fill=FAINT)


def _lines(frame: _Frame, paths: Sequence[Path]) -> Iterator[Markup]:
    for number, path in enumerate(paths):
        points = " ".join(
            f"{frame.x(at):.1f},{frame.y(place):.1f}" for at, place in enumerate(path.positions)
        )
        colour = COALITIONS[number % len(COALITIONS)]
        width = THINNEST + (THICKEST - THINNEST) * path.share
        yield element(
            "polyline", points=points, fill="none", stroke=colour, stroke_width=width, stroke_opacity=0.85
        )
        # Lines that lie on each other stay visible by their starting points.
        yield element("circle", cx=frame.x(0), cy=frame.y(path.positions[0]), r=3, fill=colour)


def _forecast(
    frame: _Frame, forecast: Sequence[float], interval: tuple[float, float] | None
) -> Iterator[Markup]:
    points = " ".join(f"{frame.x(at):.1f},{frame.y(place):.1f}" for at, place in enumerate(forecast))
    yield element(
        "polyline", points=points, fill="none", stroke=INK, stroke_width=2.5, stroke_dasharray="7 4"
    )
    if interval is not None:
        x = WIDTH - RIGHT + 8
        low, high = frame.y(interval[0]), frame.y(interval[1])
        yield element(
            "line", x1=x, x2=x, y1=low, y2=high, stroke=CHANGED, stroke_width=5, stroke_linecap="round"
        )


def _names(frame: _Frame, paths: Sequence[Path], forecast: float) -> Iterator[Markup]:
    """Write the names at the ends of their lines, moved apart so that none covers another."""
    wanted = [
        (frame.y(path.positions[-1]), path.name, COALITIONS[number % len(COALITIONS)])
        for number, path in enumerate(paths)
    ]
    wanted.append((frame.y(forecast), f"forecast {forecast:.4g}", INK))
    wanted.sort(key=lambda one: one[0])
    floor = frame.height - BOTTOM + LINE / 2
    places: list[float] = []
    for y, _, _ in wanted:
        places.append(max(y, places[-1] + LINE if places else TOP - LINE / 2))
    below = max(places[-1] - floor, 0.0)
    for index in range(len(places) - 1, -1, -1):  # what ran out of the picture pushes the others up
        ceiling = floor if index == len(places) - 1 else places[index + 1] - LINE
        places[index] = min(places[index], ceiling) if below else places[index]
    for y, (end, name, colour) in zip(places, wanted, strict=True):
        x = WIDTH - RIGHT
        yield element("line", x1=x, x2=x + 22, y1=end, y2=y, stroke=colour, stroke_width=0.8)
        weight = "bold" if colour == INK else None
        yield element(
            "text", clipped(name, LONGEST_NAME), x=x + 26, y=y + 4, font_size=11, fill=INK, font_weight=weight
        )
