"""The row of a lake: its columns, and how a statement becomes one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from allegiance.model import Modality, RowEvidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from allegiance.model import Statement

TEXTS = "texts"
"""The dataset of rows that were read from texts; that of the others is the name of their format."""

ATTITUDE = "attitude"
"""The act that is a judgement of the speaker's own, not one between parties."""


@dataclass(frozen=True, slots=True)
class LakeColumn:
    """One column: its name, DuckDB's type for it, and what it says."""

    name: str
    kind: str
    meaning: str


COLUMNS: tuple[LakeColumn, ...] = (
    LakeColumn("dataset", "VARCHAR", "format of the archive, or `texts`; a partition"),
    LakeColumn("year", "SMALLINT", "year of `date`, null where it is not known; a partition"),
    LakeColumn("month", "DATE", "first day of the month of `date`"),
    LakeColumn("date", "DATE", "first day that the statement speaks of"),
    LakeColumn("last", "DATE", "last day, the same as `date` for an event of one day"),
    LakeColumn("source", "VARCHAR", "who says it: the data set, or the outlet of a text"),
    LakeColumn("outlet", "VARCHAR", "the publisher inside a data set where it names one; else as `source`"),
    LakeColumn("speaker", "VARCHAR", "who is quoted by the outlet, outermost first, joined by ' > '"),
    LakeColumn("actor", "VARCHAR", "who acts"),
    LakeColumn("act", "VARCHAR", "the act, by its name in the code book"),
    LakeColumn("code", "VARCHAR", "the CAMEO code of the row where it has one"),
    LakeColumn("target", "VARCHAR", "who is acted upon"),
    LakeColumn("polarity", "TINYINT", "+1 with, -1 against, 0 neither"),
    LakeColumn("weight", "BIGINT", "integer tenths, at least 0"),
    LakeColumn(
        "tenths",
        "BIGINT",
        "what it brings to a tie: polarity x weight where it is plainly asserted, else 0",
    ),
    LakeColumn("modality", "VARCHAR", "asserted, denied, demanded, predicted, conditional, hypothetical"),
    LakeColumn("negated", "BOOLEAN", "whether the words negate the act"),
    LakeColumn("confidence", "DOUBLE", "0 to 1"),
    LakeColumn("file", "VARCHAR", "the archive or file that it stands in"),
    LakeColumn("row", "VARCHAR", "the key of the row in it; of a text: document id and characters"),
    LakeColumn("quote", "VARCHAR", "the quoted words of a text, null for a row of a data set"),
)
NAMES = tuple(column.name for column in COLUMNS)
Batch = dict[str, list[Any]]
"""Some rows, column by column: the form in which they go through processes and clusters."""


def row_of(stmt: Statement, dataset: str, file: str) -> tuple[Any, ...]:
    """Return the row of a statement, in the order of `COLUMNS`."""
    outlet, speakers = _outlet(stmt.source.chain, dataset)
    day = stmt.date.first if stmt.date else None
    evidence = stmt.evidence
    if isinstance(evidence, RowEvidence):
        place, quote = (evidence.dataset, evidence.row), None
    else:
        place, quote = (file, f"{evidence.document} {evidence.start}-{evidence.end}"), evidence.quote
    plain = stmt.modality is Modality.ASSERTED and not stmt.negated and stmt.act != ATTITUDE
    return (
        dataset,
        day.year if day else None,
        day.replace(day=1) if day else None,
        day,
        stmt.date.last if stmt.date else None,
        stmt.source.outlet,
        outlet,
        " > ".join(speakers),
        stmt.actor,
        stmt.act,
        dict(stmt.qualifiers).get("cameo", ""),
        stmt.target,
        stmt.polarity,
        stmt.weight,
        stmt.polarity * stmt.weight if plain else 0,
        stmt.modality.value,
        stmt.negated,
        stmt.confidence,
        *place,
        quote,
    )


def batch_of(rows: Iterable[tuple[Any, ...]]) -> Batch:
    """Turn rows into columns."""
    columns = list(zip(*rows, strict=True)) or [()] * len(NAMES)
    return {name: list(column) for name, column in zip(NAMES, columns, strict=True)}


def arrays_of(batch: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
    """Return the columns as NumPy arrays, which DuckDB reads in place."""
    return {name: np.array(values, dtype=object) for name, values in batch.items()}


def _outlet(chain: tuple[str, ...], dataset: str) -> tuple[str, tuple[str, ...]]:
    """Return the publisher, and who is quoted inside it: data sets stand in front of the outlet that they read."""
    if dataset == TEXTS or len(chain) == 1:
        return chain[0], chain[1:]
    return chain[1], chain[2:]
