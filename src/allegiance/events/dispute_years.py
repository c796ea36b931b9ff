"""Directed dispute-years, as the R package peacesciencer prepares them from the MID data of COW and of Gibler et al."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegiance.errors import BadRowError
from allegiance.events.cow_mid import HOSTILITY, NO_ACTION
from allegiance.events.dyad_row import DyadKind, dyad_statement, present, state
from allegiance.events.fields import earliest, latest
from allegiance.events.format import READER_VERSION, Column, Format
from allegiance.events.table import column_names, text_rows
from allegiance.model import DateInterval, ReaderTag, Source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from allegiance.events.format import Intake
    from allegiance.model import Statement

FIRST_YEAR, LAST_YEAR = 1816, 2014
_COLUMNS = ("dispnum", "ccode1", "ccode2", "year", "sidea1", "sidea2", "hostlev1", "hostlev2")
_READER = ReaderTag("dispute-years", READER_VERSION, "row")
_COW = DyadKind(Source(("COW MID (dyad-years)",)), _READER)
_GML = DyadKind(Source(("GML MID (dyad-years)",)), _READER)


def _read(intake: Intake) -> Iterator[Statement | BadRowError]:
    for item in text_rows(intake, _COLUMNS, ("version",)):
        if isinstance(item, BadRowError):
            yield item
            continue
        number, texts = item
        try:
            yield _statement(intake, number, texts)
        except ValueError as wrong:
            yield intake.bad(number, str(wrong))


def _statement(intake: Intake, number: int, texts: list[str]) -> Statement | BadRowError:
    """Return what the first state does to the second in the year, or why the row tells nothing.

    Raises:
        ValueError: with the sentence that says what is wrong with the row.
    """
    dispute, one, other, year, side, other_side, level, other_level = map(present, _COLUMNS, texts)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"its year {year} is not within {FIRST_YEAR} to {LAST_YEAR}")
    highest = max(HOSTILITY)
    if not (1 <= level <= highest and 1 <= other_level <= highest):
        raise ValueError(f"a hostility level is not 1 to {highest}")
    if side == other_side:
        return intake.no_relation(number, "both states are on the same side")
    when = DateInterval(earliest(year, None, None), latest(year, None, None))
    pair = state(intake, one, when), state(intake, other, when)
    if pair[0] == pair[1]:
        return intake.no_relation(number, "both codes mean the same state")
    # Where neither did more than quarrel, the one that began it is said to dispute; the other row adds nothing.
    quarrel = NO_ACTION if side == 1 and other_level not in HOSTILITY else None
    act = HOSTILITY.get(level, quarrel)
    if act is None:
        return intake.no_relation(number, "this state took no militarized action against the other")
    intake.tally.used += 1
    kind = _GML if texts[-1].startswith("gml") else _COW
    key = f"dispute {dispute}, {year}, {one} to {other}"
    return dyad_statement(intake, kind, pair, act, when, key, (("hostility", str(level)),))


def _sniff(path: Path) -> bool:
    return set(_COLUMNS) <= column_names(path)


DISPUTE_YEARS = Format(
    name="dispute-years",
    title="Militarized disputes by directed dyad and year (COW MID, Gibler-Miller-Little MID)",
    citation=(
        "Miller, S. V. (2022). {peacesciencer}: An R package for quantitative peace science research. Conflict Management "
        "and Peace Science 39(6), 755-779. https://doi.org/10.1177/07388942221077926. And the data: Palmer, G. et al. "
        "(2022), https://doi.org/10.1177/0738894221995743; or Gibler, D. M., Miller, S. V. and Little, E. K. (2016). An "
        "analysis of the Militarized Interstate Dispute (MID) dataset, 1816-2001. International Studies Quarterly 60(4), "
        "719-730. https://doi.org/10.1093/isq/sqw045"
    ),
    terms="Free for scholarly use with citation.",
    url="https://svmiller.com/peacesciencer/",
    columns=(
        Column("dispnum", "which dispute", ()),
        Column("ccode1, ccode2", "COW country codes: who acts, and towards whom", ()),
        Column("year", f"{FIRST_YEAR} to {LAST_YEAR}", ()),
        Column("sidea1, sidea2", "1 on the side that began it, 0 on the other", ()),
        Column("hostlev1, hostlev2", "each state's own highest hostility, 1 to 5", ()),
        Column("version", "tells the data of Gibler, Miller and Little from those of COW"),
    ),
    notes=(
        "CSV or Parquet. A row is one direction: the first state's own hostility level gives its act, as for cow-mid.",
        "The files hold states on opposite sides only; the joint sides of cow-mid are not in them.",
        (
            "Skipped: the direction of a state that took no militarized action, unless neither did: then the side that "
            "began it disputes (2)."
        ),
    ),
    sniff=_sniff,
    read=_read,
)
