"""Pictures of gains, ranges and two numbers back to back: names can't become tags, and everything is told in words, too."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from allegiance.pictures.gains import gains
from allegiance.pictures.mirrored import mirrored
from allegiance.pictures.ranges import ranges

HOSTILE_NAME = '<script>alert("x")</script>'
PICTURES = [
    gains([(HOSTILE_NAME, 3.5, "to B"), ("B", -2, "alone"), ("C", 0, "alone")], "Gains"),
    ranges([(HOSTILE_NAME, 1, None, 2.5), ("B", -3, -4, None), ("C", 0, None, None)], "Ranges"),
    mirrored([(HOSTILE_NAME, 1, -2.5), ("B", None, 3), ("C", 0, None)], ("one", "<two>"), "Both"),
    gains([], "Nobody"),
    ranges([], "No tie"),
    mirrored([], ("one", "two"), "Nothing"),
]


@pytest.mark.parametrize("drawn", PICTURES)
def test_names_stay_text_and_measures_are_finite(drawn: str) -> None:
    """The picture is sound XML with title and description, without scripts, and no number in it is broken."""
    root = ET.fromstring(drawn)  # noqa: S314 - our own picture
    tags = [element.tag.rpartition("}")[2] for element in root.iter()]
    assert tags[:3] == ["svg", "title", "desc"]
    assert "script" not in tags
    assert "nan" not in drawn
    assert "inf" not in drawn


def test_words_tell_what_the_bars_show() -> None:
    """The descriptions name who gains, how far ties can go, and both numbers."""
    assert "1 of 3 would gain by leaving" in PICTURES[0]
    assert "B: nothing changes down to -4" in PICTURES[1]
    assert "B: nothing told and +3" in PICTURES[2]
