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


@pytest.mark.parametrize("reader", ["rules", "taught"])
@pytest.mark.parametrize(("text", "a", "b", "polarity", "direction"), CASES)
def test_relation(text: str, a: str, b: str, polarity: int, direction: str, reader: str) -> None:
    """The two mentions are given; sign and direction come from the same rules, or from them and the trained model."""
    one, other = _spans(text, a, b)
    (found,) = relate([text], [one], [other], reader=reader)
    assert (found.polarity, found.direction) == (polarity, direction)


@pytest.mark.parametrize("reader", ["rules", "taught"])
@pytest.mark.parametrize("text", ["Smith praised Jones.", "Jones was sued by Smith over the Smith estate."])
def test_swapped_mentions_swap_the_direction(reader: str, text: str) -> None:
    """Which mention is called a changes the direction and nothing else."""
    one, other = _spans(text, "Smith", "Jones")
    there, back = relate([text, text], [one, other], [other, one], reader=reader)
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


ODD = [
    ("Smith", (0, 5), (0, 5)),
    ("US-backed rebels", (0, 16), (0, 2)),
    ("US-backed rebels", (0, 2), (0, 16)),
    ("a\u00adb \U0001f680 c", (0, 3), (4, 5)),
    ("  \n x", (0, 2), (4, 5)),
    ("Smith " * 5000, (0, 5), (29994, 29999)),
    ("\u0391\u03b2\u03b3 \u0437\u043b\u0438\u0442\u0441\u044f \u0627\u0644\u0639", (0, 3), (11, 14)),
]


@pytest.mark.parametrize("reader", ["rules", "taught"])
@pytest.mark.parametrize(("text", "one", "other"), ODD, ids=range(len(ODD)))
def test_odd_pairs_get_an_answer(
    reader: str, text: str, one: tuple[int, int], other: tuple[int, int]
) -> None:
    """The same mention twice, one inside the other, blanks, signs, five thousand words: an answer, and no error."""
    (found,) = relate([text], [one], [other], reader=reader)
    assert found.polarity in (-1, 0, 1)
    assert 0 <= found.score <= 1
    assert (found.direction == "none") == (found.polarity == 0)


def test_no_pairs_no_answers() -> None:
    """Nothing asked, nothing answered."""
    assert relate([], [], [], reader="taught") == []


def test_a_pair_far_apart_keeps_both_marks() -> None:
    """Five thousand words between two mentions: the network still sees both."""
    text = "Arland " + "and then " * 2500 + "attacked Belmark."
    (found,) = relate([text], [(0, 6)], [(len(text) - 8, len(text) - 1)])
    assert found.polarity in (-1, 0, 1)
