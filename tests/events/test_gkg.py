from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from allegiance.errors import BadRowError
from allegiance.events import load
from allegiance.events.gkg import quotations
from allegiance.model import Document

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from events.conftest import Read


def _nobody(scheme: str, code: str, day: date | None) -> str | None:  # noqa: ARG001 - the signature of the room
    return None


def test_quotations_become_a_text_and_nothing_becomes_a_statement(
    files: Path, read: Callable[..., Read]
) -> None:
    """The text holds the quoted words, the title the tone; records without quotations and broken rows are skipped."""
    items = list(load(files / "gkg21.csv", "gkg", _nobody))
    docs = [item for item in items if isinstance(item, Document)]
    assert [(doc.text, doc.outlet, doc.url, str(doc.date)) for doc in docs] == [
        ("we will not yield\nnot | now #1", "daily.example", "http://example.org/1", "2018-01-01")
    ]
    assert docs[0].title.endswith("tone of the article -3.5")
    assert [item.row for item in items if isinstance(item, BadRowError)] == [2, 3, 4]
    stmts, _, tally = read("gkg21.csv", "gkg")
    assert (stmts, tally.rows, tally.used) == ([], 4, 1)


def test_version_1_is_known_and_gives_nothing(read: Callable[..., Read]) -> None:
    """Its header is no row, and each row is skipped because there are no quotations in it."""
    stmts, bad, tally = read("gkg10.csv", "gkg")
    assert (stmts, tally.rows, tally.used) == ([], 1, 0)
    assert "GKG 1.0 holds no quotations" in bad[0].problem


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("", []),
        ("1|2|said|", []),
        ("x|2|said|y", []),
        ("1|2|said|a|b", ["a|b"]),
        ("1|2||a#3|4||b", ["a", "b"]),
    ],
)
def test_quotations_are_told_by_offset_and_length(cell: str, words: list[str]) -> None:
    """Bars and hashes inside the quoted words are words."""
    assert quotations(cell) == words
