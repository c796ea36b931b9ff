"""Which texts of a case are copies of each other, and the rows of its statements with one for each story."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from allegiance.model import Modality, TextEvidence
from allegiance.network.counting import STORY, WHOLE, CountingPolicy, dated_row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from allegiance.model import Statement
    from allegiance.network.counting import Row
    from allegiance.network.stories import Stories
    from allegiance.store import CaseFile

_FOUND: WeakKeyDictionary[CaseFile, tuple[frozenset[str], Stories]] = WeakKeyDictionary()
"""The stories of open cases with the texts they were found among: a report asks for them once an outlet."""

_ALL = CountingPolicy(dict.fromkeys(Modality, WHOLE), WHOLE, WHOLE)
"""Counts whatever has a sign: whether statements are copies doesn't hang on whether they count."""


def stories_of(file: CaseFile) -> Stories:
    """Return the stories among all texts of a case in which statements in force stand, whichever of them is asked about.

    So that a text is in the same story for every question.
    """
    from allegiance.network.stories import Stories  # noqa: PLC0415 - most questions need no numeric library for it

    documents = frozenset(file.text_ids())
    known = _FOUND.get(file)
    if known is None or known[0] != documents:
        known = _FOUND[file] = documents, Stories.found(file.texts(documents))
    return known[1]


def copies_of(file: CaseFile, rows: list[Row], policy: CountingPolicy) -> dict[str, str]:
    """Return the ids of dated rows that only repeat another text's, with the id that counts for them; none under another policy."""
    from allegiance.network.stories import copies  # noqa: PLC0415 - as above

    return copies(rows, policy, lambda: stories_of(file)) if policy.once == STORY else {}


def each_story_once(file: CaseFile, rows: list[Row], policy: CountingPolicy) -> list[Row]:
    """Return dated rows without those that only repeat another text's, where the policy counts by story."""
    left_out = copies_of(file, rows, policy)
    return [row for row in rows if row[0] not in left_out] if left_out else rows


def drawn_by_story(file: CaseFile, rows: list[Row]) -> list[Row]:
    """Return dated rows with the story of a text in the text's place, so that copies are drawn as one."""
    if not any(row[13] is None for row in rows):
        return rows
    of = stories_of(file).of
    return [row if row[13] is not None else (*row[:12], of.get(row[12], row[12]), *row[13:]) for row in rows]


def reports(file: CaseFile, stmts: Sequence[Statement]) -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    """Return the outlets that had the report of each statement from a text, and which of these statements repeat which others.

    Both by the ids of statements.
    """
    texts = [(stmt.id, stmt.evidence.document) for stmt in stmts if isinstance(stmt.evidence, TextEvidence)]
    if not texts or not file.has_texts():
        return {}, {}
    stories = stories_of(file)
    outlets = {stmt_id: stories.outlets_of(document) for stmt_id, document in texts}
    return outlets, copies_of(file, [dated_row(stmt) for stmt in stmts], _ALL)
