"""Which actors hold a split together: those without whom the others would be better split otherwise."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from allegiance.maths.graph import SignedGraph
from allegiance.maths.matching import matched, turned
from allegiance.maths.separation import components
from allegiance.maths.solve import NO_CONSTRAINTS, TWO, solve

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from allegiance.maths.constraints import Constraints


@dataclass(frozen=True, slots=True, eq=False)
class Pivots:
    """What would become of the others if one actor left the network, for each actor in turn.

    Attributes:
        left: int64, shape (n,), what the ties among the others violate in the split as it is.
        value: int64, shape (n,), what they violate in the best split found without the actor.
        lower_bound: int64, shape (n,), certified: no split of the others violates less.
        moved: for each actor, int64 actors who stand elsewhere in that best split; empty where the old split stays best.
        asked: bool, shape (n,), for whom time was left to ask.
    """

    left: NDArray[np.int64]
    value: NDArray[np.int64]
    lower_bound: NDArray[np.int64]
    moved: tuple[NDArray[np.int64], ...]
    asked: NDArray[np.bool_]


def pivots(
    graph: SignedGraph,
    k: int | None,
    labels: NDArray[np.int32],
    *,
    constraints: Constraints = NO_CONSTRAINTS,
    time_limit: float | None = None,
    seed: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> Pivots:
    """Take each actor out in turn and solve the rest anew.

    Args:
        graph: the signed network.
        k: None for as many coalitions as fit, otherwise at most so many.
        labels: int32, shape (n,), the split as it is, best under `constraints`.
        constraints: what every split keeps; those on the actor who is out are dropped with it, and groups wished together
            stay so among the others.
        time_limit: seconds for all actors together; who wasn't asked by then is marked. None for no limit.
        seed: of all chance.
        progress: told (actors done, all actors).
    """
    began, stopped = time.monotonic(), False
    n = graph.n
    left, value, bound = (np.zeros(n, dtype=np.int64) for _ in range(3))
    asked = np.zeros(n, dtype=bool)
    moved = [np.zeros(0, dtype=np.int64)] * n
    for actor in range(n):
        keep = (graph.a != actor) & (graph.b != actor)
        place = np.arange(n) - (np.arange(n) > actor)
        rest = SignedGraph(
            n - 1,
            place[graph.a[keep]].astype(np.int32),
            place[graph.b[keep]].astype(np.int32),
            graph.w[keep],
        )
        old = np.delete(labels, actor)
        left[actor] = value[actor] = rest.frustration(old)
        if not left[actor]:
            asked[actor] = True
            continue
        seconds = None if time_limit is None else time_limit - (time.monotonic() - began)
        if stopped or (seconds is not None and seconds <= 0):
            continue
        others = _without(constraints, actor, place)
        split = solve(rest, k, constraints=others, time_limit=seconds, seed=seed)
        asked[actor], bound[actor] = True, split.lower_bound
        if split.value < left[actor]:
            value[actor] = split.value
            there = movers(rest, k, old, split.labels)
            moved[actor] = there + (there >= actor)
        stopped = split.interrupted
        if progress is not None:
            progress(actor + 1, n)
    return Pivots(left, value, np.minimum(bound, value), tuple(moved), asked)


def movers(
    graph: SignedGraph, k: int | None, before: NDArray[np.integer], now: NDArray[np.integer]
) -> NDArray[np.int64]:
    """Return the actors who stand elsewhere `now` than `before` (labels from 0, shape (n,)), coalitions matched by overlap.

    With two coalitions each part of the network that nothing ties to another may be turned round at will, so it is.
    """
    if k == TWO:
        parts = components(graph.n, graph.a, graph.b)
        return np.flatnonzero(turned(before, now, parts) != before)
    return np.flatnonzero(matched(before, now) != before)


def _without(constraints: Constraints, actor: int, place: NDArray[np.int64]) -> Constraints:
    """Return the constraints among the others, under their new numbers."""

    def kept(pairs: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
        return tuple(pair for pair in pairs if actor not in pair)

    others = replace(
        constraints,
        together=kept(constraints.together),
        apart=kept(constraints.apart),
        sides=tuple(one for one in constraints.sides if one[0] != actor),
    )
    return others.renumbered(place)
