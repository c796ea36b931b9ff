"""The river of coalitions as one SVG text: colours with names beside them, every band and ribbon with its actors as title."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from allegiance.report.river import REST, layout

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from allegiance.report.river import Layout, Ribbon, River, Stretch

WIDTH, LEFT, RIGHT = 1480, 40, 236
TOP, HEIGHT, FOOT = 118, 640, 58
LEAST_HEIGHT, TALLEST_ACTOR = 220, 26
GAP = 9.0
FONT = "'Inter','Helvetica Neue',Arial,'Liberation Sans',sans-serif"
INK, FAINT, GRID = "#1d2733", "#5b6672", "#e6e9ed"
# Told apart by people who see no red or green, by lightness too; each band is also named where it is wide enough.
COLOURS = ("#2f6db5", "#e8932f", "#57a89a", "#8d5a97", "#86bfe6", "#b8502c", "#c9b037", "#454f8c")
DARK = ("#2f6db5", "#8d5a97", "#b8502c", "#454f8c")
REST_COLOUR = "#c3c8ce"
MOST_NAMED = 3
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
SIZES = (20.0, 17.0, 14.0, 12.0)
LETTER = 0.56
"""Width of a letter as a share of its size, on the wide side."""


@dataclass(frozen=True, slots=True)
class _Canvas:
    """The picture's measures for one river."""

    river: River
    places: Layout
    step: float
    block: float
    colour: dict[str, str]

    def x(self, column: int) -> float:
        """Return the middle of a column."""
        return LEFT + self.step * (column + 0.5)


def river_svg(river: River) -> str:
    """Return the picture of `river`, complete in itself: no script, no font or file from elsewhere."""
    top = TOP + 18 * max(len(river.notes) - 2, 0)
    most = max((sum(map(len, column.values())) for column in river.members), default=0)
    height = min(max(most * TALLEST_ACTOR, LEAST_HEIGHT), HEIGHT)
    places = layout(river, top, height, GAP)
    step = (WIDTH - LEFT - RIGHT) / max(len(river.columns), 1)
    by_size = [band for band in river.leaders if band in places.bands]
    colour = {band: COLOURS[i % len(COLOURS)] for i, band in enumerate(by_size)} | {REST: REST_COLOUR}
    canvas = _Canvas(river, places, step, step * 0.24, colour)
    total = top + height + FOOT
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {total}" width="{WIDTH}" height="{total}"',
        f'role="img" aria-labelledby="river-title river-notes" font-family="{FONT}">',
        f'<title id="river-title">{_text(river.title)}</title>',
        f'<desc id="river-notes">{_text(" ".join(river.notes))}</desc>',
        f'<rect width="{WIDTH}" height="{total}" fill="#ffffff"/>',
        f'<text x="{LEFT}" y="40" font-size="24" font-weight="700" fill="{INK}">{_text(river.title)}</text>',
        *(
            f'<text x="{LEFT}" y="{64 + 18 * i}" font-size="13" fill="{FAINT}">{_text(note)}</text>'
            for i, note in enumerate(river.notes)
        ),
        *_axis(canvas, top, height),
        *_gradients(canvas),
        *_bands(canvas),
        *(_ribbon(canvas, ribbon) for ribbon in places.ribbons),
        *_hovers(canvas),
        *_names(canvas),
        *_legend(canvas),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _text(words: str) -> str:
    return escape(_UNPRINTABLE.sub("\ufffd", words))


