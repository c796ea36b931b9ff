"""The one check that every reader's statements pass: the quote stands where the evidence says, and so does all else of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegiance.errors import DataError, clipped
from allegiance.model.statement import TextEvidence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from allegiance.model.document import Document
    from allegiance.model.statement import Statement


def check_evidence(stmts: Iterable[Statement], doc: Document) -> list[Statement]:
    """Return the statements as a list, all of them proven to quote `doc` rightly.

    Raises:
        DataError: a statement whose ``doc.text[start:end]`` is not its quote, of which a further span holds no characters of
            the text, or that cites another document.
    """
    checked = list(stmts)
    doc_id = doc.id
    for stmt in checked:
        evidence = stmt.evidence
        if not isinstance(evidence, TextEvidence) or evidence.document != doc_id:
            raise DataError(
                f"A statement of reader {stmt.reader} doesn't cite the document it was read from."
            )
        # An empty span would "prove" anything, and Python slices forgive negative offsets.
        inside = 0 <= evidence.start < evidence.end <= len(doc.text)
        if not inside or doc.text[evidence.start : evidence.end] != evidence.quote:
            raise DataError(
                f"A statement of reader {stmt.reader} quotes {clipped(evidence.quote)!r}, which does not stand at "
                f"characters {evidence.start} to {evidence.end} of document {doc_id}."
            )
        outside = next((span for span in evidence.also if not 0 <= span[0] < span[1] <= len(doc.text)), None)
        if outside is not None:
            raise DataError(
                f"A statement of reader {stmt.reader} also rests on characters {outside[0]} to {outside[1]}, which "
                f"document {doc_id} doesn't have."
            )
    return checked
