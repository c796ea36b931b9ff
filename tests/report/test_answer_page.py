"""The page of one answer."""

from __future__ import annotations

import base64
import hashlib
import re

from allegiance.pictures import element
from allegiance.report.answer_page import answer_page


def test_the_page_escapes_names_and_runs_nothing() -> None:
    """A hostile title is text, and the policy of the page lets only its own style in."""
    page = answer_page("<script>alert(1)</script>", [("A & B", element("p", "words"))])
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "default-src 'none'; style-src 'sha256-" in page
    assert "<h2>A &amp; B</h2>" in page
    assert "<p>words</p>" in page


def test_the_policy_names_the_style_that_the_page_has() -> None:
    """The hash in the policy is that of the style element, or browsers would refuse it."""
    page = answer_page("t", [])
    style = re.search("<style>(.*)</style>", page, re.DOTALL)
    named = re.search("sha256-([^']+)'", page)
    assert style is not None
    assert named is not None
    assert base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode() == named[1]
