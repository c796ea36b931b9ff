"""GDELT event files: 1.0 (57 or 58 columns, mixed in one file) and 2.0 (61)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from allegiance.errors import BadRowError, clipped
from allegiance.events.cameo import CameoCodes
from allegiance.events.format import LONGEST_NAME, READER_VERSION, Column, Format
from allegiance.events.gdelt_actor import ActorColumns, gdelt_actor
from allegiance.events.header import first_line
from allegiance.events.periods import compact_day
from allegiance.events.textfile import lines, require_text
from allegiance.model import DateInterval, Modality, ReaderTag, RowEvidence, Source, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from allegiance.events.format import Intake

# Columns in all: before April 2013 without SOURCEURL, since then with it, and 2.0 with three ADM2 codes.
WITHOUT_URL, WITH_URL, SECOND = 57, 58, 61
WIDTHS = (WITHOUT_URL, WITH_URL, SECOND)
_ID, _DAY, _FIRST, _SECOND, _BEHIND, _EVENT = 0, 1, 5, 15, 25, 26
_READER = ReaderTag("gdelt", READER_VERSION, "row")
_CACHED = 1 << 16
UNDATED = "row carries no date and gives a statement without one"
ADDED_BEFORE = "its day lies after the day on which GDELT added it"
NAME_TOO_LONG = f"an actor's name has more than {LONGEST_NAME} characters"


class _Rows:
    """Turns rows into statements; the lookups that rows repeat are made once."""

    def __init__(self, intake: Intake) -> None:
        self.intake = intake
        self.codes = CameoCodes(intake.codebook)
        self.day = lru_cache(_CACHED)(compact_day)
        self.interval = lru_cache(_CACHED)(DateInterval.day)
        resolve = intake.resolve
        self.actor = lru_cache(_CACHED)(
            lambda columns, day: gdelt_actor(ActorColumns(*columns), day, resolve)
        )

    def statement(self, number: int, fields: list[str]) -> Statement | BadRowError:
        """Return the statement of a row of the right width, or why it gives none."""
        intake = self.intake
        coded = self.codes.act(fields[_EVENT])
        if isinstance(coded, str):
            return intake.bad(number, coded)
        has_url = len(fields) != WITHOUT_URL
        added = fields[-2 if has_url else -1][:8]
        try:
            day = self.day(fields[_DAY])
        except ValueError:
            return intake.bad(number, no_day(fields[_DAY]))
        if day is not None and fields[_DAY] > added and added.isdigit():
            return intake.bad(number, ADDED_BEFORE)
        first, second = tuple(fields[_FIRST:_SECOND]), tuple(fields[_SECOND:_BEHIND])
        actor = self.actor(first, day) if first[0] else None
        target = self.actor(second, day) if second[0] else None
        if actor is None or target is None or actor == target:
            return intake.no_relation(number, why_none(first[0], second[0], actor, target))
        if max(len(actor), len(target)) > LONGEST_NAME:
            return intake.bad(number, NAME_TOO_LONG)
        if day is None:
            intake.tally.notices[UNDATED] += 1
        intake.tally.used += 1
        url = fields[-1] if has_url else ""
        return Statement(
            source=publisher_of(url),
            actor=actor,
            act=coded.act,
            target=target,
            polarity=coded.polarity,
            weight=coded.weight,
            modality=Modality.ASSERTED,
            negated=False,
            date=None if day is None else self.interval(day),
            evidence=RowEvidence(intake.dataset, f"GLOBALEVENTID {fields[_ID]}"),
            confidence=1.0,
            reader=_READER,
            actor_text=first[1] or first[0],
            target_text=second[1] or second[0],
            qualifiers=(("cameo", fields[_EVENT]), ("url", url)) if url else (("cameo", fields[_EVENT]),),
        )


def why_none(first: str, second: str, actor: str | None, target: str | None) -> str:
    """Return why a row tells no relation: from the codes of its two actors and the names found for them."""
    if not first or not second:
        return "it has no second actor" if first else "it has no first actor"
    if actor is None or target is None:
        return "an actor is only a role or a religion without a country, which names nobody"
    return "both actors are the same"


def no_day(text: str) -> str:
    """Say that a day is none."""
    return f"{clipped(text, 20)!r} is no day (YYYYMMDD)"


def wrong_width(columns: int) -> str:
    """Say that a row has as many columns as no GDELT event has."""
    return f"it has {columns} columns, a GDELT event has 57, 58 or 61"


def publisher_of(url: str) -> Source:
    """Return the publisher chain: GDELT, and inside it the host of the article's address."""
    address = url.partition("://")[2] or url
    return _publisher(address.partition("/")[0])


