"""The cleaned copy of a text and the way back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from allegiance.coding.reading_copy import LONGEST_CHUNK, ReadingCopy

ANY = st.text(alphabet=st.sampled_from("ab .\n\r\t\u00ad\u200b\u00a0\ufeff\x00\U0001f600"), max_size=80)


@given(ANY)
def test_every_character_leads_back(text: str) -> None:
    """Each character that stayed stands in the original where the copy says, up to kinds of blank and pictures."""
    copy = ReadingCopy.of(text)
    for at, char in enumerate(copy.text):
        start, end = copy.span(at, at + 1)
        assert text[start:end] == char or text[start:end].isspace() or text[start:end] == "\U0001f600"
        assert copy.place(start) == at


@given(ANY)
def test_chunks_keep_all_words(text: str) -> None:
    """The chunks hold every character that isn't blank, in order, at the offsets they name."""
    copy = ReadingCopy.of(text)
    chunks = list(copy.chunks())
    assert "".join("".join(chunk for _, chunk in chunks).split()) == "".join(copy.text.split())
    for at, chunk in chunks:
        assert copy.text[at : at + len(chunk)].replace("\n", " ") == chunk


def test_soft_hyphens_are_dropped() -> None:
    """A word divided for print reads as one."""
    copy = ReadingCopy.of("Ar\u00adland")
    assert copy.text == "Arland"
    assert copy.span(0, 6) == (0, 7)


def test_entities_are_one_character() -> None:
    """What a bad export left of HTML is read as its character; what stands for nothing stays."""
    copy = ReadingCopy.of("A &amp; B&nbsp;&foo; &#233;")
    assert copy.text == "A & B &foo; \u00e9"
    assert copy.place(9) == 5


def test_segments_lead_back() -> None:
    """The segments of a long text are the text, and each knows where it stands."""
    text = "Arland slept.\n\n" * 30_000
    segments = list(ReadingCopy.of(text).segments())
    assert len(segments) > 1
    assert "".join(one.text for one in segments) == text
    assert all(text[slice(*one.span(0, 6))] == "Arland" and one.place(one.begin) == 0 for one in segments)


def test_long_text_is_cut_at_sentences() -> None:
    """A single endless line becomes chunks of bearable length, cut behind sentence ends."""
    chunks = list(ReadingCopy.of("Arland slept. " * 5000).chunks())
    assert all(len(chunk) <= LONGEST_CHUNK for _, chunk in chunks)
    assert all(chunk.rstrip().endswith(".") for _, chunk in chunks)


def test_wrapped_lines_stay_one_paragraph() -> None:
    """A line break inside a long line is only wrapping; behind a full stop or a headline it ends the paragraph."""
    wrapped = "The delegations of the two neighbours came together on a cold\nmorning by the river."
    assert len(list(ReadingCopy.of(wrapped).chunks())) == 1
    assert len(list(ReadingCopy.of("Arland attacks\nThe army crossed the river.").chunks())) == 2
