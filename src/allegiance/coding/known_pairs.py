"""How two given mentions in a text stand to each other: the reader's answer for known pairs, as outside evaluation asks it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from allegiance.coding import rules
from allegiance.coding.assembly import assemble
from allegiance.coding.lexicon import Lexicon
from allegiance.coding.pipeline import load
from allegiance.coding.reading_copy import ReadingCopy
from allegiance.coding.registry import READERS
from allegiance.errors import UnknownNameError, UsageError
from allegiance.model import Document, Mention, Modality

if TYPE_CHECKING:
    from collections.abc import Sequence

    from allegiance.coding.parse import Sentence
    from allegiance.model import Statement

Direction = Literal["a->b", "b->a", "none"]

# Names that no text holds: the two given mentions are told apart by them, whatever their words.
_A, _B = "\x02a", "\x02b"
# What isn't told as fact tells less of how the two stand.
_FORCE = {Modality.ASSERTED: 1.0, Modality.DENIED: 0.0}
_FORCE_OF_OTHERS = 0.6


@dataclass(frozen=True, slots=True)
class Relation:
    """How a stands to b: `polarity` -1, 0, 1; `direction` of the act; `score` 0 to 1, how sure."""

    polarity: int
    direction: Direction
    score: float


def relate(
    texts: Sequence[str],
    a: Sequence[tuple[int, int]],
    b: Sequence[tuple[int, int]],
    reader: str = "default",
    *,
    pipeline: str | None = None,
) -> list[Relation]:
    """Return, for each text, how the mention at characters ``a`` stands to the one at characters ``b``.

    Args:
        texts: any texts.
        a: for each text, (start, end) of the first mention.
        b: the same of the second.
        reader: name of the reader.
        pipeline: a spaCy pipeline of the user's own.

    Raises:
        UsageError: the lists differ in length, or a span lies outside its text.
        UnknownNameError: there is no such reader.
        MissingExtraError: the language pipeline isn't installed.
    """
    if reader not in READERS:
        raise UnknownNameError("reader", reader, READERS)
    _check(texts, a, b)
    copies = [ReadingCopy.of(text) for text in texts]
    parsed = load(pipeline).sentences(copies)
    return [
        _relation(text, copy, sentences, one, other)
        for text, (copy, sentences), one, other in zip(texts, parsed, a, b, strict=True)
    ]


def _check(texts: Sequence[str], a: Sequence[tuple[int, int]], b: Sequence[tuple[int, int]]) -> None:
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


def _relation(
    text: str, copy: ReadingCopy, sentences: list[Sentence], a: tuple[int, int], b: tuple[int, int]
) -> Relation:
    mentions = [_mention(copy, span, name) for span, name in ((a, _A), (b, _B))]
    mentions.sort(key=lambda mention: mention.start)
    discourse = assemble(copy.text, sentences, mentions, Lexicon.shipped())
    doc = Document(text, "\x02outlet")
    sums: dict[tuple[Direction, int], float] = {}
    for stmt in rules.statements(doc, copy, discourse):
        for direction, ends in (("a->b", (_A, _B)), ("b->a", (_B, _A))):
            if (stmt.actor, stmt.target) == ends and (sign := _sign(stmt)):
                key: tuple[Direction, int] = (direction, sign)  # type: ignore[assignment]
                sums[key] = max(
                    sums.get(key, 0.0), stmt.confidence * _FORCE.get(stmt.modality, _FORCE_OF_OTHERS)
                )
    if not sums:
        return Relation(0, "none", 0.0)
    (direction, sign), score = max(sums.items(), key=lambda item: item[1])
    return Relation(sign, direction, round(score, 3))


def _mention(copy: ReadingCopy, span: tuple[int, int], name: str) -> Mention:
    start, end = copy.place(span[0]), copy.place(span[1])
    return Mention(start, max(end, start + 1), copy.text[start:end], name)


def _sign(stmt: Statement) -> int:
    """Refused help is against; an attack that didn't happen tells nothing."""
    if stmt.modality is Modality.DENIED:
        return 0
    if stmt.negated:
        return -1 if stmt.polarity > 0 else 0
    return stmt.polarity
