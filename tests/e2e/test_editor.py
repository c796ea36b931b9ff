"""The editor of scenarios on the page: what is filled in there is what the program reads and computes."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from allegiance.case import Case, Provenance, view_of
from allegiance.exchange.scenario_file import read_scenarios
from allegiance.model.scenario import Step, StepKind
from allegiance.report import Answer, NetworkView, View, ViewActor, ViewTie, write

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
TEXTS = {
    "The Daily": "Russia and Turkey agreed to share intelligence, unless the incident repeats. If the incident repeats, Turkey "
    "will break off relations with Russia. Russia supports Iran. Turkey supports Iran. Egypt attacked Iran.",
    "The Wire": "Turkey attacked Iran. Egypt supports Israel. Russia threatened Israel. Iran attacked Israel, the minister of "
    "Egypt said.",
}
KEPT = """[[scenario]]
name = "The strait is closed"
note = "Kept for later."
[[scenario.step]]
kind = "closure"
route = ["Iran", "Egypt"]
goods = "oil"
label = "strait"
[[scenario.step]]
kind = "incident"
between = ["Iran", "Egypt"]
weight = -2.5
unless = "strait"
probability = 0.25
"""


class Watched(Protocol):
    """What `show` returns: a page, and what it complained of and asked for."""

    page: Page
    complaints: list[str]
    requests: list[str]


@pytest.fixture(scope="module")
def gulf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a case of two outlets that disagree, which keeps a scenario."""
    folder = tmp_path_factory.mktemp("gulf")
    with Case(folder / "the gulf.case", create=True) as case:
        for outlet, text in TEXTS.items():
            (folder / f"{outlet}.txt").write_text(text)
            case.read(folder / f"{outlet}.txt", Provenance(outlet=outlet), reader="rules")
        case.keep_scenario("The strait is closed", KEPT)
    return folder / "the gulf.case"


@pytest.fixture(scope="module")
def gulf_report(gulf: Path) -> Path:
    """Return the report of the case."""
    page = gulf.with_name("gulf.html")
    with Case(gulf) as case:
        write(view_of(case), page)
    return page


def editor_of(page: Page) -> Locator:
    """Return the section of the editor."""
    return page.locator("#scenario")


def add(page: Page, kind: str, **fields: str) -> Locator:
    """Add a step and fill its fields by their names on the page; return its card."""
    editor_of(page).get_by_role("button", name=kind, exact=True).click()
    cards = editor_of(page).locator(".step")
    card = cards.nth(cards.count() - 1)
    for name, value in fields.items():
        if name == "members":
            field = card.get_by_placeholder("add an actor")
            for member in value.split(", "):
                field.fill(member)
                field.press("Enter")
        else:
            card.get_by_label(name, exact=True).fill(value)
    return card


def pair(page: Page, kind: str, first: str, second: str, weight: str) -> Locator:
    """Add a step on a tie; return its card."""
    return add(page, kind, **{"Between": first, "and": second, "Weight": weight})


