"""Quotation marks of all kinds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegiance.coding.quotes import find_quotes

CASES = [
    ('He said "yes" twice.', ['"yes"']),
    ("He said \u201cyes\u201d twice.", ["\u201cyes\u201d"]),
    ("He said 'yes' twice.", ["'yes'"]),
    ("The rebels' leader didn't speak.", []),
    ("\u2018It\u2019s ours,\u2019 she said.", ["\u2018It\u2019s ours,\u2019"]),
    ("\"She said 'no' to me,\" he said.", ["\"She said 'no' to me,\"", "'no'"]),
    ("\u201cone \u2018two\u2019 three\u201d", ["\u201cone \u2018two\u2019 three\u201d", "\u2018two\u2019"]),
    ('"never closed\nnext line', ['"never closed']),
    ("closed only\u201d here", []),
    ("\u00aboui\u00bb", ["\u00aboui\u00bb"]),
    ("\u00bbja\u00ab sagte er, \u00bbnein\u00ab sie.", ["\u00bbja\u00ab", "\u00bbnein\u00ab"]),
    ("\u201eja\u201c sagte er. Then she said \u201cno\u201d.", ["\u201eja\u201c", "\u201cno\u201d"]),
]


@pytest.mark.parametrize(("text", "found"), CASES)
def test_quotes_found(text: str, found: list[str]) -> None:
    """Curly, straight, single, nested and unbalanced marks are paired as a reader would."""
    assert [text[quote.start : quote.end] for quote in find_quotes(text)] == found


@given(st.text(alphabet="ab .\n\"'\u201c\u201d\u201e\u2018\u2019\u00ab\u00bb", max_size=60))
def test_quotes_nest(text: str) -> None:
    """Of two quotations one holds the other or they are apart, in any text."""
    quotes = find_quotes(text)
    for one in quotes:
        assert 0 <= one.start < one.end <= len(text)
        for other in quotes:
            apart = one.end <= other.start or other.end <= one.start
            assert apart or one.holds(other.start, other.end) or other.holds(one.start, one.end)
