"""UCDP Georeferenced Event Dataset: acts of organised violence, and who claimed them."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from allegiance.errors import BadRowError, clipped
from allegiance.events.fields import whole
from allegiance.events.format import LONGEST_NAME, READER_VERSION, Column, Format
from allegiance.events.header import has_columns, read_header
from allegiance.events.records import table_records
from allegiance.events.telling import told_by
from allegiance.model import DateInterval, Modality, ReaderTag, RowEvidence, Source, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from allegiance.events.format import Intake

FIRST_YEAR, LAST_YEAR = 1989, 2024
COLUMNS = (
    "id",
    "type_of_violence",
    "side_a",
    "side_b",
    "gwnoa",
    "gwnob",
    "country",
    "source_original",
    "date_start",
    "date_end",
)
_READER = ReaderTag("ucdp-ged", READER_VERSION, "row")
_ONE_SIDED = 3
_TYPES = (1, 2, _ONE_SIDED)
_CACHED = 1 << 16


class _Rows:
    """Turns rows into statements, one for each who claimed the event."""

    def __init__(self, intake: Intake) -> None:
        self.intake = intake
        self.act = intake.codebook.act("assault")
        self.actor = lru_cache(_CACHED)(self._actor)
        self.sources = lru_cache(_CACHED)(_sources)

    def statements(self, number: int, row: list[str]) -> list[Statement] | BadRowError:
        """Return the statements of the columns of `COLUMNS`, or why the row gives none."""
        key, kind, side_a, side_b, code_a, code_b, country, claimed, begin, end = (
            text.strip() for text in row
        )
        intake = self.intake
        try:
            event, violence = whole(key), whole(kind)
            codes = whole(code_a), whole(code_b)
        except ValueError as wrong:
            return intake.bad(number, f"{clipped(str(wrong), 20)!r} is no whole number")
        when = _dates(begin, end)
        if event is None or violence not in _TYPES or when is None:
            return intake.bad(
                number,
                f"it needs an id, a type of violence of 1 to 3, and days from {FIRST_YEAR} to {LAST_YEAR}",
            )
        if not side_a or not side_b:
            return intake.no_relation(number, "it has no second actor")
        if max(len(side_a), len(side_b), len(country)) > LONGEST_NAME:
            return intake.bad(number, f"an actor's name has more than {LONGEST_NAME} characters")
        actor = self.actor(codes[0], side_a, when.first)
        target = self.actor(codes[1], side_b, when.first)
        if violence == _ONE_SIDED:
            target = f"Civilians ({country})" if country else side_b
        if actor == target:
            return intake.no_relation(number, "both actors are the same")
        intake.tally.used += 1
        return [
            Statement(
                source=source,
                actor=actor,
                act=self.act.name,
                target=target,
                polarity=self.act.sign,
                weight=self.act.weight,
                modality=Modality.ASSERTED,
                negated=False,
                date=when,
                evidence=RowEvidence(intake.dataset, f"id {event}"),
                confidence=1.0,
                reader=_READER,
                actor_text=side_a,
                target_text=side_b,
            )
            for source in self.sources(claimed)
        ]

    def _actor(self, code: int | None, name: str, day: date) -> str:
        resolve = self.intake.resolve
        return (code and resolve("gw", str(code), day)) or resolve("name:ucdp", name, day) or name


def _sources(claimed: str) -> tuple[Source, ...]:
    """Return one chain for each who claimed an event: UCDP, and inside it the claimant."""
    names = dict.fromkeys(name.strip()[:LONGEST_NAME] for name in claimed.split(";") if name.strip())
    return tuple(Source(("UCDP GED", name)) for name in names) or (Source(("UCDP GED",)),)


def _dates(begin: str, end: str) -> DateInterval | None:
    """Return the days of an event, or None where they are none; a time of day behind them is ignored."""
    try:
        first, last = date.fromisoformat(begin[:10]), date.fromisoformat(end[:10])
    except ValueError:
        return None
    return (
        DateInterval(first, last)
        if FIRST_YEAR <= first.year <= last.year <= LAST_YEAR and first <= last
        else None
    )


def _read(intake: Intake) -> Iterator[Statement | BadRowError]:
    header = read_header(intake.path, intake.dataset)
    places, rows = header.places(COLUMNS), _Rows(intake)
    return told_by(
        table_records(intake, header),
        lambda number, fields: rows.statements(number, [fields[place] for place in places]),
    )


def _sniff(path: Path) -> bool:
    return has_columns(path, ("type_of_violence", "side_a", "gwnoa", "date_start"))


UCDP_GED = Format(
    name="ucdp-ged",
    title="UCDP Georeferenced Event Dataset",
    citation=(
        "Sundberg, R. and Melander, E. (2013). Introducing the UCDP Georeferenced Event Dataset. Journal of Peace "
        "Research 50(4), 523-532. https://doi.org/10.1177/0022343313484347"
    ),
    terms="CC BY 4.0, with citation of the data set and its newest article.",
    url="https://ucdp.uu.se/downloads/",
    columns=(
        Column("id", "key of the row", ()),
        Column("type_of_violence", "1 with a state, 2 without, 3 against civilians", ()),
        Column("side_a, side_b", "the parties' names"),
        Column("gwnoa, gwnob", "Gleditsch-Ward codes of those that are states", ("", "-9", "NA")),
        Column("country", "where; tells the civilians of one country from those of another"),
        Column("source_original", "who claimed it, parted by semicolons"),
        Column("date_start, date_end", f"first and last day, {FIRST_YEAR} to {LAST_YEAR}", ()),
    ),
    notes=(
        "Side A assaults side B, with the weight of the act in the code book; deaths and places aren't read.",
        "The source is UCDP, and inside it who claimed the event: one statement for each claimant.",
        "Violence against civilians is aimed at an actor of its own: 'Civilians (Syria)'.",
        "Editions without source_original (before 5.0) are refused: they don't say who claimed what.",
        "Quoted fields may hold line ends; a row is known by the line it begins on.",
    ),
    sniff=_sniff,
    read=_read,
)
