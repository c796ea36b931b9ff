"""ICEWS coded events (.tab)."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from allegiance.errors import BadRowError, clipped
from allegiance.events.cameo import CameoCodes
from allegiance.events.format import LONGEST_NAME, READER_VERSION, Column, Format
from allegiance.events.header import first_line, read_header, table_rows
from allegiance.model import DateInterval, Modality, ReaderTag, RowEvidence, Source, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from allegiance.events.format import Intake, Resolve

COLUMNS = (
    "event id",
    "event date",
    "source name",
    "source sectors",
    "source country",
    "cameo code",
    "target name",
    "target sectors",
    "target country",
    "story id",
    "sentence number",
    "publisher",
)
MISSING = frozenset({"", "NA"})  # countries are spelt out in ICEWS, so that NA is never Namibia
FIRST_YEAR, LAST_YEAR = 1995, 2023
_READER = ReaderTag("icews", READER_VERSION, "row")
_CACHED = 1 << 16
UNDATED = "row carries no date and gives a statement without one"
# Sectors in which an actor is the state itself,
STATE_SECTORS = frozenset(
    {
        "Government",
        "Executive",
        "Executive Office",
        "Military",
        "Police",
        "Legislative / Parliamentary",
        "Judicial",
    }
)
# and those that outweigh them: an official of the United Nations who once governed at home, rebels with a "cabinet".
OUTSIDE_SECTORS = frozenset(
    {
        "Criminals / Gangs",
        "Dissident",
        "Insurgents",
        "International Government Organization",
        "Organized Violent",
        "Rebel",
        "Separatists",
        "Unidentified Forces",
    }
)
# ICEWS spells some countries in two ways, as an actor and in the country column: both mean the same.
COUNTRY_SPELLINGS = {
    "Russian Federation": "Russia",
    "Occupied Palestinian Territory": "Palestine",
    "Palestinian Territory, Occupied": "Palestine",
    "the former Yugoslav Republic of Macedonia": "Macedonia",
    "Holy See (Vatican City State)": "Holy See",
}
_NOBODY = frozenset({"Unspecified Actor", "Unidentified State Actor"})


def icews_actor(name: str, sectors: str, country: str, day: date | None, resolve: Resolve) -> str | None:
    """Return the name under which an actor counts, or None where it names nobody.

    The state for its government, military, police, parliament and courts, and for those who hold office in them;
    anybody else (armed groups, parties, companies, citizens, international organisations) under the own name.
    """
    if name in MISSING or name in _NOBODY:
        return None
    held = frozenset(sectors.split(","))
    # A head of government also chairs parties and alliances: the office outweighs them.
    governs = "Executive Office" in held and "Dissident" not in held
    if country not in MISSING and (governs or (held & STATE_SECTORS and not held & OUTSIDE_SECTORS)):
        name = country
    name = COUNTRY_SPELLINGS.get(name, name)
    return resolve("name:icews", name, day) or name


class _Rows:
    """Turns rows into statements; the lookups that rows repeat are made once."""

    def __init__(self, intake: Intake) -> None:
        self.intake = intake
        self.codes = CameoCodes(intake.codebook)
        self.day = lru_cache(_CACHED)(_day)
        self.interval = lru_cache(_CACHED)(DateInterval.day)
        self.source = lru_cache(_CACHED)(
            lambda publisher: Source(("ICEWS",) if publisher in MISSING else ("ICEWS", publisher))
        )
        resolve = intake.resolve
        self.actor = lru_cache(_CACHED)(
            lambda name, sectors, country, day: icews_actor(name, sectors, country, day, resolve)
        )

    def statement(self, number: int, row: list[str]) -> Statement | BadRowError:
        """Return the statement of the columns of `COLUMNS`, or why the row gives none."""
        key, when, name, sectors, country, code, other, others, abroad, story, sentence, publisher = row
        intake = self.intake
        coded = self.codes.act(code)
        if isinstance(coded, str):
            return intake.bad(number, coded)
        try:
            day = self.day(when)
        except ValueError:
            return intake.bad(
                number, f"{clipped(when, 20)!r} is no day (YYYY-MM-DD) from {FIRST_YEAR} to {LAST_YEAR}"
            )
        actor = self.actor(name, sectors, country, day)
        target = self.actor(other, others, abroad, day)
        if actor is None or target is None:
            return intake.no_relation(number, "an actor is missing or unspecified")
        if actor == target:
            return intake.no_relation(number, "both actors are the same")
        if max(len(actor), len(target)) > LONGEST_NAME:
            return intake.bad(number, f"an actor's name has more than {LONGEST_NAME} characters")
        if day is None:
            intake.tally.notices[UNDATED] += 1
        intake.tally.used += 1
        return Statement(
            source=self.source(publisher),
            actor=actor,
            act=coded.act,
            target=target,
            polarity=coded.polarity,
            weight=coded.weight,
            modality=Modality.ASSERTED,
            negated=False,
            date=None if day is None else self.interval(day),
            evidence=RowEvidence(intake.dataset, f"Event ID {key}"),
            confidence=1.0,
            reader=_READER,
            actor_text=name,
            target_text=other,
            qualifiers=tuple(
                (word, text)
                for word, text in (("cameo", code), ("sentence", sentence), ("story", story))
                if text not in MISSING
            ),
        )


def _day(text: str) -> date | None:
    if text in MISSING or text == "0000-00-00":
        return None
    day = date.fromisoformat(text)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(text)
    return day


def _read(intake: Intake) -> Iterator[Statement | BadRowError]:
    header = read_header(intake.path, intake.dataset, "\t")
    places, rows = header.places(COLUMNS), _Rows(intake)
    for item in table_rows(intake, header):
        if isinstance(item, BadRowError):
            yield item
        else:
            number, fields = item
            yield rows.statement(number, [fields[place].strip() for place in places])


def _sniff(path: Path) -> bool:
    names = [name.strip().casefold() for name in first_line(path).split("\t")]
    return {"event id", "cameo code", "source sectors"} <= set(names)


ICEWS = Format(
    name="icews",
    title="ICEWS coded event data",
    citation=(
        "Boschee, E., Lautenschlager, J., O'Brien, S., Shellman, S., Starz, J. and Ward, M. (2015). "
        "ICEWS Coded Event Data. Harvard Dataverse. https://doi.org/10.7910/DVN/28075"
    ),
    terms="The terms of the ICEWS Dataverse; ended in April 2023.",
    url="https://doi.org/10.7910/DVN/28075",
    columns=(
        Column("Event ID", "key of the row", ()),
        Column("Event Date", f"day of the event, {FIRST_YEAR} to {LAST_YEAR}", ("", "NA", "0000-00-00")),
        Column("Source Name, Target Name", "the actors", ("", "NA", "Unspecified Actor")),
        Column("Source Sectors, Target Sectors", "what they are, parted by commas", ("", "NA")),
        Column("Source Country, Target Country", "their countries, spelt out", ("", "NA")),
        Column("CAMEO Code", "CAMEO code, text: 010 is not 10", ()),
        Column("Story ID, Sentence Number", "where in the publisher's story", ("", "NA")),
        Column("Publisher", "who reported it", ("", "NA")),
    ),
    notes=(
        "The source is ICEWS, and inside it the publisher.",
        "Sign and weight come from the code book by the CAMEO code, not from the Intensity column.",
        (
            "An actor of a state sector (government, executive, military, police, parliament, courts) counts as its "
            "state; everybody else (armed groups, parties, companies, citizens, international organisations) counts "
            "under the own name, as does a state sector without a country."
        ),
        "NA is a missing value: countries are spelt out, so that it is never Namibia.",
        "Skipped: rows with a missing or unspecified actor, rows whose two actors are the same (within one state).",
    ),
    sniff=_sniff,
    read=_read,
)
