from __future__ import annotations

import gzip
import zipfile
from typing import TYPE_CHECKING

import pytest

from allegiance.errors import DataError
from allegiance.events.archive import Limits, is_archive, members, open_member, unpack

if TYPE_CHECKING:
    from pathlib import Path

CONTENT = b"source,target,weight\nA,B,1\n" * 40


def _zip(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def _read(path: Path, limits: Limits | None = None) -> dict[str, bytes]:
    limits = limits or Limits()
    found = {}
    for member in members(path, limits):
        with open_member(member, limits) as stream:
            found[member.dataset] = stream.read()
    return found


def test_plain_gzip_and_zip_files_give_their_members(tmp_path: Path) -> None:
    """The same bytes come out, under the name that evidence uses; folders and desktops' litter are left out."""
    plain = tmp_path / "a.csv"
    plain.write_bytes(CONTENT)
    packed = tmp_path / "a.csv.gz"
    packed.write_bytes(gzip.compress(CONTENT) + gzip.compress(b"C,D,1\n"))
    several = _zip(
        tmp_path / "all.zip", {"x/a.csv": CONTENT, "b.csv": b"b", "x/": b"", "__MACOSX/a.csv": b"?"}
    )
    assert _read(plain) == {"a.csv": CONTENT}
    assert _read(packed) == {"a.csv.gz": CONTENT + b"C,D,1\n"}
    assert _read(several) == {"all.zip/x/a.csv": CONTENT, "all.zip/b.csv": b"b"}
    assert [is_archive(path) for path in (plain, packed, several)] == [False, True, True]
    folder = tmp_path / "out"
    folder.mkdir()
    assert [path.read_bytes() for _, path in unpack(several, folder)] == [CONTENT, b"b"]


@pytest.mark.parametrize("keep", [3, 60, 200, -1, -25])
@pytest.mark.parametrize("kind", ["zip", "gz"])
def test_an_archive_that_is_cut_off_is_one_sentence(tmp_path: Path, kind: str, keep: int) -> None:
    """Wherever it ends, the sentence names the file; nothing else is raised."""
    path = tmp_path / f"cut.{kind}"
    content = bytes(range(256)) * 40
    if kind == "zip":
        _zip(path, {"a.csv": content})
    else:
        path.write_bytes(gzip.compress(content))
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(DataError, match=r"cut\.(zip|gz)"):
        _read(path) if is_archive(path) else _refuse(path)


def _refuse(path: Path) -> None:
    raise DataError(f"{path.name} is too short to be told for an archive.")


@pytest.mark.parametrize(
    "name", ["../a.csv", "/etc/a.csv", "x/../../a.csv", "C:a.csv", "a\\b.csv", "a\nb.csv", "a" * 300]
)
def test_names_that_lead_elsewhere_are_refused(tmp_path: Path, name: str) -> None:
    """One such name, and nothing of the archive is read or written."""
    path = _zip(tmp_path / "evil.zip", {"good.csv": CONTENT, name: CONTENT})
    with pytest.raises(DataError, match=r"evil\.zip holds a file named"):
        members(path)
    folder = tmp_path / "out"
    folder.mkdir()
    with pytest.raises(DataError):
        list(unpack(path, folder))
    assert not list(folder.iterdir())


@pytest.mark.parametrize("kind", ["zip", "gz"])
def test_bombs_are_refused_by_ratio_and_by_size(tmp_path: Path, kind: str) -> None:
    """Zeros that unpack a thousandfold, and more bytes than allowed, end early with a sentence."""
    path = tmp_path / f"bomb.{kind}"
    zeros = bytes(3 << 20)
    if kind == "zip":
        _zip(path, {"a.csv": zeros})
    else:
        path.write_bytes(gzip.compress(zeros))
    with pytest.raises(DataError, match="200 times its size"):
        _read(path, Limits(spared=1 << 20))
    with pytest.raises(DataError, match="unpacks to more than"):
        _read(path, Limits(size=1 << 20))
    assert sum(map(len, _read(path).values())) == len(zeros)


def test_a_size_that_lies_is_found_out(tmp_path: Path) -> None:
    """A member that claims to be small gives no more bytes than it claims, and its checksum gives it away."""
    path = _zip(tmp_path / "lie.zip", {"a.csv": bytes(1 << 20)})
    raw = path.read_bytes()
    path.write_bytes(raw.replace((1 << 20).to_bytes(4, "little"), (100).to_bytes(4, "little")))
    with pytest.raises(DataError, match=r"lie\.zip/a\.csv is damaged"):
        _read(path)


def test_passwords_links_twins_and_empty_archives_are_refused(tmp_path: Path) -> None:
    """Each has its own sentence."""
    locked = _zip(tmp_path / "locked.zip", {"a.csv": CONTENT})
    raw = bytearray(locked.read_bytes())
    raw[6] |= 1
    raw[raw.rindex(b"PK\x01\x02") + 8] |= 1
    locked.write_bytes(bytes(raw))
    link = zipfile.ZipInfo("a.csv")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "link.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
    with zipfile.ZipFile(tmp_path / "twins.zip", "w") as archive:
        archive.writestr("a.csv", "1")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.csv", "2")
    _zip(tmp_path / "empty.zip", {})
    for name, said in (
        ("locked", "encrypted"),
        ("link", "a link"),
        ("twins", "two files"),
        ("empty", "empty"),
    ):
        with pytest.raises(DataError, match=said):
            members(tmp_path / f"{name}.zip")
