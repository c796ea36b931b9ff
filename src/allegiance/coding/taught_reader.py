"""The reader that was taught: networks find who appears and how they stand, rules say how it is put, when, and who passes it on.

What the rules read by themselves is told too: of plain sentences they know the act, the speakers and the manner more exactly. Where both
find the same, the rules' statement stands, with what hangs on the network's.

One pass of a small encoder over the text as it stands finds the mentions; one pass of the reader over the text with made-up names
judges every two actors. Rules of grammar then see the sentence that most likely carries a finding: they may make a statement weaker
(denied, conditional, only demanded), never stronger.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from allegiance.coding import rules
from allegiance.coding.assembly import assemble
from allegiance.coding.model import cast, findings, networks
from allegiance.coding.model.stating import Bars, Telling, statements
from allegiance.coding.reader import ParsingReader
from allegiance.coding.reading_copy import ReadingCopy
from allegiance.model import Modality, ReaderTag, Source, TextEvidence, check_evidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from allegiance.coding.discourse import Discourse
    from allegiance.coding.model.cast import Member
    from allegiance.coding.model.findings import Finding
    from allegiance.coding.reader import Namer
    from allegiance.model import Document, Statement

NAME = "taught"
VERSION = "1"
# Rules that are wrong more often than right on the annotated passages (docs/taught.md has the counts); `rules` tells them still.
_OFTEN_WRONG = frozenset({"judgement", "group-listed", "side-against"})


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
        names = {words.casefold(): name for name, others in actors.items() for words in (*others, name)}
        found: list[Statement] = []
        for segment, sentences in self._pipeline.sentences(copy.segments()):
            known = self._namer.mentions(segment.text, day=doc.date.first if doc.date else None)
            discourse = assemble(segment.text, sentences, known, self._lexicon, self._kind)
            told = self._of_members(doc, segment, discourse, cast.given(segment.text, actors))
            ruled = (_under(stmt, names, doc.outlet) for stmt in self._ruled(doc, segment, discourse))
            found.extend(joined((stmt for stmt in ruled if stmt is not None), told))
        return check_evidence(found, doc)

    def _told(self, doc: Document, copy: ReadingCopy, discourse: Discourse) -> Iterable[Statement]:
        bounds = _bounds(discourse)
        if not bounds:
            return []
        members = cast.cast(
            discourse.text, bounds, discourse.mentions, self._networks.finder, self._bars.cast
        )
        found = self._of_members(doc, copy, discourse, members)
        return joined(self._ruled(doc, copy, discourse), found)

    def _ruled(self, doc: Document, copy: ReadingCopy, discourse: Discourse) -> Iterator[Statement]:
        for stmt in rules.statements(doc, copy, discourse):
            if stmt.reader.rule in _OFTEN_WRONG:
                continue
            yield replace(stmt, reader=ReaderTag(NAME, VERSION, stmt.reader.rule))

    def _of_members(
        self, doc: Document, copy: ReadingCopy, discourse: Discourse, members: Sequence[Member]
    ) -> Iterable[Statement]:
        bounds = _bounds(discourse)
        if not bounds or not members:
            return []
        found = findings.find(discourse.text, bounds, members, self._networks)
        return self._stated(found, Telling(doc, copy, discourse, members, self.tag))

    def _stated(self, found: Sequence[Finding], telling: Telling) -> list[Statement]:
        """Return the statements of what was found; whoever chooses the thresholds looks in here."""
        return statements(found, telling, self._bars)


def joined(ruled: Iterable[Statement], taught: Iterable[Statement]) -> list[Statement]:
    """Return what rules and networks found, in the order of the text; of the same tie, by the same holder, told alike, the rules' telling.

    A rules' statement takes over what the network saw hang on it.
    """
    seen: dict[tuple[object, ...], Statement] = {}
    for stmt in taught:
        seen.setdefault(_same(stmt), stmt)
    found = []
    known = set()
    for stmt in ruled:
        key = _same(stmt)
        known.add(key)
        also = dict(seen[key].qualifiers) if key in seen else {}
        found.append(replace(stmt, qualifiers=tuple(sorted((also | dict(stmt.qualifiers)).items()))))
    found += [stmt for key, stmt in seen.items() if key not in known]
    return sorted(found, key=_place)


def _place(stmt: Statement) -> int:
    return stmt.evidence.start if isinstance(stmt.evidence, TextEvidence) else 0


def _same(stmt: Statement) -> tuple[object, ...]:
    """Return what makes two statements one: pair, sign, innermost holder, and whether told as fact, as something else, as not so."""
    not_so = stmt.negated or stmt.modality is Modality.DENIED
    told = "not so" if not_so else "fact" if stmt.modality is Modality.ASSERTED else "else"
    return frozenset((stmt.actor, stmt.target)), stmt.polarity, stmt.source.chain[1:][-1:], told


def _under(stmt: Statement, names: Mapping[str, str], outlet: str) -> Statement | None:
    """Return a statement under given names; None where one of its two isn't among them."""
    actor, target = (
        names.get(words.casefold(), names.get(name.casefold()))
        for words, name in ((stmt.actor_text, stmt.actor), (stmt.target_text, stmt.target))
    )
    if actor is None or target is None or actor == target:
        return None
    chain = tuple(names.get(name.casefold(), name) for name in stmt.source.chain[1:])
    return replace(stmt, actor=actor, target=target, source=Source((outlet, *chain)))


def _bounds(discourse: Discourse) -> list[tuple[int, int]]:
    return [(view.sent.start, view.sent.end) for view in discourse.views]
