"""Whether enemies fit into k coalitions: exact graph colouring of small graphs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from collections.abc import Set as AbstractSet

_MOST_STEPS = 200_000


class UndecidedError(Exception):
    """The search for a colouring took too many steps; caught by whoever asked, who then goes without."""


def colouring(enemies: Mapping[int, AbstractSet[int]], k: int) -> dict[int, int] | None:
    """Return a colour below `k` for each key such that enemies differ, or None if there is none.

    Args:
        enemies: for each vertex those that need another colour, symmetric.
        k: number of colours.

    Raises:
        UndecidedError: the question is too hard to be answered in a fixed number of steps.

    References:
        D. Brélaz, New methods to color the vertices of a graph, 1979, doi:10.1145/359094.359101.
    """
    colours: dict[int, int] = {}
    # Vertices with fewer than k enemies can always be coloured last.
    rest, late = _peel(enemies, k)
    steps = [0]
    if not _extend(enemies, rest, colours, k, steps):
        return None
    for vertex in reversed(late):
        taken = {colours[other] for other in enemies[vertex] if other in colours}
        colours[vertex] = next(colour for colour in range(k) if colour not in taken)
    return colours


def colourings(enemies: Mapping[int, AbstractSet[int]], k: int) -> Iterator[dict[int, int]]:
    """Yield all colourings with at most `k` colours that differ in more than the colours' names."""
    order = sorted(enemies, key=lambda vertex: (-len(enemies[vertex]), vertex))
    stack: list[dict[int, int]] = [{}]
    while stack:
        colours = stack.pop()
        if len(colours) == len(order):
            yield colours
            continue
        vertex = order[len(colours)]
        taken = {colours[other] for other in enemies[vertex] if other in colours}
        names = range(min(k, max(colours.values(), default=-1) + 2))
        stack += [{**colours, vertex: colour} for colour in reversed(names) if colour not in taken]


def uncolourable_part(enemies: Mapping[int, AbstractSet[int]], k: int) -> dict[int, set[int]]:
    """Return an inclusion-minimal part of a graph that has no colouring with `k` colours."""
    part = {vertex: set(others) for vertex, others in enemies.items()}
    for vertex in _peel(part, k)[1]:
        _remove(part, vertex)
    for vertex in sorted(part):
        smaller = {v: others - {vertex} for v, others in part.items() if v != vertex}
        if colouring(smaller, k) is None:
            part = smaller
    for u in sorted(part):
        for v in sorted(other for other in part[u] if other > u):
            part[u].discard(v)
            part[v].discard(u)
            if colouring(part, k) is not None:
                part[u].add(v)
                part[v].add(u)
    return part


def _remove(graph: dict[int, set[int]], vertex: int) -> None:
    for other in graph.pop(vertex):
        graph[other].discard(vertex)


def _peel(enemies: Mapping[int, AbstractSet[int]], k: int) -> tuple[set[int], list[int]]:
    """Return (vertices that stay, vertices taken off one by one when fewer than `k` enemies stay)."""
    degree = {vertex: len(others) for vertex, others in enemies.items()}
    late = [vertex for vertex, count in degree.items() if count < k]
    gone = set(late)
    for vertex in late:  # grows while it is read
        for other in enemies[vertex]:
            degree[other] -= 1
            if other not in gone and degree[other] < k:
                gone.add(other)
                late.append(other)
    return set(enemies) - gone, late


def _extend(
    enemies: Mapping[int, AbstractSet[int]], rest: set[int], colours: dict[int, int], k: int, steps: list[int]
) -> bool:
    """Colour `rest` by backtracking, the most constrained vertex first."""
    if not rest:
        return True
    steps[0] += 1
    if steps[0] > _MOST_STEPS:
        raise UndecidedError
    taken = {v: {colours[u] for u in enemies[v] if u in colours} for v in rest}
    vertex = max(rest, key=lambda v: (len(taken[v]), len(enemies[v]), -v))
    # A colour not yet used is as good as any other such colour.
    for colour in range(min(k, max(colours.values(), default=-1) + 2)):
        if colour not in taken[vertex]:
            colours[vertex] = colour
            if _extend(enemies, rest - {vertex}, colours, k, steps):
                return True
            del colours[vertex]
    return False
