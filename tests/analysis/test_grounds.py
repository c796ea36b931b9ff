"""What a proof is of: so many statements, by so many, read so well."""

from __future__ import annotations

from allegiance.analysis.grounds import grounds
from allegiance.model import ReaderTag, RowEvidence, Source, Statement, TextEvidence
from allegiance.network import Contributions, SignedNetwork
from builders import statement


def read(reader: str, at: int, *chain: str, version: str = "1") -> Statement:
    """Return a statement that a reader read in a text."""
    tag = ReaderTag(reader, version, f"rule {at}")
    return statement(source=Source(chain), evidence=TextEvidence("d1", at, at + 1, "x"), reader=tag)


ROW = statement(source=Source(("ICEWS",)), evidence=RowEvidence("icews.csv", "7"))
STMTS = [
    read("taught", 1, "Daily"),
    read("taught", 2, "Daily", "A minister"),
    read("strange", 3, "Post"),
    ROW,
]


def test_statements_holders_and_readers_are_counted() -> None:
    """Holders are the innermost speakers; each reader has its own number, rules of one reader are no readers."""
    counted = Contributions.from_statements(STMTS)
    found = grounds(counted.network(), counted)
    assert (found.statements, found.holders, found.coded) == (4, 4, 1)
    assert dict(found.readers) == {("taught", "1"): 2, ("strange", "1"): 1}


def test_the_words_say_how_well_it_was_read() -> None:
    """Precision and recall on passages kept from the reader stand beside the number; a reader that nobody measured is said to be one."""
    counted = Contributions.from_statements(STMTS)
    words = grounds(counted.network(), counted).words
    assert "4 statements by 4 holders" in words
    assert (
        "2 read by taught (ties on 80 passages by other people, looked at during development: precision 0.73, recall 0.60)"
        in words
    )
    assert "1 read by strange, whose reading nobody has measured" in words
    assert "1 coded by others" in words
    assert "does not tell" in words


def test_a_measure_of_another_version_is_said_to_be_one() -> None:
    """What was measured in one version is not claimed of another."""
    counted = Contributions.from_statements([read("rules", 1, "Daily", version="999")])
    assert "the first 69 passages in version 4: precision 0.75" in grounds(counted.network(), counted).words


def test_rows_are_nobodys_reading() -> None:
    """Rows of data alone, statements or bare ties, are the arithmetic of rows as given."""
    counted = Contributions.from_statements([ROW])
    for found in (grounds(counted.network(), counted), grounds(SignedNetwork.from_statements([ROW]), None)):
        assert found.words.startswith("This is the arithmetic of 1 row of data as given")
        assert found.to_json() == {"statements": 1, "holders": 1, "coded_rows": 1, "read_by": []}
