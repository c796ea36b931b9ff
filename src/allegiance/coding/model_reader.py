"""The reader by the trained model: how every two parties of a sentence stand, with who holds it and how it is put.

The model tells sign, direction and a calibrated chance, and no act. Where a word between the two names tells an act of that sign,
the statement is of that act; else it is a bare signed tie. Who holds it and how it is put is read by the same rules as
elsewhere. Where those see a negation the reader is silent: whether the sign already counts it in, nobody can tell, and an
attack that was not made must not be told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from allegiance.coding import attribution, encoder, verdict
from allegiance.coding.candidates import candidates
from allegiance.coding.modality import mood_of
from allegiance.coding.reader import ParsingReader
from allegiance.coding.verdict import RuleAnswer
from allegiance.model import Codebook, Modality, ReaderTag, Source, Statement, TextEvidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from allegiance.coding.candidates import Candidate
    from allegiance.coding.discourse import Discourse
    from allegiance.coding.reader import Namer
    from allegiance.coding.reading_copy import ReadingCopy
    from allegiance.coding.verdict import Verdict
    from allegiance.model import Document

NAME = "model"
VERSION = "1"
# The code book's word for a signed tie of which nothing else is known; its weight that of the mildest act.
ACT = "tie"
WEIGHT = 20
_STRONGEST_FIRST = (
    Modality.CONDITIONAL,
    Modality.DEMANDED,
    Modality.HYPOTHETICAL,
    Modality.PREDICTED,
    Modality.ASSERTED,
)


class EncoderReader(ParsingReader):
    """What the readers share that ask the trained model; `_weighed` names the weights of its answers."""

    _weighed: ClassVar[str]

    def __init__(self, namer: Namer, *, pipeline: str | None = None) -> None:
        """Keep `namer`, load pipeline and model.

        Raises:
            MissingExtraError: the language pipeline, or what runs the model, isn't installed.
            UsageError: `pipeline` names none that is.
        """
        super().__init__(namer, pipeline=pipeline)
        self._encoder = encoder.load()
        self._weights = verdict.shipped()[self._weighed]


class ModelReader(EncoderReader):
    """Reads with the trained model alone; the parse is for names, holders and modality."""

    _weighed = "model"

    @property
    def tag(self) -> ReaderTag:
        """Name and version of this reader."""
        return ReaderTag(NAME, VERSION)

    def _told(self, doc: Document, copy: ReadingCopy, discourse: Discourse) -> Iterable[Statement]:
        asked = list(candidates(discourse))
        for candidate, logits in zip(asked, self._encoder.logits(one.marked for one in asked), strict=True):
            said = verdict.verdict(logits, RuleAnswer(), self._weights)
            if said.chance >= self._weights.stated:
                yield from stated(doc, copy, discourse, candidate, said)


def stated(
    doc: Document, copy: ReadingCopy, discourse: Discourse, candidate: Candidate, said: Verdict
) -> Iterator[Statement]:
    """Yield what the model says of a pair as statements, one for each chain of holders; none where it is negated."""
    act, weight, rule = _act(candidate, said.sign)
    modality = _modality(candidate, act)
    if modality is None:
        return
    start, end = copy.span(candidate.view.sent.start, candidate.view.sent.end)
    ends = (candidate.first, candidate.second)
    actor, target = ends if said.way > 0 else ends[::-1]
    for chain in attribution.chains(discourse, candidate.view, candidate.anchor):
        yield Statement(
            source=Source((doc.outlet, *(link.party.holder for link in chain))),
            actor=actor.actor,
            act=act,
            target=target.actor,
            polarity=said.sign,
            weight=weight,
            modality=modality,
            negated=False,
            date=doc.date,
            evidence=TextEvidence(doc.id, start, end, doc.text[start:end]),
            confidence=round(said.chance, 3),
            reader=ReaderTag(NAME, VERSION, rule),
            actor_text=actor.text,
            target_text=target.text,
            qualifiers=tuple(attribution.cue_qualifiers(doc, copy, chain).items()),
        )


def _act(candidate: Candidate, sign: int) -> tuple[str, int, str]:
    """Act, weight and rule: by the nearest word on the way between the two that tells an act of this sign."""
    view = candidate.view
    for word in candidate.between:
        tables = view.lexicon.verbs if word.is_verb else view.lexicon.nouns
        for frame in tables.get(view.clauses.key(word) if word.is_verb else word.lemma, ()):
            act = Codebook.shipped().act(frame.act)
            if (frame.sign or act.sign) == sign:
                return act.name, act.mode_weight(frame.mode), "pair-word"
    return ACT, WEIGHT, "pair"


def _modality(candidate: Candidate, act: str) -> Modality | None:
    """How it is put, by all words between the two; None where any of them is negated or denied."""
    moods = [mood_of(candidate.view, word, act) for word in candidate.between]
    if any(mood.negated or mood.modality is Modality.DENIED for mood in moods):
        return None
    found = {mood.modality for mood in moods}
    return next(modality for modality in _STRONGEST_FIRST if modality in found)
