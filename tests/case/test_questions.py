"""The further questions of a report."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from allegiance.case import Case, Provenance
from allegiance.case.questions import Asked, answers
from allegiance.case.scenarios import keep_scenarios
from allegiance.errors import UnknownNameError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

DAILY = """Russia attacked Ukraine. Poland sent arms to Ukraine. Belarus supports Russia. Poland condemned Belarus.
Iran sells oil to Syria via Iraq. Syria buys oil from Iran.
"""
WIRE = "Poland supports Ukraine. Belarus condemned Russia. Russia attacked Ukraine.\n"
RIFT = """[[scenario]]
name = "a rift"
[[scenario.step]]
kind = "incident"
between = ["Belarus", "Russia"]
weight = -20
"""


@pytest.fixture
def case(tmp_path: Path) -> Case:
    """Return a case with two outlets, a route and a scenario."""
    opened = Case(tmp_path / "a.case", create=True)
    for outlet, text in (("Daily", DAILY), ("Wire", WIRE)):
        (tmp_path / f"{outlet}.txt").write_text(text)
        opened.read(tmp_path / f"{outlet}.txt", Provenance(outlet=outlet), reader="rules")
    (tmp_path / "rift.toml").write_text(RIFT)
    keep_scenarios(opened, tmp_path / "rift.toml")
    return opened


def test_each_question_that_a_case_can_answer_is_a_section(case: Case) -> None:
    """What is always told comes with a picture and how far it is proved; what is asked for comes first."""
    found = dict(answers(case, Asked(coalition=("Russia", "Poland"), closures=1)))
    assert list(found) == [
        "What would have to change for Russia, Poland to hold together?",
        "Who would break the coalitions?",
        "How near are they to turning?",
        "The landscape of two camps",
        "Daily and Wire compared",
        "What if: a rift?",
        "What flows, by whose word",
        "Which closure leaves the least flow?",
    ]
    for heading, piece in found.items():
        assert "<svg" in piece, heading
        assert "roved" in piece, heading


def test_an_empty_case_is_asked_nothing(tmp_path: Path) -> None:
    """Where there is nothing to ask there is no section, and nothing fails."""
    (tmp_path / "t.txt").write_text("The weather stayed fine in the mountains on Sunday.\n")
    with Case(tmp_path / "e.case", create=True) as empty:
        empty.read(tmp_path / "t.txt", Provenance(outlet="Daily"))
        assert list(answers(empty)) == []


def test_what_is_asked_wrongly_is_refused(case: Case, tmp_path: Path) -> None:
    """An unknown actor and a missing issue are errors, not sections."""
    with pytest.raises(UnknownNameError, match="Did you mean 'Russia'"):
        list(answers(case, Asked(coalition=("Rusia", "Poland"))))
    with pytest.raises(UsageError, match="can't be read"):
        list(answers(case, Asked(issue=tmp_path / "none.toml")))
