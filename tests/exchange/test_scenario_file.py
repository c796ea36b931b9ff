"""Scenarios as TOML."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allegiance.errors import DataError, UsageError
from allegiance.exchange.scenario_file import parse_scenarios, read_scenarios, write_scenarios
from allegiance.model.scenario import Scenario, Step, StepKind

if TYPE_CHECKING:
    from pathlib import Path

FULL = '''
[[scenario]]
name = "The incident repeats"
note = """
several
[[scenario.step]]
lines"""

[[scenario.step]]
kind = "incident"
between = ["A", "B"]
weight = -5
label = "incident"
probability = 0.4
because = "it happened before"
statements = ["s1"]

[[scenario.step]]
kind = "exclusion"
actor = "A"
from = ["B", "C"]
if = "incident"

[[scenario]]
name = "Nobody believes it"

[[scenario.step]]
kind = "disbelief"
source = "The Daily"

[[scenario.step]]
kind = "closure"
route = ["A", "B"]
goods = "oil"
'''


def test_all_that_a_file_says_arrives() -> None:
    """Each key lands in its field, with the line of its heading."""
    first, second = parse_scenarios(FULL, "s.toml")
    assert first.name == "The incident repeats"
    assert first.steps[0] == Step(
        StepKind.INCIDENT,
        ("A", "B"),
        -50,
        label="incident",
        probability=0.4,
        because="it happened before",
        statements=("s1",),
        line=9,
    )
    assert first.steps[1] == Step(StepKind.EXCLUSION, ("A", "B", "C"), requires="incident", line=18)
    assert second.steps[0] == Step(StepKind.DISBELIEF, source="The Daily", line=27)
    assert second.steps[1] == Step(StepKind.CLOSURE, ("A", "B"), goods="oil", line=31)


_NAMES = st.text(min_size=1, max_size=8).map(str.strip).filter(lambda text: text and max(text) < "\ud800")
_PAIRS = st.lists(_NAMES, min_size=2, max_size=2, unique=True).map(tuple)


@settings(max_examples=60)
@given(
    _PAIRS, st.integers(1, 10**6), st.sampled_from(list(StepKind)), st.floats(0.01, 1), st.text(max_size=20)
)
def test_what_is_written_is_read_back(
    pair: tuple[str, str], weight: int, kind: StepKind, probability: float, because: str
) -> None:
    """A scenario survives the way through its file, whatever its names hold."""
    tie = kind in (StepKind.INCIDENT, StepKind.AGREEMENT)
    step = Step(
        kind,
        () if kind is StepKind.DISBELIEF else pair[:1] if kind is StepKind.OMISSION else pair,
        (weight if kind is StepKind.AGREEMENT else -weight) if tie else 0,
        source=pair[0] if kind is StepKind.DISBELIEF else "",
        probability=probability,
        because=because.encode("utf-8", "replace").decode().strip(),
        label=pair[1],
    )
    text = write_scenarios([Scenario("x", (step,))])
    (found,) = parse_scenarios(text, "x.toml")
    (again,) = found.steps
    assert again == Step(**{**{name: getattr(step, name) for name in Step.__slots__}, "line": again.line})


@pytest.mark.parametrize(
    ("broken", "sentence"),
    [
        ("", "holds no scenario"),
        ("x = ]", "line 1, column 5"),
        ('[[scenario]]\nname = "a"', "has no step"),
        ('[[scenario]]\n[[scenario.step]]\nkind = "incident"', "has no name"),
        (
            '[[scenario]]\nname = "a"\n[[scenario.step]]\nkind = "incidnt"',
            "line 3: .*did you mean 'incident'",
        ),
        (
            '[[scenario]]\nname = "a"\n[[scenario.step]]\nkind = "incident"\nweight = -1',
            "line 3: .*has no 'between'",
        ),
        (
            '[[scenario]]\nname = "a"\n[[scenario.step]]\nkind = "incident"\nbetween = ["A", "B"]\nweight = 1',
            "line 3: .*must be -0.1 or below",
        ),
        (
            '[[scenario]]\nname = "a"\n[[scenario.step]]\nkind = "agreement"\nbetween = ["A", "B"]\nweight = nan',
            "line 3: .*no number that a tie could have",
        ),
        (
            '[[scenario]]\nname = "a"\n[[scenario.step]]\nkind = "agreement"\nbetween = ["A", "A"]\nweight = 1',
            "line 3: 'between' names 1, not two",
        ),
        (
            '[[scenario]]\nname = "a"\n[[scenario.step]]\nkind = "disbelief"\nsource = "X"\nprobabilty = 1',
            "line 3 .*did you mean 'probability'",
        ),
        (
            '[[scenario]]\nname = "a"\n[[scenario.step]]\nkind = "disbelief"\nsource = "X"\nprobability = 0',
            "line 3: the probability is 0",
        ),
        (
            '[[scenario]]\nname = "a"\n[[scenario.step]]\nkind = "exclusion"\nactor = "A"\nfrom = ["A"]',
            "line 3: 'A' stands on both sides",
        ),
        ('name = "a"\n[[scenario]]\nname = "a"', "'name' stands outside of a scenario"),
        (
            '[[scenario]]\nname = "a"\n[[scenario.step]]\nkind = "disbelief"\nsource = "X"\n' * 2,
            "two scenarios called 'a'",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_place(tmp_path: Path, broken: str, sentence: str) -> None:
    """Each fault is one sentence with file and line."""
    file = tmp_path / "s.toml"
    file.write_text(broken)
    with pytest.raises(DataError, match=sentence) as wrong:
        read_scenarios(file)
    assert str(wrong.value).startswith("s.toml")
    assert "\n" not in str(wrong.value)


def test_a_file_that_is_not_there_or_no_text(tmp_path: Path) -> None:
    """A missing file is the caller's fault, bytes are the file's."""
    with pytest.raises(UsageError, match="can't be read"):
        read_scenarios(tmp_path / "none.toml")
    (tmp_path / "b.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DataError, match="not UTF-8"):
        read_scenarios(tmp_path / "b.toml")
