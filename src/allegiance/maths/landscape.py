"""The energy landscape of two sides: all its valleys and how far each reaches, by exhaustion or by search.

Source: Axelrod and Bennett, "A Landscape Theory of Aggregation", British Journal of Political Science 23 (1993) 211-233,
doi:10.1017/S000712340000973X.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numba as nb
import numpy as np

from allegiance.maths.clock import Clock

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

MOST_EXHAUSTIVE = 24
STARTS = 10_000
AT_ONCE = 500  # starts between two looks at the clock
_BLOCK = 10  # bits; within so many configurations sums are updated, then begun anew, so that rounding can't pile up
_FLAT = 1e-9  # share of all |weight|; a smaller change of energy is none


@dataclass(frozen=True, slots=True, eq=False)
class Landscape:
    """The valleys of a landscape, the deepest first.

    Attributes:
        side: int8, shape (minima, n): 0 or 1, the first actor always on side 0.
        energy: float64, shape (minima,).
        basin: int64, shape (minima,): how many of `tried` configurations run down into each.
        tried: how many configurations were let run down: all 2^(n - 1) where `exhaustive`.
        exhaustive: whether all were, so that there is no further minimum.
    """

    side: NDArray[np.int8]
    energy: NDArray[np.float64]
    basin: NDArray[np.int64]
    tried: int
    exhaustive: bool


def landscape(
    weight: NDArray[np.float64],
    *,
    starts: int = STARTS,
    seed: int = 0,
    progress: Callable[[int], None] = lambda _: None,
) -> Landscape:
    """Find the minima of the energy, each with its basin.

    Two actors on different sides add weight_ij + weight_ji to the energy, so those with positive weight want to be together.
    From any configuration the one actor changes sides that lowers the energy most (the first of several), until none does;
    a minimum is where none does, and its basin is all from where one comes there.

    Args:
        weight: shape (n, n), symmetric, its diagonal of no account: size_i times size_j times propensity_ij.
        starts: from how many random configurations to run down where n is above `MOST_EXHAUSTIVE`.
        seed: of these.
        progress: called with the number of starts done.
    """
    r = np.ascontiguousarray(weight, dtype=np.float64).copy()
    np.fill_diagonal(r, 0.0)
    n = len(r)
    if n <= MOST_EXHAUSTIVE:
        codes, basin = _basins(_descents(r, _flat(r)))
        side = ((codes[:, None] >> np.arange(-1, n - 1).clip(0)) & 1).astype(np.int8)
        side[:, :1] = 0
        return _sorted(r, side, basin, 1 << max(n - 1, 0), exhaustive=True)
    side, basin, tried = _searched(r, starts, seed, progress)
    return _sorted(r, side, basin, tried, exhaustive=False)


def energy(weight: NDArray[np.float64], side: NDArray[np.int8]) -> float:
    """Return the energy of a configuration: weight summed over ordered pairs on different sides; `side` has shape (n,)."""
    return float(weight[side[:, None] != side].sum())


def rises(weight: NDArray[np.float64], side: NDArray[np.int8]) -> NDArray[np.float64]:
    """Return by how much the energy rises when each actor alone changes sides, shape (n,); below 0 where it falls."""
    signs = 1 - 2 * side.astype(np.float64)
    pull = weight * np.outer(signs, signs)
    np.fill_diagonal(pull, 0.0)
    return np.asarray(2 * pull.sum(axis=1))


def _flat(r: NDArray[np.float64]) -> float:
    return float(_FLAT * np.abs(r).sum())


def _sorted(
    r: NDArray[np.float64], side: NDArray[np.int8], basin: NDArray[np.int64], tried: int, *, exhaustive: bool
) -> Landscape:
    depth = np.array([energy(r, one) for one in side])
    # Minima that rounding alone tells apart go by their basins, so that equal answers come in one order.
    order = np.lexsort((-basin, np.round(depth, 9)))
    return Landscape(side[order], depth[order], basin[order], tried, exhaustive)


@nb.njit(cache=True)
def _descents(r: NDArray[np.float64], flat: float) -> NDArray[np.uint32]:
    """Return for each configuration the next one downhill, itself for a minimum, shape (2^(n - 1),).

    Bit k of a configuration is the side of actor k + 1; actor 0 stands on side 0, so its change turns all others round.
    """
    n = len(r)
    free = max(n - 1, 0)
    count = 1 << free
    following = np.empty(count, dtype=np.uint32)
    low_bits = min(free, _BLOCK)
    sign, pull = np.empty(n), np.empty(n)
    for block in range(1 << (free - low_bits)):
        high = block << low_bits
        _begin(r, high, sign, pull)
        code = high
        for step in range(1 << low_bits):
            if step > 0:  # Gray code: one bit changes at a time
                bit = 0
                while (step >> bit) & 1 == 0:
                    bit += 1
                code ^= 1 << bit
                _flip(r, bit + 1, sign, pull)
            best, fall = -1, flat
            for i in range(n):
                if -pull[i] * sign[i] > fall:
                    best, fall = i, -pull[i] * sign[i]
            if best < 0:
                following[code] = code
            elif best == 0:
                following[code] = code ^ (count - 1)
            else:
                following[code] = code ^ (1 << (best - 1))
    return following


@nb.njit(cache=True)
def _begin(r: NDArray[np.float64], code: int, sign: NDArray[np.float64], pull: NDArray[np.float64]) -> None:
    """Set the signs of a configuration, shape (n,), and what pulls each actor to side 0, shape (n,)."""
    n = len(r)
    for i in range(n):
        sign[i] = 1.0 if i == 0 or (code >> (i - 1)) & 1 == 0 else -1.0
    for i in range(n):
        pull[i] = 0.0
        for j in range(n):
            pull[i] += r[i, j] * sign[j]


@nb.njit(cache=True)
def _flip(r: NDArray[np.float64], actor: int, sign: NDArray[np.float64], pull: NDArray[np.float64]) -> None:
    """Let an actor change sides."""
    sign[actor] = -sign[actor]
    for i in range(len(r)):
        pull[i] += 2 * r[i, actor] * sign[actor]


@nb.njit(cache=True)
def _basins(following: NDArray[np.uint32]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the minima, and how many configurations run down into each; overwrites `following` with where each ends."""
    count = len(following)
    for code in range(count):
        end = following[code]
        while following[end] != end:
            end = following[end]
        walk = code
        while following[walk] != end and following[walk] != walk:
            ahead = following[walk]
            following[walk] = end
            walk = ahead
    size = np.zeros(count, dtype=np.int64)
    for code in range(count):
        size[following[code]] += 1
    minima = np.flatnonzero(size)
    return minima, size[minima]


