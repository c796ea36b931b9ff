"""Sensitivity ranges of all ties, and who breaks a split: on real windows and planted blocs. Times are of the CPU."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import numpy as np
from networks import MissingError, real
from planted import planted

from allegiance.maths.blocking import blocking
from allegiance.maths.clock import Clock
from allegiance.maths.flips import flips
from allegiance.maths.hedonic import Departures
from allegiance.maths.pivots import pivots
from allegiance.maths.solve import solve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from allegiance.maths.graph import SignedGraph

NETWORKS: dict[str, Callable[[], SignedGraph]] = {
    "COW 46-49": lambda: real("cow_all.csv", "year", "46-49")[0],
    "COW 96-99": lambda: real("cow_all.csv", "year", "96-99")[0],
    "planted, 3 blocs, 5 % noise": lambda: planted(150, 1_300, 3, seed=1, flipped=0.05)[0],
    "planted, 3 blocs, 15 % noise": lambda: planted(150, 1_300, 3, seed=1)[0],
}
HARD = "15 %"
"""Networks of this name are only for a full run."""

PATIENCE = 120
"""Seconds of wall time for the ranges of one network."""


def sensitivity(full: bool) -> Iterator[str]:  # noqa: FBT001 - the shape of every section
    """Yield the lines of the section: aim, the ranges of all ties of 150 actors and 1,300 ties in 30 s."""
    yield "| network | k | actors | ties | ranges exact | splits kept | CPU s |"
    yield "|---|---|---|---|---|---|---|"
    warm_up()
    for name, graph in made(full=full):
        for k in numbers(name):
            began = time.process_time()
            found = flips(graph, k, solve(graph, k, time_limit=PATIENCE), clock=Clock(PATIENCE))
            seconds = time.process_time() - began
            exact = int((found.cost == found.bound).sum())
            cells = (
                name,
                k or "any",
                graph.n,
                f"{graph.m:,}",
                f"{exact:,}",
                len(found.splits),
                f"{seconds:.1f}",
            )
            yield "| " + " | ".join(map(str, cells)) + " |"


def stability(full: bool) -> Iterator[str]:  # noqa: FBT001 - the shape of every section
    """Yield the lines of the section: single moves, blocking groups and pivots of the best split."""
    yield "| network | k | actors | ties | least gain | proved | programs | pivots | CPU s: moves | groups | pivots |"
    yield "|---|---|---|---|---|---|---|---|---|---|---|"
    warm_up()
    for name, graph in made(full=full):
        for k in numbers(name):
            labels = solve(graph, k, time_limit=PATIENCE).labels
            marks = [time.process_time()]
            own = Departures.of(graph, labels).own
            marks.append(time.process_time())
            group = blocking(graph, own, clock=Clock(PATIENCE))
            marks.append(time.process_time())
            without = pivots(graph, k, labels, time_limit=PATIENCE)
            marks.append(time.process_time())
            count = int((without.value < without.left).sum())
            cells = (
                name,
                k or "any",
                graph.n,
                f"{graph.m:,}",
                group.gain,
                group.proved,
                group.searched,
                count,
            )
            spent = (f"{seconds:.2f}" for seconds in np.diff(marks))
            yield "| " + " | ".join(map(str, (*cells, *spent))) + " |"


def made(*, full: bool) -> Iterator[tuple[str, SignedGraph]]:
    """Yield the networks that are here and wanted."""
    for name, make in NETWORKS.items():
        if HARD in name and not full:
            continue
        try:
            yield name, make()
        except MissingError as missing:
            print(missing, file=sys.stderr)


def numbers(name: str) -> tuple[int | None, ...]:
    """Return the numbers of coalitions to ask for; three planted blocs are none of two."""
    return (None,) if name.startswith("planted") else (2, None)


def warm_up() -> None:
    """Let everything be compiled."""
    graph, _ = planted(60, 200, 3, seed=0)
    for k in (2, None):
        flips(graph, k, solve(graph, k))
