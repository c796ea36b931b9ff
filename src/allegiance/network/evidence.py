"""Which statements make up which tie, kept as two arrays so that millions of them fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, overload

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


class StatementIds(Sequence[str]):
    """The ids of many statements, spelled out only when they are looked at."""

    __slots__ = ("_ids", "_prefix")

    def __init__(self, ids: NDArray[Any], prefix: str) -> None:
        """Show each of `ids` with `prefix` before it."""
        self._ids, self._prefix = ids, prefix

    def __len__(self) -> int:
        return len(self._ids)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> StatementIds: ...
    def __getitem__(self, index: int | slice) -> str | StatementIds:
        if isinstance(index, slice):
            return StatementIds(self._ids[index], self._prefix)
        return f"{self._prefix}{self._ids[index]}"


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """The statements of each tie.

    Attributes:
        first: int64, shape (ties + 1,); the statements of tie i are ``ids[first[i]:first[i + 1]]``.
        ids: shape (statements,), statement ids, or row numbers of an edge list.
        outlets: shape (statements,), the outlet of each, or None where nobody is named.
        prefix: put before each id when it is shown ("row ").
        counts: shape (statements,), how many rows of a lake each id stands for; None where each is one statement.
    """

    first: NDArray[np.int64]
    ids: NDArray[Any]
    outlets: NDArray[Any] | None = None
    prefix: str = ""
    counts: NDArray[np.int64] | None = None

    @classmethod
    def grouped(
        cls,
        tie_of: NDArray[np.integer],
        ties: int,
        ids: NDArray[Any],
        outlets: NDArray[Any] | None,
        *,
        prefix: str = "",
        counts: NDArray[np.int64] | None = None,
    ) -> Evidence:
        """Group rows by tie: `tie_of` gives the tie of each row, shape (rows,)."""
        order = np.argsort(tie_of, kind="stable")
        first = np.zeros(ties + 1, dtype=np.int64)
        np.cumsum(np.bincount(tie_of, minlength=ties), out=first[1:])
        return cls(
            first,
            ids[order],
            outlets[order] if outlets is not None else None,
            prefix,
            counts[order] if counts is not None else None,
        )

    def of(self, tie: int) -> tuple[str, ...]:
        """Return the ids of the statements of a tie, in the order in which they came."""
        return tuple(StatementIds(self.ids[self.first[tie] : self.first[tie + 1]], self.prefix))

    def count_of(self, tie: int) -> int:
        """Return how many statements make up a tie."""
        of_tie = slice(int(self.first[tie]), int(self.first[tie + 1]))
        return of_tie.stop - of_tie.start if self.counts is None else int(self.counts[of_tie].sum())

    def all(self) -> StatementIds:
        """Return the ids of all statements, tie by tie."""
        return StatementIds(self.ids, self.prefix)

    def outlets_of(self, tie: int) -> tuple[str, ...]:
        """Return the outlets behind a tie, sorted."""
        if self.outlets is None:
            return ()
        return tuple(sorted(set(self.outlets[self.first[tie] : self.first[tie + 1]])))
