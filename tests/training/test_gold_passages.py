"""The annotated passages that are kept in the project."""

from __future__ import annotations

import doctest
import importlib
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from allegiance.coding.kinds import KINDS
from allegiance.model import Modality

GOLD = Path(__file__).resolve().parents[2] / "training" / "gold"
MODALITIES = {modality.value for modality in Modality}


@pytest.fixture(scope="module")
def loader() -> Any:
    """Return the loader; training/ is a folder of scripts, no package."""
    sys.path.insert(0, str(GOLD))
    try:
        return importlib.import_module("load")
    finally:
        sys.path.remove(str(GOLD))


def test_the_loader_does_what_it_shows(loader: Any) -> None:
    """Its example holds."""
    assert doctest.testmod(loader).failed == 0


def test_each_statement_is_whole(loader: Any) -> None:
    """Parties, holders and sentences exist, kinds, signs and modalities are those of the guide."""
    for passage in loader.load().values():
        for stmt in passage["statements"]:
            assert {stmt["actor"], stmt["target"], *stmt["holder"]} <= set(passage["actors"]), passage["id"]
            assert stmt["actor"] != stmt["target"]
            assert stmt["sign"] in (-1, 0, 1)
            assert stmt["kind"] in KINDS
            assert stmt["modality"] in MODALITIES
            assert stmt["s"]
            assert all(0 <= number < len(passage["sentences"]) for number in stmt["s"])


def test_nothing_is_share_alike_or_kept_apart(loader: Any, shared_data: Path) -> None:
    """Every passage has a licence that lets others use it freely; none is one of those that readers are chosen by."""
    passages = loader.load()
    assert all(one["licence"] and "-SA" not in one["licence"].upper() for one in passages.values())
    dev = [
        json.loads(line)["id"]
        for line in (shared_data / "gold" / "dev.jsonl").read_text("utf-8").splitlines()
    ]
    assert not set(dev) & set(passages)


def test_no_passage_stands_twice() -> None:
    """Ids are unique over all files but that of the second readers."""
    names = [
        json.loads(line)["id"]
        for name in ("passages", "columns", "more", "own")
        for line in (GOLD / f"{name}.jsonl").read_text("utf-8").splitlines()
    ]
    assert len(names) == len(set(names))
