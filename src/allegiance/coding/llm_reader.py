"""The reader that asks a language model, and believes it only what stands in the text.

Quotes, actors and speakers are located in the text by code; what can't be located is dropped and counted. So are acts that the
code book doesn't know. How sure a model is, it can't tell in calibrated numbers: all its statements bear the same trust.
"""

from __future__ import annotations

from collections import Counter, deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

from allegiance.coding.lexicon import Lexicon
from allegiance.coding.llm_answer import claims
from allegiance.coding.llm_chunks import chunks
from allegiance.coding.llm_endpoint import Endpoint
from allegiance.coding.llm_question import extraction, extraction_form
from allegiance.coding.llm_quotes import Searched
from allegiance.coding.llm_settings import Settings
from allegiance.model import Codebook, Mention, ReaderTag, Source, Statement, TextEvidence, check_evidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from concurrent.futures import Future

    from allegiance.coding.llm_answer import Claimed
    from allegiance.coding.llm_endpoint import Answer
    from allegiance.coding.reader import Namer
    from allegiance.model import Document

NAME = "llm"
TRUST = 0.6
_UNKNOWN_PARTY = 0.8

_LITTLE = frozenset({"the", "a", "an", "'s", "\u2019s", "of", "government", "president", "minister"})

NO_QUOTE = "quotes that don't stand in the text"
NO_PARTY = "actors that don't stand in the text"
NO_SPEAKER = "speakers who don't stand in the text"
ONE_PARTY = "relations of an actor with itself"


class LlmReader:
    """Reads with a language model behind an OpenAI-compatible service."""

    def __init__(
        self, namer: Namer, *, pipeline: str | None = None, settings: Settings | None = None
    ) -> None:
        """Keep `namer`; `settings` come from the environment where none are given. No pipeline is used.

        Raises:
            UsageError: the environment names no usable service.
        """
        del pipeline
        self._namer = namer
        self._settings = settings or Settings.from_environment()
        self._endpoint = Endpoint(self._settings)
        self._kept = 0
        self._dropped: Counter[str] = Counter()

    @property
    def tag(self) -> ReaderTag:
        """The reader's name, and the model's as version."""
        return ReaderTag(NAME, self._settings.model)

    def read(self, doc: Document) -> list[Statement]:
        """Return what the model finds in `doc`, as far as it stands there.

        Raises:
            EndpointError: the service doesn't answer.
        """
        return next(found for _, found in self.read_many([doc]))

    def read_many(self, docs: Iterable[Document]) -> Iterator[tuple[Document, list[Statement]]]:
        """Read documents in order, some questions at once."""
        waiting: deque[tuple[Document, list[tuple[int, str, Future[Answer]]]]] = deque()
        pool = ThreadPoolExecutor(self._settings.at_once)
        try:
            for doc in docs:
                waiting.append((doc, self._asked(pool, doc)))
                # As many documents wait as questions can be under way: enough to keep the service busy, and no archive in memory.
                if len(waiting) > self._settings.at_once:
                    yield self._answered(*waiting.popleft())
            while waiting:
                yield self._answered(*waiting.popleft())
        finally:
            # Who stops in the middle doesn't wait for questions that nobody will read the answers of.
            pool.shutdown(wait=False, cancel_futures=True)

    def remarks(self) -> tuple[str, ...]:
        """Return what a user should know of the reading so far: what was dropped, and what it took."""
        used = self._endpoint.usage
        cost = self._settings.cost(used.asked, used.answered)
        took = f"{used.questions:,} answers of {self._settings.model}: {used.asked:,} tokens asked, {used.answered:,} answered"
        took += f", {used.repeats:,} attempts repeated" if used.repeats else ""
        took += f", cost {cost:,.4f}" if cost is not None else ""
        dropped = ", ".join(f"{count:,} {reason}" for reason, count in self._dropped.most_common())
        return (f"{took}.", f"{self._kept:,} statements located in the text; dropped: {dropped or 'none'}.")

    def _asked(self, pool: ThreadPoolExecutor, doc: Document) -> list[tuple[int, str, Future[Answer]]]:
        return [
            (at, text, pool.submit(self._endpoint.ask, extraction(text), extraction_form(text)))
            for at, text in chunks(doc.text, self._settings.chunk)
        ]

    def _answered(
        self, doc: Document, asked: list[tuple[int, str, Future[Answer]]]
    ) -> tuple[Document, list[Statement]]:
        whole = Searched(doc.text)
        day = doc.date.first if doc.date is not None else None
        mentions = self._namer.mentions(doc.text, day=day)
        found: dict[str, Statement] = {}
        for at, text, answer in asked:
            claimed, dropped = claims(answer.result())
            self._dropped.update(dropped)
            piece = Searched(text)
            for one in claimed:
                stmt = self._statement(doc, whole, mentions, one, piece, at)
                if isinstance(stmt, str):
                    self._dropped[stmt] += 1
                else:
                    found.setdefault(stmt.id, stmt)
        self._kept += len(found)
        return doc, check_evidence(found.values(), doc)

    def _statement(
        self, doc: Document, whole: Searched, mentions: list[Mention], one: Claimed, piece: Searched, at: int
    ) -> Statement | str:
        span = piece.find(one.quote)
        if span is None:
            return NO_QUOTE
        start, end = at + span[0], at + span[1]
        ends = [_party(name, whole, mentions, start, end) for name in (one.actor, one.target)]
        actor, target = ends
        if actor is None or target is None:
            return NO_PARTY
        if actor.actor == target.actor:
            return ONE_PARTY
        speakers = [_party(name, whole, mentions, start, end) for name in one.speakers]
        if None in speakers:
            return NO_SPEAKER
        act = Codebook.shipped().act(one.act)
        unknown = sum(not party.known for party in (actor, target))
        return Statement(
            source=Source((doc.outlet, *(party.person or party.actor for party in speakers if party))),
            actor=actor.actor,
            act=act.name,
            target=target.actor,
            polarity=act.sign or (one.sign if act.name == "attitude" else 0),
            weight=act.weight,
            modality=one.modality,
            negated=one.negated,
            date=doc.date,
            evidence=TextEvidence(doc.id, start, end, doc.text[start:end]),
            confidence=round(TRUST * _UNKNOWN_PARTY**unknown, 3),
            reader=ReaderTag(NAME, self._settings.model),
            actor_text=actor.text,
            target_text=target.text,
        )


def _party(name: str, whole: Searched, mentions: list[Mention], start: int, end: int) -> Mention | None:
    """Return who is meant by `name`, looked for in the quote first; None where the text doesn't hold these words."""
    inside = Searched(whole.text[start:end]).find(name)
    span = (start + inside[0], start + inside[1]) if inside else whole.find(name)
    if span is None:
        return None
    words = " ".join(whole.text[span[0] : span[1]].split())
    named = [one for one in mentions if span[0] <= one.start and one.end <= span[1]]
    # Two names in a phrase, or a name among words that make it somebody else's ("Syrian rebels"), aren't the party.
    if len({one.actor for one in named}) == 1 and _stands_for(words, named[0].text):
        return replace(named[0], text=words)
    return Mention(*span, words, words, known=False, via="words")


def _stands_for(words: str, name: str) -> bool:
    """Whether a phrase means the actor named in it: the name alone, or with what acts for a state ("Russian forces")."""
    has = Lexicon.shipped().has
    rest = words.replace(name, " ", 1).lower().split()
    acting = (
        has("state_agents", form) or has("officials", form)
        for word in rest
        for form in (word, word.rstrip("s"))
    )
    return all(word in _LITTLE for word in rest) or any(acting)
