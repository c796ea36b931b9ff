"""`allegiance issue`."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from allegiance.case import Case, Provenance
from allegiance.exchange.issue_file import read_issue

if TYPE_CHECKING:
    from running import Run

FIXTURE = Path(__file__).parents[1] / "fixtures" / "issues" / "emission_standards.toml"
ARTICLE = """\
Russia said that Iraq's government must go. "Their president must step down," Russia said on Monday.

France answered that the post was up to the people of Iraq. The two states met in Geneva for the talks on Tuesday.
"""


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a case with positions on one issue."""
    folder = tmp_path_factory.mktemp("issue")
    article = folder / "article.txt"
    article.write_text(ARTICLE, "utf-8")
    path = folder / "some.case"
    with Case(path, create=True) as opened:
        opened.read(article, Provenance(outlet="The Daily", date="2031-04-09"), reader="rules")
    return path


def test_the_example_in_words_json_and_page(tmp_path: Path, run: Run) -> None:
    """Words, JSON and page tell the same forecast; nobody's number is told as the program's own."""
    page = tmp_path / "page.html"
    ran = run("issue", FIXTURE, "--html", page, "--resamples", "20", "--reading", "tables", "--rounds", "8")
    assert ran.code == 0
    assert "Belgium to France: compromise, now 8.416" in ran.out
    assert "somebody's claim" in ran.err
    assert "<svg" in page.read_text("utf-8")
    found = json.loads(run("issue", "-", FIXTURE, "--json", "--reading", "tables", "--rounds", "8").out)
    assert found["rounds"][0]["median"] == pytest.approx(8.416, abs=1e-3)
    assert found["rounds"][0]["moves"][0]["kind"] == "compromise"
    assert found["sensitivity"] is None
    assert found["inputs"][0]["source"].startswith("Bueno de Mesquita")


def test_a_draft_can_be_edited_and_asked(tmp_path: Path, case: Path, run: Run) -> None:
    """A draft names the statements behind each number, takes capabilities from a table, and can be asked as it is."""
    table = tmp_path / "nmc.csv"
    table.write_text("stateabb,ccode,year,cinc\nRUS,365,2015,0.04\nRUS,365,2016,0.05\nFRN,220,2016,-9\n")
    target = tmp_path / "draft.toml"
    ran = run("issue", case, "--propose", "future of Iraq", "-o", target, "--capabilities", table)
    assert ran.code == 0, ran.err
    text = target.read_text("utf-8")
    parties = {party.name: party for party in read_issue(target).parties}
    assert parties["Russia"].position.value == 100
    assert parties["Russia"].capability.value == 0.05
    assert "cinc of 2016, nmc.csv row 3" in text
    assert parties["France"].position.value == 0
    assert "no capability is known" in text
    assert all(party.statements for party in parties.values())
    answer = run("issue", case, target)
    assert answer.code == 0
    assert "must go." in answer.out
    printed = run("issue", case, "--propose", "future of Iraq")
    assert tomllib.loads(printed.out)["issue"]["scale"] == [0, 100]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["none.toml"], 2, "can't be read"),
        (["some.case"], 2, "is no issue"),
        (["a", "b", "c.toml"], 2, "3 files are named"),
        (["x.toml", "--year", "2016"], 2, "goes with --propose"),
        (["some.case", "--propose", "x", "--year", "2016"], 2, "name that table too"),
        (["some.case", "x.toml", "--propose", "x"], 2, "no other file"),
    ],
)
def test_calls_that_make_no_sense(arguments: list[str], code: int, words: str, run: Run) -> None:
    """Each is one sentence and exit 2."""
    ran = run("issue", *arguments)
    assert ran.code == code
    assert words in ran.err


def test_a_question_nobody_speaks_of(case: Path, run: Run) -> None:
    """The sentence lists the issues on which there are positions."""
    ran = run("issue", case, "--propose", "price of fish")
    assert ran.code == 2
    assert "future of Iraq" in ran.err


def test_statements_of_another_case(tmp_path: Path, case: Path, run: Run) -> None:
    """An issue that rests on statements that the case doesn't hold is refused."""
    path = tmp_path / "x.toml"
    party = '[[party]]\nname = "{}"\nposition = {}\ncapability = 1\nsalience = 1\n'
    path.write_text(
        f'[issue]\nname = "x"\nscale = [0, 1]\n{party.format("A", 0)}statements = ["s0"]\n{party.format("B", 1)}'
    )
    ran = run("issue", case, path)
    assert ran.code == 3
    assert "'s0'" in ran.err


def test_tables_of_capabilities_that_say_nothing(tmp_path: Path, case: Path, run: Run) -> None:
    """A table without codes, without numbers, or without the year is refused with what to do."""
    table = tmp_path / "nmc.csv"
    for content, words, more in (
        ("state,year,cinc\nRUS,2016,0.1\n", "neither a column ccode nor stateabb", ()),
        ("ccode,year,cinc\n365,2016,x\n", "no capability", ()),
        ("ccode,year,cinc\n365,2016,0.1\n", "of the year 1999", ("--year", "1999")),
    ):
        table.write_text(content)
        ran = run("issue", case, "--propose", "future of Iraq", "--capabilities", table, *more)
        assert ran.code == 3
        assert words in ran.err
    table.write_text("ccode,year,cinc\n365,2016,0.1\n220,2016,nan\n")
    ran = run("issue", case, "--propose", "future of Iraq", "--capabilities", table)
    assert ran.code == 0
    assert "nmc.csv, row 3" in ran.err
