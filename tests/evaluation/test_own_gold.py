"""Gold of our own form: what counts as right, with the cue and without."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from allegiance.evaluation import own_gold
from allegiance.evaluation.ledger import Ledger
from allegiance.evaluation.task import Task
from allegiance.naming.gazetteer import Gazetteer

if TYPE_CHECKING:
    from pathlib import Path

TOLD: dict[str, Any] = {
    "source": ["Gazette", "Iran"],
    "actor": "Russia",
    "act": "assault",
    "target": "Ukraine",
    "polarity": -1,
    "modality": "asserted",
    "negated": False,
}
TEXT = "Iran said that Russia attacked Ukraine."


def _score(folder: Path, *rows: dict[str, Any]) -> dict[str, tuple[int | None, int | None, int | None]]:
    file = folder / "gold.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    ledger = Ledger()
    own_gold.measure(Task(file, "rules", Gazetteer.shipped()), ledger)
    scores = ledger.close("gold", "rules", seed=0).scores
    return {one.measure.name: (one.right, one.found, one.gold) for one in scores if one.group == "all"}


@pytest.mark.parametrize(("cue", "right"), [("said", 1), ("Said", 1), ("told", 0)])
def test_the_cue_counts_where_it_is_annotated(tmp_path: Path, cue: str, right: int) -> None:
    """Holder and content right, the cue decides; in whatever case it is written."""
    pytest.importorskip("spacy")
    found = _score(tmp_path, {"text": TEXT, "statements": [{**TOLD, "cues": [cue]}]})
    assert found["attribution, with cue"] == (right, 1, 1)
    assert found["attribution"] == (1, 1, 1)


def test_files_without_cues_are_not_scored_for_them(tmp_path: Path) -> None:
    """Gold that says nothing of cues is measured as before."""
    pytest.importorskip("spacy")
    assert "attribution, with cue" not in _score(tmp_path, {"text": TEXT, "statements": [TOLD]})


def test_what_is_wrongly_attributed_counts_against(tmp_path: Path) -> None:
    """A text of a file with cues that quotes nobody lowers precision where a speaker is read into it."""
    pytest.importorskip("spacy")
    rows = (
        {"text": TEXT, "statements": [{**TOLD, "cues": ["said"]}]},
        {"text": TEXT, "statements": [{**TOLD, "source": ["Gazette"]}]},
    )
    assert _score(tmp_path, *rows)["attribution, with cue"] == (1, 2, 1)
