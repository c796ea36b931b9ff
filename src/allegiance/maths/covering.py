"""The linear program of the cheapest change, over the rival splits and the wished ones found so far.

For one wished split P it is a covering problem. Ties within P can only usefully grow, all others only fall; the amount
of change on the ties at which P and a rival Q differ has to make up for what Q scores more:

    minimise  sum cost_e t_e   such that   sum (e at which P and Q differ) t_e  >=  score(Q) - score(P)   for all Q.

Where several wished splits are at hand, the program may mix them (shares adding up to 1). Growth u_e is then worth at most
T times the share of the splits that have e within, fall v_e at most T times the rest. Any multipliers y_Q of the rows
give a bound that holds for every wished split, not only for those in the pool (see `Multipliers`).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from allegiance.maths.changeable import Changeable

_TINY = 1e-9
OPTIMAL = 0


@dataclass(frozen=True, slots=True, eq=False)
class Rival:
    """A split that a wished one has to be as good as.

    Attributes:
        within: bool, shape (m,), the pairs that it keeps in one coalition.
        score: its score, plus the margin by which it has to be surpassed.
    """

    within: NDArray[np.bool_]
    score: int


@dataclass(frozen=True, slots=True, eq=False)
class Mixture:
    """The best mixture of wished splits and changes.

    Attributes:
        value: what the change costs, infinite where no change is enough.
        share: float, shape (wished splits,), adding up to 1.
        up: float, shape (m,), growth of each pair's weight in tenths.
        down: float, shape (m,), its fall.
        multipliers: float, shape (rivals,), of the rows.
        floor: float, multiplier of the least score.
    """

    value: float
    share: NDArray[np.float64]
    up: NDArray[np.float64]
    down: NDArray[np.float64]
    multipliers: NDArray[np.float64]
    floor: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class _Kinds:
    """Pairs that no rival and no wished split tells apart, taken as one column.

    Attributes:
        pair: int64, shape (kinds,), one pair of each kind, the cheapest.
        size: int64, shape (kinds,), how many there are.
        of: int64, shape (m,), each pair's kind, -1 for those left out.
    """

    pair: NDArray[np.int64]
    size: NDArray[np.int64]
    of: NDArray[np.int64]


def mix(
    ties: Changeable,
    wished: Sequence[NDArray[np.bool_]],
    rivals: Sequence[Rival],
    most: int,
    liking: NDArray[np.int64],
    floor: int,
) -> Mixture:
    """Return the cheapest mixture of `wished` splits and changes that no rival surpasses.

    Args:
        ties: the pairs with weights and costs.
        wished: for each wished split the pairs that it keeps within, bool, shape (m,); at least one.
        rivals: the rows.
        most: no pair needs to change by more than so many tenths (T above).
        liking: int64, shape (m,): of pairs that do the same at the same cost, the one with the least is changed.
        floor: wished splits that score less are of no interest; a mixture scores at least so much.
    """
    m, single = len(ties.w), len(wished) == 1
    if not rivals:
        share = np.zeros(len(wished))
        share[0] = 1.0
        return Mixture(0.0, share, np.zeros(m), np.zeros(m), np.zeros(0))
    against = np.array([rival.within for rival in rivals])
    pool = np.array(wished)
    kinds = _kinds(ties, against, pool, liking)
    against, inside = against[:, kinds.pair], pool[:, kinds.pair]
    ups, downs = np.flatnonzero(inside.any(axis=0)), np.flatnonzero((~inside).any(axis=0))
    scores = np.array([ties.score(within) for within in wished], dtype=np.float64)
    base = scores.max()
    cost = ties.cost[kinds.pair].astype(np.float64)
    # Where a row can't be met at all this column does it, at a price above every true answer.
    dear = float(most) * float(ties.cost.sum()) + 1.0
    columns = np.r_[np.zeros(len(wished)), cost[ups], cost[downs], dear]
    rows = np.hstack(
        [
            np.tile(scores - base, (len(rivals), 1)),
            ~against[:, ups],
            against[:, downs],
            np.ones((len(rivals), 1)),
        ]
    )
    lacking = np.array([rival.score for rival in rivals], dtype=np.float64) - base
    if single:
        keep = slice(1, None)
        found = linprog(columns[keep], A_ub=-rows[:, keep], b_ub=-lacking, method="highs-ds")
        share, moved = np.ones(1), found.x
    else:
        links = _links(inside, kinds.size, ups, downs, most)
        low = np.r_[base - scores, np.zeros(len(columns) - len(wished) - 1), -1.0]
        found = linprog(
            columns,
            A_ub=coo_array(np.vstack([-rows, low, links])).tocsr(),
            b_ub=np.r_[-lacking, base - floor, np.zeros(len(links))],
            A_eq=np.r_[np.ones(len(wished)), np.zeros(len(columns) - len(wished))][None, :],
            b_eq=[1.0],
            method="highs-ds",
        )
        share, moved = found.x[: len(wished)], found.x[len(wished) :]
    grown, fallen = np.zeros(len(kinds.pair)), np.zeros(len(kinds.pair))
    grown[ups], fallen[downs] = moved[: len(ups)], moved[len(ups) : -1]
    value = float("inf") if moved[-1] > _TINY else float(found.fun)
    up, down = (_spread(kinds, amount, single=single) for amount in (grown, fallen))
    multipliers = np.maximum(-found.ineqlin.marginals, 0.0)
    height = 0.0 if single else float(multipliers[len(rivals)])
    return Mixture(value, share, up, down, multipliers[: len(rivals)], height)


def _kinds(
    ties: Changeable, against: NDArray[np.bool_], pool: NDArray[np.bool_], liking: NDArray[np.int64]
) -> _Kinds:
    """Group the pairs that may change by what rivals and wished splits do with them; dear ones are left out."""
    free = np.flatnonzero(ties.free)
    told = np.packbits(np.vstack([against, pool])[:, free], axis=0).T
    # With one wished split nothing limits a column, so the cheapest pair of its kind can do all.
    price = np.zeros(len(free), dtype=np.int64) if len(pool) == 1 else ties.cost[free]
    key = np.ascontiguousarray(np.hstack([told, price[:, None].view(np.uint8).reshape(len(free), 8)]))
    order = np.lexsort((liking[free], ties.cost[free]))
    _, first, where, size = np.unique(
        key[order].view(np.dtype((np.void, key.shape[1]))).ravel(),
        return_index=True,
        return_inverse=True,
        return_counts=True,
    )
    of = np.full(len(ties.w), -1, dtype=np.int64)
    of[free[order]] = where
    return _Kinds(free[order][first], size.astype(np.int64), of)


def _links(
    inside: NDArray[np.bool_],
    size: NDArray[np.int64],
    ups: NDArray[np.int64],
    downs: NDArray[np.int64],
    most: int,
) -> NDArray[np.float64]:
    """Return the rows that let a pair grow only as far as it is within the mixture, and fall as far as it isn't."""
    p, columns = len(inside), len(ups) + len(downs)
    mixed = np.asarray(inside.any(axis=0) & (~inside).any(axis=0))
    rows = []
    for offset, chosen, pattern in ((0, ups, inside), (len(ups), downs, ~inside)):
        for place in np.flatnonzero(mixed[chosen]):
            row = np.zeros(p + columns + 1)
            row[:p] = -float(most) * size[chosen[place]] * pattern[:, chosen[place]]
            row[p + offset + place] = 1.0
            rows.append(row)
    return np.array(rows).reshape(len(rows), p + columns + 1)


