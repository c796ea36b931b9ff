"""From counts to precision, recall and F1 with their intervals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

Kind = Literal["f1", "must", "recall", "share", "mean"]

RESAMPLES = 1000
LEVEL = 0.95
# Resamples drawn at once: bounds the memory for large corpora.
_BATCH = 50
# Right, found, annotated, hit.
_COLUMNS = 4
_NO_DIVISION = 1e-9


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that is measured.

    Attributes:
        name: what it is called.
        kind: ``f1`` (what was read beside what is annotated), ``must`` (the same, where some annotations may be read and
            others must), ``recall`` (only of what is annotated), ``share`` (only of what was read or looked at), ``mean``
            (of a number that each text gives).
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
        gold: how many are annotated; of kind ``must``, how many of them must be read.
        hit: how many of those were read; more than one find may be right by the same annotation, or by one that need not be
            read, so it is a number of its own for kind ``must``.
        mean: of kind ``mean``, the mean over texts.
    """

    measure: Measure
    group: str
    right: int
    found: int
    gold: int
    precision: Estimate | None
    recall: Estimate | None
    f1: Estimate | None
    hit: int = 0
    mean: Estimate | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the score under the documented keys of ``--json``."""
        kind = self.measure.kind
        shares = {"precision": self.precision, "recall": self.recall, "f1": self.f1}
        own: dict[str, dict[str, Any]] = {
            "must": {"hit": self.hit},
            "mean": {"mean": self.mean.to_json() if self.mean else None},
        }
        return {
            "measure": self.measure.name,
            "group": self.group,
            "right": self.right if kind != "mean" else None,
            "found": self.found if kind != "recall" else None,
            "gold": self.gold if kind not in ("share", "mean") else None,
            **{name: one.to_json() if one else None for name, one in shares.items()},
            **own.get(kind, {}),
        }


def score(
    counts: Mapping[tuple[Measure, str], Mapping[str, tuple[float, ...]]], units: list[str], seed: int
) -> list[Score]:
    """Return the scores of all measures and groups.

    Args:
        counts: for each measure and group: by unit, how many were right, found, annotated and, for measures of kind ``must``,
            hit; for those of kind ``mean`` the sum of the numbers and how many they are.
        units: all sentences or documents, those without any count too.
        seed: of the resamples.

    Units are drawn with replacement, all their examples together, for examples of one text aren't independent: the bootstrap
    of B. Efron and R. Tibshirani, An Introduction to the Bootstrap (1993), chapter 8.
    """
    if not counts:
        return []
    place = {unit: at for at, unit in enumerate(units)}
    # Floats hold counts exactly as far as any corpus goes, and the numbers of a mean besides.
    table = np.zeros((len(units), len(counts), _COLUMNS), dtype=np.float64)
    for column, by_unit in enumerate(counts.values()):
        for unit, numbers in by_unit.items():
            table[place[unit], column, : len(numbers)] = numbers
    drawn = _resampled(table.reshape(len(units), -1), seed).reshape(RESAMPLES, len(counts), _COLUMNS)
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


def _resampled(table: NDArray[np.float64], seed: int) -> NDArray[np.float64]:
    """Return the sums of `RESAMPLES` samples of the rows, each as large as the table."""
    random = np.random.default_rng(seed)
    rows = len(table)
    sums = []
    for _ in range(RESAMPLES // _BATCH):
        drawn = random.integers(rows, size=(_BATCH, rows)) if rows else np.zeros((_BATCH, 0), dtype=np.int64)
        times = np.stack([np.bincount(one, minlength=rows) for one in drawn])
        sums.append(times @ table)
    return np.concatenate(sums)


def _score(measure: Measure, group: str, total: NDArray[np.float64], drawn: NDArray[np.float64]) -> Score:
    kind = measure.kind
    if kind == "mean":
        mean = _estimate(total[0], total[1], drawn[:, 0], drawn[:, 1])
        return Score(measure, group, 0, int(total[1]), 0, None, None, None, mean=mean)
    hits = 3 if kind == "must" else 0
    right, found, gold, hit = (int(total[column]) for column in (0, 1, 2, hits))
    precision = _estimate(right, found, drawn[:, 0], drawn[:, 1]) if kind != "recall" else None
    recall = _estimate(hit, gold, drawn[:, hits], drawn[:, 2]) if kind != "share" else None
    f1 = None
    if kind == "f1":
        f1 = _estimate(2 * right, found + gold, 2 * drawn[:, 0], drawn[:, 1] + drawn[:, 2])
    elif kind == "must":
        f1 = _both(total, drawn)
    return Score(measure, group, right, found, gold, precision, recall, f1, hit)


def _both(total: NDArray[np.float64], drawn: NDArray[np.float64]) -> Estimate | None:
    """Return the harmonic mean of precision and recall where their right ones are counted apart."""
    if not total[1] and not total[2]:
        return None
    rows = np.vstack((total, drawn))
    precision, recall = rows[:, 0] / np.maximum(rows[:, 1], 1), rows[:, 3] / np.maximum(rows[:, 2], 1)
    shares = 2 * precision * recall / np.maximum(precision + recall, _NO_DIVISION)
    return Estimate(float(shares[0]), *_middle(shares[1:]))


def _estimate(
    part: float, whole: float, parts: NDArray[np.float64], wholes: NDArray[np.float64]
) -> Estimate | None:
    if not whole:
        return None
    told = wholes > 0
    return Estimate(float(part / whole), *_middle(parts[told] / wholes[told]))


def _middle(shares: NDArray[np.float64]) -> tuple[float, float]:
    low, high = np.quantile(shares, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)
