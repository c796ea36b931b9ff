from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

import pytest

from allegiance.case import Case, view_of
from allegiance.report import Answer, NetworkView, View, ViewActor, ViewTie, write
from wired import make_wired

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


class Watched(Protocol):
    """What `show` returns: a page, and what it complained of and asked for."""

    page: Page
    complaints: list[str]
    requests: list[str]


SIZES = [(360, 740), (390, 844), (1440, 900), (1920, 1080)]


def coalitions(page: Page) -> list[str]:
    """Return the rows of the table of coalitions as read."""
    return page.locator(".summary tbody tr").all_inner_texts()


def quell(page: Page) -> str:
    """Return where Quell stands once the drawing has settled (two frames later)."""
    place: str = page.evaluate(
        """() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() =>
            done(document.querySelector('.drawing:not(.small) [data-actor="Quell"]').getAttribute('transform')))))"""
    )
    return place


def focused_actor(page: Page) -> str | None:
    """Return the actor that has the keyboard."""
    name: str | None = page.evaluate("document.activeElement?.getAttribute('data-actor')")
    return name


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_opens_quietly_and_fits(
    show: Callable[..., Watched], report: Path, width: int, height: int, scheme: str
) -> None:
    """At each window size the page opens without complaint, asks for nothing but itself, and never scrolls sideways."""
    watched = show(width, height, scheme=scheme)
    assert watched.page.evaluate("document.documentElement.scrollWidth") <= width
    assert watched.complaints == []
    assert watched.requests == [report.as_uri()]


def test_a_click_on_a_tie_shows_its_quotes(show: Callable[..., Watched]) -> None:
    """One click on a tie leads to the quoted sentences with the words for actor and target marked."""
    page = show().page
    tie = page.locator(".drawing:not(.small) .tie.contested .hit").first
    tie.dispatch_event("click")
    panel = page.locator(".evidence")
    quote = panel.locator("blockquote").first
    assert quote.inner_text()
    assert quote.locator("mark.actor").count() == 1
    assert quote.locator("mark.target").count() == 1
    assert "Contested" in panel.inner_text()
    assert panel.locator("a[href^='javascript']").count() == 0
    assert panel.locator("a[href^='http']").first.get_attribute("rel") == "noopener noreferrer"


def test_a_real_pointer_hits_what_it_aims_at(show: Callable[..., Watched]) -> None:
    """A mouse over a tie shows its words, and a click there opens it, not something drawn above it."""
    page = show().page
    box = page.evaluate(
        """() => {
        for (const line of document.querySelectorAll('.drawing:not(.small) .tie .hit')) {
            const [a, b] = ['1', '2'].map((end) => [line.getAttribute('x' + end), line.getAttribute('y' + end)].map(Number));
            const frame = line.ownerSVGElement.getBoundingClientRect();
            const at = [0.35, 0.65].map((share) => [frame.x + a[0] + (b[0] - a[0]) * share, frame.y + a[1] + (b[1] - a[1]) * share]);
            const free = at.find(([x, y]) => document.elementFromPoint(x, y) === line);
            if (free) return free;
        }
    }"""
    )
    page.mouse.move(*box)
    words = page.locator(".hint").inner_text()
    page.mouse.click(*box)
    heading = page.locator(".evidence h2").inner_text()
    assert words.startswith(heading)


def test_dragging_and_zooming_move_the_drawing_and_select_nothing(show: Callable[..., Watched]) -> None:
    """A drag moves every actor alike and keeps the selection, buttons and Ctrl with the wheel zoom, a plain wheel scrolls."""
    page = show(address="#v=1&k=2&actor=Quell").page
    drawing = page.locator(".drawing:not(.small)")
    box = drawing.bounding_box()
    assert box is not None
    before = quell(page)
    page.mouse.move(box["x"] + box["width"] - 90, box["y"] + box["height"] - 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 190, box["y"] + box["height"] - 60, steps=4)
    page.mouse.up()
    after_drag = quell(page)
    assert after_drag != before
    assert page.locator(".evidence h2").inner_text().startswith("Quell")
    page.mouse.wheel(0, 200)
    assert quell(page) == after_drag
    page.get_by_role("button", name="Show all").click()
    assert quell(page) == before
    page.get_by_role("button", name="Zoom in").click()
    assert quell(page) != before


