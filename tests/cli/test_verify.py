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
    verdict = json.loads(run("verify", path, edges, *options, "--json").out)
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
    assert run("verify", path, other, "--k", "2").code == 0


def test_another_network_is_refused(run: Run, edges: Path) -> None:
    """A certificate doesn't pass for a network with another weight, or with another actor."""
    path, _ = saved(run, edges, "--k", "2")
    for before, after in (("A,B,1\n", "A,B,2\n"), ("F,A", "G,A")):
        other = edges.with_name("other.csv")
        other.write_text(EDGES.replace(before, after))
        ran = run("verify", path, other, "--k", "2")
        assert ran.code == 3
        assert "refused" in ran.err


@pytest.mark.parametrize(
    ("hidden", "told"),
    [({"apart": [[0, 1]], "labels": [0, 1, 1]}, "A and B apart"), ({"k": 1}, "at most 1 coalitions")],
)
def test_what_a_certificate_asks_itself_is_not_believed(
    run: Run, edges: Path, hidden: dict[str, Any], told: str
) -> None:
    """Two ties without strife are no proof of a cost, whatever question stands hidden in the file; it is named."""
    edges.write_text("source,target,weight\nA,B,1\nB,C,1\n")
    path, _ = saved(run, edges)
    data = json.loads(path.read_text())
    data["proof"] |= {"value": 10, "lower_bound": 10, "labels": [0, 1, 1], **hidden}
    path.write_text(json.dumps(data))
    ran = run("verify", path, edges)
    assert (ran.code, ran.out) == (3, "")
    assert told in ran.err


def test_the_question_that_is_proved_is_told(run: Run, edges: Path) -> None:
    """Words and JSON say which splits the proof is about; whoever asks another question is refused; the hint asks the right one."""
    path = edges.with_name("c.json")
    made = run("coalitions", edges, "--k", "2", "--first", "A", "--second", "B,C", "--certificate", path)
    assert f"allegiance verify {path} NETWORK --k 2" in made.err
    options = made.err.split("NETWORK ")[1].split("\n")[0].split()
    assert "--apart" in options
    for asked in (options, ["--k", "2", "--first", "C,B", "--second", "A"]):
        ran = run("verify", path, edges, *asked)
        assert ran.code == 0, ran.err
        assert "at most 2 coalitions" in ran.out
        assert "apart" in ran.out
    told = json.loads(run("verify", path, edges, *options, "--json").out)["question"]
    assert told["k"] == 2
    assert ["A", "B"] in told["apart"]
    for other in ([], ["--k", "2"], ["--k", "3", *options[2:]], [*options, "--apart", "A,D"]):
        ran = run("verify", path, edges, *other)
        assert ran.code == 3
        assert "another question" in ran.err


def test_wishes_of_a_verifier_are_checked(run: Run, edges: Path) -> None:
    """A name that isn't there and wishes that exclude each other are usage errors, as they are for `coalitions`."""
    path, _ = saved(run, edges)
    assert run("verify", path, edges, "--apart", "A,Z").code == 2
    assert run("verify", path, edges, "--apart", "A,B", "--together", "A,B").code == 2


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
            ran = run("verify", path, edges, "--k", "2", "--json")
            if ran.code == 0:
                verdict = json.loads(ran.out)
                assert verdict["lower_bound"] <= found["value"] <= verdict["value"], place
            else:
                assert ran.code == 3, place


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "{}", '{"format": "allegiance certificate 1"}', "\x00", "[" * 100_000, "1" * 5_000],
)
def test_what_is_no_certificate_is_refused_in_a_sentence(run: Run, edges: Path, content: str) -> None:
    """Empty, broken, deeply nested or foreign JSON: one sentence, exit 3."""
    path = edges.with_name("c.json")
    path.write_text(content)
    ran = run("verify", path, edges)
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith("allegiance: ")
    assert run("verify", edges.with_name("none.json"), edges).code == 2
