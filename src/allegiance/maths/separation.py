"""Obstructions that a fractional answer violates, and splits that lie near it.

Cycles are sought in `obstruction`, denser groups in `knots`, packings of large networks in `packing`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components, minimum_spanning_tree

from allegiance.maths import multilevel
from allegiance.maths.colouring import UndecidedError, colouring, uncolourable_part
from allegiance.maths.dual import Row
from allegiance.maths.graph import LARGEST_TOTAL, SignedGraph
from allegiance.maths.knots import MOST_ACTORS, Knots
from allegiance.maths.local_search import improve, search
from allegiance.maths.obstruction import Cover
from allegiance.maths.packing import pack

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from allegiance.maths.clock import Clock
    from allegiance.maths.problem import Problem

TWO = 2
MANY_TIES = 30_000
_VIOLATED = 1e-5
_BUMP = 0.2


class Separator:
    """Finds, for one problem, violated obstructions and near splits."""

    def __init__(self, problem: Problem, seed: int) -> None:
        """Prepare for `problem`; all chance comes from `seed`."""
        self.problem = problem
        self.seed = seed
        total, forced = int(problem.price.sum()), int(problem.forced.sum())
        # A search keeps a forced tie as one too heavy to be given up; huge weights leave it less room for that.
        heavy = min(total + 1, (LARGEST_TOTAL - total) // (forced + 1))
        strength = np.where(problem.forced, heavy, problem.price)
        self._graph = SignedGraph(
            problem.n, problem.a, problem.b, np.where(problem.positive, strength, -strength)
        )
        self._cover: Cover | None = None
        self._cover_key = b""

    def search(self, start: NDArray[np.int32], rounds: int, clock: Clock) -> NDArray[np.int32]:
        """Return the best split that `rounds` of search from `start` (shape (n,)) find before the clock strikes."""
        k = self.problem.k or None
        if self.problem.m > MANY_TIES:
            return multilevel.search(self._graph, k, seed=self.seed, start=start, clock=clock)
        return search(self._graph, k, seed=self.seed, start=start, clock=clock, rounds=rounds)

    def packed(
        self, labels: NDArray[np.int32], clock: Clock, progress: Callable[[int], None]
    ) -> tuple[list[Row], NDArray[np.int64], int]:
        """Return bad cycles, multipliers and their common scale, guided by the split `labels` (shape (n,))."""
        k = self.problem.k or None
        found = pack(self._graph, k, seed=self.seed, clock=clock, split=labels, progress=progress)
        rows = []
        for i in range(len(found.multipliers)):
            ties = np.sort(found.cycle(i)).astype(np.int32)
            rows.append(Row(ties, np.zeros(len(ties), dtype=bool)))
        return rows, found.multipliers, found.scale

    def settled(self, start: NDArray[np.int32]) -> NDArray[np.int32]:
        """Return `start` (shape (n,)) after moves of single actors, until none gains."""
        return improve(self._graph, start, self.problem.k or None, seed=self.seed)

    def near(self, y: NDArray[np.float64], labels: NDArray[np.int32]) -> NDArray[np.int32]:
        """Return a split that violates about the ties that `y` (shape (m,)) does; `labels` fills gaps."""
        problem = self.problem
        if problem.k == TWO:
            return self.settled(self._two_sides(y))
        together = problem.positive & (y < 0.5)  # noqa: PLR2004 - rounding
        clusters = components(problem.n, problem.a[together], problem.b[together])
        if problem.k:
            found = self.coloured(y, clusters)
            clusters = labels if found is None else found
        return self.settled(clusters)

    def _two_sides(self, y: NDArray[np.float64]) -> NDArray[np.int32]:
        """Follow the least violated ties from one actor to all others."""
        problem = self.problem
        doubt = np.minimum(y, 1.0 - y) + 1e-3
        tree = minimum_spanning_tree(
            coo_array((doubt, (problem.a, problem.b)), shape=(problem.n, problem.n)).tocsr()
        ).tocoo()
        at = np.searchsorted(
            problem.a.astype(np.int64) * problem.n + problem.b,
            np.minimum(tree.row, tree.col).astype(np.int64) * problem.n + np.maximum(tree.row, tree.col),
        )
        same = problem.positive[at] == (y[at] < 0.5)  # noqa: PLR2004 - rounding
        return sides(problem.n, problem.a[at], problem.b[at], same)

    def coloured(self, y: NDArray[np.float64], clusters: NDArray[np.int32]) -> NDArray[np.int32] | None:
        """Return at most k coalitions made of whole clusters that keep all negative ties that `y` keeps."""
        enemies = self._enemies(y, clusters)
        try:
            colours = colouring({c: set(others) for c, others in enemies.items()}, self.problem.k)
        except UndecidedError:
            return None
        if colours is None:
            return None
        table = np.zeros(int(clusters.max(initial=-1)) + 1, dtype=np.int32)
        for cluster, colour in colours.items():
            table[cluster] = colour
        return table[clusters]

    def _enemies(self, y: NDArray[np.float64], clusters: NDArray[np.int32]) -> dict[int, dict[int, int]]:
        """Return for each cluster those it must be apart from, each with a tie that says so."""
        problem = self.problem
        enemies: dict[int, dict[int, int]] = {}
        for tie in np.flatnonzero(~problem.positive & (y < 0.5)):  # noqa: PLR2004 - rounding
            u, v = int(clusters[problem.a[tie]]), int(clusters[problem.b[tie]])
            if u != v:
                enemies.setdefault(u, {})[v] = int(tie)
                enemies.setdefault(v, {})[u] = int(tie)
        return enemies

    def rows(self, y: NDArray[np.float64], turned: NDArray[np.bool_], labels: NDArray[np.int32]) -> list[Row]:
        """Return obstructions that `y` violates; none only if no bad cycle does.

        Args:
            y: float, shape (m,), how far each tie is violated.
            turned: bool, shape (m,), ties whose violation is decided: their wish is the opposite.
            labels: the best split known.
        """
        length = np.where(turned, 1.0 - y, y)
        cover = self._cover_for(turned, labels)
        rows = self._violated(*cover.cycles(length, bump=_BUMP, below=1.0 - _VIOLATED), length, turned)
        if not rows:
            rows = self._violated(*cover.cycles(length, bump=0.0, below=1.0 - _VIOLATED), length, turned)
        if not rows and self.problem.k != TWO and self.problem.n <= MOST_ACTORS:
            knots = Knots(self.problem, length, turned)
            rows = knots.stars() + (knots.crowds(self.problem.k) if self.problem.k else [])
        if not rows and self.problem.k > TWO and np.minimum(y, 1.0 - y).max(initial=0.0) < _VIOLATED:
            rows = self._crowds(y, turned)
        return rows

    def _cover_for(self, turned: NDArray[np.bool_], labels: NDArray[np.int32]) -> Cover:
        problem = self.problem
        key = turned.tobytes() + (labels.tobytes() if problem.k == TWO else b"")
        if self._cover is None or key != self._cover_key:
            positive = problem.positive ^ turned
            self._cover_key = key
            self._cover = (
                Cover.double(problem.n, problem.a, problem.b, positive, labels)
                if problem.k == TWO
                else Cover.free(problem.n, problem.a, problem.b, positive)
            )
        return self._cover

    @staticmethod
    def _violated(
        begin: NDArray[np.int64],
        ties: NDArray[np.int32],
        length: NDArray[np.float64],
        turned: NDArray[np.bool_],
    ) -> list[Row]:
        if len(begin) <= 1:
            return []
        short = np.add.reduceat(length[ties], begin[:-1]) < 1.0 - _VIOLATED
        rows = []
        for i in np.flatnonzero(short):
            cycle = np.sort(ties[begin[i] : begin[i + 1]])
            rows.append(Row(cycle, turned[cycle]))
        return rows

    def _crowds(self, y: NDArray[np.float64], turned: NDArray[np.bool_]) -> list[Row]:
        """Return an obstruction where an integral `y` without bad cycles still needs more than k coalitions."""
        problem = self.problem
        holds = np.where(problem.positive, y < 0.5, y > 0.5) & (problem.positive ^ turned)  # noqa: PLR2004
        clusters = components(problem.n, problem.a[holds], problem.b[holds])
        apart = np.flatnonzero((problem.positive == turned) & (np.where(turned, 1.0 - y, y) < 0.5))  # noqa: PLR2004
        enemies: dict[int, dict[int, int]] = {}
        for tie in apart:
            u, v = int(clusters[problem.a[tie]]), int(clusters[problem.b[tie]])
            enemies.setdefault(u, {})[v] = int(tie)
            enemies.setdefault(v, {})[u] = int(tie)
        sets = {c: set(others) for c, others in enemies.items()}
        try:
            if colouring(sets, problem.k) is not None:
                return []
            part = uncolourable_part(sets, problem.k)
        except UndecidedError:
            return []
        ties = {enemies[u][v] for u, others in part.items() for v in others}
        ties |= self._inside(clusters, holds, set(part), ties)
        chosen = np.array(sorted(ties), dtype=np.int32)
        return [Row(chosen, turned[chosen])]

    def _inside(
        self, clusters: NDArray[np.int32], holds: NDArray[np.bool_], used: set[int], ends: set[int]
    ) -> set[int]:
        """Return the positive ties that hold the used clusters together between the `ends`' actors."""
        problem = self.problem
        within = np.flatnonzero(holds & np.isin(clusters[problem.a], sorted(used)))
        near: dict[int, dict[int, int]] = {}
        for tie in within:
            near.setdefault(int(problem.a[tie]), {})[int(problem.b[tie])] = int(tie)
            near.setdefault(int(problem.b[tie]), {})[int(problem.a[tie])] = int(tie)
        needed = {int(x) for tie in ends for x in (problem.a[tie], problem.b[tie])}
        chosen: set[int] = set()
        seen: dict[int, int] = {}
        reached: set[int] = set()
        for actor in sorted(needed):
            if int(clusters[actor]) in reached or int(clusters[actor]) not in used:
                continue
            reached.add(int(clusters[actor]))
            seen[actor] = actor
            queue = [actor]
            for v in queue:  # grows while it is read
                for u in near.get(v, {}):
                    if u not in seen:
                        seen[u] = v
                        queue.append(u)
        for actor in needed & set(seen):
            v = actor
            while seen[v] != v:
                chosen.add(near[v][seen[v]])
                v = seen[v]
        return chosen


def sides(n: int, a: NDArray[np.int32], b: NDArray[np.int32], same: NDArray[np.bool_]) -> NDArray[np.int32]:
    """Return 0 or 1 for each actor so that the ends of tie i agree iff same[i]; the ties must allow it."""
    other = np.where(same, b, b + n)
    mirror = np.where(same, b + n, b)
    parts = components(2 * n, np.concatenate([a, a + n]), np.concatenate([other, mirror]))
    return (parts[:n] > parts[n:]).astype(np.int32)


def components(n: int, a: NDArray[np.integer], b: NDArray[np.integer]) -> NDArray[np.int32]:
    """Return for each actor the number of its connected part in the graph of these ties."""
    if n == 0:
        return np.zeros(0, dtype=np.int32)
    graph = coo_array((np.ones(len(a), dtype=np.int8), (a, b)), shape=(n, n))
    labels: NDArray[np.int32] = connected_components(graph, directed=False)[1].astype(np.int32)
    return labels
