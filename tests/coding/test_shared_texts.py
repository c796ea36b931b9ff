"""Real text about a real conflict, read by path where it is there."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from allegiance.model import Document

if TYPE_CHECKING:
    from pathlib import Path

    from allegiance.coding import RulesReader


@pytest.mark.shared_data
@pytest.mark.slow
def test_all_documents_are_read(rules: RulesReader, shared_data: Path) -> None:
    """Every document is read without a crash; the namer knows none of its actors, the pipeline's names suffice."""
    files = sorted((shared_data / "reading" / "re3d").glob("*/documents.json"))
    docs = [
        Document(record["text"], record["sourceName"], title=record["title"])
        for file in files
        for record in map(json.loads, file.read_text("utf-8").splitlines())
    ]
    found = [stmts for _, stmts in rules.read_many(docs)]
    assert len(found) == len(docs) > 50
    assert sum(map(len, found)) > 30
