"""The one offline HTML file: page, drawing code and data in one; it never asks the network for anything.

What the page shows is decided in `view`; how it is drawn, in ``frontend/``. This module only joins them safely.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from importlib import resources
from typing import TYPE_CHECKING

from allegiance.pictures import element
from allegiance.report.answer_page import SECTION_STYLE, drawn
from allegiance.report.outfile import write_whole

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from allegiance.pictures import Markup
    from allegiance.report.view import View

# Inside <script> the HTML parser looks for "</script" and "<!--"; U+2028 and U+2029 end lines in JavaScript; half of
# a surrogate pair, as broken input may hold, can't be written as UTF-8.
_UNSAFE = re.compile("[<>&\u2028\u2029\ud800-\udfff]")

_PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="{generator}">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<div id="allegiance">
<noscript><p>This page draws its network with JavaScript, which is switched off here.
It needs no network connection: allow scripts for this file to see it.</p></noscript>
</div>
{answers}
<script type="application/json" id="allegiance-view">{data}</script>
<script type="module">{script}</script>
</body>
</html>
"""


def render(view: View, sections: Sequence[tuple[str, Markup]] = ()) -> str:
    """Return the page as one text, with answers as `sections` below the network; equal views give equal pages."""
    script, style = _bundle("allegiance.js"), _bundle("allegiance.css")
    answers = (
        element("section", drawn(sections), class_="answers wide", aria_label="Further questions")
        if sections
        else ""
    )
    if sections:
        style += SECTION_STYLE
    # Only our own script and style may run; images are the ones that the export buttons make in memory.
    policy = (
        f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; img-src blob: data:; "
        "base-uri 'none'; form-action 'none'"
    )
    page = _PAGE.format(
        policy=html.escape(policy, quote=True).replace("&#x27;", "'"),
        generator=html.escape(view.generated_by),
        title=html.escape(f"{view.title} · allegiance"),
        style=style,
        answers=answers,
        data=_data(view),
        script=script,
    )
    # In the title, which knows no escapes for it, a question mark stands for half of a surrogate pair.
    return page.encode("utf-8", "replace").decode("utf-8")


def write(view: View, path: Path, sections: Sequence[tuple[str, Markup]] = ()) -> None:
    """Write the page to `path`, whole or not at all.

    Raises:
        UsageError: `path` is a folder, or its folder doesn't exist.
        StorageError: the disk is full or refuses.
    """
    write_whole(render(view, sections).encode("utf-8"), path, "report")


def _bundle(name: str) -> str:
    text = (resources.files("allegiance.report") / "bundle" / name).read_text("utf-8")
    if "</script" in text.lower() or "</style" in text.lower() or "<!--" in text:
        raise AssertionError(f"the built {name} would end its own HTML element")
    return text


def _hash(text: str) -> str:
    """Return the Content Security Policy source for an inline element with exactly this text."""
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _data(view: View) -> str:
    """Return the view as JSON that can't leave its HTML element, whatever the names in it."""
    text = json.dumps(view.to_json(), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
