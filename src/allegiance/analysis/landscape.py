"""Into which two camps do actors of given sizes fall, when each moves alone towards those it gets on with?"""

from __future__ import annotations

import time
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from allegiance.analysis.landscape_answer import MOST_MINIMA, Landscape, Minimum
from allegiance.errors import DataError, UsageError, clipped
from allegiance.maths.landscape import STARTS, rises
from allegiance.maths.landscape import landscape as landscape_numbers
from allegiance.model import Result
from allegiance.model.result import TENTHS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from numpy.typing import NDArray

    from allegiance.maths.landscape import Landscape as Numbers
    from allegiance.network import SignedNetwork

MOST_ACTORS = 5_000
MOST_STARTS = 1_000_000
LARGEST = 1e12  # beyond it products of sizes would lose their digits


def landscape(
    net: SignedNetwork,
    sizes: Mapping[str, float] | None = None,
    *,
    signs: bool = False,
    starts: int = STARTS,
    seed: int = 0,
    progress: Callable[[int], None] = lambda _: None,
) -> Result[Landscape]:
    """Find all configurations of two camps that nobody leaves alone, with their basins.

    The energy of a configuration is the sum over ordered pairs in different camps of size times size times propensity (Axelrod
    and Bennett 1993, doi:10.1017/S000712340000973X); the propensity of two actors is the net weight of their tie, in units.

    Args:
        net: the network; up to 24 actors that have a say all configurations are gone through.
        sizes: size of each actor, at least 0; None for 1 each.
        signs: whether a tie counts +1 or -1 instead of its weight.
        starts: how many random configurations run down, where there are more actors.
        seed: of these.
        progress: called with the number of starts done.

    Returns:
        A result that is `proved` where every configuration was gone through; its evidence are the network's statements.

    Raises:
        UsageError: a number out of range, or more actors than `MOST_ACTORS`.
        DataError: an actor of the network has no size, or a size can't be.
    """
    began = time.monotonic()
    if not 1 <= starts <= MOST_STARTS:
        raise UsageError(f"The number of starts is {starts}; it lies between 1 and {MOST_STARTS:,}.")
    if len(net.actors) > MOST_ACTORS:
        raise UsageError(
            f"The network has {len(net.actors):,} actors; a landscape takes at most {MOST_ACTORS:,}. Ask for a slice of it."
        )
    size = np.array([_size(sizes, name) for name in net.actors], dtype=np.float64)
    pull = _propensity(net, signs=signs) * size[:, None] * size
    heard = np.flatnonzero(pull.any(axis=1))
    found = landscape_numbers(pull[np.ix_(heard, heard)], starts=starts, seed=seed, progress=progress)
    names = [net.actors[i] for i in heard.tolist()]
    value = Landscape(
        minima=tuple(_minima(found, names, pull[np.ix_(heard, heard)], size[heard])),
        count=len(found.energy),
        tried=found.tried,
        exhaustive=found.exhaustive,
        sizes=MappingProxyType(dict(zip(net.actors, size.tolist(), strict=True))),
        unaffiliated=tuple(sorted(set(net.actors) - set(names))),
    )
    method = (
        f"steepest descent from all {found.tried:,} configurations"
        if found.exhaustive
        else f"steepest descent from {found.tried:,} random configurations; not proved, there may be further minima"
    )
    return Result(
        value,
        method=method,
        parameters=MappingProxyType(
            {
                "sizes": "given" if sizes is not None else "1 each",
                "propensity": "sign" if signs else "net weight",
                "starts": None if found.exhaustive else starts,
            }
        ),
        seed=seed,
        proved=found.exhaustive,
        lower_bound=float(found.energy[0]) if found.exhaustive else None,
        evidence=net.evidence.all(),
        seconds=time.monotonic() - began,
    )


def _size(sizes: Mapping[str, float] | None, name: str) -> float:
    if sizes is None:
        return 1.0
    if name not in sizes:
        raise DataError(
            f"No size is given for {clipped(name)!r}; add it to the sizes, or 0 for an actor that doesn't count."
        )
    size = float(sizes[name])
    if not 0 <= size <= LARGEST:  # nor is NaN
        raise DataError(
            f"The size of {clipped(name)!r} is {size:g}; it is a number of at least 0, in a sensible unit."
        )
    return size


def _propensity(net: SignedNetwork, *, signs: bool) -> NDArray[np.float64]:
    graph = net.graph()
    value = np.sign(graph.w).astype(np.float64) if signs else graph.w / TENTHS
    propensity = np.zeros((graph.n, graph.n))
    propensity[graph.a, graph.b] = propensity[graph.b, graph.a] = value
    return propensity


def _minima(
    found: Numbers, names: list[str], pull: NDArray[np.float64], size: NDArray[np.float64]
) -> Iterator[Minimum]:
    for side, depth, basin in zip(found.side[:MOST_MINIMA], found.energy, found.basin, strict=False):
        camps = [tuple(sorted(names[i] for i in np.flatnonzero(side == one).tolist())) for one in (0, 1)]
        weights = [float(size[side == one].sum()) for one in (0, 1)]
        if (weights[1], len(camps[1])) > (weights[0], len(camps[0])):
            camps.reverse()
        apart = (pull * (side[:, None] != side)).sum(axis=1) / size
        yield Minimum(
            camps=(camps[0], camps[1]),
            energy=float(depth),
            basin=float(basin) / found.tried,
            frustration=MappingProxyType(dict(zip(names, apart.tolist(), strict=True))),
            rise=MappingProxyType(dict(zip(names, rises(pull, side).tolist(), strict=True))),
        )
