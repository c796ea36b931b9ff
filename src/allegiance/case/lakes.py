"""Lakes seen from above: who is who handed in, their ties as networks, their rows as evidence, texts coded into them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from allegiance import coding, reading
from allegiance.case.readers import actor_table, gazetteer, resolver
from allegiance.errors import DataError, UnknownNameError, UsageError
from allegiance.lake import Lake, TieQuery
from allegiance.lake.archive import Archive
from allegiance.lake.engines import write_ties
from allegiance.lake.rows import named, read_rows, signed_ties
from allegiance.lake.texts import TextTally, TextTask, code_here, code_on_spark
from allegiance.network import Contributions, SignedNetwork

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from allegiance.coding import Reader
    from allegiance.lake import AddReport, Member
    from allegiance.network import CountingPolicy
    from allegiance.store import StatementFilter

MOST_ROWS = 1000


def add_to_lake(
    path: Path,
    files: Sequence[Path],
    *,
    data_format: str | None = None,
    actors: Path | None = None,
    progress: Callable[[int], None] = lambda _: None,
) -> Iterator[AddReport]:
    """Convert archives into the lake at `path`, which is made if it isn't there; see `Lake.add`."""
    tables = (actor_table(actors),) if actors else ()
    for file in files:
        if not file.exists():
            raise UsageError(f"There is no file {file}.")
    lake = Lake.open(path, create=True)
    return lake.add(
        files,
        resolver(gazetteer(tables)),
        how=_how(actors=_hash(tables)),
        data_format=data_format,
        progress=progress,
    )


def lake_ties(path: Path, query: TieQuery, target: Path, *, engine: str, master: str | None) -> int:
    """Write the ties of a lake to a Parquet file; see `engines.write_ties`."""
    return write_ties(Lake.open(path), query, target, engine=engine, master=master)


def lake_network(path: Path, wanted: StatementFilter, policy: CountingPolicy | None = None) -> SignedNetwork:
    """Return the network of a lake's ties; its evidence are the rows of a source, a month and a direction at a time.

    Raises:
        UsageError: statements shall count in another way than plainly: the lake's ties are made of plain assertions.
        UnknownNameError: there is no such source in the lake.
    """
    return lake_contributions(path, wanted, policy).network()


def lake_contributions(
    path: Path, wanted: StatementFilter, policy: CountingPolicy | None = None
) -> Contributions:
    """Return what the rows of a lake bring to its ties; each of its entries sums the rows of a source, a month and a direction."""
    if policy is not None and policy.to_json() != type(policy)().to_json():
        raise UsageError("A lake counts plain assertions only; leave --count and --least-confidence out.")
    lake = Lake.open(path)
    if wanted.source is not None:
        _check(lake, "source", (wanted.source,))
    query = TieQuery(since=wanted.since, until=wanted.until, source=wanted.source)
    table = signed_ties(lake, query)
    ends = np.concatenate([table["actor"], table["target"]])
    actors, numbers = np.unique(ends.astype(object), return_inverse=True)
    count = len(table["actor"])
    ids = np.array(
        [
            f"{source} {str(month)[:7] if month else 'undated'}: {actor} > {target} ({'with' if amount > 0 else 'against'})"
            for source, month, actor, target, amount in zip(
                *(table[name] for name in ("source", "month", "actor", "target", "amount")), strict=True
            )
        ],
        dtype=object,
    )
    return Contributions(
        tuple(actors.tolist()),
        numbers[:count].astype(np.int64),
        numbers[count:].astype(np.int64),
        table["amount"].astype(np.int64),
        ids,
        table["source"].astype(object),
        ids,
        _days(table["first"]),
        _days(table["last"]),
        counts=table["count"].astype(np.int64),
    )


