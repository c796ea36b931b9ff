"""Word pieces."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allegiance.coding.encoder import FILES
from allegiance.coding.word_pieces import WordPieces

TABLE = WordPieces.of_file(FILES / "words.txt")
SMALL = WordPieces(
    {"[UNK]": 0, "un": 1, "##arm": 2, "##ed": 3, "don": 4, "'": 5, "t": 6, "\u65e5": 7, "\u672c": 8}
)


@pytest.mark.parametrize(
    ("text", "numbers", "offsets"),
    [
        ("Unarmed", [1, 2, 3], [(0, 2), (2, 5), (5, 7)]),
        ("  \u00dcn", [1], [(2, 4)]),
        ("don't", [4, 5, 6], [(0, 3), (3, 4), (4, 5)]),
        ("un\u00adarmed", [1, 2, 3], [(0, 2), (3, 6), (6, 8)]),
        ("\u65e5\u672c", [7, 8], [(0, 1), (1, 2)]),
        ("xyz", [0], [(0, 3)]),
        ("", [], []),
    ],
)
def test_pieces(text: str, numbers: list[int], offsets: list[tuple[int, int]]) -> None:
    """Longest pieces first from the left; accents, capitals and soft hyphens don't count, offsets are the text's own."""
    found = SMALL.pieces(text)
    assert (found.numbers, found.offsets) == (numbers, offsets)


@settings(max_examples=60)
@given(st.text())
def test_offsets_lie_in_order_inside_the_text(text: str) -> None:
    """Whatever the text, pieces have characters of it, in order."""
    found = TABLE.pieces(text)
    assert len(found.numbers) == len(found.offsets)
    assert all(0 <= start < end <= len(text) for start, end in found.offsets)
    assert found.offsets == sorted(found.offsets)


def test_a_word_without_end_is_cut_in_no_time() -> None:
    """Long runs of letters are cut at a hundred characters, so that the work grows with the text only."""
    assert len(TABLE.pieces("x" * 50_000).numbers) < 50_000
