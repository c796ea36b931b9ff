"""What each statement brings to a tie, one by one: for answers that choose, repeat or date statements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from allegiance.model import TextEvidence
from allegiance.network.counting import WHOLE, CountingPolicy
from allegiance.network.network import SignedNetwork

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from allegiance.model import DateInterval, Statement

Origin = Literal["source", "document"]


@dataclass(frozen=True, slots=True, eq=False)
class Contributions:
    """Counted statements before they are added up: those that count nothing are left out.

    Attributes:
        actors: names, unique; `a` and `b` number them from 0.
        a: int64, shape (rows,), actor number of each statement's actor; `b` of its target.
        b: see `a`; never equal to it.
        amount: int64, shape (rows,), signed integer tenths times `divisor`.
        ids: shape (rows,), statement ids, or row numbers of an edge list.
        outlets: shape (rows,), the outlet or data set of each, or None where nobody is named.
        documents: shape (rows,), the text or the row of a data set that each stands in.
        first: datetime64[D], shape (rows,), the first day of each, NaT where it has no date.
        last: datetime64[D], shape (rows,), the last day.
        divisor: what sums are divided by, towards zero, to be tenths.
        prefix: put before each id when it is shown.
    """

    actors: tuple[str, ...]
    a: NDArray[np.int64]
    b: NDArray[np.int64]
    amount: NDArray[np.int64]
    ids: NDArray[Any]
    outlets: NDArray[Any] | None
    documents: NDArray[Any]
    first: NDArray[np.datetime64]
    last: NDArray[np.datetime64]
    divisor: int = 1
    prefix: str = ""

    def __len__(self) -> int:
        return len(self.a)

    @classmethod
    def from_statements(
        cls, stmts: Iterable[Statement], policy: CountingPolicy | None = None
    ) -> Contributions:
        """Count statements one by one under a policy, as `SignedNetwork.from_statements` does in sum."""
        policy = policy or CountingPolicy()
        numbers: dict[str, int] = {}
        rows: list[tuple[int, int, int]] = []
        ids, outlets, documents, dates = [], [], [], []
        for stmt in stmts:
            share = policy.share(stmt.act, stmt.modality, negated=stmt.negated, confidence=stmt.confidence)
            amount = stmt.polarity * stmt.weight * share
            if not amount or stmt.actor == stmt.target:
                continue
            actor = numbers.setdefault(stmt.actor, len(numbers))
            rows.append((actor, numbers.setdefault(stmt.target, len(numbers)), amount))
            ids.append(stmt.id)
            outlets.append(stmt.source.outlet)
            documents.append(_document(stmt))
            dates.append(stmt.date)
        table = np.array(rows, dtype=np.int64).reshape(-1, 3)
        first, last = days_of(dates)
        return cls(
            tuple(numbers),
            table[:, 0],
            table[:, 1],
            table[:, 2],
            np.array(ids, dtype=object),
            np.array(outlets, dtype=object),
            np.array(documents, dtype=object),
            first,
            last,
            divisor=WHOLE,
        )

    def network(self, keep: NDArray[np.bool_] | None = None) -> SignedNetwork:
        """Add up the statements in `keep` (shape (rows,)), or all; its actors are those that they name."""
        rows = np.arange(len(self)) if keep is None else np.flatnonzero(keep)
        present, number = np.unique(np.concatenate([self.a[rows], self.b[rows]]), return_inverse=True)
        return SignedNetwork.from_arrays(
            tuple(self.actors[i] for i in present.tolist()),
            number[: len(rows)],
            number[len(rows) :],
            self.amount[rows],
            ids=self.ids[rows],
            outlets=None if self.outlets is None else self.outlets[rows],
            divisor=self.divisor,
            prefix=self.prefix,
        )

    def origins(self, by: Origin) -> NDArray[np.int64] | None:
        """Return shape (rows,): the number of the source or document of each; None where no source is named."""
        names = self.outlets if by == "source" else self.documents
        if names is None:
            return None
        numbers: dict[Any, int] = {}
        return np.array([numbers.setdefault(name, len(numbers)) for name in names.tolist()], dtype=np.int64)

    def tied(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Return (tie of each row, smaller end of each tie, larger end), all parallel statements being one tie."""
        count = max(len(self.actors), 1)
        pairs, tie_of = np.unique(
            np.minimum(self.a, self.b) * count + np.maximum(self.a, self.b), return_inverse=True
        )
        return tie_of.astype(np.int64), pairs // count, pairs % count


def days_of(
    dates: Sequence[DateInterval | None],
) -> tuple[NDArray[np.datetime64], NDArray[np.datetime64]]:
    """Return the first and the last day of each date, datetime64[D], shape (dates,); NaT where there is none."""
    first = [None if date is None else date.first for date in dates]
    last = [None if date is None else date.last for date in dates]
    return np.array(first, dtype="datetime64[D]"), np.array(last, dtype="datetime64[D]")


def _document(stmt: Statement) -> str:
    """Return one text for what a statement stands in, as an array of pairs would become a table."""
    evidence = stmt.evidence
    if isinstance(evidence, TextEvidence):
        return evidence.document
    return f"{evidence.dataset}\x1f{evidence.row}"
