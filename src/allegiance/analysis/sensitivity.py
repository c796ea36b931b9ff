"""How much one relation would have to change before other coalitions are better: a range for every tie."""

from __future__ import annotations

import time
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from allegiance.analysis.askable import check_ties
from allegiance.analysis.coalitions import answer, best_split
from allegiance.analysis.sensitivity_answer import Sensitivity, TieRange
from allegiance.errors import UsageError
from allegiance.maths.clock import Clock
from allegiance.maths.flips import NEVER, flips
from allegiance.maths.pivots import movers
from allegiance.model import Result

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from allegiance.maths.flips import Flips
    from allegiance.maths.solve import Split
    from allegiance.network import SignedNetwork

MOST_PAIRS = 1_000_000


def sensitivity(
    net: SignedNetwork,
    k: int | None = None,
    *,
    new_ties: bool = False,
    time_limit: float | None = None,
    seed: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> Result[Sensitivity]:
    """Find for every tie in which range of its weight the best split stays best, all other ties as they are.

    Let T be the least that can be violated, not counting one tie of weight w, by a split that has its ends together, and A
    the same with its ends apart. Together is best while T + max(-w, 0) <= A + max(w, 0), which is w >= T - A: one number
    decides. So where the best split has the pair together it stays best for all w from T - A on, and where it has it apart for
    all w up to it. The slack, how far w is from there, is what the best split with the pair the other way violates more than
    the best one, so one search for each tie tells it, and most are told by what others found (sensitivity in the sense of
    parametric programming, Gal 1995, doi:10.1515/9783110871203).

    Args:
        net: the network; weights are its net weights in integer tenths.
        k: 2, another largest number of coalitions, or None for as many as fit.
        new_ties: whether to ask of pairs without a tie, too: how strong would it have to be to join or part them?
        time_limit: seconds for the split, and again for the ranges; those not settled by then come as intervals.
        seed: seed of the searches.
        progress: told (ties settled, all ties).

    Returns:
        A result that is `proved` when the split is, and every range exactly.

    Raises:
        UsageError: k below 1, or new ties between too many actors.
        DataError: the network has no ties.
    """
    began = time.monotonic()
    check_ties(net)
    graph = net.graph()
    pairs = _every_pair(graph.n) if new_ties else None
    best = best_split(net, k, time_limit=time_limit, seed=seed)
    clock = Clock(0 if best.interrupted else time_limit)
    found = flips(graph, k, best, pairs=pairs, clock=clock, seed=seed, progress=progress)
    split = answer(
        net,
        k,
        _compared(best, found),
        time_limit=time_limit,
        seed=seed,
    )
    ranges = sorted(_ranges(net, k, found), key=_order)
    value = Sensitivity(split, tuple(ranges))
    return Result(
        value,
        method=f"{split.method}; for each tie the best split with it the other way, by the same cutting planes",
        parameters=MappingProxyType(
            {"k": "any" if k is None else k, "new_ties": new_ties, "time_limit": time_limit}
        ),
        seed=seed,
        proved=split.proved and all(one.proved for one in ranges),
        evidence=net.evidence.all(),
        seconds=time.monotonic() - began,
    )


def _every_pair(n: int) -> NDArray[np.int64]:
    if n * (n - 1) // 2 > MOST_PAIRS:
        raise UsageError(
            f"New ties between {n:,} actors would be {n * (n - 1) // 2:,} pairs, more than {MOST_PAIRS:,}; ask of fewer actors "
            "(a source, a period), or leave --new-ties out."
        )
    return np.argwhere(np.triu(np.ones((n, n), dtype=bool), 1))


def _compared(best: Split, found: Flips) -> Split:
    """Return the split that the ranges are about: a better one turns up where the first wasn't proved."""
    if found.value == best.value:
        return best
    proved = found.value == found.lower_bound
    return replace(best, labels=found.labels, value=found.value, proved=proved, proof=())


def _ranges(net: SignedNetwork, k: int | None, found: Flips) -> Iterator[TieRange]:
    graph = net.graph()
    numbers = dict(zip(zip(net.a.tolist(), net.b.tolist(), strict=True), range(len(net)), strict=True))
    moved = _moved(net, k, found)
    together = found.together.tolist()
    for i, (a, b) in enumerate(zip(found.a.tolist(), found.b.tolist(), strict=True)):
        number = numbers.get((a, b))
        cost, bound = int(found.cost[i]), int(found.bound[i])
        yield TieRange(
            a=net.actors[a],
            b=net.actors[b],
            weight=int(graph.w[i]) if i < graph.m else 0,
            together=together[i],
            slack=None if cost == NEVER else cost - found.lower_bound,
            slack_at_least=None if bound == NEVER else bound - found.value,
            moved=moved[int(found.which[i])],
            statements=() if number is None else net.evidence.of(number),
        )


def _moved(net: SignedNetwork, k: int | None, found: Flips) -> dict[int, tuple[str, ...]]:
    """Return who stands elsewhere in each split found, by its row; nobody in row -1, which is none."""
    graph = net.graph()

    def names(labels: NDArray[np.int32]) -> tuple[str, ...]:
        return tuple(sorted(net.actors[i] for i in movers(graph, k, found.labels, labels).tolist()))

    return {-1: (), **{row: names(found.splits[row]) for row in set(found.which.tolist()) - {-1}}}


def _order(one: TieRange) -> tuple[float, int, str, str]:
    slack = float("inf") if one.slack is None else float(one.slack)
    return slack, -abs(one.weight), one.a, one.b
