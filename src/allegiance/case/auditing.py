"""What a case has to be judged: its statements from texts, and the texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegiance.evaluation.output import Output
from allegiance.model import TextEvidence

if TYPE_CHECKING:
    from allegiance.store import CaseFile


def outputs_of(file: CaseFile) -> list[Output]:
    """Return the statements in force that were read from texts, as a human judges them."""
    found = []
    for stmt in file.statements():
        if isinstance(stmt.evidence, TextEvidence):
            holder = " > ".join(stmt.source.chain[1:])
            put = f"{'not ' if stmt.negated else ''}{stmt.modality.value}"
            relation = (
                f"{stmt.act} ({'+' if stmt.polarity > 0 else '-' if stmt.polarity < 0 else '0'}), {put}"
            )
            if holder:
                relation += f", says {holder}"
            found.append(
                Output(
                    stmt.id,
                    stmt.evidence.document,
                    stmt.actor,
                    relation,
                    stmt.target,
                    stmt.reader.rule,
                    stmt.evidence.quote,
                )
            )
    return found
