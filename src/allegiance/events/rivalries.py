"""Strategic rivalries between states: Thompson and Dreyer 2012, and Thompson, Sakuwa and Suhas 2021."""

from __future__ import annotations

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

FIRST_YEAR, LAST_YEAR = 1494, 2020
# Rivals take each other for enemies; what they do to each other is in the data of disputes and wars.
RIVALRY = ("dispute", 40)
_TD = ("rivalryno", "rivalryname", "ccode1", "ccode2", "styear", "endyear")
_TSS = ("tssr_id", "rivalry", "ccode1", "ccode2", "start", "end")
_TD_KINDS = ("type1", "type2", "type3")
_TSS_KINDS = ("positional", "spatial", "ideological", "interventionary")
_READER = ReaderTag("rivalries", READER_VERSION, "row")
_SOURCES: dict[tuple[str, ...], DyadKind] = {
    _TD: DyadKind(Source(("Thompson-Dreyer rivalries",)), _READER),
    _TSS: DyadKind(Source(("Thompson-Sakuwa-Suhas rivalries",)), _READER),
}


def _read(intake: Intake) -> Iterator[Statement | BadRowError]:
    columns = _TSS if "tssr_id" in column_names(intake.path) else _TD
    for item in text_rows(intake, columns, _TSS_KINDS if columns is _TSS else _TD_KINDS):
        if isinstance(item, BadRowError):
            yield item
            continue
        try:
            yield _statement(intake, item[0], columns, item[1])
        except ValueError as wrong:
            yield intake.bad(item[0], str(wrong))


def _statement(
    intake: Intake, row: int, columns: tuple[str, ...], texts: list[str]
) -> Statement | BadRowError:
    """Return the statement of a rivalry.

    Raises:
        ValueError: with the sentence that says what is wrong with the row.
    """
    number, name, *parties, begin, end = texts[: len(columns)]
    one, other = map(present, columns[2:4], parties)
    first, last = present(columns[4], begin), whole(end)
    last = LAST_YEAR if last is None else last
    if not FIRST_YEAR <= first <= last <= LAST_YEAR:
        raise ValueError(f"its years {first} to {last} are not in order within {FIRST_YEAR} to {LAST_YEAR}")
    if len(name) > LONGEST_NAME:
        raise ValueError(f"its name has more than {LONGEST_NAME} characters")
    when = DateInterval(earliest(first, None, None), latest(last, None, None))
    pair = state(intake, one, when), state(intake, other, when)
    if pair[0] == pair[1]:
        return intake.no_relation(row, "both codes mean the same state")
    key = f"rivalry {present(columns[0], number)} ({name})"
    intake.tally.used += 1
    kinds = _kinds(columns, texts[len(columns) :])
    return dyad_statement(
        intake, _SOURCES[columns], pair, RIVALRY, when, key, (("kinds", kinds),) if kinds else ()
    )


def _kinds(columns: tuple[str, ...], texts: list[str]) -> str:
    if columns is _TSS:
        return ", ".join(
            kind for kind, text in zip(_TSS_KINDS, texts, strict=True) if text in ("1", "1.0", "TRUE")
        )
    return ", ".join(text[:LONGEST_NAME] for text in texts if text not in ("", "NA"))


def _sniff(path: Path) -> bool:
    names = column_names(path)
    return set(_TD) <= names or set(_TSS) <= names


RIVALRIES = Format(
    name="rivalries",
    title="Strategic rivalries (Thompson and Dreyer; Thompson, Sakuwa and Suhas)",
    citation=(
        "Thompson, W. R. and Dreyer, D. R. (2012). Handbook of International Rivalries, 1494-2010. CQ Press. Or: Thompson, "
        "W. R., Sakuwa, K. and Suhas, P. H. (2021). Analyzing Strategic Rivalries in World Politics: Types of Rivalry, "
        "Regional Variation, and Escalation/De-escalation. Springer. For both files also: Miller, S. V. (2022), "
        "https://doi.org/10.1177/07388942221077926"
    ),
    terms="Free for scholarly use with citation.",
    url="https://svmiller.com/peacesciencer/",
    columns=(
        Column("rivalryno or tssr_id", "which rivalry", ()),
        Column("rivalryname or rivalry", "its name; an earlier rivalry of the same two has another number"),
        Column("ccode1, ccode2", "COW country codes", ()),
        Column("styear or start", f"first year, from {FIRST_YEAR}", ()),
        Column("endyear or end", f"last year; missing: it goes on until {LAST_YEAR}", ("", "-9", "NA")),
        Column("type1, type2, type3 or positional, spatial, ...", "kinds, named in the qualifiers"),
    ),
    notes=(
        "One statement a rivalry: the two states are in dispute (4), from its first to its last year.",
        "A rivalry has no direction; the first state of the row stands as the actor.",
    ),
    sniff=_sniff,
    read=_read,
)
