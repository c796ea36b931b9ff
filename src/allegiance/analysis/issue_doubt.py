"""What becomes of a forecast when the numbers put in are drawn anew within their stated uncertainties."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from allegiance.maths.bargaining import forecasts
from allegiance.maths.clock import Clock

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from allegiance.maths.bargaining import Reading
    from allegiance.model.issue import Issue

AT_ONCE = 100  # draws between two looks at the clock
BINS = 20
INTERVAL = (5.0, 95.0)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A position from which the dispute began, who stood there, and the share of draws that end nearest to it."""

    position: float
    parties: tuple[str, ...]
    share: float


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """Where the draws end.

    Attributes:
        draws: how many were made.
        median: median of their forecasts.
        low: 5 of 100 forecasts lie below.
        high: 5 of 100 lie above.
        settled: share of draws in which nobody moved any more at the end.
        outcomes: the first positions, lowest first, with the share of draws that end nearest to each.
        bins: share of draws by twentieth of the scale, lowest first.
    """

    draws: int
    median: float
    low: float
    high: float
    settled: float
    outcomes: tuple[Outcome, ...]
    bins: tuple[float, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the documented keys of ``--json``."""
        return {
            "draws": self.draws,
            "median": self.median,
            "interval": [self.low, self.high],
            "settled": self.settled,
            "outcomes": [
                {"position": one.position, "parties": list(one.parties), "share": one.share}
                for one in self.outcomes
            ],
            "bins": list(self.bins),
        }


def sensitivity(
    issue: Issue,
    resamples: int,
    *,
    rounds: int,
    status_quo: float,
    reading: Reading,
    seed: int,
    progress: Callable[[int], None],
) -> Sensitivity:
    """Draw each number evenly from value ± plus_minus (kept on the scale, at least 0, salience at most 1) and bargain.

    An interrupt (Ctrl-C) ends it with the draws made so far.
    """
    chance = np.random.default_rng(seed)
    ends, settled = [], 0
    clock = Clock()
    with clock.listening():
        for first in range(0, resamples, AT_ONCE):
            count = min(AT_ONCE, resamples - first)
            found = forecasts(
                *_draws(issue, count, chance), rounds=rounds, status_quo=status_quo, reading=reading
            )
            ends.append(found.median)
            settled += int(found.settled.sum())
            progress(count)
            if clock.interrupted:
                break
    forecast = np.concatenate(ends)
    low, middle, high = np.percentile(forecast, [INTERVAL[0], 50, INTERVAL[1]]).tolist()
    counts, _ = np.histogram(forecast, bins=BINS, range=(issue.low, issue.high))
    return Sensitivity(
        draws=len(forecast),
        median=middle,
        low=low,
        high=high,
        settled=settled / len(forecast),
        outcomes=_outcomes(issue, forecast),
        bins=tuple((counts / len(forecast)).tolist()),
    )


def _draws(
    issue: Issue, count: int, chance: np.random.Generator
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    drawn = []
    for key, low, high in (
        ("position", issue.low, issue.high),
        ("capability", 0.0, np.inf),
        ("salience", 0.0, 1.0),
    ):
        value = np.array([getattr(party, key).value for party in issue.parties])
        span = np.array([getattr(party, key).plus_minus for party in issue.parties])
        numbers = value + span * chance.uniform(-1, 1, (count, len(value)))
        drawn.append(np.clip(numbers, low, high))
    # A draw in which chance leaves nobody a say tells nothing; it keeps the numbers put in.
    mute = ~((drawn[1] * drawn[2]).any(axis=1))
    for place, key in ((1, "capability"), (2, "salience")):
        drawn[place][mute] = [getattr(party, key).value for party in issue.parties]
    return drawn[0], drawn[1], drawn[2]


def _outcomes(issue: Issue, forecast: NDArray[np.float64]) -> tuple[Outcome, ...]:
    places = sorted({party.position.value for party in issue.parties})
    nearest = np.abs(forecast[:, None] - np.array(places)).argmin(axis=1)
    shares = np.bincount(nearest, minlength=len(places)) / len(forecast)
    return tuple(
        Outcome(
            place,
            tuple(sorted(party.name for party in issue.parties if party.position.value == place)),
            float(share),
        )
        for place, share in zip(places, shares, strict=True)
    )
