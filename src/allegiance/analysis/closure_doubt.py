"""How far closures depend on whom one believes: expected flow, each source's own account, and all but one of them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

from allegiance.maths.interdiction import interdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from allegiance.analysis.closures import Closures
    from allegiance.maths.clock import Clock

MOST_EXACT = 10
FEWEST = 10
MOST_SOURCES = 12


@dataclass(frozen=True, slots=True)
class Expected:
    """What flows on average if each statement holds with its confidence, one independent of the other.

    Attributes:
        before: the mean without closures; `after` with them.
        after: see `before`.
        error: standard error of `after`; 0 where the mean is exact.
        worlds: how many different states of the world were added up, or drawn.
        exact: whether these are all there are.
    """

    before: float
    after: float
    error: float
    worlds: int
    exact: bool

    def to_json(self) -> dict[str, Any]:
        """Return the means under the documented keys of ``--json``."""
        return {
            "before": self.before,
            "after": self.after,
            "standard_error": self.error,
            "worlds": self.worlds,
            "exact": self.exact,
        }


@dataclass(frozen=True, slots=True)
class Account:
    """What follows if one believes one source alone, or all but one.

    Attributes:
        source: an outlet or speaker.
        before: what flows then without closures; `after` with those found for all sources together.
        after: see `before`.
        best: the least that any closures within the budget would leave then; None where time was up.
    """

    source: str
    before: int | float
    after: int | float
    best: int | float | None

    @property
    def survives(self) -> bool | None:
        """Whether the closures found are still among the best; None where that isn't known, or nothing flows at all."""
        return None if self.best is None or not self.before else self.after == self.best

    def to_json(self) -> dict[str, Any]:
        """Return the account under the documented keys of ``--json``."""
        return {
            "source": self.source,
            "before": self.before,
            "after": self.after,
            "best": self.best,
            "survives": self.survives,
        }


def expected(
    closures: Closures, closed: Sequence[int], clock: Clock, *, resamples: int, seed: int
) -> Expected:
    """Return the expected flow before and after closures.

    All claims of one statement hold together. Up to `MOST_EXACT` uncertain statements all states are added up with their
    probabilities; beyond, `resamples` are drawn, the same for before and after.

    Args:
        closures: what may be closed.
        closed: arcs of its problem.
        clock: when to stop drawing, with what is drawn by then.
        resamples: how many states to draw.
        seed: seed of the draws.
    """
    net = closures.between.net
    numbers: dict[str, int] = {}
    stmt = np.array(
        [numbers.setdefault(claim.statement, len(numbers)) for claim in net.claims], dtype=np.int64
    )
    sure = np.ones(len(numbers))
    for number, claim in zip(stmt.tolist(), net.claims, strict=True):
        sure[number] = min(sure[number], claim.confidence)
    open_ones = np.flatnonzero((sure > 0) & (sure < 1))
    exact = len(open_ones) <= MOST_EXACT
    holds = np.tile(sure >= 1, (2 ** len(open_ones) if exact else resamples, 1))
    if exact:
        holds[:, open_ones] = list(product((False, True), repeat=len(open_ones)))
        weight = np.prod(np.where(holds[:, open_ones], sure[open_ones], 1 - sure[open_ones]), axis=1)
    else:
        holds[:, open_ones] = (
            np.random.default_rng(seed).random((resamples, len(open_ones))) < sure[open_ones]
        )
        weight = np.ones(resamples)
    flowing: list[tuple[int, int]] = []
    for state in holds:
        if not exact and clock.over and len(flowing) >= FEWEST:
            break
        flowing.append(_flows(closures, net.capacity(state[stmt]), closed))
    found = np.array(flowing) / net.scale
    means = (weight[: len(found)] / weight[: len(found)].sum()) @ found
    error = 0.0 if exact or len(found) == 1 else float(found[:, 1].std(ddof=1) / np.sqrt(len(found)))
    return Expected(float(means[0]), float(means[1]), error, len(found), exact)


def accounts(
    closures: Closures, closed: Sequence[int], budget: int, clock: Clock, *, without: bool
) -> tuple[Account, ...]:
    """Return what follows by each source's own account, or `without` each of them; the `MOST_SOURCES` with most claims."""
    net = closures.between.net
    found = []
    for name in net.source_names()[:MOST_SOURCES]:
        told = net.told_by(name)
        own = net.capacity(~told if without else told)
        before, after = _flows(closures, own, closed)
        best: int | float | None = 0 if not before else None
        if before and not clock.over:
            least = interdict(closures.problem(own, budget), clock=clock)
            best = net.units(least.value) if least.proved else None
        found.append(Account(name, net.units(before), net.units(after), best))
    return tuple(found)


def _flows(closures: Closures, own: NDArray[np.int64], closed: Sequence[int]) -> tuple[int, int]:
    """Return how much flows with these capacities, before and after closures."""
    problem = closures.problem(own, 0)
    return problem.left(()), problem.left(closed)
