"""Who says what by which word, on newspaper sentences annotated by hand; read with the project's gazetteer."""

from __future__ import annotations

from pathlib import Path

import pytest

from allegiance.case.readers import actor_table, gazetteer
from allegiance.evaluation import own_gold
from allegiance.evaluation.ledger import Ledger
from allegiance.evaluation.task import Task

GOLD = Path(__file__).resolve().parents[1] / "fixtures" / "gold"
# file -> floors of precision and recall of cue, holder and content, reached after the rules had learnt from it;
# docs/reading.md has the figures at first sight.
FLOORS = {
    "attribution.jsonl": (0.91, 0.89),
    "attribution_first.jsonl": (0.93, 0.91),
    "attribution_second.jsonl": (0.97, 0.82),
    "attribution_third.jsonl": (0.91, 0.79),
    "attribution_fourth.jsonl": (0.9, 0.8),
}


@pytest.mark.parametrize("file", FLOORS)
def test_attribution_keeps_its_floor(file: str) -> None:
    """Cue, holder and content of what is quoted are found as often as they were, and as rarely wrong."""
    pytest.importorskip("spacy")
    ledger = Ledger()
    own_gold.measure(Task(GOLD / file, "rules", gazetteer((actor_table(GOLD / "actors.csv"),))), ledger)
    scores = {one.measure: one for one in ledger.close("gold", "rules", seed=0).scores if one.group == "all"}
    cued = scores[own_gold.CUED]
    assert cued.precision is not None
    assert cued.recall is not None
    assert cued.precision.value >= FLOORS[file][0]
    assert cued.recall.value >= FLOORS[file][1]
