"""Landscapes: all 8,388,608 configurations of 24 actors, and 10,000 descents of 150."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np

from allegiance.maths.landscape import landscape as valleys

if TYPE_CHECKING:
    from collections.abc import Iterator


def landscape(full: bool) -> Iterator[str]:  # noqa: FBT001 - called by the table of sections
    """Yield a line for each size."""
    valleys(_random(5))
    valleys(_random(25), starts=1)  # compiled now
    for count in (17, 24, 150, *((1000,) if full else ())):
        weight = _random(count)
        began, cpu = time.monotonic(), time.process_time()
        found = valleys(weight)
        how = "all" if found.exhaustive else "random"
        yield (
            f"{count} actors, {found.tried:,} configurations ({how}): {time.process_time() - cpu:.1f} s of CPU "
            f"({time.monotonic() - began:.1f} s by the clock), {len(found.energy):,} minima"
        )


def _random(count: int) -> np.ndarray:
    cells = np.triu(np.random.default_rng(count).normal(size=(count, count)), 1)
    return np.asarray(cells + cells.T)
