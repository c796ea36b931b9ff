"""`allegiance coalitions --certificate` and `allegiance verify`: a proof that travels, and is refused when it was tampered with."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from running import Run

EDGES = "source,target,weight\nA,B,1\nB,C,1\nA,C,-1\nC,D,2\nD,E,-1.5\nE,A,1\nB,E,-2\nD,A,0.5\nF,A,-1\n"


@pytest.fixture
def edges(tmp_path: Path) -> Path:
    """Return an edge list that no split satisfies."""
    path = tmp_path / "edges.csv"
    path.write_text(EDGES)
    return path


def saved(run: Run, edges: Path, *options: str) -> tuple[Path, dict[str, Any]]:
    """Find coalitions, save their certificate, return its path and the answer."""
    path = edges.with_name("c.json")
    ran = run("coalitions", edges, *options, "--certificate", path, "--json")
    assert ran.code == 0
    return path, json.loads(ran.out)


@pytest.mark.parametrize(
    "options",
    [
        ("--k", "2"),
        ("--k", "any"),
        ("--k", "3"),
        ("--k", "2", "--together", "A,C"),
        ("--apart", "A,B", "--together", "B,D"),
    ],
)
def test_a_certificate_proves_what_the_answer_said(run: Run, edges: Path, options: tuple[str, ...]) -> None:
    """The checker finds the value and the bound that the answer gave, under the same wishes."""
    path, found = saved(run, edges, *options)
    verdict = json.loads(run("verify", path, edges, "--json").out)
    assert verdict["valid"]
    assert (verdict["value"], verdict["lower_bound"], verdict["proved"]) == (
        found["value"],
        found["value"],
        True,
    )


def test_the_order_of_rows_does_not_matter(run: Run, edges: Path) -> None:
    """The same ties in another order, ends exchanged, are the same network to the checker."""
    path, _ = saved(run, edges, "--k", "2")
    head, *rows = EDGES.splitlines()
    turned = [f"{b},{a},{w}" for a, b, w in (row.split(",") for row in reversed(rows))]
    other = edges.with_name("other.csv")
    other.write_text("\n".join([head, *turned]) + "\n")
    assert run("verify", path, other).code == 0


def test_another_network_is_refused(run: Run, edges: Path) -> None:
    """A certificate doesn't pass for a network with another weight, or with another actor."""
    path, _ = saved(run, edges, "--k", "2")
    for before, after in (("A,B,1\n", "A,B,2\n"), ("F,A", "G,A")):
        other = edges.with_name("other.csv")
        other.write_text(EDGES.replace(before, after))
        ran = run("verify", path, other)
        assert ran.code == 3
        assert "refused" in ran.err


def numbers(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the places of all integers in a JSON value."""
    if isinstance(node, bool):
        return []
    if isinstance(node, int):
        return [path]
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [place for key, value in items for place in numbers(value, (*path, key))]


def test_no_change_of_a_number_makes_a_better_proof(run: Run, edges: Path) -> None:
    """Whichever integer is changed, the certificate is refused or proves no more than the truth."""
    path, found = saved(run, edges, "--k", "2")
    original = json.loads(path.read_text())
    places = numbers(original)
    assert len(places) > 20
    for place in places:
        for change in (-1, 1):
            data = json.loads(json.dumps(original))
            node = data
            for key in place[:-1]:
                node = node[key]
            node[place[-1]] += change
            path.write_text(json.dumps(data))
            ran = run("verify", path, edges, "--json")
            if ran.code == 0:
                verdict = json.loads(ran.out)
                assert verdict["lower_bound"] <= found["value"] <= verdict["value"], place
            else:
                assert ran.code == 3, place


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "{}", '{"format": "allegiance certificate 1"}', "\x00", "[" * 100_000]
)
def test_what_is_no_certificate_is_refused_in_a_sentence(run: Run, edges: Path, content: str) -> None:
    """Empty, broken, deeply nested or foreign JSON: one sentence, exit 3."""
    path = edges.with_name("c.json")
    path.write_text(content)
    ran = run("verify", path, edges)
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith("allegiance: ")
    assert run("verify", edges.with_name("none.json"), edges).code == 2
