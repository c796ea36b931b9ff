from __future__ import annotations

import json
from typing import TYPE_CHECKING

from allegiance.model import Document, Modality, ReaderTag, RowEvidence, Source, Statement, TextEvidence
from allegiance.report import QuotedStatement
from allegiance.report.view import VERSION

if TYPE_CHECKING:
    from allegiance.report import View

TEXT = "It rained. Veldania armed the Kesh Front. Nobody saw it."


def statement(evidence: TextEvidence | RowEvidence) -> Statement:
    """Return one statement with the given evidence."""
    return Statement(
        Source(("The Daily",)),
        "Veldania",
        "supply",
        "Kesh Front",
        1,
        90,
        Modality.ASSERTED,
        negated=False,
        date=None,
        evidence=evidence,
        confidence=0.5,
        reader=ReaderTag("rules", "1"),
    )


def test_a_quote_comes_with_the_words_around_it() -> None:
    """Before, quote and after join to the passage of the document, cut at the wished distance."""
    doc = Document(TEXT, "The Daily")
    stmt = statement(TextEvidence(doc.id, 11, 41, TEXT[11:41]))
    quoted = QuotedStatement.within(stmt, TEXT, around=8)
    assert quoted.before + TEXT[11:41] + quoted.after == TEXT[3:49]
    assert quoted.to_json()["id"] == stmt.id
    assert QuotedStatement.within(stmt, TEXT).before == "It rained. "


def test_the_view_is_versioned_json(invented_view: View) -> None:
    """A view becomes JSON and back without loss, and says its version."""
    data = invented_view.to_json()
    assert data["format"] == VERSION
    assert json.loads(json.dumps(data, allow_nan=False)) == json.loads(json.dumps(data))
    assert {"title", "generated_by", "note", "documents", "statements", "networks"} < set(data)


def test_every_tie_leads_to_statements_of_the_view(invented_view: View) -> None:
    """Each id that a tie or a violated tie cites stands among the view's statements, each document among its origins."""
    data = invented_view.to_json()
    known = {stmt["id"] for stmt in data["statements"]}
    for network in data["networks"]:
        violated = [tie for answer in network["answers"] for tie in answer["violated"]]
        for tie in [*network["ties"], *violated]:
            assert tie["statements"]
            assert set(tie["statements"]) <= known
    assert {stmt["evidence"]["document"] for stmt in data["statements"]} <= set(data["documents"])
