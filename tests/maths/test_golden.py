"""The shelf of networks whose answers are known from theory or publications."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from allegiance.maths.certificate import check
from allegiance.maths.graph import SignedGraph
from allegiance.maths.proof import certify
from allegiance.maths.question import Question
from allegiance.maths.solve import solve

SHELF = Path(__file__).resolve().parents[1] / "fixtures" / "networks"


def answers() -> list[tuple[str, str, int]]:
    """Return (network, k, value) of the whole shelf."""
    with (SHELF / "answers.csv").open(encoding="utf-8") as file:
        return [(row["network"], row["k"], int(row["value"])) for row in csv.DictReader(file)]


def shelved(name: str) -> SignedGraph:
    """Read one network of the shelf."""
    with (SHELF / f"{name}.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    number = {
        actor: i for i, actor in enumerate(sorted({row[end] for row in rows for end in ("source", "target")}))
    }
    return SignedGraph.of(
        len(number),
        [number[row["source"]] for row in rows],
        [number[row["target"]] for row in rows],
        [int(row["weight"]) for row in rows],
    )


@pytest.mark.parametrize(("name", "k", "value"), answers())
def test_the_known_answer_is_found_and_certified(name: str, k: str, value: int) -> None:
    """The value is the known one, proved, and the checker agrees."""
    graph = shelved(name)
    most = None if k == "any" else int(k)
    split = solve(graph, most)
    assert (split.value, split.proved) == (value, True)
    assert check(certify(graph, most, split), graph, Question(most)).proved
