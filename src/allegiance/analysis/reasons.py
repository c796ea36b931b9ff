"""Why is the answer as it is? For each violated tie a cycle that no split keeps; for each actor what its place costs."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from allegiance.maths.bad_cycle import BadCycles
from allegiance.maths.places import ALONE, NOWHERE, Places
from allegiance.model import Result, units

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from allegiance.analysis.coalitions import CoalitionStructure
    from allegiance.network import SignedNetwork, Tie

MOST_REASONS = 500


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a tie is violated.

    Attributes:
        tie: the violated tie.
        cycle: the actors of a shortest bad cycle, from `tie.a` round to `tie.b`; empty where there is none.
        ties: the ties along it, the violated one last; only that one where there is no cycle.
        words: the same as a sentence.
    """

    tie: Tie
    cycle: tuple[str, ...]
    ties: tuple[Tie, ...]
    words: str

    @property
    def statements(self) -> tuple[str, ...]:
        """Ids of the statements along the cycle."""
        return tuple(dict.fromkeys(stmt for tie in self.ties for stmt in tie.statements))

    def to_json(self) -> dict[str, Any]:
        """Return the reason under the documented keys of ``--json``."""
        return {
            "tie": [self.tie.a, self.tie.b],
            "weight": units(self.tie.weight),
            "cycle": list(self.cycle),
            "words": self.words,
            "statements": list(self.statements),
        }


@dataclass(frozen=True, slots=True)
class Place:
    """What an actor's place costs, the others staying where they are; weights in integer tenths.

    Attributes:
        cost: weight of its ties that are violated where it is.
        other: the best other coalition's number from 0, None for a place of its own.
        other_cost: what would be violated there; None where no other place is allowed.
    """

    cost: int
    other: int | None
    other_cost: int | None

    def to_json(self) -> dict[str, Any]:
        """Return the place under the documented keys of ``--json``; coalitions are C1, C2, ... or alone."""
        if self.other_cost is None:
            return {"cost": units(self.cost), "other": None, "other_cost": None}
        other = "alone" if self.other is None else f"C{self.other + 1}"
        return {"cost": units(self.cost), "other": other, "other_cost": units(self.other_cost)}


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why a split is as it is.

    Attributes:
        ties: reasons for violated ties, the heaviest first.
        complete: whether these are all of them.
        places: what the place of each actor costs.
    """

    ties: tuple[Reason, ...]
    complete: bool
    places: Mapping[str, Place]


def reasons(
    net: SignedNetwork,
    split: Result[CoalitionStructure],
    *,
    of: Collection[str] | None = None,
    most: int = MOST_REASONS,
) -> Result[Reasons]:
    """Explain a split: why each violated tie can't be kept, and what each actor's place costs.

    A violated tie is explained by a cycle of ties that contradict each other (see `maths.bad_cycle`): whichever split is
    chosen, one of them is violated. The cycle is a shortest one whose other ties the split keeps.

    Args:
        net: the network that was split.
        split: the answer of `coalitions` for it.
        of: only the ties of these actors.
        most: explain at most so many ties, the heaviest.
    """
    structure = split.value
    place = {name: number for number, members in enumerate(structure.coalitions) for name in members}
    labels = np.array([place[name] for name in net.actors], dtype=np.int64)
    graph = net.graph()
    cycles = BadCycles(graph, structure.k, labels)
    number = {name: i for i, name in enumerate(net.actors)}
    asked = [tie for tie in structure.violated if of is None or tie.a in of or tie.b in of]
    chosen = sorted(asked, key=lambda tie: (-abs(tie.weight), tie.a, tie.b))[:most]
    found = []
    for tie in chosen:
        way = cycles.through(number[tie.a], number[tie.b], positive=tie.weight > 0)
        found.append(_reason(net, split, tie, way))
    places = Places.of(graph, structure.k, labels)
    return Result(
        Reasons(tuple(found), len(chosen) == len(asked), MappingProxyType(_places(net, places))),
        method="shortest bad cycles of kept ties through each violated tie",
        parameters=MappingProxyType({**split.parameters, "most": most}),
        seed=split.seed,
        proved=split.proved,
        evidence=tuple(dict.fromkeys(stmt for reason in found for stmt in reason.statements)),
    )


def to_json(result: Result[Reasons]) -> dict[str, Any]:
    """Return the keys that ``coalitions --reasons --json`` adds."""
    return {
        "reasons": [reason.to_json() for reason in result.value.ties],
        "reasons_complete": result.value.complete,
        "places": {actor: place.to_json() for actor, place in result.value.places.items()},
    }


def _reason(
    net: SignedNetwork, split: Result[CoalitionStructure], tie: Tie, way: Sequence[int] | None
) -> Reason:
    if way is None:
        return Reason(tie, (), (tie,), f"{_clause(tie.a, tie)} {tie.b}: {_without_cycle(split)}")
    one, two = np.minimum(way[:-1], way[1:]), np.maximum(way[:-1], way[1:])
    ties = (*(net.tie(found) for found in net.ties_between(one, two)), tie)
    names = tuple(net.actors[actor] for actor in way)
    return Reason(tie, names, ties, _words(names, ties))


def _words(names: Sequence[str], ties: Sequence[Tie]) -> str:
    """Return a cycle as a sentence: "A sides with B, B with C, yet A is against C"."""
    clauses = []
    before = 0
    for name, other, tie in zip(names, names[1:], ties, strict=False):
        sign = 1 if tie.weight > 0 else -1
        verb = ("with" if sign > 0 else "against") if sign == before else _verb(sign)
        clauses.append(f"{name} {verb} {other}")
        before = sign
    last = ties[-1]
    return f"{', '.join(clauses)}, yet {names[0]} {_verb(last.weight)} {names[-1]}"


def _verb(weight: int) -> str:
    return "sides with" if weight > 0 else "is against"


def _clause(actor: str, tie: Tie) -> str:
    return f"{actor} {_verb(tie.weight)}"


def _without_cycle(split: Result[CoalitionStructure]) -> str:
    if split.value.wishes:
        return "no cycle of ties stands against it, but the wishes for the split do"
    if isinstance(split.parameters["k"], int):
        return f"no cycle of ties stands against it, but the limit of {split.parameters['k']} coalitions does"
    return (
        "no cycle of ties stands against it; a better split than this one, which is not proved, may keep it"
    )


def _places(net: SignedNetwork, places: Places) -> dict[str, Place]:
    found = {}
    rows = zip(
        net.actors,
        (places.positive - places.own).tolist(),
        places.other.tolist(),
        (places.positive - places.best).tolist(),
        strict=True,
    )
    for actor, cost, other, other_cost in rows:
        if other == NOWHERE:
            found[actor] = Place(cost, None, None)
        else:
            found[actor] = Place(cost, None if other == ALONE else other, other_cost)
    return found
