"""One answer as an offline HTML file without script: its tables, its pictures, and the quotes that it rests on."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

from allegiance.pictures import Markup, element, joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# What sections look like, on a page of their own or below the network of a report.
SECTION_STYLE = """
.answers { font: 16px/1.5 Inter, "Helvetica Neue", Arial, "Liberation Sans", sans-serif; max-width: 70rem; margin: 0 auto;
  padding: 0 1.2rem 2rem; color: var(--ink); --faint: #5b6672; --line: #d5dae0; }
@media (prefers-color-scheme: dark) { .answers { --faint: #a3adb8; --line: #3b4551; } }
.answers h2 { font-size: 1.15rem; margin: 2.2rem 0 .6rem; padding-top: .8rem; border-top: 1px solid var(--line); }
.answers p { max-width: 46rem; }
.answers .note { color: var(--faint); font-size: .92rem; }
.answers table { border-collapse: collapse; font-size: .92rem; margin: .6rem 0 1rem; }
.answers caption { text-align: left; color: var(--faint); padding-bottom: .4rem; }
.answers th, .answers td { padding: .3rem .9rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
.answers th { text-align: left; font-weight: 600; color: var(--faint); }
.answers svg { max-width: 100%; height: auto; color: var(--ink); }
.answers .wide { overflow-x: auto; }
"""
_STYLE = """
:root { color-scheme: light dark; --ink: #1d2733; --page: #ffffff; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e8ec; --page: #161b21; } }
body { background: var(--page); color: var(--ink); margin: 2rem 0; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .4rem; }
"""
_NOTE = (
    "Made by allegiance. Nothing on this page is stated as a fact about the world: it shows who said what, and what follows if one "
    "believes them."
)


def answer_page(title: str, sections: Sequence[tuple[str, Markup]]) -> str:
    """Return a page of `sections`, each a heading and a piece of markup; nothing in it runs or asks the network."""
    style = _STYLE + SECTION_STYLE
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode("ascii")
    head = element(
        "head",
        element("meta", charset="utf-8"),
        Markup(
            '<meta http-equiv="Content-Security-Policy" content="'
            f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'\">"
        ),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="referrer", content="no-referrer"),
        element("title", f"{title} · allegiance"),
        element("style", Markup(style)),
    )
    body = element(
        "body",
        element(
            "main",
            element("h1", title),
            element("p", _NOTE, class_="note"),
            drawn(sections),
            class_="answers",
        ),
    )
    return joined((Markup("<!doctype html>\n"), element("html", head, body, lang="en"), Markup("\n")))


def drawn(sections: Iterable[tuple[str, Markup]]) -> Markup:
    """Return sections, each with its heading, as they stand in an element of class ``answers``."""
    return joined(
        element("section", element("h2", heading), element("div", piece, class_="wide"))
        for heading, piece in sections
    )
