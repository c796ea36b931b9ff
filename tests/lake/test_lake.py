from __future__ import annotations

import fcntl
import gzip
import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from typing import TYPE_CHECKING

import duckdb
import pytest

from allegiance.errors import DataError, StorageError, UsageError
from allegiance.lake import Lake, Manner, Member
from allegiance.lake.archive import Archive
from allegiance.lake.manifest import Manifest
from events.conftest import resolve as known
from lake.conftest import gdelt_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from allegiance.lake import AddReport

    Add = Callable[..., list[AddReport]]


def _rows(lake: Path, columns: str = "*") -> list[tuple[object, ...]]:
    files = [str(path) for path in Lake.open(lake).files()]
    return duckdb.execute(  # columns are the tests' own
        f"SELECT {columns} FROM read_parquet({files}, hive_partitioning = false) ORDER BY ALL"  # noqa: S608 - as above
    ).fetchall()


def test_rows_in_are_rows_out_and_rows_skipped(tmp_path: Path, files: Path, add: Add) -> None:
    """For each file the manifest tells rows, rows used and rows skipped by reason, and the Parquet files hold the rest."""
    lake = tmp_path / "lake"
    reports = add(lake, [files / "gdelt1_mixed.tsv", files / "gdelt2_traps.CSV", files / "icews_traps.tab"])
    members = [member for report in reports for member in report.members]
    assert [member.format for member in members] == ["gdelt", "gdelt", "icews"]
    assert all(member.rows == member.used + sum(member.skipped.values()) for member in members)
    assert sum(member.statements for member in members) == len(_rows(lake))
    assert sum(part.rows for part in Lake.open(lake).parts()) == len(_rows(lake))


def test_files_lie_by_dataset_and_year_and_undated_rows_by_themselves(
    tmp_path: Path, files: Path, add: Add
) -> None:
    """A partition holds one data set and one year; rows without a date have a partition of their own."""
    lake = tmp_path / "lake"
    add(lake, [files / "gdelt1_mixed.tsv", gdelt_file(tmp_path / "a.CSV", 200)])
    folders = {path.parent.relative_to(lake / "rows").as_posix() for path in Lake.open(lake).files()}
    assert {"dataset=gdelt/year=2030", "dataset=gdelt/year=2031", "dataset=gdelt/year=undated"} <= folders
    assert {row[0] for row in _rows(lake, "DISTINCT year")} >= {2030, 2031, None}


def test_the_same_archive_adds_nothing_whatever_it_is_called(tmp_path: Path, add: Add) -> None:
    """An archive is known by its content: twice in one call, renamed, or later."""
    first = gdelt_file(tmp_path / "a.CSV", 50)
    second = tmp_path / "b.CSV"
    second.write_bytes(first.read_bytes())
    lake = tmp_path / "lake"
    assert [report.known for report in add(lake, [first, second])] == [True, False]
    before = _rows(lake)
    assert [report.known for report in add(lake, [second])] == [True]
    assert _rows(lake) == before


def test_an_archive_is_not_read_in_two_ways(tmp_path: Path, add: Add) -> None:
    """What would count twice is refused, and the sentence says what to do."""
    path = gdelt_file(tmp_path / "a.CSV", 5)
    add(tmp_path / "lake", [path])
    with pytest.raises(UsageError, match="another way"):
        add(tmp_path / "lake", [path], how="other actors")
    with pytest.raises(UsageError, match="another way"):
        add(tmp_path / "lake", [path], data_format="icews")
    assert add(tmp_path / "lake", [path], data_format="gdelt")[0].known