def taken_along(page: Page, folder: Path) -> Path:
    """Download the file that the editor offers."""
    with page.expect_download() as download:
        editor_of(page).get_by_role("button", name=re.compile("^Download ")).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def answered(page: Page, case: Path) -> dict[str, Any]:
    """Run the command line that the page shows, in the folder of the case, and return its JSON."""
    line = editor_of(page).get_by_role("region", name="Command line").inner_text().splitlines()[0]
    program, *words = shlex.split(line)
    assert program == "allegiance"
    ran = subprocess.run(
        [sys.executable, "-c", "from allegiance.cli import main; main()", *words, "--json"],
        cwd=case.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def worth(page: Page, when: str) -> float:
    """Return the weight against the coalitions shown, "now" or "then"."""
    return float(editor_of(page).locator(f"[data-worth={when}]").inner_text())


def tie_rows(page: Page) -> dict[frozenset[str], tuple[float, float]]:
    """Return the changed ties as the page lists them, before and after, 0 for no tie."""
    rows = {}
    for row in editor_of(page).locator(".editor-answer tbody tr").all():
        names = frozenset(row.locator("button").inner_text().split(" \N{EN DASH} "))
        cells = [cell.replace("\N{MINUS SIGN}", "-") for cell in row.locator("td").all_inner_texts()]
        before, after = (
            float(found[0]) if (found := re.findall(r"[+-][\d.]+", cell)) else 0.0 for cell in cells
        )
        rows[names] = (before, after)
    return rows


def problem(page: Page) -> str:
    """Return the sentence that stands where the file would be."""
    return editor_of(page).locator("[data-problem]").inner_text()


def disturb(page: Page) -> None:
    """Let two navies meet."""
    pair(page, "Incident", "Russia", "Iran", "12,5")


def settle(page: Page) -> None:
    """Bring two together who have no tie, and one of them to another."""
    pair(page, "Agreement", "Turkey", "Israel", "30")
    pair(page, "Agreement", "Israel", "Turkey", "3.2")


def doubt(page: Page) -> None:
    """Believe an outlet no more, and lean on a tie besides."""
    add(page, "Source disbelieved", Source="The Wire")
    pair(page, "Incident", "Turkey", "Iran", "1")


def doubt_speaker(page: Page) -> None:
    """Believe a speaker no more who is quoted by an outlet."""
    sources = page.locator("#scenario-sources option").evaluate_all("all => all.map((one) => one.value)")
    add(page, "Source disbelieved", Source=next(name for name in sources if name.startswith("The Wire > ")))


def leave_out(page: Page) -> None:
    """Leave an actor out."""
    add(page, "Actor left out", Actor="Iran")


@pytest.mark.parametrize("address", ["#v=1&k=2", "#v=1&k=any"])
@pytest.mark.parametrize("fill", [disturb, settle, doubt, doubt_speaker, leave_out])
def test_the_page_tells_what_the_program_computes(
    show: Callable[..., Watched], gulf: Path, gulf_report: Path, fill: Callable[[Page], None], address: str
) -> None:
    """Ties before and after, and what the coalitions shown violate now and then, are those of the command that it names."""
    watched = show(file=gulf_report, address=address)
    fill(watched.page)
    taken_along(watched.page, gulf.parent)
    before, after = answered(watched.page, gulf)["stages"]
    told = {frozenset((tie["a"], tie["b"])): (tie["before"], tie["after"]) for tie in after["ties"]}
    assert tie_rows(watched.page) == told
    assert told
    assert worth(watched.page, "now") == before["value"]
    assert worth(watched.page, "then") == after["old_coalitions_would_violate"]
    assert watched.complaints == []
    assert watched.requests == [gulf_report.as_uri()]


def test_the_network_of_one_source_is_asked_about_that_source(
    show: Callable[..., Watched], gulf: Path, gulf_report: Path
) -> None:
    """With one outlet shown the command names it, and an actor whom only another one names is refused."""
    page = show(file=gulf_report, address="#v=1&k=2&source=The+Wire").page
    pair(page, "Incident", "Egypt", "Israel", "100")
    taken_along(page, gulf.parent)
    before, after = answered(page, gulf)["stages"]
    assert worth(page, "now") == before["value"]
    assert worth(page, "then") == after["old_coalitions_would_violate"]
    page.get_by_role("button", name="The Daily").first.click()
    assert "The network shown (The Daily) has no actor “Israel”" in problem(page)


def test_each_kind_of_step_arrives_whole(
    show: Callable[..., Watched], gulf_report: Path, tmp_path: Path
) -> None:
    """All kinds, with condition, chance and reason, are read by the program's own reader as they were filled in."""
    page = show(file=gulf_report).page
    editor_of(page).get_by_label("Name").fill('Ein "Zwischenfall" \\ \N{SNOWMAN}')
    pair(page, "Incident", "Iran", "Russia", "0.1")
    card = pair(page, "Agreement", "Turkey", "Russia", "4")
    card.locator("summary").click()
    card.get_by_label("Only if").select_option(label="step 1: Incident")
    card.get_by_label("Chance, %").fill("12.5")
    card.get_by_label("Because").fill('So "they" say: \\n \x7f')
    add(page, "Admission", Who="Israel", members="Egypt, Iran")
    card = add(page, "Exclusion", Who="Israel", members="Turkey, Russia")
    card.get_by_role("button", name="Take out Turkey").click()
    card.locator("summary").click()
    card.get_by_label("Unless").select_option(label="step 2: Agreement")
    add(page, "Source disbelieved", Source="The Wire")
    add(page, "Actor left out", Actor="Israel")
    assert "leaves that actor out" in problem(page)
    editor_of(page).locator(".step").last.get_by_label("Actor", exact=True).fill("Turkey")
    assert "Step 2: It needs Turkey" in problem(page)
    editor_of(page).get_by_role("button", name="Remove: step 6").click()
    add(page, "Route closed", From="Port A", To="Port B", Goods="oil")
    (scenario,) = read_scenarios(taken_along(page, tmp_path))
    assert scenario.name == 'Ein "Zwischenfall" \\ \N{SNOWMAN}'
    bare = [
        Step(StepKind.INCIDENT, ("Iran", "Russia"), -1, label="incident"),
        Step(
            StepKind.AGREEMENT,
            ("Turkey", "Russia"),
            40,
            label="agreement",
            requires="incident",
            probability=0.125,
            because='So "they" say: \\n \x7f',
        ),
        Step(StepKind.ADMISSION, ("Israel", "Egypt", "Iran")),
        Step(StepKind.EXCLUSION, ("Israel", "Russia"), unless="agreement"),
        Step(StepKind.DISBELIEF, source="The Wire"),
        Step(StepKind.CLOSURE, ("Port A", "Port B"), goods="oil"),
    ]
    assert [repr(step).partition(", line=")[0] for step in scenario.steps] == [
        repr(step).partition(", line=")[0] for step in bare
    ]
    lines = editor_of(page).get_by_role("region", name="Command line").inner_text().splitlines()
    assert lines == [
        "allegiance whatif 'the gulf.case' ein-zwischenfall.toml",
        "allegiance flows 'the gulf.case' --scenario ein-zwischenfall.toml",
    ]


def test_a_ready_scenario_is_loaded_edited_and_taken_back(
    show: Callable[..., Watched], gulf_report: Path, tmp_path: Path
) -> None:
    """What the case keeps and what its texts suggest can be begun with, with all it says; undo and redo go step by step."""
    page = show(file=gulf_report).page
    editor = editor_of(page)
    groups = editor.locator("optgroup")
    assert groups.evaluate_all("all => all.map((one) => one.label)") == [
        "Kept in the case",
        "Suggested by texts",
    ]
    editor.get_by_label("Begin with").select_option(label="The strait is closed")
    editor.get_by_role("button", name="Load").click()
    effects = editor.locator(".step-effect").all_inner_texts()
    assert "No oil passes from Iran to Egypt" in effects[0]
    assert effects[1] == "Doesn't come about where step 1 does."
    (kept,) = read_scenarios(taken_along(page, tmp_path))
    assert kept.note == "Kept for later."
    assert [(step.label, step.unless, step.probability) for step in kept.steps] == [
        ("strait", "", 1),
        ("", "strait", 0.25),
    ]
    editor.get_by_role("button", name="Remove: step 1, Route closed").click()
    assert editor.locator(".step").count() == 1
    assert "with a chance of 25 %" in editor.locator(".step-effect").inner_text().lower()
    undo = editor.get_by_role("button", name="Undo")
    undo.click()
    assert editor.locator(".step-effect").all_inner_texts() == effects
    editor.get_by_role("button", name="Redo").click()
    assert editor.locator(".step").count() == 1
    undo.click()
    undo.click()
    assert editor.locator(".step").count() == 0
    assert undo.is_disabled()
    editor.get_by_label("Begin with").select_option(label="the incident repeats")
    editor.get_by_role("button", name="Load").click()
    (offered,) = read_scenarios(taken_along(page, tmp_path))
    assert offered.steps[0].statements
    assert "Turkey will break off relations" in offered.steps[0].because


def test_what_is_missing_or_wrong_is_one_sentence(show: Callable[..., Watched], gulf_report: Path) -> None:
    """Instead of a file that the program would refuse stands what to do; the other steps tell their effect all the while."""
    page = show(file=gulf_report).page
    assert problem(page) == "Add a step to begin."
    card = add(page, "Actor left out")
    assert problem(page) == "Step 1: Name the actor that is left out."
    card.get_by_label("Actor", exact=True).fill("Russland")
    assert "has no actor “Russland”" in problem(page)
    card.get_by_label("Actor", exact=True).fill("turkey")
    assert "did you mean “Turkey”?" in problem(page)
    disturb(page)
    assert "+" in editor_of(page).locator(".step-effect").last.inner_text()
    assert "1 step not counted yet" in editor_of(page).locator(".editor-answer").inner_text()
    card.get_by_label("Actor", exact=True).fill("Turkey")
    assert editor_of(page).locator("[data-problem]").count() == 0
    for place, other in ((0, "step 2: Incident"), (1, "step 1: Actor left out")):
        one = editor_of(page).locator(".step").nth(place)
        one.locator("summary").click()
        one.get_by_label("Only if").select_option(label=other)
    assert "Conditions run in a circle: step 1 needs step 2 needs step 1." in problem(page)
    assert editor_of(page).get_by_role("button", name=re.compile("^Download")).count() == 0


def test_the_keyboard_suffices(show: Callable[..., Watched], gulf_report: Path, tmp_path: Path) -> None:
    """Steps are added, filled, reordered and removed without a pointer, and the focus never gets lost."""
    page = show(file=gulf_report).page
    page.get_by_role("button", name="What if?").first.focus()
    page.keyboard.press("Enter")
    editor_of(page).get_by_role("button", name="Incident", exact=True).focus()
    page.keyboard.press("Enter")
    for text in ("Iran", "Russia", "7"):
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    editor_of(page).get_by_role("button", name="Exclusion", exact=True).focus()
    page.keyboard.press("Enter")
    page.keyboard.type("Iran")
    page.keyboard.press("Tab")
    page.keyboard.type("Israel")
    page.keyboard.press("Tab")

    def focused() -> str:
        label: str = page.evaluate("document.activeElement?.getAttribute('aria-label') ?? ''")
        return label

    editor_of(page).get_by_role("button", name="Move up: step 2").focus()
    page.keyboard.press("Enter")
    assert focused() == "Move down: step 1, Exclusion"
    page.keyboard.press("Enter")
    assert focused() == "Move up: step 2, Exclusion"
    page.keyboard.press("Enter")
    steps = read_scenarios(taken_along(page, tmp_path))[0].steps
    assert [(step.kind, step.actors) for step in steps] == [
        (StepKind.EXCLUSION, ("Iran", "Israel")),
        (StepKind.INCIDENT, ("Iran", "Russia")),
    ]
    editor_of(page).get_by_role("button", name="Remove: step 1").focus()
    page.keyboard.press("Enter")
    assert focused() == "Remove: step 1, Incident"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "Undo"


def test_a_tie_leads_to_a_scenario_about_it(show: Callable[..., Watched], gulf_report: Path) -> None:
    """From the quotes of a tie one click begins an incident or an agreement of the two, ready for its weight."""
    page = show(390, 844, file=gulf_report, address="#v=1&k=2&a=Russia&b=Iran").page
    page.get_by_role("button", name="What if it changed?").click()
    assert page.locator(".evidence").is_hidden()
    assert "Incident" in editor_of(page).locator(".step h4").inner_text()
    assert page.evaluate("document.activeElement.value") == "5"


def test_the_text_can_be_copied(show: Callable[..., Watched], gulf_report: Path) -> None:
    """The file goes to the clipboard whole; where that is refused it is selected, and said."""
    page = show(file=gulf_report).page
    disturb(page)
    shown = editor_of(page).get_by_role("region", name="Scenario as TOML").inner_text()
    for refused, words in ((False, "copied"), (True, "selected: copy it with Ctrl C")):
        page.evaluate(
            """(refused) => Object.defineProperty(navigator, 'clipboard', {configurable: true, value: {
                writeText: async (text) => { if (refused) throw new Error('no'); window.kept = text; }}})""",
            refused,
        )
        editor_of(page).get_by_role("button", name="Copy: Scenario as TOML").click()
        editor_of(page).get_by_text(words).wait_for()
    assert page.evaluate("window.kept").strip() == shown.strip()
    assert page.evaluate("getSelection().toString()").strip() == shown.strip()


@pytest.mark.skipif(
    not AXE.exists(), reason="axe-core is not here; install it with: npm --prefix frontend ci"
)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_it_fits_and_axe_finds_nothing(
    show: Callable[..., Watched], gulf_report: Path, width: int, scheme: str
) -> None:
    """Full of steps, one with a fault, it stays within the window, silent, and without fault for the checker."""
    watched = show(width, 900, scheme=scheme, file=gulf_report)
    page = watched.page
    disturb(page)
    add(page, "Admission", Who="Israel", members="Egypt, Iran").locator("summary").click()
    for bad in ("", "Nobody of that name, whom it would take very long to call"):
        if bad:
            add(page, "Actor left out", Actor=bad)
        page.evaluate(AXE.read_text("utf-8"))
        faults = page.evaluate(
            "axe.run().then((found) => found.violations.map((one) => [one.id, one.nodes.map((node) => node.html + node.failureSummary)]))"
        )
        assert faults == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert watched.complaints == []


def test_hostile_names_make_no_other_file(show: Callable[..., Watched], tmp_path: Path) -> None:
    """Quotes, markup and endless names arrive in the file as they are, and widen nothing."""
    names = ('"] kind = "omission', "<img src=x onerror=alert(1)>", "x" * 10_000, "\\u0041 \u2028 end")
    actors = tuple(ViewActor(name, "state", 0.2 * i, 0.3 * (i % 2)) for i, name in enumerate(names))
    ties = (ViewTie(names[0], names[1], 5, 5, 0, 1), ViewTie(names[1], names[2], -5, 0, 5, 1))
    answer = Answer(
        "any", 0, 0, proved=True, gap=0.0, method="by hand", seconds=0.0, coalitions=(names[:2], names[2:])
    )
    path = tmp_path / "hostile.html"
    write(View("Case", "allegiance 0", {}, (), (NetworkView(None, "All", actors, ties, (answer,)),)), path)
    watched = show(390, 844, file=path)
    pair(watched.page, "Incident", names[0], names[1], "3")
    card = add(watched.page, "Admission", Who=names[2])
    for name in (names[0], names[3]):
        card.get_by_placeholder("add an actor").fill(name)
        card.get_by_placeholder("add an actor").press("Enter")
    first, second = read_scenarios(taken_along(watched.page, tmp_path))[0].steps
    assert first.actors == names[:2]
    assert second.actors == (names[2], names[0], names[3])
    assert watched.page.evaluate("document.querySelectorAll('#allegiance img').length") == 0
    assert watched.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert watched.complaints == []
