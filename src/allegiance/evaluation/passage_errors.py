"""The errors of a reader in a passage, each with its sentence and both actors marked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from allegiance.evaluation import passage_scores as scores
from allegiance.evaluation.ledger import Misreading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from allegiance.evaluation.passage import Passage, Told
    from allegiance.evaluation.passage_scores import Fact, Tie

MISSED = "missed"
WRONG_SIGN = "wrong sign"
EXTRA = "read where nothing is annotated"
UNKNOWN_ACTOR = "read of an actor that isn't annotated"
WRONG_HOLDER = "wrong holder"
WRONG_MANNER = "wrong manner"
_NOTHING = "nothing of it"


def misreadings(passage: Passage, told: Sequence[Told]) -> Iterator[Misreading]:
    """Yield what must be found and wasn't, what was read and isn't annotated, and ties told otherwise than annotated."""
    names = scores.Names(passage)
    gold, found = scores.facts(names, passage.told), scores.facts(names, told)
    gold_ties, found_ties = _by_tie(scores.ties(gold)), _by_tie(scores.ties(found))
    for tie, facts in gold_ties.items():
        if tie not in found_ties and any(one.told.must for one in facts):
            fact = next(one for one in facts if one.told.must)
            other = found_ties.get((tie[0], -tie[1]))
            if other is None:
                yield _error(MISSED, passage, fact, str(fact.told), _NOTHING)
            elif (tie[0], -tie[1]) not in gold_ties:
                yield _error(WRONG_SIGN, passage, other[0], str(fact.told), str(other[0].told))
    for tie, facts in found_ties.items():
        turned = gold_ties.get((tie[0], -tie[1]), [])
        if tie in gold_ties or any(one.told.must for one in turned):
            continue
        unknown = any(name.startswith(scores.UNKNOWN) for name in tie[0])
        kind = UNKNOWN_ACTOR if unknown else EXTRA
        yield _error(kind, passage, facts[0], str(turned[0].told) if turned else _NOTHING, str(facts[0].told))
    yield from _told_otherwise(passage, gold, found)


def _told_otherwise(passage: Passage, gold: Sequence[Fact], found: Sequence[Fact]) -> Iterator[Misreading]:
    """Yield each way of telling a right tie that isn't annotated."""
    annotated = _by_tie(gold)
    seen = {one.whole for one in gold}
    for fact in found:
        if fact.tie in annotated and fact.whole not in seen:
            seen.add(fact.whole)
            same = [one for one in annotated[fact.tie] if one.told_as == fact.told_as]
            kind = WRONG_HOLDER if same else WRONG_MANNER
            yield _error(kind, passage, fact, str((same or annotated[fact.tie])[0].told), str(fact.told))


def _by_tie(facts: Sequence[Fact]) -> dict[Tie, list[Fact]]:
    by_tie: dict[Tie, list[Fact]] = {}
    for one in facts:
        by_tie.setdefault(one.tie, []).append(one)
    return by_tie


def _error(kind: str, passage: Passage, fact: Fact, gold: str, read: str) -> Misreading:
    told = fact.told
    text = told.quote or " ".join(passage.sentences[at] for at in told.sentences) or passage.text
    marks = _marks(passage, text, {"a": (fact.actor, told.actor), "b": (fact.target, told.target)})
    return Misreading(kind, passage.id, text, marks, gold, read, told.rule)


def _marks(
    passage: Passage, text: str, parties: dict[str, tuple[str, str]]
) -> tuple[tuple[int, int, str], ...]:
    """Return the first place at which each party is named, the longest of its names that stands there."""
    marks: list[tuple[int, int, str]] = []
    for label, (actor, written) in parties.items():
        names = {actor, written, *passage.actors.get(actor, ())}
        for name in sorted(names, key=lambda one: (-len(one), one)):
            at = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE)
            if at and all(at.end() <= start or end <= at.start() for start, end, _ in marks):
                marks.append((at.start(), at.end(), label))
                break
    return tuple(sorted(marks))
