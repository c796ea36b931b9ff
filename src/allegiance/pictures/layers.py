"""Places for a layered drawing of arrows: which column, which order in it, how high. No drawing happens here.

The steps are those of Sugiyama, Tagawa and Toda (1981, doi:10.1109/TSMC.1981.4308636): turn arrows that close a circle, give
each node the column behind its farthest predecessor, cut long arrows into pieces of one column, and sort columns by the
middle of their neighbours.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

_SWEEPS = 12
_PULLS = 12

Point = tuple[str, int]
"""A node (name, -1), or the place in column `layer` at which a long arrow passes (name, number of the arrow)."""


@dataclass(frozen=True, slots=True)
class Layers:
    """Where everything stands.

    Attributes:
        column: by point, from 0.
        order: the points of each column, from top to bottom.
        ways: for each arrow the points that it leads through, from left to right; `turned` says whether it goes back.
        turned: see `ways`.
    """

    column: Mapping[Point, int]
    order: tuple[tuple[Point, ...], ...]
    ways: tuple[tuple[Point, ...], ...]
    turned: tuple[bool, ...]


def layered(arrows: Sequence[tuple[str, str, float]]) -> Layers:
    """Return columns and orders for arrows (start, end, weight); no arrow leads from a node to itself."""
    turned = _turned(arrows)
    ends = [
        (end, start) if back else (start, end) for (start, end, _), back in zip(arrows, turned, strict=True)
    ]
    columns = _columns(ends)
    column: dict[Point, int] = {(name, -1): place for name, place in columns.items()}
    ways: list[tuple[Point, ...]] = []
    for number, (start, end) in enumerate(ends):
        # What goes back runs outside, so nothing has to make way for it.
        behind = columns[end] if not turned[number] else columns[start]
        passing = {(f"{start}\n{place}", number): place for place in range(columns[start] + 1, behind)}
        column |= passing
        ways.append(((start, -1), *passing, (end, -1)))
    links = [
        (one, two, weight)
        for way, (_, _, weight), back in zip(ways, arrows, turned, strict=True)
        for one, two in pairwise(way)
        if not back
    ]
    return Layers(column, _ordered(column, links), tuple(ways), tuple(turned))


def heights(
    order: Sequence[Sequence[Point]],
    links: Iterable[tuple[Point, Point, float]],
    size: Callable[[Point], float],
    gap: float,
) -> tuple[dict[Point, float], float]:
    """Return the upper edge of each point, pulled towards its neighbours without overlap, and the height of all."""
    near: dict[Point, list[tuple[Point, float]]] = defaultdict(list)
    for one, two, weight in links:
        near[one].append((two, weight))
        near[two].append((one, weight))
    tall = max((sum(map(size, column)) + gap * max(len(column) - 1, 0) for column in order), default=0.0)
    top: dict[Point, float] = {}
    for column in order:
        used = sum(map(size, column)) + gap * max(len(column) - 1, 0)
        at = (tall - used) / 2
        for point in column:
            top[point] = at
            at += size(point) + gap
    for turn in range(_PULLS):
        for column in order if turn % 2 else list(order)[::-1]:
            wished = {point: _middle(point, near[point], top, size) - size(point) / 2 for point in column}
            _set(column, wished, top, size, gap, tall)
    return top, tall


def _middle(
    point: Point,
    near: Sequence[tuple[Point, float]],
    top: Mapping[Point, float],
    size: Callable[[Point], float],
) -> float:
    total = sum(weight for _, weight in near)
    if not total:
        return top[point] + size(point) / 2
    return sum((top[other] + size(other) / 2) * weight for other, weight in near) / total


def _set(
    column: Sequence[Point],
    wished: Mapping[Point, float],
    top: dict[Point, float],
    size: Callable[[Point], float],
    gap: float,
    tall: float,
) -> None:
    """Put a column where it wishes to be, in its order, without overlap, between 0 and `tall`."""
    at = 0.0
    for point in column:
        top[point] = max(wished[point], at)
        at = top[point] + size(point) + gap
    at = tall
    for point in reversed(column):
        top[point] = min(top[point], at - size(point))
        at = top[point] - gap


def _turned(arrows: Sequence[tuple[str, str, float]]) -> list[bool]:
    """Return which arrows close a circle, walking the graph deepest first from nodes into which nothing leads."""
    leaving: dict[str, list[int]] = defaultdict(list)
    for number, (start, _, _) in enumerate(arrows):
        leaving[start].append(number)
    entered = {end for _, end, _ in arrows}
    names = list(dict.fromkeys(name for start, end, _ in arrows for name in (start, end)))
    turned, state = [False] * len(arrows), dict.fromkeys(names, 0)
    for root in sorted(names, key=lambda name: name in entered):
        if state[root]:
            continue
        state[root] = 1
        walk = [(root, iter(leaving[root]))]
        while walk:
            name, rest = walk[-1]
            number = next(rest, -1)
            if number < 0:
                state[name] = 2
                walk.pop()
                continue
            end = arrows[number][1]
            if state[end] == 1:
                turned[number] = True
            elif not state[end]:
                state[end] = 1
                walk.append((end, iter(leaving[end])))
    return turned


def _columns(ends: Sequence[tuple[str, str]]) -> dict[str, int]:
    """Return the column of each node: one behind its farthest predecessor."""
    leaving: dict[str, list[str]] = defaultdict(list)
    waiting: dict[str, int] = {}
    for start, end in ends:
        leaving[start].append(end)
        waiting[end] = waiting.get(end, 0) + 1
        waiting.setdefault(start, 0)
    column = dict.fromkeys(waiting, 0)
    ready = [name for name, count in waiting.items() if not count]
    while ready:
        name = ready.pop()
        for end in leaving[name]:
            column[end] = max(column[end], column[name] + 1)
            waiting[end] -= 1
            if not waiting[end]:
                ready.append(end)
    return column


def _ordered(
    column: Mapping[Point, int], links: Sequence[tuple[Point, Point, float]]
) -> tuple[tuple[Point, ...], ...]:
    """Sort each column by the middle of its neighbours, up and down; return the order with the least crossed weight."""
    columns: list[list[Point]] = [[] for _ in range(max(column.values(), default=-1) + 1)]
    for point, place in column.items():
        columns[place].append(point)
    before: dict[Point, list[tuple[Point, float]]] = defaultdict(list)
    behind: dict[Point, list[tuple[Point, float]]] = defaultdict(list)
    for one, two, weight in links:
        behind[one].append((two, weight))
        before[two].append((one, weight))
    best = [list(points) for points in columns]
    least = _crossed(best, links)
    for sweep in range(_SWEEPS):
        forth = sweep % 2 == 0
        near = before if forth else behind
        for points in columns[1:] if forth else columns[-2::-1]:
            _sort(points, columns, near)
        crossed = _crossed(columns, links)
        if crossed < least:
            best, least = [list(points) for points in columns], crossed
    return tuple(tuple(points) for points in best)


def _sort(
    points: list[Point],
    columns: Sequence[Sequence[Point]],
    near: Mapping[Point, Sequence[tuple[Point, float]]],
) -> None:
    place = {point: number for row in columns for number, point in enumerate(row)}
    points.sort(key=lambda point: _mean(near.get(point, ()), place, place[point]))


def _mean(near: Sequence[tuple[Point, float]], place: Mapping[Point, int], own: int) -> float:
    total = sum(weight for _, weight in near)
    return sum(place[other] * weight for other, weight in near) / total if total else own


def _crossed(columns: Sequence[Sequence[Point]], links: Sequence[tuple[Point, Point, float]]) -> float:
    """Return the weight of the crossings: of two links that cross, the lighter one's."""
    place = {
        point: (column, number)
        for column, points in enumerate(columns)
        for number, point in enumerate(points)
    }
    between: dict[int, list[tuple[int, int, float]]] = defaultdict(list)
    for one, two, weight in links:
        between[place[one][0]].append((place[one][1], place[two][1], weight))
    return sum(
        min(weight, other)
        for group in between.values()
        for number, (a, b, weight) in enumerate(group)
        for c, d, other in group[:number]
        if (a - c) * (b - d) < 0
    )
