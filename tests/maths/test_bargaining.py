"""Expected-utility bargaining against hand, brute force, and the published example."""

from __future__ import annotations

import tomllib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allegiance.maths import bargaining
from allegiance.maths.bargaining import Offer, Reading, bargain, forecasts
from allegiance.maths.voters import weighted_mean, weighted_median

FIXTURE = Path(__file__).parents[1] / "fixtures" / "issues" / "emission_standards.toml"
PRINTED_MEDIANS = (8.4, 9.9, 9.9, 9.9, 9.9, 7.4, 8.8, 9.6)
PRINTED_MEANS = (7.4, 7.5, 7.6, 7.3, 7.3, 7.4, 7.5, 7.6)
"""Scholz, Calbert and Smith 2011, table 2: after each of eight rounds, with Q = 1."""

PARTY = st.tuples(st.integers(0, 20), st.integers(1, 9), st.integers(0, 10))
PARTIES = st.lists(PARTY, min_size=2, max_size=6).filter(lambda found: any(s for _, _, s in found))
READINGS = st.sampled_from(Reading)


def numbers(parties: list[tuple[int, int, int]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return positions, capabilities, saliences."""
    x, c, s = np.array(parties, float).T
    return x, c, s / 10


def emission() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the published example."""
    parties = tomllib.loads(FIXTURE.read_text("utf-8"))["party"]
    keys = ("position", "capability", "salience")
    return tuple(np.array([party[key] for party in parties], float) for key in keys)  # type: ignore[return-value]


def test_two_parties_by_hand() -> None:
    """A weak party that half cares and a strong one that cares compromise as computed by hand.

    A at 0 with capability 3, salience 1; B at 1 with 1 and 1/2. A's chance is 3 / 3.5 = 6/7. First, without attitudes to risk,
    A expects 1/2 (6/7 * 2 - 1/7 * 2) + 1/2 * 2 = 12/7 of challenging B, and B of A 1/7 * 2 - 6/7 * 2 = -10/7. B is in danger
    (12/7 is the most that anybody expects), so R is 1 and its exponent (1 - 1/3) / (1 + 1/3) = 1/2; A's is 2. With these, the
    ends of the scale are still worth 2 and -2, but the status quo 2 - 4 / 2^2 = 1 to A and 2 - 4 / sqrt 2 to B. A expects
    12/7 - 1 = 5/7, B -10/7 - 2 + 4 / sqrt 2 = -0.600. B loses less than A wins: it goes 0.600 / (5/7) of the way to A.
    """
    found = bargain(np.array([0.0, 1.0]), np.array([3.0, 1.0]), np.array([1.0, 0.5]), rounds=1)
    loss = 24 / 7 - 4 / np.sqrt(2)
    assert found.risk[0].tolist() == pytest.approx([2, 0.5])
    assert found.gain[0, 0, 1] == found.threat[0, 1, 0] == pytest.approx(5 / 7)
    assert found.gain[0, 1, 0] == pytest.approx(-loss)
    assert found.offer[0].tolist() == [[Offer.NONE, Offer.NONE], [Offer.COMPROMISE, Offer.NONE]]
    assert found.partner[0].tolist() == [-1, 0]
    assert found.position[1].tolist() == pytest.approx([0, 1 - loss / (5 / 7)])


def test_status_quo_below_one_by_hand() -> None:
    """With Q = 1/2 half of what leaving the other alone is worth comes from its going to the median.

    The parties of the test above, on the first pass: the median is A's 0. To A, B's coming there is nearer, worth
    2 - 4 (1/2 - 1/4) = 1; to B, A stays at the median as far away as it is: 2 - 4 (1/2 + 1/4 * 2) = -2.
    """
    worth = bargaining._worth(np.array([0.0, 1.0]), np.ones(2), 1.0, 0.5, 0.0)
    assert worth[2].tolist() == [[0, 0.5], [-1, 0]]


def test_the_published_example() -> None:
    """Read as its tables, the example gives what is printed with one decimal, but for the second median: 9.61 for 9.9."""
    x, c, s = emission()
    found = bargain(x, c, s, rounds=8, reading=Reading.TABLES)
    medians = [weighted_median(one, c * s) for one in found.position]
    means = [weighted_mean(one, c * s) for one in found.position]
    assert medians[0] == 7
    assert means[0] == pytest.approx(7.39, abs=0.005)
    assert means[1:] == pytest.approx(PRINTED_MEANS, abs=0.1)
    cut = [[np.floor(one * 10) / 10 for one in column] for column in (medians[1:], means[1:])]
    assert [at for at in range(8) if cut[0][at] != pytest.approx(PRINTED_MEDIANS[at])] == [1]
    assert [at for at in range(8) if cut[1][at] != pytest.approx(PRINTED_MEANS[at])] == [2, 7]
    assert medians[2] == pytest.approx(9.61, abs=0.005)
    assert not found.settled


def test_the_published_example_by_its_equations() -> None:
    """Read as its equations, the example settles on 7 years, where the weighted median stands from the start."""
    x, c, s = emission()
    found = bargain(x, c, s)
    assert found.settled
    assert found.position[-1] == pytest.approx(np.full(10, 7.0), abs=1e-3)


@settings(max_examples=40, deadline=None)
@given(PARTIES)
def test_votes_are_counted_as_by_brute_force(parties: list[tuple[int, int, int]]) -> None:
    """Sums over sorted positions give the share of votes of equation 31, voter by voter."""
    x, c, s = numbers(parties)
    w, spread = c * s, max(float(np.ptp(x)), 1.0)
    quick = bargaining._prevail(x, w, spread, False)  # noqa: FBT003 - numba takes no keywords
    for i in range(len(x)):
        for j in range(len(x)):
            votes = w * (np.abs(x - x[j]) - np.abs(x - x[i]))
            cast = np.abs(votes).sum()
            expected = votes[votes > 0].sum() / cast if i != j and cast else 0.5
            assert quick[i, j] == pytest.approx(expected)


@settings(max_examples=40, deadline=None)
@given(PARTIES, READINGS, st.sampled_from([0.5, 1.0]))
def test_nobody_leaves_the_range_of_positions(
    parties: list[tuple[int, int, int]], reading: Reading, status_quo: float
) -> None:
    """Whoever yields moves towards another party, so positions and forecast stay between the first ones."""
    x, c, s = numbers(parties)
    found = bargain(x, c, s, reading=reading, status_quo=status_quo)
    assert found.position.min() >= x.min() - 1e-9
    assert found.position.max() <= x.max() + 1e-9
    assert ((found.risk >= 0.5 - 1e-9) & (found.risk <= 2 + 1e-9)).all()


@settings(max_examples=40, deadline=None)
@given(PARTIES, READINGS, st.integers(-8, 8), st.sampled_from([0.25, 8.0]), st.sampled_from([0.5, 64.0]))
def test_units_do_not_matter(
    parties: list[tuple[int, int, int]], reading: Reading, shift: int, unit: float, power: float
) -> None:
    """Another zero or unit of the scale moves all positions alike, another unit of capability none."""
    x, c, s = numbers(parties)
    plain = bargain(x, c, s, reading=reading, rounds=5)
    other = bargain(x * unit + shift, c * power, s, reading=reading, rounds=5)
    assert other.position.shape == plain.position.shape
    assert other.position == pytest.approx(plain.position * unit + shift, abs=1e-6)


@settings(max_examples=40, deadline=None)
@given(PARTIES, READINGS, st.randoms(use_true_random=False))
def test_the_order_of_parties_does_not_matter(
    parties: list[tuple[int, int, int]], reading: Reading, chance: object
) -> None:
    """Parties in another order end where they did."""
    x, c, s = numbers(parties)
    order = np.arange(len(x))
    chance.shuffle(order)  # type: ignore[attr-defined]
    plain = bargain(x, c, s, reading=reading, rounds=4)
    other = bargain(x[order], c[order], s[order], reading=reading, rounds=4)
    assert other.position == pytest.approx(plain.position[:, order], abs=1e-6)


@settings(max_examples=20, deadline=None)
@given(st.lists(PARTIES, min_size=1, max_size=3), READINGS)
def test_many_draws_end_as_each_alone(issues: list[list[tuple[int, int, int]]], reading: Reading) -> None:
    """What is computed for all draws at once is what each gives alone."""
    least = min(map(len, issues))
    drawn = [numbers(parties[:least]) for parties in issues]
    drawn = [one for one in drawn if (one[1] * one[2]).any()]
    if not drawn:
        return
    x, c, s = (np.array([one[key] for one in drawn]) for key in range(3))
    together = forecasts(x, c, s, rounds=6, reading=reading)
    for number, one in enumerate(drawn):
        alone = bargain(*one, rounds=6, reading=reading)
        assert together.median[number] == weighted_median(alone.position[-1], one[1] * one[2])
        assert together.mean[number] == weighted_mean(alone.position[-1], one[1] * one[2])
        assert together.settled[number] == alone.settled


def test_agreement_needs_no_round() -> None:
    """Parties at one place have nothing to bargain about; a party without any weight is moved like others."""
    agreed = bargain(np.full(3, 2.0), np.ones(3), np.ones(3))
    assert agreed.settled
    assert agreed.offer.shape == (0, 3, 3)
    idle = bargain(np.array([0.0, 1.0, 5.0]), np.array([0.0, 2.0, 1.0]), np.ones(3))
    assert np.isfinite(idle.position).all()
    assert idle.position[-1, 0] > 0
