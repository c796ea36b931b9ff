"""Plain signed edge lists as statements: ``source,target,weight[,period]``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegiance.errors import BadRowError, DataError
from allegiance.events.edge_rows import EdgeRows, edge_columns
from allegiance.events.format import LONGEST_NAME, READER_VERSION, Column, Format
from allegiance.events.header import table_rows
from allegiance.events.periods import period
from allegiance.model import DateInterval, Modality, ReaderTag, RowEvidence, Source, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from allegiance.events.format import Intake

_READER = ReaderTag("edges", READER_VERSION, "row")


def _read(intake: Intake) -> Iterator[Statement | BadRowError]:
    rows = EdgeRows(intake, edge_columns(intake.path, intake.dataset))
    source = Source((intake.path.stem,))
    dates: dict[str, DateInterval | None] = {}
    for item in rows.ties(table_rows(intake, rows.columns.header)):
        if isinstance(item, BadRowError):
            yield item
            continue
        number, actor, target, weight, when = item
        if when not in dates:
            dates[when] = period(when)
        yield Statement(
            source=source,
            actor=actor,
            act="tie",
            target=target,
            polarity=(weight > 0) - (weight < 0),
            weight=abs(weight),
            modality=Modality.ASSERTED,
            negated=False,
            date=dates[when],
            evidence=RowEvidence(intake.dataset, f"line {number}"),
            confidence=1.0,
            reader=_READER,
            actor_text=actor,
            target_text=target,
        )


def _sniff(path: Path) -> bool:
    try:
        edge_columns(path, path.name)
    except DataError:
        return False
    return True


EDGES = Format(
    name="edges",
    title="Plain signed edge list",
    citation="Cite the list's own authors.",
    terms="Those of the list.",
    url="",
    columns=(
        Column("source (or a, from)", "one actor, under the name the case shall use", ()),
        Column("target (or b, to)", "the other actor", ()),
        Column("weight (or sign)", "signed decimal number, kept in integer tenths", ()),
        Column("period (or year, window)", "2031-04-09, 2031-04, 2031, 1946-1949, 1946-49 or 46-49"),
    ),
    notes=(
        "Columns are found by their names, in any order, parted by comma, tab, semicolon or bar; others are ignored.",
        "Actors are the strings of the file: nothing is resolved.",
        "Weights are read as decimals; beyond one decimal place they are rounded half to even, and counted.",
        "A tie of an actor to itself is skipped; a weight of 0 gives a statement without a sign.",
        f"At most {LONGEST_NAME} characters of a name; a longer one is a broken row.",
    ),
    sniff=_sniff,
    read=_read,
)
