"""Expected-utility bargaining on one issue: who challenges whom, who yields, round by round.

Sources: Bueno de Mesquita, "Political Forecasting: An Expected Utility Method", in Bueno de Mesquita and Stokman (eds.),
European Community Decision Making, Yale 1994, chapter 4; 1985, doi:10.2307/1956125; 1997, doi:10.1080/03050629708434893. All
equations as derived by Scholz, Calbert and Smith 2011, doi:10.1177/0951629811418142, whose numbers are named here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Any

import numba as nb
import numpy as np

from allegiance.maths.voters import weighted_mean, weighted_median

if TYPE_CHECKING:
    from numpy.typing import NDArray

ROUNDS = 20
STILL = 1e-4  # share of the range of positions; who moves less counts as standing still
_NOTHING = 1e-12  # an expected utility nearer to 0 is 0, so that rounding decides no quarrel
_SAME = 1e-9  # share of the range; positions nearer to each other are one


class Reading(StrEnum):
    """How the published model is read where its text and its printed results differ.

    `EQUATIONS` takes the equations as printed: the chance of success is the share of a contest's own votes (30, 31), each
    challenger values its challenge with its own attitude to risk (25), and of several offers of a kind the nearest is taken.
    `TABLES` is what leads to the printed results of the emission-standards example: votes are divided by those of all contests
    and shaped by the voter's attitude to risk, a party sees its challengers with its own attitude to risk, and of several
    compromises the strongest challenger's is taken.
    """

    EQUATIONS = "equations"
    TABLES = "tables"


class Offer(IntEnum):
    """What a challenger's stand means for the party that faces it (section 6, figure 6)."""

    NONE = 0
    CONFLICT = 1
    """Both expect to gain, the challenger more: the party would have to yield all."""
    COMPROMISE = 2
    """The party expects to lose, less than the challenger expects to gain: it would yield a part."""
    COMPELLED = 3
    """The party expects to lose more than the challenger expects to gain: it would yield all."""


@dataclass(frozen=True, slots=True, eq=False)
class Bargaining:
    """A bargaining, round by round; parties are numbered.

    Attributes:
        position: float64, shape (rounds + 1, n): before the first round and after each.
        risk: float64, shape (rounds, n): exponents of risk, 0.5 (averse) to 2 (acceptant), in each round.
        gain: float64, shape (rounds, n, n): what i expects of challenging j.
        threat: float64, shape (rounds, n, n): what j expects of challenging i, as i weighs it.
        offer: int8, shape (rounds, n, n): the `Offer` that j makes to i.
        partner: int64, shape (rounds, n): to whom each yields, -1 for nobody.
        settled: whether nobody moved any more in the last round.
    """

    position: NDArray[np.float64]
    risk: NDArray[np.float64]
    gain: NDArray[np.float64]
    threat: NDArray[np.float64]
    offer: NDArray[np.int8]
    partner: NDArray[np.int64]
    settled: bool


@dataclass(frozen=True, slots=True, eq=False)
class Forecasts:
    """Where many bargainings end: each array has shape (draws,).

    Attributes:
        median: weighted median of the last positions.
        mean: weighted mean of them.
        settled: whether nobody moved any more.
    """

    median: NDArray[np.float64]
    mean: NDArray[np.float64]
    settled: NDArray[np.bool_]


