"""Who appears in a text: the finder as it ships, with the tables of an invented world."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allegiance.coding.model import cast, networks
from allegiance.coding.model.cast import Bars, Member

if TYPE_CHECKING:
    from allegiance.coding import Namer

pytest.importorskip("onnxruntime")
BARS = Bars(0.4, 0.5, 0.8)


def _cast(text: str, namer: Namer) -> dict[str, Member]:
    found = cast.cast(text, [(0, len(text))], namer.mentions(text), networks.load().finder, BARS)
    return {member.name: member for member in found}


def test_known_names_are_one_actor_each(namer: Namer) -> None:
    """Capital, adjective and name are one; two known actors are never joined."""
    text = "Arland bombed Belmark. Port Bel said the Arlandic jets had hit a school."
    found = _cast(text, namer)
    assert {"Arland", "Belmark"} <= set(found)
    assert [text[s:e] for s, e in found["Belmark"].spans] == ["Belmark", "Port Bel"]


def test_strangers_are_found(namer: Namer) -> None:
    """Whom no table knows is found by its place in the sentence, under its own name."""
    found = _cast("The Veskan Brigade attacked Arland, and the Tuli Council condemned the brigade.", namer)
    assert any("Veskan Brigade" in name for name in found)
    assert any("Tuli Council" in name for name in found)


def test_who_is_given_is_found_by_words() -> None:
    """Given actors are found under all their words, the longest first, a description in whatever case."""
    text = "The old lion growled. Old Lion City was quiet, and Lionland slept."
    (one, other) = cast.given(text, {"Lionland": ["the old lion"], "Old Lion City": []})
    assert [text[s:e] for s, e in one.spans] == ["The old lion", "Lionland"]
    assert [text[s:e] for s, e in other.spans] == ["Old Lion City"]


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab A.,\"' \u00e9\u4f60\u2019-1\n"), max_size=120))
def test_any_text_has_a_cast(text: str) -> None:
    """Mentions lie in the text, apart from each other, and say more than a sign or a number, whatever the text."""
    members = cast.cast(text, [(0, len(text))], [], networks.load().finder, BARS) if text else []
    spans = sorted(span for member in members for span in member.spans)
    assert all(0 <= s < e <= len(text) for s, e in spans)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))
    assert all(any(c.isalpha() for c in text[s:e]) for s, e in spans)
