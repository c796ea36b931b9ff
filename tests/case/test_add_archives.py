"""Data files into a case: archives, folders, code books, options, and what changes or breaks meanwhile."""

from __future__ import annotations

import gzip
import shutil
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from allegiance.case import Case, files_named
from allegiance.errors import DataError, UnknownNameError, UsageError
from allegiance.model import RowEvidence

if TYPE_CHECKING:
    from collections.abc import Iterator

FILES = Path(__file__).resolve().parents[1] / "fixtures" / "events"
EDGES = "source,target,weight\nVeldania,Keshir,1\nKeshir,Korvath,-1\n"


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    """Return a new case."""
    with Case(tmp_path / "a.case", create=True) as opened:
        yield opened


def _zip(path: Path, files: dict[str, bytes | str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def test_an_archive_is_one_import_with_its_members_in_the_evidence(case: Case, tmp_path: Path) -> None:
    """All tables of a zip come in at once, files that are none are counted, and evidence names archive and member."""
    other = EDGES.replace("Korvath", "Isquenia")
    path = _zip(tmp_path / "all.zip", {"x/a.csv": EDGES, "b.csv": other, "readme.txt": "Read me first.\n"})
    report = case.add(path)
    assert (report.statements, report.known) == (4, 0)
    assert dict(report.skipped) == {"file of it that looks like none of the known formats": 1}
    datasets = {s.evidence.dataset for s in case.statements() if isinstance(s.evidence, RowEvidence)}
    assert datasets == {"all.zip/x/a.csv", "all.zip/b.csv"}
    assert len(case.history().in_force) == 1
    assert case.add(path).repeated
    case.undo()
    assert not list(case.statements())


def test_a_gzip_file_is_its_table(case: Case, tmp_path: Path) -> None:
    """The format is guessed from what is inside."""
    path = tmp_path / "edges.csv.gz"
    path.write_bytes(gzip.compress(EDGES.encode()))
    assert case.add(path).statements == 2
    assert case.add(path, "edges").repeated is False  # named by the user: another way of reading it


def test_files_are_read_with_those_beside_them_in_an_archive(case: Case, tmp_path: Path) -> None:
    """Mentions find their events, and the events file is no table of its own then."""
    folder = FILES / "mentions"
    path = _zip(tmp_path / "gdelt.zip", {file.name: file.read_bytes() for file in folder.iterdir()})
    report = case.add(path)
    assert report.statements == 3
    assert {s.reader.name for s in case.statements()} == {"gdelt-mentions"}


@pytest.mark.parametrize("damage", ["cut", "member", "bomb", "outside", "nothing", "parquet"])
def test_of_a_bad_archive_nothing_stays(case: Case, tmp_path: Path, damage: str) -> None:
    """Cut off, one damaged member, a bomb, a name that leads out, no table: one sentence, and the case is as before."""
    path = tmp_path / "bad.zip"
    good = EDGES + "A,B,1\n" * 5000
    _zip(path, {"a.csv": good, "b.csv": good})
    if damage == "cut":
        path.write_bytes(path.read_bytes()[:-30])
    elif damage == "member":
        raw = bytearray(path.read_bytes())
        raw[raw.rindex(b"b.csv", 0, raw.index(b"PK\x01\x02")) + 30] ^= 0xFF
        path.write_bytes(bytes(raw))
    elif damage == "bomb":
        _zip(path, {"a.csv": EDGES + "A,B,1\n" * (13 << 20)})
    elif damage == "outside":
        _zip(path, {"a.csv": good, "../b.csv": good})
    elif damage == "nothing":
        _zip(path, {"a.txt": "Hello.\n"})
    else:
        _zip(path, {"a.csv": good, "b.parquet": b"PAR1 this is none"})
    if damage == "parquet":
        assert case.add(path).statements == 5_002  # it looks like no format, so it is left out
        return
    with pytest.raises(DataError, match=r"bad\.zip"):
        case.add(path)
    assert not list(case.statements())
    assert not case.history().in_force


def test_a_parquet_file_that_is_none_is_refused(case: Case, tmp_path: Path) -> None:
    """Named as a format that has Parquet, it is one sentence."""
    path = tmp_path / "votes.parquet"
    path.write_bytes(b"PAR1" + b"nothing of the kind" * 10)
    (tmp_path / "un_roll_calls.csv").write_bytes((FILES / "unvotes" / "un_roll_calls.csv").read_bytes())
    for name in ("unvotes", "cow-alliance", "rivalries"):
        with pytest.raises(DataError, match="no sound Parquet file"):
            case.add(path, name)


def test_a_file_that_changes_while_it_is_read_is_not_kept(case: Case, tmp_path: Path) -> None:
    """Rows that are added behind the reader's back don't come in under the fingerprint of what was there before."""
    path = tmp_path / "edges.csv"
    path.write_text(EDGES)

    meddled: list[int] = []

    def meddle(count: int) -> None:
        if not meddled:  # else the file would grow for as long as it is read
            meddled.append(count)
            with path.open("a") as file:
                file.write("A,B,1\n")

    with pytest.raises(DataError, match="changed while it was read"):
        case.add(path, progress=meddle)
    assert not list(case.statements())
    assert case.add(path).statements


def test_a_folder_is_its_data_files(case: Case, tmp_path: Path) -> None:
    """Each is an import of its own; hidden files, texts, and what is read beside another are no files to add."""
    folder = tmp_path / "data"
    (folder / "deep").mkdir(parents=True)
    (folder / ".hidden").mkdir()
    (folder / ".hidden" / "c.csv").write_text(EDGES)
    (folder / "deep" / "a.csv").write_text(EDGES)
    (folder / "notes.txt").write_text("Hello.\n")
    _zip(folder / "b.zip", {"b.csv": EDGES})
    for name in ("MIDA_small.csv", "MIDB_small.csv"):
        shutil.copy(FILES / name, folder / name)
    chosen, left_out = files_named([folder], None)
    assert [path.name for path in chosen] == ["MIDB_small.csv", "b.zip", "a.csv"]
    assert [path.name for path in left_out] == ["notes.txt"]
    assert files_named([folder], "cow-mid")[0] == [folder / "MIDB_small.csv", folder / "b.zip"]
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(UsageError, match="holds no file"):
        files_named([empty], None)
    with pytest.raises(UsageError, match="is a folder"):
        case.add(folder)


def test_a_code_book_of_ones_own_sets_the_weights(case: Case, tmp_path: Path) -> None:
    """Acts of it replace the shipped ones, a table of event codes the whole table; another code book is another import."""
    book = tmp_path / "mine.yaml"
    book.write_text(
        "acts:\n  sanction: {label: sanctions, sign: -1, weight: 7, plover: SANCTION, cameo: '16'}\n"
    )
    report = case.add(FILES / "gsdb.csv", codebook=book)
    assert {s.weight for s in case.statements()} == {7}
    assert not case.add(FILES / "gsdb.csv").repeated
    assert case.add(FILES / "gsdb.csv", codebook=book).repeated is False or report.statements
    book.write_text("acts: [1]\n")
    with pytest.raises(DataError, match="not a code book"):
        case.add(FILES / "gsdb.csv", codebook=book)
    with pytest.raises(UsageError, match="There is no file"):
        case.add(FILES / "gsdb.csv", codebook=tmp_path / "absent.yaml")


def test_options_are_part_of_how_a_file_was_read(case: Case) -> None:
    """Two measures of agreement are two imports; an option that is not there is refused before anything is read."""
    votes = FILES / "unvotes" / "un_votes.csv"
    assert case.add(votes).statements == 6
    assert not case.add(votes, options={"measure": "s"}).repeated
    with pytest.raises(UnknownNameError, match="Did you mean 'measure'"):
        case.add(votes, options={"mesure": "s"})


ROWS = {
    "too few columns": ("Veldania,Keshir", "it has 2 columns, the header has 3"),
    "too many columns": ("Veldania,Keshir,1,2", "it has 4 columns, the header has 3"),
    "a tab": ("Veldania\tKeshir,1", "it has 2 columns, the header has 3"),
    "a NUL byte": ("Veld\0ania,Keshir,1", "it holds a NUL byte"),
    "no number": ("Veldania,Keshir,NA", "the weight 'NA' is not a number"),
}


@pytest.mark.parametrize("name", sorted(ROWS))
def test_a_broken_row_costs_only_itself(case: Case, tmp_path: Path, name: str) -> None:
    """The other rows load, with a byte-order mark, in another encoding, or both; the sentence names file and row."""
    row, problem = ROWS[name]
    path = tmp_path / "edges.csv"
    for head in (b"", b"\xef\xbb\xbf"):
        path.write_bytes(head + EDGES.encode() + row.encode() + b"\nK\xf6rvath,NA,-1\n")
        report = case.add(path)
        assert [str(error) for error in report.problems] == [f"edges.csv, row 4: {problem}"]
    actors = {s.actor for s in case.statements()} | {s.target for s in case.statements()}
    assert {"Körvath", "NA"} <= actors


def test_impossible_days_and_lost_zeros_are_broken_rows(case: Case, tmp_path: Path) -> None:
    """0000-00-00 and 2099 are no days of ICEWS, 9 is not 09; a GDELT day of zeros is a day not known."""
    lines = (FILES / "icews_traps.tab").read_text("utf-8").splitlines()
    fields = next(line for line in lines if line.split("\t")[1:2] and line.split("\t")[6:7] == ["190"]).split(
        "\t"
    )
    path = tmp_path / "events.tab"
    rows = [[*fields], [*fields], [*fields], [*fields]]
    rows[1][1], rows[2][1], rows[3][6] = "0000-00-00", "2099-01-01", "9"
    for number, row in enumerate(rows):
        row[0] = str(900 + number)
    path.write_text("\n".join([lines[0], *("\t".join(row) for row in rows)]) + "\n")
    report = case.add(path)
    assert [error.row for error in report.problems if hasattr(error, "row")][-2:] == [4, 5]
    assert 1 <= report.statements <= 2