@nb.njit(cache=True)
def _run_down(r: NDArray[np.float64], side: NDArray[np.int8], flat: float) -> None:
    """Let each configuration, shape (starts, n), run down to its minimum, and turn it so that the first actor is on side 0."""
    n = len(r)
    sign, pull = np.empty(n), np.empty(n)
    for start in range(len(side)):
        for i in range(n):
            sign[i] = 1.0 - 2.0 * side[start, i]
        for i in range(n):
            pull[i] = 0.0
            for j in range(n):
                pull[i] += r[i, j] * sign[j]
        while True:
            best, fall = -1, flat
            for i in range(n):
                if -pull[i] * sign[i] > fall:
                    best, fall = i, -pull[i] * sign[i]
            if best < 0:
                break
            _flip(r, best, sign, pull)
        for i in range(n):
            side[start, i] = 0 if sign[i] == sign[0] else 1


def _searched(
    r: NDArray[np.float64], starts: int, seed: int, progress: Callable[[int], None]
) -> tuple[NDArray[np.int8], NDArray[np.int64], int]:
    """Return the minima that random starts run down to, how many do to each, and the number of starts made."""
    chance = np.random.default_rng(seed)
    found: list[NDArray[np.int8]] = []
    clock = Clock()
    with clock.listening():
        for first in range(0, starts, AT_ONCE):
            count = min(AT_ONCE, starts - first)
            side = chance.integers(0, 2, (count, len(r)), dtype=np.int8)
            _run_down(r, side, _flat(r))
            found.append(side)
            progress(count)
            if clock.interrupted:
                break
    ends = np.concatenate(found)
    side, basin = np.unique(ends, axis=0, return_counts=True)
    return side, basin, len(ends)
