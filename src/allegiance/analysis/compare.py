"""Two sources or two times side by side: on which relations they differ, why, and whether the coalitions differ for it."""

from __future__ import annotations

import time
from itertools import combinations, pairwise, product
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from allegiance.analysis.askable import check_ties
from allegiance.analysis.coalitions import answer, best_split
from allegiance.analysis.compare_answer import Comparison, Distance, Imposed
from allegiance.analysis.differences import differences
from allegiance.errors import DataError
from allegiance.maths import enumerate as enumeration
from allegiance.maths.constraints import Constraints
from allegiance.maths.matching import matched, turned
from allegiance.maths.partitions import adjusted_rand, variation_of_information
from allegiance.maths.solve import TWO, canonical, solve
from allegiance.model import Result

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from allegiance.analysis.differences import Telling
    from allegiance.maths.enumerate import Alternatives
    from allegiance.maths.solve import Split
    from allegiance.network import SignedNetwork

    Labels = NDArray[np.int64]

MOST_SPLITS = 100


def compare(
    first: Telling,
    second: Telling,
    k: int | None = None,
    *,
    events: bool = True,
    within: int = 0,
    most: int = MOST_SPLITS,
    time_limit: float | None = None,
    seed: int = 0,
) -> Result[Comparison]:
    """Compare two tellings of the same actors: tie by tie, event by event, and by the coalitions that follow.

    The difference of each tie falls into parts that add up to it in exact tenths: by pair (both tell of it with opposite sign,
    both with the same sign and another amount, only one tells of it), and where statements are dated also by event: the same
    act on the same days, another act on the same days, an event that only one tells.

    The coalitions are compared by variation of information (Meilă 2007, doi:10.1016/j.jmva.2006.11.013) and the adjusted Rand
    index (Hubert and Arabie 1985, doi:10.1007/BF01908075). As each network may have many best splits, the least and the largest
    distance over those of both are told, and what the coalitions of the one would cost in the other's network.

    Args:
        first: the one; `second` the other.
        second: see `first`.
        k: 2, another largest number of coalitions, or None for as many as fit.
        events: whether the two tell of the same time, so that events can be matched.
        within: how many days apart two acts may be and still be taken for the same event.
        most: how many best splits of each to list at most.
        time_limit: seconds for each search.
        seed: seed of the searches.

    Raises:
        DataError: one of them has no ties, or they have fewer than two actors in common.
        UsageError: k below 1.
    """
    began = time.monotonic()
    tellings = (first, second)
    nets = [telling.counted.network() for telling in tellings]
    for telling, net in zip(tellings, nets, strict=True):
        check_ties(net, of=telling.name)
    present = [_tied(net) for net in nets]
    shared = tuple(sorted(present[0] & present[1]))
    if len(shared) < TWO:
        raise DataError(
            f"{first.name} and {second.name} have {len(shared) or 'no'} actor{'s' if not shared else ''} with ties in common, so "
            f"there is nothing to compare; the first tells of {_some(present[0])}, the second of {_some(present[1])}."
        )
    best = [best_split(net, k, time_limit=time_limit, seed=seed) for net in nets]
    places = [_places(net, shared) for net in nets]
    listed = [
        enumeration.alternatives(net.graph(), k, split, most=most, time_limit=time_limit, seed=seed)
        for net, split in zip(nets, best, strict=True)
    ]
    labels = [
        canonical(split.labels[place]).astype(np.int64) for split, place in zip(best, places, strict=True)
    ]
    numbers = _numbered(labels, [one.parts[place] for one, place in zip(listed, places, strict=True)], k)
    value = Comparison(
        names=(first.name, second.name),
        shared=shared,
        only=(tuple(sorted(present[0] - present[1])), tuple(sorted(present[1] - present[0]))),
        differences=differences(first, second, nets, events=events, within=within),
        splits=(
            answer(nets[0], k, best[0], time_limit=time_limit, seed=seed),
            answer(nets[1], k, best[1], time_limit=time_limit, seed=seed),
        ),
        numbers=MappingProxyType(
            dict(zip(shared, zip(numbers[0].tolist(), numbers[1].tolist(), strict=True), strict=True))
        ),
        distance=_distance(
            numbers, listed, places, k, _both_ways(nets, best, numbers, places, k, time_limit, seed)
        ),
    )
    return Result(
        value,
        method=f"{best[0].method}; {best[1].method}; all best splits by branching over bad cycles",
        parameters=MappingProxyType(
            {"k": "any" if k is None else k, "within": within, "most_splits": most, "time_limit": time_limit}
        ),
        seed=seed,
        proved=all(split.proved for split in best),
        evidence=[*nets[0].evidence.all(), *nets[1].evidence.all()],
        seconds=time.monotonic() - began,
    )


