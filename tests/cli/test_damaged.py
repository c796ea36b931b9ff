from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest

from hard.mutation import mutated

if TYPE_CHECKING:
    from pathlib import Path

    from running import Ran, Run

EDGES = "source,target,weight\n" + "".join(f"A{n % 5},B{n % 7},{n % 3 - 1}\n" for n in range(60))
TRIALS = 25


def refused(ran: Ran) -> bool:
    """Tell whether a command refused damaged data, by exit code 3 and one sentence; it may find the damage harmless."""
    assert ran.code in {0, 3}, ran.err
    if ran.code == 3:
        (said,) = ran.err.splitlines()
        assert said.startswith("allegiance: ")
        assert said.endswith(".")
        assert ran.out == ""
    return ran.code == 3


def cut_short(sound: bytes) -> list[bytes]:
    """Return what is left of a file when it is cut off at each fifth of its length."""
    return [sound[: len(sound) * fifth // 5] for fifth in range(1, 5)]


@pytest.mark.parametrize("part", ["manifest.jsonl", "rows/*/*/*.parquet"])
def test_a_lake_with_a_damaged_file_ends_with_exit_code_3(part: str, tmp_path: Path, run: Run) -> None:
    """Whatever is done to a lake's manifest or Parquet file, a question is answered or refused by one sentence."""
    lake, edges = tmp_path / "lake", tmp_path / "edges.csv"
    edges.write_text(EDGES, "utf-8")
    assert run("lake", "add", lake, edges).code == 0
    (file,) = lake.glob(part)
    sound = file.read_bytes()
    ends = []
    for number in range(TRIALS):
        file.write_bytes(mutated([sound], part, number))
        ends.append(refused(run("coalitions", lake, "--json")))
    assert sum(ends) > TRIALS // 3
    file.write_bytes(sound)
    assert run("coalitions", lake, "--json").code == 0


def test_a_lake_that_lacks_a_file_ends_with_exit_code_3(tmp_path: Path, run: Run) -> None:
    """A manifest that names what isn't there is damaged data, whichever of the two was changed; the sentence names the file."""
    lake, edges = tmp_path / "lake", tmp_path / "edges.csv"
    edges.write_text(EDGES, "utf-8")
    assert run("lake", "add", lake, edges).code == 0
    (file,) = lake.glob("rows/*/*/*.parquet")
    file.unlink()
    ran = run("coalitions", lake, "--json")
    assert refused(ran)
    assert file.name in ran.err


def test_a_parquet_file_that_is_cut_off_is_always_refused(tmp_path: Path, run: Run) -> None:
    """What is cut off at the end has lost the table of its contents."""
    lake, edges = tmp_path / "lake", tmp_path / "edges.csv"
    edges.write_text(EDGES, "utf-8")
    assert run("lake", "add", lake, edges).code == 0
    (file,) = lake.glob("rows/*/*/*.parquet")
    for broken in cut_short(file.read_bytes()):
        file.write_bytes(broken)
        assert refused(run("coalitions", lake, "--json"))


@pytest.mark.parametrize("packed", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_zip_that_is_cut_off_is_always_refused(packed: int, tmp_path: Path, run: Run) -> None:
    """What is cut off at the end has lost the list of its files; nothing of it is kept."""
    path = tmp_path / "edges.zip"
    with zipfile.ZipFile(path, "w", packed) as archive:
        archive.writestr("edges.csv", EDGES)
    for number, broken in enumerate(cut_short(path.read_bytes())):
        path.write_bytes(broken)
        assert refused(run("add", tmp_path / f"{number}.case", path))


def test_a_damaged_byte_in_a_zip_is_noticed(tmp_path: Path, run: Run) -> None:
    """A byte changed in the packed rows fails the sum over them, and no row of that file is kept."""
    path = tmp_path / "edges.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("edges.csv", EDGES)
    sound = path.read_bytes()
    for number, place in enumerate(range(60, 600, 90)):
        path.write_bytes(sound[:place] + bytes([sound[place] ^ 1]) + sound[place + 1 :])
        assert refused(run("add", tmp_path / f"{number}.case", path))
