"""The picture of a landscape."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from allegiance.pictures.landscape import MOST_VALLEYS, Valley, landscape_picture


def test_it_tells_in_words_what_it_shows() -> None:
    """The description names each valley with its energy and basin, and says when there are more."""
    svg = landscape_picture([Valley("M1", -5, 0.75), Valley("M2", -1, 0.25)], 2)
    ET.fromstring(svg)  # noqa: S314 - our own picture
    assert "M1: energy -5, basin 75.0%; M2: energy -1, basin 25.0%." in svg
    many = landscape_picture([Valley(f"M{i}", i - 50, 0.01) for i in range(40)], 4000)
    assert f"The {MOST_VALLEYS} deepest of 4,000." in many


def test_a_flat_landscape_can_be_drawn() -> None:
    """One valley, of whatever energy, has a picture without a number that isn't one."""
    for energy in (-3.0, 0.0, 4.0):
        assert "nan" not in landscape_picture([Valley("M1", energy, 1.0)], 1)
