"""A lake on disk: opening it, adding archives to it, and which of its files hold what is asked for."""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from allegiance import events, unfinished
from allegiance.errors import DataError, StorageError, UsageError
from allegiance.events.archive import is_archive, unpack
from allegiance.lake import gdelt, statements
from allegiance.lake.archive import Archive, is_plain
from allegiance.lake.database import database
from allegiance.lake.manifest import NAME, Commit, Input, Manifest, Member, Part
from allegiance.lake.parts import check_parts, remove_strays, write_parts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date

    from allegiance.lake.manner import Manner
    from allegiance.lake.row import Batch

# Small files are added together, so that a year of quarter hours doesn't become 35,000 Parquet files.
_BATCH_BYTES = 256 << 20
_BATCH_FILES = 500
_LOCK = ".lock"
_ASIDE = ".aside-"


@dataclass(frozen=True, slots=True)
class AddReport:
    """What became of one archive: `known` if it was in the lake already, else its files, or why it was refused."""

    file: str
    members: tuple[Member, ...] = ()
    known: bool = False
    problem: DataError | None = None


@dataclass(frozen=True, slots=True)
class _Opened:
    """An archive with its plain files, unpacked where it was packed."""

    archive: Archive
    files: tuple[gdelt.PlainFile, ...]
    formats: tuple[str, ...]

    def fast(self) -> bool:
        return set(self.formats) == {gdelt.FORMAT}


class Lake:
    """The Parquet files of a folder that its manifest names.

    Example::

        lake = Lake.open(Path("gdelt.lake"), create=True)
        for report in lake.add([Path("20310401.export.CSV.zip")], Manner(resolve)):
            print(report)
    """

    def __init__(self, path: Path, manifest: Manifest) -> None:
        self.path, self.manifest = path, manifest

    @staticmethod
    def is_lake(path: Path) -> bool:
        """Return whether a folder is a lake."""
        return (path / NAME).is_file()

    @classmethod
    def open(cls, path: Path, *, create: bool = False) -> Lake:
        """Open the lake in a folder, or make one with `create` where there is none.

        Raises:
            UsageError: there is no lake, or the folder holds something else.
            DataError: its manifest is damaged, or a file of the lake is missing.
            StorageError: the folder can't be written.
        """
        if not cls.is_lake(path):
            if not create:
                raise UsageError(f"{path} is no lake; make one with: allegiance lake add {path} FILES...")
            unfinished.clear(path, unfinished.prefix_of(path / NAME))
            if path.exists() and (not path.is_dir() or any(one.name != _LOCK for one in path.iterdir())):
                raise UsageError(f"{path} is there and is no lake; name a new folder for one.")
            with _storing(path):
                path.mkdir(parents=True, exist_ok=True)
                Manifest.begin(path)
        manifest = Manifest.read(path)
        check_parts(path, manifest.parts())
        return cls(path, manifest)

    def files(self, since: date | None = None, until: date | None = None) -> list[Path]:
        """Return the Parquet files in which rows of these days can stand."""
        return [self.path / part.path for part in self.parts(since, until)]

    def parts(self, since: date | None = None, until: date | None = None) -> list[Part]:
        """Return the same as they stand in the manifest."""
        return [part for part in self.manifest.parts() if part.may_hold(since, until)]

    # -- adding -----------------------------------------------------------------------------------

    def add(
        self,
        paths: Sequence[Path],
        manner: Manner,
        *,
        progress: Callable[[int], None] = lambda _: None,
    ) -> Iterator[AddReport]:
        """Convert archives (plain, zip, gzip, or folders of them); yields what became of each when it is safe on disk.

        Args:
            paths: files and folders; what is in the lake already adds nothing.
            manner: how they are read; an archive can't be in a lake in two ways.
            progress: called with the number of archives done.

        Raises:
            UsageError: a file isn't there, an archive is in the lake in another way, or its format has no such option.
            StorageError: the disk is full, or another process is adding to the lake.
        """
        with self._writing() as aside:
            batch: list[_Opened] = []
            for path in _expanded(paths):
                opened = self._opened(path, manner, aside, batch)
                if isinstance(opened, AddReport):
                    progress(1)
                    yield opened
                    continue
                if batch and (not opened.fast() or not batch[-1].fast() or _full(batch)):
                    yield from self._commit(batch, manner, aside, progress)
                    batch = []
                batch.append(opened)
            if batch:
                yield from self._commit(batch, manner, aside, progress)

    def add_rows(
        self, archive: Archive, batches: Iterable[Batch], member: Callable[[int], Member], *, how: str
    ) -> Member | None:
        """Add rows that were made elsewhere (texts) as what `archive` gave; `member` words it from their number.

        Returns None, having asked for no row, where another process added them since the lake was opened.
        """
        with self._writing() as aside, database(aside / "spill") as db:
            if self.known(archive, how):
                return None
            statements.begin(db)
            count = sum(statements.insert(db, batch) for batch in batches)
            archive.check_unchanged()
            made = member(count)
            self._write(
                db, "FROM rows", [Input(archive.path.name, archive.sha256, archive.size, how, (made,))], aside
            )
        return made

    def known(self, archive: Archive, how: str, data_format: str | None = None) -> bool:
        """Return whether an archive is in the lake, read `how`, and as `data_format` where one is asked for.

        Raises:
            UsageError: it is, but was read in another way.
        """
        there = self.manifest.inputs().get(archive.sha256)
        formats = set() if there is None else {member.format for member in there.members}
        if there is not None and (there.how != how or (data_format is not None and formats != {data_format})):
            raise UsageError(
                f"{archive.path.name} is in {self.path} already (as {there.file}), read in another way; its rows would "
                "count twice. Make a new lake to read it so."
            )
        return there is not None

    def _opened(
        self, path: Path, manner: Manner, aside: Path, batch: Sequence[_Opened]
    ) -> _Opened | AddReport:
        archive = Archive.of(path)
        if self.known(archive, manner.how, manner.data_format) or any(
            one.archive.sha256 == archive.sha256 for one in batch
        ):
            return AddReport(path.name, known=True)
        try:
            files = tuple(_plain_files(archive, aside))
            formats = tuple(_format(file.path, file.dataset, manner.data_format) for file in files)
        except DataError as broken:
            return AddReport(path.name, problem=broken)
        manner.check(formats)
        return _Opened(archive, files, formats)

    def _commit(
        self,
        batch: Sequence[_Opened],
        manner: Manner,
        aside: Path,
        progress: Callable[[int], None],
    ) -> Iterator[AddReport]:
        """Convert some archives in one step; if one of several is broken, each goes by itself."""
        try:
            reports = self._convert(batch, manner, aside)
        except DataError as broken:
            if len(batch) == 1:
                reports = [AddReport(batch[0].archive.path.name, problem=broken)]
            else:
                for one in batch:
                    yield from self._commit([one], manner, aside, progress)
                return
        for report in reports:
            progress(1)
            yield report
        for one in batch:
            for file in one.files:
                if file.path != one.archive.path:
                    file.path.unlink(missing_ok=True)

    def _convert(self, batch: Sequence[_Opened], manner: Manner, aside: Path) -> list[AddReport]:
        files = [file for one in batch for file in one.files]
        with database(aside / "spill") as db:
            members, query = None, gdelt.rows_sql()
            if _size(batch) >= gdelt.LEAST_BYTES and all(one.fast() and _is_splittable(one) for one in batch):
                members = gdelt.told(db, files, manner.resolve, manner.codebook)
            if members is None:
                query = "FROM rows"
                statements.begin(db)
                formats = [name for one in batch for name in one.formats]
                members = [
                    statements.add(db, file, name, manner) for file, name in zip(files, formats, strict=True)
                ]
            left = iter(members)
            inputs = [
                Input(
                    one.archive.path.name,
                    one.archive.sha256,
                    one.archive.size,
                    manner.how,
                    tuple(next(left) for _ in one.files),
                )
                for one in batch
            ]
            for one in batch:
                one.archive.check_unchanged()
            self._write(db, query, inputs, aside)
        return [AddReport(one.file, one.members) for one in inputs]

    def _write(self, db: Any, query: str, inputs: Sequence[Input], aside: Path) -> None:  # noqa: ANN401 - DuckDB's
        # Named for what is in it: a second try after a crash writes over what the first one left.
        commit = hashlib.sha256("".join(one.sha256 for one in inputs).encode()).hexdigest()[:16]
        parts = write_parts(db, query, aside, self.path, commit)
        shutil.rmtree(aside / "written", ignore_errors=True)
        counted, written = (
            sum(member.statements for one in inputs for member in one.members),
            sum(part.rows for part in parts),
        )
        if counted != written:
            raise StorageError(
                f"{written:,} rows were found on the disk where {counted:,} were written; check the disk and add again."
            )
        at = datetime.now(UTC).isoformat(timespec="seconds")
        self.manifest = self.manifest.append(self.path, Commit(commit, at, tuple(inputs), parts))

    @contextmanager
    def _writing(self) -> Iterator[Path]:
        """Give a folder for what is unfinished, alone in the lake; what a crash left behind is cleared away."""
        with _storing(self.path), (self.path / _LOCK).open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise StorageError(
                    f"Another process is adding to {self.path}; wait until it is done."
                ) from None
            self.manifest = Manifest.read(self.path)
            for left in self.path.glob(f"{_ASIDE}*"):
                shutil.rmtree(left)
            remove_strays(self.path, self.manifest.parts())
            aside = Path(tempfile.mkdtemp(prefix=_ASIDE, dir=self.path))
            try:
                yield aside
            finally:
                shutil.rmtree(aside, ignore_errors=True)


