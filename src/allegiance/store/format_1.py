"""What was otherwise in case files of format 1: what an id was a hash of, and where further spans of a text stood."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from allegiance.model import TextEvidence

if TYPE_CHECKING:
    from allegiance.model import Document, Statement

_ALSO = "also"
_SPANS = re.compile(r"(\d{1,15})-(\d{1,15})")


def ids(stmt: Statement) -> tuple[str, ...]:
    """Return the ids that format 1 may have given to a statement read from such a file.

    They were hashes of marking and confidence, too. A confidence of 1 was written without a point or with one, by the hand of
    whoever made the statement, and the file doesn't tell which.
    """
    fields = stmt.to_json()
    for key in ("id", "read_as"):
        fields.pop(key, None)
    confidences = [fields["confidence"]]
    if stmt.confidence in (0, 1):
        confidences.append(int(stmt.confidence))
    return tuple(_hash({**fields, "confidence": confidence}) for confidence in confidences)


def _hash(fields: dict[str, object]) -> str:
    content = json.dumps(fields, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return "s" + hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:15]


def brought_up(stmt: Statement, doc: Document | None) -> Statement:
    """Return a statement of format 1 as format 2 has it: further spans stand with its evidence, no longer among its qualifiers.

    Words that are no spans of `doc`, its document, stay where they are: whoever wrote them meant something else by "also".
    """
    said = dict(stmt.qualifiers).get(_ALSO)
    if said is None or not isinstance(stmt.evidence, TextEvidence):
        return stmt
    found = [_SPANS.fullmatch(part) for part in said.split("; ")]
    spans = tuple((int(match[1]), int(match[2])) for match in found if match)
    most = len(doc.text) if doc else 0
    if len(spans) < len(found) or not all(start < end <= most for start, end in spans):
        return stmt
    qualifiers = tuple(pair for pair in stmt.qualifiers if pair[0] != _ALSO)
    return replace(stmt, evidence=replace(stmt.evidence, also=spans), qualifiers=qualifiers)
