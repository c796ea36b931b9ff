"""The book that an evaluation keeps: counts by sentence or document, what was left out and why, errors to read, outputs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from allegiance.evaluation.curve import Finds
from allegiance.evaluation.scores import Score, score

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from allegiance.evaluation.curve import Curve, Find
    from allegiance.evaluation.output import Output
    from allegiance.evaluation.passage_scores import Count
    from allegiance.evaluation.scores import Measure


@dataclass(frozen=True, slots=True)
class Misreading:
    """One error to read.

    Attributes:
        kind: what sort of error ("missed", "wrong sign", ...).
        unit: which sentence or document.
        text: the passage.
        marks: the marked characters of the passage as (start, end, label), not overlapping, in order.
        gold: what is annotated, in words.
        read: what was read, in words.
        rule: by which rule, where a rule read it.
    """

    kind: str
    unit: str
    text: str
    marks: tuple[tuple[int, int, str], ...]
    gold: str
    read: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What came out.

    Attributes:
        data: which kind of corpus.
        reader: name and version of the reader, or its name alone for known pairs.
        examples: how many the corpus holds.
        scored: how many were scored; with those of `skipped` they are all.
        skipped: how many were left out, by reason.
        outputs: everything that the reader gave, for a human to judge a sample of.
        scores: the measures.
        errors: the errors to read.
        curves: precision and recall by confidence, for kinds of data that tell them.
    """

    data: str
    reader: str
    examples: int
    scored: int
    skipped: Mapping[str, int]
    outputs: tuple[Output, ...]
    scores: tuple[Score, ...]
    errors: tuple[Misreading, ...]
    curves: tuple[Curve, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the evaluation under the documented keys of ``--json``; texts of errors stay in the page."""
        return {
            "data": self.data,
            "reader": self.reader,
            "examples": self.examples,
            "scored": self.scored,
            "skipped": dict(self.skipped),
            "outputs": len(self.outputs),
            "scores": [one.to_json() for one in self.scores],
            "errors": dict(Counter(error.kind for error in self.errors)),
            **({"curves": [one.to_json() for one in self.curves]} if self.curves else {}),
        }


class Ledger:
    """Counts while the examples are gone through."""

    def __init__(self) -> None:
        """Begin an empty book."""
        self._counts: dict[tuple[Measure, str], dict[str, tuple[float, ...]]] = {}
        self._units: dict[str, None] = {}
        self._skipped: Counter[str] = Counter()
        self._scored = 0
        self.errors: list[Misreading] = []
        self.outputs: list[Output] = []
        self._finds: dict[str, Finds] = {}

    def scored(self, unit: str) -> None:
        """Note that an example of `unit` was scored."""
        self._units[unit] = None
        self._scored += 1

    def skipped(self, reasons: Iterable[str]) -> None:
        """Note examples that can't be scored, one reason for each."""
        self._skipped.update(reasons)

    def count(
        self, unit: str, measure: Measure, group: str, *, right: int = 0, found: int = 0, gold: int = 0
    ) -> None:
        """Add to a measure's counts in `group`."""
        self._add(unit, measure, group, (right, found, gold))

    def count_must(self, unit: str, measure: Measure, group: str, counted: Count) -> None:
        """Add to the counts of a measure of kind ``must`` in `group`."""
        self._add(unit, measure, group, (counted.right, counted.found, counted.must, counted.hit))

    def number(self, unit: str, measure: Measure, group: str, value: float) -> None:
        """Add a number to a measure of kind ``mean`` in `group`."""
        self._add(unit, measure, group, (value, 1))

    def finds(self, unit: str, group: str, finds: Sequence[Find], must: int) -> None:
        """Add to the curve of `group` what was found in a text, and how many had to be."""
        self._finds.setdefault(group, Finds()).add(unit, finds, must)

    def _add(self, unit: str, measure: Measure, group: str, numbers: tuple[float, ...]) -> None:
        by_unit = self._counts.setdefault((measure, group), {})
        before = by_unit.get(unit, (0,) * len(numbers))
        by_unit[unit] = tuple(one + more for one, more in zip(before, numbers, strict=True))
        self._units[unit] = None

    def close(self, data: str, reader: str, seed: int) -> Evaluation:
        """Return what came out."""
        return Evaluation(
            data,
            reader,
            self._scored + self._skipped.total(),
            self._scored,
            dict(self._skipped),
            tuple(self.outputs),
            tuple(score(self._counts, list(self._units), seed)),
            tuple(self.errors),
            tuple(finds.curve(group, seed) for group, finds in self._finds.items() if finds.enough),
        )