def _axis(canvas: _Canvas, top: float, height: float) -> Iterator[str]:
    columns = canvas.river.columns
    widest = max((len(label) for label in columns), default=1) * 7.2 + 14
    each = max(int(-(-widest // canvas.step)), 1)
    bottom = top + height + 12
    for i, label in enumerate(columns):
        if i % each:
            continue
        x = canvas.x(i)
        yield f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{top - 8}" y2="{bottom}" stroke="{GRID}"/>'
        yield (
            f'<text x="{x:.1f}" y="{bottom + 18}" font-size="12" text-anchor="middle" fill="{FAINT}">{_text(label)}</text>'
        )


def _gradients(canvas: _Canvas) -> Iterator[str]:
    yield "<defs>"
    for left, joined in sorted({(ribbon.left, ribbon.joined) for ribbon in canvas.places.ribbons}):
        yield (
            f'<linearGradient id="{_gradient(canvas, left, joined)}"><stop offset="0.1" stop-color="{canvas.colour[left]}"/>'
            f'<stop offset="0.9" stop-color="{canvas.colour[joined]}"/></linearGradient>'
        )
    yield "</defs>"


def _gradient(canvas: _Canvas, left: str, joined: str) -> str:
    bands = canvas.places.bands
    return f"from{bands.index(left)}to{bands.index(joined)}"


def _curve(x0: float, y0: float, x1: float, y1: float) -> str:
    middle = (x0 + x1) / 2
    return f"C{middle:.1f},{y0:.1f} {middle:.1f},{y1:.1f} {x1:.1f},{y1:.1f}"


def _bands(canvas: _Canvas) -> Iterator[str]:
    """Draw each band in one path for each run of columns that it lives through without a break."""
    half, blocks, flows = canvas.block / 2, canvas.places.blocks, canvas.places.flows
    for band in canvas.places.bands:
        run: list[int] = []
        for i in range(len(canvas.river.columns)):
            if (i, band) not in blocks:
                continue
            run.append(i)
            if (i, band) in flows:
                continue
            over = [f"M{canvas.x(run[0]) - half:.1f},{blocks[run[0], band].top:.1f}"]
            under: list[str] = []
            for j in run:
                block, x = blocks[j, band], canvas.x(j)
                over.append(f"L{x - half:.1f},{block.top:.1f} L{x + half:.1f},{block.top:.1f}")
                under.append(f"L{x + half:.1f},{block.bottom:.1f} L{x - half:.1f},{block.bottom:.1f}")
                if j != run[-1]:
                    start, end = flows[j, band]
                    ahead = canvas.x(j + 1) - half
                    over.append(
                        f"L{x + half:.1f},{start.top:.1f} {_curve(x + half, start.top, ahead, end.top)}"
                    )
                    under.append(
                        f"L{ahead:.1f},{end.bottom:.1f} {_curve(ahead, end.bottom, x + half, start.bottom)}"
                    )
            yield f'<path d="{" ".join([*over, *reversed(under)])} Z" fill="{canvas.colour[band]}"/>'
            run = []


def _ribbon(canvas: _Canvas, ribbon: Ribbon) -> str:
    x0 = canvas.x(ribbon.column) + canvas.block / 2
    x1 = canvas.x(ribbon.column + 1) - canvas.block / 2
    start, end = ribbon.start, ribbon.end
    thick = _height(start)
    between = f"{canvas.river.columns[ribbon.column]} to {canvas.river.columns[ribbon.column + 1]}"
    said = _text(f"{between}, {ribbon.left} to {ribbon.joined}: {', '.join(ribbon.actors)}")
    paint = f"url(#{_gradient(canvas, ribbon.left, ribbon.joined)})"
    if thick > (x1 - x0) / 2 or abs(start.top - end.top) < thick:
        path = (
            f"M{x0:.1f},{start.top:.1f} {_curve(x0, start.top, x1, end.top)} L{x1:.1f},{end.bottom:.1f} "
            f"{_curve(x1, end.bottom, x0, start.bottom)} Z"
        )
        return (
            f'<path d="{path}" fill="{paint}" stroke="#ffffff" stroke-opacity="0.6" stroke-width="0.7">'
            f"<title>{said}</title></path>"
        )
    # A thin ribbon that runs far up or down would shrink to a hair if only its height were kept.
    path = (
        f"M{x0:.1f},{start.top + thick / 2:.1f} {_curve(x0, start.top + thick / 2, x1, end.top + thick / 2)}"
    )
    return (
        f'<g fill="none"><title>{said}</title><path d="{path}" stroke="#ffffff" stroke-opacity="0.75" '
        f'stroke-width="{thick + 1.8:.1f}"/><path d="{path}" stroke="{paint}" stroke-width="{thick:.1f}"/></g>'
    )


def _hovers(canvas: _Canvas) -> Iterator[str]:
    for (i, band), block in canvas.places.blocks.items():
        names = ", ".join(canvas.places.members[i, band])
        yield (
            f'<rect x="{canvas.x(i) - canvas.step / 2:.1f}" y="{block.top:.1f}" width="{canvas.step:.1f}" '
            f'height="{block.bottom - block.top:.1f}" fill="transparent">'
            f"<title>{_text(f'{canvas.river.columns[i]}, {band} ({len(canvas.places.members[i, band])}): {names}')}</title></rect>"
        )


class _Room:
    """Which stretches of the picture are written on already."""

    def __init__(self) -> None:
        self._taken: list[tuple[float, float, float, float]] = []

    def take(self, x: float, y: float, width: float, height: float) -> bool:
        """Take the box round the middle (x, y) unless it would cover another or leave the picture."""
        box = (x - width / 2, y - height / 2, x + width / 2, y + height / 2)
        if box[0] < LEFT / 2 or box[2] > WIDTH - RIGHT + 20:
            return False
        if any(box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in self._taken):
            return False
        self._taken.append(box)
        return True


def _names(canvas: _Canvas) -> Iterator[str]:
    """Write the names of bands where they are widest and, where room is left, the names of those who move."""
    room = _Room()
    places = canvas.places
    for band in places.bands:
        for words in (_band_words(canvas, band, most) for most in (5, 3, 1)):
            place = next((at for size in SIZES if (at := _widest(canvas, band, words, size))), None)
            if place is not None and room.take(
                place.x, place.y, len(words) * place.size * LETTER, place.size
            ):
                ink, rim = (
                    ("#ffffff", canvas.colour[band])
                    if canvas.colour[band] in DARK
                    else (INK, canvas.colour[band])
                )
                yield (
                    f'<text x="{place.x:.1f}" y="{place.y + place.size * 0.35:.1f}" font-size="{place.size}" '
                    f'font-weight="600" text-anchor="middle" fill="{ink}" stroke="{rim}" stroke-width="4" '
                    f'stroke-linejoin="round" paint-order="stroke" pointer-events="none">{_text(words)}</text>'
                )
                break
    for ribbon in sorted(
        places.ribbons, key=lambda ribbon: (REST in (ribbon.left, ribbon.joined), -len(ribbon.actors))
    ):
        words = _listed(ribbon.actors)
        spots = (_along(canvas, ribbon, t) for t in (0.5, 0.75, 0.25))
        free = next((spot for spot in spots if room.take(*spot, len(words) * 6.2 + 6, 13)), None)
        if free:
            yield (
                f'<text x="{free[0]:.1f}" y="{free[1] + 3.6:.1f}" font-size="10.5" text-anchor="middle" fill="{INK}" '
                f'stroke="#ffffff" stroke-width="2.6" stroke-linejoin="round" paint-order="stroke" '
                f'pointer-events="none">{_text(words)}</text>'
            )


def _along(canvas: _Canvas, ribbon: Ribbon, t: float) -> tuple[float, float]:
    """Return the point of the ribbon's middle line at t, from 0 at its start to 1 at its end (see `_curve`)."""
    x0, x1 = canvas.x(ribbon.column), canvas.x(ribbon.column + 1)
    y0 = (ribbon.start.top + ribbon.start.bottom) / 2
    y1 = (ribbon.end.top + ribbon.end.bottom) / 2
    late = t * t * (3 - 2 * t)
    bow = 3 * t * (1 - t) * (x0 + x1) / 2
    return (1 - t) ** 3 * x0 + bow + t**3 * x1, y0 + (y1 - y0) * late


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a name of this size may stand."""

    x: float
    y: float
    size: float


def _widest(canvas: _Canvas, band: str, words: str, size: float) -> _Place | None:
    """Return the place in a band where a name of that size has the most room above and below, if it fits anywhere."""
    columns, blocks = len(canvas.river.columns), canvas.places.blocks
    reach = int(len(words) * size * LETTER / 2 / canvas.step) + 1
    best: tuple[float, _Place] | None = None
    for i in range(reach, columns - reach):
        stretch = [blocks.get((j, band)) for j in range(i - reach, i + reach + 1)]
        whole = [block for block in stretch if block is not None]
        if len(whole) < len(stretch):
            continue
        top, bottom = max(block.top for block in whole), min(block.bottom for block in whole)
        if bottom - top >= size * 1.2 and (best is None or bottom - top > best[0]):
            best = (bottom - top, _Place(canvas.x(i), (top + bottom) / 2, size))
    return best[1] if best else None


def _legend(canvas: _Canvas) -> Iterator[str]:
    """Write at the right end of each band who is in it at last, and below who was in bands that ended before."""
    last = len(canvas.river.columns) - 1
    x = WIDTH - RIGHT + 12
    free = 0.0
    for band in canvas.places.bands:
        block = canvas.places.blocks.get((last, band))
        if block is None:
            continue
        y = max((block.top + block.bottom) / 2 - 4, free)
        free = y + 36
        count = len(canvas.places.members[last, band])
        title = f"{band}: {count} actor{'s' * (count != 1)}"
        yield f'<rect x="{x}" y="{y - 11:.1f}" width="12" height="12" rx="2" fill="{canvas.colour[band]}"/>'
        yield f'<text x="{x + 18}" y="{y:.1f}" font-size="13" font-weight="600" fill="{INK}">{_text(title)}</text>'
        here = canvas.places.members[last, band]
        first = [name for name in canvas.river.leaders.get(band, ()) if name in here]
        words = _clip(", ".join(dict.fromkeys((*first, *here))), 32)
        yield f'<text x="{x + 18}" y="{y + 16:.1f}" font-size="11.5" fill="{FAINT}">{_text(words)}</text>'


def _height(stretch: Stretch) -> float:
    return stretch.bottom - stretch.top


def _band_words(canvas: _Canvas, band: str, most: int) -> str:
    if band == REST:
        return "alone or in small coalitions"
    return f"{band}  {', '.join(canvas.river.leaders[band][:most])}"


def _listed(actors: Sequence[str]) -> str:
    more = f" +{len(actors) - MOST_NAMED}" if len(actors) > MOST_NAMED else ""
    return _clip(", ".join(actors[:MOST_NAMED]), 40) + more


def _clip(words: str, longest: int) -> str:
    return words if len(words) <= longest else words[: longest - 1] + "\u2026"
