"""Biconnected components."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from allegiance.maths.blocks import blocks
from allegiance.maths.separation import components


def test_two_triangles_at_one_actor_are_two_blocks() -> None:
    """Cycles that share one actor only are apart; the bridge belongs to none."""
    a, b = np.array([0, 0, 1, 2, 2, 3, 4], dtype=np.int32), np.array([1, 2, 2, 3, 4, 4, 5], dtype=np.int32)
    assert sorted(part.tolist() for part in blocks(6, a, b)) == [[0, 1, 2], [3, 4, 5]]


@settings(max_examples=40, deadline=None)
@given(st.integers(2, 9), st.integers(0, 10**6))
def test_no_actor_but_one_is_shared_and_none_cuts(n: int, seed: int) -> None:
    """Blocks share at most one actor, and taking one actor out leaves a block connected."""
    pairs = np.argwhere(np.triu(np.random.default_rng(seed).random((n, n)) < 0.35, 1)).astype(np.int32)
    a, b = pairs[:, 0].copy(), pairs[:, 1].copy()
    parts = blocks(n, a, b)
    actors = [set(a[part].tolist()) | set(b[part].tolist()) for part in parts]
    assert all(len(one & other) <= 1 for i, one in enumerate(actors) for other in actors[:i])
    for part, members in zip(parts, actors, strict=True):
        for out in members:
            left = part[(a[part] != out) & (b[part] != out)]
            where = components(n, a[left], b[left])
            assert len({int(where[v]) for v in members - {out}}) == 1
