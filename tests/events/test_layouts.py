"""The published layouts of each data set: loaded, or refused with the reason."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from allegiance.errors import DataError
from allegiance.events import guess
from allegiance.events.icews import event_texts
from allegiance.model import Codebook

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from events.conftest import Read

ICEWS_2017 = (
    "Event ID,Event Date,Source Name,Source Sectors,Source Country,Event Text,Intensity,Target Name,Target Sectors,"
    "Target Country,Story ID,Sentence Number,Publisher"
)
ICEWS_ROWS = (
    "1,1/13/2017,Keshir,NA,Keshir,Use conventional military force,-10,Veldania,NA,Veldania,4,2,Press",
    "2,12/1/2017,Keshir,NA,Keshir,Make statement,0,Veldania,NA,Veldania,4,2,Press",
    "3,2/3/2017,Keshir,NA,Keshir,Accuse,-2,Veldania,NA,Veldania,4,2,Press",
    "4,13/1/2017,Keshir,NA,Keshir,Accuse,-2,Veldania,NA,Veldania,4,2,Press",
    "5,1/1/2017,Keshir,NA,Keshir,Wave hello,-2,Veldania,NA,Veldania,4,2,Press",
)


def _tabs(*rows: str) -> str:
    return "\n".join(row.replace(",", "\t") for row in rows) + "\n"


def test_icews_without_codes_and_with_american_dates(tmp_path: Path, read: Callable[..., Read]) -> None:
    """The event text gives the code where no column does, and with slashes the month stands first."""
    path = tmp_path / "Events.2017.tab"
    path.write_text(_tabs(ICEWS_2017, *ICEWS_ROWS))
    assert guess(path) == "icews"
    stmts, bad, _ = read(path, "icews")
    assert [(stmt.act, dict(stmt.qualifiers)["cameo"], str(stmt.date)) for stmt in stmts] == [
        ("assault", "190", "2017-01-13"),
        (stmts[1].act, "010", "2017-12-01"),
        ("accuse", "112", "2017-02-03"),
    ]
    assert [error.row for error in bad] == [5, 6]
    assert "is no day" in bad[0].problem
    assert "'Wave hello' is no event text of ICEWS" in bad[1].problem


def test_icews_without_codes_and_texts_is_refused(tmp_path: Path, read: Callable[..., Read]) -> None:
    """A file in which nothing says what happened is refused, and the two columns are named."""
    path = tmp_path / "e.tab"
    path.write_text(_tabs(ICEWS_2017.replace("Event Text,", "")))
    with pytest.raises(DataError, match="neither a column 'cameo code' nor a column 'event text'"):
        read(path, "icews")


def test_each_event_text_has_a_code_of_the_code_book() -> None:
    """Texts and codes are one to one, and the code book weighs each code."""
    codes = list(event_texts().values())
    assert len(codes) == len(set(codes)) > 290
    assert all(Codebook.shipped().from_cameo(code) for code in codes)


@pytest.mark.shared_data
def test_event_texts_agree_with_the_codes_of_the_real_file(shared_data: Path) -> None:
    """In the published file with both columns each text has the code that stands beside it."""
    path = shared_data / "sources" / "icews" / "events.2018.sample.tab"
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            assert event_texts()[row["Event Text"].casefold()] == row["CAMEO Code"], row


@pytest.mark.parametrize(
    ("fmt", "fixture", "respell"),
    [
        ("icews", "icews_traps.tab", lambda name: name.replace(" ", ".")),
        ("icews", "icews_traps.tab", lambda name: name.replace(" ", "_").upper()),
        ("ucdp-acd", "ucdp_acd.csv", lambda name: name.title().replace("_", "")),
        ("ucdp-ged", "ucdp_ged.csv", lambda name: name.upper()),
        ("acled", "acled.csv", lambda name: name.upper()),
        ("gsdb", "gsdb.csv", lambda name: name.replace("_", ".")),
    ],
)
def test_columns_as_other_editions_write_them(
    tmp_path: Path,
    files: Path,
    read: Callable[..., Read],
    fmt: str,
    fixture: str,
    respell: Callable[[str], str],
) -> None:
    """Editions and programs write the same columns with dots, underscores, capitals or together: all load alike."""
    head, _, body = (files / fixture).read_text("utf-8-sig").partition("\n")
    path = tmp_path / fixture
    path.write_text(respell(head) + "\n" + body, encoding="utf-8")
    assert guess(path) == fmt
    assert read(path, fmt)[2].used == read(fixture, fmt)[2].used > 0


@pytest.mark.parametrize(
    ("fmt", "header", "reason"),
    [
        (
            "acled",
            "event_id_cnty,event_date,event_type,sub_event_type,actor1,assoc_actor_1,source",
            "monadic",
        ),
        (
            "acled",
            "EVENT_ID_CNTY,EVENT_DATE,EVENT_TYPE,ACTOR1,ALLY_ACTOR_1,ACTOR2,ALLY_ACTOR_2,SOURCE",
            "before 2019",
        ),
        (
            "ucdp-ged",
            "id,type_of_violence,side_a,side_b,gwnoa,gwnob,country,date_start,date_end",
            "source_original",
        ),
        ("icews", ICEWS_2017.replace(",Publisher", "").replace(",", "\t"), "'publisher'"),
    ],
)
def test_a_layout_that_is_not_read_is_refused_with_its_reason(
    tmp_path: Path, read: Callable[..., Read], fmt: str, header: str, reason: str
) -> None:
    """A published layout that lacks what a statement needs is known as such, and the sentence says what is lacking."""
    path = tmp_path / "x"
    path.write_text(header + "\n")
    assert guess(path) == fmt
    with pytest.raises(DataError, match=reason):
        read(path, fmt)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
@pytest.mark.parametrize(
    ("fmt", "fixture"),
    [("icews", "icews_traps.tab"), ("acled", "acled.csv"), ("ucdp-acd", "ucdp_acd.csv"), ("edges", "edges_windows.csv"),
     ("gdelt", "gdelt2_traps.CSV")],
)  # fmt: skip
def test_utf_16(
    tmp_path: Path, files: Path, read: Callable[..., Read], fmt: str, fixture: str, encoding: str
) -> None:
    """A table in UTF-16, with or without a mark, is known and gives what it gives in UTF-8."""
    path = tmp_path / fixture
    path.write_bytes((files / fixture).read_bytes().decode("utf-8-sig", "replace").encode(encoding))
    assert guess(path) == fmt
    assert [(stmt.actor, stmt.act, stmt.target) for stmt in read(path, fmt)[0]] == [
        (stmt.actor, stmt.act, stmt.target) for stmt in read(fixture, fmt)[0]
    ]


def test_between_tabs_a_quotation_mark_is_a_character(tmp_path: Path, read: Callable[..., Read]) -> None:
    """A mark without a partner and a nickname in marks cost no row; marks around a whole field are a writer's."""
    named = ('Militant ("Lions', '"Lions" of Keshir', '"The ""Lions"" (Keshir)"', '"Keshir"', '"Li\tons"')
    rows = [
        f"{number}\t2017-02-03\t{name}\tNA\tNA\tAccuse\t-2\tVeldania\tNA\tVeldania\t4\t2\tPress"
        for number, name in enumerate(named * 40)
    ]
    path = tmp_path / "e.tab"
    path.write_text(_tabs(ICEWS_2017) + "\n".join(rows))
    stmts, bad, tally = read(path, "icews")
    assert (tally.rows, tally.used, bad) == (200, 200, [])
    assert [stmt.actor for stmt in stmts[:5]] == [
        'Militant ("Lions',
        '"Lions" of Keshir',
        'The "Lions" (Keshir)',
        "Keshir",
        "Li\tons",
    ]
