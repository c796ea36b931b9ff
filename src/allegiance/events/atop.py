"""Alliance Treaty Obligations and Provisions (ATOP): member level, and Parquet of peacesciencer by dyad and year."""

from __future__ import annotations

from allegiance.events.alliance_pacts import PactKind
from allegiance.events.alliance_rows import FLAG_MISSING, AllianceData, Form
from allegiance.events.fields import MISSING
from allegiance.events.format import READER_VERSION, Column, Format
from allegiance.model import ReaderTag, Source

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
        "The alliance level has no dates of members and isn't read: give the member level.",
        "Skipped: rows without any of the five obligations, members who were alone in a treaty.",
    ),
    sniff=_DATA.sniff,
    read=_DATA.read,
)