def test_another_source_gives_other_coalitions(show: Callable[..., Watched]) -> None:
    """Choosing a source changes the table of coalitions, the drawing and the address."""
    page = show().page
    before = coalitions(page)
    page.get_by_role("button", name="Harbour Gazette").first.click()
    assert coalitions(page) != before
    assert "source=Harbour+Gazette" in page.url
    assert "proved optimal" in page.locator(".choices .badge").inner_text()
    page.get_by_role("button", name="All sources").click()
    page.get_by_role("button", name="As many as fit").click()
    assert "between" in page.locator(".choices .badge").inner_text()


def test_actors_stay_put_from_source_to_source(show: Callable[..., Watched]) -> None:
    """An actor whom two sources name stands at the same place in both drawings."""
    page = show().page
    place = (
        "document.querySelector('.drawing:not(.small) [data-actor=\"Veldania\"]').getAttribute('transform')"
    )
    before = page.evaluate(place)
    page.get_by_role("button", name="Ostmark Herald").first.click()
    assert page.evaluate(place) == before


def test_the_address_carries_the_state(show: Callable[..., Watched]) -> None:
    """An address opened anew shows the same source, question and selection; a senseless one shows the beginning."""
    first = show().page
    first.get_by_role("button", name="Ostmark Herald").first.click()
    first.get_by_role("button", name="As many as fit").click()
    first.locator("[data-actor='Quell']").dispatch_event("click")
    again = show(address=first.url[first.url.index("#") :]).page
    assert again.locator(".evidence h2").inner_text().startswith("Quell")
    assert coalitions(again) == coalitions(first)
    lost = show(address="#v=9&source=Nobody&k=77&actor=%00").page
    assert lost.locator(".evidence").is_hidden()
    assert "Two coalitions" in lost.locator(".summary h2").inner_text()


def test_the_keyboard_suffices(show: Callable[..., Watched]) -> None:
    """Arrows walk between actors, Enter opens, "/" searches, "?" helps, Esc closes."""
    page = show().page
    page.locator(".drawing [tabindex='0']").focus()
    start = focused_actor(page)
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"):
        page.keyboard.press(key)
    page.keyboard.press("ArrowRight")
    assert focused_actor(page) not in {None, start}
    page.keyboard.press("Enter")
    assert page.locator(".evidence h2").inner_text().startswith(str(focused_actor(page)))
    page.keyboard.press("Escape")
    assert page.locator(".evidence").is_hidden()
    page.keyboard.press("/")
    page.keyboard.type("river g")
    page.keyboard.press("Enter")
    assert page.locator(".evidence h2").inner_text().startswith("River Guard")
    assert focused_actor(page) == "River Guard"
    page.keyboard.press("?")
    assert page.locator("dialog").is_visible()
    page.keyboard.press("Escape")
    assert page.locator("dialog").is_hidden()
    assert page.locator(".evidence").is_visible()


def test_tables_sort_and_filter(show: Callable[..., Watched]) -> None:
    """Ties sort by a column at a click, and the filter leaves only contested ones."""
    page = show().page
    ties = page.locator("#ties")
    ties.get_by_role("button", name="Sum").click()
    sums = [
        float(text.replace("\N{MINUS SIGN}", "-"))
        for text in ties.locator("tbody td:nth-child(3)").all_inner_texts()
    ]
    assert sums == sorted(sums, reverse=True)
    ties.get_by_label("only contested").check()
    notes = ties.locator("tbody td:nth-child(7)").all_inner_texts()
    assert notes
    assert all("contested" in note for note in notes)


def test_names_do_not_collide(show: Callable[..., Watched]) -> None:
    """On the wide screen no two names in the drawing cover each other."""
    page = show().page
    boxes = page.evaluate(
        """() => [...document.querySelectorAll('.drawing:not(.small) .name:not(.hidden)')].map((name) => {
            const box = name.getBBox();
            return [box.x + 2, box.y + 2, box.x + box.width - 2, box.y + box.height - 2];
        })"""
    )
    assert len(boxes) == 14
    for i, (left, top, right, bottom) in enumerate(boxes):
        for x0, y0, x1, y1 in boxes[:i]:
            assert right <= x0 or x1 <= left or bottom <= y0 or y1 <= top


