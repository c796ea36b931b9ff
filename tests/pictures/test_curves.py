"""Lines of two shares."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from allegiance.pictures.curves import Line, curves


def test_lines_band_and_words_are_drawn() -> None:
    """Each line has a colour, a legend and its points' words, the first its band; names are no markup, shares stay inside."""
    lines = [
        Line("<all> (9)", ((0.1, 1.0), (0.5, 0.5)), ("from .9", "from .2"), ((0.9, 1.1), (0.4, 0.6))),
        *(Line(f"part {number}", ((0.3, 0.4),), ("from .5",)) for number in range(8)),
    ]
    drawn = curves(lines, "recall", "precision", "Curve")
    ET.fromstring(drawn)  # noqa: S314 - our own markup
    assert drawn.count("<polyline") == 9
    assert drawn.count("<polygon") == 1
    assert drawn.count("<circle") == 10
    assert "<all>" not in drawn
    assert "from .2" in drawn
    assert (
        drawn.count('stroke-dasharray="5 3"') == 2
    )  # more lines than colours: told apart by dashes, in the legend too
