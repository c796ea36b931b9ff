"""The cheapest change after which cycles alone prove a given split optimal: a linear program over directions to rivals.

Let g be what the split violates at each pair (below 0 where it holds), and d >= 0 how far a rival differs there. A rival
gains sum g d. All rivals lie in directions with d_h <= sum of d along each way around h (see `obstruction.Detours`), so
no rival gains after a change by t >= 0 if the multipliers mu of such rows leave nothing over: t + A' mu >= g. Hence

    minimise  sum c t  such that  t + A' mu >= g      or, turned round,      maximise  sum g d  such that  A d <= 0,  d <= c.

Rivals that are known ask for less than the rows: t alone has to make up for them, and what the rows want besides counts
only a little. So the change stays the cheapest for the rivals, and among all such ones it leaves little to be proved.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import highspy
import numpy as np
from scipy.optimize import linprog

from allegiance.maths.clock import Clock
from allegiance.maths.obstruction import Detours
from allegiance.maths.settlement import Settlement

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from allegiance.maths.changeable import Change, Changeable

MOST_PAIRS = 30_000
"""Beyond it a program takes too long to be of use."""

_LITTLE = 0.1
"""What the rows ask for besides the rivals counts so much."""

_BUMP, _LESS = 0.2 * _LITTLE, 1e-5
_MANY_ROWS, _MOST_PIVOTS = 2_000, 5_000
_DEAR = 1e3
"""Cost of a frozen pair against the dearest one: what needs it is no answer."""

_SCALES = (1, 2, 6, 12, 60, 840, 2**20)
"""Multipliers are tried as fractions with these denominators; true ones mostly have small ones."""

_CLOSE = 1e-6


class Tangent:
    """The program of one split; rivals can be added.

    Attributes:
        step: float, shape (m,), at least 0: how much each pair has to change for the known rivals' sake.
    """

    def __init__(self, ties: Changeable, labels: NDArray[np.int32], *, pair: bool) -> None:
        """Prepare for the split `labels` (shape (n,)) of `ties`; `pair`: of two coalitions at most."""
        self.ties, self.within = ties, ties.within(labels)
        self.gain = np.where(self.within, -ties.w, ties.w)
        self._cap = ties.cost / max(1.0, float(ties.cost.max(initial=1)))
        self._cap[~ties.free] = _DEAR
        self._detours = Detours.of(ties.n, (ties.a, ties.b), labels, self.gain > 0, pair=pair)
        m = len(ties.w)
        self.step = np.zeros(m)
        self.rivals: list[NDArray[np.bool_]] = []
        self._rows: list[NDArray[np.int32]] = []
        self._keys: set[bytes] = set()
        self._multipliers = np.zeros(0)
        self._best: tuple[float, list[NDArray[np.int32]], NDArray[np.float64]] = (np.inf, [], np.zeros(0))
        self._interior = False
        self._clock = Clock()
        self._lp = self._program()

    def _program(self) -> highspy.Highs:
        lp, m = highspy.Highs(), len(self.gain)  # type: ignore[no-untyped-call]
        options: dict[str, bool | int | str] = {
            "output_flag": False,
            "threads": 1,
            "presolve": "off",
            "solver": "simplex",
            "random_seed": 0,
            "run_crossover": "off",
            "simplex_iteration_limit": _MOST_PIVOTS,
        }
        for option, value in options.items():
            lp.setOptionValue(option, value)
        none, all_ = np.array([], dtype=np.int32), np.arange(m, dtype=np.int32)
        self._unit = max(1.0, float(np.abs(self.gain).max(initial=1)))
        lp.addCols(
            m, -self.gain / self._unit, np.zeros(m), _LITTLE * self._cap, 0, none, none, none.astype(float)
        )
        lp.addRows(m, np.full(m, -highspy.kHighsInf), self._cap, m, all_, all_, np.ones(m))
        lp.cbSimplexInterrupt += self._look
        lp.cbIpmInterrupt += self._look
        return lp

    def _look(self, event: highspy.highs.HighsCallbackEvent) -> None:
        """Stop the solver, which calls this all the time, when the clock strikes."""
        event.interrupt(self._clock.over)

    def add(self, labels: NDArray[np.int32]) -> bool:
        """Keep a rival split (shape (n,)) that the change has to make up for; return whether it is new and gains."""
        differ = self.ties.within(labels) != self.within
        gain, key = int(self.gain[differ].sum()), np.packbits(differ).tobytes()
        if gain <= 0 or key in self._keys:
            return False
        self._keys.add(key)
        pairs = np.flatnonzero(differ).astype(np.int32)
        self._lp.addCol(-gain / self._unit, 0.0, highspy.kHighsInf, len(pairs), pairs, np.ones(len(pairs)))
        self.rivals.append(differ)
        return True

    def improve(self, clock: Clock) -> bool:
        """Add rows until none is violated or the clock strikes; return whether the program was solved to the end."""
        self._clock = clock
        reached = -np.inf
        while True:
            if not self._solve():
                return False
            far = np.maximum(np.array(self._lp.getSolution().col_value)[: len(self.gain)], 0.0)
            value = self._lp.getInfo().objective_function_value
            new = self._new(far, _BUMP) or self._new(far, 0.0)
            if not new or clock.over:
                return not new
            if len(self._rows) > _MANY_ROWS and not self._interior and value > reached + _CLOSE:
                self._drop()
            reached = value
            self._append(new)

    def _solve(self) -> bool:
        self._lp.run()
        if self._lp.getModelStatus() == highspy.HighsModelStatus.kIterationLimit:
            # Where the simplex method takes so long, an interior point is there in no time and serves as well.
            self._interior = True
            self._lp.setOptionValue("solver", "ipm")
        if self._interior:
            self._lp.clearSolver()
            self._lp.run()
        solution, m = self._lp.getSolution(), len(self.gain)
        multipliers = np.maximum(-np.array(solution.row_dual), 0.0) * self._unit
        # Stopped before its first step the solver has nothing to say.
        if len(multipliers) != m + len(self._rows):
            return False
        self.step, self._multipliers = multipliers[:m], multipliers[m:]
        left = self.gain - self._load(self._multipliers)
        price = float(self._cap @ np.maximum(left, 0.0))
        if price < self._best[0]:
            self._best = (price, list(self._rows), self._multipliers)
        status = self._lp.getModelStatus()
        # An interior point is never quite sure, but where it fails it says nothing at all.
        unsure = status == highspy.HighsModelStatus.kUnknown and bool(multipliers.any())
        return unsure or bool(status == highspy.HighsModelStatus.kOptimal)

    def _load(self, multipliers: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return what rows with these multipliers take from each pair, shape (m,)."""
        load = np.zeros(len(self.gain))
        if self._rows:
            lengths = [len(row) for row in self._rows]
            ties, each = np.concatenate(self._rows), np.repeat(multipliers, lengths)
            first = np.cumsum([0, *lengths[:-1]])
            each = -each
            each[first] *= -1
            np.add.at(load, ties, each)
        return load

    def _new(self, far: NDArray[np.float64], bump: float) -> list[NDArray[np.int32]]:
        """Return ways around ties that the answer violates, the tie first; none twice."""
        around, begin, ties = self._detours.found(far, bump=bump, less=_LESS * _LITTLE)
        new = []
        for i, tie in enumerate(around.tolist()):
            way = np.sort(ties[begin[i] : begin[i + 1]])
            row = np.concatenate([[tie], way]).astype(np.int32)
            # With bumps, a way that was found can be longer than it seemed.
            if far[tie] > far[way].sum() + _LESS * _LITTLE / 2 and row.tobytes() not in self._keys:
                self._keys.add(row.tobytes())
                new.append(row)
        return new

    def _append(self, rows: list[NDArray[np.int32]]) -> None:
        begin = np.cumsum([0] + [len(row) for row in rows])[:-1].astype(np.int32)
        signs = np.concatenate([np.r_[1.0, -np.ones(len(row) - 1)] for row in rows])
        never = np.full(len(rows), -highspy.kHighsInf)
        self._lp.addRows(
            len(rows), never, np.zeros(len(rows)), len(signs), begin, np.concatenate(rows), signs
        )
        self._rows += rows

    def _drop(self) -> None:
        """Forget the rows that the present answer keeps with room to spare; they come back if they are needed."""
        m = len(self.gain)
        slack = np.array(self._lp.getSolution().row_value)[m:] < -_LESS * _LITTLE
        if not slack.any():
            return
        gone = np.flatnonzero(slack)
        self._lp.deleteRows(len(gone), (gone + m).astype(np.int32))
        for i in gone.tolist():
            self._keys.discard(self._rows[i].tobytes())
        self._rows = [row for row, out in zip(self._rows, slack.tolist(), strict=True) if not out]
        self._multipliers = self._multipliers[~slack]

    # -- what follows ------------------------------------------------------------------------------

    def settlement(self) -> Settlement | None:
        """Return a change after which the rows prove the split optimal; None where it needs a frozen pair.

        Any multipliers of rows will do, so it doesn't matter whether the program was solved to the end.
        """
        _, rows, multipliers = self._best
        used = np.flatnonzero(multipliers > _CLOSE)
        values = multipliers[used]
        scale = _denominator(values)
        load = np.zeros(len(self.gain), dtype=np.int64)
        for i, value in zip(used.tolist(), np.rint(values * scale).astype(np.int64).tolist(), strict=True):
            row = rows[i]
            load[row[0]] += value
            load[row[1:]] -= value
        missing = np.maximum(self.gain * scale - load, 0)
        if (missing[~self.ties.free] > 0).any():
            return None
        change = self._signed(
            {int(pair): Fraction(int(missing[pair]), scale) for pair in np.flatnonzero(missing)}
        )
        left = Fraction(0)
        for pair in np.flatnonzero((self.gain > 0) | (missing > 0)).tolist():
            left += max(Fraction(0), int(self.gain[pair]) - abs(change.get(pair, Fraction(0))))
        return Settlement(change, left)

    def whole(self, unit: int) -> Change | None:
        """Return a change as cheap as `step` in whole multiples of `unit` where possible; None where it needs a frozen pair.

        Whole weights let the engine round its bounds up. Each pair stays between the multiples next to `step`.
        """
        moved = np.flatnonzero(self.step > _CLOSE)
        if (~self.ties.free[moved]).any():
            return None
        if not len(moved):
            return {}
        low = np.floor(self.step[moved] / unit + _CLOSE)
        high = np.ceil(self.step[moved] / unit - _CLOSE)
        against = np.array(self.rivals).reshape(-1, len(self.gain))
        need = against.astype(np.int64) @ self.gain
        found = linprog(
            # Of equal prices that is better which is near.
            self.ties.cost[moved] * (1 - 1e-3 * (self.step[moved] / unit - low)),
            A_ub=-against[:, moved].astype(np.float64),
            b_ub=-need / unit,
            bounds=np.stack([low, np.maximum(low, high)], axis=1),
            method="highs-ds",
        )
        if found.x is None:
            return None
        scale = _denominator(found.x)
        whole = np.zeros(len(self.gain), dtype=np.int64)
        whole[moved] = np.rint(found.x * scale).astype(np.int64) * unit
        if (against @ whole < need * scale).any():
            return None
        return self._signed({int(pair): Fraction(int(whole[pair]), scale) for pair in np.flatnonzero(whole)})

    def _signed(self, amount: Change) -> Change:
        """Let pairs within a coalition grow, and those across fall."""
        return {pair: size if self.within[pair] else -size for pair, size in amount.items()}


def _denominator(values: NDArray[np.float64]) -> int:
    """Return the least of the denominators with which all `values` are fractions, the largest where none does."""
    near = (
        one for one in _SCALES if np.abs(values * one - np.rint(values * one)).max(initial=0.0) < _CLOSE * one
    )
    return next(near, _SCALES[-1])
