"""The landscape of two sides against brute force."""

from __future__ import annotations

from collections import Counter
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allegiance.maths import landscape as room
from allegiance.maths.landscape import energy, landscape, rises

WEIGHTS = st.integers(1, 6).flatmap(
    lambda n: st.lists(st.integers(-5, 5), min_size=n * n, max_size=n * n).map(
        lambda cells: symmetric(np.array(cells, float).reshape(n, n))
    )
)


def symmetric(cells: np.ndarray) -> np.ndarray:
    """Return a symmetric matrix without a diagonal."""
    upper = np.triu(cells, 1)
    return np.asarray(upper + upper.T)


def brute(weight: np.ndarray) -> Counter[tuple[int, ...]]:
    """Return the minima with the sizes of their basins, by running down from every configuration in plain Python."""
    n = len(weight)

    def down(side: list[int]) -> tuple[int, ...]:
        falls = [
            energy(weight, np.array(side, np.int8))
            - energy(weight, np.array([one ^ (k == i) for k, one in enumerate(side)], np.int8))
            for i in range(n)
        ]
        best = int(np.argmax(falls))
        if falls[best] <= 0:
            return tuple(one ^ side[0] for one in side)
        return down([one ^ (k == best) for k, one in enumerate(side)])

    return Counter(down([0, *rest]) for rest in product((0, 1), repeat=n - 1))


def test_three_actors_by_hand() -> None:
    """Two friends and an enemy of both have one valley; three enemies have three of equal depth.

    Friends A and B (+1) against C (-1 to each): apart from C the energy is 2 (-1 - 1) = -4, and every other configuration runs
    down there. Three enemies (-1): two against one cuts two pairs, -4; all together is 0, no minimum, and its first actor
    leaves. So the basins are 2, 1 and 1.
    """
    friends = symmetric(np.array([[0, 1, -1], [0, 0, -1], [0, 0, 0]], float))
    found = landscape(friends)
    assert found.side.tolist() == [[0, 0, 1]]
    assert found.energy.tolist() == [-4]
    assert found.basin.tolist() == [4]
    enemies = landscape(-(np.ones((3, 3)) - np.eye(3)))
    assert enemies.energy.tolist() == [-4, -4, -4]
    assert sorted(enemies.basin.tolist()) == [1, 1, 2]
    assert enemies.exhaustive


@settings(max_examples=60, deadline=None)
@given(WEIGHTS)
def test_minima_and_basins_are_those_of_brute_force(weight: np.ndarray) -> None:
    """Every minimum, its energy and its basin are as when each configuration is walked down by itself."""
    found = landscape(weight)
    expected = brute(weight)
    sides = [tuple(one) for one in found.side.tolist()]
    assert dict(zip(sides, found.basin.tolist(), strict=True)) == dict(expected)
    assert found.energy.tolist() == pytest.approx([energy(weight, one) for one in found.side])
    assert found.energy.tolist() == sorted(found.energy.tolist())
    assert found.basin.sum() == found.tried == 2 ** (len(weight) - 1)


@settings(max_examples=30, deadline=None)
@given(WEIGHTS)
def test_no_actor_gains_by_leaving_a_minimum(weight: np.ndarray) -> None:
    """What an actor's change would add to the energy is told exactly, and is never below 0 in a minimum."""
    for side in landscape(weight).side:
        for i, rise in enumerate(rises(weight, side).tolist()):
            changed = side.copy()
            changed[i] ^= 1
            assert rise == pytest.approx(energy(weight, changed) - energy(weight, side))
            assert rise >= -1e-9


def test_blocks_of_configurations_join_seamlessly() -> None:
    """Thirteen actors, more than one block, have the basins that walking down each configuration gives."""
    cells = np.random.default_rng(3).integers(-9, 10, (13, 13)).astype(float)
    weight = symmetric(cells)
    found = landscape(weight)
    side = np.array([[0, *rest] for rest in product((0, 1), repeat=12)], np.int8)
    room._run_down(weight, side, 0.0)
    ends = Counter(tuple(one) for one in side.tolist())
    assert ends == dict(zip(map(tuple, found.side.tolist()), found.basin.tolist(), strict=True))


def test_beyond_exhaustion_minima_are_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Random starts find minima of the exhaustive list only, the deepest among them, and the answer says that it was a search."""
    weight = symmetric(np.random.default_rng(5).normal(size=(12, 12)))
    every = landscape(weight)
    monkeypatch.setattr(room, "MOST_EXHAUSTIVE", 4)
    found = landscape(weight, starts=2000, seed=1)
    assert not found.exhaustive
    assert found.basin.sum() == found.tried == 2000
    assert {tuple(one) for one in found.side.tolist()} <= {tuple(one) for one in every.side.tolist()}
    assert found.energy[0] == pytest.approx(every.energy[0])
    share = dict(zip(map(tuple, every.side.tolist()), (every.basin / every.tried).tolist(), strict=True))
    for one, count in zip(found.side.tolist(), found.basin.tolist(), strict=True):
        assert count / 2000 == pytest.approx(share[tuple(one)], abs=0.05)
    again = landscape(weight, starts=2000, seed=1)
    assert again.basin.tolist() == found.basin.tolist()
