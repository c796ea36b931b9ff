"""Which coalition of one split is which of another."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from allegiance.maths.matching import matched, turned


def test_a_coalition_keeps_its_name_by_most_of_its_actors() -> None:
    """The name goes to the group that most of those who bore it are in; a group without old actors gets a new name."""
    before = np.array([0, 0, 0, 1, 1, -1])
    now = np.array([2, 2, 1, 1, 1, 0])
    assert matched(before, now).tolist() == [0, 0, 1, 1, 1, 2]


@given(st.lists(st.integers(0, 4), min_size=1, max_size=9), st.permutations(range(5)))
def test_renaming_is_undone(before: list[int], names: list[int]) -> None:
    """The same groups under other numbers get back the names that they had."""
    now = np.unique(np.array([names[name] for name in before]), return_inverse=True)[1]
    assert matched(np.array(before), now).tolist() == before


def test_parts_are_turned_to_where_they_were() -> None:
    """Each part of the network keeps its sides by the votes of its actors, without touching the other parts."""
    before = np.array([0, 0, 1, 1, 1, -1])
    now = np.array([1, 1, 0, 1, 1, 0])
    assert turned(before, now, np.array([0, 0, 0, 1, 1, 1])).tolist() == [0, 0, 1, 1, 1, 0]
