"""A statement shown with the words around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from allegiance.model.statement import TextEvidence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from allegiance.model.document import Document
    from allegiance.model.statement import Statement


@dataclass(frozen=True, slots=True)
class Quote:
    """A statement with the words around it.

    Attributes:
        stmt: the statement.
        verdict: accept, reject, or empty where nobody has reviewed it.
        doc: the text that it was read from; None for a row of a data set.
        outlets: the outlets that had this text or a copy of it; empty for a row of a data set.
        copy_of: id of the statement shown beside it that tells the same in a copy of the text; empty where there is none.
    """

    stmt: Statement
    verdict: str = ""
    doc: Document | None = None
    outlets: tuple[str, ...] = ()
    copy_of: str = ""

    @property
    def context(self) -> tuple[str, str]:
        """Some of the text before the quote and behind it; empty for a row of a data set."""
        if self.doc is None or not isinstance(self.stmt.evidence, TextEvidence):
            return "", ""
        return self.stmt.evidence.context(self.doc.text)

    def marked(self) -> list[tuple[str, str]]:
        """Return the quote in pieces (words, role), the role being actor, target or empty."""
        evidence = self.stmt.evidence
        if not isinstance(evidence, TextEvidence):
            return [(f"{evidence.dataset}, {evidence.row}", "")]
        spans = _spans(evidence.quote, self.stmt.actor_text, self.stmt.target_text)
        pieces: list[tuple[str, str]] = []
        done = 0
        for start, end, role in spans:
            pieces += [(evidence.quote[done:start], ""), (evidence.quote[start:end], role)]
            done = end
        pieces.append((evidence.quote[done:], ""))
        return [piece for piece in pieces if piece[0]]

    @property
    def words(self) -> str:
        """The quoted words; of a row of a data set, which one."""
        return "".join(piece for piece, _ in self.marked())

    def to_json(self) -> dict[str, Any]:
        """Return the statement's documented keys, with verdict, context and where the text stands."""
        before, after = self.context
        return {
            **self.stmt.to_json(),
            "verdict": self.verdict,
            "before": before,
            "after": after,
            "outlet": self.stmt.source.outlet,
            "title": self.doc.title if self.doc else "",
            "url": self.doc.url if self.doc else "",
            "report_in": list(self.outlets),
            "copy_of": self.copy_of,
        }


def _spans(quote: str, actor_text: str, target_text: str) -> Iterable[tuple[int, int, str]]:
    """Find the first place of either's words in the quote; overlapping ones give way to the longer."""
    found: list[tuple[int, int, str]] = []
    wanted = sorted(((actor_text, "actor"), (target_text, "target")), key=lambda words: -len(words[0]))
    for words, role in wanted:
        start = quote.find(words) if words else -1
        while start >= 0 and any(start < end and begin < start + len(words) for begin, end, _ in found):
            start = quote.find(words, start + 1)
        if start >= 0:
            found.append((start, start + len(words), role))
    return sorted(found)
