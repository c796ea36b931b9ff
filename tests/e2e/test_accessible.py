from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"


class Watched(Protocol):
    """What `show` returns, as far as this file needs it."""

    page: Page


@pytest.mark.skipif(
    not AXE.exists(), reason="axe-core is not here; install it with: npm --prefix frontend ci"
)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("address", ["", "#v=1&k=any&actor=Veldania"])
def test_axe_finds_nothing(show: Callable[..., Watched], width: int, scheme: str, address: str) -> None:
    """The accessibility checker finds no fault, in either colour scheme, with and without evidence open."""
    page = show(width, 900, scheme=scheme, address=address).page
    # Run by the debugger, not by the page, whose policy refuses foreign scripts.
    page.evaluate(AXE.read_text("utf-8"))
    faults = page.evaluate(
        "axe.run().then((found) => found.violations.map((one) => [one.id, one.nodes.map((node) => node.html + node.failureSummary)]))"
    )
    assert faults == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_sign_is_told_by_more_than_colour(show: Callable[..., Watched], scheme: str) -> None:
    """Ties against are dashed where ties with are solid, and every actor's coalition has its own shape."""
    page = show(scheme=scheme).page
    dashes = "[...document.querySelectorAll('.drawing:not(.small) .tie.{} .line')].map((line) => line.hasAttribute('stroke-dasharray'))"
    assert set(page.evaluate(dashes.replace("{}", "against"))) == {True}
    assert set(page.evaluate(dashes.replace("{}", "with"))) == {False}
    shapes = "[...document.querySelectorAll('.drawing:not(.small) .actor.look{} path')].map((path) => path.getAttribute('d'))"
    first, second = (set(page.evaluate(shapes.replace("{}", str(look)))) for look in (0, 1))
    assert len(first) == len(second) == 1
    assert first != second
