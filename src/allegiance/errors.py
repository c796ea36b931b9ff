"""Every error that a user can meet. Nothing else lives here, and nothing here imports from the package.

The tree::

    AllegianceError                 one clear sentence: what was wrong, where, what to do
    ├── UsageError        (exit 2)  the call was wrong: an option, a name, a file that isn't there
    │   └── UnknownNameError        a name that the case doesn't hold; says the nearest ones
    ├── DataError         (exit 3)  what was given to read is broken or not what it claims to be
    │   ├── UnreadableTextError     a text that is binary, empty, or not in a language we read
    │   ├── BadRowError             one row of a table; names the file and the row
    │   └── CaseFileError           the case file itself: not a case, too new, locked, damaged
    ├── StorageError      (exit 4)  the disk is full or refuses to be written
    └── MissingExtraError (exit 5)  an optional part isn't installed; says which
"""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class AllegianceError(Exception):
    """The root: its text is one sentence meant for the user; `exit_code` is the command line's."""

    exit_code = 1


class UsageError(AllegianceError):
    """The call itself was wrong."""

    exit_code = 2


class UnknownNameError(UsageError):
    """A name that isn't there; the sentence offers the nearest ones."""

    def __init__(self, kind: str, name: str, known: Iterable[str], *, where: str = "") -> None:
        """Build the sentence, with "did you mean" for names near to `name` among `known`."""
        self.name = name
        self.nearest = nearest_names(name, known)
        hint = f" Did you mean {' or '.join(repr(near) for near in self.nearest)}?" if self.nearest else ""
        place = f" in {where}" if where else ""
        super().__init__(f"There is no {kind} called {clipped(name)!r}{place}.{hint}")


class DataError(AllegianceError):
    """What was given to read is broken or not what it claims to be."""

    exit_code = 3


class UnreadableTextError(DataError):
    """A text that is binary, empty, or in a language that isn't read."""


class BadRowError(DataError):
    """One row of a table can't be used; the others still load."""

    def __init__(self, file: str, row: int, problem: str) -> None:
        """Build the sentence from the file's name, the 1-based line `row` in it, and the problem."""
        self.file, self.row, self.problem = file, row, problem
        super().__init__(f"{file}, row {row}: {problem}")


class CaseFileError(DataError):
    """The case file is no case, comes from a newer version, is locked or damaged."""


class StorageError(AllegianceError):
    """The disk is full, or a place can't be written."""

    exit_code = 4


class MissingExtraError(AllegianceError):
    """An optional part of the program isn't installed."""

    exit_code = 5

    def __init__(self, what: str, extra: str) -> None:
        """Say `what` needs which `extra` and how to install it."""
        self.extra = extra
        super().__init__(f"{what} needs an optional part. Install it with: pip install 'allegiance[{extra}]'")


def nearest_names(name: str, known: Iterable[str], *, most: int = 3) -> list[str]:
    """Return up to `most` names of `known` that a typing error could have turned into `name`."""
    by_folded = {candidate.casefold(): candidate for candidate in known}
    # A name of thousands of characters is no typing error, and comparing it would take seconds.
    hits = difflib.get_close_matches(clipped(name).casefold(), by_folded, n=most, cutoff=0.6)
    return [by_folded[hit] for hit in hits]


def clipped(text: str, longest: int = 80) -> str:
    """Return `text` short enough to stand inside a sentence."""
    return text if len(text) <= longest else text[: longest - 1] + "…"
