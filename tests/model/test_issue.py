"""What an issue may hold."""

from __future__ import annotations

import pytest

from allegiance.errors import DataError
from allegiance.model.issue import MOST_PARTIES, Estimate, Issue, Party


def party(name: str, position: float = 0.5, capability: float = 1.0, salience: float = 1.0) -> Party:
    """Return a party whose numbers are sure."""
    return Party(name, Estimate(position), Estimate(capability), Estimate(salience))


def test_an_idle_party_is_allowed() -> None:
    """A party without capability or salience takes part, as long as another one has a say."""
    assert len(Issue("x", 0, 1, (party("A", capability=0), party("B", salience=0), party("C"))).parties) == 3


@pytest.mark.parametrize(
    ("parties", "words"),
    [
        ((), "has no party"),
        ((party("A"),), "has one party"),
        ((party("A"), party("A")), "two parties called 'A'"),
        (tuple(party(f"P{number}") for number in range(MOST_PARTIES + 1)), "at most 500 fit"),
        ((party("A"), party("B", position=2)), "outside the scale 0 to 1"),
        ((party("A"), party("B", position=float("nan"))), "give a number"),
        ((party("A"), party("B", capability=float("inf"))), "give a number"),
        ((party("A"), party("B", salience=1.1)), "between 0 and 1"),
        ((party("A", capability=0), party("B", salience=0)), "nobody has a say"),
        ((party("A"), Party("B", Estimate(0, -1), Estimate(1), Estimate(1))), "at least 0"),
    ],
)
def test_what_cannot_be_bargained_about(parties: tuple[Party, ...], words: str) -> None:
    """Each is refused in a sentence that names the issue or the party."""
    with pytest.raises(DataError, match=words):
        Issue("x", 0, 1, parties)


@pytest.mark.parametrize(("low", "high"), [(1, 1), (2, 1), (0, float("inf")), (float("nan"), 1), (0, 1e300)])
def test_a_scale_that_is_none(low: float, high: float) -> None:
    """A scale rises from one number to another."""
    with pytest.raises(DataError, match="must rise"):
        Issue("x", low, high, (party("A"), party("B")))
