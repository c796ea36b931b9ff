from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import duckdb
import pytest

from allegiance.case.readers import resolver
from allegiance.naming import ActorEntry, Gazetteer
from allegiance.naming.tables import rows, split

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("dataset", "name", "year", "actor"),
    [
        ("icews", "Congo", 2018, "Republic of the Congo"),
        ("icews", "Democratic Republic of Congo", 2018, "DR Congo"),
        ("icews", "Congo, the Democratic Republic of the", 2018, "DR Congo"),
        ("gsdb", "Congo, Republic of", 2018, "Republic of the Congo"),
        ("gsdb", "Congo, Dem. Rep.", 2018, "DR Congo"),
        ("gdelt", "CONGO", 2018, None),
        ("icews", "Moldova, Republic of", 2018, "Moldova"),
        ("icews", "Holy See (Vatican City State)", 2018, "Vatican"),
        ("icews", "Côte d\u2019Ivoire", 2018, "Ivory Coast"),
        ("gsdb", "Yemen", 1985, "North Yemen"),
        ("gsdb", "Yemen", 2015, "Yemen"),
        ("gsdb", "Germany", 1975, "West Germany"),
        ("gsdb", "Russia", 1975, "Soviet Union"),
        ("gsdb", "Viet Nam", 1968, "North Vietnam"),
        ("gsdb", "Yugoslavia", 2005, "Serbia and Montenegro"),
        ("ucdp", "Government of Russia (Soviet Union)", 1980, "Soviet Union"),
        ("ucdp", "Government of Yemen (North Yemen)", 1980, "North Yemen"),
        ("ucdp", "Government of Serbia (Yugoslavia)", 1995, "Yugoslavia"),
        ("gsdb", "Cyprus (Northern)", 2000, "Northern Cyprus"),
        ("un", "Congo (the)", 2018, "Republic of the Congo"),
        ("un", "Congo (the Democratic Republic of the)", 2018, "DR Congo"),
        ("un", "Korea (the Republic of)", 2018, "South Korea"),
        ("un", "Venezuela (Bolivarian Republic of)", 2018, "Venezuela"),
        ("un", "Micronesia (Federated States of)", 2018, "Micronesia"),
        ("unvotes", "Congo - Brazzaville", 2018, "Republic of the Congo"),
        ("unvotes", "Antigua & Barbuda", 2018, "Antigua and Barbuda"),
        ("gsdb", "Burma/Myanmar", 2018, "Myanmar"),
        ("icews", "Al Qaeda", 2018, "al-Qaeda"),
        ("icews", "Police (Chad)", 2018, None),
        ("icews", "", 2018, None),
    ],
)
def test_names_of_data_sets(dataset: str, name: str, year: int, actor: str | None) -> None:
    """A name in a data set means whom its list means in that year."""
    assert Gazetteer.shipped().named_in(dataset, name, date(year, 6, 1)) == actor


@pytest.mark.parametrize(
    "name", ["Albanians", "Kremlin", "Buenos Aires", "French", "Vladimir Putin", "French Army"]
)
def test_what_news_call_an_actor_names_nobody(name: str) -> None:
    """Peoples, capitals, leaders and offices are no names in a list: rebels called Greeks are not Greece."""
    assert Gazetteer.shipped().named_in("cow", name, date(2018, 6, 1)) is None


def test_the_users_own_names_count_first() -> None:
    """What the user's table calls an actor beats the data set's list."""
    own = Gazetteer.shipped().with_actors([ActorEntry("My Congo", aliases=("Congo",))])
    assert own.named_in("icews", "congo", date(2018, 6, 1)) == "My Congo"
    assert resolver(own)("name:icews", "Congo", None) == "My Congo"


@pytest.mark.shared_data
def test_names_and_codes_of_the_votes_agree(shared_data: Path) -> None:
    """In the roll calls of the United Nations each state is the same actor by its name alone as by its code, in each year."""
    folder = shared_data / "sources" / "unvotes"
    listed = (
        duckdb.connect()
        .execute(
            f"SELECT DISTINCT country, country_code, year(date::DATE) FROM '{folder / 'un_votes.parquet'}' "  # noqa: S608
            f"JOIN '{folder / 'un_roll_calls.parquet'}' USING (rcid) WHERE country_code IS NOT NULL"
        )
        .fetchall()
    )
    gazetteer = Gazetteer.shipped()
    assert len(listed) > 9_000
    for name, code, year in listed:
        day = date(year, 12, 31)
        assert gazetteer.named_in("unvotes", name, day) == gazetteer.code("iso2", code[:2], day), (
            name,
            code,
            year,
        )


def test_each_row_of_the_table_holds() -> None:
    """Each listed name means its actor on the first and the last day of its time, for its data set."""
    gazetteer = Gazetteer.shipped()
    for row in rows("dataset_names"):
        assert not row["actor"] or gazetteer.actor(row["actor"]), row
        for name in split(row["names"]):
            for day in filter(None, (row["since"], row["until"])):
                assert gazetteer.named_in(row["dataset"], name, date.fromisoformat(day)) == row["actor"], (
                    name,
                    day,
                )
