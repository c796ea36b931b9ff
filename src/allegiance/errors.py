"""Every error that a user can meet. Nothing else lives here, and nothing here imports from the package.

The tree::

    AllegianceError                 one clear sentence: what was wrong, where, what to do
    ├── UsageError        (exit 2)  the call was wrong: an option, a name, a file that isn't there
    │   ├── RepeatedImportError     the very same file is in the case already, read the same way
    │   ├── UnknownNameError        a name that the case doesn't hold; says the nearest ones
    │   └── ContradictionError      wishes for a split that exclude each other; names them
    ├── DataError         (exit 3)  what was given to read is broken or not what it claims to be
    │   ├── UnreadableTextError     a text that is binary, empty, or not in a language we read
    │   ├── BadRowError             one row of a table; names the file and the row
    │   │   └── NoRelationError     a sound row that tells no relation between two actors
    │   └── CaseFileError           the case file itself: not a case, too new, locked, damaged
    ├── StorageError      (exit 4)  the disk is full or refuses to be written
    ├── MissingExtraError (exit 5)  an optional part isn't installed; says which
    └── EndpointError     (exit 6)  a service that the user named doesn't answer, or refuses
"""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


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


class RepeatedImportError(UsageError):
    """The very same file is in the case already, read the same way; nothing was written."""

    def __init__(self, file: str) -> None:
        """Build the sentence from the file's name."""
        super().__init__(f"{file} is in the case already, read the same way; nothing was added.")


class ContradictionError(UsageError):
    """Wishes for a split that exclude each other.

    Attributes:
        together: the pairs of actor numbers wished together that take part in the contradiction.
        apart: the pairs wished apart.
        reason: why they exclude each other.
    """

    def __init__(
        self,
        together: Sequence[tuple[int, int]],
        apart: Sequence[tuple[int, int]],
        *,
        reason: str = "exclude each other",
        names: Sequence[str] | None = None,
    ) -> None:
        """Build the sentence from the pairs, with the actors' `names` where they are known."""
        self.together, self.apart, self.reason = tuple(together), tuple(apart), reason
        wishes = [
            f"{kind} {_actor(a, names)} and {_actor(b, names)}"
            for kind, pairs in (("together", together), ("apart", apart))
            for a, b in pairs
        ]
        super().__init__(f"These wishes {reason}: {'; '.join(wishes)}. Drop one of them.")

    def named(self, names: Sequence[str]) -> ContradictionError:
        """Return the same error with its sentence in the actors' `names`."""
        return ContradictionError(self.together, self.apart, reason=self.reason, names=names)


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


class NoRelationError(BadRowError):
    """One row is sound, but tells no relation between two actors (no second actor, or the same one twice)."""


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


class EndpointError(AllegianceError):
    """A service that the user named (a language model) doesn't answer, or refuses."""

    exit_code = 6


def _actor(number: int, names: Sequence[str] | None) -> str:
    return f"actor {number}" if names is None else repr(clipped(names[number]))


def nearest_names(name: str, known: Iterable[str], *, most: int = 3) -> list[str]:
    """Return up to `most` names of `known` that a typing error could have turned into `name`."""
    by_folded = {candidate.casefold(): candidate for candidate in known}
    # A name of thousands of characters is no typing error, and comparing it would take seconds.
    hits = difflib.get_close_matches(clipped(name).casefold(), by_folded, n=most, cutoff=0.6)
    return [by_folded[hit] for hit in hits]


def clipped(text: str, longest: int = 80) -> str:
    """Return `text` short enough to stand inside a sentence."""
    return text if len(text) <= longest else text[: longest - 1] + "…"