@lru_cache(_CACHED)
def _publisher(host: str) -> Source:
    host = host.strip().casefold().removeprefix("www.")
    return Source(("GDELT", host[:LONGEST_NAME])) if host else Source(("GDELT",))


def _read(intake: Intake) -> Iterator[Statement | BadRowError]:
    require_text(intake.path)
    rows = _Rows(intake)
    for number, line, fault in lines(intake.path):
        intake.tally.rows += 1
        if fault:
            yield intake.bad(number, fault)
            continue
        fields = line.split("\t")
        if len(fields) in WIDTHS:
            yield rows.statement(number, fields)
        else:
            yield intake.bad(number, wrong_width(len(fields)))


def _sniff(path: Path) -> bool:
    fields = first_line(path).split("\t")
    return len(fields) in WIDTHS and fields[_ID].isdigit() and len(fields[_DAY]) == 8  # noqa: PLR2004 - YYYYMMDD


def _actor_columns(which: int) -> tuple[Column, ...]:
    prefix = f"Actor{which}"
    return (
        Column(f"{prefix}Code", "the whole CAMEO code; empty: there is no such actor"),
        Column(f"{prefix}Name", "the words of the article"),
        Column(f"{prefix}CountryCode", "CAMEO code of a country or region"),
        Column(f"{prefix}KnownGroupCode", "CAMEO code of a group with a name"),
        Column(f"{prefix}EthnicCode, {prefix}Religion1Code", "a people, a religion"),
        Column(f"{prefix}Type1Code", "CAMEO role"),
    )


GDELT = Format(
    name="gdelt",
    title="GDELT events 1.0 and 2.0",
    citation=(
        "Leetaru, K. and Schrodt, P. A. (2013). GDELT: Global Data on Events, Language, and Tone, 1979-2012. "
        "International Studies Association annual convention, San Francisco."
    ),
    terms="Free for any use, with a citation of and a link to the GDELT Project.",
    url="https://www.gdeltproject.org/",
    columns=(
        Column("GLOBALEVENTID", "key of the row", ()),
        Column("SQLDATE", "day of the event, YYYYMMDD", ("", "00000000")),
        *_actor_columns(1),
        *_actor_columns(2),
        Column("EventCode", "CAMEO code, text: 010 is not 10", ()),
        Column("DATEADDED", "when GDELT added it; no event is later"),
        Column("SOURCEURL", "the article; not in files from before April 2013"),
    ),
    notes=(
        "No header, no quoting, tabs; rows of 57, 58 and 61 columns may stand in one file.",
        "The source is GDELT, and inside it the host of the article's address.",
        "Sign and weight come from the code book by the full EventCode, not from the GoldsteinScale column.",
        (
            "A known group is the actor; else a country with no role or a role of the state (GOV, MIL, COP, LEG, JUD, "
            "SPY) is that state; organisations (IGO, NGO, MNC, ...) and peoples keep their names; another role of a "
            "country is an actor of its own, as in 'Nigeria (media)'."
        ),
        (
            "Skipped: rows without a second actor, rows where an actor is only a role without a country ('POLICE'), "
            "rows whose two actors are the same."
        ),
        "A day of zeros is not known: the statement has no date. A day after DATEADDED is a broken row.",
    ),
    sniff=_sniff,
    read=_read,
)
