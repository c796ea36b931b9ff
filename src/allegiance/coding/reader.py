"""The reader by rules, what readers over the parse share, and what any reader and any namer must be able to do."""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import bisect_left, bisect_right
from collections import deque
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from allegiance.coding import rules
from allegiance.coding.assembly import assemble
from allegiance.coding.lexicon import Lexicon
from allegiance.coding.pipeline import load
from allegiance.coding.reading_copy import ReadingCopy
from allegiance.model import ReaderTag, check_evidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from allegiance.coding.discourse import Discourse
    from allegiance.model import Actor, Document, Mention, Statement


class Namer(Protocol):
    """Finds who is named in a text; handed in, so that reading doesn't depend on where names come from."""

    def mentions(self, text: str, *, day: date | None = None) -> list[Mention]:
        """Return the mentions of actors in `text` as of `day`, by offset, not overlapping."""
        ...

    def actor(self, name: str) -> Actor | None:
        """Return the actor of this canonical name, or None."""
        ...


class Reader(Protocol):
    """Turns documents into statements; `tag` says which reader it is, in which version."""

    @property
    def tag(self) -> ReaderTag:
        """Name and version."""
        ...

    def read(self, doc: Document) -> list[Statement]:
        """Return what `doc` states, every quote proven to stand in it."""
        ...

    def read_many(self, docs: Iterable[Document]) -> Iterator[tuple[Document, list[Statement]]]:
        """Read documents in batches, in order."""
        ...


@dataclass(slots=True)
class _Reading:
    """A document that is being read: how many of its segments are still to come, and what was told by the others."""

    doc: Document
    copy: ReadingCopy
    left: int
    told: list[Statement] = field(default_factory=list)
    mentions: list[Mention] | None = None

    def mentions_in(self, segment: ReadingCopy, namer: Namer) -> list[Mention]:
        """Return who is named in a segment; names are looked for in the whole text, for a surname needs its full name."""
        if self.mentions is None:
            day = self.doc.date.first if self.doc.date is not None else None
            self.mentions = namer.mentions(self.copy.text, day=day)
        if segment is self.copy:
            return self.mentions
        end = segment.begin + len(segment.text)
        first = bisect_left(self.mentions, segment.begin, key=lambda one: one.start)
        after = bisect_right(self.mentions, end, key=lambda one: one.end)
        return [
            replace(one, start=one.start - segment.begin, end=one.end - segment.begin)
            for one in self.mentions[first:after]
        ]


class ParsingReader(ABC):
    """What all readers do that work on the dependency parse; what they tell of a document is their own."""

    def __init__(self, namer: Namer, *, pipeline: str | None = None) -> None:
        """Keep `namer`, load the language pipeline.

        Raises:
            MissingExtraError: the language pipeline isn't installed.
            UsageError: `pipeline` names none that is.
        """
        self._namer = namer
        self._pipeline = load(pipeline)
        self._lexicon = Lexicon.shipped()

    @property
    @abstractmethod
    def tag(self) -> ReaderTag:
        """Name and version of this reader."""

    def read(self, doc: Document) -> list[Statement]:
        """Return what `doc` states, in the order of its sentences."""
        return next(found for _, found in self.read_many([doc]))

    def read_many(self, docs: Iterable[Document]) -> Iterator[tuple[Document, list[Statement]]]:
        """Read documents in batches, in order; yields each with its statements as soon as it is done."""
        # The pipeline parses ahead: the documents of which it has segments wait here, each with what was found so far.
        waiting: deque[_Reading] = deque()
        for segment, sentences in self._pipeline.sentences(self._segments(docs, waiting)):
            reading = waiting[0]
            mentions = reading.mentions_in(segment, self._namer)
            discourse = assemble(segment.text, sentences, mentions, self._lexicon, self._kind)
            reading.told.extend(self._told(reading.doc, segment, discourse))
            reading.left -= 1
            if not reading.left:
                waiting.popleft()
                yield reading.doc, check_evidence(reading.told, reading.doc)

    @staticmethod
    def _segments(docs: Iterable[Document], waiting: deque[_Reading]) -> Iterator[ReadingCopy]:
        for doc in docs:
            copy = ReadingCopy.of(doc.text)
            segments = list(copy.segments())
            waiting.append(_Reading(doc, copy, len(segments)))
            yield from segments

    @abstractmethod
    def _told(self, doc: Document, copy: ReadingCopy, discourse: Discourse) -> Iterable[Statement]:
        """Return what the document states."""

    def _kind(self, name: str) -> str:
        actor = self._namer.actor(name)
        return actor.kind if actor is not None else ""


class RulesReader(ParsingReader):
    """Reads by rules over the dependency parse; every statement names its rule."""

    @property
    def tag(self) -> ReaderTag:
        """Name and version of this reader."""
        return ReaderTag(rules.NAME, rules.VERSION)

    def _told(self, doc: Document, copy: ReadingCopy, discourse: Discourse) -> Iterable[Statement]:
        return rules.statements(doc, copy, discourse)
