"""The linear program over the obstructions found so far, and the exact arithmetic that certifies its bounds.

Columns say how far a tie is violated (0 to 1). A row says that an obstruction can't be satisfied whole:
the sum over its ties of y, or of 1 - y where the tie's wish is taken the other way round, is at least 1
(or more, for obstructions that cost more than one tie).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import highspy
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

_SCALE_BITS = 40
_LARGEST_PRICE = 1e6


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """An obstruction: ties that no split satisfies all, some of them with their wish turned.

    Attributes:
        ties: int32, shape (length,), sorted.
        turned: bool, shape (length,), ties taken with the opposite sign.
        least: how many of them any split violates at least.
    """

    ties: NDArray[np.int32]
    turned: NDArray[np.bool_]
    least: int = 1

    @property
    def key(self) -> bytes:
        """Return what makes the row unique."""
        return self.ties.tobytes() + self.turned.tobytes()

    @property
    def side(self) -> int:
        """Return the right-hand side of the row: sum of y less those of turned ties >= side."""
        return self.least - int(np.count_nonzero(self.turned))


@dataclass(frozen=True, slots=True, eq=False)
class Dual:
    """An exact lower bound: integer multipliers over a common denominator.

    Attributes:
        rows: the rows with positive multipliers.
        multipliers: Python integers, one for each row, to be divided by `scale`.
        scale: the denominator.
        bound: the bound in units of price, rounded up to an integer.
        numerator: the bound before rounding, times `scale`.
        reduced: object or int64, shape (m,), what one more violated tie costs, times `scale`.
        infeasible: whether the multipliers prove that the box holds no solution at all.
    """

    rows: tuple[Row, ...]
    multipliers: tuple[int, ...]
    scale: int
    bound: int
    numerator: int
    reduced: NDArray[Any]
    infeasible: bool = False

    @property
    def height(self) -> float:
        """Return the bound before rounding, for comparing only."""
        return self.numerator / self.scale


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
        }
        for option, value in options.items():
            lp.setOptionValue(option, value)
        none = np.array([], dtype=np.int32)
        lp.addCols(m, price / self._unit, np.zeros(m), np.ones(m), 0, none, none, none.astype(float))
        self._lp = lp
        self.y = np.zeros(m)
        self.infeasible = False
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

    def solve(self, lower: NDArray[np.int8], upper: NDArray[np.int8], seconds: float) -> None:
        """Solve with lower <= y <= upper (each 0 or 1, shape (m,)) for at most so many seconds.

        Sets `y`, `infeasible` and the multipliers from which `dual` builds an exact bound.
        """
        columns = np.arange(len(lower), dtype=np.int32)
        self._lp.changeColsBounds(len(lower), columns, lower.astype(float), upper.astype(float))
        self._lp.setOptionValue("time_limit", self._lp.getRunTime() + max(seconds, 0.0))
        self._lp.run()
        self.infeasible = self._lp.getModelStatus() == highspy.HighsModelStatus.kInfeasible
        if self.infeasible:
            _, has_ray, ray = _dual_ray(self._lp, len(self.rows))
            self._multipliers = ray if has_ray else np.zeros(len(self.rows))
        else:
            solution = self._lp.getSolution()
            self.y = np.clip(np.array(solution.col_value), 0.0, 1.0)
            self._multipliers = np.array(solution.row_dual)

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


def exact_dual(
    rows: list[Row],
    multipliers: NDArray[np.float64],
    price: NDArray[np.int64],
    lower: NDArray[np.int8],
    upper: NDArray[np.int8],
    *,
    ray: bool = False,
) -> Dual:
    """Return the bound of weak duality in exact integers: any multipliers >= 0 give a valid one.

    Args:
        rows: the obstructions.
        multipliers: float, shape (rows,), from a solver, not to be trusted.
        price: int64, shape (m,).
        lower: 0 or 1, shape (m,), the box.
        upper: 0 or 1, shape (m,).
        ray: whether the multipliers should prove that the box is empty (then prices don't count).
    """
    if ray:
        price = np.zeros_like(price)
        multipliers = multipliers / max(float(np.abs(multipliers).max(initial=0.0)), 1e-300)
        if multipliers.sum() < 0:
            multipliers = -multipliers
    used = np.flatnonzero(np.isfinite(multipliers) & (multipliers > 1e-12))  # noqa: PLR2004
    chosen = [rows[i] for i in used]
    most = max(float(price.sum()), 1.0)
    bits = min(_SCALE_BITS, int(60 - np.log2(most + 1.0) - np.log2(len(used) + 2.0)))
    exact_in_64 = bits >= 20 and float(multipliers[used].max(initial=0.0)) <= 2.0 * most  # noqa: PLR2004
    kind: type = np.int64 if exact_in_64 else object
    scale = 1 << (bits if exact_in_64 else _SCALE_BITS)
    integers = [int(value * scale + 0.5) for value in multipliers[used]]
    load: NDArray[Any] = np.zeros(len(price), dtype=kind)
    if chosen:
        ties = np.concatenate([row.ties for row in chosen])
        turned = np.concatenate([row.turned for row in chosen])
        each: NDArray[Any] = np.repeat(np.array(integers, dtype=kind), [len(row.ties) for row in chosen])
        np.add.at(load, ties, np.where(turned, -each, each))
    reduced = price.astype(kind) * scale - load
    numerator = sum(value * row.side for value, row in zip(integers, chosen, strict=True))
    at = np.where(reduced < 0, upper, lower).astype(bool)
    numerator += sum(int(value) for value in reduced[at])
    if ray:
        return Dual(tuple(chosen), tuple(integers), scale, 0, numerator, reduced, numerator > 0)
    return Dual(tuple(chosen), tuple(integers), scale, -(-numerator // scale), numerator, reduced)
