"""Who breaks a coalition: single actors and groups who would gain by leaving, and those without whom it all shifts."""

from __future__ import annotations

import time
from itertools import product
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from allegiance.analysis.askable import check_ties, wished_coalition
from allegiance.analysis.coalitions import answer, best_split
from allegiance.analysis.stability_answer import BlockingGroup, Departure, Pivot, Stability
from allegiance.analysis.wishes import Wishes
from allegiance.maths.blocking import blocking
from allegiance.maths.clock import Clock
from allegiance.maths.hedonic import Departures
from allegiance.maths.pivots import pivots
from allegiance.maths.places import ALONE, NOWHERE
from allegiance.model import Result

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from allegiance.analysis.coalitions import CoalitionStructure
    from allegiance.maths.blocking import Blocking
    from allegiance.maths.pivots import Pivots
    from allegiance.network import SignedNetwork, Tie


def stability(
    net: SignedNetwork,
    k: int | None = None,
    *,
    coalition: Sequence[str] = (),
    exactly: bool = False,
    time_limit: float | None = None,
    seed: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> Result[Stability]:
    """Ask of a coalition structure who would break it.

    An actor is taken to want the coalition with which its ties add up to most: the additively separable hedonic game, with
    being alone worth nothing. Nash stable: nobody gains by moving to another coalition or alone. Individually stable: nobody
    gains by moving to where nobody loses by it (Bogomolnaia and Jackson 2002, doi:10.1006/game.2001.0877). In the core: there
    is no group, however formed, in which every member has more than now (Banerjee, Konishi and Sönmez 2001,
    doi:10.1007/s003550000067); to tell that is coNP-complete (Aziz, Brandt and Seedig 2013,
    doi:10.1016/j.artint.2012.09.006), so it is searched for with proof or bound. A pivot is an actor after whose leaving the
    network the present split of the others violates more than their best split.

    As ties are symmetric, the best split into as many coalitions as fit is Nash stable; a wished coalition, or a fixed number
    of them, need not be. Whoever leaves may always be alone, whatever `k` is.

    Args:
        net: the network; weights are its net weights in integer tenths.
        k: 2, another largest number of coalitions, or None for as many as fit.
        coalition: actors who are to be together; the others stand where it violates least. Empty: ask of the best split.
        exactly: whether nobody else may be with them.
        time_limit: seconds for each search (splits, groups, pivots); None for no limit.
        seed: seed of the searches.
        progress: told (actors asked, all actors) while pivots are sought.

    Returns:
        A result that is `proved` when the split is best, the core is decided, and so is every actor's being a pivot.

    Raises:
        UnknownNameError: the coalition names an actor that the network doesn't have.
        UsageError: a coalition of one or of all, or k below 1.
        ContradictionError: a coalition that can't be alone in so many coalitions.
        DataError: the network has no ties.
    """
    began = time.monotonic()
    check_ties(net)
    wished = wished_coalition(net, coalition) if coalition else ()
    wishes = _wishes(net, wished, exactly=exactly)
    best = best_split(net, k, wishes=wishes, time_limit=time_limit, seed=seed)
    split = answer(net, k, best, wishes=wishes, time_limit=time_limit, seed=seed)
    free = None
    if wished:
        without = best_split(net, k, time_limit=time_limit, seed=seed)
        free = answer(net, k, without, time_limit=time_limit, seed=seed)
    graph = net.graph()
    leaving = Departures.of(graph, best.labels)
    clock = Clock(time_limit)
    with clock.listening():
        group = blocking(graph, leaving.own, clock=clock, seed=seed)
    turning = pivots(
        graph,
        k,
        best.labels,
        constraints=wishes.constraints(net),
        time_limit=0 if clock.interrupted else time_limit,
        seed=seed,
        progress=progress,
    )
    found, undecided = _pivots(net, turning)
    value = Stability(
        split=split,
        wished=wished,
        exactly=exactly,
        free=free,
        departures=_departures(net, best.labels, split.value, leaving, wished),
        blocking=_group(net, group, leaving.own),
        blocking_at_most=group.bound,
        pivots=found,
        undecided_pivots=undecided,
    )
    programs = f"{group.searched} mixed-integer programs" if group.searched else "peeling in whole numbers"
    return Result(
        value,
        method=f"{split.method}; single moves by adding up; groups by {programs}; pivots by solving without each actor",
        parameters=MappingProxyType(
            {
                "k": "any" if k is None else k,
                "coalition": list(wished),
                "exactly": exactly,
                "time_limit": time_limit,
            }
        ),
        seed=seed,
        proved=split.proved and (value.core != "open") and not undecided,
        evidence=net.evidence.all(),
        seconds=time.monotonic() - began,
    )


def _wishes(net: SignedNetwork, wished: tuple[str, ...], *, exactly: bool) -> Wishes:
    if not wished:
        return Wishes()
    members = set(wished)
    strangers = [name for name in net.actors if name not in members]
    return Wishes(together=(wished,), apart=tuple(product(wished, strangers)) if exactly else ())


def _departures(
    net: SignedNetwork,
    labels: NDArray[np.int32],
    structure: CoalitionStructure,
    leaving: Departures,
    wished: tuple[str, ...],
) -> tuple[Departure, ...]:
    names = np.array(net.actors, dtype=object)
    groups = [
        tuple(sorted(names[labels == number].tolist())) for number in range(int(labels.max(initial=-1)) + 1)
    ]
    number_of = {members: number for number, members in enumerate(structure.coalitions)}
    gain, welcome = leaving.gain.tolist(), leaving.welcome_gain.tolist()
    places, welcomes = leaving.place.tolist(), leaving.welcome_place.tolist()

    def members(place: int) -> tuple[str, ...] | None:
        return None if place == NOWHERE else () if place == ALONE else groups[place]

    found = [
        Departure(
            actor=name,
            coalition=number_of[groups[int(labels[i])]],
            worth=int(leaving.own[i]),
            gain=gain[i],
            to=members(places[i]),
            welcome_gain=welcome[i],
            welcome_to=members(welcomes[i]),
            ties=_ties(net, labels, i, places[i]) if gain[i] > 0 or name in wished else (),
        )
        for i, name in enumerate(net.actors)
    ]
    return tuple(sorted(found, key=lambda one: (-one.gain, one.actor)))


def _ties(net: SignedNetwork, labels: NDArray[np.int32], actor: int, place: int) -> tuple[Tie, ...]:
    """Return the ties of an actor within its coalition and with another place."""
    other = np.where(net.a == actor, net.b, net.a)
    mine = ((net.a == actor) | (net.b == actor)) & np.isin(labels[other], [labels[actor], place])
    return tuple(net.tie(number) for number in np.flatnonzero(mine).tolist())


def _group(net: SignedNetwork, found: Blocking, worth: NDArray[np.int64]) -> BlockingGroup | None:
    if not len(found.members):
        return None
    graph = net.graph()
    inside = np.zeros(graph.n, dtype=bool)
    inside[found.members] = True
    total = -worth
    np.add.at(total, graph.a, np.where(inside[graph.b], graph.w, 0))
    np.add.at(total, graph.b, np.where(inside[graph.a], graph.w, 0))
    gains = {net.actors[i]: int(total[i]) for i in found.members.tolist()}
    return BlockingGroup(MappingProxyType(dict(sorted(gains.items()))), found.bound)


def _pivots(net: SignedNetwork, found: Pivots) -> tuple[tuple[Pivot, ...], tuple[str, ...]]:
    sure = [
        Pivot(
            actor=name,
            saves=int(found.left[i] - found.value[i]),
            saves_at_most=int(found.left[i] - found.lower_bound[i]),
            moved=tuple(sorted(net.actors[j] for j in found.moved[i].tolist())),
        )
        for i, name in enumerate(net.actors)
        if found.value[i] < found.left[i]
    ]
    undecided = (found.value == found.left) & (found.lower_bound < found.left) | ~found.asked
    return (
        tuple(sorted(sure, key=lambda one: (-one.saves, one.actor))),
        tuple(net.actors[i] for i in np.flatnonzero(undecided).tolist()),
    )
