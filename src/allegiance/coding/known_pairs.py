"""How two given mentions in a text stand to each other: the reader's answer for known pairs, as outside evaluation asks it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from allegiance.coding import encoder, llm_pairs, rules, verdict
from allegiance.coding.assembly import assemble
from allegiance.coding.encoder import MarkedPair
from allegiance.coding.lexicon import Lexicon
from allegiance.coding.pipeline import load
from allegiance.coding.reading_copy import ReadingCopy
from allegiance.coding.registry import PAIR_READERS
from allegiance.coding.verdict import RuleAnswer
from allegiance.errors import UnknownNameError, UsageError
from allegiance.model import Document, Mention, Modality

if TYPE_CHECKING:
    from collections.abc import Sequence

    from allegiance.coding.parse import Sentence
    from allegiance.model import Statement

Direction = Literal["a->b", "b->a", "none"]
Span = tuple[int, int]
_DIRECTIONS: dict[str, Direction] = {"a->b": "a->b", "b->a": "b->a", "none": "none"}

# Names that no text holds: the two given mentions are told apart by them, whatever their words.
_A, _B = "\x02a", "\x02b"
# What isn't told as fact tells less of how the two stand.
_FORCE = {Modality.ASSERTED: 1.0, Modality.DENIED: 0.0}
_FORCE_OF_OTHERS = 0.6


@dataclass(frozen=True, slots=True)
class Relation:
    """How a stands to b: `polarity` -1, 0, 1; `direction` of the act; `score` 0 to 1, how sure; `rule` that found it.

    A rule with polarity 0 found only what is denied or was not done.
    """

    polarity: int
    direction: Direction
    score: float
    rule: str = ""


_NONE = Relation(0, "none", 0.0)


def relate(
    texts: Sequence[str],
    a: Sequence[Span],
    b: Sequence[Span],
    reader: str = "taught",
    *,
    pipeline: str | None = None,
) -> list[Relation]:
    """Return, for each text, how the mention at characters ``a`` stands to the one at characters ``b``.

    Args:
        texts: any texts.
        a: for each text, (start, end) of the first mention.
        b: the same of the second.
        reader: ``rules``; ``taught``: the network of marked pairs, with the rules' answer as a second voice, whose score is the
            calibrated chance that the sign is right; or ``llm``, which asks a language model.
        pipeline: a spaCy pipeline of the user's own.

    Raises:
        UsageError: the lists differ in length, or a span lies outside its text.
        UnknownNameError: there is no such reader, or it judges no known pairs.
        MissingExtraError: the language pipeline, or what runs the model, isn't installed.
    """
    if reader not in PAIR_READERS:
        raise UnknownNameError("reader of known pairs", reader, PAIR_READERS)
    _check(texts, a, b)
    if reader == "llm":
        told = llm_pairs.relations(texts, a, b)
        return [Relation(sign, _DIRECTIONS[way], score, reader) for sign, way, score in told]
    if reader == "rules":
        return _by_rules(texts, a, b, pipeline)
    answers = _by_rules(texts, a, b, pipeline)
    weights = verdict.shipped()
    # In the order of the text, whichever is called a: so the answer can't depend on that.
    turned = [_later(one, other) for one, other in zip(a, b, strict=True)]
    pairs = (
        MarkedPair(text, *((other, one) if turn else (one, other)))
        for text, one, other, turn in zip(texts, a, b, turned, strict=True)
    )
    found = []
    for logits, answer, turn, one, other in zip(
        encoder.load().logits(pairs), answers, turned, a, b, strict=True
    ):
        said = verdict.verdict(logits, _as_answer(answer, turned=turn), weights)
        # Where all that the rules find between the two is denied or was not done, there is nothing to tell.
        undone = not answer.polarity and answer.rule
        if one == other or undone or said.chance < weights.threshold:
            found.append(_NONE)
            continue
        forward = (said.way > 0) != turn
        agreed = answer.rule if answer.polarity == said.sign else ""
        found.append(
            Relation(said.sign, "a->b" if forward else "b->a", round(said.chance, 3), agreed or "pair")
        )
    return found


def _check(texts: Sequence[str], a: Sequence[Span], b: Sequence[Span]) -> None:
    if not len(texts) == len(a) == len(b):
        raise UsageError(
            f"There are {len(texts)} texts, {len(a)} first and {len(b)} second mentions; give one of each per text."
        )
    for number, (text, *spans) in enumerate(zip(texts, a, b, strict=True)):
        for start, end in spans:
            if not 0 <= start < end <= len(text):
                raise UsageError(
                    f"The mention at characters {start} to {end} lies outside text number {number}."
                )


def _later(one: Span, other: Span) -> bool:
    """Whether `one` begins behind `other`; of two that begin together the longer is first."""
    return (one[0], -one[1]) > (other[0], -other[1])


def _as_answer(found: Relation, *, turned: bool) -> RuleAnswer:
    if not found.polarity:
        return RuleAnswer()
    return RuleAnswer(
        found.polarity, 1 if (found.direction == "a->b") != turned else -1, found.score, found.rule
    )


def _by_rules(
    texts: Sequence[str], a: Sequence[Span], b: Sequence[Span], pipeline: str | None
) -> list[Relation]:
    copies = [ReadingCopy.of(text) for text in texts]
    parsed = load(pipeline).sentences(copies)
    return [
        _relation(text, copy, sentences, one, other)
        for text, (copy, sentences), one, other in zip(texts, parsed, a, b, strict=True)
    ]


def _relation(text: str, copy: ReadingCopy, sentences: list[Sentence], a: Span, b: Span) -> Relation:
    mentions = [_mention(copy, span, name) for span, name in ((a, _A), (b, _B))]
    mentions.sort(key=lambda mention: mention.start)
    discourse = assemble(copy.text, sentences, mentions, Lexicon.shipped())
    doc = Document(text, "\x02outlet")
    sure: dict[tuple[Direction, int], tuple[float, str]] = {}
    undone = ""
    for stmt in rules.statements(doc, copy, discourse):
        for direction, ends in (("a->b", (_A, _B)), ("b->a", (_B, _A))):
            if (stmt.actor, stmt.target) != ends:
                continue
            if sign := _sign(stmt):
                key: tuple[Direction, int] = (direction, sign)  # type: ignore[assignment]
                score = stmt.confidence * _FORCE.get(stmt.modality, _FORCE_OF_OTHERS)
                if key not in sure or sure[key][0] < score:
                    sure[key] = (score, stmt.reader.rule)
            elif stmt.polarity:
                undone = stmt.reader.rule
    if not sure:
        return replace(_NONE, rule=undone)
    (direction, sign), (score, rule) = max(sure.items(), key=lambda item: item[1][0])
    return replace(_NONE, polarity=sign, direction=direction, score=round(score, 3), rule=rule)


def _mention(copy: ReadingCopy, span: Span, name: str) -> Mention:
    start, end = copy.place(span[0]), copy.place(span[1])
    return Mention(start, max(end, start + 1), copy.text[start:end], name)


def _sign(stmt: Statement) -> int:
    """Refused help is against; an attack that didn't happen tells nothing."""
    if stmt.modality is Modality.DENIED:
        return 0
    if stmt.negated:
        return -1 if stmt.polarity > 0 else 0
    return stmt.polarity
