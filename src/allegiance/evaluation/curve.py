"""Precision and recall as less sure finds are left out: where a reader can be set, not where it stands."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from allegiance.evaluation.scores import Measure, score

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from allegiance.evaluation.scores import Estimate

LEAST_UNITS = 10
LEAST_MUST = 30
"""Of how many texts and annotated ones a curve of a part is drawn: of fewer it is a staircase of chance."""

_STEPS = 100
_TIES = Measure("ties", "must", "")
Find = tuple[float, bool, bool]
"""Confidence, whether it is right, and whether it had to be found."""


@dataclass(frozen=True, slots=True)
class Point:
    """What a reader does that leaves out what it is less sure of than `confidence`."""

    confidence: float
    precision: Estimate
    recall: Estimate

    def to_json(self) -> dict[str, Any]:
        """Return the point under the documented keys of ``--json``."""
        return {
            "confidence": self.confidence,
            "precision": self.precision.to_json(),
            "recall": self.recall.to_json(),
        }


@dataclass(frozen=True, slots=True)
class Curve:
    """The points of one group of texts, the most cautious first."""

    group: str
    units: int
    points: tuple[Point, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the curve under the documented keys of ``--json``."""
        return {"group": self.group, "points": [one.to_json() for one in self.points]}


class Finds:
    """All finds of one group while texts are gone through."""

    def __init__(self) -> None:
        """Begin without any."""
        self._finds: dict[str, list[Find]] = {}
        self._must: dict[str, int] = {}

    def add(self, unit: str, finds: Sequence[Find], must: int) -> None:
        """Add what was found in a text, and how many had to be found there."""
        self._finds[unit], self._must[unit] = list(finds), must

    @property
    def enough(self) -> bool:
        """Whether a curve of them says anything."""
        return len(self._must) >= LEAST_UNITS and sum(self._must.values()) >= LEAST_MUST

    def curve(self, group: str, seed: int) -> Curve:
        """Return the curve, each point with the interval of its resamples: a point for each hundredth at which it moves."""
        steps = sorted(
            {int(confidence * _STEPS) for finds in self._finds.values() for confidence, *_ in finds},
            reverse=True,
        )
        counts: dict[tuple[Measure, str], Mapping[str, tuple[int, ...]]] = {}
        for step in steps:
            by_unit: dict[str, tuple[int, ...]] = defaultdict(tuple)
            for unit, finds in self._finds.items():
                kept = [one for one in finds if int(one[0] * _STEPS) >= step]
                hit = sum(must for _, _, must in kept)
                by_unit[unit] = (sum(right for _, right, _ in kept), len(kept), self._must[unit], hit)
            counts[_TIES, f"{step:03}"] = by_unit
        by_step = {one.group: one for one in score(counts, list(self._finds), seed)}
        points = []
        for step in steps:
            found = by_step[f"{step:03}"]
            if found.precision is not None and found.recall is not None:
                points.append(Point(step / _STEPS, found.precision, found.recall))
        return Curve(group, len(self._finds), tuple(points))
