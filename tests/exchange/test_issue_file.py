"""Issues as TOML files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allegiance.errors import DataError, UsageError
from allegiance.exchange.issue_file import parse_issue, read_issue, write_issue
from allegiance.model.issue import Estimate, Issue, Party

if TYPE_CHECKING:
    from pathlib import Path

GOOD = """
[issue]
name = "When"
scale = [0, 10]
unit = "years"
plus_minus = { salience = 0.2 }

[[party]]
name = "A"
position = 2
capability = 5
salience = 0.5
source = "The Daily"
statements = ["s1", "s2", "s1"]

[[party]]
name = "B"
position = 9
capability = 1
salience = 1
plus_minus = { position = 1 }
"""
NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8).filter(
    lambda text: bool(text.strip()) and text == text.strip()
)


def test_a_file_is_read_with_its_uncertainties() -> None:
    """A party's own plus_minus goes before the issue's, and that before the usual shares."""
    issue = parse_issue(GOOD, "x.toml")
    first, second = issue.parties
    assert (issue.name, issue.low, issue.high, issue.unit) == ("When", 0, 10, "years")
    assert first == Party(
        "A", Estimate(2, 0.5), Estimate(5, 0.5), Estimate(0.5, 0.2), "The Daily", ("s1", "s2")
    )
    assert (second.position, second.capability, second.salience) == (
        Estimate(9, 1),
        Estimate(1, 0.1),
        Estimate(1, 0.2),
    )


@settings(max_examples=40, deadline=None)
@given(NAMES, NAMES, st.floats(0, 10), st.floats(0, 1e6), st.floats(0, 1), NAMES)
def test_what_is_written_is_read_back(
    name: str, party: str, position: float, capability: float, salience: float, source: str
) -> None:
    """Any issue survives being written, with whatever characters its names have."""
    one = Party(party, Estimate(position, 0.1), Estimate(capability), Estimate(salience), source, (source,))
    other = Party(f"{party} 2", Estimate(1), Estimate(1), Estimate(1))
    issue = Issue(name, 0, 10, (one, other), note=source)
    assert parse_issue(write_issue(issue, {(party, "position"): source}, [source]), "x") == issue


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("position = 2", "position = 12", "outside the scale 0 to 10"),
        ("position = 2", "position = nan", "give a number"),
        ("position = 2", "position = 'left'", "which is no number"),
        ("position = 2", "positon = 2", "did you mean 'position'?"),
        ("position = 2\n", "", "line 8: party 'A' has no 'position'"),
        ("position = 2", "position = 1e300", "sensible unit"),
        ("capability = 5", "capability = 1" + "0" * 400, "1,329 bits"),
        ("capability = 5", "capability = 1" + "0" * 5000, "can't be read"),
        ("scale = [0, 10]", "scale = [0, 1e300]", "must rise"),
        ("capability = 5", "capability = -5", "can't be below 0"),
        ("salience = 0.5", "salience = 50", "write 80 of 100 as 0.8"),
        ("salience = 0.5", "salience = true", "which is no number"),
        ('name = "B"', 'name = "A"', "two parties called 'A'"),
        ('name = "B"', "", "'name' is missing"),
        ("scale = [0, 10]", "scale = [10, 0]", "must rise"),
        ("scale = [0, 10]", "scale = [0]", "no pair of numbers"),
        ("scale = [0, 10]", "scael = [0, 10]", "did you mean 'scale'?"),
        ("{ salience = 0.2 }", "{ saliense = 0.2 }", "did you mean 'salience'?"),
        ("{ salience = 0.2 }", "0.2", "is no table"),
        ("{ position = 1 }", "{ position = -1 }", "at least 0"),
        ("[issue]", "[isue]", "did you mean 'issue'?"),
        ("unit = ", "unit ", "line 5, column 6"),
        ('statements = ["s1", "s2", "s1"]', "statements = [1]", "no list of ids"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(old: str, new: str, words: str) -> None:
    """Each fault of a file is one sentence that names the file and what to do."""
    with pytest.raises(DataError) as refused:
        parse_issue(GOOD.replace(old, new), "x.toml")
    assert words in str(refused.value)
    assert str(refused.value).startswith("x.toml")


def test_one_party_or_none_is_no_dispute() -> None:
    """A dispute needs two parties, one of whom has a say."""
    head = GOOD[: GOOD.index("[[party]]")]
    with pytest.raises(DataError, match="has no party"):
        parse_issue(head, "x.toml")
    with pytest.raises(DataError, match="has one party"):
        parse_issue(GOOD[: GOOD.rindex("[[party]]")], "x.toml")
    mute = GOOD.replace("capability = 5", "capability = 0").replace("capability = 1", "capability = 0")
    with pytest.raises(DataError, match="nobody has a say"):
        parse_issue(mute, "x.toml")
    assert parse_issue(GOOD.replace("capability = 5", "capability = 0"), "x").parties[0].capability.value == 0


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """A missing file is the caller's fault."""
    with pytest.raises(UsageError):
        read_issue(tmp_path / "none.toml")