def bargain(
    position: NDArray[np.float64],
    capability: NDArray[np.float64],
    salience: NDArray[np.float64],
    *,
    rounds: int = ROUNDS,
    status_quo: float = 1.0,
    reading: Reading = Reading.EQUATIONS,
) -> Bargaining:
    """Let parties bargain until nobody moves, or for so many rounds.

    Args:
        position: shape (n,), in any unit.
        capability: shape (n,), at least 0, in any unit; with salience not all 0.
        salience: shape (n,), 0 to 1: how much of its capability a party would spend on this issue.
        rounds: at most so many.
        status_quo: Q, the chance that an unchallenged opponent stays where it is.
        reading: see `Reading`.
    """
    x, s = position.astype(np.float64), salience.astype(np.float64)
    weight = capability.astype(np.float64) * s
    tables = reading is Reading.TABLES
    spread = float(x.max() - x.min())
    positions: list[NDArray[np.float64]] = [x]
    steps: list[tuple[NDArray[Any], ...]] = []
    settled = spread == 0
    while not settled and len(steps) < rounds:
        risk, gain, threat = _expect(x, weight, s, spread, status_quo, tables)
        after, offer, partner = _yield(x, gain, threat, spread, tables)
        settled = bool(np.abs(after - x).max() < STILL * spread)
        x = after
        positions.append(x)
        steps.append((risk, gain, threat, offer, partner))
    n = len(x)
    return Bargaining(
        np.array(positions),
        np.array([step[0] for step in steps]).reshape(len(steps), n),
        np.array([step[1] for step in steps]).reshape(len(steps), n, n),
        np.array([step[2] for step in steps]).reshape(len(steps), n, n),
        np.array([step[3] for step in steps], dtype=np.int8).reshape(len(steps), n, n),
        np.array([step[4] for step in steps], dtype=np.int64).reshape(len(steps), n),
        settled,
    )


def forecasts(
    position: NDArray[np.float64],
    capability: NDArray[np.float64],
    salience: NDArray[np.float64],
    *,
    rounds: int = ROUNDS,
    status_quo: float = 1.0,
    reading: Reading = Reading.EQUATIONS,
) -> Forecasts:
    """Return where many draws of one issue end; each array has shape (draws, n), the rest is as in `bargain`."""
    tables = reading is Reading.TABLES
    return Forecasts(*_ends(position, capability * salience, salience, rounds, status_quo, tables))


@nb.njit(cache=True)
def _ends(
    position: NDArray[np.float64],
    weight: NDArray[np.float64],
    salience: NDArray[np.float64],
    rounds: int,
    status_quo: float,
    tables: bool,  # noqa: FBT001 - numba takes no keywords
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]]:
    draws = len(position)
    median, mean, settled = np.empty(draws), np.empty(draws), np.zeros(draws, dtype=np.bool_)
    for draw in range(draws):
        x, w, s = position[draw].copy(), weight[draw], salience[draw]
        spread = x.max() - x.min()
        settled[draw] = spread == 0
        for _ in range(rounds):
            if settled[draw]:
                break
            _, gain, threat = _expect(x, w, s, spread, status_quo, tables)
            after, _, _ = _yield(x, gain, threat, spread, tables)
            settled[draw] = np.abs(after - x).max() < STILL * spread
            x = after
        median[draw], mean[draw] = weighted_median(x, w), weighted_mean(x, w)
    return median, mean, settled


