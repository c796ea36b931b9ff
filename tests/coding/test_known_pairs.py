"""Known pairs."""

from __future__ import annotations

import pytest

from allegiance.coding import relate
from allegiance.errors import UnknownNameError, UsageError

pytest.importorskip("spacy")


def _spans(text: str, a: str, b: str) -> tuple[tuple[int, int], tuple[int, int]]:
    return (text.index(a), text.index(a) + len(a)), (text.index(b), text.index(b) + len(b))


CASES = [
    ("Smith praised Jones.", "Smith", "Jones", 1, "a->b"),
    ("Smith was criticised by Jones.", "Smith", "Jones", -1, "b->a"),
    ("Smith and Jones went home.", "Smith", "Jones", 0, "none"),
    ("Smith refused to support Jones.", "Smith", "Jones", -1, "a->b"),
    ("Smith denied attacking Jones.", "Smith", "Jones", 0, "none"),
]


@pytest.mark.parametrize(("text", "a", "b", "polarity", "direction"), CASES)
def test_relation(text: str, a: str, b: str, polarity: int, direction: str) -> None:
    """The two mentions are given; sign and direction come from the same rules."""
    one, other = _spans(text, a, b)
    (found,) = relate([text], [one], [other])
    assert (found.polarity, found.direction) == (polarity, direction)


def test_swapped_mentions_swap_the_direction() -> None:
    """Which mention is called a changes the direction and nothing else."""
    text = "Smith praised Jones."
    one, other = _spans(text, "Smith", "Jones")
    there, back = relate([text, text], [one, other], [other, one])
    assert (there.polarity, there.score) == (back.polarity, back.score)
    assert (there.direction, back.direction) == ("a->b", "b->a")


def test_bad_calls() -> None:
    """Lists of different length, spans outside the text and unknown readers are named."""
    with pytest.raises(UsageError, match="one of each per text"):
        relate(["x"], [], [])
    with pytest.raises(UsageError, match="outside text number 0"):
        relate(["x"], [(0, 1)], [(0, 9)])
    with pytest.raises(UnknownNameError):
        relate(["xy"], [(0, 1)], [(1, 2)], reader="ruels")
