"""A change after which a given split is optimal beyond doubt, where the exact engine can't tell in time.

After it a packing of bad cycles proves the split optimal: each cycle holds exactly one tie that the split violates, and
each violated tie weighs just what the cycles through it take. This costs more than necessary, but needs no search.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from allegiance.maths.packing import pack

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from allegiance.maths.changeable import Change, Changeable
    from allegiance.maths.clock import Clock


@dataclass(frozen=True, slots=True, eq=False)
class Settlement:
    """A change, and what the split then violates in tenths: the least possible."""

    change: Change
    violated: Fraction


def silenced(ties: Changeable, change: Change, labels: NDArray[np.integer]) -> Settlement | None:
    """Return the change that takes all weight from the ties that the split `labels` (shape (n,)) violates.

    None where such a tie must stay as it is. What violates nothing is optimal.
    """
    within, found = ties.within(labels), dict(change)
    untouched = (ties.w != 0) & ((ties.w > 0) != within)
    for pair in {*np.flatnonzero(untouched).tolist(), *change}:
        weight = int(ties.w[pair]) + change.get(pair, Fraction(0))
        if weight and (weight > 0) != within[pair]:
            if not ties.cost[pair]:
                return None
            found[pair] = found.get(pair, Fraction(0)) - weight
    return Settlement({pair: step for pair, step in found.items() if step}, Fraction(0))


def settle(
    ties: Changeable, change: Change, labels: NDArray[np.int32], k: int | None, seed: int, clock: Clock
) -> Settlement | None:
    """Return a change that goes on from `change` until a packing proves the split `labels` (shape (n,)) optimal.

    None where that would need a tie to change that must stay as it is, or for one coalition.
    """
    if k == 1:
        return None
    graph, scale = ties.changed(change)
    packing = pack(graph, k, seed=seed, clock=clock, split=labels if k in (None, 2) else None)
    violated = graph.violated(labels)
    counts = np.diff(packing.first)
    owner = np.repeat(np.arange(len(counts)), counts)
    strained = np.bincount(owner[violated[packing.ties]], minlength=len(counts))
    useful = strained == 1
    load = np.zeros(graph.m, dtype=np.int64)
    np.add.at(load, packing.ties, np.where(useful[owner], packing.multipliers[owner], 0))
    place = np.searchsorted(
        ties.a.astype(np.int64) * ties.n + ties.b, graph.a.astype(np.int64) * ties.n + graph.b
    )
    found, left = dict(change), Fraction(0)
    for tie in np.flatnonzero(violated).tolist():
        kept = Fraction(int(load[tie]), packing.scale * scale)
        surplus = Fraction(abs(int(graph.w[tie])), scale) - kept
        left += kept
        if surplus:
            pair = int(place[tie])
            if not ties.cost[pair]:
                return None
            found[pair] = found.get(pair, Fraction(0)) - (surplus if graph.w[tie] > 0 else -surplus)
    return Settlement({pair: step for pair, step in found.items() if step}, left)