def test_zip_gzip_and_folders_give_what_plain_files_give(tmp_path: Path, add: Add) -> None:
    """Packed or not, the rows are the same but for the name of their file."""
    plain = gdelt_file(tmp_path / "a.CSV", 60)
    folder = tmp_path / "packed"
    (folder / "inner").mkdir(parents=True)
    with zipfile.ZipFile(folder / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(plain, "a.CSV")
    other = gdelt_file(tmp_path / "b.CSV", 60, first=60)
    (folder / "inner" / "b.CSV.gz").write_bytes(gzip.compress(other.read_bytes()))
    add(tmp_path / "one", [plain, other])
    add(tmp_path / "two", [folder])
    assert _rows(tmp_path / "one", "* EXCLUDE file") == _rows(tmp_path / "two", "* EXCLUDE file")
    assert {row[0] for row in _rows(tmp_path / "two", "DISTINCT file")} == {"a.zip/a.CSV", "b.CSV.gz"}


def test_a_broken_archive_is_one_sentence_and_the_others_go_in(tmp_path: Path, add: Add) -> None:
    """Cut off, leading out of itself, exploding, empty, unknown: each is refused by name, and nothing of it stays."""
    good = gdelt_file(tmp_path / "good.CSV", 30)
    with zipfile.ZipFile(tmp_path / "evil.zip", "w") as archive:
        archive.writestr("../evil.CSV", good.read_bytes())
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.CSV", b"0" * (80 << 20))
    (tmp_path / "cut.zip").write_bytes((tmp_path / "bomb.zip").read_bytes()[:-40])
    (tmp_path / "cut.gz").write_bytes(gzip.compress(good.read_bytes())[:-20])
    (tmp_path / "empty.CSV").write_bytes(b"")
    (tmp_path / "prose.txt").write_text("This is no data.\n")
    (tmp_path / "not.parquet").write_bytes(b"PAR1 but no more")
    names = ["evil.zip", "bomb.zip", "cut.zip", "cut.gz", "empty.CSV", "prose.txt", "not.parquet"]
    reports = add(tmp_path / "lake", [*(tmp_path / name for name in names), good])
    assert {report.file for report in reports if report.problem} == set(names)
    assert all(report.file in str(report.problem) for report in reports if report.problem)
    assert (
        len(_rows(tmp_path / "lake")) == sum(m.statements for report in reports for m in report.members) > 0
    )
    assert not (tmp_path / "evil.CSV").exists()
    assert not list((tmp_path / "lake").glob(".aside-*"))


def test_an_archive_that_changes_while_it_is_read_is_noticed(tmp_path: Path, add: Add) -> None:
    """When somebody appends to the file meanwhile, nothing of it goes in; added again in peace, all of it does."""
    path = gdelt_file(tmp_path / "a.CSV", 40)
    lake = Lake.open(tmp_path / "lake", create=True)

    def meddling(scheme: str, code: str, day: date | None) -> str | None:
        with path.open("a") as file:
            file.write("\n")
        return known(scheme, code, day)

    (report,) = lake.add([path], Manner(meddling))
    assert "changed while it was read" in str(report.problem)
    assert not Lake.open(tmp_path / "lake").files()
    (report,) = add(tmp_path / "lake", [path])
    assert report.problem is None
    assert _rows(tmp_path / "lake")


def test_killed_in_the_middle_and_run_again_all_is_there_once(tmp_path: Path, files: Path, add: Add) -> None:
    """After kill -9 between two archives or within one, the second run completes, and no row stands there twice."""
    header, *rows = (files / "icews_traps.tab").read_text("utf-8").splitlines()
    archives = []
    for number in range(8):
        archives.append(tmp_path / f"{number}.tab")
        archives[-1].write_text("\n".join([header, *(rows * 300), *([rows[0]] * number)]) + "\n", "utf-8")
    program = "import sys, allegiance.cli; allegiance.cli.main(sys.argv[1:])"
    lake = tmp_path / "lake"
    process = subprocess.Popen(
        [sys.executable, "-c", program, "lake", "add", str(lake), *map(str, archives)],
        stderr=subprocess.DEVNULL,
    )
    manifest = lake / "manifest.jsonl"
    while process.poll() is None and not (manifest.exists() and manifest.read_bytes().count(b"\n") > 2):
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    done = len(Lake.open(lake).manifest.inputs())
    assert 0 < done < len(archives)
    ran = subprocess.run(
        [sys.executable, "-c", program, "lake", "add", str(lake), *map(str, archives)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stderr.count("already in the lake") == done
    add(tmp_path / "whole", archives)
    assert _rows(lake, "count(*)") == _rows(tmp_path / "whole", "count(*)")
    assert len({one.sha256 for one in Lake.open(lake).manifest.inputs().values()}) == len(archives)


def test_what_a_crash_left_behind_is_no_part_of_the_lake(tmp_path: Path, add: Add) -> None:
    """Half a line in the manifest and Parquet files that no line names count nothing, and the next run clears them away."""
    lake = tmp_path / "lake"
    add(lake, [gdelt_file(tmp_path / "a.CSV", 30)])
    before = _rows(lake)
    part = Lake.open(lake).files()[0]
    stray = part.with_name("0123456789abcdef-0.parquet")
    stray.write_bytes(part.read_bytes())
    (lake / ".aside-dead").mkdir()
    with (lake / "manifest.jsonl").open("a") as manifest:
        manifest.write('{"id": "0123')
    assert _rows(lake) == before
    add(lake, [gdelt_file(tmp_path / "b.CSV", 30, first=30)])
    assert not stray.exists()
    assert not (lake / ".aside-dead").exists()
    assert len(_rows(lake)) > len(before)
    assert all(json.loads(line) for line in (lake / "manifest.jsonl").read_text().splitlines())


def test_a_full_disk_is_one_sentence_and_leaves_the_lake_as_it_was(tmp_path: Path, add: Add) -> None:
    """When no more can be written, exit code 4 and a sentence; what was in the lake stays, the same command works later."""
    lake = tmp_path / "lake"
    add(lake, [gdelt_file(tmp_path / "a.CSV", 30)])
    before = _rows(lake)
    big = gdelt_file(tmp_path / "big.CSV", 20_000)
    program = (
        "import resource, sys, allegiance.cli\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))\n"
        "allegiance.cli.main(sys.argv[1:])\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, "lake", "add", str(lake), str(big)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 4, ran.stderr
    assert "free some space" in ran.stderr
    assert _rows(lake) == before
    add(lake, [big])
    assert len(_rows(lake)) > len(before)


def test_two_writers_at_a_time_are_refused(tmp_path: Path, add: Add) -> None:
    """While another process holds the lake, adding to it is refused with a sentence."""
    path = gdelt_file(tmp_path / "a.CSV", 5)
    add(tmp_path / "lake", [path])
    with (tmp_path / "lake" / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(StorageError, match="Another process"):
            add(tmp_path / "lake", [gdelt_file(tmp_path / "b.CSV", 6)])


def test_a_folder_that_is_no_lake_and_a_damaged_one_are_refused(tmp_path: Path, add: Add) -> None:
    """A folder with other things in it is never made a lake; a damaged manifest or a missing file is said."""
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "cat.png").write_bytes(b"")
    with pytest.raises(UsageError, match="is no lake"):
        Lake.open(tmp_path / "photos", create=True)
    with pytest.raises(UsageError, match="make one with"):
        Lake.open(tmp_path / "nowhere")
    lake = tmp_path / "lake"
    add(lake, [gdelt_file(tmp_path / "a.CSV", 30)])
    text = (lake / "manifest.jsonl").read_text()
    (lake / "manifest.jsonl").write_text(text.replace('"parts"', '"prats"'))
    with pytest.raises(DataError, match="line 2, is damaged"):
        Lake.open(lake)
    (lake / "manifest.jsonl").write_text(text)
    Lake.open(lake).files()[0].unlink()
    with pytest.raises(DataError, match="lacks its file"):
        Lake.open(lake)


def test_a_lake_begun_twice_at_once_loses_nothing(tmp_path: Path, add: Add) -> None:
    """A process that saw no lake and begins one while another has added to it leaves what is there."""
    lake = tmp_path / "l"
    add(lake, [gdelt_file(tmp_path / "a.csv", 20)])
    before = (lake / "manifest.jsonl").read_bytes()
    Manifest.begin(lake)
    assert (lake / "manifest.jsonl").read_bytes() == before


def test_a_lake_of_which_only_a_passing_name_is_there_can_be_begun(tmp_path: Path, add: Add) -> None:
    """A kill while the lake was begun doesn't make its folder unusable."""
    lake = tmp_path / "l"
    lake.mkdir()
    (lake / ".manifest.jsonl.0123456789abcdef.part").touch()
    (report,) = add(lake, [gdelt_file(tmp_path / "a.csv", 20)])
    assert report.problem is None
    assert not list(lake.glob("*.part"))


def test_rows_that_another_process_added_meanwhile_are_not_added_again(tmp_path: Path) -> None:
    """Rows made elsewhere are asked for once more when nobody else can add any."""
    archive = Archive.of(gdelt_file(tmp_path / "a.csv", 1))
    first, second = (Lake.open(tmp_path / "l", create=True) for _ in range(2))
    member = Member("a", "texts", 0, 0, 0)
    assert first.add_rows(archive, [], lambda _: member, how="x") == member
    assert second.add_rows(archive, [], lambda _: member, how="x") is None
    assert len(Lake.open(tmp_path / "l").manifest.commits) == 1
