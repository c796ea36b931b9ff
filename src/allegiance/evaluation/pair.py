"""A text with two marked mentions and how they stand to each other: the example of DSA, PLOVER and re3d alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from allegiance.coding import relate
from allegiance.evaluation.ledger import Misreading
from allegiance.evaluation.output import Output

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from allegiance.coding import Relation
    from allegiance.evaluation.corpus import Span
    from allegiance.evaluation.ledger import Ledger
    from allegiance.evaluation.scores import Measure
    from allegiance.evaluation.task import Task

# Pairs that a reader is asked at once: enough to keep it busy, few enough to show how far it is.
_BATCH = 200
_SIGNS = {1: "positive", -1: "negative"}
_WORDS = {1: "with", -1: "against", 0: "none"}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two mentions in a text.

    Attributes:
        id: which example.
        unit: which sentence or document it is drawn with in resamples.
        text: the passage.
        a, b: characters of the mentions.
        polarity: +1, -1, 0 as annotated; None where the corpus doesn't say.
        direction: ``a->b``, ``b->a`` or ``none``; empty where the corpus doesn't say.
        kind: the corpus's own word for the relation.
    """

    id: str
    unit: str
    text: str
    a: Span
    b: Span
    polarity: int | None
    direction: str = ""
    kind: str = ""

    def words(self, span: Span) -> str:
        """Return the words of a mention."""
        return self.text[span[0] : span[1]]


def asked(pairs: list[Pair], task: Task) -> Iterator[tuple[Pair, Relation]]:
    """Ask the task's reader about each pair."""
    for at in range(0, len(pairs), _BATCH):
        batch = pairs[at : at + _BATCH]
        texts, a, b = [one.text for one in batch], [one.a for one in batch], [one.b for one in batch]
        yield from zip(batch, relate(texts, a, b, task.reader, pipeline=task.pipeline), strict=True)
        task.progress(len(batch))


def count_signed(
    ledger: Ledger, measure: Measure, pair: Pair, found: Relation, groups: Iterable[str] = ("all",)
) -> None:
    """Count whether the sign was read, in `groups` and by sign."""
    right = int(found.polarity == pair.polarity != 0)
    for group in groups:
        ledger.count(
            pair.unit,
            measure,
            group,
            right=right,
            found=int(found.polarity != 0),
            gold=int(bool(pair.polarity)),
        )
    for sign, group in _SIGNS.items():
        read, told = found.polarity == sign, pair.polarity == sign
        ledger.count(pair.unit, measure, group, right=int(read and told), found=int(read), gold=int(told))


def count_directed(ledger: Ledger, measure: Measure, pair: Pair, found: Relation) -> None:
    """Count whether sign and direction were read, both at once."""
    right = found.polarity == pair.polarity != 0 and found.direction == pair.direction
    for group in (
        "all",
        *(group for sign, group in _SIGNS.items() if sign in (found.polarity, pair.polarity)),
    ):
        sign = {name: value for value, name in _SIGNS.items()}.get(group)
        ledger.count(
            pair.unit,
            measure,
            group,
            right=int(right),
            found=int(found.polarity == sign if sign else found.polarity != 0),
            gold=int(pair.polarity == sign if sign else bool(pair.polarity)),
        )


def note(ledger: Ledger, pair: Pair, found: Relation) -> None:
    """Keep what was read as an output, and as an error where it is one."""
    if found.polarity:
        ledger.outputs.append(
            Output(
                f"{pair.id}:{found.polarity:+d}:{found.direction}",
                pair.unit,
                pair.words(pair.a),
                _words(found.polarity, found.direction),
                pair.words(pair.b),
                found.rule,
                pair.text,
            )
        )
    if kind := _error(pair, found):
        marks = sorted(((*pair.a, "a"), (*pair.b, "b")))
        gold = _words(pair.polarity or 0, pair.direction) + (f" ({pair.kind})" if pair.kind else "")
        ledger.errors.append(
            Misreading(
                kind,
                pair.id,
                pair.text,
                tuple(marks),
                gold,
                _words(found.polarity, found.direction),
                found.rule,
            )
        )


def _error(pair: Pair, found: Relation) -> str:
    if pair.polarity is None:
        return ""
    if found.polarity != pair.polarity:
        if not pair.polarity:
            return "read where nothing is annotated"
        return "wrong sign" if found.polarity else "missed"
    wrong = found.polarity and pair.direction and found.direction != pair.direction
    return "wrong direction" if wrong else ""


def _words(polarity: int, direction: str) -> str:
    if not polarity:
        return _WORDS[0]
    first, last = ("b", "a") if direction == "b->a" else ("a", "b")
    return f"{first} {_WORDS[polarity]} {last}"
