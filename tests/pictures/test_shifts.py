"""Arrows from weights to weights."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from allegiance.pictures.shifts import shifts


def test_every_shift_is_drawn_and_told() -> None:
    """Each row has an arrow, its numbers stand beside it, and names are no markup."""
    drawn = shifts([("<A> - B", -5.0, 2.5), ("C - D", 1.0, 0.0)], "Shifts")
    ET.fromstring(drawn)  # noqa: S314 - our own markup
    assert drawn.count("<path") == 2
    assert "-5 → 2.5" in drawn
    assert "<A>" not in drawn
    assert "from -5 to 2.5" in drawn
