"""A signed edge list as arrays, for lists of millions of ties that need no statements."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from itertools import chain
from operator import eq
from typing import TYPE_CHECKING

import numpy as np

from allegiance.errors import BadRowError, DataError
from allegiance.events.edge_rows import EdgeRows, edge_columns
from allegiance.events.format import LONGEST_NAME, Intake
from allegiance.events.header import fields_of
from allegiance.events.textfile import Block, blocks
from allegiance.model import Codebook

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    import numpy.typing as npt

    from allegiance.events.header import Header


@dataclass(frozen=True, slots=True)
class EdgeTable:
    """An edge list in arrays; each row of the file is one entry, duplicates are kept.

    Attributes:
        names: the actors, in the order in which they first appear.
        a: shape (m,), int32: index of each tie's source in `names`.
        b: shape (m,), int32: index of its target.
        tenths: shape (m,), int64: its signed weight in integer tenths.
        period: its period as the file spells it (see `periods.period`), None where there is no such column.
        row: shape (m,), int64: its 1-based line in the file.
        problems: the rows that gave no tie, each with the reason; a self-loop is a `NoRelationError`.
        rounded: how many weights had more than one decimal place and were rounded half to even.
    """

    names: tuple[str, ...]
    a: npt.NDArray[np.int32]
    b: npt.NDArray[np.int32]
    tenths: npt.NDArray[np.int64]
    period: tuple[str, ...] | None
    row: npt.NDArray[np.int64]
    problems: tuple[BadRowError, ...]
    rounded: int


class _Index(dict[str, int]):
    """Actors -> their place in the order of appearance. Looking up a new name adds it."""

    def __missing__(self, name: str) -> int:
        """Add a name that stands in the file as it is to be kept.

        Raises:
            DataError: it is empty, too long, or has blanks around it, and is for `NameCache` to judge.
        """
        if not name or len(name) > LONGEST_NAME or name != name.strip():
            raise DataError("not a plain name")
        place = self[name] = len(self)
        return place

    def cut(self, length: int) -> None:
        """Forget the names added since there were `length`."""
        while len(self) > length:
            self.popitem()


class _Builder:
    """The arrays while they grow."""

    def __init__(self, rows: EdgeRows) -> None:
        self.edge_rows = rows
        self.index = _Index()
        self.ends, self.weights, self.rows = array("i"), array("q"), array("q")
        self.periods: list[str] = []
        self.problems: list[BadRowError] = []
        self.rounded = 0

    def add_rows(self, block: Block) -> None:
        """Add a block row by row, with whatever is wrong in it."""
        rows = self.edge_rows
        for item in rows.ties(fields_of(block.lines(), rows.intake, rows.columns.header)):
            if isinstance(item, BadRowError):
                self.problems.append(item)
                continue
            number, source, target, weight, when = item
            self.ends.extend((self.index[source], self.index[target]))
            self.weights.append(weight)
            self.rows.append(number)
            self.periods.append(when)

    def add_columns(self, block: Block) -> bool:
        """Add a flawless block column by column, several times as fast; False, and nothing added, for others."""
        columns = self.edge_rows.columns
        fields = _cells(block, columns.header)
        if fields is None:
            return False
        width = len(columns.header.names)
        sources, targets = fields[columns.source :: width], fields[columns.target :: width]
        if any(map(eq, sources, targets)):
            return False
        known, rows = len(self.index), self.edge_rows
        try:
            weights = [rows.weights[text] for text in fields[columns.weight :: width]]
            spelt = [] if columns.period is None else fields[columns.period :: width]
            periods = [rows.periods[text] for text in spelt]
            ends = [self.index[name] for name in chain.from_iterable(zip(sources, targets, strict=True))]
        except DataError:
            self.index.cut(known)
            return False
        self.ends.extend(ends)
        self.weights.extend([weight for weight, _ in weights])
        self.rounded += sum([rounded for _, rounded in weights])
        self.rows.extend(range(block.first, block.first + len(weights)))
        self.periods.extend(periods)
        return True

    def table(self) -> EdgeTable:
        """Return what has been gathered."""
        ends = np.array(self.ends, dtype=np.int32).reshape(-1, 2)
        return EdgeTable(
            tuple(self.index),
            np.ascontiguousarray(ends[:, 0]),
            np.ascontiguousarray(ends[:, 1]),
            np.array(self.weights, dtype=np.int64),
            None if self.edge_rows.columns.period is None else tuple(self.periods),
            np.array(self.rows, dtype=np.int64),
            tuple(self.problems),
            self.rounded + sum(self.edge_rows.intake.tally.notices.values()),
        )


def _cells(block: Block, header: Header) -> list[str] | None:
    """Return the fields of all lines of a block in one list, or None where a line isn't plainly that many fields."""
    text, delimiter = block.text.replace("\r\n", "\n"), header.delimiter
    if block.fault or '"' in text or "\0" in text:
        return None
    if {line.count(delimiter) for line in text.split("\n")} != {len(header.names) - 1}:
        return None
    return text.replace("\n", delimiter).split(delimiter)


def read_edges(path: Path) -> EdgeTable:
    """Read a signed edge list into arrays; actors are the strings of the file.

    Raises:
        UsageError: the file isn't there or may not be read.
        DataError: it is empty, binary, or lacks a column.
    """
    intake = Intake(path, path.name, _unresolved, Codebook({}))
    builder = _Builder(EdgeRows(intake, edge_columns(path, path.name)))
    for block in _behind_header(path):
        if not builder.add_columns(block):
            builder.add_rows(block)
    return builder.table()


def _behind_header(path: Path) -> Iterator[Block]:
    """Yield the file's blocks without the header, which is the first line that isn't blank."""
    met = False
    for block in blocks(path):
        if met or block.fault:
            yield block
            continue
        for number, _, _ in block.lines():
            met = True
            rest = block.text.split("\n", number - block.first + 1)[number - block.first + 1 :]
            if rest and rest[0]:
                yield Block(number + 1, rest[0])
            break


def _unresolved(scheme: str, code: str, day: date | None) -> str | None:  # noqa: ARG001 - an edge list has names only
    return None
