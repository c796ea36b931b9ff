"""Markup is built so that no name can become a tag."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from allegiance.pictures import Markup, element, joined, table
from allegiance.pictures.canvas import picture


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.words += [value for _, value in attrs if value is not None]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def _parsed(markup: str) -> _Tags:
    parser = _Tags()
    parser.feed(markup)
    parser.close()
    return parser


@given(st.text(), st.text())
def test_no_text_becomes_a_tag(inside: str, value: str) -> None:
    """Whatever a name holds, the element has no other tag than its own."""
    assert _parsed(element("p", inside, title=value)).tags == ["p"]


def test_words_come_back_as_they_were() -> None:
    """What is escaped reads as it was written."""
    parsed = _parsed(element("b", 'A & "B" <C>', title="x > 'y'"))
    assert parsed.words == ["x > 'y'", 'A & "B" <C>']


def test_markup_stays_and_plain_text_is_escaped() -> None:
    """Only markup goes in unchanged."""
    assert joined([element("i", "a"), "<i>", 2.50, 3], ", ") == "<i>a</i>, &lt;i&gt;, 2.5, 3"
    assert isinstance(joined([]), Markup)


def test_names_of_attributes_are_spelled_as_html_does() -> None:
    """An underscore is a hyphen, one at the end is dropped, None leaves the attribute out."""
    assert element("line", x1=1.0, stroke_width=0.333, class_="tie", id=None) == (
        '<line x1="1" stroke-width="0.33" class="tie"></line>'
    )


def test_a_table_has_headings_and_numbers_to_the_right() -> None:
    """Columns are headings, numbers are aligned, markup in cells stays."""
    found = table(["actor", "gain"], [["A<B", 1.5], [element("b", "C"), 2]], caption="Gains")
    assert _parsed(found).tags[:6] == ["table", "caption", "thead", "tr", "th", "th"]
    assert '<td align="right">1.5</td>' in found
    assert "<td>A&lt;B</td>" in found
    assert "<td><b>C</b></td>" in found


def test_a_picture_can_be_heard() -> None:
    """Every picture has a title and a description."""
    drawn = picture(200, 100.5, "Ties", "Two ties", [element("circle", r=3)])
    assert 'viewBox="0 0 200 100.5"' in drawn
    assert "<title>Ties</title><desc>Two ties</desc>" in drawn
    assert 'role="img"' in drawn
