"""Our own training sentences."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import Any

import pytest

TRAINING = Path(__file__).resolve().parents[2] / "training"


@pytest.fixture(scope="module")
def sentences() -> Any:
    """Return the generator; training/ is a folder of scripts, no package."""
    sys.path.insert(0, str(TRAINING))
    try:
        return importlib.import_module("sentences")
    finally:
        sys.path.remove(str(TRAINING))


def test_every_example_is_whole(sentences: Any) -> None:
    """No place is left unfilled, both mentions lie in the text in order and apart, labels are the five classes."""
    rows = sentences.generate(7)
    assert len(rows) > 3000
    for row in rows:
        assert "{" not in row.text
        assert 0 <= row.first[0] < row.first[1] <= row.second[0] < row.second[1] <= len(row.text), row
        assert row.text[slice(*row.first)].strip() == row.text[slice(*row.first)]
    assert {row.label for row in rows} == {0, 1, 2, 3, 4}


def test_the_seed_decides(sentences: Any) -> None:
    """The same seed gives the same sentences, another one others."""
    assert sentences.generate(1, copies=1, joined=20) == sentences.generate(1, copies=1, joined=20)
    assert sentences.generate(1, copies=1, joined=20) != sentences.generate(2, copies=1, joined=20)


def test_no_held_out_gold_is_learnt_from(sentences: Any) -> None:
    """None of the annotated sentences, by which readers are measured, is among them."""
    gold = "\n".join(
        path.read_text("utf-8") for path in (TRAINING.parent / "tests/fixtures/gold").glob("*.jsonl")
    )
    assert not [row.text for row in sentences.generate(3, copies=1, joined=0) if row.text in gold]
