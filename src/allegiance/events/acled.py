"""ACLED: who fights, protests or agrees, and who stands beside whom."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from allegiance.errors import BadRowError, DataError, clipped
from allegiance.events.format import LONGEST_NAME, READER_VERSION, Column, Format
from allegiance.events.header import has_columns, read_header
from allegiance.events.records import table_records
from allegiance.events.telling import told_by
from allegiance.model import DateInterval, Modality, ReaderTag, RowEvidence, Source, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from allegiance.events.format import Intake, Resolve

FIRST_YEAR = 1997
COLUMNS = (
    "event_id_cnty",
    "event_date",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "actor2",
    "assoc_actor_2",
    "source",
)
# Event type -> act between actor1 and actor2. Strategic developments have no common sign, but agreements do.
ACTS = {
    "battles": "assault",
    "explosions/remote violence": "assault",
    "violence against civilians": "assault",
    "protests": "protest",
    "riots": "protest",
}
AGREEMENT = "agree"
# An associated actor takes part at the actor's side, as in the same demonstration or operation.
ASSOCIATED = ("support", 20)
_READER = ReaderTag("acled", READER_VERSION, "actors")
_READER_ASSOCIATED = ReaderTag("acled", READER_VERSION, "associated actor")
_FORCES = re.compile(r"(?:Military Forces|Police Forces|Government) of (?:the )?(.+?) \(\d{4}-(?:\d{4})?\).*")
_YEARS = re.compile(r" \(\d{4}-(?:\d{4})?\)$")
_CACHED = 1 << 16


def acled_actor(name: str, day: date, resolve: Resolve) -> str:
    """Return the name under which an actor counts.

    Forces of a government count as the state ("Police Forces of Veldania (2001-2010)"), anybody else under the own
    name; ACLED's years of a regime behind a name are no part of it.
    """
    forces = _FORCES.fullmatch(name)
    if forces and (state := resolve("name:acled", forces[1], day)):
        return state
    bare = _YEARS.sub("", name)
    return resolve("name:acled", bare, day) or (forces[1] if forces else bare)


class _Rows:
    """Turns rows into statements, one for each source and pair of actors."""

    def __init__(self, intake: Intake) -> None:
        self.intake = intake
        resolve = intake.resolve
        self.actor = lru_cache(_CACHED)(lambda name, day: acled_actor(name, day, resolve))
        self.sources = lru_cache(_CACHED)(_sources)

    def statements(self, number: int, row: list[str]) -> list[Statement] | BadRowError:
        """Return the statements of the columns of `COLUMNS`, or why the row gives none."""
        key, when, kind, finer, one, beside_one, other, beside_other, source = (text.strip() for text in row)
        day = _day(when)
        if day is None:
            return self.intake.bad(number, f"{clipped(when, 20)!r} is no day (2021-03-05) since {FIRST_YEAR}")
        if max(map(len, (one, other, *_listed(beside_one), *_listed(beside_other)))) > LONGEST_NAME:
            return self.intake.bad(number, f"an actor's name has more than {LONGEST_NAME} characters")
        pairs: list[tuple[str, str, str, int | None, ReaderTag]] = []
        act = AGREEMENT if finer.casefold() == "agreement" else ACTS.get(kind.casefold())
        if act and one and other:
            pairs.append((one, other, act, None, _READER))
        for actor, beside in ((one, beside_one), (other, beside_other)):
            pairs += [(name, actor, *ASSOCIATED, _READER_ASSOCIATED) for name in _listed(beside) if actor]
        stmts = [
            stmt
            for doer, target, name, weight, reader in pairs
            for stmt in self._pair(key, day, (doer, target), (name, weight, reader), source)
        ]
        if not stmts:
            return self.intake.no_relation(number, "it tells no relation between two actors")
        self.intake.tally.used += 1
        return stmts

    def _pair(
        self,
        key: str,
        day: date,
        names: tuple[str, str],
        said: tuple[str, int | None, ReaderTag],
        source: str,
    ) -> Iterator[Statement]:
        actor, target = (self.actor(name, day) for name in names)
        if actor == target:
            return
        act = self.intake.codebook.act(said[0])
        for chain in self.sources(source):
            yield Statement(
                source=chain,
                actor=actor,
                act=act.name,
                target=target,
                polarity=act.sign,
                weight=act.weight if said[1] is None else said[1],
                modality=Modality.ASSERTED,
                negated=False,
                date=DateInterval.day(day),
                evidence=RowEvidence(self.intake.dataset, f"event_id_cnty {key}"),
                confidence=1.0,
                reader=said[2],
                actor_text=names[0],
                target_text=names[1],
            )


def _listed(text: str) -> list[str]:
    return [name.strip() for name in text.split(";") if name.strip()]


def _sources(text: str) -> tuple[Source, ...]:
    names = dict.fromkeys(name[:LONGEST_NAME] for name in _listed(text))
    return tuple(Source(("ACLED", name)) for name in names) or (Source(("ACLED",)),)


def _day(text: str) -> date | None:
    """Read ``2021-03-05`` (exports of today) or ``05 March 2021`` (earlier ones); None for anything else."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        try:
            day = datetime.strptime(text, "%d %B %Y").date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            return None
    return day if day.year >= FIRST_YEAR else None


