"""Dates inside sentences: of the act that they hang on, seen from the document's date, else the document's."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allegiance.coding.dates import expressions
from allegiance.model import DateInterval, Document

if TYPE_CHECKING:
    from allegiance.coding import RulesReader

TOLD = DateInterval.parse("2014-04-09")  # a Wednesday


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("On 12 March 2014, Arland attacked Belmark.", "2014-03-12"),
        ("Arland attacked Belmark on March 12, 2013.", "2013-03-12"),
        ("Arland attacked Belmark on the 3rd of March.", "2014-03-03"),
        ("Arland attacked Belmark on December 28.", "2013-12-28"),
        ("Arland attacked Belmark in 2009.", "2009"),
        ("Arland attacked Belmark in late 2009.", "2009"),
        ("In March, Arland attacked Belmark.", "2014-03"),
        ("In November, Arland attacked Belmark.", "2013-11"),
        ("In May 2012, Arland attacked Belmark.", "2012-05"),
        ("Arland fought Belmark between 2011 and 2013.", "2011/2013"),
        ("Arland fought Belmark from 2011 to 2013.", "2011/2013"),
        ("Arland has backed Belmark since 2011.", "2011-01-01/2014-04-09"),
        ("Arland attacked Belmark yesterday.", "2014-04-08"),
        ("Arland attacked Belmark on Monday.", "2014-04-07"),
        ("Arland attacked Belmark last Wednesday.", "2014-04-02"),
        ("Arland attacked Belmark last week.", "2014-03-31/2014-04-06"),
        ("Arland attacked Belmark two days ago.", "2014-04-07"),
        ("Three years ago Arland attacked Belmark.", "2011"),
        ("Arland will attack Belmark next month.", "2014-05"),
        ("In the 1990s Arland backed Belmark.", "1990-01-01/1999-12-31"),
        ("Arland's 2008 attack on Belmark was condemned.", "2008"),
        ("Arland imposed sanctions on Belmark in 2009.", "2009"),
        ("In 2009, Arland attacked Belmark and armed Corvia.", "2009"),
    ],
)
def test_the_act_has_the_date_that_hangs_on_it(rules: RulesReader, text: str, when: str) -> None:
    """A date in the act's own clause is the statement's, whatever its form."""
    found = rules.read(Document(text, "Gazette", date=TOLD))
    assert found
    assert {stmt.date for stmt in found} == {DateInterval.parse(when)}


@pytest.mark.parametrize(
    "text",
    [
        "Arland attacked Belmark.",
        "Kade said on Monday that Arland attacked Belmark.",
        "Arland attacked Belmark, Kade said on Monday.",
        "Arland attacked Belmark before 2013.",
        "Arland has attacked Belmark until 2012.",
        "Arland attacked the Belmark town that Corvia left in 2012.",
        "Arland attacked Belmark on 31 June 2013.",
        "Arland sold 2014 tanks to Belmark.",
        "Arland attacked Belmark in 2010, and in 2011 too.",
    ],
)
def test_what_is_not_plain_leaves_the_documents_date(rules: RulesReader, text: str) -> None:
    """The saying's date, an open end, another clause's, no day of the calendar, two dates: none is the act's."""
    found = [stmt for stmt in rules.read(Document(text, "Gazette", date=TOLD)) if stmt.actor == "Arland"]
    assert found
    assert {stmt.date for stmt in found} == {TOLD}


def test_without_the_documents_date_only_full_dates_count(rules: RulesReader) -> None:
    """The word yesterday means nothing then, a year does."""
    (told,) = rules.read(Document("Arland attacked Belmark yesterday.", "Gazette"))
    assert told.date is None
    (told,) = rules.read(Document("Arland attacked Belmark in 2009.", "Gazette"))
    assert told.date == DateInterval.parse("2009")


PIECES = st.sampled_from(
    [
        "in",
        "on",
        "12",
        "31",
        "March",
        "Feb.",
        "2014",
        "0000",
        "9999",
        "last",
        "week",
        "two",
        "days",
        "ago",
        "between",
        "and",
        "-",
        ",",
        "999",
    ]
)


@settings(max_examples=200)
@given(st.lists(PIECES, max_size=9).map(" ".join), st.dates(date(1, 1, 1), date(9999, 12, 31)))
def test_any_words_and_any_day(text: str, day: date) -> None:
    """No combination of words and days is an error, and times stand inside the text."""
    for one in expressions(text, 0, len(text), DateInterval.day(day)):
        assert 0 <= one.start < one.end <= len(text)
