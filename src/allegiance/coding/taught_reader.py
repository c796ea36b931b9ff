"""The reader that was taught: networks find who appears and how they stand, rules say how it is put, when, and who passes it on.

One pass of a small encoder over the text as it stands finds the mentions; one pass of the reader over the text with made-up names
judges every two actors. Rules of grammar then see the sentence that most likely carries a finding: they may make a statement weaker
(denied, conditional, only demanded), never stronger.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegiance.coding.assembly import assemble
from allegiance.coding.model import cast, findings, networks
from allegiance.coding.model.stating import Bars, Telling, statements
from allegiance.coding.reader import ParsingReader
from allegiance.coding.reading_copy import ReadingCopy
from allegiance.model import ReaderTag, check_evidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from allegiance.coding.discourse import Discourse
    from allegiance.coding.model.cast import Member
    from allegiance.coding.model.findings import Finding
    from allegiance.coding.reader import Namer
    from allegiance.model import Document, Statement

NAME = "taught"
VERSION = "1"


class TaughtReader(ParsingReader):
    """Reads with the networks that learnt from passages read with care."""

    def __init__(self, namer: Namer, *, pipeline: str | None = None) -> None:
        """Keep `namer`, load the language pipeline and the networks.

        Raises:
            MissingExtraError: the language pipeline, or what runs the networks, isn't installed.
            UsageError: `pipeline` names none that is.
        """
        super().__init__(namer, pipeline=pipeline)
        self._networks = networks.load()
        self._bars = Bars.of(self._networks.bars)

    @property
    def tag(self) -> ReaderTag:
        """Name and version of this reader."""
        return ReaderTag(NAME, VERSION)

    def read_given(self, doc: Document, actors: Mapping[str, Sequence[str]]) -> list[Statement]:
        """Return what `doc` states of `actors`: by name, all words that may stand for each. Statements bear these names."""
        copy = ReadingCopy.of(doc.text)
        found: list[Statement] = []
        for segment, sentences in self._pipeline.sentences(copy.segments()):
            known = self._namer.mentions(segment.text, day=doc.date.first if doc.date else None)
            discourse = assemble(segment.text, sentences, known, self._lexicon, self._kind)
            found.extend(self._of_members(doc, segment, discourse, cast.given(segment.text, actors)))
        return check_evidence(found, doc)

    def _told(self, doc: Document, copy: ReadingCopy, discourse: Discourse) -> Iterable[Statement]:
        bounds = _bounds(discourse)
        if not bounds:
            return []
        members = cast.cast(
            discourse.text, bounds, discourse.mentions, self._networks.finder, self._bars.cast
        )
        return self._of_members(doc, copy, discourse, members)

    def _of_members(
        self, doc: Document, copy: ReadingCopy, discourse: Discourse, members: Sequence[Member]
    ) -> Iterable[Statement]:
        bounds = _bounds(discourse)
        if not bounds or not members:
            return []
        found = findings.find(discourse.text, bounds, members, self._networks.relations)
        return self._stated(found, Telling(doc, copy, discourse, members, self.tag))

    def _stated(self, found: Sequence[Finding], telling: Telling) -> list[Statement]:
        """Return the statements of what was found; whoever chooses the thresholds looks in here."""
        return statements(found, telling, self._bars)


def _bounds(discourse: Discourse) -> list[tuple[int, int]]:
    return [(view.sent.start, view.sent.end) for view in discourse.views]
