"""What a format is, what it is handed, and what reading a file with it gives. No format itself lives here."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from allegiance.errors import BadRowError, NoRelationError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from pathlib import Path

    from allegiance.model import Codebook, Statement

READER_VERSION = "1"
LONGEST_NAME = 500  # characters; a longer one is a text that slipped into an actor's column


class Resolve(Protocol):
    """Who a code of a scheme means on a day; handed in from above, for this room knows no actors.

    The schemes asked for: ``cow``, ``cowabb``, ``gw``, ``iso2``, ``iso3``, ``cameo`` (country and group codes) and
    ``name`` (a name as the data set spells it). None means not known: the actor then keeps what the file calls it.
    """

    def __call__(self, scheme: str, code: str, day: date | None) -> str | None:
        """Return the canonical name of an actor, or None."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column that is read: its name, what it says, and the markers that mean "missing" in this very column."""

    name: str
    meaning: str
    missing: tuple[str, ...] = ("",)


@dataclass(slots=True)
class Tally:
    """The count of what became of a file's rows: rows = used + sum of skipped.

    Attributes:
        rows: data rows seen (no header, no blank lines).
        used: rows that gave at least one statement, alone or with others.
        skipped: rows that gave none, by reason.
        notices: what the user should know of rows that were used, counted by sentence.
    """

    rows: int = 0
    used: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    notices: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Intake:
    """What a format's reader is handed: the file, its name in evidence, who is who, and what acts weigh."""

    path: Path
    dataset: str
    resolve: Resolve
    codebook: Codebook
    tally: Tally = field(default_factory=Tally)

    def bad(self, row: int, problem: str) -> BadRowError:
        """Return the error for a row (1-based line) that is broken."""
        return BadRowError(self.dataset, row, problem)

    def no_relation(self, row: int, problem: str) -> NoRelationError:
        """Return the error for a sound row (1-based line) without a relation between two actors."""
        return NoRelationError(self.dataset, row, problem)


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of data file.

    Attributes:
        name: the word for ``--format``.
        title: the data set in words.
        citation: how to cite it.
        terms: the terms of use known to us.
        url: where it comes from, empty for none.
        columns: the columns that are read; others are ignored.
        notes: how rows become statements, in sentences for the reference page.
        sniff: whether a file looks like this format.
        read: turns a file into statements and skipped rows.
    """

    name: str
    title: str
    citation: str
    terms: str
    url: str
    columns: tuple[Column, ...]
    notes: tuple[str, ...]
    sniff: Callable[[Path], bool]
    read: Callable[[Intake], Iterator[Statement | BadRowError]]


class Reading:
    """The statements of a file and the rows that gave none, one after the other; to be iterated once.

    `tally` is complete when the iteration is.
    """

    __slots__ = ("_items", "tally")

    def __init__(self, intake: Intake, fmt: Format) -> None:
        self.tally = intake.tally
        self._items = fmt.read(intake)

    def __iter__(self) -> Iterator[Statement | BadRowError]:
        return self

    def __next__(self) -> Statement | BadRowError:
        item = next(self._items)
        if isinstance(item, BadRowError):
            self.tally.skipped[item.problem] += 1
        return item
