from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from allegiance.case.readers import gazetteer, resolver
from allegiance.lake import Manner, gdelt, statements
from allegiance.lake.archive import is_plain
from allegiance.lake.database import database
from allegiance.model import Codebook
from events.conftest import resolve as known
from lake.conftest import FILES, gdelt_file, gdelt_row

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from allegiance.events import Resolve
    from allegiance.lake import AddReport, Member


def _fast(path: Path, resolve: Resolve, spill: Path) -> tuple[Member, Counter[tuple[Any, ...]]] | None:
    with database(spill, threads=1) as db:
        members = gdelt.told(db, [gdelt.PlainFile(path, path.name)], resolve, Codebook.shipped())
        if members is None:
            return None
        return members[0], Counter(db.execute(gdelt.rows_sql()).fetchall())


def _slow(path: Path, resolve: Resolve, spill: Path) -> tuple[Member, Counter[tuple[Any, ...]]]:
    with database(spill, threads=1) as db:
        statements.begin(db)
        member = statements.add(db, gdelt.PlainFile(path, path.name), "gdelt", Manner(resolve))
        return member, Counter(db.execute("FROM rows").fetchall())


def test_both_paths_give_the_same_rows_of_an_invented_file(tmp_path: Path) -> None:
    """Rows, reasons and notices of the file with all the traps are the same, whichever way it is read."""
    path = FILES / "gdelt1_mixed.tsv"
    member, rows = _slow(path, known, tmp_path)
    assert _fast(path, known, tmp_path) == (member, rows)
    assert member.used == 6


@pytest.mark.shared_data
@pytest.mark.parametrize("name", ["20180101000000.export.CSV", "gdelt1_events_58col_710rows.tsv"])
def test_both_paths_give_the_same_rows_of_real_files(shared_data: Path, tmp_path: Path, name: str) -> None:
    """With the real who-is-who, each row of the real files is the same in all its columns."""
    path = shared_data / "sources" / "gdelt" / name
    resolve = resolver(gazetteer(()))
    assert is_plain(path)
    member, rows = _slow(path, resolve, tmp_path)
    assert _fast(path, resolve, tmp_path) == (member, rows)
    assert member.used > 100


def test_a_file_in_utf_16_is_left_to_the_row_path(tmp_path: Path) -> None:
    """The compiled path reads bytes of UTF-8; a file in UTF-16 goes the other way and gives the same rows."""
    path = FILES / "gdelt1_mixed.tsv"
    wide = tmp_path / path.name
    wide.write_bytes(path.read_bytes().decode("latin-1").encode("utf-16"))
    assert _fast(wide, known, tmp_path) is None
    assert _slow(wide, known, tmp_path)[0].used == _slow(path, known, tmp_path)[0].used


_CELL = st.sampled_from(
    [
        "",
        "VLD",
        "KES",
        "0834",
        "190",
        "10",
        "20310409",
        "20319999",
        "00000000",
        "a b",
        '"',
        '"x',
        "'",
        " ",
        "é",
        "NA",
        "\x01",
    ]
)
_URL = st.sampled_from(
    [
        "",
        "http://",
        "https://www.A.example/x",
        "ftp://b.example",
        "c.example/http://d",
        "BBC Monitoring",
        "://e/f",
        " /x",
    ]
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.dictionaries(st.integers(0, 27), _CELL, max_size=6),
            _URL,
            st.sampled_from([57, 58, 61, 3, 60, 63]),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_both_paths_agree_on_strange_rows(
    tmp_path: Path, rows: list[tuple[dict[int, str], str, int]]
) -> None:
    """Whatever stands in the cells and however many there are, both paths give the same, or the fast one passes."""
    lines = [gdelt_row(0)]
    for number, (cells, url, width) in enumerate(rows, start=1):
        fields = gdelt_row(number).split("\t")
        for place, cell in cells.items():
            fields[place] = cell
        if width == 58:
            fields = [*fields[:56], "20400101", url]
        elif width == 57:
            fields = [*fields[:56], "20400101"]
        else:
            fields = [*fields[:-1], url][:width] + ["x"] * (width - 61)
        lines.append("\t".join(fields))
    path = tmp_path / "strange.tsv"
    path.write_text("\n".join(lines), "utf-8")
    fast = _fast(path, known, tmp_path) if is_plain(path) else None
    assert fast is None or fast == _slow(path, known, tmp_path)


@pytest.mark.parametrize(
    "bad", [b"\0", b"\r\n", b"\x01", b"\xff", b"\xef\xbb\xbf", b"x" * (1 << 21), "é".encode()[:1]]
)
def test_what_is_not_plain_text_takes_the_row_path(tmp_path: Path, bad: bytes) -> None:
    """NUL bytes, carriage returns, broken UTF-8, byte-order marks and endless lines are left to the row path."""
    path = tmp_path / "file.tsv"
    path.write_bytes(bad + b"a\tb\n" if bad != b"\xc3" else b"a\tb\n" + bad)
    assert not is_plain(path)
    path.write_bytes("é\tb\n".encode() * 300_000)
    assert is_plain(path)


def test_a_large_file_gives_what_its_pieces_give(tmp_path: Path, add: Callable[..., list[AddReport]]) -> None:
    """A file of several blocks, which goes the fast path, and its pieces, which are too small for it, give the same rows."""
    rows = 140_000
    whole = gdelt_file(tmp_path / "whole.CSV", rows)
    assert whole.stat().st_size > 2 * gdelt.LEAST_BYTES
    pieces = [gdelt_file(tmp_path / f"{n}.CSV", rows // 4, first=n * rows // 4) for n in range(4)]
    assert max(piece.stat().st_size for piece in pieces) < gdelt.LEAST_BYTES
    told = [
        [member for report in add(tmp_path / name, [path]) for member in report.members]
        for name, path in (("a", whole), *(("b", piece) for piece in pieces))
    ]
    one, several = told[0], [member for members in told[1:] for member in members]
    assert one[0].rows == rows == sum(member.rows for member in several)
    assert Counter(one[0].skipped) == sum((Counter(member.skipped) for member in several), Counter())
    with database(tmp_path) as db:
        both = [
            f"(SELECT * EXCLUDE file FROM read_parquet('{tmp_path}/{name}/rows/*/*/*.parquet', hive_partitioning = false))"  # noqa: S608 - ours
            for name in "ab"
        ]
        for left, right in (both, both[::-1]):
            assert db.execute(f"SELECT count(*) FROM ({left} EXCEPT ALL {right})").fetchall() == [(0,)]  # noqa: S608 - ours
        assert db.execute(f"SELECT count(*) FROM {both[0]}").fetchall() == [(one[0].used,)]  # noqa: S608 - ours
