"""The rules, and the trained model where they are silent.

What the rules find is theirs: act, holder, modality. Where the model reads another sign between the same two, less trust is put in
it. What only the model finds is added if it is sure enough, and if the rules tell nothing of at least one of the two: of "A
accused B of arming C" they tell A and B, B and C, and a tie of A and C would be made up. Each statement bears its reader's tag.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from allegiance.coding import rules, verdict
from allegiance.coding.candidates import candidates
from allegiance.coding.model_reader import VERSION, EncoderReader, stated
from allegiance.coding.verdict import RuleAnswer
from allegiance.model import ReaderTag

if TYPE_CHECKING:
    from collections.abc import Iterable

    from allegiance.coding.candidates import Candidate
    from allegiance.coding.discourse import Discourse
    from allegiance.coding.reading_copy import ReadingCopy
    from allegiance.model import Document, Statement

NAME = "combined"


class CombinedReader(EncoderReader):
    """Reads by rules and with the trained model."""

    _weighed = "default"

    @property
    def tag(self) -> ReaderTag:
        """Name of this reader; its version is those of its two parts."""
        return ReaderTag(NAME, f"{rules.VERSION}.{VERSION}")

    def _told(self, doc: Document, copy: ReadingCopy, discourse: Discourse) -> Iterable[Statement]:
        by_rules = list(rules.statements(doc, copy, discourse))
        asked = list(candidates(discourse))
        doubts: dict[int, float] = {}  # place in `by_rules` -> chance of the other sign
        told: list[Statement] = []
        for candidate, logits in zip(asked, self._encoder.logits(one.marked for one in asked), strict=True):
            here = _of_sentence(by_rules, copy, candidate)
            ends = {candidate.first.actor, candidate.second.actor}
            between = [at for at in here if {by_rules[at].actor, by_rules[at].target} == ends]
            answer = _answer([by_rules[at] for at in between], candidate)
            said = verdict.verdict(logits, answer, self._weights)
            if answer.sign and said.sign != answer.sign:
                doubts.update(dict.fromkeys(between, said.chance))
            silent = not ends <= {name for at in here for name in (by_rules[at].actor, by_rules[at].target)}
            if silent and said.chance >= self._weights.stated:
                told.extend(stated(doc, copy, discourse, candidate, said))
        weighed = (_doubted(stmt, doubts.get(at)) for at, stmt in enumerate(by_rules))
        # Stable: a sentence's statements by rules stay in their order, the model's follow them.
        return sorted((*weighed, *told), key=_place)


def _doubted(stmt: Statement, chance: float | None) -> Statement:
    """Return the statement with no more trust than the model leaves it."""
    if chance is None:
        return stmt
    return replace(stmt, confidence=round(min(stmt.confidence, 1 - chance), 3))


def _place(stmt: Statement) -> int:
    return stmt.evidence.start if hasattr(stmt.evidence, "start") else 0


def _of_sentence(stmts: list[Statement], copy: ReadingCopy, candidate: Candidate) -> list[int]:
    """Return the places of the rules' statements on the candidate's sentence."""
    start, _ = copy.span(candidate.view.sent.start, candidate.view.sent.end)
    return [at for at, stmt in enumerate(stmts) if _place(stmt) == start]


def _answer(stmts: list[Statement], candidate: Candidate) -> RuleAnswer:
    """Return what the rules are surest of; nothing where they negate it, which the model reads otherwise."""
    plain = [stmt for stmt in stmts if stmt.polarity and not stmt.negated]
    if not plain:
        return RuleAnswer()
    best = max(plain, key=lambda stmt: stmt.confidence)
    way = 1 if best.actor == candidate.first.actor else -1
    return RuleAnswer(best.polarity, way, best.confidence, best.reader.rule)
