"""Zip and gzip archives of data files, opened as streams within stated limits; nothing is unpacked beyond them.

What is refused, each in one sentence: names that lead out of the archive, passwords, what unpacks to far more than a
data set does, and what is cut off or damaged. Formats don't live here.
"""

from __future__ import annotations

import gzip
import io
import re
import stat
import zipfile
import zlib
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING

from allegiance.errors import DataError, StorageError, clipped
from allegiance.events.textfile import open_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from _typeshed import WriteableBuffer

_GZIP, _ZIP, _EMPTY_ZIP = b"\x1f\x8b", b"PK\x03\x04", b"PK\x05\x06"
_ENCRYPTED = 0x1
_LONGEST_NAME = 200  # characters; with a folder's path in front, file systems take no more than 255
_STRANGE = re.compile(r"[\x00-\x1f\x7f\\]|^[A-Za-z]:")
_BLOCK = 1 << 20
# What packing programs of some desktops add on their own.
_LITTER = ("__MACOSX/", ".DS_Store", "Thumbs.db")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much an archive may unpack to.

    Attributes:
        size: bytes of all members together.
        ratio: unpacked bytes for each packed one. Event data packs 5 to 20 times; a bomb 1,000 times or more.
        spared: bytes up to which the ratio isn't looked at: a small file of zeros does no harm.
        members: number of files.
    """

    size: int = 64 << 30
    ratio: int = 200
    spared: int = 64 << 20
    members: int = 100_000


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Member:
    """One data file: a plain file, what a gzip file holds, or one file of a zip archive.

    Attributes:
        path: the file on disk.
        name: its relative name in the archive; a plain file's own name, a gzip file's without ``.gz``.
        dataset: what evidence calls it: ``archive.zip/member.csv``, or the file's own name.
        zipped: whether it is a file of a zip archive.
        packed: whether it is packed at all.
    """

    path: Path
    name: str
    dataset: str
    zipped: bool = False
    packed: bool = False


def is_archive(path: Path) -> bool:
    """Return whether the file begins as a zip or gzip archive does; its name doesn't matter.

    Raises:
        UsageError: the file isn't there or may not be read.
    """
    with open_bytes(path) as file:
        return file.read(4).startswith((_GZIP, _ZIP, _EMPTY_ZIP))


def members(path: Path, limits: Limits = LIMITS) -> tuple[Member, ...]:
    """Return the data files in `path`, in the archive's order; a plain file is its own only member.

    Folders, and the litter of desktops (``__MACOSX``), are left out.

    Raises:
        UsageError: the file isn't there or may not be read.
        DataError: the archive is damaged, empty, encrypted, names files outside itself, or is larger than `limits`.
    """
    with open_bytes(path) as file:
        head = file.read(4)
    if head.startswith(_GZIP):
        name = path.name[:-3] if path.name.lower().endswith(".gz") else path.name
        return (Member(path, name or path.name, path.name, packed=True),)
    if not head.startswith((_ZIP, _EMPTY_ZIP)):
        return (Member(path, path.name, path.name),)
    with _zip(path) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir() and not _litter(info.filename)]
    _check_zip(path, infos, limits)
    return tuple(
        Member(path, info.filename, f"{path.name}/{info.filename}", zipped=True, packed=True)
        for info in infos
    )


@contextmanager
def open_member(member: Member, limits: Limits = LIMITS) -> Iterator[IO[bytes]]:
    """Open a member as a buffered stream of its unpacked bytes; not seekable, its memory stays at one block.

    Raises:
        DataError: while it is read: the archive is cut off, damaged, or larger than `limits`.
    """
    if not member.packed:
        with open_bytes(member.path) as plain:
            yield plain
    elif member.zipped:
        with _zip(member.path) as archive, ExitStack() as stack:
            with _sentences(member):
                info = archive.getinfo(member.name)
                packed = stack.enter_context(archive.open(info))
            yield io.BufferedReader(_Guarded(packed, member, info.compress_size, limits), _BLOCK)
    else:
        size = member.path.stat().st_size
        with open_bytes(member.path) as file, gzip.GzipFile(fileobj=file) as unpacked:
            yield io.BufferedReader(_Guarded(unpacked, member, size, limits), _BLOCK)


def unpack(path: Path, folder: Path, limits: Limits = LIMITS) -> Iterator[tuple[Member, Path]]:
    """Unpack an archive into an empty folder; yield each member with the file it now is.

    Raises:
        DataError: as `members` and `open_member`.
        StorageError: the folder's disk is full.
    """
    left = limits.size
    for member in members(path, limits):
        target = folder.joinpath(*PurePosixPath(member.name).parts)
        within = Limits(left, limits.ratio, limits.spared, limits.members)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with open_member(member, within) as packed, target.open("xb") as out:
                while block := packed.read(_BLOCK):
                    out.write(block)
                    left -= len(block)
        except OSError as trouble:
            raise StorageError(
                f"{member.dataset} can't be unpacked into {folder} ({trouble.strerror}); free some space, or name "
                "another place with the environment variable TMPDIR."
            ) from trouble
        yield member, target


class _Guarded(io.RawIOBase):
    """A stream of unpacked bytes that ends with a sentence where it is damaged or beyond the limits."""

    def __init__(
        self, stream: IO[bytes] | gzip.GzipFile, member: Member, packed: int, limits: Limits
    ) -> None:
        self._stream, self._member, self._limits = stream, member, limits
        self._packed, self._read = max(packed, 1), 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer)
        with _sentences(self._member):
            block = self._stream.read(len(view))
        self._read += len(block)
        _check_size(self._member.dataset, self._read, self._packed, self._limits)
        view[: len(block)] = block
        return len(block)


def _check_zip(path: Path, infos: list[zipfile.ZipInfo], limits: Limits) -> None:
    if not infos:
        raise DataError(f"{path.name} is an empty archive.")
    if len(infos) > limits.members:
        raise DataError(
            f"{path.name} holds more than {limits.members:,} files; unpack it and add what you need."
        )
    seen: set[str] = set()
    for info in infos:
        name = info.filename
        shown = clipped(ascii(name))
        parts = PurePosixPath(name).parts
        if name.startswith("/") or ".." in parts or _STRANGE.search(name) or len(name) > _LONGEST_NAME:
            raise DataError(
                f"{path.name} holds a file named {shown}, which leads out of the archive or is no safe name; "
                "nothing of it was read."
            )
        if stat.S_ISLNK(info.external_attr >> 16):
            raise DataError(f"{path.name} holds a link, {shown}, instead of a file; nothing of it was read.")
        if info.flag_bits & _ENCRYPTED:
            raise DataError(f"{path.name} is encrypted ({shown}); unpack it with its password first.")
        if name in seen:
            raise DataError(f"{path.name} holds two files named {shown}; nothing of it was read.")
        seen.add(name)
    # Bombs may lay all their members over the same packed bytes, so that each alone looks harmless.
    _check_size(path.name, sum(info.file_size for info in infos), max(path.stat().st_size, 1), limits)


def _check_size(name: str, unpacked: int, packed: int, limits: Limits) -> None:
    if unpacked > limits.size:
        raise DataError(
            f"{name} unpacks to more than {limits.size / (1 << 30):,.3g} GiB; unpack it in parts."
        )
    if unpacked > limits.spared and unpacked > packed * limits.ratio:
        raise DataError(
            f"{name} unpacks to more than {limits.ratio:,} times its size, as no data set does; nothing of it was "
            "kept. If you trust it, unpack it yourself."
        )


def _litter(name: str) -> bool:
    return name.startswith(_LITTER[0]) or PurePosixPath(name).name in _LITTER[1:]


@contextmanager
def _zip(path: Path) -> Iterator[zipfile.ZipFile]:
    with open_bytes(path) as file:
        try:
            archive = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, NotImplementedError, ValueError) as broken:
            raise DataError(
                f"{path.name} is cut off or damaged: it begins as a zip archive, but has no list of its files. Get it anew."
            ) from broken
        with archive:
            yield archive


@contextmanager
def _sentences(member: Member) -> Iterator[None]:
    """Turn what the unpackers raise into one sentence."""
    try:
        yield
    except EOFError as cut:
        raise DataError(f"{member.dataset} is cut off in the middle; get it anew.") from cut
    except (zipfile.BadZipFile, gzip.BadGzipFile, zlib.error) as broken:
        raise DataError(f"{member.dataset} is damaged ({clipped(str(broken))}); get it anew.") from broken
    except OSError as refused:  # the list of files points to where no file can be
        raise DataError(f"{member.dataset} is damaged ({refused.strerror}); get it anew.") from refused
    except (NotImplementedError, RuntimeError) as foreign:
        raise DataError(
            f"{member.dataset} is packed in a way that isn't read ({clipped(str(foreign))}); unpack it yourself."
        ) from foreign
