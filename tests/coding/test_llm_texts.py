"""Pieces of long texts, and words found again in them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allegiance.coding.llm_chunks import chunks
from allegiance.coding.llm_quotes import Searched

_words = st.lists(
    st.sampled_from(["Corvia", "attacked.", "\u201cso\u201d", "it's", "x" * 30, "\n\n", "\u00e9", "\u2014"]),
    max_size=60,
).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(_words, st.integers(10, 80))
def test_pieces_are_the_text(text: str, longest: int) -> None:
    """Pieces stand where they say, are short enough, and leave out nothing but blanks."""
    found = list(chunks(text, longest))
    assert all(text[at : at + len(piece)] == piece and len(piece) <= longest for at, piece in found)
    assert "".join("".join(piece.split()) for _, piece in found) == "".join(text.split())


def test_pieces_end_at_paragraphs_then_sentences() -> None:
    """A cut goes through a sentence only where it is longer than a piece."""
    text = "One is here. Two is there.\n\nThree is away. Four."
    assert [piece for _, piece in chunks(text, 30)] == [
        "One is here. Two is there.\n\n",
        "Three is away. Four.",
    ]
    assert [piece for _, piece in chunks(text[:26], 20)] == ["One is here. ", "Two is there."]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Vane said", "Vane said"),
        ('"we won\'t go"', "\u201cwe won\u2019t  go\u201d"),
        ("we won't go", "we won\u2019t  go"),
        ("north-south line", "north\u2013south\nline"),
        ("a soft hyphen", "a soft hy\u00adphen"),
        ("Vane said...", "Vane said"),
        ("vane said", None),
        ("we will go", None),
        ("", None),
        ("\u00ad", None),
    ],
)
def test_words_are_found_again(words: str, found: str | None) -> None:
    """Blanks, quotation marks and dashes may differ; letters and their case may not."""
    text = "Vane said: \u201cwe won\u2019t  go\u201d across the north\u2013south\nline; a soft hy\u00adphen."
    span = Searched(text).find(words)
    assert (text[slice(*span)] if span else None) == found


@settings(max_examples=60, deadline=None)
@given(_words, st.data())
def test_any_part_of_a_text_is_found(text: str, data: st.DataObject) -> None:
    """What was copied from the text is found in it, also when its blanks were changed."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    part = text[start:end]
    span = Searched(text).find(" ".join(part.split()))
    if any(sign.isalnum() for sign in part):
        assert span is not None
        assert text[slice(*span)].split() == part.split()
