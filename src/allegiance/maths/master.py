"""The linear program over the obstructions found so far; what its answers prove is for `dual` to say.

Columns say how far a tie is violated (0 to 1). A row says that an obstruction can't be satisfied whole:
the sum over its ties of y, or of 1 - y where the tie's wish is taken the other way round, is at least 1
(or more, for obstructions that cost more than one tie).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import highspy
import numpy as np

from allegiance.maths.clock import Clock
from allegiance.maths.dual import exact_dual

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from allegiance.maths.dual import Dual, Row

_LARGEST_PRICE = 1e6
_MOST_PIVOTS = 5000


class Master:
    """The linear program; rows can be added and outlived ones dropped, the boxes of the columns changed."""

    def __init__(self, price: NDArray[np.int64]) -> None:
        """Set up the program for ties with these prices (int64, shape (m,))."""
        self.price = price
        self.rows: list[Row] = []
        self._keys: set[bytes] = set()
        # The solver's tolerances are absolute, so huge prices are scaled to a range where they mean something.
        self._unit = max(1.0, float(price.max(initial=1)) / _LARGEST_PRICE)
        m = len(price)
        lp = highspy.Highs()  # type: ignore[no-untyped-call]
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
        none = np.array([], dtype=np.int32)
        lp.addCols(m, price / self._unit, np.zeros(m), np.ones(m), 0, none, none, none.astype(float))
        self._lp = lp
        self.y = np.zeros(m)
        self.infeasible = False
        self._interior = False
        self._clock = Clock()
        lp.cbSimplexInterrupt += self._look
        lp.cbIpmInterrupt += self._look
        self._multipliers = np.zeros(0)

    def add(self, rows: Iterable[Row]) -> int:
        """Add those rows that are new; return how many."""
        new = []
        for row in rows:
            if row.key not in self._keys:
                self._keys.add(row.key)
                new.append(row)
        if new:
            begin = np.cumsum([0] + [len(row.ties) for row in new])[:-1].astype(np.int32)
            ties = np.concatenate([row.ties for row in new])
            turned = np.concatenate([row.turned for row in new])
            least = np.array([row.side for row in new], dtype=float)
            most = np.full(len(new), highspy.kHighsInf)
            self._lp.addRows(len(new), least, most, len(ties), begin, ties, np.where(turned, -1.0, 1.0))
            self.rows.extend(new)
        return len(new)

    def solve(self, lower: NDArray[np.int8], upper: NDArray[np.int8], clock: Clock) -> None:
        """Solve with lower <= y <= upper (each 0 or 1, shape (m,)) until the clock strikes.

        Sets `y`, `infeasible` and the multipliers from which `dual` builds an exact bound.
        """
        columns = np.arange(len(lower), dtype=np.int32)
        self._lp.changeColsBounds(len(lower), columns, lower.astype(float), upper.astype(float))
        status = self._run(clock)
        if status == highspy.HighsModelStatus.kIterationLimit:
            # Degenerate programs make the simplex method stall; an interior point is as good for a bound.
            self._interior = True
            status = self._run(clock)
        self.infeasible = status == highspy.HighsModelStatus.kInfeasible
        if self.infeasible:
            _, has_ray, ray = _dual_ray(self._lp, len(self.rows))
            self._multipliers = ray if has_ray else np.zeros(len(self.rows))
        else:
            solution = self._lp.getSolution()
            y, multipliers = np.array(solution.col_value), np.array(solution.row_dual)
            # Stopped before its first step the solver has nothing to say.
            if len(y) == len(self.y) and len(multipliers) == len(self.rows):
                self.y, self._multipliers = np.clip(y, 0.0, 1.0), multipliers
            else:
                self._multipliers = np.zeros(len(self.rows))

    def _run(self, clock: Clock) -> highspy.HighsModelStatus:
        lp, self._clock = self._lp, clock
        lp.setOptionValue("solver", "ipm" if self._interior else "simplex")
        lp.run()
        return lp.getModelStatus()

    def _look(self, event: highspy.highs.HighsCallbackEvent) -> None:
        """Stop the solver, which calls this all the time, when the clock strikes."""
        event.interrupt(self._clock.over)

    def drop_slack(self) -> None:
        """Forget the rows that the present solution exceeds; they come back if they are needed."""
        excess = np.array(self._lp.getSolution().row_value) - np.array([row.side for row in self.rows])
        slack = excess > 1e-6  # noqa: PLR2004 - ten times the solver's tolerance
        if not slack.any():
            return
        gone = np.flatnonzero(slack).astype(np.int32)
        self._lp.deleteRows(len(gone), gone)
        for i in gone:
            self._keys.discard(self.rows[i].key)
        self.rows = [row for row, out in zip(self.rows, slack, strict=True) if not out]

    def dual(self, lower: NDArray[np.int8], upper: NDArray[np.int8]) -> Dual:
        """Return the exact bound for the box that the last multipliers give."""
        return exact_dual(
            self.rows, self._multipliers * self._unit, self.price, lower, upper, ray=self.infeasible
        )


def _dual_ray(lp: highspy.Highs, rows: int) -> tuple[object, bool, NDArray[np.float64]]:
    status, has_ray, *values = lp.getDualRay()  # type: ignore[attr-defined]
    if not values:
        return status, False, np.zeros(rows)
    return status, bool(has_ray), np.asarray(values[0], dtype=float)
