"""What is computed of a tie, an actor or a coalition, ready to be shown with the statements behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allegiance.analysis.reasons import reasons
from allegiance.analysis.standing import standing
from allegiance.model import units

if TYPE_CHECKING:
    from collections.abc import Mapping

    from allegiance.analysis.coalitions import CoalitionStructure
    from allegiance.model import Result
    from allegiance.network import Contributions, SignedNetwork


def tie_facts(net: SignedNetwork, by_source: Mapping[str, SignedNetwork], a: str, b: str) -> dict[str, Any]:
    """Return what the tie between `a` and `b` adds up to, in all and by outlet."""
    return {
        "tie": _tie(net, a, b),
        "by_source": {source: _tie(part, a, b) for source, part in by_source.items()},
    }


def actor_facts(
    net: SignedNetwork,
    split: Result[CoalitionStructure],
    actor: str,
    counted: Contributions | None = None,
) -> dict[str, Any]:
    """Return where `actor` stands: its coalition, how firmly and on what, and its ties, the heaviest first.

    `counted` are the statements that the network was added up from, where they are at hand one by one.
    """
    stands = standing(net, counted, split)
    number = net.number_of(actor)
    ties = [net.tie(int(tie)) for tie in ((net.a == number) | (net.b == number)).nonzero()[0]]
    structure = split.value
    why = reasons(net, split, of=(actor,)).value
    return {
        "coalition": list(structure.coalitions[structure.of(actor)]),
        "firmness": stands.firmness[actor],
        "witness": stands.witnesses[actor].to_json(),
        "place": why.places[actor].to_json(),
        "reasons": [reason.to_json() for reason in why.ties],
        "unaffiliated": actor in structure.unaffiliated,
        "k": split.parameters["k"],
        "ties": [tie.to_json() for tie in sorted(ties, key=lambda tie: (-abs(tie.weight), tie.a, tie.b))],
    }


def coalition_facts(
    net: SignedNetwork,
    split: Result[CoalitionStructure],
    number: int,
    counted: Contributions | None = None,
) -> dict[str, Any]:
    """Return what holds coalition `number` (from 0) together and what strains it; `counted` as for `actor_facts`."""
    stands = standing(net, counted, split)
    members = set(split.value.coalitions[number])
    why = reasons(net, split, of=members).value
    inside = [tie for tie in net.ties() if tie.a in members and tie.b in members]
    across = [tie for tie in net.ties() if (tie.a in members) != (tie.b in members)]
    return {
        "coalition": sorted(members),
        "firmness": {actor: stands.firmness[actor] for actor in sorted(members)},
        "witnesses": {actor: stands.witnesses[actor].to_json() for actor in sorted(members)},
        "k": split.parameters["k"],
        "weight_within": units(sum(tie.weight for tie in inside)),
        "weight_to_others": units(sum(tie.weight for tie in across)),
        "reasons": [reason.to_json() for reason in why.ties],
        "strains": [tie.to_json() for tie in inside if tie.weight < 0],
        "ties": [tie.to_json() for tie in inside],
    }


def _tie(net: SignedNetwork, a: str, b: str) -> dict[str, Any] | None:
    if a not in net.actors or b not in net.actors:
        return None
    low, high = sorted((net.number_of(a), net.number_of(b)))
    found = ((net.a == low) & (net.b == high)).nonzero()[0]
    return net.tie(int(found[0])).to_json() if len(found) else None
