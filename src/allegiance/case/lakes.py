"""Lakes seen from above: who is who handed in, their ties as networks, their rows as evidence, texts coded into them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

from allegiance import reading
from allegiance.case.datafiles import user_codebook
from allegiance.case.fingerprint import fingerprint
from allegiance.case.readers import actor_table, gazetteer, resolver
from allegiance.errors import DataError, UnknownNameError, UsageError
from allegiance.lake import Lake, Manner, TieQuery, Weighing
from allegiance.lake.archive import Archive
from allegiance.lake.engines import write_ties
from allegiance.lake.row import ATTITUDE
from allegiance.lake.rows import named, read_rows, signed_ties
from allegiance.lake.texts import TextTally, TextTask, code_here, code_on_spark
from allegiance.model import Modality
from allegiance.network import Contributions, CountingPolicy, SignedNetwork

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from allegiance.coding import Reader
    from allegiance.lake import AddReport, Member
    from allegiance.store import StatementFilter

MOST_ROWS = 1000


def add_to_lake(
    path: Path,
    files: Sequence[Path],
    *,
    data_format: str | None = None,
    actors: Path | None = None,
    codebook: Path | None = None,
    options: Mapping[str, str] | None = None,
    progress: Callable[[int], None] = lambda _: None,
) -> Iterator[AddReport]:
    """Convert archives into the lake at `path`, which is made if it isn't there; see `Lake.add`.

    Args:
        path: the lake.
        files: archives, files and folders.
        data_format: a name of `allegiance formats`; None to look at each file.
        actors: a table of further actors.
        codebook: a code book whose acts and event codes stand in place of the shipped ones.
        options: what the user chose of the format's options.
        progress: called with the number of archives done.
    """
    tables = (actor_table(actors),) if actors else ()
    for file in files:
        if not file.exists():
            raise UsageError(f"There is no file {file}.")
    answers: dict[str, object] = {"actors": _hash(tables)}
    answers |= {"codebook": fingerprint(codebook)} if codebook else {}
    answers |= {"options": dict(options)} if options else {}
    manner = Manner(
        resolver(gazetteer(tables)),
        _how(**answers),
        data_format,
        user_codebook(codebook),
        dict(options or {}),
    )
    return Lake.open(path, create=True).add(files, manner, progress=progress)


def lake_ties(path: Path, query: TieQuery, target: Path, *, engine: str, master: str | None) -> int:
    """Write the ties of a lake to a Parquet file; see `engines.write_ties`."""
    return write_ties(Lake.open(path), query, target, engine=engine, master=master)


def lake_network(path: Path, wanted: StatementFilter, policy: CountingPolicy | None = None) -> SignedNetwork:
    """Return the network of a lake's ties; its evidence are the rows of a source, a month and a direction at a time.

    Raises:
        UsageError: blocs shall be counted as their members, which a lake doesn't know.
        UnknownNameError: there is no such source in the lake.
    """
    return lake_contributions(path, wanted, policy).network()


def lake_contributions(
    path: Path, wanted: StatementFilter, policy: CountingPolicy | None = None
) -> Contributions:
    """Return what the rows of a lake bring to its ties; each of its entries sums the rows of a source, a month and a direction."""
    lake = Lake.open(path)
    query = _query(lake, wanted, policy)
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
        divisor=query.divisor,
        counts=table["count"].astype(np.int64),
    )


def lake_rows(
    path: Path,
    what: str,
    wanted: StatementFilter,
    policy: CountingPolicy | None = None,
    *,
    most: int = MOST_ROWS,
) -> Iterator[Mapping[str, Any]]:
    """Yield the rows behind an actor ("A") or a tie ("A,B"), newest first; at most `most`.

    Raises:
        UnknownNameError: the lake knows nobody of that name; says the nearest ones.
    """
    lake = Lake.open(path)
    names = named_in(lake, what)
    _check(lake, "actor", names)
    return rows_among(lake, names, wanted, policy, most=most)


def rows_among(
    lake: Lake, names: Sequence[str], wanted: StatementFilter, policy: CountingPolicy | None, *, most: int
) -> Iterator[Mapping[str, Any]]:
    """Yield the rows of one actor, or among several, newest first; at most `most`."""
    return read_rows(lake, names, _query(lake, wanted, policy), most)


def named_in(lake: Lake, what: str) -> tuple[str, ...]:
    """Return whom "A,B" or "A" names: a pair, unless one actor of the lake is called so with its comma."""
    pair = tuple(name.strip() for name in what.split(","))
    two = len(pair) == 2  # noqa: PLR2004 - two make a pair
    return pair if two and not named(lake, "actor", (what,)) else (what,)


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


def text_files(paths: Sequence[Path]) -> list[Path]:
    """Return the files of texts that `paths` name: folders stand for all files in them, in order of their names.

    Raises:
        UsageError: one isn't there, or a folder is empty.
    """
    found: list[Path] = []
    for path in paths:
        if not path.is_dir():
            if not path.exists():
                raise UsageError(f"There is no file {path}.")
            found.append(path)
            continue
        inside = sorted(one for one in path.rglob("*") if one.is_file() and not one.name.startswith("."))
        if not inside:
            raise UsageError(f"{path} holds no file.")
        found += inside
    return found


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
    from allegiance.coding import reader as reader_named  # noqa: PLC0415 - data files need no grammar

    return reader_named(reader, gazetteer(tables), pipeline=pipeline)


def _query(lake: Lake, wanted: StatementFilter, policy: CountingPolicy | None) -> TieQuery:
    """Return which rows of a lake are asked for, and how they count.

    Raises:
        UsageError: blocs shall be counted as their members, which a lake doesn't know.
        UnknownNameError: there is no such source in the lake.
    """
    if wanted.source is not None:
        _check(lake, "source", (wanted.source,))
    _check(lake, "source", wanted.without)
    return TieQuery(
        since=wanted.since,
        until=wanted.until,
        source=wanted.source,
        without=wanted.without,
        weighing=_weighing(policy),
    )


def _weighing(policy: CountingPolicy | None) -> Weighing | None:
    """Return what a policy of counting means for rows, None for the usual one."""
    if policy is None or policy == CountingPolicy():
        return None
    if policy.blocs:
        raise UsageError(
            "A lake doesn't know who was in a bloc on which day; leave --count blocs=... out, or add the archives to a case."
        )
    shares = {
        (modality.value, negated, attitude): policy.share(
            ATTITUDE if attitude else "", modality, negated=negated, confidence=1.0
        )
        for modality, negated, attitude in product(Modality, (False, True), (False, True))
    }
    once = policy.once if policy.by_day else ""  # a lake keeps rows, not the texts that could be copies
    return Weighing({kind: share for kind, share in shares.items() if share}, policy.confidence, once)


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
