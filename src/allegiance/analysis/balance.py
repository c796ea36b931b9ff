"""How balanced is a network, by the published measures?"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from allegiance.maths.balance import MOST_ACTORS, frustration_balance, triads, walk_balance
from allegiance.maths.graph import SignedGraph
from allegiance.maths.solve import solve
from allegiance.model import Result, units
from allegiance.model.result import TENTHS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from allegiance.maths.solve import Split
    from allegiance.network import SignedNetwork

KINDS = ("+++", "++-", "+--", "---")
TWO = 2


@dataclass(frozen=True, slots=True)
class ActorBalance:
    """The balance around one actor.

    Attributes:
        triangles: how many triangles it is part of.
        triangle: the share of them that is balanced, None without any.
        walk: the balance of closed walks from it and back, None where it wasn't computed.
    """

    triangles: int
    triangle: float | None
    walk: float | None


@dataclass(frozen=True, slots=True)
class FrustrationBalance:
    """The frustration index, and 1 - 2 L / m of it.

    Attributes:
        value: L, the least found weight that a split into two coalitions violates, in units.
        lower_bound: a certified lower bound of it.
        total: m, the weight of all ties.
        proved: whether the two are equal.
    """

    value: int | float
    lower_bound: int | float
    total: int | float
    proved: bool

    @property
    def at_least(self) -> float | None:
        """The balance if nothing better than `value` exists, None without ties."""
        return _share(self.value, self.total)

    @property
    def at_most(self) -> float | None:
        """The balance if the lower bound were reached."""
        return _share(self.lower_bound, self.total)


@dataclass(frozen=True, slots=True)
class Balance:
    """The measures of balance of one network.

    Attributes:
        actors: number of actors; `ties` of ties whose net isn't 0, `negative` of those of them below 0.
        ties: see `actors`.
        negative: see `actors`.
        census: number of triangles by the signs of their ties.
        triangle: share of balanced triangles (an even number of negative ties), None without triangles.
        weak_triangle: share of triangles without exactly one negative tie.
        walk: walk-based balance; None where the network is too large for it, or has no actor.
        frustration: normalised frustration with each tie counting 1, as published.
        weighted: the same with the sizes of the ties; None where all ties are of one size.
        by_actor: triangles and walks around each actor.
    """

    actors: int
    ties: int
    negative: int
    census: Mapping[str, int]
    triangle: float | None
    weak_triangle: float | None
    walk: float | None
    frustration: FrustrationBalance
    weighted: FrustrationBalance | None
    by_actor: Mapping[str, ActorBalance]


def balance(
    net: SignedNetwork,
    *,
    time_limit: float | None = None,
    seed: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> Result[Balance]:
    """Measure the balance of a network.

    Triangles and walks read the signs of net weights only. Sources: share of balanced triangles, Cartwright and Harary 1956,
    doi:10.1037/h0046049; weak balance, Davis 1967, doi:10.1177/001872676702000206; closed walks, Estrada and Benzi 2014,
    doi:10.1103/PhysRevE.90.042802; normalised frustration, Aref and Wilson 2018, doi:10.1093/comnet/cnx044.

    Args:
        net: the network.
        time_limit: seconds for each frustration index; one that isn't proved by then comes as an interval.
        seed: seed of the search.
        progress: called with (value, lower bound) of the search, in tenths.

    Returns:
        A result that is `proved` when the frustration is; triangles and walks are exact in any case.
    """
    began = time.monotonic()
    graph = net.graph()
    signs = SignedGraph(graph.n, graph.a, graph.b, np.sign(graph.w) * TENTHS)
    found = triads(graph)
    walks = walk_balance(graph) if 0 < graph.n <= MOST_ACTORS else None
    split = solve(signs, TWO, time_limit=time_limit, seed=seed, progress=progress)
    weighted = None
    if len(np.unique(np.abs(graph.w))) > 1:
        by_size = solve(graph, TWO, time_limit=time_limit, seed=seed, progress=progress)
        weighted = _frustration(graph, by_size)
    frustration = _frustration(signs, split)
    counts = found.by_actor.sum(axis=1).tolist()
    share = found.actor_balance().tolist()
    walk = [math.nan] * graph.n if walks is None else walks.by_actor.tolist()
    return Result(
        Balance(
            actors=graph.n,
            ties=graph.m,
            negative=int((graph.w < 0).sum()),
            census=MappingProxyType(dict(zip(KINDS, found.census.tolist(), strict=True))),
            triangle=found.balance,
            weak_triangle=found.weak_balance,
            walk=None if walks is None else walks.network,
            frustration=frustration,
            weighted=weighted,
            by_actor=MappingProxyType(
                {
                    name: ActorBalance(counts[i], _known(share[i]), _known(walk[i]))
                    for i, name in enumerate(net.actors)
                }
            ),
        ),
        method=f"triangles counted, closed walks by eigenvalues, frustration by {split.method}",
        parameters=MappingProxyType({"time_limit": time_limit}),
        seed=seed,
        proved=frustration.proved and (weighted is None or weighted.proved),
        evidence=net.evidence.all(),
        seconds=time.monotonic() - began,
    )


def to_json(result: Result[Balance]) -> dict[str, Any]:
    """Return a result of `balance` under the documented keys of ``--json``."""
    found = result.value
    return {
        "actors": found.actors,
        "ties": found.ties,
        "negative": found.negative,
        "triads": dict(found.census),
        "triangle_balance": found.triangle,
        "weak_triangle_balance": found.weak_triangle,
        "walk_balance": found.walk,
        "frustration": _frustration_json(found.frustration),
        "weighted_frustration": None if found.weighted is None else _frustration_json(found.weighted),
        "by_actor": {
            name: {"triangles": one.triangles, "triangle_balance": one.triangle, "walk_balance": one.walk}
            for name, one in found.by_actor.items()
        },
        "proved": result.proved,
        "method": result.method,
        "parameters": dict(result.parameters),
        "seed": result.seed,
        "seconds": result.seconds,
    }


def _frustration(graph: SignedGraph, split: Split) -> FrustrationBalance:
    total = units(int(np.abs(graph.w).sum()))
    return FrustrationBalance(units(split.value), units(split.lower_bound), total, split.proved)


def _frustration_json(found: FrustrationBalance) -> dict[str, Any]:
    return {
        "value": found.value,
        "lower_bound": found.lower_bound,
        "total": found.total,
        "proved": found.proved,
        "balance": found.at_least,
        "balance_at_most": found.at_most,
    }


def _share(value: float, total: float) -> float | None:
    # Both are exact tenths, and the measure is defined on integers.
    return frustration_balance(round(value * TENTHS), round(total * TENTHS))


def _known(share: float) -> float | None:
    return None if math.isnan(share) else share
