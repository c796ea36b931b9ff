"""Alliance Treaty Obligations and Provisions (ATOP): member level, and Parquet of peacesciencer by dyad and year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegiance.errors import BadRowError, DataError
from allegiance.events.alliance_pacts import PactKind
from allegiance.events.alliance_rows import FLAG_MISSING, AllianceData, Form
from allegiance.events.fields import MISSING
from allegiance.events.format import READER_VERSION, Column, Format
from allegiance.events.table import column_names
from allegiance.model import ReaderTag, Source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from allegiance.events.format import Intake
    from allegiance.model import Statement

FIRST_YEAR, LAST_YEAR = 1815, 2018
# As for the Correlates of War: the strongest obligation is the pact's weight, in tenths of the act "ally".
OBLIGATIONS = {"defense": 100, "offense": 100, "neutrality": 40, "nonaggression": 30, "consultation": 30}
_COLUMNS = (
    ("defense", "atop_defense"),
    ("offense", "atop_offense"),
    ("neutral", "atop_neutral"),
    ("nonagg", "atop_nonagg"),
    ("consul", "atop_consul"),
)
_DATA = AllianceData(
    kind=PactKind(Source(("ATOP",)), ReaderTag("atop", READER_VERSION, "row"), OBLIGATIONS),
    flags=_COLUMNS,
    forms=(
        Form("member", ("atopid", "member"), ("yrent", "moent", "dayent", "yrexit", "moexit", "dayexit")),
        Form("year", ("ccode1", "ccode2", "year")),
    ),
    names=(),
    years=(FIRST_YEAR, LAST_YEAR),
    no_date=MISSING | {"0", "."},
)

# Of the alliance level: one row a treaty, its members side by side.
_ALLIANCE_LEVEL = {"atopid", "begyr", "mem1", "mem2"}


def _read(intake: Intake) -> Iterator[Statement | BadRowError]:
    if column_names(intake.path) >= _ALLIANCE_LEVEL:
        raise DataError(
            f"{intake.dataset} lists treaties without the days on which each member came and went; give the member level "
            "(atop-member-level.csv)."
        )
    yield from _DATA.read(intake)


def _sniff(path: Path) -> bool:
    return _DATA.sniff(path) or column_names(path) >= _ALLIANCE_LEVEL


ATOP = Format(
    name="atop",
    title="Alliance Treaty Obligations and Provisions (ATOP)",
    citation=(
        "Leeds, B. A., Ritter, J. M., Mitchell, S. M. and Long, A. G. (2002). Alliance treaty obligations and provisions, "
        "1815-1944. International Interactions 28(3), 237-260. https://doi.org/10.1080/03050620213653"
    ),
    terms="Free for academic use with citation.",
    url="http://www.atopdata.org/",
    columns=(
        Column("atopid, member", "which treaty phase and COW country code (member level)", ()),
        Column("yrent, moent, dayent", "the member's begin", ("", "0", "-9", "NA", ".")),
        Column(
            "yrexit, moexit, dayexit",
            "its end; missing: in force when the data end",
            ("", "0", "-9", "NA", "."),
        ),
        Column(
            "ccode1, ccode2, year", f"two COW country codes and a year up to {LAST_YEAR} (peacesciencer)", ()
        ),
        *(
            Column(
                " or ".join(names),
                f"obligation, 0 or 1; weighs {OBLIGATIONS[name] / 10:g}",
                tuple(sorted(FLAG_MISSING)),
            )
            for name, names in zip(OBLIGATIONS, _COLUMNS, strict=True)
        ),
    ),
    notes=(
        "Every two members of a treaty at the same time are allies; obligations of both are put together.",
        "By dyad and year both directions are one statement. The weight is that of the strongest obligation.",
        "The alliance level has no dates of members and is refused: give the member level.",
        "Skipped: rows without any of the five obligations, members who were alone in a treaty.",
    ),
    sniff=_sniff,
    read=_read,
)