def lake_rows(
    path: Path, what: str, wanted: StatementFilter, *, most: int = MOST_ROWS
) -> Iterator[Mapping[str, Any]]:
    """Yield the rows behind an actor ("A") or a tie ("A,B"), newest first; at most `most`.

    Raises:
        UnknownNameError: the lake knows nobody of that name; says the nearest ones.
    """
    lake = Lake.open(path)
    pair = tuple(name.strip() for name in what.split(","))
    names = (what,) if len(pair) != 2 or named(lake, "actor", (what,)) else pair  # noqa: PLR2004 - two make a pair
    _check(lake, "actor", names)
    if wanted.source is not None:
        _check(lake, "source", (wanted.source,))
    query = TieQuery(since=wanted.since, until=wanted.until, source=wanted.source)
    return read_rows(lake, names, query, most)


def read_into_lake(
    path: Path,
    texts: Path,
    make: MakeReader,
    *,
    jobs: int = 1,
    engine: str = "pool",
    master: str | None = None,
    progress: Callable[[int], None] = lambda _: None,
) -> Member | None:
    """Code the texts of a file of JSON lines or Parquet into the lake at `path`; None where they are in it already.

    Args:
        path: the lake, made if it isn't there.
        texts: one article a line (or row): text, and title, outlet, author, date, url, language where known.
        make: which reader, pipeline and actors.
        jobs: processes of the pool.
        engine: ``pool`` or ``spark``.
        master: a Spark master.
        progress: called with the number of texts done.

    Raises:
        UsageError: no such file or reader.
        DataError: no text of the file can be read; nothing is kept.
        MissingExtraError: the reader or the engine needs a part that isn't installed.
    """
    if master is not None and engine != "spark":
        raise UsageError("--master names a Spark cluster; use it with --engine spark.")
    tag = make().tag  # also says at once when there is no such reader
    archive = Archive.of(texts)
    lake = Lake.open(path, create=True)
    how = _how(reader=str(tag), pipeline=make.pipeline, actors=_hash(make.tables))
    if lake.known(archive, how):
        return None
    task = TextTask(texts.name, make, reading.record)
    coded = code_on_spark(texts, task, master) if engine == "spark" else code_here(texts, task, jobs)
    tally = TextTally()

    def member(statements: int) -> Member:
        if tally.readable == 0:
            raise DataError(f"{texts.name} holds no text that could be read. {tally.first_problem}".rstrip())
        return tally.member(texts.name, statements)

    return lake.add_rows(archive, tally.rows(coded, progress), member, how=how)


@dataclass(frozen=True, slots=True)
class MakeReader:
    """Makes a reader of `coding` wherever it is sent to: its name, pipeline, and tables of further actors."""

    reader: str
    pipeline: str | None
    tables: tuple[str, ...] = ()

    @classmethod
    def of(cls, reader: str, pipeline: str | None = None, actors: Path | None = None) -> MakeReader:
        """Choose a reader, an installed spaCy pipeline (None: the usual one), and a table of further actors.

        Raises:
            DataError: the table is none.
        """
        return cls(reader, pipeline, (actor_table(actors),) if actors else ())

    def __call__(self) -> Reader:
        """Return the reader; one a process."""
        return _reader(self.reader, self.pipeline, self.tables)


@lru_cache(maxsize=2)
def _reader(reader: str, pipeline: str | None, tables: tuple[str, ...]) -> Reader:
    return coding.reader(reader, gazetteer(tables), pipeline=pipeline)


def _check(lake: Lake, kind: str, names: Sequence[str]) -> None:
    for name in names:
        if not named(lake, kind, (name,)):
            raise UnknownNameError(kind, name, named(lake, kind), where=str(lake.path))


def _days(values: NDArray[Any]) -> NDArray[np.datetime64]:
    return np.array(values.tolist(), dtype="datetime64[D]")


def _how(**answers: object) -> str:
    """Return one text for all that decides what an archive gives, besides its content."""
    return json.dumps(answers, sort_keys=True)


def _hash(tables: tuple[str, ...]) -> list[str]:
    return [hashlib.sha256(table.encode()).hexdigest() for table in tables]
