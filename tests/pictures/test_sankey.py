"""Sankey pictures: nothing overlaps, nothing is lost, names stay text."""

from __future__ import annotations

import re
from itertools import pairwise
from xml.etree import ElementTree as ET

from hypothesis import given, settings
from hypothesis import strategies as st

from allegiance.pictures.layers import heights, layered
from allegiance.pictures.sankey import Ribbon, sankey

SVG = "{http://www.w3.org/2000/svg}"


def parsed(ribbons: list[Ribbon]) -> ET.Element:
    """Return the drawing as XML, which it has to be."""
    return ET.fromstring(sankey(ribbons, title="T", description="D"))  # noqa: S314 - of our own making


def test_every_route_has_its_ribbon_and_title_and_every_place_its_label() -> None:
    """Ribbons are as wide as their flows; titles tell the claimants; marked and denied ones are told in words, too."""
    drawn = parsed(
        [
            Ribbon("A", "B", 30, "A to B: 30; claimed by S"),
            Ribbon("B", "C", 10, "B to C", marked=True),
            Ribbon("A", "C", 20, "A to C", dashed=True),
        ]
    )
    assert [one.text for one in drawn[:2]] == ["T", "D"]
    ribbons = [one for one in drawn.iter(f"{SVG}path") if one.find(f"{SVG}title") is not None]
    wide = {
        title.text: float(one.attrib["stroke-width"])
        for one in ribbons
        if (title := one.find(f"{SVG}title")) is not None
    }
    assert wide["A to B: 30; claimed by S"] == 3 * wide["B to C; closed"]
    words = {one.text for one in drawn.iter(f"{SVG}text")}
    assert {"A", "B", "C", "50", "closed", "denied by somebody"} <= words


def test_circles_are_drawn_and_loops_left_out() -> None:
    """What leads back runs below the rest, within the picture."""
    drawn = parsed([Ribbon("A", "B", 3, "AB"), Ribbon("B", "A", 2, "BA"), Ribbon("A", "A", 9, "AA")])
    lines = [one.attrib["d"] for one in drawn.iter(f"{SVG}path")]
    assert len(lines) == 2
    tall = float(drawn.attrib["viewBox"].split()[3])
    assert all(0 <= float(y) <= tall for line in lines for y in re.findall(r",(-?[\d.]+)", line))


def test_nothing_to_draw_is_said() -> None:
    """Without any flow the picture says so."""
    assert "Nothing flows" in sankey([], title="T", description="D")


def test_names_never_become_markup() -> None:
    """Tags in names are shown as text."""
    drawn = sankey([Ribbon("<script>x</script>", "B", 1, "<b>")], title="<i>", description='"')
    assert "<script" not in drawn
    assert "<b>" not in drawn


arrows = st.lists(
    st.tuples(st.sampled_from("ABCDEFG"), st.sampled_from("ABCDEFG"), st.integers(1, 9).map(float)).filter(
        lambda arrow: arrow[0] != arrow[1]
    ),
    min_size=1,
    max_size=16,
    unique_by=lambda arrow: arrow[:2],
)


@settings(max_examples=80, deadline=None)
@given(arrows)
def test_arrows_lead_to_the_right_and_nothing_overlaps(told: list[tuple[str, str, float]]) -> None:
    """Each arrow but those turned leads column by column to the right; points of a column keep their distance."""
    layers = layered(told)
    for (start, end, _), way, turned in zip(told, layers.ways, layers.turned, strict=True):
        assert (way[0][0], way[-1][0]) == ((end, start) if turned else (start, end))
        columns = [layers.column[point] for point in way]
        assert columns == sorted(set(columns))
        assert turned or all(two == one + 1 for one, two in pairwise(columns))
    links = [
        (one, two, weight)
        for way, (_, _, weight), turned in zip(layers.ways, told, layers.turned, strict=True)
        if not turned
        for one, two in pairwise(way)
    ]
    top, tall = heights(layers.order, links, lambda _: 10.0, 5.0)
    for column in layers.order:
        assert all(top[two] >= top[one] + 15 - 1e-6 for one, two in pairwise(column))
        assert all(-1e-6 <= top[point] <= tall - 10 + 1e-6 for point in column)
