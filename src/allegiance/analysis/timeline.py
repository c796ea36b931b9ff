"""How do the coalitions change through time, who moves when, and which ties move it?"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from allegiance.errors import UsageError
from allegiance.maths.matching import matched, turned
from allegiance.maths.multislice import Multislice
from allegiance.maths.separation import components
from allegiance.maths.solve import canonical, solve
from allegiance.model import Result, units
from allegiance.model.result import TENTHS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from allegiance.model import DateInterval
    from allegiance.network import SignedNetwork
    from allegiance.network.slices import Slice, Slices

TWO = 2
MOST_LEADERS = 5


@dataclass(frozen=True, slots=True)
class Moment:
    """The coalitions of one slice.

    Attributes:
        label: the slice's name.
        span: its days.
        coalitions: members by the coalition's number, which is the same through time; names sorted.
        frustration: integer tenths, weight of this slice's ties that the split violates.
        ties: how many ties the slice has.
    """

    label: str
    span: DateInterval
    coalitions: Mapping[int, tuple[str, ...]]
    frustration: int
    ties: int


@dataclass(frozen=True, slots=True)
class TieChange:
    """How a tie to `other` pulled an actor from one coalition to another; net weights in integer tenths.

    Attributes:
        other: the other end.
        before: its weight in the slice before the move, 0 where there was no tie; `after` in the slice after it.
        after: see `before`.
        pull: by how much more the tie speaks for the new coalition against the old than it did before.
        statements: ids of the statements behind it, in either slice.
    """

    other: str
    before: int
    after: int
    pull: int
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """That an actor is in another coalition than when it was last seen.

    Attributes:
        actor: who.
        before: name of the slice in which it was last seen in the coalition `left`; `after` the next one.
        after: see `before`.
        left: number of the coalition that it left; `joined` of the one that it joined.
        joined: see `left`.
        along: the others that made the same move between the same slices; they may have moved each other.
        ties: the ties to all others that moved it, the strongest first. None where it only went along.
    """

    actor: str
    before: str
    after: str
    left: int
    joined: int
    along: tuple[str, ...]
    ties: tuple[TieChange, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """Coalitions through time under stable numbers.

    Attributes:
        k: 2, any other fixed number, or None for as many as fit.
        gamma: integer tenths, what it costs that an actor is in another coalition than when it was last seen.
        moments: the slices in the order of time.
        leaders: for each coalition the members that its ties hold most, the first being who to call it by.
        moves: who moved when, in the order of time.
        frustration: integer tenths, weight of all violated ties in all slices, without the moves.
        overlapping: whether slices share days.
        undated: how many statements had no date and stand in no slice.
    """

    k: int | None
    gamma: int
    moments: tuple[Moment, ...]
    leaders: Mapping[int, tuple[str, ...]]
    moves: tuple[Move, ...]
    frustration: int
    overlapping: bool
    undated: int

    @property
    def cost(self) -> int:
        """What was made as small as possible: violated ties and gamma for each move, integer tenths."""
        return self.frustration + self.gamma * len(self.moves)


def timeline(
    slices: Slices,
    k: int | None = None,
    *,
    gamma: float | None = None,
    time_limit: float | None = None,
    seed: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> Result[Timeline]:
    """Find the coalitions of all slices at once, so that they change only where the ties outweigh staying.

    The slices are joined to one network, in which each actor is linked with itself at its next appearance by a positive
    tie of weight gamma (Mucha et al. 2010, doi:10.1126/science.1184819), and that network is split as by `coalitions`.
    The least weight then counts violated ties and gamma for each move.

    Args:
        slices: the network, cut along time.
        k: 2, another largest number of coalitions, or None for as many as fit.
        gamma: in units; None for the median size of a tie in a slice, so that a change of mind costs as much as an
            ordinary tie. With 0 each slice stands for itself and coalitions are only called by the same numbers.
        time_limit: seconds after which the best answer so far is returned with its bound.
        seed: seed of the search.
        progress: called with (value, lower bound) in tenths whenever either gets better.

    Returns:
        A result whose `lower_bound` is in integer tenths, and `proved` when it meets `value.cost`.

    Raises:
        UsageError: a negative gamma, or k below 1.
    """
    nets = [one.net for one in slices.slices]
    link = _median(nets) if gamma is None else _link(gamma)
    number = _numbers(nets)
    own = [np.array([number[name] for name in net.actors], dtype=np.int64) for net in nets]
    joined = Multislice.of(own, [net.graph() for net in nets], link)
    split = solve(joined.graph, k, time_limit=time_limit, seed=seed, progress=progress)
    labels = split.labels if link else canonical(_followed(joined, split.labels, k))
    value = Timeline(
        k=k,
        gamma=link,
        moments=tuple(_moment(one, labels[joined.slice == place]) for place, one in enumerate(slices.slices)),
        leaders=_leaders(joined, labels, tuple(number)),
        moves=tuple(_moves(slices.slices, joined, labels, tuple(number))),
        frustration=joined.graph.frustration(labels)
        - link * int((labels[joined.earlier] != labels[joined.later]).sum()),
        overlapping=slices.overlapping,
        undated=slices.undated,
    )
    return Result(
        value,
        method=f"{split.method}, on {len(nets)} slices joined by {len(joined.earlier):,} links",
        parameters=MappingProxyType(
            {"k": "any" if k is None else k, "gamma": units(link), "time_limit": time_limit}
        ),
        seed=seed,
        proved=split.proved,
        lower_bound=split.lower_bound,
        evidence=tuple(dict.fromkeys(stmt for net in nets for stmt in net.evidence.all())),
        seconds=split.seconds,
    )


def to_json(result: Result[Timeline]) -> dict[str, Any]:
    """Return a result of `timeline` under the documented keys of ``--json``; weights in units."""
    found, bound = result.value, int(result.lower_bound or 0)
    return {
        "value": units(found.cost),
        "lower_bound": units(bound),
        "gap": (found.cost - bound) / found.cost if found.cost else 0.0,
        "proved": result.proved,
        "k": result.parameters["k"],
        "gamma": units(found.gamma),
        "violated_weight": units(found.frustration),
        "slices": [
            {
                "label": moment.label,
                "first": str(moment.span.first),
                "last": str(moment.span.last),
                "ties": moment.ties,
                "violated_weight": units(moment.frustration),
                "coalitions": {f"C{name + 1}": list(members) for name, members in moment.coalitions.items()},
            }
            for moment in found.moments
        ],
        "leaders": {f"C{name + 1}": list(actors) for name, actors in found.leaders.items()},
        "moves": [
            {
                "actor": move.actor,
                "before": move.before,
                "after": move.after,
                "from": f"C{move.left + 1}",
                "to": f"C{move.joined + 1}",
                "along": list(move.along),
                "ties": [
                    {
                        "other": tie.other,
                        "before": units(tie.before),
                        "after": units(tie.after),
                        "pull": units(tie.pull),
                        "statements": list(tie.statements),
                    }
                    for tie in move.ties
                ],
            }
            for move in found.moves
        ],
        "overlapping": found.overlapping,
        "undated": found.undated,
        "method": result.method,
        "parameters": dict(result.parameters),
        "seed": result.seed,
        "seconds": result.seconds,
    }


def _link(gamma: float) -> int:
    tenths = round(gamma * TENTHS) if 0 <= gamma < 2**53 else -1
    if tenths < 0 or (gamma and not tenths):
        raise UsageError(f"Gamma is {gamma}; it must be 0, or at least 0.1, the least weight of a tie.")
    return tenths


def _median(nets: list[SignedNetwork]) -> int:
    sizes = np.abs(np.concatenate([np.zeros(0, dtype=np.int64), *(net.weight for net in nets)]))
    sizes = sizes[sizes > 0]
    return int(np.median(sizes)) if len(sizes) else TENTHS


def _numbers(nets: list[SignedNetwork]) -> dict[str, int]:
    numbers: dict[str, int] = {}
    for net in nets:
        for name in net.actors:
            numbers.setdefault(name, len(numbers))
    return numbers


def _followed(joined: Multislice, labels: NDArray[np.int32], k: int | None) -> NDArray[np.int64]:
    """Call the coalitions of slices without links by the names that they had in the slices before."""
    renamed = labels.astype(np.int64)
    last = np.full(int(joined.actor.max(initial=-1)) + 1, -1, dtype=np.int64)
    parts = components(joined.graph.n, joined.graph.a, joined.graph.b)
    for place in range(int(joined.slice.max(initial=-1)) + 1):
        here = joined.slice == place
        actors = joined.actor[here]
        if k == TWO:
            part = np.unique(parts[here], return_inverse=True)[1]
            renamed[here] = turned(last[actors], labels[here], part)
        else:
            group = np.unique(labels[here], return_inverse=True)[1]
            # Names of coalitions that nobody here was in last must stay taken, or they would be given anew.
            here_names = matched(last[actors], group)
            fresh = here_names > last[actors].max(initial=-1)
            here_names[fresh] += int(last.max(initial=-1)) - int(last[actors].max(initial=-1))
            renamed[here] = here_names
        last[actors] = renamed[here]
    return renamed


def _moment(one: Slice, labels: NDArray[np.int32]) -> Moment:
    members: dict[int, list[str]] = {}
    for name, label in sorted(zip(one.net.actors, labels.tolist(), strict=True)):
        members.setdefault(label, []).append(name)
    return Moment(
        one.label,
        one.span,
        MappingProxyType({label: tuple(members[label]) for label in sorted(members)}),
        one.net.graph().frustration(labels),
        len(one.net),
    )


def _leaders(
    joined: Multislice, labels: NDArray[np.int32], names: tuple[str, ...]
) -> Mapping[int, tuple[str, ...]]:
    """Return for each coalition the actors with the most weight of ties (in all slices) within it, then the longest in it."""
    graph = joined.graph
    inside = (labels[graph.a] == labels[graph.b]) & (joined.slice[graph.a] == joined.slice[graph.b])
    weight = np.zeros(graph.n, dtype=np.int64)
    np.add.at(weight, graph.a[inside], graph.w[inside])
    np.add.at(weight, graph.b[inside], graph.w[inside])
    cells, cell_of, stays = np.unique(
        labels.astype(np.int64) * len(names) + joined.actor, return_inverse=True, return_counts=True
    )
    total = np.zeros(len(cells), dtype=np.int64)
    np.add.at(total, cell_of, weight)
    leaders: dict[int, list[str]] = {}
    for cell in np.lexsort((cells, -stays, -total)).tolist():
        members = leaders.setdefault(int(cells[cell]) // len(names), [])
        if len(members) < MOST_LEADERS:
            members.append(names[int(cells[cell]) % len(names)])
    return MappingProxyType({label: tuple(leaders[label]) for label in sorted(leaders)})


class _Neighbours:
    """The ties of each actor in each slice: (slice, actor) -> other -> tie number."""

    def __init__(self, slices: tuple[Slice, ...], joined: Multislice, names: tuple[str, ...]) -> None:
        self._slices = slices
        # A vertex of the joined network by slice and name, to look up labels.
        self.vertex = {
            (place, names[actor]): vertex
            for vertex, (place, actor) in enumerate(
                zip(joined.slice.tolist(), joined.actor.tolist(), strict=True)
            )
        }
        self._ties: list[dict[str, dict[str, int]]] = []
        for one in slices:
            of: dict[str, dict[str, int]] = {}
            for tie, (a, b) in enumerate(zip(one.net.a.tolist(), one.net.b.tolist(), strict=True)):
                low, high = one.net.actors[a], one.net.actors[b]
                of.setdefault(low, {})[high] = tie
                of.setdefault(high, {})[low] = tie
            self._ties.append(of)

    def of(self, place: int, actor: str) -> dict[str, int]:
        """Return the ties of `actor` in a slice, by the other end."""
        return self._ties[place].get(actor, {})

    def weight(self, place: int, tie: int | None) -> int:
        """Return the net weight of a tie in a slice, 0 for no tie."""
        return 0 if tie is None else int(self._slices[place].net.weight[tie])

    def statements(self, place: int, tie: int | None) -> tuple[str, ...]:
        """Return the statements of a tie in a slice."""
        return () if tie is None else self._slices[place].net.evidence.of(tie)


def _moves(
    slices: tuple[Slice, ...], joined: Multislice, labels: NDArray[np.int32], names: tuple[str, ...]
) -> list[Move]:
    near = _Neighbours(slices, joined, names)
    moved = np.flatnonzero(labels[joined.earlier] != labels[joined.later])
    fellows: dict[tuple[int, int, int, int], list[str]] = {}
    for link in moved.tolist():
        one, two = int(joined.earlier[link]), int(joined.later[link])
        move = (int(joined.slice[two]), int(joined.slice[one]), int(labels[one]), int(labels[two]))
        fellows.setdefault(move, []).append(names[joined.actor[one]])
    return [
        Move(
            actor,
            slices[before].label,
            slices[after].label,
            left,
            joins,
            tuple(other for other in sorted(actors) if other != actor),
            _changes(near, labels, (actor, set(actors)), (before, after), (left, joins)),
        )
        for (after, before, left, joins), actors in sorted(fellows.items())
        for actor in sorted(actors)
    ]


def _changes(
    near: _Neighbours,
    labels: NDArray[np.int32],
    who: tuple[str, set[str]],
    when: tuple[int, int],
    place: tuple[int, int],
) -> tuple[TieChange, ...]:
    """Return the ties to others than fellow movers that speak more for the new place against the old than before."""
    actor, fellows = who
    before, after = when
    left, joins = place
    old, new = near.of(before, actor), near.of(after, actor)

    def speaks(slice_number: int, other: str, weight: int) -> int:
        """Return how much the tie speaks for the new place: the weight if the other end is there, minus if it is in the old."""
        label = labels[near.vertex[slice_number, other]]
        return weight if label == joins else -weight if label == left else 0

    changes = []
    for other in {**old, **new}.keys() - fellows:
        was, is_now = near.weight(before, old.get(other)), near.weight(after, new.get(other))
        pull = (speaks(after, other, is_now) if other in new else 0) - (
            speaks(before, other, was) if other in old else 0
        )
        if pull > 0:
            stmts = (*near.statements(before, old.get(other)), *near.statements(after, new.get(other)))
            changes.append(TieChange(other, was, is_now, pull, tuple(dict.fromkeys(stmts))))
    return tuple(sorted(changes, key=lambda change: (-change.pull, change.other)))