def _tied(net: SignedNetwork) -> set[str]:
    graph = net.graph()
    return {net.actors[i] for i in np.unique(np.concatenate([graph.a, graph.b])).tolist()}


def _places(net: SignedNetwork, names: Sequence[str]) -> NDArray[np.int64]:
    number = {name: i for i, name in enumerate(net.actors)}
    return np.array([number[name] for name in names], dtype=np.int64)


def _some(names: set[str]) -> str:
    shown = sorted(names)[:3]
    return f"{', '.join(shown)}{' and others' if len(names) > len(shown) else ''}"


def _numbered(labels: Sequence[Labels], parts: Sequence[NDArray[np.int32]], k: int | None) -> list[Labels]:
    """Return both splits under the same numbers; with two coalitions loose parts are turned to where they agree most."""
    if k == TWO:
        return _turned(labels[0], labels[1], parts)
    return [labels[0], matched(labels[0], labels[1])]


def _turned(one: Labels, two: Labels, parts: Sequence[NDArray[np.int32]]) -> list[Labels]:
    two = turned(one, two, parts[1])
    return [turned(two, one, parts[0]), two]


def _distance(
    numbers: Sequence[Labels],
    listed: Sequence[Alternatives],
    places: Sequence[NDArray[np.int64]],
    k: int | None,
    imposed: tuple[Imposed, Imposed],
) -> Distance:
    rows = [np.unique(one.labels[:, place], axis=0) for one, place in zip(listed, places, strict=True)]
    parts = [one.parts[place] for one, place in zip(listed, places, strict=True)]
    found = []
    for one, two in product(*rows):
        pair: Sequence[NDArray[np.integer]] = (one, two)
        if k == TWO:
            pair = _turned(one.astype(np.int64), two.astype(np.int64), parts)
        found.append(variation_of_information(*pair))
    now = variation_of_information(*numbers)
    return Distance(
        variation=now,
        rand=adjusted_rand(*numbers),
        least=min([now, *found]),
        most=max([now, *found]),
        splits=(len(listed[0].labels), len(listed[1].labels)),
        complete=all(one.complete for one in listed),
        first_in_second=imposed[0],
        second_in_first=imposed[1],
    )


def _both_ways(
    nets: Sequence[SignedNetwork],
    best: Sequence[Split],
    numbers: Sequence[Labels],
    places: Sequence[NDArray[np.int64]],
    k: int | None,
    time_limit: float | None,
    seed: int,
) -> tuple[Imposed, Imposed]:
    """Return what the first's coalitions cost in the second network, and the reverse."""
    costs = []
    for labels, net, split, place in (
        (numbers[0], nets[1], best[1], places[1]),
        (numbers[1], nets[0], best[0], places[0]),
    ):
        held = solve(net.graph(), k, constraints=_as_placed(labels, place), time_limit=time_limit, seed=seed)
        costs.append(Imposed(held.value - split.value, held.proved and split.proved))
    return costs[0], costs[1]


def _as_placed(labels: Labels, place: NDArray[np.int64]) -> Constraints:
    """Return constraints that keep the actors `place` (shape (shared,)) in the coalitions `labels`."""
    groups = [place[labels == label].tolist() for label in np.unique(labels).tolist()]
    together = [pair for group in groups for pair in pairwise(group)]
    return Constraints(
        together=tuple(together), apart=tuple((one[0], two[0]) for one, two in combinations(groups, 2))
    )
