"""The picture of positions through rounds."""

from __future__ import annotations

import re
from itertools import pairwise
from xml.etree import ElementTree as ET

from allegiance.pictures.rounds import LINE, Path, rounds_picture


def test_it_tells_in_words_what_it_shows() -> None:
    """The description names each party with its first and last position, and the forecast; names are escaped."""
    paths = [Path("A & <B>", [0, 5], 1.0), Path("C", [10, 10], 0.2)]
    svg = rounds_picture(paths, [2, 6], (0, 10), unit="years", interval=(5, 7))
    tree = ET.fromstring(svg)  # noqa: S314 - our own picture
    texts = [node.text for node in tree.iter() if node.text]
    assert "The forecast goes from 2 to 6 years. A & <B> from 0 to 5; C from 10 to 10." in texts
    assert "script" not in svg


def test_names_never_cover_each_other() -> None:
    """Forty parties that end at one place have their names one below the other, inside the picture."""
    paths = [Path(f"Party {number}", [number, 5], 0.5) for number in range(40)]
    svg = rounds_picture(paths, [5, 5], (0, 39))
    height = float(re.search(r'viewBox="0 0 [\d.]+ ([\d.]+)"', svg)[1])  # type: ignore[index]
    places = sorted(
        float(node.attrib["y"])
        for node in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")  # noqa: S314 - as above
        if str(node.text).startswith(("Party", "forecast"))
    )
    assert len(places) == 41
    assert min(b - a for a, b in pairwise(places)) >= LINE - 0.1
    assert 0 < places[0] < places[-1] < height
