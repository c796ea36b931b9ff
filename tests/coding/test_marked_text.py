"""Texts with two marked mentions."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allegiance.coding.marked_text import LIMIT, Marks, marked, whole_words

MARKS = Marks(1, 2, 3, 4, 5, 6)


def _pieces(count: int) -> tuple[list[tuple[int, int]], list[int]]:
    """Words of three letters, numbered from 100."""
    return [(4 * at, 4 * at + 3) for at in range(count)], list(range(100, 100 + count))


def test_marks_stand_around_both_mentions() -> None:
    """Opening and closing marks, and the places of the opening ones."""
    offsets, pieces = _pieces(4)
    found = marked(offsets, pieces, ((0, 3), (8, 15)), MARKS)
    assert found.pieces == [1, 3, 100, 4, 101, 5, 102, 103, 6, 2]
    assert (found.first, found.second) == (1, 5)


def test_one_mention_inside_the_other() -> None:
    """Of "US" in "US-backed rebels" the inner one is marked inside."""
    offsets, pieces = _pieces(3)
    found = marked(offsets, pieces, ((0, 11), (0, 3)), MARKS)
    assert sorted(set(found.pieces)) == [1, 2, 3, 4, 5, 6, 100, 101, 102]


@settings(max_examples=80)
@given(st.integers(1, 3000), st.data())
def test_both_marks_survive_any_cut(count: int, data: st.DataObject) -> None:
    """However long the text and wherever the mentions, both are marked, and the row stays short."""
    offsets, pieces = _pieces(count)
    end = 4 * count
    spans = []
    for _ in range(2):
        start = data.draw(st.integers(0, end - 1))
        spans.append((start, data.draw(st.integers(start + 1, min(end, start + 200)))))
    spans.sort(key=lambda span: (span[0], -span[1]))
    found = marked(offsets, pieces, (spans[0], spans[1]), MARKS)
    assert found.pieces[found.first] == 3
    assert found.pieces[found.second] == 5
    assert all(found.pieces.count(mark) == 1 for mark in range(1, 7))
    assert len(found.pieces) <= LIMIT + 8


@pytest.mark.parametrize(
    ("text", "span", "wanted"),
    [
        ("[Congre]ss".replace("[", "").replace("]", ""), (0, 6), "Congress"),
        ("Kasich\u2019s plan", (0, 7), "Kasich"),
        ("the US.", (4, 6), "US"),
        (" x", (0, 2), "x"),
    ],
)
def test_whole_words(text: str, span: tuple[int, int], wanted: str) -> None:
    """A mention that ends inside a word is completed, an apostrophe left out."""
    start, end = whole_words(text, span)
    assert text[start:end] == wanted
