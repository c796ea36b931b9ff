"""Compiled sweeps that move one actor at a time, hot or cold. The plan of a search lives in `local_search`.

Every sweep works with the weight that a split keeps within its coalitions: a tie between two actors of one
coalition counts its signed weight, any other tie nothing. What a split violates is the graph's positive weight
less that sum, so the largest sum is the least violation, whatever number of coalitions is allowed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numba as nb
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from allegiance.maths.adjacency import Adjacency

    Labels = NDArray[np.int32]
    Whole = NDArray[np.int64]
    State = NDArray[np.uint64]

NEGLIGIBLE = 30.0
"""exp(-30) is less than one chance in 10^13: such a move isn't worth drawing a random number for."""


@nb.njit(cache=True)
def draw(state: State) -> float:
    """Return the next random float in [0, 1) of the xorshift64* generator whose word is `state[0]`.

    Source: S. Vigna 2016, doi:10.1145/2845077. Our own, because numba's hidden generator is shared between threads.
    """
    x = state[0]
    x ^= x >> np.uint64(12)
    x ^= x << np.uint64(25)
    x ^= x >> np.uint64(27)
    state[0] = x
    return float((x * np.uint64(2685821657736338717)) >> np.uint64(11)) / 9007199254740992.0


@nb.njit(cache=True)
def sweep_two(
    adjacent: Adjacency, side: Labels, temperatures: NDArray[np.float64], state: State, best: Labels
) -> tuple[int, int]:
    """Sweep once per temperature over all actors, who may change between sides 0 and 1.

    Temperature 0 takes gains only. `side` (int32, shape (n,)) is changed in place; `best` receives the best split
    met at the end of any sweep. Returns how much more weight `side` and `best` keep within than `side` did before;
    the second is at least 0.
    """
    first, end, weight = adjacent.first, adjacent.end, adjacent.weight
    n = len(side)
    # What each actor's own side holds for it, less what the other side does: the price of changing.
    price = np.zeros(n, dtype=np.int64)
    for v in range(n):
        for i in range(first[v], first[v + 1]):
            price[v] += weight[i] if side[end[i]] == side[v] else -weight[i]
    now = 0
    top = 0
    best[:] = side
    for temperature in temperatures:
        for v in range(n):
            cost = price[v]
            far = cost >= NEGLIGIBLE * temperature
            if cost >= 0 and (far or draw(state) >= np.exp(-cost / temperature)):
                continue
            side[v] = 1 - side[v]
            price[v] = -cost
            now -= cost
            for i in range(first[v], first[v + 1]):
                u = end[i]
                price[u] += 2 * weight[i] if side[u] == side[v] else -2 * weight[i]
        if now > top:
            top = now
            best[:] = side
    return now, top


@nb.njit(cache=True)
def _desk(label: Labels, k: int) -> tuple[Whole, Whole, Labels, Whole, Whole]:
    """Return scratch space per label (held, seen, met), the labels' sizes, and a stack of those nobody has."""
    labels = k if k > 0 else len(label)
    size = np.bincount(label, minlength=labels)
    vacant = np.zeros(labels, dtype=np.int64)
    none = np.flatnonzero(size == 0)
    vacant[: len(none)] = none[::-1]
    held, seen = np.zeros(labels, dtype=np.int64), np.full(labels, -1, dtype=np.int64)
    return held, seen, np.empty(labels, dtype=np.int32), size, vacant


@nb.njit(cache=True)
def _weigh(
    adjacent: Adjacency, label: Labels, v: int, held: Whole, seen: Whole, stamp: int, met: Labels
) -> int:
    """Sum into `held` what each label holds for actor v; list its own and its neighbours' in `met`; return how many."""
    own = label[v]
    held[own], seen[own], met[0] = 0, stamp, own
    count = 1
    for i in range(adjacent.first[v], adjacent.first[v + 1]):
        c = label[adjacent.end[i]]
        if seen[c] != stamp:
            held[c], seen[c], met[count] = 0, stamp, c
            count += 1
        held[c] += adjacent.weight[i]
    return count


@nb.njit(cache=True)
def _chosen(held: Whole, met: Labels, count: int, elsewhere: int, temperature: float, state: State) -> int:
    """Choose a label of `met[:count]`, or -1 for one of `elsewhere` more labels, which hold nothing.

    Hot: drawn with probability proportional to exp(held / temperature). Cold: the one that holds most, the first of
    equals, so that nobody moves without gain.
    """
    best, most = int(met[0]), held[met[0]]
    for j in range(1, count):
        if held[met[j]] > most:
            best, most = int(met[j]), held[met[j]]
    if elsewhere > 0 and most < 0:
        best, most = -1, 0
    if temperature == 0 or count + elsewhere == 1:
        return best
    total = elsewhere * np.exp(-most / temperature) if elsewhere > 0 else 0.0
    for j in range(count):
        total += np.exp((held[met[j]] - most) / temperature)
    point = draw(state) * total
    for j in range(count):
        point -= np.exp((held[met[j]] - most) / temperature)
        if point < 0:
            return int(met[j])
    return -1 if elsewhere > 0 else best


