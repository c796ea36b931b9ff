"""Proofs that leave the program: a split's certificate with the actors' names, and its check against a network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from allegiance.analysis.coalitions import NO_WISHES
from allegiance.errors import DataError
from allegiance.maths.certificate import Certificate, Verdict, check
from allegiance.maths.graph import SignedGraph
from allegiance.maths.proof import certify

if TYPE_CHECKING:
    from allegiance.analysis.wishes import Wishes
    from allegiance.maths.solve import Split
    from allegiance.network import SignedNetwork

FORMAT = "allegiance certificate 1"


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


def verify(data: Any, net: SignedNetwork) -> Verdict:  # noqa: ANN401 - whatever the file holds
    """Check a saved certificate against a network, in whole numbers (tenths) and without any solver.

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
    if (
        not isinstance(names, list)
        or len(set(map(str, names))) != len(names)
        or set(names) != set(net.actors)
    ):
        return Verdict(valid=False, reason="The certificate speaks of other actors than this network has.")
    place = {name: number for number, name in enumerate(names)}
    renamed = np.array([place[actor] for actor in net.actors], dtype=np.int64)
    graph = net.graph()
    return check(certificate, SignedGraph.of(graph.n, renamed[graph.a], renamed[graph.b], graph.w))
