"""A network after changes that nobody has stated: ties made stronger or weaker, actors left out.

The statements of a tie stay what they were; a change adds weight to it, but no evidence.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from allegiance.network.evidence import Evidence
from allegiance.network.network import SignedNetwork

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from numpy.typing import NDArray

Pair = tuple[str, str]


def changed(
    net: SignedNetwork,
    shifts: Mapping[Pair, int],
    left_out: Collection[str] = (),
    brought_in: Iterable[str] = (),
) -> SignedNetwork:
    """Return `net` with ties shifted, and without the ties of some actors.

    Args:
        net: the network; it stays as it is.
        shifts: signed integer tenths by pair of actors, in any order; a pair without a tie gets one, and an actor that the
            network doesn't have comes in.
        left_out: actors whose ties go, and they with them, as does everybody else who then has no tie.
        brought_in: actors that are to be there, with ties or without.
    """
    number = {name: i for i, name in enumerate(net.actors)}
    there = tuple(brought_in)
    for name in chain(*shifts, there):
        number.setdefault(name, len(number))
    count = max(len(number), 1)
    gone = np.array(sorted(number[name] for name in left_out if name in number), dtype=np.int64)
    keep = ~(np.isin(net.a, gone) | np.isin(net.b, gone))
    kept = net.a[keep].astype(np.int64) * count + net.b[keep]
    new = np.array([_key(number[a], number[b], count) for a, b in shifts], dtype=np.int64)
    amount = np.array(list(shifts.values()), dtype=np.int64)
    keys = np.union1d(kept, new)
    positive, negative = np.zeros(len(keys), dtype=np.int64), np.zeros(len(keys), dtype=np.int64)
    place = np.searchsorted(keys, kept)
    positive[place], negative[place] = net.positive[keep], net.negative[keep]
    np.add.at(positive, np.searchsorted(keys, new), np.maximum(amount, 0))
    np.add.at(negative, np.searchsorted(keys, new), np.maximum(-amount, 0))
    a, b = keys // count, keys % count
    stays = np.ones(len(number), dtype=np.bool_)
    stays[np.concatenate([gone, net.a[~keep], net.b[~keep]])] = False
    stays[np.concatenate([a, b, np.array([number[name] for name in there], dtype=np.int64)])] = True
    renumbered = np.cumsum(stays, dtype=np.int32) - np.int32(1)
    return SignedNetwork(
        tuple(name for name, here in zip(number, stays.tolist(), strict=True) if here),
        renumbered[a],
        renumbered[b],
        positive,
        negative,
        _moved(net.evidence, keep, place, len(keys)),
    )


def _key(a: int, b: int, count: int) -> int:
    return min(a, b) * count + max(a, b)


def _moved(old: Evidence, keep: NDArray[np.bool_], place: NDArray[np.integer], ties: int) -> Evidence:
    """Return the evidence of the ties in `keep` at their new places, shape (kept,), among `ties`."""
    tie_of = np.repeat(np.arange(len(keep)), np.diff(old.first))
    rows = keep[tie_of]
    new_of = np.zeros(len(keep), dtype=np.int64)
    new_of[keep] = place
    return Evidence.grouped(
        new_of[tie_of[rows]],
        ties,
        old.ids[rows],
        None if old.outlets is None else old.outlets[rows],
        prefix=old.prefix,
        counts=None if old.counts is None else old.counts[rows],
    )
