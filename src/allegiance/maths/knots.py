"""Small dense groups of actors in which any split violates several ties: they say more than the cycles in them.

A star is an actor with friends who are mutual enemies: of these ties all but one for each friend must go. A crowd is
a group of mutual enemies larger than the number of coalitions. Both are found greedily; bad cycles are not sought here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit

from allegiance.maths.dual import Row

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from allegiance.maths.problem import Problem

# The tables take n * n numbers, and larger groups would be hard to check.
MOST_ACTORS = 1000
_MOST_FRIENDS = 7
_MOST_ENEMIES = 9
_STARTS = 8
_MOST_ROWS = 300
_VIOLATED = 1e-3
_BUMP = 0.1


class Knots:
    """The lengths of ties as tables, in which groups are looked up."""

    def __init__(self, problem: Problem, length: NDArray[np.float64], turned: NDArray[np.bool_]) -> None:
        """Fill the tables for tie lengths (shape (m,)), the `turned` ties with the opposite sign."""
        n = problem.n
        self.turned = turned
        self.number = np.zeros((n, n), dtype=np.int32)
        self.number[problem.a, problem.b] = self.number[problem.b, problem.a] = np.arange(problem.m)
        positive = problem.positive ^ turned
        self.friend, self.enemy = (self._table(problem, length, chosen) for chosen in (positive, ~positive))

    @staticmethod
    def _table(
        problem: Problem, length: NDArray[np.float64], chosen: NDArray[np.bool_]
    ) -> NDArray[np.float64]:
        table = np.full((problem.n, problem.n), np.inf)
        a, b = problem.a[chosen], problem.b[chosen]
        table[a, b] = table[b, a] = length[chosen]
        return table

    def _row(self, pairs: list[tuple[int, int]], least: int) -> Row:
        ties = np.sort(np.array([self.number[pair] for pair in pairs], dtype=np.int32))
        return Row(ties, self.turned[ties], least)

    def stars(self) -> list[Row]:
        """Return violated stars: t friends of one actor, mutual enemies, cost at least t - 1 ties.

        These are the [S, T]-inequalities with one actor in S of Grötschel and Wakabayashi 1990,
        doi:10.1007/BF01580870.
        """
        rows: dict[bytes, Row] = {}
        for centre, *friends in _stars(self.friend, self.enemy):
            if len(rows) >= _MOST_ROWS:
                break
            pairs = [(centre, friend) for friend in friends] + _pairs(friends)
            row = self._row(pairs, len(friends) - 1)
            rows[row.key] = row
        return list(rows.values())

    def crowds(self, k: int) -> list[Row]:
        """Return violated crowds: q mutual enemies in k coalitions leave as many pairs together as Turán says."""
        rows: dict[bytes, Row] = {}
        one, two = np.nonzero(np.triu(np.isfinite(self.enemy)))
        order = np.argsort(self.enemy[one, two], kind="stable")[:_MOST_ROWS]
        for a, b in zip(one[order].tolist(), two[order].tolist(), strict=True):
            group, total = [a, b], float(self.enemy[a, b])
            more = self.enemy[a] + self.enemy[b]
            best, size = -_VIOLATED, 0
            while len(group) < _MOST_ENEMIES:
                nearest = int(more.argmin())
                if not np.isfinite(more[nearest]):
                    break
                total += float(more[nearest])
                group.append(nearest)
                more = more + self.enemy[nearest]
                if total - together_at_least(len(group), k) < best:
                    best, size = total - together_at_least(len(group), k), len(group)
            if size:
                pairs = _pairs(group[:size])
                row = self._row(pairs, together_at_least(size, k))
                rows[row.key] = row
                for u, v in pairs:
                    self.enemy[u, v] += _BUMP
                    self.enemy[v, u] += _BUMP
        return list(rows.values())


@njit(cache=True)
def _stars(friend: NDArray[np.float64], enemy: NDArray[np.float64]) -> list[list[int]]:
    """Return violated stars, the centre first, from the nearest friends of each actor on; some come several times."""
    n = len(friend)
    found = [[0] for _ in range(0)]
    more, tried = np.empty(n), np.zeros(n, np.bool_)
    for centre in range(n):
        reach = friend[centre]
        tried[:] = False
        for _ in range(min(_STARTS, n)):
            first = -1
            for actor in range(n):
                if not tried[actor] and (first < 0 or reach[actor] < reach[first]):
                    first = actor
            if reach[first] >= 1.0:
                break
            tried[first] = True
            star, slack = [centre, first], reach[first]
            more[:] = reach + enemy[first]
            while len(star) <= _MOST_FRIENDS:
                nearest = int(more.argmin())
                if more[nearest] >= 1.0:
                    break
                slack += more[nearest] - 1.0
                star.append(nearest)
                more += enemy[nearest]
            if slack < -_VIOLATED:
                found.append(star)
    return found


def together_at_least(actors: int, k: int) -> int:
    """Return how many pairs of so many actors are together when k coalitions share them as evenly as can be."""
    size, larger = divmod(actors, k)
    return larger * (size + 1) * size // 2 + (k - larger) * size * (size - 1) // 2


def _pairs(group: list[int]) -> list[tuple[int, int]]:
    return [(u, v) for i, u in enumerate(group) for v in group[:i]]
