"""Bringing the reading rooms together: files to documents, names to actors, sentences to statements."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from allegiance import reading
from allegiance.case.imports import Provenance
from allegiance.errors import DataError, UsageError
from allegiance.model import DateInterval
from allegiance.naming import Gazetteer, parse_actors, table_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from pathlib import Path

    from allegiance.coding import Reader
    from allegiance.events import Resolve
    from allegiance.model import Document, ReaderTag, Statement


@lru_cache(maxsize=8)
def gazetteer(tables: tuple[str, ...]) -> Gazetteer:
    """Return the shipped gazetteer with the user's tables of actors (CSV texts, the latest last) added."""
    names = Gazetteer.shipped()
    for table in tables:
        names = names.with_actors(parse_actors(table, "the case's table of actors"))
    return names


def resolver(names: Gazetteer) -> Resolve:
    """Return the function that tells event formats who a code or a name of theirs means on a day."""

    @lru_cache(maxsize=100_000)  # data files repeat the same few hundred actors in all their rows
    def resolve(scheme: str, code: str, day: date | None) -> str | None:
        kind, _, dataset = scheme.partition(":")
        return names.named_in(dataset, code, day) if kind == "name" else names.code(scheme, code, day)

    return resolve


class TextReader:
    """A reader of files: what `reading` finds in them, coded by one reader of `coding`."""

    def __init__(self, reader: str, pipeline: str | None, names: Gazetteer) -> None:
        """Make the reader called `reader`, parsing with the spaCy pipeline `pipeline` (None: the usual one)."""
        from allegiance.coding import reader as reader_named  # noqa: PLC0415 - data files need no grammar

        self._reader: Reader = reader_named(reader, names, pipeline=pipeline)

    @property
    def tag(self) -> ReaderTag:
        """Name and version of the reader."""
        return self._reader.tag

    def remarks(self) -> tuple[str, ...]:
        """Return what the reader has to say of its work so far."""
        from allegiance.coding import Remarking  # noqa: PLC0415 - as above

        return self._reader.remarks() if isinstance(self._reader, Remarking) else ()

    def read(
        self, path: Path, provenance: Provenance, progress: Callable[[int], None]
    ) -> Iterator[tuple[Document, list[Statement]] | DataError]:
        """Yield the texts of a file with their statements, and at last what was broken in it."""
        found = reading.documents(
            path,
            outlet=provenance.outlet,
            author=provenance.author,
            date=_date(provenance.date),
            url=provenance.url,
        )
        for doc, stmts in self._reader.read_many(found.documents):
            progress(1)
            yield doc, stmts
        yield from found.problems


def _date(text: str | None) -> DateInterval | None:
    try:
        return DateInterval.parse(text) if text else None
    except DataError as wrong:
        raise UsageError(str(wrong)) from wrong  # a date in the call is the caller's, not the data's


def code_file(
    path: Path,
    provenance: Provenance | None = None,
    *,
    reader: str = "taught",
    pipeline: str | None = None,
    actors: Path | None = None,
    remark: Callable[[str], None] = lambda _: None,
) -> tuple[list[Statement], list[DataError]]:
    """Read one file without a case; return its statements and what was broken in it.

    What the reader has to say of its work goes to `remark`, a sentence at a time.

    Raises:
        UsageError: no such file or reader.
        DataError: no text of the file can be read.
        MissingExtraError: the reader needs a part that isn't installed.
    """
    tables = (actor_table(actors),) if actors else ()
    texts = TextReader(reader, pipeline, gazetteer(tables))
    stmts: list[Statement] = []
    problems: list[DataError] = []
    read = 0
    for item in texts.read(path, provenance or Provenance(), lambda _: None):
        if isinstance(item, DataError):
            problems.append(item)
        else:
            read += 1
            stmts += item[1]
    if not read:
        raise problems[0] if problems else DataError(f"{path.name} holds no text.")
    for sentence in texts.remarks():
        remark(sentence)
    return stmts, problems


def actor_table(path: Path) -> str:
    """Return the text of a table of actors, having checked that it is one.

    Raises:
        UsageError: there is no such file.
        DataError: it is no such table; says where it is wrong.
    """
    text = table_text(path)
    parse_actors(text, path.name)
    return text
