"""The networks that the benchmarks run on: made ones, and real ones that lie beside the checkout."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from planted import planted, trust

from allegiance.maths.graph import SignedGraph

if TYPE_CHECKING:
    from collections.abc import Callable

REAL = Path(__file__).resolve().parents[2] / "shared" / "data" / "signed"


class MissingError(Exception):
    """A real network isn't here."""


@dataclass(frozen=True, slots=True)
class Network:
    """What is measured under one name.

    Attributes:
        make: returns the graphs, whose values are added up.
        limit: seconds that we get.
        quick: whether it is part of a quick run.
        huge: whether it is part of a run only if asked for.
    """

    make: Callable[[], list[SignedGraph]]
    limit: float = 300
    quick: bool = False
    huge: bool = False


def real(name: str, column: str | None = None, value: str | None = None) -> list[SignedGraph]:
    """Read an edge list: one graph, or one for each value of `column`, or only that of `value`."""
    path = REAL / name
    if not path.exists():
        raise MissingError(f"{name} isn't in {REAL}; its rows are left out.")
    slices: dict[str, list[dict[str, str]]] = {}
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            slices.setdefault(row[column] if column else "", []).append(row)
    return [_graph(rows) for key, rows in sorted(slices.items()) if value in (None, key)]


def _graph(rows: list[dict[str, str]]) -> SignedGraph:
    number: dict[str, int] = {}
    a, b = ([number.setdefault(row[end], len(number)) for row in rows] for end in ("source", "target"))
    return SignedGraph.of(len(number), a, b, [int(row["weight"]) for row in rows])


def blocs(ties: int, inside: float | None) -> list[SignedGraph]:
    """Return a planted network with ten ties for each actor and 20 blocs."""
    return [planted(ties // 10, ties, 20, seed=1, inside=inside)[0]]


NETWORKS = {
    "Highland tribes": Network(lambda: real("highlandtribes.csv"), quick=True),
    "COW 1946-49": Network(lambda: real("cow_all.csv", "year", "46-49"), quick=True),
    "COW, 51 windows": Network(lambda: real("cow_all.csv", "year"), quick=True),
    "bitcoin_alpha_sign": Network(lambda: real("bitcoin_alpha_sign.csv"), quick=True),
    "bitcoin_alpha_weighted": Network(lambda: real("bitcoin_alpha_weighted.csv")),
    "made trust, signs": Network(lambda: [trust(6_000, 21_000, seed=1, weighted=False)], quick=True),
    "made trust, weights": Network(lambda: [trust(6_000, 21_000, seed=1, weighted=True)]),
    "made trust, noisy signs": Network(
        lambda: [trust(6_000, 21_000, seed=1, weighted=False, noise=1.6)], limit=60
    ),
    "made trust, noisy weights": Network(
        lambda: [trust(6_000, 21_000, seed=1, weighted=True, noise=1.6)], limit=60
    ),
    "unga_2015": Network(lambda: real("unga_2015.csv"), quick=True),
    "wikielections": Network(lambda: real("wikielections.csv")),
    "planted 100k": Network(lambda: blocs(100_000, None), limit=60, quick=True),
    "planted 100k, half inside": Network(lambda: blocs(100_000, 0.5), limit=60),
    "planted 1M": Network(lambda: blocs(1_000_000, None), limit=60),
    "planted 1M, half inside": Network(lambda: blocs(1_000_000, 0.5), limit=60),
    "planted 10M": Network(lambda: blocs(10_000_000, None), limit=600, huge=True),
    "planted 10M, half inside": Network(lambda: blocs(10_000_000, 0.5), limit=600, huge=True),
}
