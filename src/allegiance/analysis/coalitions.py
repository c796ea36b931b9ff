"""Which coalitions are there?"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from allegiance.analysis.wishes import Wishes
from allegiance.errors import ContradictionError
from allegiance.maths.places import Places
from allegiance.maths.solve import solve
from allegiance.model import Result, units

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from allegiance.maths.solve import Split
    from allegiance.network import SignedNetwork, Tie


NO_WISHES = Wishes()


@dataclass(frozen=True, slots=True)
class CoalitionStructure:
    """A partition of the actors of a network.

    Attributes:
        k: 2, any other fixed number, or None for as many coalitions as fit.
        coalitions: names, the largest coalition first, names sorted.
        frustration: integer tenths, weight of the ties that the partition violates.
        violated: these ties: positive ones between coalitions, negative ones within.
        firmness: by actor, -1 to 1: how much more of its tie weight would be violated in the best other coalition
            (the others staying), as a share of its tie weight. 0: the other place is as good. Below 0: only a
            constraint keeps it there.
        unaffiliated: actors without any tie that speaks for or against a place; where they stand means nothing.
        wishes: what the partition had to keep.
    """

    k: int | None
    coalitions: tuple[tuple[str, ...], ...]
    frustration: int
    violated: tuple[Tie, ...]
    firmness: Mapping[str, float]
    unaffiliated: tuple[str, ...]
    wishes: Wishes = NO_WISHES

    def of(self, actor: str) -> int:
        """Return the number (from 0) of the coalition of `actor`."""
        return next(number for number, members in enumerate(self.coalitions) if actor in members)

    @property
    def undecided(self) -> tuple[str, ...]:
        """Actors with ties for which another coalition would be just as good."""
        return tuple(
            actor
            for actor, share in self.firmness.items()
            if share == 0 and actor not in set(self.unaffiliated)
        )


def coalitions(
    net: SignedNetwork,
    k: int | None = None,
    *,
    wishes: Wishes = NO_WISHES,
    time_limit: float | None = None,
    seed: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> Result[CoalitionStructure]:
    """Find the partition of the actors that violates the least tie weight, with proof or bound.

    A tie is violated when it is positive (net) and its ends are in different coalitions, or negative and they are in the
    same. With ``k=2`` the violated weight is the frustration index of structural balance (Harary 1959,
    doi:10.1002/bs.3830040405; Aref and Wilson 2019, doi:10.1093/comnet/cny015); with ``k=None`` it is weak balance
    (Davis 1967, doi:10.1177/001872676702000206), the objective of correlation clustering (Bansal, Blum and Chawla 2004,
    doi:10.1023/B:MACH.0000033116.57574.95).

    Args:
        net: the network; weights are its net weights in integer tenths.
        k: 2, another largest number of coalitions, or None for as many as fit.
        wishes: what the split has to keep.
        time_limit: seconds after which the best split so far is returned with its bound; None for no limit.
        seed: seed of the search.
        progress: called with (value, lower bound) in tenths whenever either gets better.

    Returns:
        A result whose `lower_bound` is in integer tenths, and `proved` when it meets the value.

    Raises:
        UsageError: k below 1.
        UnknownNameError: a constraint names an actor that the network doesn't have.
        ContradictionError: constraints that no split can keep; says which.
    """
    split = best_split(net, k, wishes=wishes, time_limit=time_limit, seed=seed, progress=progress)
    return answer(net, k, split, wishes=wishes, time_limit=time_limit, seed=seed)


def best_split(
    net: SignedNetwork,
    k: int | None = None,
    *,
    wishes: Wishes = NO_WISHES,
    time_limit: float | None = None,
    seed: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> Split:
    """Return the bare split with its proof, for what goes on from it (alternatives, certificates); else as `coalitions`."""
    try:
        return solve(
            net.graph(),
            k,
            constraints=wishes.constraints(net),
            time_limit=time_limit,
            seed=seed,
            progress=progress,
        )
    except ContradictionError as contradiction:
        raise contradiction.named(net.actors) from contradiction


def answer(
    net: SignedNetwork,
    k: int | None,
    split: Split,
    *,
    wishes: Wishes = NO_WISHES,
    time_limit: float | None = None,
    seed: int = 0,
) -> Result[CoalitionStructure]:
    """Return what `best_split` found under these wishes as `coalitions` does."""
    return Result(
        structure_of(net, k, split.labels, wishes),
        method=split.method,
        parameters=MappingProxyType(
            {"k": "any" if k is None else k, **wishes.to_json(), "time_limit": time_limit}
        ),
        seed=seed,
        proved=split.proved,
        lower_bound=split.lower_bound,
        evidence=net.evidence.all(),
        seconds=split.seconds,
    )


def to_json(result: Result[CoalitionStructure]) -> dict[str, Any]:
    """Return a result of `coalitions` under the documented keys of ``--json``; weights in units."""
    structure = result.value
    bound = int(result.lower_bound or 0)
    return {
        "value": units(structure.frustration),
        "lower_bound": units(bound),
        # The gap is a share of the value, so that it compares across networks.
        "gap": (structure.frustration - bound) / structure.frustration if structure.frustration else 0.0,
        "proved": result.proved,
        "k": result.parameters["k"],
        "coalitions": [list(members) for members in structure.coalitions],
        "violated": [
            {"a": tie.a, "b": tie.b, "weight": units(tie.weight), "statements": list(tie.statements)}
            for tie in structure.violated
        ],
        "firmness": dict(structure.firmness),
        "unaffiliated": list(structure.unaffiliated),
        "undecided": list(structure.undecided),
        "method": result.method,
        "parameters": dict(result.parameters),
        "seed": result.seed,
        "seconds": result.seconds,
    }


def structure_of(
    net: SignedNetwork, k: int | None, labels: NDArray[np.int32], wishes: Wishes = NO_WISHES
) -> CoalitionStructure:
    """Return the partition that `labels` (shape (actors,), the coalition of each) make, with what it violates.

    Nothing is searched or proved here.
    """
    graph = net.graph()
    members: dict[int, list[str]] = {}
    for name, label in zip(net.actors, labels.tolist(), strict=True):
        members.setdefault(label, []).append(name)
    broken = graph.violated(labels)
    places = Places.of(graph, k, labels)
    firmness = np.divide(places.margin(), places.weight, out=np.zeros(graph.n), where=places.weight > 0)
    return CoalitionStructure(
        k=k,
        coalitions=tuple(
            tuple(sorted(group))
            for group in sorted(members.values(), key=lambda group: (-len(group), min(group)))
        ),
        frustration=graph.frustration(labels),
        violated=tuple(net.tie(number) for number in net.ties_between(graph.a[broken], graph.b[broken])),
        firmness=MappingProxyType(dict(zip(net.actors, firmness.tolist(), strict=True))),
        unaffiliated=tuple(
            name for name, weight in zip(net.actors, places.weight.tolist(), strict=True) if not weight
        ),
        wishes=wishes,
    )
