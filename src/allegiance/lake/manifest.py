"""The manifest: what is in a lake. A file that isn't named here is not part of it.

One JSON object a line, only ever appended to and fsynced: the line is the commit. A line that a crash cut off is none.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field, fields
from pathlib import PurePosixPath
from types import MappingProxyType, NoneType
from typing import TYPE_CHECKING, Any, TypeVar

from allegiance import unfinished
from allegiance.errors import DataError, clipped

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

NAME = "manifest.jsonl"
VERSION = 1


@dataclass(frozen=True, slots=True)
class Member:
    """What became of one file (or one file inside an archive): rows = used + sum of skipped.

    Attributes:
        file: its name, as evidence calls it.
        format: how it was read.
        rows: data rows in it.
        used: rows that gave at least one statement.
        statements: rows of the lake that it gave.
        skipped: rows that gave none, by reason.
        notices: what should be known of rows that were used, counted by sentence.
    """

    file: str
    format: str
    rows: int
    used: int
    statements: int
    skipped: dict[str, int] = field(default_factory=dict)
    notices: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Input:
    """One archive as the user named it: name, SHA-256, size in bytes, and the files in it."""

    file: str
    sha256: str
    size: int
    how: str
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One Parquet file: its path inside the lake, its rows, and the first and last day in it (ISO, or None)."""

    path: str
    rows: int
    first: str | None
    last: str | None
    undated: int

    def may_hold(self, since: date | None, until: date | None) -> bool:
        """Return whether a row of it can speak of a day between `since` and `until`."""
        if since is None and until is None:
            return True
        if self.first is None or self.last is None:
            return False
        return (since is None or self.last >= since.isoformat()) and (
            until is None or self.first <= until.isoformat()
        )


@dataclass(frozen=True, slots=True)
class Commit:
    """What went into the lake in one step: whole inputs, and the Parquet files that hold them."""

    id: str
    at: str
    inputs: tuple[Input, ...]
    parts: tuple[Part, ...]


Entry = TypeVar("Entry", Member, Input, Part, Commit)
_KINDS: Mapping[str, type | tuple[type, ...]] = MappingProxyType(
    {
        "str": str,
        "int": int,
        "str | None": (str, NoneType),
        "dict[str, int]": dict,
        "tuple[Member, ...]": tuple,
        "tuple[Input, ...]": tuple,
        "tuple[Part, ...]": tuple,
    }
)


@dataclass(frozen=True, slots=True)
class Manifest:
    """All commits in order.

    Attributes:
        commits: what went in, oldest first.
        sound: bytes of the file up to the end of the last whole line.
    """

    commits: tuple[Commit, ...]
    sound: int

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """Read the manifest of the lake in `folder`.

        Raises:
            DataError: a line in it is damaged, or it was written by a newer version.
        """
        raw = (folder / NAME).read_bytes()
        sound = raw.rfind(b"\n") + 1
        commits = []
        for number, line in enumerate(raw[:sound].splitlines(), start=1):
            try:
                entry = json.loads(line)
                if number > 1:
                    commits.append(_commit(entry))
                elif int(entry["lake"]) > VERSION:
                    raise DataError(f"{folder} was written by a newer version; update allegiance to read it.")
            except (ValueError, KeyError, TypeError, RecursionError) as broken:
                raise DataError(
                    f"{folder / NAME}, line {number}, is damaged ({clipped(str(broken))}); bring it back from a copy, or add "
                    "the archives to a new lake."
                ) from broken
        return cls(tuple(commits), sound)

    @staticmethod
    def begin(folder: Path) -> None:
        """Write the first line of a new manifest, unless another process began one at the same moment."""
        unfinished.put(_line({"lake": VERSION}), folder / NAME, only_new=True)

    def append(self, folder: Path, commit: Commit) -> Manifest:
        """Write a commit down for good and return the manifest with it."""
        end = _append(folder, _line(asdict(commit)), at=self.sound)
        return Manifest((*self.commits, commit), end)

    def inputs(self) -> dict[str, Input]:
        """Return the archives in the lake by SHA-256."""
        return {one.sha256: one for commit in self.commits for one in commit.inputs}

    def parts(self) -> tuple[Part, ...]:
        """Return the Parquet files of the lake."""
        return tuple(part for commit in self.commits for part in commit.parts)


def _line(entry: dict[str, Any]) -> bytes:
    return json.dumps(entry, ensure_ascii=True).encode("ascii") + b"\n"


def _append(folder: Path, data: bytes, *, at: int) -> int:
    """Write a line behind the last whole one and wait until the disk has it; returns the new end."""
    handle = os.open(folder / NAME, os.O_RDWR | os.O_CREAT, 0o666)
    with os.fdopen(handle, "r+b") as file:
        file.truncate(at)  # what a crash left behind the last whole line
        file.seek(at)
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return at + len(data)


def _commit(entry: dict[str, Any]) -> Commit:
    inputs = tuple(
        _checked(Input(**{**one, "members": tuple(_checked(Member(**member)) for member in one["members"])}))
        for one in entry["inputs"]
    )
    parts = tuple(_checked(Part(**part)) for part in entry["parts"])
    for part in parts:
        # A lake may be a stranger's, and what isn't named any more is removed when something is added.
        if part.path.startswith("/") or ".." in PurePosixPath(part.path).parts:
            raise ValueError(f"{part.path} leads out of the lake")
    return _checked(Commit(entry["id"], entry["at"], inputs, parts))


def _checked(made: Entry) -> Entry:
    """Return an entry whose fields are of the kinds that are written.

    Raises:
        TypeError: one isn't.
    """
    for one in fields(made):
        value, kinds = getattr(made, one.name), _KINDS[str(one.type)]
        if not isinstance(value, kinds) or isinstance(value, bool):
            raise TypeError(f"{one.name} is {clipped(repr(value))}")
    return made
