"""Issues: 1,000 resamples of a dispute of 40 parties, by both readings; CPU time, since the machine may be busy."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np

from allegiance.analysis.issue import bargain
from allegiance.model.issue import Estimate, Issue, Party

if TYPE_CHECKING:
    from collections.abc import Iterator

PARTIES, RESAMPLES = 40, 1000


def issue(full: bool) -> Iterator[str]:  # noqa: FBT001 - called by the table of sections
    """Yield a line for each reading, and for each number of parties."""
    for count in (PARTIES, 150) if full else (PARTIES,):
        disputed = _random(count)
        for reading in ("equations", "tables"):
            bargain(disputed, resamples=1, reading=reading)  # compiles
            began, cpu = time.monotonic(), time.process_time()
            found = bargain(disputed, resamples=RESAMPLES, reading=reading).value.sensitivity
            if found is None:
                continue
            yield (
                f"{count} parties, {RESAMPLES:,} resamples, {reading}: {time.process_time() - cpu:.1f} s of CPU "
                f"({time.monotonic() - began:.1f} s by the clock), 90 of 100 between {found.low:.1f} and {found.high:.1f}, "
                f"nobody moves at the end in {found.settled:.0%}"
            )


def _random(count: int) -> Issue:
    chance = np.random.default_rng(count)
    parties = tuple(
        Party(
            f"Party {number}",
            Estimate(float(chance.uniform(0, 100)), 5.0),
            Estimate(float(chance.uniform(0, 1)), 0.1),
            Estimate(float(chance.uniform(0, 1)), 0.1),
        )
        for number in range(count)
    )
    return Issue("A random dispute", 0, 100, parties)
