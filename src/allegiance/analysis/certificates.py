"""Proofs that leave the program: a split's certificate with the actors' names, and its check against a network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from allegiance.analysis.coalitions import NO_WISHES
from allegiance.errors import ContradictionError, DataError
from allegiance.maths.certificate import Certificate, Verdict, check
from allegiance.maths.constraints import Classes
from allegiance.maths.graph import SignedGraph
from allegiance.maths.proof import certify
from allegiance.maths.question import Question

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from allegiance.analysis.wishes import Wishes
    from allegiance.maths.solve import Split
    from allegiance.network import SignedNetwork

FORMAT = "allegiance certificate 1"


@dataclass(frozen=True, slots=True)
class NamedQuestion:
    """What is asked of a network, in the names of its actors.

    Attributes:
        k: at most so many coalitions, None for as many as fit.
        together: pairs of actors that every split must keep together.
        apart: pairs that it must keep apart.
    """

    k: int | None
    together: tuple[tuple[str, str], ...]
    apart: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, question: Question, names: Sequence[str]) -> NamedQuestion:
        """Give actor i of a `question` the name names[i]."""
        together, apart = (
            tuple((names[a], names[b]) for a, b in pairs) for pairs in (question.together, question.apart)
        )
        return cls(question.k, together, apart)

    def numbered(self, place: Mapping[str, int]) -> Question:
        """Return the question about actors with the numbers `place`."""
        together, apart = (
            tuple((place[a], place[b]) for a, b in pairs) for pairs in (self.together, self.apart)
        )
        return Question(self.k, together, apart)

    def to_json(self) -> dict[str, Any]:
        """Return the question under the documented keys of ``--json``."""
        pairs = {
            "together": [list(pair) for pair in self.together],
            "apart": [list(pair) for pair in self.apart],
        }
        return {"k": "any" if self.k is None else self.k, **pairs}

    def __str__(self) -> str:
        """Return the question in words: what a split may be."""
        many = "as many coalitions as fit" if self.k is None else f"at most {self.k} coalitions"
        wishes = [f"{a} and {b} together" for a, b in self.together]
        wishes += [f"{a} and {b} apart" for a, b in self.apart]
        return f"{many}, {', '.join(wishes) if wishes else 'no wishes'}"


def to_certificate(
    net: SignedNetwork,
    k: int | None,
    split: Split,
    *,
    wishes: Wishes = NO_WISHES,
) -> dict[str, Any]:
    """Return the certificate of a `split` that `best_split` found for the same network, k and wishes, ready for JSON."""
    certificate = certify(net.graph(), k, split, constraints=wishes.constraints(net))
    return {"format": FORMAT, "actors": list(net.actors), "proof": certificate.as_json()}


def asked(net: SignedNetwork, k: int | None, wishes: Wishes = NO_WISHES) -> NamedQuestion:
    """Return the question for splits of a network into `k` coalitions that keep the `wishes`, sizes left out.

    Raises:
        UnknownNameError: a wish names an actor that the network doesn't have.
        ContradictionError: the wishes exclude each other.
    """
    constraints = wishes.constraints(net)
    try:
        Classes.under(constraints, len(net.actors), k)
    except ContradictionError as contradiction:
        raise contradiction.named(net.actors) from contradiction
    together, apart = constraints.pairs()
    return NamedQuestion.of(Question(k, tuple(together), tuple(apart)), net.actors)


def verify(data: Any, net: SignedNetwork, question: NamedQuestion) -> Verdict:  # noqa: ANN401 - whatever the file holds
    """Check in whole numbers (tenths) and without any solver that a saved certificate answers a question about a network.

    Actors are matched by name, so that it doesn't matter in which order the network lists them.

    Raises:
        DataError: the data is no certificate at all.
    """
    if not isinstance(data, dict) or data.get("format") != FORMAT or not isinstance(data.get("proof"), dict):
        raise DataError(
            "This is no certificate of allegiance; make one with: allegiance coalitions ... --certificate FILE."
        )
    certificate = Certificate.from_json(data["proof"])
    names = data.get("actors")
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise DataError("The certificate is damaged: its actors are no list of names.")
    if len(set(names)) != len(names) or set(names) != set(net.actors):
        return Verdict(valid=False, reason="The certificate speaks of other actors than this network has.")
    place = {name: number for number, name in enumerate(names)}
    wanted, answered = question.numbered(place), certificate.question
    if answered.stranger(len(names)) is None and not answered.allows_the_same(wanted, len(names)):
        told = NamedQuestion.of(answered, names)
        return Verdict(
            valid=False, reason=f"It answers another question ({told}) than is asked here ({question})."
        )
    renamed = np.array([place[actor] for actor in net.actors], dtype=np.int64)
    graph = net.graph()
    return check(certificate, SignedGraph.of(graph.n, renamed[graph.a], renamed[graph.b], graph.w), wanted)
