from __future__ import annotations

import pytest

from allegiance.errors import DataError
from allegiance.events import period


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        ("1946", "1946-01-01/1946-12-31"),
        ("1946-49", "1946-01-01/1949-12-31"),
        ("1946-1949", "1946-01-01/1949-12-31"),
        ("1946/1949", "1946-01-01/1949-12-31"),
        ("46-49", "1946-01-01/1949-12-31"),
        ("98-01", "1998-01-01/2001-12-31"),
        ("1999-00", "1999-01-01/2000-12-31"),
        ("2031-04", "2031-04-01/2031-04-30"),
        ("2031-04-09", "2031-04-09"),
        (" 1950 ", "1950-01-01/1950-12-31"),
    ],
)
def test_spellings_of_periods(text: str, interval: str) -> None:
    """Years, months, days and windows of years with two or four digits are read."""
    assert str(period(text)) == interval


def test_the_empty_text_is_no_period() -> None:
    """Nothing stands for no period, not for an error."""
    assert period("  ") is None


@pytest.mark.parametrize(
    "text", ["wave 2", "2031-13-01", "0000-00-00", "1949-1946", "19460", "00-00-00", "2031-13"]
)
def test_other_texts_are_refused(text: str) -> None:
    """What is no period of the calendar is an error, not a guess."""
    with pytest.raises(DataError):
        period(text)
