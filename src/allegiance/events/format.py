"""What a format is, what it is handed, and what reading a file with it gives. No format itself lives here."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from allegiance.errors import BadRowError, NoRelationError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from allegiance.model import Codebook, Document, Statement

    Item = Statement | Document | BadRowError

READER_VERSION = "1"
_LONGEST_COUNT = 9  # digits
LONGEST_NAME = 500  # characters; a longer one is a text that slipped into an actor's column


class Resolve(Protocol):
    """Who a code of a scheme means on a day; handed in from above, for this room knows no actors.

    The schemes asked for: ``cow``, ``cowabb``, ``gw``, ``iso2``, ``iso3``, ``cameo`` (country and group codes) and
    ``name:icews`` (a name as ICEWS spells it; so for each data set). None means not known: the actor then keeps what the file calls it.
    """

    def __call__(self, scheme: str, code: str, day: date | None) -> str | None:
        """Return the canonical name of an actor, or None."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column that is read: its name, what it says, and the markers that mean "missing" in this very column."""

    name: str
    meaning: str
    missing: tuple[str, ...] = ("",)


@dataclass(frozen=True, slots=True)
class Option:
    """A choice that a format leaves to the user; given as ``--set NAME=VALUE`` and remembered with the import.

    Attributes:
        name: its name.
        default: what counts when nothing is said.
        meaning: what it decides, and what each value means.
        values: the values that may be given; none where it is a whole number of at least 1.
    """

    name: str
    default: str
    meaning: str
    values: tuple[str, ...] = ()


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
    """What a format's reader is handed: the file, its name in evidence, who is who, and what acts weigh.

    `options` holds a value for each option of the format.
    """

    path: Path
    dataset: str
    resolve: Resolve
    codebook: Codebook
    tally: Tally = field(default_factory=Tally)
    options: Mapping[str, str] = field(default_factory=dict)

    def bad(self, row: int, problem: str) -> BadRowError:
        """Return the error for a row (1-based line) that is broken."""
        return BadRowError(self.dataset, row, problem)

    def no_relation(self, row: int, problem: str) -> NoRelationError:
        """Return the error for a sound row (1-based line) without a relation between two actors."""
        return NoRelationError(self.dataset, row, problem)


def _alone(path: Path) -> tuple[Path, ...]:  # noqa: ARG001 - the signature of `Format.companions`
    return ()


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
        read: turns a file into statements, or texts that are context to them, and skipped rows.
        options: what the user may choose.
        companions: the files beside it that are read with it, in the order of their names.
    """

    name: str
    title: str
    citation: str
    terms: str
    url: str
    columns: tuple[Column, ...]
    notes: tuple[str, ...]
    sniff: Callable[[Path], bool]
    read: Callable[[Intake], Iterator[Item]]
    options: tuple[Option, ...] = ()
    companions: Callable[[Path], tuple[Path, ...]] = _alone

    def chosen(self, given: Mapping[str, str]) -> dict[str, str]:
        """Return a value for each option: what is `given`, else its default.

        Raises:
            UnknownNameError: the format has no such option, or the option no such value.
        """
        known = {option.name: option for option in self.options}
        chosen = {option.name: option.default for option in self.options}
        for name, value in given.items():
            if name not in known:
                raise UnknownNameError(f"option of {self.name}", name, known)
            values = known[name].values
            if value not in values and (values or not _is_count(value)):
                raise UnknownNameError(
                    f"value of {name} (of {', '.join(values) or 'whole numbers'})", value, values
                )
            chosen[name] = value
        return chosen


class Reading:
    """The statements (and texts) of a file and the rows that gave none, one after the other; to be iterated once.

    `tally` is complete when the iteration is.
    """

    __slots__ = ("_items", "tally")

    def __init__(self, intake: Intake, fmt: Format) -> None:
        self.tally = intake.tally
        self._items = fmt.read(intake)

    def __iter__(self) -> Iterator[Item]:
        return self

    def __next__(self) -> Item:
        item = next(self._items)
        if isinstance(item, BadRowError):
            self.tally.skipped[item.problem] += 1
        return item


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= _LONGEST_COUNT and int(text) >= 1