@nb.njit(cache=True)
def _expect(
    x: NDArray[np.float64],
    weight: NDArray[np.float64],
    salience: NDArray[np.float64],
    spread: float,
    status_quo: float,
    tables: bool,  # noqa: FBT001 - numba takes no keywords
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return attitudes to risk, shape (n,), and both sides' expectations of each challenge, shape (n, n) each."""
    n = len(x)
    median = weighted_median(x, weight)
    risk = np.ones(n)
    prevail = _prevail(x, weight, spread, tables)
    worth = _worth(x, risk, spread, status_quo, median)
    gain = _gains(worth, prevail, salience)
    security = gain.sum(axis=0)  # what the others expect of challenging each; the diagonal is 0
    low, high = security.min(), security.max()
    if high - low > _NOTHING:
        for i in range(n):
            danger = (2 * security[i] - high - low) / (high - low)  # (34)
            risk[i] = (1 - danger / 3) / (1 + danger / 3)  # (33)
    if tables:
        prevail = _prevail_by_risk(x, weight, risk, spread)
    worth = _worth(x, risk, spread, status_quo, median)
    gain = _gains(worth, prevail, salience)
    threat = gain.T.copy()
    if tables:
        for i in range(n):
            seen = np.full(n, risk[i])
            if status_quo != 1:
                worth = _worth(x, seen, spread, status_quo, median)
                for j in range(n):
                    threat[i, j] = _gain(worth, j, i, prevail[j, i], salience[i])
            else:  # then a challenge is worth the same to both ends, as the same eyes see it
                for j in range(n):
                    threat[i, j] = _gain(worth, i, j, prevail[j, i], salience[i])
    return risk, gain, threat


@nb.njit(cache=True)
def _prevail(
    x: NDArray[np.float64],
    weight: NDArray[np.float64],
    spread: float,
    tables: bool,  # noqa: FBT001 - numba takes no keywords
) -> NDArray[np.float64]:
    """Return the chance that i prevails over j, shape (n, n): the votes for i against j as a share of votes (30, 31).

    Who stands below both gives the lower one its weight times their distance, who stands between them less and less of it up
    to the middle (26), (28); so sums over sorted positions replace the sum over voters.
    """
    n = len(x)
    order = np.argsort(x, kind="mergesort")
    place = x[order]
    mass, moment = np.zeros(n + 1), np.zeros(n + 1)
    for k in range(n):
        mass[k + 1] = mass[k] + weight[order[k]]
        moment[k + 1] = moment[k] + weight[order[k]] * place[k]
    votes = np.zeros((n, n))
    for low in range(n):
        middle = low + 1
        for high in range(low + 1, n):
            gap, twice = place[high] - place[low], place[low] + place[high]
            if gap <= _SAME * spread:
                continue  # one place, and no contest
            while middle < high and 2 * place[middle] < twice:
                middle += 1
            between = (mass[middle] - mass[low + 1]) * twice - 2 * (moment[middle] - moment[low + 1])
            votes[order[low], order[high]] = (mass[low + 1] * gap + max(between, 0.0)) / spread
            between = 2 * (moment[high] - moment[middle]) - (mass[high] - mass[middle]) * twice
            votes[order[high], order[low]] = ((mass[n] - mass[high]) * gap + max(between, 0.0)) / spread
    everywhere = 2 * votes.sum()
    prevail = np.full((n, n), 0.5)
    for i in range(n):
        for j in range(n):
            total = everywhere if tables else votes[i, j] + votes[j, i]
            if i != j and total > 0:
                prevail[i, j] = votes[i, j] / total
    return prevail


@nb.njit(cache=True)
def _prevail_by_risk(
    x: NDArray[np.float64], weight: NDArray[np.float64], risk: NDArray[np.float64], spread: float
) -> NDArray[np.float64]:
    """Return votes for i against j as a share of all votes in all contests, shape (n, n), distance shaped by each voter's risk."""
    n = len(x)
    votes = np.zeros((n, n))
    everywhere = 0.0
    distance = np.empty(n)
    for k in range(n):
        if weight[k] == 0:
            continue
        for i in range(n):
            distance[i] = (abs(x[k] - x[i]) / spread) ** risk[k]
        for i in range(n):
            for j in range(n):
                vote = weight[k] * max(distance[j] - distance[i], 0.0)
                votes[i, j] += vote
                everywhere += 2 * vote  # each vote for i against j is one against j for i as well
    return votes / everywhere if everywhere > 0 else votes


@nb.njit(cache=True)
def _worth(
    x: NDArray[np.float64], risk: NDArray[np.float64], spread: float, status_quo: float, median: float
) -> NDArray[np.float64]:
    """Return what success (0), failure (1) and leaving j alone (2) are worth to i, shape (3, n, n)."""
    n = len(x)
    worth = np.zeros((3, n, n))
    for i in range(n):
        plain = risk[i] == 1
        stays = 0.0 if plain else 2 - 4 * 0.5 ** risk[i]  # (24)
        for j in range(n):
            far = abs(x[i] - x[j]) / spread
            if far <= _SAME:
                continue  # nothing to win or lose
            if plain:
                worth[0, i, j], worth[1, i, j] = 2 * far, -2 * far
            else:
                worth[0, i, j] = 2 - 4 * (0.5 - 0.5 * far) ** risk[i]  # (15)
                worth[1, i, j] = 2 - 4 * (0.5 + 0.5 * far) ** risk[i]  # (16)
            worth[2, i, j] = stays
            if status_quo != 1:
                aside = abs(x[i] - median) / spread
                # Left alone, the other moves to the median, which is nearer (cases 1 and 3A, (22)) or not (2 and 3B, (23)).
                way = 0.25 * (aside + far) * (-1 if aside < far else 1)
                moves = 2 - 4 * (0.5 + way) ** risk[i]
                worth[2, i, j] = status_quo * stays + (1 - status_quo) * moves  # (7)
    return worth


@nb.njit(cache=True)
def _gains(
    worth: NDArray[np.float64], prevail: NDArray[np.float64], salience: NDArray[np.float64]
) -> NDArray[np.float64]:
    n = len(salience)
    gain = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            gain[i, j] = _gain(worth, i, j, prevail[i, j], salience[j])
    return gain


@nb.njit(cache=True)
def _gain(worth: NDArray[np.float64], i: int, j: int, prevail: float, resistance: float) -> float:
    """Return what i expects of challenging j, who resists with its salience (5), (6), (25)."""
    success, failure, alone = worth[0, i, j], worth[1, i, j], worth[2, i, j]
    resisted = prevail * success + (1 - prevail) * failure
    return float(resistance * resisted + (1 - resistance) * success - alone)


@nb.njit(cache=True)
def _kind(gain: float, threat: float) -> int:
    """Return which `Offer` a party faces that expects `gain` of a challenger that expects `threat` of it (figure 6)."""
    if threat <= _NOTHING or abs(gain) <= _NOTHING:
        return 0
    if gain > 0:
        return 1 if threat - gain > _NOTHING else 0
    return 2 if threat + gain > _NOTHING else 3


@nb.njit(cache=True)
def _before(
    offer: tuple[float, float, float],
    best: tuple[float, float, float],
    slack: float,
    strongest: bool,  # noqa: FBT001 - numba takes no keywords
) -> bool:
    """Return whether an offer (way to go, challenger's expectation, place) goes before the best so far of its kind.

    The shorter way does, or with `strongest` the greater expectation; the other of the two decides between even ones, and the
    lower place between those that are even in both, so that no choice hangs on the order of the parties.
    """
    shorter, greater = best[0] - offer[0], offer[1] - best[1]
    by_way = 0 if abs(shorter) <= slack else shorter
    by_strength = 0 if abs(greater) <= _NOTHING else greater
    first, second = (by_strength, by_way) if strongest else (by_way, by_strength)
    if first != 0:
        return first > 0
    if second != 0:
        return second > 0
    return offer[2] < best[2]


@nb.njit(cache=True)
def _yield(
    x: NDArray[np.float64],
    gain: NDArray[np.float64],
    threat: NDArray[np.float64],
    spread: float,
    tables: bool,  # noqa: FBT001 - numba takes no keywords
) -> tuple[NDArray[np.float64], NDArray[np.int8], NDArray[np.int64]]:
    """Return the next positions, shape (n,), the kind of each offer, shape (n, n), and to whom each yields, shape (n,).

    A lost conflict goes before a compromise, and that before being compelled (section 6.2).
    """
    n = len(x)
    after = x.copy()
    offer = np.zeros((n, n), dtype=np.int8)
    partner = np.full(n, -1, dtype=np.int64)
    for i in range(n):
        best_kind, best = 4, (0.0, 0.0, x[i])
        for j in range(n):
            if abs(x[i] - x[j]) <= _SAME * spread:
                continue
            kind = _kind(gain[i, j], threat[i, j])
            offer[i, j] = kind
            if kind == 0 or kind > best_kind:
                continue
            place = x[j]
            if kind == 2:  # noqa: PLR2004 - a compromise, (35) and (36)
                place = x[i] + (x[j] - x[i]) * abs(gain[i, j] / threat[i, j])
            found = (abs(place - x[i]), threat[i, j], place)
            if kind < best_kind or _before(found, best, _SAME * spread, tables and kind == 2):  # noqa: PLR2004
                best_kind, best, partner[i] = kind, found, j
        after[i] = best[2]
    return after, offer, partner
