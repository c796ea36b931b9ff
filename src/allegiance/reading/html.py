"""HTML pages: the text of the article, without navigation, scripts and advertisements.

What pages say about themselves (title, author, date) is `html_origin`. Scripts are never run and their text is never taken.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from allegiance.errors import MissingExtraError, UnreadableTextError
from allegiance.reading.decoding import check_length, decoded
from allegiance.reading.html_invitations import invitations
from allegiance.reading.html_origin import page_origin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborHTMLParser, LexborNode

    from allegiance.reading.origin import Origin

_DEEPEST = 5_000
_LARGEST_PAGE = 20_000_000
_SNIFFED = 2_048
# Each is weighed by its paragraphs; the article of a page is not behind hundreds of others.
_MOST_MARKED = 200

_NEVER = """script style noscript template nav aside footer button input select textarea label iframe svg canvas math object embed
    video audio dialog menu head""".split()  # noqa: SIM905 - a list of tags reads best as words
_BLOCKS = frozenset(
    """p div section article main header h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre table tr caption figure figcaption
    address hr details summary fieldset form center body br""".split()  # noqa: SIM905 - the same
)
_CELLS = ("td", "th")
_ROLES = frozenset(
    {"navigation", "banner", "contentinfo", "complementary", "dialog", "alertdialog", "search", "menu"}
)
# Words of class and id by which pages mark what is not the article.
_BESIDE = frozenset(
    """cookie cookies consent newsletter subscribe subscription paywall share sharing social related recommended promo advert
    recommendations recommend trending mostread readmore newsletters signup outbrain taboola caption disqus
    advertisement ad ads sponsor breadcrumb breadcrumbs byline sidebar comments comment tags popup modal skip hidden
    visually""".split()  # noqa: SIM905 - the same
)
_BESIDE_PAIRS = re.compile(
    r"\b(?:read more|more on|more from|most read|most popular|also read|see also|read next|up next|sign up)\b"
)
# Elements that close only when told to: a page nests as deep as these do.
_OPENING = re.compile(
    r"<(/?)(?:div|span|section|article|main|table|ul|ol|dl|blockquote|b|i|u|em|strong|font|a|center|small|big|code|tt|s|"
    r"strike|nobr|fieldset|form|figure|details|svg|g|math|mrow|object|ins|del|q|cite|label|button)\b",
    re.IGNORECASE,
)
_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE
)
_LIKE_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_MOST_LOST = 0.002
_SPACES = re.compile(r"[ \t\n\r\f\v\u00a0]+")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def looks_like_html(raw: bytes) -> bool:
    """Return whether a file without a telling suffix begins like a page."""
    return _LIKE_HTML.match(raw[:_SNIFFED]) is not None


def read_html(raw: bytes, name: str, encoding: str | None = None) -> tuple[str, Origin]:
    """Return the article's text, its blocks separated by empty lines, and what the page says of its origin.

    Raises:
        UnreadableTextError: the page is too large, nested too deeply, or holds no text.
        MissingExtraError: the HTML parser isn't installed.
    """
    try:
        from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415 - an optional part
    except ModuleNotFoundError as missing:
        raise MissingExtraError("Reading HTML", "reading") from missing
    declared = None if encoding else _declared(raw)
    # The page's own word for its encoding is taken with the bytes that don't fit; the caller's has to fit.
    markup = (
        decoded(raw.decode(declared, errors="replace").encode(), name)
        if declared
        else decoded(raw, name, encoding)
    )
    if len(markup) > _LARGEST_PAGE:
        raise UnreadableTextError(
            f"{name} has {len(markup):,} characters; a page may have {_LARGEST_PAGE:,}. Split it."
        )
    _check_depth(markup, name)
    page = LexborHTMLParser(markup)
    origin = page_origin(page)
    page.strip_tags(_NEVER, recursive=True)
    text = check_length(_text(_article(page)), name)
    if not text:
        raise UnreadableTextError(f"{name} is a page without text outside its scripts and navigation.")
    return text, origin


def _declared(raw: bytes) -> str | None:
    """Return the encoding that a page declares for itself, if Python knows it and the bytes carry no other mark."""
    match = _CHARSET.search(raw[:_SNIFFED]) or _CHARSET.search(
        raw[: raw.find(b"</head") if b"</head" in raw else 0]
    )
    if match is None or raw[:2] in (b"\xff\xfe", b"\xfe\xff") or raw[:3] == b"\xef\xbb\xbf":
        return None
    name = match[1].decode("ascii").lower()
    # Browsers take Latin-1 for Windows-1252, and a page that says UTF-16 in ASCII letters isn't.
    if name in ("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii", "windows-1252", "utf-16"):
        return None
    try:
        lost = raw.decode(name, errors="replace").count("\ufffd")
    except LookupError:
        return None
    # A few bytes that mean nothing in it (0x98 in Windows-1251) don't make it another encoding.
    return name if lost <= _MOST_LOST * len(raw) else None


def _check_depth(markup: str, name: str) -> None:
    # The parser takes time that grows with the square of the depth; no page that people read nests like this.
    depth = deepest = 0
    for match in _OPENING.finditer(markup):
        depth = max(depth - 1, 0) if match[1] else depth + 1
        deepest = max(deepest, depth)
    if deepest > _DEEPEST:
        raise UnreadableTextError(
            f"{name} nests {deepest:,} elements in each other; at most {_DEEPEST:,} are read."
        )


def _article(page: LexborHTMLParser) -> LexborNode | None:
    """Return the element that holds the article: by its tag, else by where the paragraphs stand densest."""
    marked = [
        node
        for selector in ("[itemprop=articleBody]", "article", "main", "[role=main]")
        for node in page.css(selector)
    ][:_MOST_MARKED]
    weights = [_paragraph_weight(node) for node in marked]
    whole = _paragraph_weight(page.body) if page.body else 0
    # Teasers are articles as well; one that holds little of the page's text is not the article.
    best = max(weights, default=0)
    if best and best * 2 >= whole:
        return marked[weights.index(best)]
    return _densest(page) or page.body


def _paragraph_weight(node: LexborNode) -> int:
    return sum(len(paragraph.text(deep=True)) for paragraph in node.css("p"))


def _densest(page: LexborHTMLParser) -> LexborNode | None:
    """Return the parent of the most paragraph text that isn't link text."""
    weights: dict[int, int] = {}
    parents: dict[int, LexborNode] = {}
    for paragraph in page.css("p"):
        parent = paragraph.parent
        if parent is None or _beside(paragraph) or _beside(parent):
            continue
        linked = sum(len(link.text(deep=True)) for link in paragraph.css("a"))
        weights[parent.mem_id] = weights.get(parent.mem_id, 0) + len(paragraph.text(deep=True)) - linked
        parents[parent.mem_id] = parent
    if not weights:
        return None
    best = max(weights, key=lambda node: weights[node])
    # Where the text is spread over many elements, the whole body is the better answer.
    return parents[best] if weights[best] * 2 >= sum(weights.values()) else None