def test_taking_along(show: Callable[..., Watched], tmp_path: Path) -> None:
    """SVG, PNG and CSV come as files that stand on their own, with the sign of each tie."""
    page = show().page
    kept = {}
    for name in ("SVG", "PNG", "CSV of ties"):
        with page.expect_download() as download:
            page.get_by_role("button", name=name).click()
        download.value.save_as(tmp_path / name)
        kept[name] = (tmp_path / name).read_bytes()
    svg = kept["SVG"].decode()
    assert svg.startswith("<svg")
    assert "Veldania" in svg
    assert "var(" not in svg
    assert kept["PNG"].startswith(b"\x89PNG")
    rows = kept["CSV of ties"].decode().splitlines()
    assert rows[0] == "a,b,weight,positive,negative,count,contested,sources"
    assert len(rows) == 30
    assert any(re.search(r",-\d", row) for row in rows)


def test_hostile_names_are_only_names(show: Callable[..., Watched], tmp_path: Path) -> None:
    """Markup, formulas and endless names are shown as text, widen nothing and run nothing."""
    names = (
        "<script>document.title='owned'</script>",
        "=cmd()",
        "x" * 10_000,
        "<img src=x onerror=alert(1)>",
    )
    actors = tuple(ViewActor(name, "state", 0.2 * i, 0.3 * (i % 2)) for i, name in enumerate(names))
    ties = (ViewTie(names[0], names[1], 5, 5, 0, 1, ("A",)), ViewTie(names[1], names[2], -5, 0, 5, 1, ("A",)))
    answer = Answer(
        "any", 0, 0, proved=True, gap=0.0, method="by hand", seconds=0.0, coalitions=(names[:2], names[2:])
    )
    path = tmp_path / "hostile.html"
    write(
        View("<b>Case</b>", "allegiance 0", {}, (), (NetworkView(None, "All", actors, ties, (answer,)),)),
        path,
    )
    watched = show(390, 844, file=path)
    page = watched.page
    for i in range(4):
        page.locator(".actor").nth(i).dispatch_event("click")
    assert page.locator("h1").inner_text() == "<b>Case</b>"
    assert page.title() == "<b>Case</b> · allegiance"
    assert page.evaluate("document.querySelectorAll('#allegiance img, #allegiance script').length") == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV of ties").click()
    download.value.save_as(tmp_path / "ties.csv")
    assert ",'=cmd()," in (tmp_path / "ties.csv").read_text()
    assert watched.complaints == []


def test_an_empty_case_opens(browser: Browser, tmp_path: Path) -> None:
    """A view without actors, ties or answers gives a page that says so instead of failing."""
    path = tmp_path / "empty.html"
    write(View("Nothing yet", "allegiance 0", {}, (), (NetworkView(None, "All sources", (), ()),)), path)
    page = browser.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(path.as_uri())
    assert "No split was computed" in page.locator(".summary").inner_text()
    assert complaints == []
    page.close()


def test_who_is_told_of_thinly_is_pale_and_said_so(browser: Browser, tmp_path: Path) -> None:
    """A name that rests on a statement or two is drawn as such; table and panel say on what it rests."""
    with Case(make_wired(tmp_path / "wired.case")) as case:
        write(view_of(case), tmp_path / "thin.html")
    page = browser.new_page()
    page.goto((tmp_path / "thin.html").as_uri())
    assert sorted(page.locator(".drawing:not(.small) .name.thin").all_text_contents()) == [
        "Maren",
        "Veldania",
    ]
    page.locator('.drawing:not(.small) [data-actor="Maren"]').focus()
    page.keyboard.press("Enter")
    assert "on 2 statements, 2 sources: thin" in page.locator(".verdict").first.inner_text()
    assert page.get_by_text("one report in 7 outlets: Daily, Herald").count() == 1
    assert page.get_by_text("2 statements, 2 sources: thin", exact=True).count() == 2
    page.close()
