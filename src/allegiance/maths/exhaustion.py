"""Whether every split violates some of a few ties: seen at a glance where they are a cycle, else by trying all splits."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from allegiance.maths.question import Pair
    from allegiance.maths.steps import Steps

TWO = 2
_AN_ATTEMPT = 4  # placing an actor takes as long as so many steps elsewhere


def violates_always(
    ties: Sequence[Pair], positive: Sequence[bool], k: int | None, least: int, steps: Steps
) -> bool:
    """Tell whether each split into `k` coalitions (None for any number) violates at least `least` of the ties.

    Args:
        ties: pairs of actors, none of them twice.
        positive: for each tie, whether its ends want to be together.
        k: as many coalitions as a split may have.
        least: how many of the ties are to be violated.
        steps: what the search may take.

    Raises:
        SpentError: it takes more.
    """
    if least == 1 and _is_bad_cycle(ties, positive, k):
        return True
    order = _order(ties, steps)
    place = {actor: at for at, actor in enumerate(order)}
    earlier: list[list[tuple[int, bool]]] = [[] for _ in order]
    for (a, b), wish in zip(ties, positive, strict=True):
        first, later = sorted((place[a], place[b]))
        earlier[later].append((first, wish))
    return not _escapes(earlier, k, least, steps)


def _is_bad_cycle(ties: Sequence[Pair], positive: Sequence[bool], k: int | None) -> bool:
    """Tell whether the ties form one simple cycle that no split satisfies."""
    negative = sum(not wish for wish in positive)
    if negative % 2 == 0 if k == TWO else negative != 1:
        return False
    near: dict[int, list[int]] = {}
    for a, b in ties:
        near.setdefault(a, []).append(b)
        near.setdefault(b, []).append(a)
    if any(len(others) != 2 for others in near.values()):  # noqa: PLR2004 - each actor of a cycle has two neighbours
        return False
    first = ties[0][0]
    before, at, walked = first, near[first][0], 1
    while at != first:
        ahead = near[at][0] if near[at][0] != before else near[at][1]
        before, at, walked = at, ahead, walked + 1
    return walked == len(ties)


def _order(ties: Sequence[Pair], steps: Steps) -> list[int]:
    """Return the actors so that the one with most neighbours already placed comes next: bad splits are cut off early."""
    near: dict[int, set[int]] = {}
    for a, b in ties:
        near.setdefault(a, set()).add(b)
        near.setdefault(b, set()).add(a)
    placed = dict.fromkeys(near, 0)
    order: list[int] = []
    while placed:
        steps.spend(len(placed))
        chosen = max(placed, key=lambda actor: (placed[actor], len(near[actor]), -actor))
        del placed[chosen]
        order.append(chosen)
        for other in near[chosen] & placed.keys():
            placed[other] += 1
    return order


def _escapes(earlier: Sequence[Sequence[tuple[int, bool]]], k: int | None, least: int, steps: Steps) -> bool:
    """Tell whether some split violates fewer than `least` ties; `earlier` holds each actor's ties to those before it."""
    if least <= 0:
        return False
    n = len(earlier)
    labels, tried = [0] * n, [0] * n
    used, broken = [0] * (n + 1), [0] * (n + 1)  # labels used, ties violated before each actor
    at = 0
    while at < n:
        label = tried[at]
        if label > used[at] or (k is not None and label >= k):
            at -= 1
            if at < 0:
                return False
            continue
        tried[at] += 1
        steps.spend(_AN_ATTEMPT + len(earlier[at]))
        more = broken[at] + sum((labels[other] == label) != wish for other, wish in earlier[at])
        if more < least:
            labels[at], broken[at + 1], used[at + 1] = label, more, max(used[at], label + 1)
            at += 1
            if at < n:
                tried[at] = 0
    return True
