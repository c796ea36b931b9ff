"""From counts to precision, recall and F1 with their intervals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

Kind = Literal["f1", "recall", "share"]

RESAMPLES = 1000
LEVEL = 0.95
# Resamples drawn at once: bounds the memory for large corpora.
_BATCH = 50


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that is measured.

    Attributes:
        name: what it is called.
        kind: ``f1`` (what was read beside what is annotated), ``recall`` (only of what is annotated), ``share`` (only of what
            was read or looked at).
        meaning: one sentence on what counts as right.
    """

    name: str
    kind: Kind
    meaning: str


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share with its interval: the middle 95 % of the resamples."""

    value: float
    low: float
    high: float

    def to_json(self) -> dict[str, float]:
        """Return it rounded to four digits."""
        return {"value": round(self.value, 4), "low": round(self.low, 4), "high": round(self.high, 4)}


@dataclass(frozen=True, slots=True)
class Score:
    """One measure in one group of examples; what a measure doesn't tell is None.

    Attributes:
        measure: what is measured.
        group: of which examples ("all", "negative", ...).
        right: how many were right.
        found: how many were read (or looked at).
        gold: how many are annotated.
    """

    measure: Measure
    group: str
    right: int
    found: int
    gold: int
    precision: Estimate | None
    recall: Estimate | None
    f1: Estimate | None

    def to_json(self) -> dict[str, Any]:
        """Return the score under the documented keys of ``--json``."""
        shares = {"precision": self.precision, "recall": self.recall, "f1": self.f1}
        return {
            "measure": self.measure.name,
            "group": self.group,
            "right": self.right,
            "found": self.found if self.measure.kind != "recall" else None,
            "gold": self.gold if self.measure.kind != "share" else None,
            **{name: one.to_json() if one else None for name, one in shares.items()},
        }


def score(
    counts: Mapping[tuple[Measure, str], Mapping[str, tuple[int, int, int]]], units: list[str], seed: int
) -> list[Score]:
    """Return the scores of all measures and groups.

    Args:
        counts: for each measure and group: by unit, how many were right, found and annotated.
        units: all sentences or documents, those without any count too.
        seed: of the resamples.

    Units are drawn with replacement, all their examples together, for examples of one text aren't independent: the bootstrap
    of B. Efron and R. Tibshirani, An Introduction to the Bootstrap (1993), chapter 8.
    """
    if not counts:
        return []
    place = {unit: at for at, unit in enumerate(units)}
    table = np.zeros((len(units), len(counts), 3), dtype=np.int64)
    for column, by_unit in enumerate(counts.values()):
        for unit, triple in by_unit.items():
            table[place[unit], column] = triple
    drawn = _resampled(table.reshape(len(units), -1), seed).reshape(RESAMPLES, len(counts), 3)
    totals = table.sum(axis=0)
    order = list(dict.fromkeys(measure for measure, _ in counts))
    found = [
        _score(measure, group, totals[column], drawn[:, column])
        for column, (measure, group) in enumerate(counts)
    ]
    # By measure as they came up; all examples before parts of them.
    return sorted(
        found, key=lambda one: (order.index(one.measure), not one.group.startswith("all"), one.group)
    )


def _resampled(table: NDArray[np.int64], seed: int) -> NDArray[np.int64]:
    """Return the sums of `RESAMPLES` samples of the rows, each as large as the table."""
    random = np.random.default_rng(seed)
    rows = len(table)
    sums = []
    for _ in range(RESAMPLES // _BATCH):
        drawn = random.integers(rows, size=(_BATCH, rows)) if rows else np.zeros((_BATCH, 0), dtype=np.int64)
        times = np.stack([np.bincount(one, minlength=rows) for one in drawn])
        sums.append(times @ table)
    return np.concatenate(sums)


def _score(measure: Measure, group: str, total: NDArray[np.int64], drawn: NDArray[np.int64]) -> Score:
    right, found, gold = (int(count) for count in total)
    precision = _estimate(right, found, drawn[:, 0], drawn[:, 1]) if measure.kind != "recall" else None
    recall = _estimate(right, gold, drawn[:, 0], drawn[:, 2]) if measure.kind != "share" else None
    f1 = None
    if measure.kind == "f1":
        f1 = _estimate(2 * right, found + gold, 2 * drawn[:, 0], drawn[:, 1] + drawn[:, 2])
    return Score(measure, group, right, found, gold, precision, recall, f1)


def _estimate(part: int, whole: int, parts: NDArray[np.int64], wholes: NDArray[np.int64]) -> Estimate | None:
    if not whole:
        return None
    told = wholes > 0
    shares = parts[told] / wholes[told]
    low, high = np.quantile(shares, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Estimate(part / whole, float(low), float(high))
