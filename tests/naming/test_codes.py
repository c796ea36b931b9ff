from __future__ import annotations

import csv
from datetime import date
from typing import TYPE_CHECKING

import pytest

from allegiance.errors import UnknownNameError
from allegiance.naming import Gazetteer

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("scheme", "code", "year", "actor"),
    [
        ("cow", "255", None, "Germany"),
        ("cow", "255", 1914, "Germany"),
        ("cow", "260", 1960, "West Germany"),
        ("gw", "260", 1960, "West Germany"),
        ("gw", "260", 2000, "Germany"),
        ("cow", "365", 1914, "Russia"),
        ("cow", "365", 1975, "Soviet Union"),
        ("cow", "365", 2000, "Russia"),
        ("cow", "345", 1914, "Serbia"),
        ("cow", "345", 1985, "Yugoslavia"),
        ("cow", "345", 2010, "Serbia"),
        ("gw", "340", 2010, "Serbia"),
        ("cow", "816", 1968, "North Vietnam"),
        ("cow", "816", 1990, "Vietnam"),
        ("gw", "678", 1985, "North Yemen"),
        ("gw", "678", 2015, "Yemen"),
        ("cow", "2", None, "United States"),
        ("cow", "002", None, "United States"),
        ("cowabb", "USA", None, "United States"),
        ("iso2", "NA", None, "Namibia"),
        ("iso2", "GB", None, "United Kingdom"),
        ("iso3", "deu", 2000, "Germany"),
        ("iso3", "DEU", 1970, "West Germany"),
        ("iso3", "SUN", 1995, "Soviet Union"),
        ("cameo", "HEZ", None, "Hezbollah"),
        ("cameo", "NAT", None, "NATO"),
        ("cameo", "ROM", None, "Romania"),
        ("cameo", "ROU", None, "Romania"),
        ("cameo", "GZS", None, "Gaza"),
        ("iso3", "XYZ", None, None),
        ("cow", "", None, None),
        ("cow", "-9", None, None),
    ],
)
def test_codes(scheme: str, code: str, year: int | None, actor: str | None) -> None:
    """A code means the actor that bore it on the day; without a day, who bears it now."""
    day = date(year, 6, 1) if year else None
    assert Gazetteer.shipped().code(scheme, code, day) == actor


def test_unknown_scheme() -> None:
    """An unknown scheme is refused with the nearest known one."""
    with pytest.raises(UnknownNameError, match="Did you mean 'iso3'"):
        Gazetteer.shipped().code("iso", "FRA")


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("file", "scheme", "number", "begin", "end"),
    [
        ("cow_states.csv", "cow", "ccode", "styear", "endyear"),
        ("gw_states.csv", "gw", "gwcode", "startdate", "enddate"),
    ],
)
def test_every_state_of_the_lists(
    shared_data: Path, file: str, scheme: str, number: str, begin: str, end: str
) -> None:
    """Each state of the published lists has its code, in the first and last year it is listed."""
    gazetteer = Gazetteer.shipped()
    with (shared_data / "sources" / "peacesciencer" / file).open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            code = str(int(float(row[number])))
            for year in (row[begin], row[end]):
                assert gazetteer.code(scheme, code, date(int(float(year[:4])), 12, 31)), row


@pytest.mark.shared_data
def test_cow_abbreviations_agree(shared_data: Path) -> None:
    """Number and abbreviation of a state in the Correlates of War list mean the same actor."""
    gazetteer = Gazetteer.shipped()
    with (shared_data / "sources" / "peacesciencer" / "cow_states.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            code, day = str(int(float(row["ccode"]))), date(int(float(row["endyear"])), 1, 1)
            assert gazetteer.code("cow", code, day) == gazetteer.code("cowabb", row["stateabb"], day), row


@pytest.mark.shared_data
def test_cameo_states(shared_data: Path) -> None:
    """The states of the CAMEO country list have their codes; what lacks one is a region or a small territory."""
    gazetteer = Gazetteer.shipped()
    lines = (shared_data / "sources" / "cameo" / "CAMEO.country.txt").read_text("latin-1").splitlines()[1:]
    codes = [line.split("\t")[0] for line in lines if line.strip()]
    missing = [code for code in codes if gazetteer.code("cameo", code) is None]
    assert len(missing) * 4 < len(codes), missing
