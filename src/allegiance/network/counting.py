"""The policy by which statements count when they are added up: explicit, documented, the user's to change."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from allegiance.errors import UsageError
from allegiance.model import Modality, TextEvidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from fractions import Fraction

    from allegiance.model import Statement

WHOLE = 100
ATTITUDE = "attitude"
STORY = "story"
DATED = ("event", "source")
ONCE = (STORY, *DATED, "statement")
BLOCS = ("each", "share")
Row = tuple[Any, ...]

_DEFAULT = MappingProxyType(
    {modality: WHOLE if modality is Modality.ASSERTED else 0 for modality in Modality}
)


@dataclass(frozen=True, slots=True)
class CountingPolicy:
    """How many hundredths of its weight a statement brings to a tie.

    By default only what is asserted counts, and a negated statement ("did not attack") counts nothing: that somebody
    denies a hostile act is no friendship. Both can be changed; the policy is part of every `Result`.

    Attributes:
        percent: hundredths of the weight by modality, 0 to 100.
        negated: hundredths for negated statements, -100 to 100; below 0 turns their sign.
        attitudes: hundredths for judgements of the speaker's own ("a sham"), 0 to 100. They are no acts between
            parties, and would make an outlet a party to the conflict it tells.
        confidence: statements below this confidence count nothing, 0 to 1.
        once: "story", so that texts that are copies of each other count as one (see `stories.copies`; only a case has the
            texts, so that bare statements count each); "event", so that statements of the same actor, act, target, sign, weight
            and days count once, however many report it; "source", so that they count once for each source; or "statement",
            so that each statement counts.
        blocs: "each", so that a statement about a bloc counts whole for each of its members on that day; "share", so that
            they share its weight; or empty, so that a bloc is an actor like any other. See `blocs.expanded`.
    """

    percent: Mapping[Modality, int] = field(default_factory=lambda: _DEFAULT)
    negated: int = 0
    attitudes: int = 0
    confidence: float = 0.0
    once: str = STORY
    blocs: str = ""

    @property
    def by_day(self) -> bool:
        """Whether statements of the same days are one event."""
        return self.once in DATED

    @classmethod
    def parse(cls, words: tuple[str, ...], *, confidence: float = 0.0) -> CountingPolicy:
        """Build a policy from words such as ``demanded=50``, ``negated=-100``, ``once=event`` or ``blocs=share``.

        Raises:
            UsageError: a word is no such pair, or its number out of range.
        """
        percent, negated, attitudes, once, blocs = dict(_DEFAULT), 0, 0, STORY, ""
        for word in words:
            name, _, number = word.partition("=")
            if name == "once" and number in ONCE:
                once = number
                continue
            if name == "blocs" and number in BLOCS:
                blocs = number
                continue
            try:
                value = int(number)
            except ValueError:
                raise UsageError(f"{word!r} is not a rule of counting; write it as demanded=50.") from None
            if name == "negated" and -WHOLE <= value <= WHOLE:
                negated = value
            elif name == "attitudes" and 0 <= value <= WHOLE:
                attitudes = value
            elif name in {modality.value for modality in Modality} and 0 <= value <= WHOLE:
                percent[Modality(name)] = value
            else:
                kinds = ", ".join(modality.value for modality in Modality)
                raise UsageError(
                    f"{word!r} is not a rule of counting; the names are {kinds}, attitudes (0 to 100), negated "
                    "(-100 to 100), once (story, event, source or statement) and blocs (each or share)."
                )
        return cls(MappingProxyType(percent), negated, attitudes, confidence, once, blocs)

    def words(self) -> tuple[str, ...]:
        """Return the words that `parse` makes this policy of; the least confidence is none of them."""
        numbers = {modality.value: self.percent[modality] for modality in Modality}
        usual = {modality.value: _DEFAULT[modality] for modality in Modality} | {"negated": 0, "attitudes": 0}
        numbers |= {"negated": self.negated, "attitudes": self.attitudes}
        named = {"once": "" if self.once == STORY else self.once, "blocs": self.blocs}
        return (
            *(f"{name}={number}" for name, number in numbers.items() if number != usual[name]),
            *(f"{name}={word}" for name, word in named.items() if word),
        )

    def share(self, act: str, modality: Modality, *, negated: bool, confidence: float) -> int:
        """Return the hundredths, with sign, that a statement of this kind brings."""
        if confidence < self.confidence:
            return 0
        share = self.percent[modality]
        if act == ATTITUDE:
            share = share * self.attitudes // WHOLE
        return share * self.negated // WHOLE if negated else share

    def to_json(self) -> dict[str, object]:
        """Return the policy as it stands in parameters of a result."""
        counted = {modality.value: share for modality, share in self.percent.items() if share}
        return {
            "counted_percent": counted,
            "negated_percent": self.negated,
            "least_confidence": self.confidence,
            "once": self.once,
            **({"blocs": self.blocs} if self.blocs else {}),
        }


class Counter:
    """Counts bare rows under a policy; the few kinds of statements that there are get looked up once."""

    def __init__(self, policy: CountingPolicy) -> None:
        self._policy = policy
        self._shares: dict[tuple[bool, str, bool, bool], int] = {}

    def amount(
        self,
        act: str,
        polarity: int,
        weight: int | Fraction,
        modality: str,
        negated: object,
        confidence: float,
    ) -> int:
        """Return what a statement brings to its tie: signed tenths times `WHOLE`, the rest of a share cut off."""
        kind = (act == ATTITUDE, modality, bool(negated), confidence < self._policy.confidence)
        share = self._shares.get(kind)
        if share is None:
            share = self._shares[kind] = self._policy.share(
                act, Modality(modality), negated=bool(negated), confidence=confidence
            )
        return int(polarity * weight * share)


def distinct(rows: Iterable[Row], policy: CountingPolicy) -> Iterator[Row]:
    """Yield the first of the dated rows that tell the same, as `policy.once` has it; without it, all.

    A dated row is (id, actor, act, target, polarity, weight, modality, negated, confidence, chain, first day, last day,
    ...). Rows that count nothing are left out, so that none of them hides one that does. Rows without a date are never
    the same: nobody knows that they tell of one event.
    """
    counter = Counter(policy)
    told: set[tuple[Any, ...]] = set()
    for row in rows:
        _, actor, act, target, polarity, weight, modality, negated, confidence, chain, first, last = row[:12]
        if not counter.amount(act, polarity, weight, modality, negated, confidence):
            continue
        if first is not None:
            holder = chain if policy.once == "source" else ""
            key = (actor, act, target, polarity, weight, modality, bool(negated), first, last, holder)
            if key in told:
                continue
            told.add(key)
        yield row


def dated_row(stmt: Statement) -> Row:
    """Return a statement as a bare dated row, as `CaseFile.dated_rows` has it."""
    evidence = stmt.evidence
    return (
        *(stmt.id, stmt.actor, stmt.act, stmt.target, stmt.polarity, stmt.weight),
        *(stmt.modality.value, stmt.negated, stmt.confidence, json.dumps(stmt.source.chain)),
        *((stmt.date.first, stmt.date.last) if stmt.date else (None, None)),
        *(
            (evidence.document, None, evidence.start)
            if isinstance(evidence, TextEvidence)
            else (evidence.dataset, evidence.row, None)
        ),
        json.dumps([stmt.reader.name, stmt.reader.version, stmt.reader.rule]),
    )
