from __future__ import annotations

import csv
from datetime import date
from typing import TYPE_CHECKING

import pytest

from allegiance.errors import UnknownNameError
from allegiance.naming import Gazetteer
from allegiance.naming.tables import rows

if TYPE_CHECKING:
    from collections.abc import Iterator
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
        ("cow", "260", 2000, "Germany"),
        ("cow", "340", 2010, "Serbia"),
        ("gw", "345", 2010, "Serbia"),
        ("cow", "678", 2000, "Yemen"),
        ("gw", "679", 2000, "Yemen"),
        ("iso2", "YE", 1985, "North Yemen"),
        ("iso2", "YE", None, "Yemen"),
        ("iso3", "YEM", 1985, "North Yemen"),
        ("iso2", "YD", 1985, "South Yemen"),
        ("cameo", "RUS", 1985, "Soviet Union"),
        ("cameo", "SRB", 1999, "Yugoslavia"),
        ("iso2", "YU", 1995, "Yugoslavia"),
        ("iso2", "YU", 2005, "Serbia and Montenegro"),
        ("iso2", "RS", 2005, "Serbia and Montenegro"),
        ("gw", "816", 1960, "North Vietnam"),
        ("cow", "817", 1960, "South Vietnam"),
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


@pytest.mark.parametrize(
    ("actor", "year", "code"),
    [
        ("Yugoslavia", 1995, "YU"),
        ("Serbia and Montenegro", 2005, "CS"),
        ("Serbia", 2010, "RS"),
        ("Soviet Union", 1985, "SU"),
        ("Russia", 2000, "RU"),
        ("West Germany", 1985, "DE"),
        ("North Yemen", 1985, "YE"),
    ],
)
def test_an_actor_has_its_own_code_first(actor: str, year: int, code: str) -> None:
    """A code that lists also used for an actor doesn't hide its own."""
    assert Gazetteer.shipped().codes_of(actor, date(year, 1, 1), date(year, 12, 31))["iso2"] == code


def test_unknown_scheme() -> None:
    """An unknown scheme is refused with the nearest known one."""
    with pytest.raises(UnknownNameError, match="Did you mean 'iso3'"):
        Gazetteer.shipped().code("iso", "FRA")


def _listed_states(folder: Path, scheme: str) -> Iterator[tuple[str, str, date, date]]:
    """Yield code, name, first and last day of each state of a published list."""
    with (folder / f"{scheme}_states.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            if scheme == "gw":
                begin, end = date.fromisoformat(row["startdate"]), date.fromisoformat(row["enddate"])
                yield str(int(float(row["gwcode"]))), row["statename"], begin, end
            else:
                begin, end = (
                    date(*(int(float(row[side + part])) for part in ("year", "month", "day")))
                    for side in ("st", "end")
                )
                yield str(int(float(row["ccode"]))), row["statenme"], begin, end


@pytest.mark.shared_data
@pytest.mark.parametrize("scheme", ["cow", "gw"])
def test_every_state_of_the_lists_in_every_year(shared_data: Path, scheme: str) -> None:
    """Code and name of a listed state mean the same actor on the first and last day of each year, and it has that code."""
    gazetteer = Gazetteer.shipped()
    for code, name, begin, end in _listed_states(shared_data / "sources" / "peacesciencer", scheme):
        for year in range(begin.year, end.year + 1):
            for day in {max(begin, date(year, 1, 1)), min(end, date(year, 12, 31))}:
                actor = gazetteer.code(scheme, code, day)
                assert actor is not None, (code, name, day)
                assert gazetteer.named_in(scheme, name, day) == actor, (code, name, day)
                assert gazetteer.codes_of(actor, day, day)[scheme] == code, (actor, day)


def test_changes_are_one_after_the_other() -> None:
    """Of the codes whose bearer changed, none has two bearers on a day, and each bearer is an actor with a source."""
    gazetteer = Gazetteer.shipped()
    spells: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for row in rows("code_changes"):
        assert gazetteer.actor(row["actor"]), row
        assert row["source"], row
        spells.setdefault((row["scheme"], row["code"]), []).append((row["since"], row["until"] or "9999"))
    for code, found in spells.items():
        days = [day for spell in found for day in spell]
        assert days == sorted(days), code


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
