from __future__ import annotations

import json
from pathlib import Path

import pytest

from allegiance.errors import UnreadableTextError
from allegiance.reading import documents

ARTICLES = Path(__file__).parents[1] / "fixtures" / "texts" / "articles.jsonl"


def test_good_lines_load() -> None:
    """The good lines of a file load, under the usual other names of their keys."""
    docs = documents(ARTICLES).documents
    assert [doc.text for doc in docs] == [
        "Korvath signed the pact.",
        "Selmarra thanked Korvath.",
        "Halvoria joined the pact.",
    ]
    assert [doc.outlet for doc in docs] == ["The Ambry Gazette", "Selmarra Today", "unknown"]
    assert [str(doc.date) for doc in docs] == ["2031-02-11", "2031-02-12", "None"]
    assert docs[1].author == "Bo Vey, Cy Orr"


def test_bad_lines_are_reported() -> None:
    """Each line that can't be read is reported with file, row and reason."""
    problems = documents(ARTICLES).problems
    assert [problem.row for problem in problems] == [2, 5, 6, 7, 8, 9, 10]
    assert all(str(problem).startswith("articles.jsonl, row ") for problem in problems)
    reasons = ["no JSON object", "no text", "not a date", "is a number", "JSON list", "German", "'fr'"]
    for problem, reason in zip(problems, reasons, strict=True):
        assert reason in str(problem)


def test_the_caller_counts_more() -> None:
    """What the caller says of outlet and language counts more than the lines."""
    reading = documents(ARTICLES, outlet="Mine", language="en")
    assert {doc.outlet for doc in reading.documents} == {"Mine"}
    assert len(reading.documents) == 5


@pytest.mark.parametrize(
    "line",
    [
        "[" * 100_000,
        '{"text": NaN}',
        '{"text": {"a": 1}}',
        "null",
        '"text"',
        '{"text": true}',
        '{"title": "x"}',
        "{",
    ],
)
def test_nothing_readable(tmp_path: Path, line: str) -> None:
    """A file without one readable line is refused, with the first reason."""
    path = tmp_path / "lines.jsonl"
    path.write_text(line)
    with pytest.raises(UnreadableTextError, match=r"no readable article.*row 1"):
        documents(path)


def test_separators_inside_a_line(tmp_path: Path) -> None:
    """Only line feeds end a line, and half a character pair does no harm."""
    path = tmp_path / "lines.ndjson"
    path.write_text(
        json.dumps({"text": "One\u2028two\x85three of the."}, ensure_ascii=False)
        + '\n{"text": "a \\ud800 b"}',
        "utf-8",
    )
    reading = documents(path)
    assert [doc.text for doc in reading.documents] == ["One\u2028two\x85three of the.", "a \ufffd b"]
    assert not reading.problems


def test_content_tells_the_format(tmp_path: Path) -> None:
    """JSON lines under another suffix are known by their beginning."""
    path = tmp_path / "dump.txt"
    path.write_bytes(ARTICLES.read_bytes())
    assert len(documents(path).documents) == 3
