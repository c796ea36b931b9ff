"""Whatever becomes of a certificate, it proves nothing that isn't so, and checking it ends."""

from __future__ import annotations

import json
import random
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from allegiance.errors import DataError
from allegiance.maths.certificate import Certificate, check
from allegiance.maths.graph import SignedGraph
from allegiance.maths.proof import certify
from allegiance.maths.question import Question
from allegiance.maths.solve import solve

if TYPE_CHECKING:
    from collections.abc import Iterator

ODD: tuple[Any, ...] = (None, True, 0, -1, 2.5, 10**30, "x", [], {}, [[0, 1]], [0], float("nan"))

Path = tuple[Any, ...]


def paths(node: Any, path: Path = ()) -> Iterator[Path]:
    """Yield the way to each value inside a JSON value."""
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in items:
        yield (*path, key)
        yield from paths(value, (*path, key))


def at(node: Any, path: Path) -> Any:
    """Return the value at the end of a way."""
    for key in path:
        node = node[key]
    return node


class Mutator:
    """Bends certificates, all of which were the one in `text` at first; a way that an earlier change cut raises LookupError."""

    def __init__(self, text: str, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - the same mutants each time
        data = json.loads(text)
        self.anywhere = list(paths(data))
        self.numbers = [path for path in self.anywhere if type(at(data, path)) is int]
        self.listed = [path for path in self.anywhere if type(path[-1]) is int]
        self.ties = [at(data, path) for path in self.listed if path[-2] == "ties"]
        self.mutations = (
            self.nudge, self.swap, self.graft, self.disfigure, self.drop, self.repeat, self.inflate, self.link,
        )  # fmt: skip

    def bend(self, data: Any) -> None:
        """Change something, or more."""
        for _ in range(self.chance.choice((1, 1, 1, 2, 4))):
            with suppress(LookupError, TypeError):  # an earlier change left nothing for this one to work on
                self.chance.choice(self.mutations)(data)

    def nudge(self, data: Any) -> None:
        """Change a number by a little."""
        *way, key = self.chance.choice(self.numbers)
        at(data, tuple(way))[key] += self.chance.choice((-2, -1, 1, 2))

    def swap(self, data: Any) -> None:
        """Put one number of the certificate in the place of another."""
        (*way, key), other = self.chance.choices(self.numbers, k=2)
        at(data, tuple(way))[key] = at(data, tuple(other))

    def graft(self, data: Any) -> None:
        """Put any part of the certificate in the place of another."""
        (*way, key), other = self.chance.choices(self.anywhere, k=2)
        at(data, tuple(way))[key] = json.loads(json.dumps(at(data, tuple(other))))

    def disfigure(self, data: Any) -> None:
        """Put something of another kind somewhere."""
        *way, key = self.chance.choice(self.anywhere)
        at(data, tuple(way))[key] = self.chance.choice(ODD)

    def drop(self, data: Any) -> None:
        """Take something away."""
        *way, key = self.chance.choice(self.anywhere)
        del at(data, tuple(way))[key]

    def repeat(self, data: Any) -> None:
        """Have something of a list twice."""
        *way, key = self.chance.choice(self.listed)
        holder = at(data, tuple(way))
        if isinstance(holder, list):
            holder.insert(key, holder[key])

    def inflate(self, data: Any) -> None:
        """Multiply a multiplier, as if the ties held more."""
        case = self.chance.choice(data["parts"][0]["cases"])
        entry = self.chance.choice(case["packing"])
        entry[1] = entry[1] * self.chance.choice((2, 3, 10)) + 1

    def link(self, data: Any) -> None:
        """Lead a case to another one than it did, or give it a tie to part by."""
        cases = data["parts"][0]["cases"]
        case = self.chance.choice(cases)
        case[self.chance.choice(("kept", "broken"))] = self.chance.randrange(len(cases) + 1)
        case["tie"] = self.chance.choice(self.ties)

    def lie(self, data: Any, graph: SignedGraph) -> None:
        """Claim that a worse split is a best one, with a bound to match."""
        labels = np.array(data["labels"])
        moved = self.chance.randrange(graph.n)
        labels[moved] = labels[(moved + self.chance.randrange(1, graph.n)) % graph.n]
        value = graph.frustration(labels)
        data["parts"][0]["bound"] += value - data["lower_bound"]
        data |= {"labels": labels.tolist(), "value": value, "lower_bound": value}


@pytest.mark.parametrize(
    ("n", "k", "seed", "mutants"), [(16, 2, 16, 650), (16, None, 16, 650), (16, 3, 16, 650), (22, 2, 5, 60)]
)
def test_no_mutated_certificate_proves_what_is_not_so(n: int, k: int | None, seed: int, mutants: int) -> None:
    """Of 2,010 mutants of proofs that branch, none is a crash, and none that is accepted misses the truth."""
    pairs = np.argwhere(np.triu(np.ones((n, n)), 1))
    weights = np.random.default_rng(seed).choice((-1, 1), len(pairs))
    graph = SignedGraph.of(n, pairs[:, 0], pairs[:, 1], weights)
    split = solve(graph, k)
    honest = certify(graph, k, split)
    assert split.proved
    assert sum(len(part.cases) for part in honest.parts) >= 3
    text, asked = json.dumps(honest.as_json()), Question(k)
    mutator, refused = Mutator(text, n * seed), 0
    for number in range(mutants):
        data = json.loads(text)
        if number % 2:
            mutator.lie(data, graph)
        mutator.bend(data)
        try:
            verdict = check(Certificate.from_json(data), graph, asked)
        except DataError:
            refused += 1
            continue
        if verdict.valid:
            assert verdict.lower_bound <= split.value <= verdict.value, data
        refused += not verdict.valid
    assert mutants // 2 < refused < mutants
