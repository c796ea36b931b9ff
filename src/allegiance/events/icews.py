"""ICEWS coded events (.tab)."""

from __future__ import annotations

import csv
import re
from datetime import date
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from allegiance.errors import BadRowError, DataError, clipped
from allegiance.events.cameo import CameoCodes
from allegiance.events.format import LONGEST_NAME, READER_VERSION, Column, Format
from allegiance.events.header import has_columns, read_header, table_rows
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
    "target name",
    "target sectors",
    "target country",
    "story id",
    "sentence number",
    "publisher",
)
# Files of 2017 and before may lack the code; the event text, which is one to one with it, tells it.
CODE, TEXT = "cameo code", "event text"
_US_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
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
        self.by_text = lru_cache(_CACHED)(lambda text: event_texts().get(text.casefold(), ""))
        self.day = lru_cache(_CACHED)(_day)
        self.interval = lru_cache(_CACHED)(DateInterval.day)
        self.source = lru_cache(_CACHED)(
            lambda publisher: Source(("ICEWS",) if publisher in MISSING else ("ICEWS", publisher))
        )
        resolve = intake.resolve
        self.actor = lru_cache(_CACHED)(
            lambda name, sectors, country, day: icews_actor(name, sectors, country, day, resolve)
        )

    def statement(self, number: int, row: list[str], code: str | None, text: str) -> Statement | BadRowError:
        """Return the statement of the columns of `COLUMNS`, or why the row gives none.

        `code` is None where the file has no such column; then the event text gives it.
        """
        key, when, name, sectors, country, other, others, abroad, story, sentence, publisher = row
        intake = self.intake
        code = self.by_text(text) if code is None or code in MISSING else code
        coded = (
            self.codes.act(code)
            if code
            else f"{clipped(text, 60)!r} is no event text of ICEWS, and no CAMEO code is given"
        )
        if isinstance(coded, str):
            return intake.bad(number, coded)
        try:
            day = self.day(when)
        except ValueError:
            return intake.bad(
                number,
                f"{clipped(when, 20)!r} is no day (YYYY-MM-DD or M/D/YYYY) from {FIRST_YEAR} to {LAST_YEAR}",
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
                (word, told)
                for word, told in (("cameo", code), ("sentence", sentence), ("story", story))
                if told not in MISSING
            ),
        )


@lru_cache(maxsize=1)
def event_texts() -> dict[str, str]:
    """Return the CAMEO code of each event text (case folded) of ICEWS."""
    with (resources.files("allegiance.events") / "icews_texts.csv").open(encoding="utf-8") as lines:
        table = csv.DictReader(line for line in lines if not line.startswith("#"))
        return {row["text"].casefold(): row["code"] for row in table}


def _day(text: str) -> date | None:
    if text in MISSING or text == "0000-00-00":
        return None
    # ICEWS is made in the United States: with slashes the month stands first, in each of its files.
    slashed = _US_DAY.fullmatch(text)
    day = date(int(slashed[3]), int(slashed[1]), int(slashed[2])) if slashed else date.fromisoformat(text)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(text)
    return day


def _read(intake: Intake) -> Iterator[Statement | BadRowError]:
    header = read_header(intake.path, intake.dataset, "\t")
    places, rows = header.places(COLUMNS), _Rows(intake)
    at_code, at_text = header.place(CODE), header.place(TEXT)
    if at_code is None and at_text is None:
        raise DataError(
            f"{intake.dataset} has neither a column {CODE!r} nor a column {TEXT!r}: nothing says what happened."
        )
    for item in table_rows(intake, header):
        if isinstance(item, BadRowError):
            yield item
        else:
            number, fields = item
            code = None if at_code is None else fields[at_code].strip()
            text = "" if at_text is None else fields[at_text].strip()
            yield rows.statement(number, [fields[place].strip() for place in places], code, text)


def _sniff(path: Path) -> bool:
    return has_columns(path, ("event id", "event text", "source sectors"), "\t")


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
        Column(
            "Event Date",
            f"day of the event, YYYY-MM-DD or M/D/YYYY, {FIRST_YEAR} to {LAST_YEAR}",
            ("", "NA", "0000-00-00"),
        ),
        Column("Source Name, Target Name", "the actors", ("", "NA", "Unspecified Actor")),
        Column("Source Sectors, Target Sectors", "what they are, parted by commas", ("", "NA")),
        Column("Source Country, Target Country", "their countries, spelt out", ("", "NA")),
        Column("CAMEO Code", "CAMEO code, text: 010 is not 10; not in all files of 2017 and before", ()),
        Column("Event Text", "gives the code where the file has none", ()),
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
        "Both published layouts load: with the CAMEO code, and without it but with the event text, which is one to one with it.",
        "NA is a missing value: countries are spelt out, so that it is never Namibia.",
        "Skipped: rows with a missing or unspecified actor, rows whose two actors are the same (within one state).",
    ),
    sniff=_sniff,
    read=_read,
)
