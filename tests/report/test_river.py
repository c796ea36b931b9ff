"""The river of coalitions: places and picture."""

from __future__ import annotations

from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allegiance.report.river import REST, River, layout
from allegiance.report.river_svg import river_svg

SVG = "{http://www.w3.org/2000/svg}"


def river(*columns: dict[str, str], title: str = "Invented") -> River:
    """Return a river; each column gives by coalition its actors as letters."""
    names = dict.fromkeys(name for column in columns for name in column)
    members = tuple({name: tuple(actors) for name, actors in column.items()} for column in columns)
    leaders = {name: tuple(next(column[name] for column in columns if name in column)[:5]) for name in names}
    return River(title, ("A note.",), tuple(f"19{50 + i}" for i in range(len(columns))), members, leaders)


TURN = river({"C1": "ABCD", "C2": "XYZ", "C3": "Q"}, {"C1": "ABC", "C2": "XYZD", "C3": "Q"})


def test_bands_are_as_high_as_they_have_actors() -> None:
    """Heights are to scale, and coalitions that are always small run together in one band at the bottom."""
    places = layout(TURN, 0, 400, 10)
    assert places.bands[-1] == REST
    assert set(places.bands) == {"C1", "C2", REST}
    heights = {band: places.blocks[0, band].bottom - places.blocks[0, band].top for band in places.bands}
    assert heights["C1"] / heights["C2"] == pytest.approx(4 / 3)
    assert heights["C1"] / heights[REST] == pytest.approx(4)


def test_who_changes_is_a_ribbon_from_band_to_band() -> None:
    """Each change between two bands is one ribbon with its actors, as thick at its end as at its start."""
    (ribbon,) = layout(TURN, 0, 400, 10).ribbons
    assert (ribbon.column, ribbon.left, ribbon.joined, ribbon.actors) == (0, "C1", "C2", ("D",))
    assert ribbon.start.bottom - ribbon.start.top == pytest.approx(ribbon.end.bottom - ribbon.end.top)


COLUMNS = st.lists(
    st.dictionaries(st.sampled_from("ABCDEFGHIJ"), st.sampled_from(["C1", "C2", "C3"]), max_size=10),
    max_size=5,
)


@settings(max_examples=40, deadline=None)
@given(COLUMNS)
def test_bands_do_not_overlap_and_everybody_is_drawn(columns: list[dict[str, str]]) -> None:
    """Whatever comes and goes: in each column bands stay apart, all actors have their height, and the picture is XML."""
    given_members = [
        {
            name: tuple(sorted(actor for actor in column if column[actor] == name))
            for name in set(column.values())
        }
        for column in columns
    ]
    names = sorted({name for column in given_members for name in column})
    drawn = River(
        "T", (), tuple(map(str, range(len(columns)))), tuple(given_members), dict.fromkeys(names, ())
    )
    places = layout(drawn, 0, 400, 10)
    for i, column in enumerate(columns):
        stretches = sorted((block.top, block.bottom) for (at, _), block in places.blocks.items() if at == i)
        assert all(one[1] <= two[0] for one, two in pairwise(stretches))
        assert sum(len(places.members[i, band]) for band in places.bands) == len(column)
    for ribbon in places.ribbons:
        assert ribbon.start.bottom - ribbon.start.top == pytest.approx(ribbon.end.bottom - ribbon.end.top)
    ET.fromstring(river_svg(drawn))  # noqa: S314 - our own text


def test_names_stay_names_in_the_picture() -> None:
    """A name with markup or control characters is text in the picture, which has a title, a description and no script."""
    evil = "<script>alert(1)</script>\x00\ud800"
    names = (evil, "B & C", "D")
    picture = river_svg(River(evil, (evil,), ("1",), ({"C1": names},), {"C1": names}))
    root = ET.fromstring(picture)  # noqa: S314 - our own text
    assert not [element for element in root.iter() if element.tag.endswith("script")]
    title = root.find(f"{SVG}title")
    assert title is not None
    assert title.text is not None
    assert title.text.startswith("<script>alert(1)")
    assert root.get("role") == "img"
    assert "http" not in picture.replace("http://www.w3.org/2000/svg", "")
