"""The shipped tables: plain CSV beside this module, read once into actor entries.

Only reading lives here. What the tables say, and from where, is written in their first lines and in docs/actors.md.
"""

from __future__ import annotations

import csv
from dataclasses import replace
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from allegiance.model import DateInterval, Membership
from allegiance.naming.entry import ActorEntry, Code, Leader, Period

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping
    from datetime import date

SCHEMES = ("iso2", "iso3", "cow", "cowabb", "gw", "cameo")
"""The code schemes that `Gazetteer.code` knows."""


def rows(table: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a shipped table by column name; lines that begin with # are its notes."""
    with (resources.files("allegiance.naming") / "tables" / f"{table}.csv").open(encoding="utf-8") as lines:
        yield from csv.DictReader(line for line in lines if not line.startswith("#"))


def split(cell: str) -> tuple[str, ...]:
    """Return the values of a cell, which are separated by a bar."""
    return tuple(value for part in cell.split("|") if (value := part.strip()))


def first_day(cell: str) -> date | None:
    """Return the first day of a date cell (a year, a month or a day), None for an empty one."""
    return DateInterval.parse(cell).first if cell.strip() else None


def last_day(cell: str) -> date | None:
    """Return the last day of a date cell, None for an empty one."""
    return DateInterval.parse(cell).last if cell.strip() else None


@lru_cache(maxsize=1)
def shipped_entries() -> tuple[ActorEntry, ...]:
    """Return the entries of all shipped tables."""
    leaders: dict[str, list[Leader]] = {}
    for row in rows("leaders"):
        leaders.setdefault(row["actor"], []).append(_leader(row))
    memberships: dict[str, list[Membership]] = {}
    for row in rows("memberships"):
        for member in split(row["members"]):
            memberships.setdefault(member, []).append(
                Membership(row["group"], first_day(row["since"]), last_day(row["until"]))
            )
    changes = code_changes()
    changed = {(code.scheme, code.code) for codes in changes.values() for code in codes}
    entries = [_entry(row, changed) for table in ("states", "groups", "blocs") for row in rows(table)]
    led: set[str] = set()
    complete = []
    for entry in entries:
        # An actor with two periods has its leaders, and codes with dates of their own, once, whatever their period.
        mine = () if entry.name in led else tuple(leaders.get(entry.name, ()))
        codes = entry.codes if entry.name in led else (*entry.codes, *changes.get(entry.name, ()))
        led.add(entry.name)
        joined = tuple(memberships.get(entry.name, ()))
        complete.append(replace(entry, leaders=mine, memberships=joined, codes=codes))
    return tuple(complete)


def blocked_phrases() -> Iterator[str]:
    """Yield the phrases that contain an actor's name and name none ("South China Sea")."""
    return (row["phrase"] for row in rows("not_actors"))


def code_changes() -> dict[str, list[Code]]:
    """Return by actor the codes whose bearer changed, each with the days on which it meant this actor."""
    codes: dict[str, list[Code]] = {}
    for row in rows("code_changes"):
        period = Period(first_day(row["since"]), last_day(row["until"]))
        codes.setdefault(row["actor"], []).append(Code(row["scheme"], row["code"], period))
    return codes


def _entry(row: Mapping[str, str], changed: Container[tuple[str, str]]) -> ActorEntry:
    """Return the entry of a row, without its `changed` codes: those have a table of their own."""
    period = Period(first_day(row.get("since", "")), last_day(row.get("until", "")))
    return ActorEntry(
        name=row["name"],
        kind=row["kind"],
        aliases=split(row["aliases"]),
        demonyms=split(row.get("demonyms", "")),
        capitals=split(row.get("capital", "")) + split(row.get("seats", "")),
        codes=tuple(
            Code(scheme, code, period)
            for scheme in SCHEMES
            for code in split(row.get(scheme, ""))
            if (scheme, code) not in changed
        ),
        period=period,
    )


def _leader(row: Mapping[str, str]) -> Leader:
    period = Period(first_day(row["since"]), last_day(row["until"]))
    # A dash: no word alone names this person (a pope, a king, a surname like "Taylor").
    alone = row["short"] != "-"
    short = split(row["short"]) or (row["name"].split()[-1],)
    return Leader(row["name"], row["office"], period, split(row["aliases"]), short if alone else ())