def _spread(kinds: _Kinds, amount: NDArray[np.float64], *, single: bool) -> NDArray[np.float64]:
    """Return the amount of each pair, shape (m,): all on one pair of the kind, or in equal parts."""
    if single:
        spread = np.zeros(len(kinds.of))
        spread[kinds.pair] = amount
        return spread
    part: NDArray[np.float64] = np.append(amount / kinds.size, 0.0)
    return np.asarray(part[kinds.of])


@dataclass(frozen=True, slots=True)
class Multipliers:
    """Whole multipliers of rivals, from which a bound for all wished splits follows.

    For any wished split P, what changing pairs beyond the multipliers' load can save is at most T per pair. So

        cost(P) * scale  >=  constant - sum over the pairs within P of weight_e,

    and the best score of a wished split under these weights, which the exact engine bounds, gives the bound.

    Attributes:
        scale: what the multipliers are to be divided by.
        constant: see above.
        weights: int64, shape (m,), see above.
    """

    scale: int
    constant: int
    weights: NDArray[np.int64]

    @classmethod
    def of(
        cls,
        ties: Changeable,
        rivals: Sequence[Rival],
        mixture: Mixture,
        bounds: tuple[int, int],
        finest: int,
    ) -> Multipliers:
        """Make whole multipliers of those of `mixture`, as fractions with denominators to `finest`.

        `bounds` are T and the least score that is of interest, as in `mix`.
        """
        most, floor = bounds
        values = np.r_[mixture.multipliers, mixture.floor]
        fractions = [Fraction(value).limit_denominator(finest) for value in values.tolist()]
        scale = lcm(1, *(value.denominator for value in fractions))
        if scale > finest * finest:
            scale = finest
            fractions = [Fraction(int(value * scale), scale) for value in values.tolist()]
        *whole, low = (int(value * scale) for value in fractions)
        total = sum(whole)
        # How many of the multipliers hold the pair within: the load of a wished split that has it across.
        held = np.zeros(len(ties.w), dtype=np.int64)
        for multiplier, rival in zip(whole, rivals, strict=True):
            if multiplier:
                held += multiplier * rival.within
        bearable = ties.cost * scale
        over_within = np.where(ties.free, np.maximum(total - held - bearable, 0), 0)
        over_across = np.where(ties.free, np.maximum(held - bearable, 0), 0)
        constant = sum(
            multiplier * rival.score for multiplier, rival in zip(whole, rivals, strict=True)
        ) - most * int(over_across.sum())
        weights = (total + low) * ties.w + most * (over_within - over_across)
        return cls(scale, constant + low * floor, weights)
