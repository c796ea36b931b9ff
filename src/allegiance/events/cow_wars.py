"""Wars of the Correlates of War by year: between states (dyads), and within them (sides), as peacesciencer has them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from allegiance.errors import BadRowError
from allegiance.events.dyad_row import DyadKind, dyad_statement, present, state
from allegiance.events.fields import earliest, latest, whole
from allegiance.events.format import LONGEST_NAME, READER_VERSION, Column, Format
from allegiance.events.table import column_names, text_rows
from allegiance.model import DateInterval, ReaderTag, Source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from allegiance.events.format import Intake
    from allegiance.model import Statement

FIRST_YEAR, LAST_YEAR = 1816, 2014
WAR = ("assault", 100)
# A state that sends its army to one side of a war within another: as secondary parties of ucdp-acd.
INTERVENTION = ("support", 80)
_INTER = ("warnum", "ccode1", "ccode2", "year", "sidea1", "sidea2")
_INTRA = ("warnum", "warname", "year", "ccodea", "sidea", "ccodeb", "sideb")
_NOT_A_STATE = frozenset({"", "NA", "-8", "-8.0", "-9", "-9.0"})
_BETWEEN = DyadKind(
    Source(("COW inter-state wars",)), ReaderTag("cow-wars", READER_VERSION, "opposite sides")
)
_WITHIN = DyadKind(Source(("COW intra-state wars",)), ReaderTag("cow-wars", READER_VERSION, "opposite sides"))
_JOINED = DyadKind(Source(("COW intra-state wars",)), ReaderTag("cow-wars", READER_VERSION, "intervention"))


def _read(intake: Intake) -> Iterator[Statement | BadRowError]:
    return _within(intake) if "sideb" in column_names(intake.path) else _between(intake)


def _year(text: str) -> DateInterval:
    year = present("year", text)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"its year {year} is not within {FIRST_YEAR} to {LAST_YEAR}")
    return DateInterval(earliest(year, None, None), latest(year, None, None))


# -- between states ---------------------------------------------------------------------------------


def _between(intake: Intake) -> Iterator[Statement | BadRowError]:
    for item in text_rows(intake, _INTER):
        if isinstance(item, BadRowError):
            yield item
            continue
        number, (war, one, other, year, *sides) = item
        try:
            when = _year(year)
            codes = present("ccode1", one), present("ccode2", other)
            side, other_side = (present("side", text) for text in sides)
            key = f"war {present('warnum', war)}, {when.first.year}, {codes[0]} to {codes[1]}"
        except ValueError as wrong:
            yield intake.bad(number, str(wrong))
            continue
        pair = state(intake, codes[0], when), state(intake, codes[1], when)
        if side == other_side or pair[0] == pair[1]:
            yield intake.no_relation(number, "both states are on the same side, or the same state")
            continue
        intake.tally.used += 1
        yield dyad_statement(intake, _BETWEEN, pair, WAR, when, key)


# -- within a state ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of a war within a state: the main parties, or a state that joins one side."""

    line: int
    war: str
    when: DateInterval
    sides: tuple[str | None, str | None]
    texts: tuple[str, str]


def _within(intake: Intake) -> Iterator[Statement | BadRowError]:
    # A state that joins stands in a row of its own, not always behind the row of the main parties.
    wars: dict[tuple[int, int], list[_Row]] = {}
    for item in text_rows(intake, _INTRA):
        if isinstance(item, BadRowError):
            yield item
            continue
        try:
            key, row = _row(intake, *item)
        except ValueError as wrong:
            yield intake.bad(item[0], str(wrong))
            continue
        wars.setdefault(key, []).append(row)
    for (number, year), rows in wars.items():
        yield from _war(intake, f"war {number}, {year}", rows)


