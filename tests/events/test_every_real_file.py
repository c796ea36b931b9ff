"""Every file of the real data sets: what it is read as, its counts, and why each row that gave nothing was skipped."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from allegiance.case.readers import gazetteer, resolver
from allegiance.errors import BadRowError, DataError
from allegiance.events import guess, load
from allegiance.model import Statement

if TYPE_CHECKING:
    from pathlib import Path

NO_OBLIGATION = "no obligation is set"
NO_ACTION = "this state took no militarized action against the other"
NO_FIRST, NO_SECOND = "it has no first actor", "it has no second actor"
ONLY_A_ROLE = "an actor is only a role or a religion without a country, which names nobody"
SAME = "both actors are the same"


@dataclass(frozen=True)
class Counts:
    """What a file gives: rows = used + all that is skipped."""

    format: str
    rows: int
    used: int
    statements: int
    skipped: dict[str, int] = field(default_factory=dict)


READ = {
    "atop/atop-member-level.csv": Counts(
        "atop",
        2398,
        2376,
        16_008,
        {NO_OBLIGATION: 12, "no other member of the alliance at the same time": 10},
    ),
    "cow/MIDB_5.0.csv": Counts("cow-mid", 5883, 5883, 10_461),
    "cow/MIDIP_5.0.csv": Counts(
        "cow-mid",
        9619,
        9617,
        9597,
        {"its dates 1997-10-10 to 1997-10-03 are not in order within 1816 to 2014": 2},
    ),
    "gdelt/20180101000000.export.CSV": Counts(
        "gdelt", 2414, 547, 547, {NO_FIRST: 244, ONLY_A_ROLE: 775, NO_SECOND: 766, SAME: 82}
    ),
    "gdelt/gdelt1_events_58col_710rows.tsv": Counts(
        "gdelt", 710, 164, 164, {NO_SECOND: 196, ONLY_A_ROLE: 268, SAME: 39, NO_FIRST: 43}
    ),
    "gdelt/sparkgdelt_mentions.csv": Counts(
        "gdelt-mentions", 100, 0, 0, {"its event is in none of the events files beside it": 100}
    ),
    "icews/events.2018.sample.tab": Counts(
        "icews", 3705, 3153, 3153, {SAME: 461, "an actor is missing or unspecified": 91}
    ),
    "peacesciencer/atop_alliance.parquet": Counts("atop", 273_296, 273_126, 136_625, {NO_OBLIGATION: 170}),
    "peacesciencer/cow_alliance.parquet": Counts(
        "cow-alliance", 120_784, 120_774, 60_387, {NO_OBLIGATION: 10}
    ),
    "peacesciencer/cow_mid_dirdisps.csv": Counts("dispute-years", 11_390, 9507, 9507, {NO_ACTION: 1883}),
    "peacesciencer/cow_war_inter.csv": Counts("cow-wars", 1932, 1932, 1932),
    "peacesciencer/cow_war_intra.csv": Counts(
        "cow-wars", 1361, 1359, 1668, {"its war has no two parties in this year, or they are told already": 2}
    ),
    "peacesciencer/gml_dirdisp.parquet": Counts("dispute-years", 10_276, 8694, 8694, {NO_ACTION: 1582}),
    "peacesciencer/td_rivalries.csv": Counts("rivalries", 197, 197, 197),
    "peacesciencer/tss_rivalries.csv": Counts("rivalries", 264, 264, 264),
    "peacesciencer/ucdp_acd.csv": Counts(
        "ucdp-acd", 5652, 3414, 3387, {"it names only one party (rebels have no code here)": 2238}
    ),
    "sanctions/GSDB_V3.csv": Counts(
        "gsdb", 588, 587, 940, {"it names no sender, no target, or only one actor": 1}
    ),
    "ucdp/ucdpged_sample1000.csv": Counts("ucdp-ged", 1000, 1000, 1078),
}
# Votes are asserted beside the measures of agreement in test_unvotes, where all 870,109 of them are read once.
ELSEWHERE = {"unvotes/un_votes.parquet": "unvotes"}
REFUSED = {
    "atop/atop-alliance-level.csv": "give the member level",
    "cow/MIDA_5.0.csv": "give the file of participants (MIDB_5.0.csv)",
    "cow/MIDI_5.0.csv": "give the file of participants (MIDIP_5.0.csv)",
}
# Code books, states, trade, other people's results, entities without dates: no claims of anybody about two actors.
NO_RELATIONS = {
    "FORMATS.md",
    "cameo/CAMEO.actortype.txt",
    "cameo/CAMEO.country.txt",
    "cameo/CAMEO.ethnic.txt",
    "cameo/CAMEO.eventcodesfull.txt",
    "cameo/CAMEO.knowngroup.txt",
    "cameo/CAMEO.religion.txt",
    "cameo/cameoCodeTable_goldstein.tsv",
    "cameo/cameo_goldstein.json",
    "cameo/icews_goldstein_mappings.csv",
    "ftm/donations.ijson",
    "peacesciencer/cow_majors.csv",
    "peacesciencer/cow_states.csv",
    "peacesciencer/cow_trade_sy.csv",
    "peacesciencer/gw_states.csv",
    "plover/CAMEO2PLOVER-2021.txt",
    "plover/PLOVER_GSR_CAMEO.txt",
    "unvotes/rok_unga.csv",
    "unvotes/un_roll_call_issues.csv",
    "unvotes/un_roll_calls.parquet",
}


@pytest.mark.shared_data
def test_no_file_is_forgotten(shared_data: Path) -> None:
    """Each file of the folder is read, refused with a reason, or known to hold no relations between actors."""
    folder = shared_data / "sources"
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert there == READ.keys() | ELSEWHERE.keys() | REFUSED.keys() | NO_RELATIONS
    assert {name: guess(folder / name) for name in READ | ELSEWHERE} == ELSEWHERE | {
        name: counts.format for name, counts in READ.items()
    }
    assert [name for name in sorted(NO_RELATIONS) if guess(folder / name) is not None] == []


@pytest.mark.shared_data
@pytest.mark.parametrize("name", READ)
def test_each_row_gives_statements_or_its_reason(shared_data: Path, name: str) -> None:
    """Rows in are rows used and rows skipped, each with its reason; the numbers are these."""
    counts = READ[name]
    reading = load(shared_data / "sources" / name, counts.format, resolver(gazetteer(())))
    statements = skipped = 0
    for item in reading:
        statements += isinstance(item, Statement)
        skipped += isinstance(item, BadRowError)
    tally = reading.tally
    assert Counts(counts.format, tally.rows, tally.used, statements, dict(tally.skipped)) == counts
    assert tally.rows == tally.used + skipped == tally.used + sum(tally.skipped.values())


@pytest.mark.shared_data
@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_lacks_what_a_relation_needs_says_which_to_give(shared_data: Path, name: str) -> None:
    """A table of disputes or treaties without the days of its parties is refused, and names the file that has them."""
    path = shared_data / "sources" / name
    fmt = guess(path)
    assert fmt is not None
    with pytest.raises(DataError) as refused:
        list(load(path, fmt, resolver(gazetteer(()))))
    assert REFUSED[name] in str(refused.value)
