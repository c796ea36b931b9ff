"""POLECAT: PLOVER events coded from the world's news, the successor of ICEWS."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from allegiance.errors import BadRowError, clipped
from allegiance.events.format import LONGEST_NAME, READER_VERSION, Column, Format
from allegiance.events.gdelt_actor import ROLE_WORDS, STATE_ROLES
from allegiance.events.header import has_columns, read_header
from allegiance.events.textfile import lines, split_row
from allegiance.model import DateInterval, Modality, ReaderTag, RowEvidence, Source, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from allegiance.events.format import Intake, Resolve
    from allegiance.events.header import Header

MISSING = frozenset({"", "None", "NA"})
COLUMNS = (
    "event id",
    "event date",
    "event type",
    "event mode",
    "actor name",
    "actor country",
    "actor cow",
    "primary actor sector",
    "recipient name",
    "recipient country",
    "recipient cow",
    "primary recipient sector",
    "source",
    "publication date",
)
# Some yearly files name this column in the header and leave it out of the rows.
_PHANTOM = "headline"
_READER = ReaderTag("polecat", READER_VERSION, "row")
_CACHED = 1 << 16


class Party(NamedTuple):
    """The columns of one actor."""

    name: str
    country: str
    cow: str
    sector: str


def polecat_actor(party: Party, day: date, resolve: Resolve) -> str | None:
    """Return the name under which an actor counts, or None where the row names nobody.

    The state for its government, forces, parliament and courts; anybody else under the own name; a sector without
    a name as a part of its country ("Veldania (media)").
    """
    named, placed = party.name not in MISSING, party.country not in MISSING
    country = None
    if placed:
        by_code = resolve("cow", party.cow, day) if party.cow not in MISSING else None
        country = (
            by_code
            or resolve("iso3", party.country, day)
            or resolve("name:polecat", party.country, day)
            or party.country
        )
    sector = "" if party.sector in MISSING else party.sector
    if country and sector and sector in STATE_ROLES:
        return country
    if named:
        return resolve("name:polecat", party.name, day) or party.name
    if country and sector:
        return f"{country} ({ROLE_WORDS.get(sector, sector)})"
    return country


class _Rows:
    """Turns rows into statements; the lookups that rows repeat are made once."""

    def __init__(self, intake: Intake) -> None:
        self.intake = intake
        self.acts = {act.plover: act for act in intake.codebook.acts.values() if act.plover}
        resolve = intake.resolve
        self.actor = lru_cache(_CACHED)(lambda party, day: polecat_actor(Party(*party), day, resolve))
        self.source = lru_cache(_CACHED)(
            lambda name: Source(("POLECAT",) if name in MISSING else ("POLECAT", name[:LONGEST_NAME]))
        )

    def statement(self, number: int, row: list[str]) -> Statement | BadRowError:
        """Return the statement of the columns of `COLUMNS`, or why the row gives none."""
        key, when, kind, mode, *parties, source, published = row
        intake = self.intake
        act = self.acts.get(kind.upper())
        if act is None:
            return intake.bad(number, f"{clipped(kind, 20)!r} is no PLOVER event type")
        try:
            day = date.fromisoformat(when)
        except ValueError:
            return intake.bad(number, f"{clipped(when, 20)!r} is no day (YYYY-MM-DD)")
        if published not in MISSING and when > published[:10]:
            return intake.bad(number, "its day lies after the day on which it was published")
        first, second = Party(*parties[:4]), Party(*parties[4:])
        actor, target = self.actor(first, day), self.actor(second, day)
        if actor is None or target is None or actor == target:
            missing = actor is None or target is None
            return intake.no_relation(
                number, "an actor is missing" if missing else "both actors are the same"
            )
        if max(len(actor), len(target)) > LONGEST_NAME:
            return intake.bad(number, f"an actor's name has more than {LONGEST_NAME} characters")
        intake.tally.used += 1
        return Statement(
            source=self.source(source),
            actor=actor,
            act=act.name,
            target=target,
            polarity=act.sign,
            weight=act.mode_weight(mode.casefold()),
            modality=Modality.ASSERTED,
            negated=False,
            date=DateInterval.day(day),
            evidence=RowEvidence(intake.dataset, f"Event ID {key}"),
            confidence=1.0,
            reader=_READER,
            actor_text=first.name if first.name not in MISSING else first.country,
            target_text=second.name if second.name not in MISSING else second.country,
            qualifiers=() if mode in MISSING else (("mode", mode),),
        )


def _fitted(fields: list[str], header: Header) -> list[str] | None:
    """Return the fields under the header's names, or None where they don't fit.

    Surplus empty fields at the end are cut off, and a column that the file announces but doesn't fill is put in.
    """
    width = len(header.names)
    while len(fields) > width and not fields[-1].strip():
        fields.pop()
    if len(fields) == width - 1 and _PHANTOM in header.names:
        fields.insert(header.names.index(_PHANTOM), "")
    return fields if len(fields) == width else None


def _read(intake: Intake) -> Iterator[Statement | BadRowError]:
    header = read_header(intake.path, intake.dataset, "\t")
    places, rows = header.places(COLUMNS), _Rows(intake)
    numbered = lines(intake.path)
    next(numbered, None)
    for number, line, fault in numbered:
        intake.tally.rows += 1
        if fault:
            yield intake.bad(number, fault)
            continue
        fields = split_row(line, "\t", len(header.names))
        found = len(fields)
        fitted = _fitted(fields, header)
        if fitted is None:
            yield intake.bad(number, f"it has {found} columns, the header has {len(header.names)}")
        else:
            yield rows.statement(number, [fitted[place].strip() for place in places])


def _sniff(path: Path) -> bool:
    return has_columns(path, ("event id", "event mode", "recipient name"), "\t")


POLECAT = Format(
    name="polecat",
    title="POLECAT political event data (PLOVER)",
    citation=(
        "Halterman, A., Bagozzi, B. E., Beger, A., Schrodt, P. A. and Scarborough, G. I. (2023). PLOVER and POLECAT: A new "
        "political event ontology and dataset. Data: Harvard Dataverse, https://doi.org/10.7910/DVN/AJGVIT"
    ),
    terms="The terms of its Dataverse (CC0 where not said otherwise); cite.",
    url="https://doi.org/10.7910/DVN/AJGVIT",
    columns=(
        Column("Event ID", "key of the row", ()),
        Column("Event Date", "day of the event", ()),
        Column("Event Type, Event Mode", "PLOVER type and mode", ("", "None", "NA")),
        Column("Actor Name, Recipient Name", "the actors", ("", "None", "NA")),
        Column("Actor Country, Recipient Country", "their countries", ("", "None", "NA")),
        Column("Actor COW, Recipient COW", "COW country codes", ("", "None", "NA")),
        Column("Primary Actor Sector, Primary Recipient Sector", "CAMEO-like roles", ("", "None", "NA")),
        Column("Source", "who reported it", ("", "None", "NA")),
        Column("Publication Date", "no event is later", ("", "None", "NA")),
    ),
    notes=(
        (
            "Columns are found by their names, so that the variants of the yearly files load: another order, surplus empty "
            "columns, a Headline that is announced and not filled, Latin-1."
        ),
        "Sign and weight come from the code book by PLOVER type and mode.",
        "The state for its government, forces, parliament and courts; anybody else under the own name.",
        "The source is POLECAT, and inside it the publisher.",
        "Written from the codebook and descriptions of its variants; not yet tried on an original file.",
    ),
    sniff=_sniff,
    read=_read,
)
