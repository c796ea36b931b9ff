"""Which few relations would have to change, and by how much, for a wished coalition to hold?"""

from __future__ import annotations

from fractions import Fraction
from math import gcd, lcm
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from allegiance.analysis.askable import check_ties
from allegiance.analysis.coalition_wish import CoalitionWish, Prices
from allegiance.analysis.levers_answer import Lever, Levers, Strain
from allegiance.errors import ContradictionError, UsageError, clipped
from allegiance.maths.changeable import Changeable
from allegiance.maths.inverse import cheapest
from allegiance.model import Result, units
from allegiance.model.result import TENTHS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from allegiance.maths.inverse import Inverse
    from allegiance.network import SignedNetwork

ALL_PAIRS_UP_TO = 1_000
"""Actors up to which new ties may arise anywhere; beyond, only such with a member of the wished coalition."""

MOST_DECIMALS = 10**6
_NAMED = 6


def levers(
    net: SignedNetwork,
    wish: CoalitionWish | Sequence[str],
    k: int | None = None,
    *,
    prices: Prices | None = None,
    time_limit: float | None = None,
    seed: int = 0,
    progress: Callable[[float, float], None] | None = None,
) -> Result[Levers]:
    """Find the cheapest set of changed ties after which an optimal split has a wished coalition together.

    The inverse of `coalitions`: there the ties are given and the split is sought. A change of a tie's net weight by one unit,
    up or down, costs 1 unless `prices` say otherwise; a tie may also change its sign. Weights after the change can be any
    fractions, since the cheapest change sometimes needs them.

    Args:
        net: the network; weights are its net weights in integer tenths.
        wish: the coalition, as names or with further conditions.
        k: 2, another largest number of coalitions, or None for as many as fit.
        prices: frozen ties, costs, new ties.
        time_limit: seconds after which the cheapest change so far is returned with its bound; None to stop when as much was
            tried as mostly is enough for a proof.
        seed: seed of the searches.
        progress: told (cost, lower bound) in units whenever either gets better.

    Returns:
        A result whose `lower_bound` is in units of cost, and `proved` when it meets the cost.

    Raises:
        UsageError: a wish that can't be asked for, or that the frozen ties make impossible; says the conflict.
        UnknownNameError: an actor that the network doesn't have.
        ContradictionError: a wish that excludes itself.
        DataError: the network has no ties.
    """
    check_ties(net)
    wished = wish if isinstance(wish, CoalitionWish) else CoalitionWish(tuple(wish))
    prices = prices or Prices()
    asked = wished.checked(net)
    ties, scale = _changeable(net, wished, prices)
    per_unit = TENTHS * scale
    try:
        found = cheapest(
            ties,
            k,
            asked,
            time_limit=time_limit,
            seed=seed,
            progress=None if progress is None else lambda *both: progress(*(one / per_unit for one in both)),
        )
    except ContradictionError as contradiction:
        raise contradiction.named(net.actors) from contradiction
    if found.impossible:
        raise UsageError(_conflict(net, wished, ties, found))
    value = _answer(net, wished, ties, found, scale)
    return Result(
        value,
        method=found.method,
        parameters=MappingProxyType(
            {
                **wished.to_json(),
                "k": "any" if k is None else k,
                "freeze": [list(pair) for pair in prices.frozen],
                "costs": len(prices.cost),
                "new_ties": prices.new_ties,
                "time_limit": time_limit,
            }
        ),
        seed=seed,
        proved=found.proved,
        lower_bound=float(value.lower_bound),
        evidence=tuple(dict.fromkeys(stmt for lever in value.levers or () for stmt in lever.statements)),
        seconds=found.seconds,
    )


