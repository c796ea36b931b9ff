"""Formal alliances of the Correlates of War 4.1: by dyad and year, by dyad, by member; CSV, or Parquet of peacesciencer."""

from __future__ import annotations

from allegiance.events.alliance_pacts import PactKind
from allegiance.events.alliance_rows import FLAG_MISSING, AllianceData, Form
from allegiance.events.format import READER_VERSION, Column, Format
from allegiance.model import ReaderTag, Source

# Left-censored alliances begin before the data do; the oldest in force then was made in 1373.
FIRST_YEAR, LAST_YEAR = 1300, 2012
# Obligation -> weight in tenths of the act "ally". A pact with several weighs what its strongest weighs: to defend each
# other is all that the act can say, not to attack each other is the least of it.
OBLIGATIONS = {"defense": 100, "entente": 50, "neutrality": 40, "nonaggression": 30}
_COLUMNS = (
    ("defense", "cow_defense"),
    ("entente", "cow_entente"),
    ("neutrality", "cow_neutral"),
    ("nonaggression", "cow_nonagg"),
)


def _dates(prefix: str) -> tuple[str, ...]:
    return tuple(f"{prefix}_{end}_{part}" for end in ("st", "end") for part in ("year", "month", "day"))


_DATA = AllianceData(
    kind=PactKind(
        Source(("COW alliances 4.1",)), ReaderTag("cow-alliance", READER_VERSION, "row"), OBLIGATIONS
    ),
    flags=_COLUMNS,
    forms=(
        Form("year", ("ccode1", "ccode2", "year")),
        Form("dyad", ("version4id", "ccode1", "ccode2"), _dates("dyad")),
        Form("member", ("version4id", "ccode"), _dates("mem")),
    ),
    names=("state_name1", "state_name2", "state_name"),
    years=(FIRST_YEAR, LAST_YEAR),
)

COW_ALLIANCE = Format(
    name="cow-alliance",
    title="Correlates of War, Formal Alliances 4.1",
    citation=(
        "Gibler, D. M. (2009). International military alliances, 1648-2008. CQ Press. For the Parquet form also: "
        "Miller, S. V. (2022). {peacesciencer}: An R package for quantitative peace science research. Conflict "
        "Management and Peace Science 39(6), 755-779. https://doi.org/10.1177/07388942221077926"
    ),
    terms="Free for scholarly use with citation of the Correlates of War project.",
    url="https://correlatesofwar.org/data-sets/formal-alliances/",
    columns=(
        Column("ccode1, ccode2 (by member: ccode)", "COW country codes", ()),
        Column(
            "year", f"the year, {FIRST_YEAR} to {LAST_YEAR}; forms without it have dates of begin and end", ()
        ),
        Column(
            "dyad_st_*, mem_st_*",
            "begin: year, month, day; a missing part leaves the widest interval",
            ("", "-9", "NA"),
        ),
        Column("dyad_end_*, mem_end_*", "end; missing: in force when the data end", ("", "-9", "NA")),
        *(
            Column(
                " or ".join(names),
                f"obligation, 0 or 1; weighs {OBLIGATIONS[name] / 10:g}",
                tuple(sorted(FLAG_MISSING)),
            )
            for name, names in zip(OBLIGATIONS, _COLUMNS, strict=True)
        ),
        Column("version4id", "which alliance; not in the form by year"),
        Column("state_name1, state_name2, state_name", "used where the code isn't known"),
    ),
    notes=(
        (
            "Forms: one row for two states and a year (CSV, or the Parquet file of the R package peacesciencer), one row "
            "for two states and a treaty, one row for a member of a treaty."
        ),
        (
            "One statement for two states in a year (or treaty): both directions and several treaties of the same year are "
            "put together, with the obligations of all of them."
        ),
        "The weight is that of the strongest obligation.",
        "Skipped: rows without any of the four obligations, members who were alone in an alliance.",
    ),
    sniff=_DATA.sniff,
    read=_DATA.read,
)
