"""Large networks: our searches and bounds beside igraph's Leiden, in one run, by CPU seconds.

    python benchmarks/large.py [--ties 1000000] [--limit 60] [EDGES.csv ...]

igraph (GPL) is a peer to be measured here, never a dependency. Give edge lists (source,target,weight) as arguments;
without any, the planted networks are made.
"""

from __future__ import annotations

import argparse
import csv
import random
import resource
import time
from pathlib import Path
from typing import TYPE_CHECKING

import igraph
import numpy as np
from planted import planted

from allegiance.maths import local_search, multilevel
from allegiance.maths.clock import Clock
from allegiance.maths.graph import SignedGraph
from allegiance.maths.packing import pack

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

MANY = 200_000
"""Ties from which on the multilevel search is used."""


def main() -> None:
    """Print one table row for each network, number of coalitions and method."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("edges", nargs="*", type=Path)
    parser.add_argument("--ties", type=int, default=1_000_000)
    parser.add_argument("--limit", type=float, default=60, help="seconds for each bound")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    warm_up()
    print(f"{'network':<28}{'k':>4} {'method':<18}{'value':>9}{'bound':>9}{'gap %':>8}{'CPU s':>8}{'GB':>6}")
    if given.edges:
        for path in given.edges:
            measure(path.stem, read(path), given.seed, given.limit)
    else:
        for inside in (None, 0.5):
            graph, _ = planted(given.ties // 10, given.ties, 20, seed=given.seed, inside=inside)
            name = f"planted {given.ties:,}" + ("" if inside is None else f" {inside:.0%} in")
            measure(name, graph, given.seed, given.limit)


def warm_up() -> None:
    """Let numba compile or load what it needs, which a user pays once."""
    began = time.process_time()
    graph, _ = planted(60, 400, 3, seed=0)
    for k in (2, None):
        local_search.search(graph, k, seed=0)
        multilevel.search(graph, k, seed=0)
        pack(graph, k, seed=0, rounds=20)
    print(f"compiling or loading: {time.process_time() - began:.1f} s")


def read(path: Path) -> SignedGraph:
    """Read an edge list."""
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    number: dict[str, int] = {}
    a, b = ([number.setdefault(row[end], len(number)) for row in rows] for end in ("source", "target"))
    return SignedGraph.of(len(number), list(a), list(b), [int(row["weight"]) for row in rows])


def measure(name: str, graph: SignedGraph, seed: int, limit: float) -> None:
    """Print the rows of one network."""
    best: dict[int | None, NDArray[np.integer]] = {}
    for k in (2, None):
        if k is None:
            for rounds in (2, -1):
                row(
                    name,
                    k,
                    f"igraph Leiden {rounds}",
                    graph,
                    lambda rounds=rounds: leiden(graph, seed, rounds),
                )
        ours = multilevel if graph.m > MANY else local_search
        method = ours.__name__.rsplit(".", 1)[-1]
        best[k] = row(name, k, method, graph, lambda k=k, ours=ours: ours.search(graph, k, seed=seed))
    for k, split in best.items():
        began = time.process_time()
        packing = pack(graph, k, seed=seed, clock=Clock(limit), split=split)
        seconds = time.process_time() - began
        assert packing.checked(graph, k) == packing.bound
        line(name, k, "packing", graph.frustration(split), packing.bound, seconds)


def leiden(graph: SignedGraph, seed: int, rounds: int) -> NDArray[np.int64]:
    """Return igraph's split; -1 rounds go on until nothing changes."""
    random.seed(seed)
    net = igraph.Graph(n=graph.n, edges=np.stack((graph.a, graph.b), axis=1))
    weights = graph.w.astype(float)
    found = net.community_leiden(objective_function="CPM", weights=weights, resolution=0, n_iterations=rounds)
    return np.asarray(found.membership)


def row(
    name: str, k: int | None, method: str, graph: SignedGraph, search: Callable[[], NDArray[np.integer]]
) -> NDArray[np.integer]:
    """Run and print one search; return its split."""
    began = time.process_time()
    split = search()
    line(name, k, method, graph.frustration(split), None, time.process_time() - began)
    return split


def line(name: str, k: int | None, method: str, value: int, bound: int | None, seconds: float) -> None:
    """Print one row of the table; GB is the most that the process has held so far."""
    gap = "" if bound is None else f"{100 * (value - bound) / max(value, 1):.2f}"
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    shown = "" if bound is None else bound
    number = "any" if k is None else k
    print(
        f"{name:<28}{number:>4} {method:<18}{value:>9}{shown:>9}{gap:>8}{seconds:>8.2f}{memory:>6.2f}",
        flush=True,
    )


if __name__ == "__main__":
    main()
