"""What each statement brings to a tie, one by one: for answers that choose, repeat or date statements."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from allegiance.network.counting import WHOLE, Counter, CountingPolicy, dated_row, distinct
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
        counts: shape (rows,), how many rows of a lake each stands for; None where each is one statement.
        confidence: float64, shape (rows,), how sure the reading of each is, 0 to 1; None where they are ties that were added up
            elsewhere, rows of an edge list or a lake.
        sentences: shape (rows,), what tells the sentences of texts apart, None for a row of a data set; itself None with
            `confidence`.
        chains: shape (rows,), JSON text of the names of who says so, outermost first; None with `confidence`.
        readers: shape (rows,), JSON text of the tag of who read it in a text, None for a row of a data set; itself None
            with `confidence`.
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
    counts: NDArray[np.int64] | None = None
    confidence: NDArray[np.float64] | None = None
    sentences: NDArray[Any] | None = None
    chains: NDArray[Any] | None = None
    readers: NDArray[Any] | None = None

    def __len__(self) -> int:
        return len(self.a)

    @classmethod
    def from_statements(
        cls, stmts: Iterable[Statement], policy: CountingPolicy | None = None
    ) -> Contributions:
        """Count statements one by one under a policy, as `SignedNetwork.from_statements` does in sum."""
        return cls.from_dated_rows(map(dated_row, stmts), policy)

    @classmethod
    def from_dated_rows(
        cls, rows: Iterable[tuple[Any, ...]], policy: CountingPolicy | None = None
    ) -> Contributions:
        """Count bare rows, one a statement: those of `SignedNetwork.from_counting_rows` and six columns more.

        These are the first and the last day (dates, or text as ISO has it, or None), the id of the document or the data
        set, the row of the data set, None for a document, and where in the document the quote begins, None for a row,
        and the reader's tag as JSON.
        """
        policy = policy or CountingPolicy()
        if policy.by_day:
            rows = distinct(rows, policy)
        counter = Counter(policy)
        numbers: dict[str, int] = {}
        outlet_of: dict[str, str] = {}
        ends: list[tuple[int, int, int]] = []
        told: list[tuple[Any, ...]] = []
        for (
            stmt_id,
            actor,
            act,
            target,
            polarity,
            weight,
            modality,
            negated,
            confidence,
            chain,
            *rest,
        ) in rows:
            amount = counter.amount(act, polarity, weight, modality, negated, confidence)
            if not amount or actor == target:
                continue
            number = numbers.setdefault(actor, len(numbers))
            ends.append((number, numbers.setdefault(target, len(numbers)), amount))
            if chain not in outlet_of:
                outlet_of[chain] = json.loads(chain)[0]
            first, last, origin, row, start, tag = rest
            # One text for what a statement stands in, as an array of pairs would become a table.
            document = origin if row is None else f"{origin}\x1f{row}"
            sentence = f"{origin}\x1f{start}" if row is None else None
            reader = tag if row is None else None
            told.append(
                (stmt_id, outlet_of[chain], document, sentence, confidence, first, last, chain, reader)
            )
        table = np.array(ends, dtype=np.int64).reshape(-1, 3)
        ids, outlets, documents, sentences, sure, first_days, last_days, chains, readers = (
            zip(*told, strict=True) if told else ((),) * 9
        )
        return cls(
            tuple(numbers),
            table[:, 0],
            table[:, 1],
            table[:, 2],
            np.array(ids, dtype=object),
            np.array(outlets, dtype=object),
            np.array(documents, dtype=object),
            np.array(first_days, dtype="datetime64[D]"),
            np.array(last_days, dtype="datetime64[D]"),
            divisor=WHOLE,
            confidence=np.array(sure, dtype=np.float64),
            sentences=np.array(sentences, dtype=object),
            chains=np.array(chains, dtype=object),
            readers=np.array(readers, dtype=object),
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
            counts=None if self.counts is None else self.counts[rows],
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