def _text(root: LexborNode | None) -> str:
    """Return the text below `root` without invitations; of a page that is nothing else, those."""
    if root is None:
        return ""
    return _blocks_below(root, invitations(root)) or _blocks_below(root, frozenset())


def _blocks_below(root: LexborNode, left_out: frozenset[int]) -> str:
    """Return the text below `root`: blocks separated by empty lines, white space squeezed as a browser does."""
    blocks: list[str] = []
    pieces: list[str] = []
    for piece in _pieces(root, left_out):
        if piece is not None:
            pieces.append(piece)
            continue
        if block := _SPACES.sub(" ", _CONTROLS.sub(" ", "".join(pieces))).strip():
            blocks.append(block)
        pieces.clear()
    return "\n\n".join(blocks)


def _pieces(root: LexborNode, left_out: frozenset[int]) -> Iterator[str | None]:
    """Yield the texts below `root` in order without those of the elements `left_out`, and None at each border of a block; without recursion, for pages nest."""
    node: LexborNode | None = root
    depth = 0
    while node is not None:
        entered = depth == 0 or not (node.is_element_node and (node.mem_id in left_out or _beside(node)))
        if node.is_text_node:
            yield node.text_content or ""
        elif entered and node.is_element_node:
            yield from _border(node)
        child = node.child if entered and node.is_element_node else None
        if child is not None:
            node, depth = child, depth + 1
            continue
        if node.is_element_node and entered:
            yield from _border(node)
        while depth and node is not None and node.next is None:
            node, depth = node.parent, depth - 1
            if node is not None:
                yield from _border(node)
        node = node.next if depth and node is not None else None
    yield None


def _border(node: LexborNode) -> Iterator[str | None]:
    if node.tag in _BLOCKS:
        yield None
    elif node.tag in _CELLS:
        yield " "


def _beside(node: LexborNode) -> bool:
    """Return whether an element says of itself that it is no part of the article."""
    if node.tag in ("html", "body", "main", "article"):
        return False
    attributes = node.attributes
    if not attributes:
        return False
    if "hidden" in attributes or attributes.get("aria-hidden") == "true" or attributes.get("role") in _ROLES:
        return True
    marks = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower()
    words = re.split(r"[\s_-]+", marks)
    return not _BESIDE.isdisjoint(words) or _BESIDE_PAIRS.search(" ".join(words)) is not None