def _changeable(net: SignedNetwork, wish: CoalitionWish, prices: Prices) -> tuple[Changeable, int]:
    """Return the pairs that may change with whole costs, and what these are to be divided by."""
    n = len(net.actors)
    keys = net.a.astype(np.int64) * n + net.b
    if prices.new_ties:
        keys = np.union1d(keys, _all_pairs(net, wish))
    w = np.zeros(len(keys), dtype=np.int64)
    w[np.searchsorted(keys, net.a.astype(np.int64) * n + net.b)] = net.weight
    scale = lcm(1, *(cost.denominator for cost in prices.cost.values()))
    if scale > MOST_DECIMALS:
        raise UsageError("The costs have too many decimals; write them with at most six.")
    cost = np.full(len(keys), scale, dtype=np.int64)
    for pair, price in prices.cost.items():
        if price <= 0:
            raise UsageError(f"Changing {pair[0]} - {pair[1]} is to cost {price}; a cost must be above 0.")
        cost[_place(net, keys, pair)] = int(price * scale)
    for pair in prices.frozen:
        cost[_place(net, keys, pair)] = 0
    common = gcd(scale, *np.unique(cost).tolist())
    return (
        Changeable(n, (keys // n).astype(np.int32), (keys % n).astype(np.int32), w, cost // common),
        scale // common,
    )


def _all_pairs(net: SignedNetwork, wish: CoalitionWish) -> NDArray[np.int64]:
    n = len(net.actors)
    if n <= ALL_PAIRS_UP_TO:
        one, other = np.triu_indices(n, 1)
        return (one * n + other).astype(np.int64)
    named = [net.number_of(name) for name in (*wish.coalition, *wish.without)]
    mine, others = np.meshgrid(np.array(named, dtype=np.int64), np.arange(n, dtype=np.int64))
    low, high = np.minimum(mine, others), np.maximum(mine, others)
    return np.unique((low * n + high)[low != high])


def _place(net: SignedNetwork, keys: NDArray[np.int64], pair: tuple[str, str]) -> slice:
    """Return where a pair stands among the keys; an empty place if it has no tie that could change."""
    a, b = sorted((net.number_of(pair[0]), net.number_of(pair[1])))
    if a == b:
        raise UsageError(f"{clipped(pair[0])!r} has no tie with itself; name two actors, as A,B.")
    key = a * len(net.actors) + b
    at = int(np.searchsorted(keys, key))
    return slice(at, at + int(at < len(keys) and keys[at] == key))


def _answer(net: SignedNetwork, wish: CoalitionWish, ties: Changeable, found: Inverse, scale: int) -> Levers:
    numbers = dict(zip(zip(net.a.tolist(), net.b.tolist(), strict=True), range(len(net)), strict=True))
    moved = []
    for pair, step in (found.change or {}).items():
        a, b = int(ties.a[pair]), int(ties.b[pair])
        number = numbers.get((a, b))
        moved.append(
            Lever(
                net.actors[a],
                net.actors[b],
                int(ties.w[pair]),
                int(ties.w[pair]) + step,
                Fraction(int(ties.cost[pair]), scale),
                () if number is None else net.evidence.of(number),
            )
        )
    per_unit = TENTHS * scale
    return Levers(
        wish=wish,
        levers=None
        if found.change is None
        else tuple(sorted(moved, key=lambda lever: (-lever.cost, lever.a, lever.b))),
        cost=None if found.change is None else found.value / per_unit,
        lower_bound=found.lower_bound / per_unit,
        coalitions=_named(net, found.labels, wish.coalition),
        today=_named(net, found.today, ()),
        violated=found.violated,
        least=found.least,
        strain=MappingProxyType(_strain(net, ties, found)),
    )


def _strain(net: SignedNetwork, ties: Changeable, found: Inverse) -> dict[str, Strain]:
    """Return what is violated of each actor's ties today and after the change."""
    before, after = [0] * ties.n, [Fraction(0)] * ties.n
    within = ties.within(found.today)
    for pair in np.flatnonzero((ties.w != 0) & (within == (ties.w < 0))).tolist():
        for actor in (int(ties.a[pair]), int(ties.b[pair])):
            before[actor] += abs(int(ties.w[pair]))
    then = ties.within(found.labels)
    change = found.change or {}
    as_before = np.flatnonzero((ties.w != 0) & (then == (ties.w < 0))).tolist()
    for pair in {*as_before, *change}:
        weight = int(ties.w[pair]) + change.get(pair, Fraction(0))
        if weight and then[pair] == (weight < 0):
            for actor in (int(ties.a[pair]), int(ties.b[pair])):
                after[actor] += abs(weight)
    return {name: Strain(before[i], after[i]) for i, name in enumerate(net.actors)}


def _named(
    net: SignedNetwork, labels: NDArray[np.int32], first: Sequence[str]
) -> tuple[tuple[str, ...], ...]:
    groups: dict[int, list[str]] = {}
    for name, label in zip(net.actors, labels.tolist(), strict=True):
        groups.setdefault(label, []).append(name)
    wished = set(first[:1])
    ordered = sorted(
        groups.values(), key=lambda names: (not wished.intersection(names), -len(names), min(names))
    )
    return tuple(tuple(sorted(names)) for names in ordered)


def _conflict(net: SignedNetwork, wish: CoalitionWish, ties: Changeable, found: Inverse) -> str:
    """Word why the frozen ties make the wish impossible."""
    what = f"bring {_and(wish.coalition)} together" if len(wish.coalition) > 1 else "make the wished split"
    if wish.without or wish.apart or wish.larger:
        what += " as wished"
    best = "the only best" if wish.strict else "one of the best"
    sentence = f"No change of the ties that may be changed can {what} in {best} splits"
    if found.rival is None:
        return f"{sentence}: the frozen ties exclude it. Freeze fewer ties."
    differ = np.flatnonzero((ties.within(found.labels) != ties.within(found.rival)) & (ties.w != 0))
    told = [
        f"{net.actors[ties.a[pair]]} - {net.actors[ties.b[pair]]} ({units(int(ties.w[pair]))})"
        for pair in differ[np.argsort(-np.abs(ties.w[differ]), kind="stable")].tolist()
    ]
    more = f" and {len(told) - _NAMED:,} more" if len(told) > _NAMED else ""
    group = next(names for names in _named(net, found.rival, wish.coalition))
    lost = ties.score(ties.within(found.rival)) - ties.score(ties.within(found.labels))
    return (
        f"{sentence}: whatever the other ties become, a split that has {_and(group[:_NAMED])} "
        f"{'together' if len(group) > 1 else 'alone'} stays {'better' if lost > 0 else 'as good'}"
        f"{f' by {units(lost)}' if lost > 0 else ''} because of the frozen ties {', '.join(told[:_NAMED])}{more}. "
        "Unfreeze one of them."
    )


def _and(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
