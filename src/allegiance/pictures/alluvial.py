"""Partitions side by side: each actor a line from its coalition on the left to the one on the right, movers drawn strong."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from allegiance.pictures.canvas import picture
from allegiance.pictures.colours import COALITIONS, FAINT, INK
from allegiance.pictures.element import element
from allegiance.pictures.label import label

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from allegiance.pictures.element import Markup

Column = tuple[str, "Mapping[int, Sequence[str]]"]
ROW, GAP, TOP, FOOT = 17.0, 12.0, 46.0, 12.0
STEP, BLOCK, LETTER = 250.0, 14.0, 6.6
MOST_NAMED = 120
LONGEST = 26


def alluvial(columns: Sequence[Column], title: str) -> Markup:
    """Return the picture of partitions of (about) the same actors.

    Args:
        columns: for each partition its heading, and the members by the number of their coalition; equal numbers have equal
            colours in all columns.
        title: of the picture, read aloud.
    """
    heights = [_height(members) for _, members in columns]
    tall = max(heights, default=0.0)
    row = ROW if sum(len(group) for group in columns[0][1].values()) <= MOST_NAMED else 4.0
    names = [name for _, members in columns for group in members.values() for name in group]
    margin = min(max((len(name) for name in names), default=0), LONGEST) * LETTER + 46
    width = 2 * margin + STEP * max(len(columns) - 1, 0) + BLOCK
    places: list[dict[str, tuple[float, int]]] = []
    for _, members in columns:
        places.append(_places(members, row, tall * row / ROW, places[-1] if places else {}))
    moved = _movers(columns)
    parts = [
        *_headings(columns, margin),
        *_lines(places, margin, moved),
        *_blocks(columns, places, margin, row),
        *(_labels(places[0], margin - 10, "end", moved) if row == ROW else ()),
        *(
            _labels(places[-1], width - margin + 10, "start", moved)
            if row == ROW and len(columns) > 1
            else ()
        ),
    ]
    words = f"{len(moved)} of {len(set(names))} actors are not in the same coalition throughout: {', '.join(sorted(moved)) or 'none'}."
    return picture(width, TOP + tall * row / ROW + FOOT, title, words, parts)


def _height(members: Mapping[int, Sequence[str]]) -> float:
    return sum(len(group) for group in members.values()) * ROW + GAP * max(len(members) - 1, 0)


def _places(
    members: Mapping[int, Sequence[str]], row: float, tall: float, before: Mapping[str, tuple[float, int]]
) -> dict[str, tuple[float, int]]:
    """Return the height of each actor's line and its coalition, the whole set in the middle of `tall`.

    Within a coalition actors keep the order that they had `before`, so that lines cross only where somebody moves.
    """
    total = sum(len(group) for group in members.values()) * row + GAP * max(len(members) - 1, 0)
    y = TOP + max(tall - total, 0.0) / 2
    found = {}
    for number in sorted(members):
        for name in sorted(members[number], key=lambda one: before.get(one, (tall, 0))[0]):
            found[name] = (y + row / 2, number)
            y += row
        y += GAP
    return found


def _movers(columns: Sequence[Column]) -> set[str]:
    seen: dict[str, set[int]] = {}
    for _, members in columns:
        for number, group in members.items():
            for name in group:
                seen.setdefault(name, set()).add(number)
    return {name for name, numbers in seen.items() if len(numbers) > 1}


def _headings(columns: Sequence[Column], margin: float) -> Iterator[Markup]:
    for i, (heading, _) in enumerate(columns):
        x = margin + STEP * i + BLOCK / 2
        yield label(
            heading,
            34,
            x=x,
            y=20,
            text_anchor="middle",
            font_size=13,
            font_weight=600,
            fill=INK,
        )


def _lines(
    places: Sequence[Mapping[str, tuple[float, int]]], margin: float, moved: set[str]
) -> Iterator[Markup]:
    for i, (left, right) in enumerate(pairwise(places)):
        x0, x1 = margin + STEP * i + BLOCK, margin + STEP * (i + 1)
        middle = (x0 + x1) / 2
        for name, (y0, number) in left.items():
            if name not in right:
                continue
            y1, joined = right[name]
            strong = number != joined
            yield element(
                "path",
                element("title", name),
                d=f"M{x0:.1f},{y0:.1f} C{middle:.1f},{y0:.1f} {middle:.1f},{y1:.1f} {x1:.1f},{y1:.1f}",
                fill="none",
                stroke=_colour(joined),
                stroke_width=4 if strong else 2,
                stroke_opacity=0.95 if strong else 0.35 if moved else 0.6,
            )


def _blocks(
    columns: Sequence[Column], places: Sequence[Mapping[str, tuple[float, int]]], margin: float, row: float
) -> Iterator[Markup]:
    for i, ((_, members), place) in enumerate(zip(columns, places, strict=True)):
        for number, group in members.items():
            if not group:
                continue
            top = min(place[name][0] for name in group) - row / 2
            yield element(
                "rect",
                element("title", f"C{number + 1}: {', '.join(group)}"),
                x=margin + STEP * i,
                y=top,
                width=BLOCK,
                height=len(group) * row,
                rx=3,
                fill=_colour(number),
            )


def _labels(
    place: Mapping[str, tuple[float, int]], x: float, anchor: str, moved: set[str]
) -> Iterator[Markup]:
    for name, (y, _) in place.items():
        yield label(
            name,
            LONGEST,
            x=x,
            y=y + 4,
            text_anchor=anchor,
            font_size=12,
            font_weight=700 if name in moved else None,
            fill=INK if name in moved or not moved else FAINT,
        )


def _colour(number: int) -> str:
    return COALITIONS[number % len(COALITIONS)]
