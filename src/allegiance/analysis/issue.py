"""Where does a disputed question settle, who yields to whom, and how far does that hang on the numbers put in?"""

from __future__ import annotations

import time
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from allegiance.analysis.issue_answer import Bargain, Camp, OfferMade, OtherReading, Round
from allegiance.analysis.issue_doubt import sensitivity
from allegiance.errors import UsageError
from allegiance.maths.bargaining import ROUNDS, Offer, Reading
from allegiance.maths.bargaining import bargain as bargain_numbers
from allegiance.maths.voters import weighted_mean, weighted_median
from allegiance.model import Result

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from allegiance.maths.bargaining import Bargaining
    from allegiance.model.issue import Issue

TOGETHER = 0.01  # share of the scale; parties that end nearer to each other stand together
MOST_ROUNDS = 1_000


def bargain(
    issue: Issue,
    *,
    rounds: int = ROUNDS,
    resamples: int = 0,
    status_quo: float = 1.0,
    reading: str = Reading.EQUATIONS,
    seed: int = 0,
    progress: Callable[[int], None] = lambda _: None,
) -> Result[Bargain]:
    """Forecast where a dispute settles, by expected-utility bargaining and by the spatial model.

    Sources: Bueno de Mesquita 1985, doi:10.2307/1956125, and 1997, doi:10.1080/03050629708434893; all equations Scholz, Calbert
    and Smith 2011, doi:10.1177/0951629811418142; median voter Black 1948, doi:10.1086/256633.

    Args:
        issue: parties with position, capability, salience.
        rounds: at most so many.
        resamples: how many draws within the stated uncertainties; 0 for none.
        status_quo: Q, 0 to 1: the chance that an opponent who isn't challenged stays where it is.
        reading: ``equations`` (as printed) or ``tables`` (what leads to the printed example), see `maths.bargaining.Reading`.
        seed: of the draws.
        progress: called with the number of draws done.

    Returns:
        A result that is never `proved`: it follows from the numbers put in and from the model, not from the world.

    Raises:
        UsageError: a number out of range, or no such reading.
    """
    _check(rounds, resamples, status_quo, reading)
    began = time.monotonic()
    x, c, s = (
        np.array([getattr(party, key).value for party in issue.parties])
        for key in ("position", "capability", "salience")
    )
    model = Reading(reading)
    found = bargain_numbers(x, c, s, rounds=rounds, status_quo=status_quo, reading=model)
    weight, last = c * s, found.position[-1]
    second = next(other for other in Reading if other is not model)
    otherwise = bargain_numbers(x, c, s, rounds=rounds, status_quo=status_quo, reading=second)
    doubt = None
    if resamples:
        doubt = sensitivity(
            issue,
            resamples,
            rounds=rounds,
            status_quo=status_quo,
            reading=model,
            seed=seed,
            progress=progress,
        )
    value = Bargain(
        issue=issue,
        forecast=weighted_median(last, weight),
        mean=weighted_mean(last, weight),
        settled=found.settled,
        baselines=MappingProxyType(_baselines(x, c, weight)),
        rounds=tuple(_rounds(issue, found, weight)),
        camps=tuple(_camps(issue, last, weight)),
        other_reading=OtherReading(
            second.value, weighted_median(otherwise.position[-1], weight), otherwise.settled
        ),
        sensitivity=doubt,
    )
    return Result(
        value,
        method=f"expected-utility bargaining ({model}), {len(value.rounds)} rounds; a model's forecast, not proved",
        parameters=MappingProxyType(
            {"rounds": rounds, "resamples": resamples, "status_quo": status_quo, "reading": model.value}
        ),
        seed=seed,
        evidence=tuple(dict.fromkeys(stmt_id for party in issue.parties for stmt_id in party.statements)),
        seconds=time.monotonic() - began,
    )


def _check(rounds: int, resamples: int, status_quo: float, reading: str) -> None:
    if not 1 <= rounds <= MOST_ROUNDS:
        raise UsageError(f"The number of rounds is {rounds}; it lies between 1 and {MOST_ROUNDS:,}.")
    if resamples < 0:
        raise UsageError(f"The number of resamples is {resamples}; it is at least 0.")
    if not 0 <= status_quo <= 1:
        raise UsageError(f"The chance of the status quo is {status_quo}; it lies between 0 and 1.")
    if reading not in list(Reading):
        raise UsageError(f"There is no reading {reading!r}; it is {' or '.join(Reading)}.")


def _baselines(
    x: NDArray[np.float64], capability: NDArray[np.float64], weight: NDArray[np.float64]
) -> dict[str, float]:
    return {
        "median": weighted_median(x, weight),
        "mean": weighted_mean(x, weight),
        "median_by_capability": weighted_median(x, capability),
        "mean_by_capability": weighted_mean(x, capability),
    }


def _rounds(issue: Issue, found: Bargaining, weight: NDArray[np.float64]) -> Iterator[Round]:
    names = [party.name for party in issue.parties]
    for number, offers in enumerate(found.offer):
        after = found.position[number + 1]
        apart = ~np.isclose(
            found.position[number][:, None], found.position[number], atol=1e-9 * (issue.high - issue.low)
        )
        still = (offers == Offer.NONE) & (offers.T == Offer.NONE) & apart
        yield Round(
            positions=MappingProxyType(dict(zip(names, after.tolist(), strict=True))),
            median=weighted_median(after, weight),
            mean=weighted_mean(after, weight),
            risk=MappingProxyType(dict(zip(names, found.risk[number].tolist(), strict=True))),
            offers=tuple(_offers(names, found, number)),
            stalemates=int(np.triu(still, 1).sum()),
        )


def _offers(names: list[str], found: Bargaining, number: int) -> Iterator[OfferMade]:
    before = found.position[number].tolist()
    for i, j in np.argwhere(found.offer[number]).tolist():
        kind = Offer(int(found.offer[number, i, j]))
        gain, threat = float(found.gain[number, i, j]), float(found.threat[number, i, j])
        share = abs(gain / threat) if kind is Offer.COMPROMISE else 1.0
        place = before[i] + (before[j] - before[i]) * share
        taken = bool(found.partner[number, i] == j)
        yield OfferMade(names[i], names[j], kind.name.lower(), place, gain, threat, taken)


def _camps(issue: Issue, last: NDArray[np.float64], weight: NDArray[np.float64]) -> Iterator[Camp]:
    order = np.argsort(last, kind="stable")
    breaks = np.flatnonzero(np.diff(last[order]) > TOGETHER * (issue.high - issue.low)) + 1
    for members in np.split(order, breaks):
        mean = (
            weighted_mean(last[members], weight[members]) if weight[members].any() else last[members].mean()
        )
        names = sorted(issue.parties[member].name for member in members.tolist())
        yield Camp(float(mean), tuple(names), float(weight[members].sum() / weight.sum()))
