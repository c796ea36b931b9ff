"""Where a dispute settles, in names."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from allegiance.analysis.issue import bargain
from allegiance.analysis.issue_answer import sections, to_json
from allegiance.errors import UsageError
from allegiance.exchange.issue_file import read_issue
from allegiance.model.issue import Estimate, Issue, Party

FIXTURE = Path(__file__).parents[1] / "fixtures" / "issues" / "emission_standards.toml"


def party(
    name: str, position: float, capability: float = 1.0, salience: float = 1.0, span: float = 0.0
) -> Party:
    """Return a party whose position is uncertain by `span`."""
    estimates = Estimate(position, span), Estimate(capability), Estimate(salience)
    return Party(name, *estimates, source="The Daily", statements=(f"s{name}",))


TWO = Issue("Price", 0, 1, (party("A", 0, 3), party("B", 1, 1, 0.5)))


def test_who_yields_to_whom() -> None:
    """A move names who yields, to whom, how far, and what either expects (numbers as in the test of the equations)."""
    result = bargain(TWO, rounds=1)
    (move,) = result.value.rounds[0].moves
    assert (move.party, move.challenger, move.kind) == ("B", "A", "compromise")
    assert move.position == pytest.approx(1 - (24 / 7 - 4 / 2**0.5) / (5 / 7))
    assert (result.value.rounds[0].stalemates, result.value.settled) == (0, False)
    assert result.evidence == ("sA", "sB")
    assert not result.proved


def test_the_spatial_model_stands_beside_it() -> None:
    """Without bargaining there are median and mean by capability times salience, and by capability alone."""
    found = bargain(TWO).value
    assert dict(found.baselines) == {
        "median": 0,
        "mean": pytest.approx(1 / 7),
        "median_by_capability": 0,
        "mean_by_capability": 0.25,
    }


def test_the_other_reading_is_told() -> None:
    """Each reading of the model names what the other one says, for their authors' text allows both."""
    issue = read_issue(FIXTURE)
    equations, tables = (bargain(issue, rounds=8, reading=one).value for one in ("equations", "tables"))
    assert (equations.other_reading.reading, tables.other_reading.reading) == ("tables", "equations")
    assert equations.other_reading.forecast == tables.forecast == pytest.approx(9.671, abs=1e-3)
    assert tables.other_reading.forecast == equations.forecast == pytest.approx(7)
    assert (equations.other_reading.settled, tables.other_reading.settled) == (False, True)


def test_who_ends_together() -> None:
    """Parties that end at one place are one camp, and the camps' shares of weight add up to one."""
    found = bargain(read_issue(FIXTURE), rounds=8, reading="tables").value
    assert ("France", "Italy", "United Kingdom") in [camp.parties for camp in found.camps]
    assert sum(camp.share for camp in found.camps) == pytest.approx(1)
    assert sorted(name for camp in found.camps for name in camp.parties) == sorted(
        one.name for one in found.issue.parties
    )


def test_draws_stay_within_what_is_stated_and_repeat() -> None:
    """Without uncertainty all draws end at the forecast; with it the same seed gives the same answer, another seed another."""
    sure = bargain(TWO, resamples=20).value
    assert sure.sensitivity is not None
    assert sure.sensitivity.low == sure.sensitivity.high == sure.forecast
    unsure = Issue("Price", 0, 1, (party("A", 0.2, 3, span=0.3), party("B", 1, 1, 0.5, span=0.2)))
    first, again, other = (bargain(unsure, resamples=150, seed=seed).value.sensitivity for seed in (1, 1, 2))
    assert first == again != other
    assert first is not None
    assert 0 <= first.low <= first.median <= first.high <= 1
    assert sum(one.share for one in first.outcomes) == pytest.approx(1)
    assert sum(first.bins) == pytest.approx(1)


def test_a_party_that_may_have_no_capability_at_all() -> None:
    """Draws that leave nobody a say keep the numbers put in, so that there is always a forecast."""
    mute = Party("A", Estimate(0), Estimate(0.0), Estimate(1))
    faint = Party("B", Estimate(1), Estimate(1e-9, 1.0), Estimate(1))
    found = bargain(Issue("x", 0, 1, (mute, faint)), resamples=50).value
    assert found.sensitivity is not None
    assert found.sensitivity.draws == 50


def test_json_and_page_name_every_input() -> None:
    """What was put in stands in both with who says so, and a name can't become a tag."""
    issue = Issue("Price", 0, 1, (party("<b>A", 0, 3), party("B", 1)), unit="€")
    result = bargain(issue, resamples=10)
    found = json.loads(json.dumps(to_json(result)))
    assert [one["source"] for one in found["inputs"]] == ["The Daily", "The Daily"]
    assert found["evidence"] == ["s<b>A", "sB"]
    page = "".join(piece for _, piece in sections(result.value))
    assert "<b>" not in page
    assert "&lt;b&gt;A" in page
    assert "The Daily" in page
    assert result.value._repr_html_() == page


@pytest.mark.parametrize(
    "wrong", [{"rounds": 0}, {"resamples": -1}, {"status_quo": 2.0}, {"reading": "mine"}]
)
def test_numbers_out_of_range_are_refused(wrong: dict[str, object]) -> None:
    """A call that makes no sense is refused."""
    with pytest.raises(UsageError):
        bargain(TWO, **wrong)  # type: ignore[arg-type]
