"""Whether what was read makes the same coalitions as what is annotated: the question that networks are made for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from allegiance.evaluation.passage import AUTHOR
from allegiance.evaluation.passage_scores import UNKNOWN
from allegiance.maths.graph import SignedGraph
from allegiance.maths.partitions import adjusted_rand
from allegiance.maths.solve import solve

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from allegiance.evaluation.passage_scores import Fact


def agreement(actors: Sequence[str], gold: Sequence[Fact], found: Sequence[Fact]) -> float:
    """Return the adjusted Rand index of the coalitions that two sets of facts make, over `actors` (two at least).

    1 for equal ones, about 0 for unrelated ones (L. Hubert, P. Arabie, Comparing partitions, 1985, doi:10.1007/BF01908075).
    """
    return adjusted_rand(coalitions(actors, gold), coalitions(actors, found))


def coalitions(actors: Sequence[str], facts: Sequence[Fact]) -> NDArray[np.int64]:
    """Return the coalition of each of `actors`, shape (actors,): as many as fit, found by the exact solver.

    All facts are added up, each with the weight of its act, also those with parties that aren't asked for: they may stand
    between two who are. Who has no tie stands alone. What the author himself judges is no tie between parties, as in the
    default counting of networks.
    """
    sided = [one for one in facts if UNKNOWN + AUTHOR not in (one.actor, one.target)]
    everybody = list(dict.fromkeys([*actors, *(name for one in sided for name in (one.actor, one.target))]))
    place = {name: number for number, name in enumerate(everybody)}
    graph = SignedGraph.of(
        len(everybody),
        [place[one.actor] for one in sided],
        [place[one.target] for one in sided],
        [one.sign * one.told.weight for one in sided],
    )
    labels = solve(graph, None).labels.astype(np.int64)
    alone = np.setdiff1d(np.arange(len(everybody)), np.concatenate((graph.a, graph.b)))
    labels[alone] = len(everybody) + alone
    return np.unique(labels[: len(actors)], return_inverse=True)[1].astype(np.int64)
