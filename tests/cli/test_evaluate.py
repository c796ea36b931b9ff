from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from running import Run

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
ANNOTATED, GOLD = FIXTURES / "annotated", FIXTURES / "gold"
PASSAGES = FIXTURES / "passages" / "invented.jsonl"


@pytest.fixture(autouse=True)
def _needs_the_pipeline() -> None:
    pytest.importorskip("spacy")


def test_json(run: Run) -> None:
    """The documented keys are there; figures carry their intervals, and what isn't told is null."""
    found = run("evaluate", ANNOTATED / "dsa_test.txt", "--data", "dsa", "--reader", "rules", "--json")
    assert found.code == 0, found.err
    told = json.loads(found.out)
    assert set(told) == {
        *("data", "reader", "examples", "scored", "skipped", "outputs", "scores", "errors", "method", "seed"),
        "seconds",
    }
    first = told["scores"][0]
    assert (first["measure"], first["group"], first["right"], first["gold"]) == ("pair and sign", "all", 4, 5)
    assert set(first["precision"]) == {"value", "low", "high"}


def test_table_page_and_sample(run: Run, tmp_path: Path) -> None:
    """One call prints the table, writes the page of errors and a sample to judge."""
    page, sample = tmp_path / "errors.html", tmp_path / "sample.csv"
    found = run(
        *("evaluate", ANNOTATED / "re3d", "--data", "re3d", "--reader", "rules"),
        *("--html", page, "--sample", 2, "--to-judge", sample),
    )
    assert found.code == 0, found.err
    assert "annotated pairs found" in found.out
    assert "left out: 1, told the other way round already" in found.err
    assert "<mark>" in page.read_text()
    assert len(sample.read_text().splitlines()) == 3


def test_gold_with_its_actors(run: Run) -> None:
    """Our own gold is read with the table of its invented actors; nothing that did not happen is asserted."""
    found = run(
        *("evaluate", GOLD / "blind.jsonl", "--data", "gold", "--reader", "rules"),
        *("--actors", GOLD / "actors.csv", "--json"),
    )
    assert found.code == 0, found.err
    scores = {(one["measure"], one["group"]): one for one in json.loads(found.out)["scores"]}
    assert scores["all of it", "all"]["precision"]["value"] > 0.9


def test_passages(run: Run, tmp_path: Path) -> None:
    """The rules read passages: ties, told and actors with their hits, coalitions as a mean; the table and the page show them."""
    page = tmp_path / "errors.html"
    found = run("evaluate", PASSAGES, "--data", "passages", "--reader", "rules", "--json")
    assert found.code == 0, found.err
    scores = {(one["measure"], one["group"]): one for one in json.loads(found.out)["scores"]}
    ties = scores["ties", "all"]
    assert ties["gold"] == 7
    assert 0 < ties["hit"] <= ties["right"] <= ties["found"]
    assert -1 <= scores["coalitions (adjusted Rand)", "all"]["mean"]["value"] <= 1
    assert {"newswire", "UN speeches", "opinion"} <= {group for _, group in scores}
    shown = run("evaluate", PASSAGES, "--data", "passages", "--reader", "rules", "--html", page)
    assert f"{ties['hit']} of 7" in shown.out
    assert f"{ties['hit']} of 7" in page.read_text()


BAD = [
    ((PASSAGES, "--data", "passages", "--given", "--reader", "rules"), 2, "leave --given out"),
    ((PASSAGES, "--data", "gold", "--given"), 2, "--given is for --data passages only"),
    ((ANNOTATED / "dsa_test.txt", "--data", "passages"), 3, "it is no JSON object"),
    (("missing.txt", "--data", "dsa"), 2, "There is no file"),
    ((ANNOTATED / "plover.json", "--data", "plovr"), 2, "Did you mean 'plover'"),
    ((ANNOTATED / "plover.json", "--data", "dsa"), 3, "plover.json, row 1"),
    ((ANNOTATED / "dsa_test.txt", "--data", "plover"), 3, "is no JSON"),
    ((ANNOTATED / "dsa_test.txt", "--data", "petrarch"), 3, "holds no <Sentence>"),
    ((ANNOTATED, "--data", "re3d", "--sample", 3), 2, "--sample N and --to-judge"),
    ((ANNOTATED / "dsa_test.txt", "--data", "dsa", "--reader", "rulse"), 2, "Did you mean 'rules'"),
]


@pytest.mark.parametrize(("arguments", "code", "sentence"), BAD)
def test_bad_calls(run: Run, arguments: tuple[object, ...], code: int, sentence: str) -> None:
    """What can't be evaluated is told in one sentence, with the exit code of its kind."""
    found = run("evaluate", *arguments)
    assert found.code == code
    assert sentence in found.err
    assert "Traceback" not in found.err
