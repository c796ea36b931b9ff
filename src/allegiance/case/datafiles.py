"""Which data files a user means: a file, what an archive holds, what lies in a folder; and in which format each is."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from allegiance import events, unfinished
from allegiance.case.fingerprint import fingerprint, how_of
from allegiance.errors import DataError, UnknownNameError, UsageError
from allegiance.events import archive
from allegiance.model import Codebook

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from allegiance.events import Reading, Resolve

LEFT_OUT = "file of it that looks like none of the known formats"


@dataclass(frozen=True, slots=True)
class DataFile:
    """One table to be read: the file on disk, its name in evidence, its format."""

    path: Path
    dataset: str
    format: str


def format_of(path: Path, given: str | None) -> str:
    """Return the format of a file that is no archive.

    Raises:
        UsageError: it looks like none, and none is given; or there is none of that name.
    """
    if given is not None and given not in events.formats():
        raise UnknownNameError("format", given, events.formats())
    name = given or events.guess(path)
    if name is None:
        known = ", ".join(events.formats())
        raise UsageError(
            f"{path.name} looks like none of the known formats; name it with --format ({known})."
        )
    return name


@dataclass(frozen=True, slots=True)
class DataSource:
    """A file or archive to be added, with all that the user said of it.

    Attributes:
        path: the file.
        format: the format that the user named, or None.
        resolve: who a code means on a day.
        codebook: the user's own code book, or None for the shipped one.
        options: what the user chose of the format's options.
    """

    path: Path
    format: str | None
    resolve: Resolve
    codebook: Path | None
    options: Mapping[str, str]

    def how(self) -> str:
        """Return one text for all that decides what an import gives, besides the file's own content.

        Raises:
            UsageError: there is no such file, format or option.
        """
        answers: dict[str, Any] = {}
        name = self.format
        if not archive.is_archive(self.path):
            name = format_of(self.path, self.format)
            beside = events.formats()[name].companions(self.path)
            answers |= {"beside": {other.name: fingerprint(other) for other in beside}} if beside else {}
        elif name is not None:
            name = format_of(self.path, name)
        answers["format"] = name
        if name is not None:
            events.formats()[name].chosen(self.options)
        answers |= {"options": dict(self.options)} if self.options else {}
        answers |= {"codebook": fingerprint(self.codebook)} if self.codebook else {}
        return how_of(**answers)

    @contextmanager
    def open(self) -> Iterator[tuple[Iterable[Reading], int]]:
        """Open the tables of the file for as long as the block runs; gives them, and how many files of it are none.

        Raises:
            DataError: the file is damaged, or the code book is none.
        """
        codebook = user_codebook(self.codebook)
        if archive.is_archive(self.path):
            with unpacked(self.path, self.format) as (tables, foreign):
                yield (self._reading(table, codebook) for table in tables), foreign
        else:
            table = DataFile(self.path, self.path.name, format_of(self.path, self.format))
            yield (self._reading(one, codebook) for one in (table,)), 0

    def _reading(self, table: DataFile, codebook: Codebook) -> Reading:
        return events.load(
            table.path,
            table.format,
            self.resolve,
            dataset=table.dataset,
            codebook=codebook,
            options=self.options,
        )


def user_codebook(path: Path | None) -> Codebook:
    """Return the shipped code book, with the acts of the user's in place of those of the same name.

    A table of event codes in the user's replaces the shipped one as a whole: half of each would be nobody's scale.

    Raises:
        UsageError: there is no such file.
        DataError: it is no code book.
    """
    shipped = Codebook.shipped()
    if path is None:
        return shipped
    fingerprint(path)  # is it there?
    own = Codebook.load(path)
    return Codebook({**shipped.acts, **own.acts}, own.cameo or shipped.cameo)


@contextmanager
def unpacked(path: Path, given: str | None) -> Iterator[tuple[list[DataFile], int]]:
    """Unpack an archive for as long as the block runs; yields its tables, and how many files of it are none.

    Raises:
        DataError: the archive is damaged or beyond the limits of `events.archive`, or holds no table.
        StorageError: there is no room to unpack it.
    """
    with unfinished.scratch() as place:
        found = list(archive.unpack(path, place))
        tables = _tables([(file, member.dataset) for member, file in found], given)
        if not tables:
            raise DataError(
                f"{path.name} holds no file that looks like a known format; name its format with --format."
            )
        yield tables, len({file for _, file in found} - {table.path for table in tables} - _beside(tables))


def files_named(paths: Sequence[Path], given: str | None) -> tuple[list[Path], list[Path]]:
    """Return the files that `paths` name, folders replaced by the data files in them, and the files left out.

    Archives in a folder are taken unseen; hidden files are not looked at.

    Raises:
        UsageError: a folder holds no data file.
    """
    chosen: list[Path] = []
    left_out: list[Path] = []
    for path in paths:
        if not path.is_dir():
            chosen.append(path)
            continue
        inside = sorted(
            file
            for file in path.rglob("*")
            if file.is_file() and not any(part.startswith(".") for part in file.relative_to(path).parts)
        )
        packed = {file for file in inside if archive.is_archive(file)}
        tables = _tables([(file, file.name) for file in inside if file not in packed], given)
        beside = _beside(tables)
        taken = packed - beside | {table.path for table in tables}
        if not taken:
            raise UsageError(
                f"{path} holds no file that looks like a known format; see `allegiance formats`."
            )
        chosen += sorted(taken)
        left_out += [file for file in inside if file not in taken | beside]
    return chosen, left_out


def _tables(files: list[tuple[Path, str]], given: str | None) -> list[DataFile]:
    """Return the files that look like a format (the given one), without those that are only read beside another.

    Where a format is given and nothing looks like it, the user knows better: all files are taken for it.
    """
    guessed = [(path, dataset, events.guess(path)) for path, dataset in files]
    if given is not None:
        matching = [one for one in guessed if one[2] == given]
        guessed = matching or [(path, dataset, given) for path, dataset in files]
    tables = [DataFile(path, dataset, name) for path, dataset, name in guessed if name is not None]
    beside = _beside(tables)
    return [table for table in tables if table.path not in beside]


def _beside(tables: list[DataFile]) -> set[Path]:
    return {other for table in tables for other in events.formats()[table.format].companions(table.path)}
