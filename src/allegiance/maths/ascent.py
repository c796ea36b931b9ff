"""Fractional packings: how much of each bad cycle to take, and whole numbers that prove it.

The float iteration here is only a guide. What counts is `rounded`, which works in integers and can't take more from a
tie than it has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numba as nb
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from allegiance.maths.clock import Clock

LOOKS_PER_CALL = 30_000_000
"""Ties of cycles looked at between two looks at the clock."""


def ascend(
    first: NDArray[np.int64],
    ties: NDArray[np.int32],
    price: NDArray[np.float64],
    length: NDArray[np.float64],
    room: NDArray[np.float64],
    rounds: int,
    clock: Clock,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Improve the amounts `price` of the cycles and the lengths of the ties, in place, towards the best packing.

    A cycle shorter than 1 is taken more, a tie asked for more than it has room becomes longer: the primal-dual
    iteration of Chambolle and Pock 2011, doi:10.1007/s10851-010-0251-1, with the step sizes of Pock and Chambolle 2011,
    doi:10.1109/ICCV.2011.6126441.

    Args:
        first: shape (cycles + 1,), where each cycle begins in `ties`.
        ties: the ties of all cycles.
        price: shape (cycles,), at least 0.
        length: shape (m,), from 0 to 1.
        room: shape (m,), how much of the cycles through it each tie can bear; about 1.
        rounds: number of iterations.
        clock: when to stop before.

    Returns:
        The averages of `price` and `length` over the rounds, which settle where the last ones swing.
    """
    mean_price, mean_length = np.zeros(len(price)), np.zeros(len(length))
    step = max(1, LOOKS_PER_CALL // (2 * len(ties) + len(length) + 1))
    done = 0
    while done < rounds and not (done and clock.over):
        part = min(step, rounds - done)
        some_price, some_length = _ascend(first, ties, price, length, room, part)
        mean_price += some_price
        mean_length += some_length
        done += part
    return mean_price / max(done, 1), mean_length / max(done, 1)


@nb.njit(cache=True)
def _ascend(
    first: NDArray[np.int64],
    ties: NDArray[np.int32],
    price: NDArray[np.float64],
    length: NDArray[np.float64],
    room: NDArray[np.float64],
    rounds: int,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Do some rounds of `ascend`; return the sums of `price` and `length` over them."""
    m, cycles = len(length), len(price)
    through = np.zeros(m)
    load, ahead = np.zeros(m), np.zeros(m)
    mean_price, mean_length = np.zeros(cycles), np.zeros(m)
    for c in range(cycles):
        for i in range(first[c], first[c + 1]):
            through[ties[i]] += 1
            load[ties[i]] += price[c]
    for _ in range(rounds):
        for e in range(m):
            if through[e] == 0:
                length[e] = 0.0
                continue
            new = min(1.0, max(0.0, length[e] - (room[e] - load[e]) / through[e]))
            ahead[e] = 2 * new - length[e]
            length[e] = new
            mean_length[e] += new
            load[e] = 0.0
        for c in range(cycles):
            around = 0.0
            for i in range(first[c], first[c + 1]):
                around += ahead[ties[i]]
            price[c] = max(0.0, price[c] + (1 - around) / (first[c + 1] - first[c]))
            if price[c] > 0:
                mean_price[c] += price[c]
                for i in range(first[c], first[c + 1]):
                    load[ties[i]] += price[c]
    return mean_price, mean_length


@nb.njit(cache=True)
def rounded(
    first: NDArray[np.int64], ties: NDArray[np.int32], price: NDArray[np.float64], left: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return whole multipliers near `price`, shape (cycles,), that take from no tie more than `left` (shape (m,)).

    Where too much is asked of a tie, all who ask get less in proportion; what remains is given to who can use it.
    `left` is lowered by what is taken.
    """
    cycles = len(price)
    multipliers = np.zeros(cycles, dtype=np.int64)
    load = np.zeros(len(left))
    for c in range(cycles):
        for i in range(first[c], first[c + 1]):
            load[ties[i]] += price[c]
    full = left.astype(np.float64)
    for turn in range(2):
        for c in range(cycles):
            most, share = left[ties[first[c]]], 1.0
            for i in range(first[c], first[c + 1]):
                e = ties[i]
                most = min(most, left[e])
                if load[e] > full[e]:
                    share = min(share, full[e] / load[e])
            if turn == 0:
                most = min(most, np.int64(price[c] * share))
            multipliers[c] += most
            for i in range(first[c], first[c + 1]):
                left[ties[i]] -= most
    return multipliers
