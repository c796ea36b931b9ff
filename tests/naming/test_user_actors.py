from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from allegiance.errors import AllegianceError, BadRowError, DataError, UsageError
from allegiance.model import Membership
from allegiance.naming import Gazetteer, Leader, Period, read_actors

HEADER = "name,kind,aliases,demonyms,capital,leader,leader_titles,member_of\n"


def table(folder: Path, content: str | bytes) -> Path:
    """Write a table of actors and return its path."""
    path = folder / "actors.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_all_columns(tmp_path: Path) -> None:
    """Lists, dated leaders and dated memberships are read from their cells."""
    (entry,) = read_actors(
        table(
            tmp_path,
            "\ufeff"
            + HEADER
            + "Veldania,state,Old Veldania|V.R.,Veldanian|Veldanians,Tarsk,Ilvar Dessin (president; 2027-05-01..),"
            "president|head of state,Ember Compact (2031-02-20..2032)|River Pact\n",
        )
    )
    assert (entry.name, entry.kind, entry.capitals) == ("Veldania", "state", ("Tarsk",))
    assert entry.aliases == ("Old Veldania", "V.R.")
    assert entry.titles == ("president", "head of state")
    assert entry.leaders == (
        Leader("Ilvar Dessin", "president", Period(date(2027, 5, 1)), short=("Dessin",)),
    )
    assert entry.memberships == (
        Membership("Ember Compact", date(2031, 2, 20), date(2032, 12, 31)),
        Membership("River Pact"),
    )


def test_only_names(tmp_path: Path) -> None:
    """A table of names alone is enough; empty lines are passed over."""
    entries = read_actors(table(tmp_path, "name\nVeldania\n\nKorvath\n"))
    assert [(entry.name, entry.kind) for entry in entries] == [
        ("Veldania", "unknown"),
        ("Korvath", "unknown"),
    ]


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "=cmd()", "@SUM(A1)", "O'Neil & Söhne", "+1"])
def test_odd_names_are_names(tmp_path: Path, name: str) -> None:
    """Markup and spreadsheet formulas are names like others: read as they stand, found as they stand."""
    entries = read_actors(table(tmp_path, f'name\n"{name}"\n'))
    assert [entry.name for entry in entries] == [name]
    mentions = Gazetteer.shipped().with_actors(entries).mentions(f"Yesterday {name} agreed.")
    assert [mention.actor for mention in mentions] == [name]


@pytest.mark.parametrize(
    ("content", "kind", "says"),
    [
        ("", DataError, "no column called 'name'"),
        ("kind,aliases\nstate,X\n", DataError, "no column called 'name'"),
        ("name,colour\nX,red\n", DataError, "'colour'"),
        (HEADER + "X,state\n", BadRowError, "row 2.*2 cells where the header has 8"),
        ("name,kind\n" + "x" * 10_000 + ",state\n", BadRowError, "row 2.*10,000 characters"),
        ("name,kind\nX,planet\n", BadRowError, "row 2.*'planet'.*state"),
        ("name,kind\n,state\n", BadRowError, "row 2.*no name"),
        ("name,kind\n---,state\n", BadRowError, "row 2.*no name"),
        ("name\nA\nB\nA\n", BadRowError, "row 4.*'A' already stands in row 2"),
        ("name,leader\nX,Y (president; 2031-02-30..)\n", BadRowError, "row 2.*2031-02-30"),
        ("name,leader\nX,Y (president; 2031)\n", BadRowError, "row 2.*two dots"),
        ("name,leader\nX,Y (a; b; c)\n", BadRowError, "row 2.*form"),
        ("name,member_of\nX,Y (soon..)\n", BadRowError, "row 2.*soon"),
        ('name\n"unclosed\n', BadRowError, "no CSV"),
        ("name\nX\x00Y\n", DataError, "row 2"),
        (b"name\nK\xf6ln\n", DataError, "UTF-8"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", DataError, "UTF-8"),
    ],
)
def test_bad_tables(tmp_path: Path, content: str | bytes, kind: type[AllegianceError], says: str) -> None:
    """A table that can't be used is refused in one sentence with the file and the row."""
    with pytest.raises(kind, match=says) as caught:
        read_actors(table(tmp_path, content))
    assert "actors.csv" in str(caught.value)
    assert len(str(caught.value)) < 400


def test_no_file(tmp_path: Path) -> None:
    """A missing file and a folder are errors of the call."""
    with pytest.raises(UsageError, match="no file"):
        read_actors(tmp_path / "none.csv")
    with pytest.raises(UsageError, match="folder"):
        read_actors(tmp_path)


def test_the_sample_case_table() -> None:
    """The table of the sample case is read, and its nickname and capital are known."""
    path = Path(__file__).parents[2] / "src" / "allegiance" / "sample" / "actors.csv"
    gazetteer = Gazetteer.shipped().with_actors(read_actors(path))
    text = "Tarsk and the Three-and-a-Half thanked the Veldanian president."
    assert [mention.actor for mention in gazetteer.mentions(text, day=date(2031, 5, 5))][:2] == [
        "Veldania",
        "Ember Compact",
    ]
