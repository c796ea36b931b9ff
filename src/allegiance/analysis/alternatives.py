"""Which other splits are as good, or nearly, and what do all of them have in common?"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from allegiance.analysis.pairs import pairs_of
from allegiance.errors import UsageError
from allegiance.maths import enumerate as enumeration
from allegiance.maths.constant import core
from allegiance.model import Result, units
from allegiance.model.result import TENTHS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from allegiance.analysis.coalitions import CoalitionStructure
    from allegiance.analysis.pairs import Pair
    from allegiance.maths.solve import Split
    from allegiance.network import SignedNetwork

MOST_SPLITS = 100


@dataclass(frozen=True, slots=True)
class Alternatives:
    """The splits that violate the least weight, or little more.

    Attributes:
        splits: each a partition of the actors, the largest coalition first, names sorted; the best split first.
        values: integer tenths, what each violates.
        complete: whether these are all there are; if not, the limit or the time ended the search.
        core: groups of two and more actors that are together in all of them, the largest first.
        pair_share: for pairs of actors (all in a small network, those with a tie in a large one) the share of the splits in
            which they are together. Pairs that no chain of ties joins are left out with two coalitions, as either may be
            turned round against the other.
    """

    splits: tuple[tuple[tuple[str, ...], ...], ...]
    values: tuple[int, ...]
    complete: bool
    core: tuple[tuple[str, ...], ...]
    pair_share: Mapping[Pair, float]


def alternatives(
    net: SignedNetwork,
    best: Split,
    split: Result[CoalitionStructure],
    *,
    tolerance: float = 0,
    limit: int = MOST_SPLITS,
    time_limit: float | None = None,
) -> Result[Alternatives]:
    """Find all splits that violate at most `tolerance` more than the best one.

    See Arinik, Figueiredo and Labatut 2020, doi:10.1093/comnet/cnaa025, on why one optimum is not the whole answer.

    Args:
        net: the network.
        best: what `best_split` found for it, with its proof.
        split: the same as `coalitions` answers; its k, wishes and seed hold here, too.
        tolerance: in units.
        limit: how many splits to list at most.
        time_limit: seconds after which the search is cut.

    Raises:
        UsageError: a tolerance below 0, or a limit below 1.
    """
    if not 0 <= tolerance < 2**53:
        raise UsageError(f"The tolerance is {tolerance}; it must be at least 0, in the unit of the weights.")
    wishes = split.value.wishes
    if wishes.smallest or wishes.largest is not None:
        raise UsageError(
            "All splits can't be listed under limits on the sizes; leave --smallest and --largest out."
        )
    graph, k = net.graph(), split.value.k
    found = enumeration.alternatives(
        graph,
        k,
        best,
        tolerance=round(tolerance * TENTHS),
        most=limit,
        constraints=wishes.constraints(net),
        time_limit=time_limit,
        seed=split.seed,
    )
    one, two = pairs_of(graph)
    if k is not None:
        joined = found.parts[one] == found.parts[two]
        one, two = one[joined], two[joined]
    share = (found.labels[:, one] == found.labels[:, two]).mean(axis=0)
    groups = core(found.labels).astype(np.int64)
    if k is not None:
        groups = groups * graph.n + found.parts
    return Result(
        Alternatives(
            splits=tuple(_named(net, labels) for labels in found.labels),
            values=found.values,
            complete=found.complete,
            core=tuple(group for group in _named(net, groups) if len(group) > 1),
            pair_share=MappingProxyType(dict(zip(_names(net, one, two), share.tolist(), strict=True))),
        ),
        method="all ways to violate ties at that price, by branching over bad cycles",
        parameters=MappingProxyType({"tolerance": tolerance, "limit": limit, "time_limit": time_limit}),
        seed=split.seed,
        proved=found.complete,
        evidence=net.evidence.all(),
    )


def to_json(result: Result[Alternatives]) -> dict[str, Any]:
    """Return the keys that ``coalitions --all --json`` adds; weights in units."""
    found = result.value
    return {
        "splits": [
            {"value": units(value), "coalitions": [list(members) for members in split]}
            for split, value in zip(found.splits, found.values, strict=True)
        ],
        "splits_complete": found.complete,
        "core": [list(group) for group in found.core],
        "pair_share": [
            {"a": a, "b": b, "share": share} for (a, b), share in found.pair_share.items() if share
        ],
        "tolerance": result.parameters["tolerance"],
        "limit": result.parameters["limit"],
    }


def _named(net: SignedNetwork, groups: NDArray[np.integer]) -> tuple[tuple[str, ...], ...]:
    members: dict[int, list[str]] = {}
    for name, group in zip(net.actors, groups.tolist(), strict=True):
        members.setdefault(group, []).append(name)
    ordered = sorted(members.values(), key=lambda names: (-len(names), min(names)))
    return tuple(tuple(sorted(names)) for names in ordered)


def _names(net: SignedNetwork, one: NDArray[np.int64], two: NDArray[np.int64]) -> Iterable[Pair]:
    return ((net.actors[a], net.actors[b]) for a, b in zip(one.tolist(), two.tolist(), strict=True))
