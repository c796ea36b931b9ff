from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allegiance.errors import AllegianceError, UnreadableTextError
from allegiance.reading import documents
from allegiance.reading.html import read_html

PAGE = Path(__file__).parents[1] / "fixtures" / "texts" / "page.html"


def text_of(markup: str) -> str:
    """Return the text of a page."""
    return read_html(markup.encode(), "page.html")[0]


def test_page() -> None:
    """The article's blocks come out in order, with entities decoded and nothing from around it."""
    (doc,) = documents(PAGE).documents
    assert "attack" not in doc.text
    assert doc.text.split("\n\n")[-8:] == [
        "Korvath and Selmarra signed a defence pact on Tuesday, officials said.",
        "“We stand together,” said the king.",
        "He smiled.",
        "Ships",
        "Planes <twelve>",
        "Party Ships",
        "Korvath 12",
        "The pact lasts ten years and may be renewed by both of the parties for another ten.",
    ]


def test_origin() -> None:
    """Title, authors, date, address and outlet are taken from where pages say them."""
    (doc,) = documents(PAGE).documents
    assert doc.title == "Korvath & Selmarra sign"
    assert doc.author == "Ada Lind, Bo Vey"
    assert str(doc.date) == "2031-02-11"
    assert doc.url == "https://gazette.example/2031/02/korvath-selmarra"
    assert doc.outlet == "The Ambry Gazette"
    assert documents(PAGE, outlet="Mine", author="Me").documents[0].outlet == "Mine"


def test_content_tells_the_format(tmp_path: Path) -> None:
    """A page without a telling suffix is known by its beginning."""
    path = tmp_path / "saved"
    path.write_bytes(PAGE.read_bytes())
    assert documents(path).documents[0].text == documents(PAGE).documents[0].text


@pytest.mark.parametrize(
    "markup",
    [
        "<p>A</p><script>bad</script><p>B</p>",
        "<p>A<style>bad</style></p><p>B",
        "<p>A</p><SCRIPT type='text/javascript'>bad</SCRIPT><p>B</p>",
        "<p>A</p><noscript><p>bad</p></noscript><template>bad</template><p>B</p>",
        "<p>A</p><svg><text>bad</text></svg><p>B</p>",
        "<p>A</p><!-- bad --><p>B</p>",
        "<p>A</p><div hidden>bad</div><div aria-hidden='true'>bad</div><p>B</p>",
        "<p>A</p><div role='navigation'>bad</div><p class='share-bar'>bad</p><p>B</p>",
        "<p>A</p><form><label>bad</label><button>bad</button></form><p>B</p>",
        "<body><header>bad<nav>bad</nav></header><article><p>A</p><p>B</p></article></body>".replace(
            "<header>bad", "<header>"
        ),
    ],
)
def test_only_the_article(markup: str) -> None:
    """Scripts, styles, navigation, forms and hidden parts are never text."""
    assert text_of(markup) == "A\n\nB"


def test_teasers_are_not_the_article() -> None:
    """Of several articles the one that holds most of the page's paragraphs is read."""
    teaser = "<article><p>Short teaser.</p></article>"
    assert text_of(f"{teaser}<article><p>{'Long text. ' * 30}</p></article>{teaser}").startswith("Long text.")


def test_declared_encoding() -> None:
    """The encoding that a page declares is used."""
    raw = '<meta charset="iso-8859-2"><p>Dubček</p>'.encode("iso-8859-2")
    assert read_html(raw, "page.html")[0] == "Dubček"
    assert read_html('<meta charset="nonsense"><p>café</p>'.encode(), "page.html")[0] == "café"


@pytest.mark.parametrize("depth", [100, 4_900])
def test_deep_pages_are_read(depth: int) -> None:
    """Elements nested deeper than any recursion limit are still read."""
    assert text_of("<div>" * depth + "<p>deep down</p>") == "deep down"


def test_pages_nested_without_end() -> None:
    """A page nested to exhaust the parser is refused before it is parsed."""
    with pytest.raises(UnreadableTextError, match="nests 300,000 elements"):
        text_of("<div>" * 300_000)


@pytest.mark.parametrize(
    "markup", ["<html></html>", "<script>bad()</script>", "<p> &nbsp; </p>", "<nav>Menu</nav>"]
)
def test_pages_without_text(markup: str) -> None:
    """A page without text outside scripts and navigation is refused."""
    with pytest.raises(UnreadableTextError, match="without text"):
        text_of(markup)


def test_broken_linked_data() -> None:
    """Broken JSON-LD and impossible dates say nothing, and the text is read all the same."""
    nested = "[" * 100_000
    markup = (
        f'<script type="application/ld+json">{nested}</script><script type="application/ld+json">{{"a":</script>'
        '<meta name="date" content="yesterday"><time datetime="31.12.">x</time><p>Text.</p>'
    )
    text, origin = read_html(markup.encode(), "page.html")
    assert text.endswith("Text.")
    assert origin.date is None


_TAGS = st.sampled_from(
    ["<p>", "</p>", "<div class=ad>", "</div>", "<script>", "</script>", "<article>", "<b>", "text ", "&amp;", "<!--", "-->",
     "<table><tr><td>", "\x00", "<", "<br/>", "\u00ad", "<nav>", "</nav>", "<plaintext>", "<svg><p>"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(_TAGS, max_size=30).map("".join))
def test_any_markup(markup: str) -> None:
    """Any markup gives text without markup characters of its own, or one sentence."""
    try:
        text = text_of("<p>begin</p>" + markup)
    except AllegianceError as refused:
        assert "page.html" in str(refused)  # noqa: PT017 - both outcomes are right
    else:
        assert text == text.strip()
        assert "\n\n\n" not in text
