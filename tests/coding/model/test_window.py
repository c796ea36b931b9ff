from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegiance.coding.model.networks import FILES
from allegiance.coding.model.window import NAMES, Pieces, Span, kept, plain, window
from allegiance.coding.model.windows import stretches
from allegiance.coding.word_pieces import WordPieces

if TYPE_CHECKING:
    from collections.abc import Callable

PIECES = Pieces(WordPieces.of_file(FILES / "words.txt"), 4, 0, 2)
TEXT = "{0} accused {1} of arming fighters, and {0} said that {1} must stop."


def _told(first: str, second: str) -> tuple[str, list[Span]]:
    """Return the sentence about two actors, with their mentions."""
    text = TEXT.format(first, second)
    spans = []
    for number, name in enumerate((first, second)):
        at = text.find(name)
        while at >= 0:
            spans.append(Span(at, at + len(name), number))
            at = text.find(name, at + len(name))
    return text, sorted(spans)


@given(
    st.lists(
        st.from_regex(r"\A[A-Z][a-z]{6,12}( [A-Z][a-z]{6,9})?\Z"), min_size=2, max_size=2, unique=True
    ).filter(lambda two: two[0] not in two[1] and two[1] not in two[0])
)
def test_names_are_not_seen(names: list[str]) -> None:
    """A text with other names is the same text to the network, piece by piece and star by star."""
    text, spans = _told(*names)
    again, others = _told("Arland", "Belmark")
    one = window(text, (0, len(text)), spans, NAMES.__getitem__, PIECES)
    other = window(again, (0, len(again)), others, NAMES.__getitem__, PIECES)
    assert (one.pieces, one.stars) == (other.pieces, other.stars)


def test_what_a_mention_says_besides_a_name_is_kept() -> None:
    """Offices and descriptions stay, in lower case; names go."""
    assert kept("Arlandic Foreign Minister Jon Kade") == ["foreign", "minister"]
    assert kept("Kurdish fighters") == ["fighters"]
    assert kept("Arland") == []


def test_each_star_stands_before_its_actor() -> None:
    """Stars are pieces of the sign, and each piece of a mention has the mention's characters."""
    text, spans = _told("Arland", "Belmark")
    seen = window(text, (0, len(text)), spans, NAMES.__getitem__, PIECES)
    (star,) = PIECES.of("*")[0]
    for actor, places in seen.stars.items():
        for place, span in zip(places, (s for s in spans if s.actor == actor), strict=True):
            assert seen.pieces[place] == star
            assert seen.spans[place] == (span.start, span.end)


def test_a_long_text_is_cut_at_the_limit() -> None:
    """No window is longer than the encoder's table of places, and no star lies beyond its end."""
    text = "Arland " * 600
    spans = [Span(at * 7, at * 7 + 6, 0) for at in range(600)]
    seen = window(text, (0, len(text)), spans, NAMES.__getitem__, PIECES, 128)
    assert len(seen.pieces) == len(seen.spans) == 128
    assert max(seen.stars[0]) < 127


@pytest.mark.parametrize("text", ["", "   ", "Ärger über Çelik: „Зеленский“ 你好"])
def test_pieces_lie_in_the_text(text: str) -> None:
    """Every piece has its characters, in order, whatever the script."""
    seen = plain(text, (0, len(text)), PIECES)
    inside = seen.spans[1:-1]
    assert inside == sorted(inside)
    assert all(0 <= start < end <= len(text) for start, end in inside)


def _by_sentences(bounds: list[tuple[int, int]]) -> Callable[[int, int], int]:
    return lambda low, high: sum(end - start for start, end in bounds if start >= low and end <= high)


@given(st.lists(st.integers(1, 60), min_size=1, max_size=40), st.integers(10, 120))
def test_every_sentence_is_seen(lengths: list[int], room: int) -> None:
    """Stretches cover all sentences in order, overlap, fit (or hold one sentence), and always move on."""
    bounds, at = [], 0
    for length in lengths:
        bounds.append((at, at + length))
        at += length + 1
    size = _by_sentences(bounds)
    found = list(stretches(bounds, size, room))
    assert {n for first, last in found for n in range(first, last + 1)} == set(range(len(bounds)))
    assert all(first == last or size(bounds[first][0], bounds[last][1]) <= room for first, last in found)
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(found))
    assert all(b[0] <= a[1] + 1 for a, b in pairwise(found))
