"""The reader by rules, and what any reader and any namer must be able to do."""

from __future__ import annotations

from itertools import tee
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

    from allegiance.coding.parse import Sentence
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


class RulesReader:
    """Reads by rules over the dependency parse; every statement names its rule."""

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
    def tag(self) -> ReaderTag:
        """Name and version of this reader."""
        return ReaderTag(rules.NAME, rules.VERSION)

    def read(self, doc: Document) -> list[Statement]:
        """Return what `doc` states, in the order of its sentences."""
        return next(found for _, found in self.read_many([doc]))

    def read_many(self, docs: Iterable[Document]) -> Iterator[tuple[Document, list[Statement]]]:
        """Read documents in batches, in order; yields each with its statements as soon as it is done."""
        kept, parsed = tee(docs)
        copies = (ReadingCopy.of(doc.text) for doc in parsed)
        for doc, (copy, sentences) in zip(kept, self._pipeline.sentences(copies), strict=True):
            yield doc, self._read(doc, copy, sentences)

    def _read(self, doc: Document, copy: ReadingCopy, sentences: list[Sentence]) -> list[Statement]:
        day = doc.date.first if doc.date is not None else None
        mentions = self._namer.mentions(copy.text, day=day)
        discourse = assemble(copy.text, sentences, mentions, self._lexicon, self._kind)
        return check_evidence(rules.statements(doc, copy, discourse), doc)

    def _kind(self, name: str) -> str:
        actor = self._namer.actor(name)
        return actor.kind if actor is not None else ""
