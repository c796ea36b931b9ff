"""What a page says about itself: title, author, date, address, outlet and language.

Pages say it in Open Graph tags, in other meta tags, in JSON-LD, in <time> and <title>; the more deliberate saying counts.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from allegiance.reading.origin import Origin, lenient_date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborHTMLParser

    from allegiance.model import DateInterval

_LONGEST = 500
_ARTICLES = (
    "article",
    "newsarticle",
    "reportagenewsarticle",
    "opinionnewsarticle",
    "blogposting",
    "report",
    "webpage",
)
_DATES = (
    "article:published_time", "og:published_time", "datepublished", "date", "pubdate", "publish-date", "publication_date",
    "dc.date", "dc.date.issued", "dcterms.date", "dcterms.created", "sailthru.date", "parsely-pub-date", "citation_date",
)  # fmt: skip


def page_origin(page: LexborHTMLParser) -> Origin:
    """Return what the page says of itself; what it doesn't say is empty."""
    meta = _meta(page)
    linked = next(_linked_articles(page), {})
    outlet = _first(meta, "og:site_name", "publisher", "dc.publisher") or _name(linked.get("publisher"))
    return Origin(
        outlet=outlet,
        author=_author(meta) or _name(linked.get("author")),
        date=lenient_date(_first(meta, *_DATES))
        or lenient_date(_string(linked.get("datePublished")))
        or _time(page),
        url=_link(page) or _first(meta, "og:url") or _string(linked.get("url")),
        title=_title(page, meta, _string(linked.get("headline")), outlet),
    )


def _meta(page: LexborHTMLParser) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in page.css("meta"):
        attributes = node.attributes
        key = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        content = attributes.get("content")
        if key and content and content.strip():
            found.setdefault(key.strip().lower(), " ".join(content.split())[:_LONGEST])
    return found


def _first(meta: dict[str, str], *keys: str) -> str:
    return next((meta[key] for key in keys if key in meta), "")


def _author(meta: dict[str, str]) -> str:
    authors = (
        meta.get(key, "")
        for key in ("author", "article:author", "dc.creator", "parsely-author", "byl", "sailthru.author")
    )
    # article:author is often the address of a profile.
    return next((author for author in authors if author and "://" not in author), "")


def _link(page: LexborHTMLParser) -> str:
    for node in page.css("link[rel=canonical]"):
        if (address := node.attributes.get("href")) and "://" in address:
            return address.strip()
    return ""


def _time(page: LexborHTMLParser) -> DateInterval | None:
    for node in page.css("time[datetime]"):
        if date := lenient_date(node.attributes.get("datetime") or ""):
            return date
    return None


def _title(page: LexborHTMLParser, meta: dict[str, str], headline: str, outlet: str) -> str:
    headings = [" ".join(node.text(deep=True).split()) for node in page.css("h1")]
    only = headings[0] if len(headings) == 1 else ""
    node = page.css_first("title")
    named = " ".join(node.text(deep=True).split()) if node is not None else ""
    title = _first(meta, "og:title") or headline or only or named or _first(meta, "twitter:title", "dc.title")
    for separator in (" | ", " - ", " \u2013 ", " \u2014 "):
        head, found, tail = title.rpartition(separator)
        if found and outlet and tail.strip().casefold() == outlet.casefold():
            title = head
    return title[:_LONGEST].strip()


def _linked_articles(page: LexborHTMLParser) -> Iterator[dict[str, Any]]:
    """Yield the articles among the page's JSON-LD; what is broken there says nothing."""
    for node in page.css("script"):
        if (node.attributes.get("type") or "").strip().lower() != "application/ld+json":
            continue
        try:
            stack = [json.loads(node.text(deep=True))]
        except (ValueError, RecursionError):
            continue
        while stack:
            item = stack.pop()
            if isinstance(item, list):
                stack.extend(reversed(item))
            elif isinstance(item, dict):
                stack.extend(graph if isinstance(graph := item.get("@graph"), list) else [])
                kinds = item.get("@type")
                named = kinds if isinstance(kinds, list) else [kinds]
                if any(isinstance(kind, str) and kind.lower() in _ARTICLES for kind in named):
                    yield item


def _name(value: object) -> str:
    """Return the name in ``"A"``, ``{"name": "A"}`` or a list of these."""
    if isinstance(value, list):
        return ", ".join(name for item in value if (name := _name(item)))[:_LONGEST]
    return _string(value.get("name") if isinstance(value, dict) else value)


def _string(value: object) -> str:
    return " ".join(value.split())[:_LONGEST] if isinstance(value, str) else ""
