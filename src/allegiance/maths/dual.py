"""Obstructions as rows of a linear program, and exact bounds from multipliers on them.

A solver's floats are no proof: here they become integers, and what these prove is recomputed exactly.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SCALE_BITS = 40


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """An obstruction: ties that no split satisfies all, some of them with their wish turned.

    Attributes:
        ties: int32, shape (length,), sorted.
        turned: bool, shape (length,), ties taken with the opposite sign.
        least: how many of them any split violates at least.
        side: the right-hand side of the row: sum of y less those of turned ties >= side.
    """

    ties: NDArray[np.int32]
    turned: NDArray[np.bool_]
    least: int = 1
    side: int = field(init=False)

    def __post_init__(self) -> None:
        """Count once what every solution asks for."""
        object.__setattr__(self, "side", self.least - int(np.count_nonzero(self.turned)))

    @property
    def key(self) -> bytes:
        """Return what makes the row unique."""
        return self.ties.tobytes() + self.turned.tobytes()


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
    numbers: NDArray[Any] = np.array(integers, dtype=kind)
    if not ray:
        return integer_dual(chosen, numbers, scale, price, lower, upper)
    proof = integer_dual(chosen, numbers, scale, price, lower, upper)
    return replace(proof, bound=0, infeasible=proof.numerator > 0)


def integer_dual(
    rows: list[Row],
    multipliers: NDArray[Any],
    scale: int,
    price: NDArray[np.int64],
    lower: NDArray[np.int8],
    upper: NDArray[np.int8],
) -> Dual:
    """Return what whole `multipliers` (int64 or object, shape (rows,)), divided by `scale`, prove of the box."""
    load = np.zeros(len(price), dtype=multipliers.dtype)
    if rows:
        ties = np.concatenate([row.ties for row in rows])
        turned = np.concatenate([row.turned for row in rows])
        each = np.repeat(multipliers, [len(row.ties) for row in rows])
        np.add.at(load, ties, np.where(turned, -each, each))
    reduced = price.astype(multipliers.dtype) * scale - load
    integers = [int(value) for value in multipliers]
    numerator = sum(value * row.side for value, row in zip(integers, rows, strict=True))
    at = np.where(reduced < 0, upper, lower).astype(bool)
    numerator += sum(int(value) for value in reduced[at])
    return Dual(tuple(rows), tuple(integers), scale, -(-numerator // scale), numerator, reduced)
