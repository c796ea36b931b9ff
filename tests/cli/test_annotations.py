"""What a user corrected becomes passages in the form in which readers are taught."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from allegiance.case import Case, Provenance
from allegiance.coding.kinds import KINDS, Kinds
from allegiance.exchange.annotations import kind_of
from allegiance.model import Codebook
from builders import statement

if TYPE_CHECKING:
    from pathlib import Path

    from running import Run

pytest.importorskip("spacy")

TEXT = (
    "Russia attacked Ukraine on Monday. Nobody expected rain. Poland will support Ukraine, unless the border is closed. "
    "Belarus's foreign minister said that Turkey sells oil to Syria.\n"
)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """Return a case with one article of several statements."""
    (tmp_path / "a.txt").write_text(TEXT)
    with Case(tmp_path / "a.case", create=True) as opened:
        opened.read(tmp_path / "a.txt", Provenance(outlet="Daily"), reader="rules")
    return tmp_path / "a.case"


def _ids(case: Path) -> dict[str, str]:
    with Case(case) as opened:
        return {stmt.act: stmt.id for stmt in opened.statements()}


def _written(case: Path, run: Run, *options: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run("annotations", case, *options).out.splitlines()]


def test_what_was_accepted_is_written_and_what_was_rejected_is_not(case: Path, run: Run) -> None:
    """Accepted statements must be found, rejected ones are left out, the others come with --all as what may be found."""
    ids = _ids(case)
    run("review", case, ids["assault"], "--accept")
    run("review", case, ids["trade"], "--reject")
    (one,) = _written(case, run)
    assert [(s["actor"], s["kind"], s["target"], s["must"]) for s in one["statements"]] == [
        ("Russia", "attack", "Ukraine", True)
    ]
    (whole,) = _written(case, run, "--all")
    told = {(s["actor"], s["target"], s["must"]) for s in whole["statements"]}
    assert ("Russia", "Ukraine", True) in told
    assert ("Poland", "Ukraine", False) in told
    assert not [s for s in whole["statements"] if s["actor"] == "Turkey"]


def test_a_passage_holds_its_sentences_actors_and_words(case: Path, run: Run) -> None:
    """Sentences stand in order with what lies between them; conditions stand in the text; holders are actors."""
    for stmt_id in _ids(case).values():
        run("review", case, stmt_id, "--accept")
    (one,) = _written(case, run)
    assert " ".join(one["sentences"]) == TEXT.strip()
    text = " ".join(one["sentences"])
    for stmt in one["statements"]:
        assert {stmt["actor"], stmt["target"], *stmt["holder"]} <= set(one["actors"])
        assert all(0 <= number < len(one["sentences"]) for number in stmt["s"])
        assert all(words in text for name, words in stmt.get("qualifiers", {}).items() if name == "condition")
    assert any("condition" in stmt.get("qualifiers", {}) for stmt in one["statements"])
    assert ["Belarus"] in [stmt["holder"] for stmt in one["statements"]]


def test_nothing_accepted_is_said(case: Path, run: Run) -> None:
    """Without an accepted statement there is nothing to write, and the sentence says how to come to one."""
    ran = run("annotations", case)
    assert ran.code == 2
    assert "--accept" in ran.err


@pytest.mark.shared_data
def test_the_checker_of_the_passages_finds_no_fault(
    case: Path, run: Run, shared_data: Path, tmp_path: Path
) -> None:
    """The program that checks annotations takes what is written."""
    for stmt_id in _ids(case).values():
        run("review", case, stmt_id, "--accept")
    assert run("annotations", case, "-o", tmp_path / "out.jsonl").code == 0
    checker = [sys.executable, str(shared_data / "gold" / "check.py"), str(tmp_path / "out.jsonl")]
    said = subprocess.run(checker, capture_output=True, text=True, check=False)
    assert said.stdout.strip().endswith(", 0 faults")


def test_every_act_is_written_as_a_kind_of_its_sign() -> None:
    """Each kind's act comes back as that kind, or as one that is stored the same; acts without a kind as a plain one of their sign."""
    table = Kinds.shipped()
    for name in KINDS:
        for sign, stored in table.kind(name).acts.items():
            stmt = statement(act=stored.act, polarity=sign, weight=stored.weight)
            again = table.kind(kind_of(stmt)).acts[sign]
            assert (again.act, again.weight) == (stored.act, stored.weight)
    for act in Codebook.shipped().acts.values():
        for sign in (1, -1) if not act.sign else (act.sign,):
            assert kind_of(statement(act=act.name, polarity=sign, weight=act.weight)) in KINDS
    assert kind_of(statement(act="assault", polarity=-1, weight=90)) == "attack"
    assert kind_of(statement(act="dispute", polarity=-1, weight=40)) == "dispute"
