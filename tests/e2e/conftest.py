"""A real browser before the report of the invented view; skipped clearly where Debian's chromium is missing."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from allegiance.report import write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

CHROMIUM = Path("/usr/bin/chromium")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
REPORT_TESTS = Path(__file__).parents[1] / "report"


@dataclass
class Watched:
    """A page with all that it complained of and asked for."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the report of the invented view as a file."""
    spec = importlib.util.spec_from_file_location("invented", REPORT_TESTS / "invented.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    path: Path = tmp_path_factory.mktemp("report") / "report.html"
    write(module.view(), path)
    return path


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return a headless chromium, or skip."""
    if not CHROMIUM.exists():
        pytest.skip(f"there is no {CHROMIUM}; install it with: apt-get install -y chromium")
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield started
        started.close()


@pytest.fixture
def show(browser: Browser, report: Path) -> Iterator[Callable[..., Watched]]:
    """Return a function that opens a report at a window size, with what follows "#" in its address."""
    opened: list[Page] = []

    def open_page(
        width: int = 1440, height: int = 900, *, address: str = "", scheme: str = "light", file: Path = report
    ) -> Watched:
        page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
        page.set_default_timeout(10_000)
        watched = Watched(page)
        page.on("console", lambda said: watched.complaints.append(said.text))
        page.on("pageerror", lambda error: watched.complaints.append(str(error)))
        page.on("request", lambda request: watched.requests.append(request.url))
        page.goto(f"{file.as_uri()}{address}")
        page.wait_for_selector(".drawing .actor[transform]")
        opened.append(page)
        return watched

    yield open_page
    for page in opened:
        page.close()
