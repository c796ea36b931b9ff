from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from allegiance.errors import BadRowError, DataError, UnknownNameError, UsageError
from allegiance.events import formats, guess, load
from allegiance.model import Document, Statement

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


def _nobody(scheme: str, code: str, day: date | None) -> str | None:  # noqa: ARG001 - the signature of the room
    return None


def test_every_format_says_how_to_cite_it_and_on_what_terms() -> None:
    """Nothing is registered without title, citation, terms, columns and notes, and the key is the name."""
    for name, fmt in formats().items():
        assert fmt.name == name
        assert fmt.title
        assert fmt.citation
        assert fmt.terms
        assert fmt.columns
        assert fmt.notes


@pytest.mark.parametrize(
    ("name", "fmt"),
    [
        ("gdelt1_mixed.tsv", "gdelt"),
        ("gdelt2_traps.CSV", "gdelt"),
        ("icews_traps.tab", "icews"),
        ("MIDB_small.csv", "cow-mid"),
        ("MIDIP_small.csv", "cow-mid"),
        ("alliance_by_directed_yearly.csv", "cow-alliance"),
        ("alliance_by_dyad.csv", "cow-alliance"),
        ("alliance_by_member.csv", "cow-alliance"),
        ("atop_member.csv", "atop"),
        ("ucdp_acd.csv", "ucdp-acd"),
        ("mentions/20180101001500.mentions.CSV", "gdelt-mentions"),
        ("mentions/20180101000000.export.CSV", "gdelt"),
        ("gkg21.csv", "gkg"),
        ("gkg10.csv", "gkg"),
        ("dispute_years.csv", "dispute-years"),
        ("war_inter.csv", "cow-wars"),
        ("war_intra.csv", "cow-wars"),
        ("rivalries_td.csv", "rivalries"),
        ("rivalries_tss.csv", "rivalries"),
        ("unvotes/un_votes.csv", "unvotes"),
        ("gsdb.csv", "gsdb"),
        ("acled.csv", "acled"),
        ("polecat.txt", "polecat"),
        ("polecat_variant.txt", "polecat"),
        ("ucdp_ged.csv", "ucdp-ged"),
        ("edges_windows.csv", "edges"),
        ("edges_semicolon.csv", "edges"),
    ],
)
def test_formats_are_told_by_the_first_line(files: Path, name: str, fmt: str) -> None:
    """Each fixture is taken for its own format."""
    assert guess(files / name) == fmt


@pytest.mark.parametrize("content", [b"", b"hello world\n", b"\0\1\2\3" * 100, b"PAR1broken", b"a,b\n1,2\n"])
def test_other_files_are_taken_for_no_format(tmp_path: Path, content: bytes) -> None:
    """Empty, binary and foreign files are no format, without an error."""
    path = tmp_path / "x"
    path.write_bytes(content)
    assert guess(path) is None


@pytest.mark.parametrize("fmt", sorted(formats()))
@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "x is empty."),
        (b"\0\1\2\3" * 100, "x is no text table: it is binary."),
        (b"\x1f\x8b\x08 gzip", "x is no text table: it is a gzip archive"),
    ],
)
def test_every_format_refuses_what_is_no_text(
    tmp_path: Path, fmt: str, content: bytes, sentence: str
) -> None:
    """Empty, binary and compressed files are refused in one sentence that names the file."""
    path = tmp_path / "x"
    path.write_bytes(content)
    with pytest.raises(DataError) as caught:
        list(load(path, fmt, _nobody))
    assert str(caught.value).startswith(sentence)


def test_an_unknown_format_is_answered_with_the_nearest(tmp_path: Path) -> None:
    """The sentence offers the name that was meant."""
    with pytest.raises(UnknownNameError, match="Did you mean 'gdelt'"):
        load(tmp_path / "x", "gdlt", _nobody)


def test_a_missing_file_is_said_at_once(tmp_path: Path) -> None:
    """Before anything is iterated."""
    with pytest.raises(UsageError, match="There is no file"):
        load(tmp_path / "absent", "gdelt", _nobody)


@pytest.mark.parametrize("fmt", sorted(formats()))
def test_random_damage_never_breaks_a_reader(tmp_path: Path, files: Path, fmt: str) -> None:
    """Wherever a file is cut off, its rows are statements or skipped with a reason, or the file is refused."""
    names = {"gdelt": "gdelt1_mixed.tsv", "icews": "icews_traps.tab", "cow-mid": "MIDB_small.csv"}
    names |= {
        "acled": "acled.csv",
        "polecat": "polecat.txt",
        "ucdp-acd": "ucdp_acd.csv",
        "ucdp-ged": "ucdp_ged.csv",
        "gsdb": "gsdb.csv",
        "atop": "atop_member.csv",
        "cow-alliance": "alliance_by_dyad.csv",
        "edges": "edges_traps.csv",
        "gdelt-mentions": "mentions/20180101001500.mentions.CSV",
        "gkg": "gkg21.csv",
        "dispute-years": "dispute_years.csv",
        "cow-wars": "war_intra.csv",
        "rivalries": "rivalries_td.csv",
        "unvotes": "unvotes/un_votes.csv",
    }
    for beside in ("mentions/20180101000000.export.CSV", "unvotes/un_roll_calls.csv"):
        (tmp_path / beside.rpartition("/")[2]).write_bytes((files / beside).read_bytes())
    whole = (files / names[fmt]).read_bytes()
    path = tmp_path / "MIDB_cut.csv"
    for length in range(1, len(whole), max(1, len(whole) // 60)):
        path.write_bytes(whole[:length])
        try:
            items = list(load(path, fmt, _nobody))
        except DataError:
            continue
        assert all(isinstance(item, Statement | Document | BadRowError) for item in items)


def test_the_name_in_evidence_can_be_given(files: Path) -> None:
    """`dataset` stands in the evidence and in the errors instead of the file's own name."""
    items = list(load(files / "edges_traps.csv", "edges", _nobody, dataset="the list"))
    assert {item.evidence.dataset for item in items if isinstance(item, Statement)} == {"the list"}  # type: ignore[union-attr]
    assert all(item.file == "the list" for item in items if isinstance(item, BadRowError))