def _row(intake: Intake, line: int, texts: list[str]) -> tuple[tuple[int, int], _Row]:
    """Read one row.

    Raises:
        ValueError: with the sentence that says what is wrong with it.
    """
    war, name, year, code_a, side_a, code_b, side_b = texts
    when = _year(year)
    if max(map(len, (name, side_a, side_b))) > LONGEST_NAME:
        raise ValueError(f"a name has more than {LONGEST_NAME} characters")
    there = [_state(intake, code, text, when) for code, text in ((code_a, side_a), (code_b, side_b))]
    # "Liberals" rose in ten states: those who are no state and not known are told apart by whom they fight.
    for side, other in ((0, 1), (1, 0)):
        text = (side_a, side_b)[side]
        if there[side] is None and text not in _NOT_A_STATE:
            there[side] = intake.resolve("name:cow", text, when.first) or f"{text} ({there[other] or name})"
    row = _Row(line, name, when, (there[0], there[1]), (side_a, side_b))
    return (present("warnum", war), when.first.year), row


def _state(intake: Intake, code: str, text: str, when: DateInterval) -> str | None:
    if code in _NOT_A_STATE:
        return None
    number = present("country code", code)
    return intake.resolve("cow", str(whole(code) or number), when.first) or text or f"COW {number}"


def _war(intake: Intake, key: str, rows: list[_Row]) -> Iterator[Statement | BadRowError]:
    """Yield what the rows of one war and year tell: who fights whom, and who joined which main party."""
    told: set[tuple[str, str, str]] = set()
    main = [row for row in rows if None not in row.sides]
    for row in rows:
        stmts = []
        for kind, act, side, target, texts in _pairs(row, main):
            if side != target and (side, target, act[0]) not in told:
                told.add((side, target, act[0]))
                qualifiers = (("war", row.war),) if row.war else ()
                stmts.append(
                    dyad_statement(intake, kind, (side, target), act, row.when, key, qualifiers, texts)
                )
        if stmts:
            intake.tally.used += 1
            yield from stmts
        else:
            yield intake.no_relation(
                row.line, "its war has no two parties in this year, or they are told already"
            )


def _pairs(
    row: _Row, main: list[_Row]
) -> Iterator[tuple[DyadKind, tuple[str, int], str, str, tuple[str, str]]]:
    one, other = row.sides
    if one is not None and other is not None:
        yield _WITHIN, WAR, one, other, row.texts
        return
    for at, party in product((0, 1), main):
        joined, friend, enemy = row.sides[at], party.sides[at], party.sides[1 - at]
        if joined is not None and friend is not None and enemy is not None:
            yield _WITHIN, WAR, joined, enemy, (row.texts[at], party.texts[1 - at])
            yield _JOINED, INTERVENTION, joined, friend, (row.texts[at], party.texts[at])


def _sniff(path: Path) -> bool:
    names = column_names(path)
    return set(_INTRA) <= names or (set(_INTER) | {"batdeath1"}) <= names


COW_WARS = Format(
    name="cow-wars",
    title="Correlates of War, inter-state and intra-state wars by year (of the R package peacesciencer)",
    citation=(
        "Sarkees, M. R. and Wayman, F. W. (2010). Resort to War: 1816-2007. CQ Press. And: Miller, S. V. (2022). "
        "{peacesciencer}: An R package for quantitative peace science research. Conflict Management and Peace Science "
        "39(6), 755-779. https://doi.org/10.1177/07388942221077926"
    ),
    terms="Free for scholarly use with citation of the Correlates of War project.",
    url="https://correlatesofwar.org/data-sets/cow-war/",
    columns=(
        Column("warnum", "which war", ()),
        Column("year", f"{FIRST_YEAR} to {LAST_YEAR}", ()),
        Column("ccode1, ccode2 (between states)", "COW country codes", ()),
        Column("sidea1, sidea2 (between states)", "1 or 2", ()),
        Column(
            "ccodea, ccodeb (within a state)",
            "COW country codes; -8 is no state",
            tuple(sorted(_NOT_A_STATE)),
        ),
        Column("sidea, sideb (within a state)", "the sides' names; -8: nobody in this row", ("", "-8")),
        Column("warname (within a state)", "named in the qualifiers"),
    ),
    notes=(
        "Between states: a row is one direction and gives one statement (assault, 10).",
        (
            "Within a state: side A fights side B. A state that joined fights the other side (10) and supports the main "
            "party of its own (8); it stands in a row of its own."
        ),
        (
            "A side that is no state stays one actor as the file names it ('SLA & JEM'); one that isn't known is told apart "
            "by its enemy: 'Liberals (Spain)'."
        ),
    ),
    sniff=_sniff,
    read=_read,
)
