"""What is measured: our engine and its peers, each a function from a graph to a split.

The peers (igraph and leidenalg are GPL) are measured here, never dependencies. Each is imported only where it runs,
so that neither memory nor libraries mix.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from allegiance.maths.graph import SignedGraph

    Labels = NDArray[np.integer]
    Answer = tuple[Labels, int | None]

SEED = 1


@dataclass(frozen=True, slots=True)
class Method:
    """A way to split a network.

    Attributes:
        run: from (graph, k, seconds) to (labels, lower bound or None).
        ks: the numbers of coalitions that it can be asked for, None for as many as fit.
        most_ties: larger networks would take hours.
    """

    run: Callable[[SignedGraph, int | None, float], Answer]
    ks: tuple[int | None, ...]
    most_ties: int = 100_000_000


def allegiance(graph: SignedGraph, k: int | None, seconds: float) -> Answer:
    """Split as the program does."""
    from allegiance.maths.solve import solve

    split = solve(graph, k, time_limit=seconds, seed=SEED)
    return split.labels, split.lower_bound


def igraph_leiden(iterations: int) -> Callable[[SignedGraph, int | None, float], Answer]:
    """Return igraph's Leiden with so many iterations, -1 for as long as something changes."""

    def run(graph: SignedGraph, k: int | None, seconds: float) -> Answer:  # noqa: ARG001 - the peer has no limits
        import igraph

        random.seed(SEED)
        net = igraph.Graph(n=graph.n, edges=np.stack((graph.a, graph.b), axis=1))
        found = net.community_leiden(
            objective_function="CPM",
            weights=graph.w.astype(float),
            resolution=0,
            n_iterations=iterations,
        )
        return np.asarray(found.membership), None

    return run


def leidenalg(graph: SignedGraph, k: int | None, seconds: float) -> Answer:  # noqa: ARG001 - the peer has no limits
    """Split by leidenalg's CPM without resolution: the weight within coalitions is what it maximises."""
    import igraph
    import leidenalg as peer

    net = igraph.Graph(n=graph.n, edges=np.stack((graph.a, graph.b), axis=1))
    found = peer.find_partition(
        net,
        peer.CPMVertexPartition,
        weights=graph.w.astype(float).tolist(),
        resolution_parameter=0,
        n_iterations=-1,
        seed=SEED,
    )
    return np.asarray(found.membership), None


def annealing(graph: SignedGraph, k: int | None, seconds: float) -> Answer:  # noqa: ARG001 - the peer has no limits
    """Split by dwave's simulated annealing: two sides are the spins of an Ising model."""
    from dwave.samplers import SimulatedAnnealingSampler

    reads = 10 if graph.m < 50_000 else 1
    return _spins(graph, SimulatedAnnealingSampler().sample(_ising(graph), num_reads=reads, seed=SEED)), None


def tabu(graph: SignedGraph, k: int | None, seconds: float) -> Answer:  # noqa: ARG001 - the peer has no limits
    """Split by dwave's tabu search, ten seconds for each graph (a tenth for small ones)."""
    from dwave.samplers import TabuSampler

    milliseconds = 10_000 if graph.m > 2_000 else 200
    return _spins(graph, TabuSampler().sample(_ising(graph), timeout=milliseconds, seed=SEED)), None


def _ising(graph: SignedGraph) -> object:
    """Return the model whose energy is the violated weight but for a constant and a factor."""
    import dimod

    ties = (graph.a, graph.b, -graph.w.astype(float))
    return dimod.BinaryQuadraticModel.from_numpy_vectors(np.zeros(graph.n), ties, 0.0, dimod.SPIN)


def _spins(graph: SignedGraph, samples: object) -> Labels:
    best = samples.first.sample  # type: ignore[attr-defined]
    return np.array([int(best[actor] > 0) for actor in range(graph.n)])


def correlation_clustering(graph: SignedGraph, k: int | None, seconds: float) -> Answer:  # noqa: ARG001 - the peer has no limits
    """Split by the package of that name, with its own settings."""
    import networkx as nx
    from correlation_clustering.correlation import cluster_correlation_search

    net = nx.Graph()
    net.add_nodes_from(range(graph.n))
    net.add_weighted_edges_from(zip(graph.a.tolist(), graph.b.tolist(), graph.w.tolist(), strict=True))
    clusters, _ = cluster_correlation_search(net, rng=np.random.default_rng(SEED))
    labels = np.zeros(graph.n, dtype=np.int64)
    for number, cluster in enumerate(clusters):
        labels[list(cluster)] = number
    return labels, None


METHODS = {
    "allegiance": Method(allegiance, (2, None)),
    "igraph Leiden, 2 iterations": Method(igraph_leiden(2), (None,)),
    "igraph Leiden, to the end": Method(igraph_leiden(-1), (None,)),
    "leidenalg, to the end": Method(leidenalg, (None,), most_ties=2_000_000),
    "dwave annealing": Method(annealing, (2,), most_ties=200_000),
    "dwave tabu": Method(tabu, (2,), most_ties=25_000),
    "correlation-clustering": Method(correlation_clustering, (None,), most_ties=1_000),
}