@nb.njit(cache=True)
def sweep_many(
    adjacent: Adjacency, label: Labels, k: int, temperatures: NDArray[np.float64], state: State, best: Labels
) -> tuple[int, int]:
    """Sweep once per temperature over all actors, who may change to any of `k` labels, or found one if k is 0.

    Labels are 0..k-1, or 0..n-1 if k is 0. At a positive temperature an actor's new label is drawn with
    probability proportional to exp(weight it holds there / temperature); temperature 0 takes gains only.
    The arguments and what is returned are those of `sweep_two`.
    """
    held, seen, met, size, vacant = _desk(label, k)
    vacancies = int(np.sum(size == 0))
    now, top, stamp = 0, 0, 0
    best[:] = label
    for temperature in temperatures:
        for v in range(len(label)):
            own = label[v]
            stamp += 1
            count = _weigh(adjacent, label, v, held, seen, stamp, met)
            # Labels without a neighbour hold nothing and are all alike; with k free, one empty one is enough.
            elsewhere = k - count if k > 0 else int(size[own] > 1)
            chosen = _chosen(held, met, count, elsewhere, temperature, state)
            if chosen == own:
                continue
            now += (held[chosen] if chosen >= 0 else 0) - held[own]
            if chosen < 0 and k > 0:
                chosen = int(draw(state) * k)
                while seen[chosen] == stamp:
                    chosen = (chosen + 1) % k
            elif chosen < 0:
                vacancies -= 1
                chosen = vacant[vacancies]
            label[v] = chosen
            size[chosen] += 1
            size[own] -= 1
            if size[own] == 0 and k == 0:
                vacant[vacancies] = own
                vacancies += 1
        if now > top:
            top = now
            best[:] = label
    return now, top


class Waiting(NamedTuple):
    """A round of actors who may gain by moving, so that `settle_many` can be stopped and taken up again.

    Attributes:
        actors: int32, shape (n,), a ring.
        inside: bool, shape (n,), who is in it.
        place: int64, shape (2,), where the ring begins and how many wait.
    """

    actors: Labels
    inside: NDArray[np.bool_]
    place: Whole

    @classmethod
    def everyone(cls, n: int) -> Waiting:
        """Return the ring of all actors 0..n-1."""
        return cls(np.arange(n, dtype=np.int32), np.ones(n, dtype=np.bool_), np.array([0, n], dtype=np.int64))


@nb.njit(cache=True)
def settle_many(adjacent: Adjacency, label: Labels, k: int, waiting: Waiting, state: State, most: int) -> int:
    """Let waiting actors take the label where they hold most, and wake the neighbours of those who moved.

    The queue is that of Traag, Waltman and van Eck 2019, doi:10.1038/s41598-019-41695-z. Ends when nobody waits,
    or after looking at `most` ties; `label` (k as in `sweep_many`) is changed in place. Returns the weight gained.
    """
    held, seen, met, size, vacant = _desk(label, k)
    vacancies = int(np.sum(size == 0))
    n, stamp, gain, looked = len(label), 0, 0, 0
    head, left = waiting.place
    while left > 0 and looked < most:
        v = waiting.actors[head]
        head, left = (head + 1) % n, left - 1
        waiting.inside[v] = False
        own = label[v]
        stamp += 1
        looked += adjacent.first[v + 1] - adjacent.first[v]
        count = _weigh(adjacent, label, v, held, seen, stamp, met)
        elsewhere = k - count if k > 0 else int(size[own] > 1)
        chosen = _chosen(held, met, count, elsewhere, 0.0, state)
        if chosen == own:
            continue
        gain += (held[chosen] if chosen >= 0 else 0) - held[own]
        if chosen < 0 and k > 0:
            chosen = 0
            while seen[chosen] == stamp:
                chosen += 1
        elif chosen < 0:
            vacancies -= 1
            chosen = vacant[vacancies]
        label[v] = chosen
        size[chosen] += 1
        size[own] -= 1
        if size[own] == 0 and k == 0:
            vacant[vacancies] = own
            vacancies += 1
        for i in range(adjacent.first[v], adjacent.first[v + 1]):
            u = adjacent.end[i]
            # Friends are content where v went, opponents where v came from; all others may now want to move.
            content = chosen if adjacent.weight[i] > 0 else own
            if not waiting.inside[u] and label[u] != content:
                waiting.inside[u] = True
                waiting.actors[(head + left) % n] = u
                left += 1
    waiting.place[0], waiting.place[1] = head, left
    return gain
