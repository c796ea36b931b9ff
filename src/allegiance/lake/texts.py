"""Texts to rows of a lake: one function from batches to batches, for a process pool here or a Spark cluster there.

Which reader codes a text, and how a record becomes a document, is handed in; both must be picklable.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter, deque
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any, Protocol

from allegiance.errors import BadRowError, DataError
from allegiance.events.archive import members, open_member
from allegiance.events.parquet import is_parquet, parquet_columns, parquet_rows
from allegiance.lake.engines import spark_session
from allegiance.lake.manifest import Member
from allegiance.lake.row import NAMES, TEXTS, row_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from allegiance.lake.row import Batch
    from allegiance.model import Document, Statement

BATCH = 64  # texts; some seconds of work
LONGEST_RECORD = 100_000_000  # bytes; a longer line is no article
SILENT = "it holds no statement"
_OUT = ("number", "problem", *NAMES)


class TextCoder(Protocol):
    """Turns documents into statements; any reader of `coding` can."""

    def read_many(self, docs: Iterable[Document]) -> Iterator[tuple[Document, list[Statement]]]:
        """Read documents in order."""
        ...


@dataclass(frozen=True, slots=True)
class TextTask:
    """What to do with records: all of it can be sent to another process.

    Attributes:
        file: what evidence calls the file.
        coder: makes the reader, once in each process.
        document: makes a document of a record (JSON text), the file's name and the record's number, or says why not.
    """

    file: str
    coder: Callable[[], TextCoder]
    document: Callable[[str, str, int], Document | BadRowError]


def code_batches(batches: Iterable[Batch], task: TextTask) -> Iterator[Batch]:
    """Code batches of records (columns `number`, `record`) to batches of rows (`number`, `problem`, and a lake's columns).

    Each record gives its statements' rows, or one row that says in `problem` why there is none.
    """
    coder = task.coder()
    for batch in batches:
        numbers: deque[int] = deque()
        rows: list[tuple[Any, ...]] = []
        found = (
            (number, task.document(record, task.file, number))
            for number, record in zip(batch["number"], batch["record"], strict=True)
        )
        for doc, stmts in coder.read_many(_sound(found, numbers, rows)):
            number = numbers.popleft()
            rows += [(number, None, *row_of(stmt, TEXTS, doc.origin or task.file)) for stmt in stmts]
            if not stmts:
                rows.append(_problem(number, SILENT))
        columns = list(zip(*rows, strict=True)) or [()] * len(_OUT)
        yield {name: list(column) for name, column in zip(_OUT, columns, strict=True)}


def _sound(
    found: Iterable[tuple[int, Document | BadRowError]], numbers: deque[int], rows: list[tuple[Any, ...]]
) -> Iterator[Document]:
    """Yield the documents and note their numbers; what is none becomes a row with its problem."""
    for number, doc in found:
        if isinstance(doc, BadRowError):
            rows.append(_problem(number, doc.problem))
        else:
            numbers.append(number)
            yield doc


def _problem(number: int, problem: str) -> tuple[Any, ...]:
    return (number, problem, *(None for _ in NAMES))


@dataclass(slots=True)
class TextTally:
    """Counts what becomes of records while their rows go by."""

    numbers: set[int] = field(default_factory=set)
    skipped: Counter[str] = field(default_factory=Counter)

    def rows(self, batches: Iterable[Batch], progress: Callable[[int], None]) -> Iterator[Batch]:
        """Yield the rows of a lake in the batches, without the problems, which are counted."""
        for batch in batches:
            before = len(self.numbers)
            self.numbers.update(batch["number"])
            self.skipped.update(problem for problem in batch["problem"] if problem is not None)
            progress(len(self.numbers) - before)
            keep = [place for place, problem in enumerate(batch["problem"]) if problem is None]
            yield {name: [batch[name][place] for place in keep] for name in NAMES}

    @property
    def readable(self) -> int:
        """How many records were texts that could be read, with or without a statement."""
        return len(self.numbers) - self.skipped.total() + self.skipped[SILENT]

    @property
    def first_problem(self) -> str:
        """The first reason why one could not be, empty for none."""
        return next((problem for problem in self.skipped if problem != SILENT), "")

    def member(self, file: str, statements: int) -> Member:
        """Return the entry for the manifest."""
        used = len(self.numbers) - self.skipped.total()
        skipped = {reason: count for reason, count in self.skipped.items() if count}
        return Member(file, TEXTS, len(self.numbers), used, statements, skipped)


# -- here: a pool of processes --------------------------------------------------------------------


def records(path: Path) -> Iterator[Batch]:
    """Yield the records of a file of JSON lines (plain, zip or gzip) or of Parquet, in batches.

    Raises:
        DataError: a line is too long to be an article, or the file is damaged.
    """
    numbered = enumerate(_parquet_records(path) if is_parquet(path) else _lines(path), start=1)
    # A blank line keeps its number, so that a problem names the line that an editor shows.
    sound = ((number, record) for number, record in numbered if record.strip())
    while some := list(islice(sound, BATCH)):
        yield {"number": [number for number, _ in some], "record": [record for _, record in some]}


def code_here(path: Path, task: TextTask, jobs: int) -> Iterator[Batch]:
    """Code the records of a file in `jobs` processes (1: in this one), in order."""
    if jobs == 1:
        yield from code_batches(records(path), task)
        return
    # Fresh processes: a fork would copy threads and locks of the libraries that are loaded here.
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        try:
            waiting: deque[Any] = deque()
            for batch in records(path):
                waiting.append(pool.submit(_code_one, batch, task))
                if len(waiting) > 2 * jobs:  # no more in memory than keeps everybody busy
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        except BrokenProcessPool as died:
            raise DataError(
                f"A process that read {path.name} died, as when memory runs out; try fewer with --jobs."
            ) from died
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _code_one(batch: Batch, task: TextTask) -> list[Batch]:
    return list(code_batches([batch], task))


def _lines(path: Path) -> Iterator[str]:
    for member in members(path):
        with open_member(member) as file:
            while line := file.readline(LONGEST_RECORD):
                if len(line) == LONGEST_RECORD:
                    raise DataError(
                        f"{member.dataset} has a line of more than {LONGEST_RECORD:,} bytes; no article is so long."
                    )
                yield _decoded(line.rstrip(b"\r\n"))


def _decoded(line: bytes) -> str:
    try:
        return line.decode("utf-8-sig")
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")


def _parquet_records(path: Path) -> Iterator[str]:
    columns = parquet_columns(path)
    for _, row in parquet_rows(path, columns):
        yield json.dumps(
            {name: value for name, value in zip(columns, row, strict=True) if value is not None}, default=str
        )


# -- there: a Spark cluster -----------------------------------------------------------------------


def code_on_spark(path: Path, task: TextTask, master: str | None) -> Iterator[Batch]:
    """Code the records of a file that all machines of the cluster see; the same function, within `mapInPandas`.

    Raises:
        MissingExtraError: PySpark isn't installed.
        UsageError: Spark can't be started.
    """
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    with spark_session(master) as session:
        from pyspark.sql import functions  # noqa: PLC0415 - an optional part

        if is_parquet(path):
            rows = session.read.parquet(str(path)).select(
                functions.to_json(functions.struct("*")).alias("record")
            )
        else:
            rows = session.read.text(str(path)).withColumnRenamed("value", "record")
        rows = rows.where("trim(record) <> ''").withColumn("number", functions.monotonically_increasing_id())
        lines = rows.mapInPandas(_in_pandas(task), "line string")
        for row in lines.toLocalIterator():
            yield _from_json(row.line)


def _in_pandas(task: TextTask) -> Callable[[Iterable[Any]], Iterator[Any]]:
    def run(frames: Iterable[Any]) -> Iterator[Any]:
        import pandas as pd  # noqa: PLC0415 - comes with the optional part

        batches = (frame.to_dict("list") for frame in frames)
        for batch in code_batches(batches, task):
            # As JSON: one column of text needs no second description of the lake's columns.
            yield pd.DataFrame({"line": [json.dumps(batch, default=str)]})

    return run


def _from_json(line: str) -> Batch:
    batch: Batch = json.loads(line)
    return batch
