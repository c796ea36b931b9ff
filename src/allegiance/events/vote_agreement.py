"""How much pairs of states agree in roll calls: matrices in, matrices out. Who votes, and where it stands, is elsewhere.

Votes are on one dimension: yes 1, abstain 2, no 3, so that abstaining lies halfway. Only roll calls count in which both
took part.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

MEASURES = ("agree", "s", "kappa", "pi")
KINDS = 3


def joint_votes(votes: NDArray[np.int8]) -> NDArray[np.int64]:
    """Return in how many roll calls each two states both voted.

    Args:
        votes: shape (states, roll calls); 1 yes, 2 abstain, 3 no, 0 absent.

    Returns:
        int64, shape (states, states).
    """
    present = (votes > 0).astype(np.float64)
    return np.rint(present @ present.T).astype(np.int64)


def agreement(votes: NDArray[np.int8], measure: str) -> NDArray[np.float64]:
    """Return the agreement of each two states; NaN where it isn't defined.

    Args:
        votes: as for `joint_votes`.
        measure: one of `MEASURES`:
            agree, the share of identical votes, 0 to 1 (cf. Lijphart 1963, https://doi.org/10.2307/1952608);
            s, S of Signorino and Ritter (1999, https://doi.org/10.1111/0020-8833.00113) with absolute distances and equal
            weights, -1 to 1;
            kappa, S corrected for chance by each state's own votes, and pi, by the votes of both together, with squared
            distances (Hage 2011, https://doi.org/10.1093/pan/mpr023, after Cohen 1960,
            https://doi.org/10.1177/001316446002000104, and Scott 1955, https://doi.org/10.1086/266577), up to 1.
            They aren't defined where both states always voted alike and the same: chance alone explains it.

    Returns:
        float64, shape (states, states), symmetric.
    """
    # Sums of 0 and 1 are exact in float64, and its matrix product is many times faster than that of integers.
    ballots = [(votes == kind).astype(np.float64) for kind in range(1, KINDS + 1)]
    present = sum(ballots, np.zeros_like(ballots[0]))
    joint = present @ present.T
    power = 2 if measure in ("kappa", "pi") else 1
    observed = np.zeros_like(joint)
    identical = np.zeros_like(joint)
    for mine, one in enumerate(ballots):
        for theirs, other in enumerate(ballots):
            both = one @ other.T
            observed += abs(mine - theirs) ** power * both
            identical += both if mine == theirs else 0
    with np.errstate(divide="ignore", invalid="ignore"):
        if measure == "agree":
            return _number(identical / joint)
        if measure == "s":
            return _number(1 - 2 * observed / ((KINDS - 1) * joint))
        expected = _expected([one @ present.T for one in ballots], pooled=measure == "pi")
        # Both distances are multiplied by the joint votes' square, so that only the last step divides.
        return _number(1 - observed * joint / expected)


def _expected(counts: list[NDArray[np.float64]], *, pooled: bool) -> NDArray[np.float64]:
    """Return the squared distance that chance explains, times the square of the joint votes.

    Args:
        counts: for each kind of vote, how often the row's state voted so where both voted.
        pooled: whether the two states' votes are put together (pi) or each keeps its own shares (kappa).
    """
    expected = np.zeros_like(counts[0])
    for mine, one in enumerate(counts):
        for theirs, other in enumerate(counts):
            share = (one + one.T) * (other + other.T) / 4 if pooled else one * other.T
            expected += (mine - theirs) ** 2 * share
    return expected


def _number(values: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(np.isfinite(values), values, np.nan)
