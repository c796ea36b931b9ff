from __future__ import annotations

from pathlib import Path

from allegiance.events.reference import formats_page

PAGE = Path(__file__).resolve().parents[2] / "docs" / "formats.md"


def test_the_page_is_what_the_registry_says() -> None:
    """docs/formats.md is the rendered registry; write it anew with: python -m allegiance.events.reference > the page."""
    assert PAGE.read_text("utf-8") == formats_page()
