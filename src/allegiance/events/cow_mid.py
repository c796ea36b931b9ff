"""Militarized interstate disputes of the Correlates of War: participants of disputes (MIDB) or of incidents (MIDIP)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from allegiance.errors import BadRowError, DataError
from allegiance.events.fields import earliest, latest, whole
from allegiance.events.format import LONGEST_NAME, READER_VERSION, Column, Format, Intake, Tally
from allegiance.events.header import first_line, read_header, table_rows
from allegiance.model import DateInterval, Modality, ReaderTag, RowEvidence, Source, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from allegiance.events.header import Header

FIRST_YEAR, LAST_YEAR = 1816, 2014
# A participant's own highest hostility -> act and weight in tenths. The weights are those of the acts in the code
# book; war takes Goldstein's -10. They are here, explicit, because the level is over the whole dispute.
HOSTILITY = {2: ("threaten", 35), 3: ("mobilize", 55), 4: ("assault", 90), 5: ("assault", 100)}
_LEAST_ACTION = 2
# Two states on opposite sides of whom neither took militarized action against the other,
NO_ACTION = ("dispute", 20)
# and two on the same side: fellow combatants are not yet allies, so it weighs little.
JOINT_SIDE = ("support", 20)
_DATES = ("stday", "stmon", "styear", "endday", "endmon", "endyear")
_READER = ReaderTag("cow-mid", READER_VERSION, "opposite sides")
_READER_JOINT = ReaderTag("cow-mid", READER_VERSION, "joint side")


@dataclass(frozen=True, slots=True)
class _Whole:
    """A dispute or incident as a whole, from the file beside (MIDA, MIDI)."""

    first: date
    last: date
    level: int | None


@dataclass(frozen=True, slots=True)
class _Spell:
    """The time one state took part on one side; a state may take part several times, and change sides."""

    line: int
    code: int
    name: str
    side: int
    level: int | None
    first: date
    last: date
    version: str


class _Layout:
    """Which columns a file of participants has."""

    def __init__(self, header: Header) -> None:
        self.incident = "incidnum" in header.names
        key = "incidnum" if self.incident else "dispnum"
        if "ccode" not in header.names and "numa" in header.names:
            better = "MIDIP" if self.incident else "MIDB"
            raise DataError(
                f"{header.file} lists {'incidents' if self.incident else 'disputes'} without their participants; "
                f"give the file of participants ({better}_5.0.csv)."
            )
        # Incidents say who began them; the dispute's own side A is another matter.
        side = "insidea" if self.incident else "sidea"
        wanted = (key, "ccode", "stabb", side, "hostlev", *_DATES)
        self.places = header.places(wanted)
        self.version = header.place("version")


def _read(intake: Intake) -> Iterator[Statement | BadRowError]:
    header = read_header(intake.path, intake.dataset)
    layout = _Layout(header)
    wholes = _wholes_beside(intake, incident=layout.incident)
    # Participants of one dispute need not stand together, so they are gathered first; the files are small.
    groups: dict[int, list[_Spell]] = {}
    for item in table_rows(intake, header):
        if isinstance(item, BadRowError):
            yield item
            continue
        number, fields = item
        try:
            key, spell = _spell(number, fields, layout, wholes)
        except ValueError as wrong:
            yield intake.bad(number, str(wrong))
            continue
        groups.setdefault(key, []).append(spell)
    word = "incident" if layout.incident else "dispute"
    for key, spells in groups.items():
        yield from _statements(intake, f"{word} {key}", spells)


def _spell(number: int, fields: list[str], layout: _Layout, wholes: dict[int, _Whole]) -> tuple[int, _Spell]:
    """Read one row.

    Raises:
        ValueError: with the sentence that says what is wrong with it.
    """
    key_text, code_text, name, side_text, level_text, *dates = (fields[place] for place in layout.places)
    key, code, side = (
        _number(key_text, "dispute"),
        _number(code_text, "country code"),
        _number(side_text, "side"),
    )
    if side not in (0, 1):
        raise ValueError(f"its side is {side}, not 0 or 1")
    level = whole(level_text)
    if level is not None and not 1 <= level <= max(HOSTILITY):
        raise ValueError(f"its hostility level is {level}, not 1 to {max(HOSTILITY)}")
    first, last = _dates(dates)
    beside = wholes.get(key)
    if beside is not None:
        # A day that isn't known lies within the dispute, if the two agree at all.
        if whole(dates[0]) is None and beside.first <= last:
            first = max(first, beside.first)
        if whole(dates[3]) is None and beside.last >= first:
            last = min(last, beside.last)
        level = beside.level if level is None else level
    if len(name) > LONGEST_NAME:
        raise ValueError(f"the state's name has more than {LONGEST_NAME} characters")
    version = fields[layout.version].strip() if layout.version is not None else ""
    return key, _Spell(number, code, name.strip(), side, level, first, last, version)


def _number(text: str, what: str) -> int:
    try:
        number = whole(text)
    except ValueError:
        raise ValueError(f"its {what} {text[:20]!r} is no whole number") from None
    if number is None:
        raise ValueError(f"its {what} is missing")
    return number


def _dates(texts: list[str]) -> tuple[date, date]:
    """Return the earliest beginning and the latest end that the six columns leave open."""
    try:
        first_day, first_month, first_year, last_day, last_month, last_year = map(whole, texts)
        # A missing year is year 0, which the calendar doesn't have either.
        first = earliest(first_year or 0, first_month, first_day)
        last = latest(last_year or 0, last_month, last_day)
    except ValueError as wrong:
        raise ValueError(f"its dates {' '.join(texts)[:60]!r} are not in the calendar") from wrong
    if not FIRST_YEAR <= first.year <= last.year <= LAST_YEAR or last < first:
        raise ValueError(f"its dates {first} to {last} are not in order within {FIRST_YEAR} to {LAST_YEAR}")
    return first, last


def _beside(path: Path) -> tuple[Path, ...]:
    """Return the file of whole incidents (MIDI) or disputes (MIDA) beside a file of their participants."""
    ours, theirs = ("MIDIP", "MIDI") if "MIDIP" in path.name else ("MIDB", "MIDA")
    beside = path.with_name(path.name.replace(ours, theirs))
    return (beside,) if ours in path.name and beside.is_file() else ()


def _wholes_beside(intake: Intake, *, incident: bool) -> dict[int, _Whole]:
    """Read MIDA (MIDI) beside MIDB (MIDIP) where it is there; a row of it that is broken is only counted."""
    beside = next(iter(_beside(intake.path)), None)
    if beside is None:
        return {}
    header = read_header(beside, beside.name)
    places = header.places(("incidnum" if incident else "dispnum", "hostlev", *_DATES))
    wholes: dict[int, _Whole] = {}
    for item in table_rows(Intake(beside, beside.name, intake.resolve, intake.codebook, Tally()), header):
        if not isinstance(item, BadRowError):
            key, level, *dates = (item[1][place] for place in places)
            try:
                wholes[_number(key, "dispute")] = _Whole(*_dates(dates), whole(level))
            except ValueError:
                intake.tally.notices[
                    f"row of {beside.name} was left out: its number or dates are broken"
                ] += 1
    return wholes


def _statements(intake: Intake, key: str, spells: list[_Spell]) -> Iterator[Statement | BadRowError]:
    """Yield the statements of one dispute, then the participants that gave none."""
    used: set[int] = set()
    for one, other in combinations(spells, 2):
        first, last = max(one.first, other.first), min(one.last, other.last)
        if last < first or one.code == other.code:
            continue
        when = DateInterval(first, last)
        pairs = _acts(one, other)
        made = [_statement(intake, key, doer, target, act, when) for doer, target, act in pairs]
        yield from (stmt for stmt in made if stmt is not None)
        if any(made):
            used |= {one.line, other.line}
    for spell in spells:
        if spell.line in used:
            intake.tally.used += 1
        else:
            yield intake.no_relation(spell.line, "no other state took part at the same time")


def _acts(one: _Spell, other: _Spell) -> list[tuple[_Spell, _Spell, tuple[str, int]]]:
    """Return who did what to whom: each side its own hostility, or one dispute, or one joint side."""
    if one.side == other.side:
        return [(one, other, JOINT_SIDE)]
    initiator, opponent = (one, other) if one.side == 1 else (other, one)
    acts = [
        (doer, target, HOSTILITY[doer.level])
        for doer, target in ((initiator, opponent), (opponent, initiator))
        if doer.level is not None and doer.level >= _LEAST_ACTION
    ]
    return acts or [(initiator, opponent, NO_ACTION)]


def _statement(
    intake: Intake, key: str, doer: _Spell, target: _Spell, act: tuple[str, int], when: DateInterval
) -> Statement | None:
    """Return the statement of one pair, or None where both codes mean the same actor."""
    actor, acted_upon = (
        intake.resolve("cow", str(spell.code), when.first) or spell.name or f"COW {spell.code}"
        for spell in (doer, target)
    )
    if actor == acted_upon:
        return None
    version = doer.version if "." in doer.version or not doer.version else f"{doer.version}.0"
    lines = sorted((doer.line, target.line))
    return Statement(
        source=Source((f"COW MID {version}".strip(),)),
        actor=actor,
        act=act[0],
        target=acted_upon,
        polarity=intake.codebook.act(act[0]).sign,
        weight=act[1],
        modality=Modality.ASSERTED,
        negated=False,
        date=when,
        evidence=RowEvidence(intake.dataset, f"{key}, lines {lines[0]} and {lines[1]}"),
        confidence=1.0,
        reader=_READER_JOINT if act is JOINT_SIDE else _READER,
        actor_text=doer.name,
        target_text=target.name,
        qualifiers=() if doer.level is None or act is JOINT_SIDE else (("hostility", str(doer.level)),),
    )


def _sniff(path: Path) -> bool:
    names = {name.strip().strip('"').casefold() for name in first_line(path).split(",")}
    return {"dispnum", "hostlev", "endyear"} <= names


COW_MID = Format(
    name="cow-mid",
    title="Correlates of War, Militarized Interstate Disputes 5.0 (participants of disputes or incidents)",
    citation=(
        "Palmer, G., McManus, R. W., D'Orazio, V., Kenwick, M. R., Karstens, M., Bloch, C., Dietrich, N., Kahn, K., "
        "Ritter, K. and Soules, M. J. (2022). The MID5 Dataset, 2011-2014: Procedures, coding rules, and description. "
        "Conflict Management and Peace Science 39(4), 470-482. https://doi.org/10.1177/0738894221995743"
    ),
    terms="Free for scholarly use with citation of the Correlates of War project.",
    url="https://correlatesofwar.org/data-sets/mids/",
    columns=(
        Column("dispnum (MIDB), incidnum (MIDIP)", "which dispute or incident", ()),
        Column("ccode", "COW country code", ()),
        Column("stabb", "its abbreviation, used where the code isn't known"),
        Column("sidea (MIDB), insidea (MIDIP)", "1 on the side that began it, 0 on the other", ()),
        Column("hostlev", "the state's own highest hostility, 1 to 5", ("", "-9", "NA")),
        Column("stday, stmon, endday, endmon", "a missing part leaves the widest interval", ("", "-9", "NA")),
        Column("styear, endyear", f"{FIRST_YEAR} to {LAST_YEAR}", ()),
        Column("version", "goes into the source's name"),
    ),
    notes=(
        (
            "Give MIDB_5.0.csv or MIDIP_5.0.csv. MIDA (MIDI) beside it narrows dates with unknown days and fills in an "
            "unknown hostility."
        ),
        (
            "Two states on opposite sides at the same time: each state's own hostility level gives its act towards the "
            "other: 2 threaten (3.5), 3 mobilize (5.5), 4 assault (9), 5 assault (10). Where neither went beyond level 1: "
            "one dispute (2)."
        ),
        "Two states on the same side at the same time: one statement that they support each other (2).",
        "Skipped: participants who took part at no time together with another state.",
    ),
    sniff=_sniff,
    read=_read,
    companions=_beside,
)
