"""From the reviews of a case to annotated passages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allegiance.exchange.annotations import passages
from allegiance.model import TextEvidence
from allegiance.store import StatementFilter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from allegiance.model import Statement
    from allegiance.store import CaseFile


def annotated(file: CaseFile, *, everything: bool = False) -> Iterator[dict[str, Any]]:
    """Yield the documents of a case in which statements were reviewed, as annotated passages.

    What was rejected is left out, what was accepted must be found; with `everything` what wasn't reviewed is written down too, as what
    may be found.
    """
    verdicts = file.history().verdicts
    reviewed: dict[str, None] = {}
    by_document: dict[str, list[Statement]] = {}
    for stmt in file.statements(StatementFilter(rejected=True)):
        if not isinstance(stmt.evidence, TextEvidence):
            continue
        verdict = verdicts.get(stmt.id)
        if verdict is not None:
            reviewed.setdefault(stmt.evidence.document)
        if verdict == "accept" or (everything and verdict is None):
            by_document.setdefault(stmt.evidence.document, []).append(stmt)
    accepted = {stmt_id for stmt_id, verdict in verdicts.items() if verdict == "accept"}
    for doc_id in reviewed:
        doc = file.document(doc_id)
        if doc is not None and doc_id in by_document:
            yield from passages(doc, by_document[doc_id], accepted)