def _read(intake: Intake) -> Iterator[Statement | BadRowError]:
    header = read_header(intake.path, intake.dataset)
    if header.place("actor2") is None and header.place("actor1") is not None:
        raise DataError(
            f"{intake.dataset} is an ACLED file with one actor a row (monadic): it doesn't say who acted against whom. "
            "Export it again in the dyadic form."
        )
    if header.place("sub_event_type") is None and header.place("event_id_cnty") is not None:
        raise DataError(
            f"{intake.dataset} is an ACLED file of before 2019 (no column 'sub_event_type'), whose event types mean other "
            "things. Export it again from ACLED's site."
        )
    places, rows = header.places(COLUMNS), _Rows(intake)
    return told_by(
        table_records(intake, header),
        lambda number, fields: rows.statements(number, [fields[place] for place in places]),
    )


def _sniff(path: Path) -> bool:
    return has_columns(path, ("event_id_cnty", "event_type", "actor1"))


ACLED = Format(
    name="acled",
    title="Armed Conflict Location and Event Data (ACLED)",
    citation=(
        "Raleigh, C., Kishi, R. and Linke, A. (2023). Political instability patterns are obscured by conflict dataset "
        "scope conditions, sources, and coding choices. Humanities and Social Sciences Communications 10, 74. "
        "https://doi.org/10.1057/s41599-023-01559-4"
    ),
    terms="ACLED's terms of use: a registered account, attribution, no passing on of the raw data.",
    url="https://acleddata.com/",
    columns=(
        Column("event_id_cnty", "key of the row", ()),
        Column("event_date", f"2021-03-05 or 05 March 2021, since {FIRST_YEAR}", ()),
        Column("event_type, sub_event_type", "gives the act"),
        Column("actor1, actor2", "the actors"),
        Column("assoc_actor_1, assoc_actor_2", "who takes part at their sides, parted by semicolons"),
        Column("source", "who reported it, parted by semicolons"),
    ),
    notes=(
        (
            "Battles, explosions and violence against civilians are assaults, protests and riots are protests, the "
            "sub-event 'Agreement' is an agreement; other strategic developments have no common sign and are left out."
        ),
        "Each associated actor supports the actor it stands beside (2).",
        "The source is ACLED, and inside it who reported the event: one statement for each.",
        "Military and police forces and governments of a country count as the state; years behind names are dropped.",
        (
            "Refused with that reason: files with one actor a row (monadic), and those of before 2019, which have no "
            "sub-event type."
        ),
        "Quoted fields may hold line ends. Written from ACLED's codebook; not yet tried on an original export.",
    ),
    sniff=_sniff,
    read=_read,
)
