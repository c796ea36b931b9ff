"""What a case keeps of the articles behind rows of event data: their quotations and tone, from GDELT's knowledge graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegiance.store import CaseFile

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from allegiance.model import Document, Statement

MOST_ARTICLES = 100
"""Addresses looked up for one explanation; nobody reads further."""


def articles_of(path: Path, stmts: Iterable[Statement]) -> list[Document]:
    """Return the documents of the case at `path` that stand at the addresses of statements from data sets.

    Statements quote their own documents; these are context beside them, and nothing is computed from it.
    """
    addresses = dict.fromkeys(dict(stmt.qualifiers).get("url", "") for stmt in stmts)
    addresses.pop("", None)
    if not addresses:
        return []
    with CaseFile(path) as file:
        return file.documents_at(list(addresses)[:MOST_ARTICLES])