def _expanded(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the files in `paths`, those of folders in order of their names."""
    for path in paths:
        if path.is_dir():
            yield from (
                one for one in sorted(path.rglob("*")) if one.is_file() and not one.name.startswith(".")
            )
        else:
            yield path


def _plain_files(archive: Archive, aside: Path) -> Iterator[gdelt.PlainFile]:
    if not is_archive(archive.path):
        yield gdelt.PlainFile(archive.path, archive.path.name)
        return
    folder = Path(tempfile.mkdtemp(dir=aside))
    for member, path in unpack(archive.path, folder):
        yield gdelt.PlainFile(path, member.dataset)


def _format(path: Path, dataset: str, wanted: str | None) -> str:
    name = wanted or events.guess(path)
    if name is None:
        raise DataError(
            f"{dataset} looks like none of the known formats; name it with --format ({', '.join(events.formats())})."
        )
    return name


def _is_splittable(one: _Opened) -> bool:
    if any(file.path == one.archive.path for file in one.files):
        return one.archive.plain
    return all(is_plain(file.path) for file in one.files)


def _size(batch: Sequence[_Opened]) -> int:
    return sum(file.path.stat().st_size for one in batch for file in one.files)


def _full(batch: Sequence[_Opened]) -> bool:
    return _size(batch) >= _BATCH_BYTES or sum(len(one.files) for one in batch) >= _BATCH_FILES


@contextmanager
def _storing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as refused:
        raise StorageError(
            f"{path} can't be written ({refused.strerror or refused}); free some space or name another folder, and run the "
            "same command again: what was finished is kept."
        ) from refused
