"""The atom and its parts."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from allegiance.errors import DataError
from allegiance.model import DateInterval, Document, Modality, Source, TextEvidence, check_evidence
from builders import statement


def quoting(doc: Document, start: int, end: int, quote: str) -> TextEvidence:
    """Return evidence in `doc`."""
    return TextEvidence(doc.id, start, end, quote)


def test_equal_content_has_equal_id_and_any_change_another() -> None:
    """A statement's id is a hash of its content: stable across objects, different for any field that differs."""
    one = statement()
    assert one.id == statement().id
    changed = [
        dataclasses.replace(one, negated=True),
        dataclasses.replace(one, weight=51),
        dataclasses.replace(one, modality=Modality.DENIED),
        dataclasses.replace(one, source=Source(("The Daily", "Voss"))),
        dataclasses.replace(one, qualifiers=(("goods", "oil"),)),
    ]
    assert len({stmt.id for stmt in [one, *changed]}) == len(changed) + 1


def test_statements_are_frozen_and_hashable() -> None:
    """A statement can be a member of a set and can't be changed."""
    stmt = statement()
    assert stmt == statement()
    with pytest.raises(dataclasses.FrozenInstanceError):
        stmt.weight = 3  # type: ignore[misc]


@pytest.mark.parametrize(
    "wrong", [{"polarity": 2}, {"weight": -1}, {"confidence": 1.5}, {"actor": ""}, {"target": ""}]
)
def test_values_out_of_range_are_refused(wrong: dict[str, object]) -> None:
    """No statement exists with a sign, weight or confidence outside its range, or without its two actors."""
    with pytest.raises(DataError):
        dataclasses.replace(statement(), **wrong)  # type: ignore[arg-type]


def test_json_has_the_documented_keys() -> None:
    """Outside programs rely on these keys."""
    assert set(statement().to_json()) == {
        *("id", "source", "actor", "act", "target", "polarity", "weight", "modality", "negated", "date"),
        *("evidence", "confidence", "reader", "rule", "marking", "actor_text", "target_text", "qualifiers"),
    }


def test_validator_lets_true_quotes_pass() -> None:
    """A quote that stands at its offsets passes."""
    doc = Document("Veldania backs Maren.", "The Daily")
    stmt = statement(evidence=quoting(doc, 0, 21, "Veldania backs Maren."))
    assert check_evidence([stmt], doc) == [stmt]


@pytest.mark.parametrize(
    ("start", "end", "quote"),
    [(0, 8, "Maren"), (1, 9, "Veldania"), (-6, 21, "Maren."), (0, 0, ""), (0, 99, "Veldania backs Maren.")],
)
def test_validator_refuses_false_quotes(start: int, end: int, quote: str) -> None:
    """Whatever is not exactly at its offsets is refused, Python's lenient slices notwithstanding."""
    doc = Document("Veldania backs Maren.", "The Daily")
    with pytest.raises(DataError, match="quotes"):
        check_evidence([statement(evidence=quoting(doc, start, end, quote))], doc)


def test_validator_lets_further_spans_inside_the_text_pass() -> None:
    """Further evidence may be any characters of the text, up to its last, and stands in the JSON where there is any."""
    doc = Document("Veldania backs Maren.", "The Daily")
    stmt = statement(evidence=TextEvidence(doc.id, 0, 8, "Veldania", ((9, 21), (0, 1))))
    assert check_evidence([stmt], doc) == [stmt]
    assert stmt.to_json()["evidence"]["also"] == [[9, 21], [0, 1]]
    assert "also" not in statement(evidence=quoting(doc, 0, 8, "Veldania")).to_json()["evidence"]


@pytest.mark.parametrize("span", [(-1, 4), (4, 4), (9, 2), (9, 22), (21, 22)])
def test_validator_refuses_further_spans_that_the_text_doesnt_have(span: tuple[int, int]) -> None:
    """What holds no characters of the text is no evidence."""
    doc = Document("Veldania backs Maren.", "The Daily")
    with pytest.raises(DataError, match="also rests on"):
        check_evidence([statement(evidence=TextEvidence(doc.id, 0, 8, "Veldania", ((0, 1), span)))], doc)


def test_validator_refuses_another_documents_evidence() -> None:
    """Evidence must cite the document that was read."""
    doc, other = Document("Veldania backs Maren.", "The Daily"), Document("Veldania backs Maren.", "The Wire")
    with pytest.raises(DataError, match="doesn't cite"):
        check_evidence([statement(evidence=quoting(other, 0, 8, "Veldania"))], doc)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2031", date(2031, 1, 1), date(2031, 12, 31)),
        ("2032-02", date(2032, 2, 1), date(2032, 2, 29)),
        ("2031-04-09", date(2031, 4, 9), date(2031, 4, 9)),
        ("2031-04-09T08:00:00Z", date(2031, 4, 9), date(2031, 4, 9)),
        ("2031-04-09/2031-05", date(2031, 4, 9), date(2031, 5, 31)),
    ],
)
def test_dates_are_intervals_of_days(text: str, first: date, last: date) -> None:
    """A coarse date is the interval of all its days, and prints so that it parses to itself."""
    interval = DateInterval.parse(text)
    assert (interval.first, interval.last) == (first, last)
    assert DateInterval.parse(str(interval)) == interval


@pytest.mark.parametrize(
    "text", ["", "yesterday", "2031-13", "2031-02-30", "0000-00-00", "20310409", "2032/2031"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    """A text that is no date of the calendar raises, never guesses."""
    with pytest.raises(DataError):
        DateInterval.parse(text)


def test_a_source_needs_names() -> None:
    """An empty chain or an empty name in it is refused."""
    for chain in ((), ("",), ("The Daily", " ")):
        with pytest.raises(DataError):
            Source(chain)
