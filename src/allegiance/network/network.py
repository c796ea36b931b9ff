"""Actors and the ties between them, in arrays."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from allegiance.errors import UnknownNameError
from allegiance.maths.graph import SignedGraph
from allegiance.network import convert
from allegiance.network.counting import WHOLE, Counter, CountingPolicy, dated_row, distinct
from allegiance.network.evidence import Evidence
from allegiance.network.tie import Tie

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence

    import igraph
    import networkx as nx
    import pandas as pd
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from allegiance.model import Statement


@dataclass(frozen=True, slots=True, eq=False)
class SignedNetwork:
    """A signed network: named actors and weighted ties, each tie with the statements it is made of.

    Attributes:
        actors: names, unique; all arrays number them from 0.
        a: int32, shape (ties,), the smaller actor number of each tie.
        b: int32, shape (ties,), the larger.
        positive: int64, shape (ties,), integer tenths, at least 0.
        negative: int64, shape (ties,), integer tenths, at least 0.
        evidence: which statements make up which tie.
    """

    actors: tuple[str, ...]
    a: NDArray[np.int32]
    b: NDArray[np.int32]
    positive: NDArray[np.int64]
    negative: NDArray[np.int64]
    evidence: Evidence

    @property
    def weight(self) -> NDArray[np.int64]:
        """The net weight of each tie in integer tenths, shape (ties,)."""
        return self.positive - self.negative

    def __len__(self) -> int:
        return len(self.a)

    @classmethod
    def from_statements(
        cls, stmts: Iterable[Statement], policy: CountingPolicy | None = None
    ) -> SignedNetwork:
        """Add up statements under a counting policy."""
        return cls.from_counting_rows(map(dated_row, stmts), policy)

    @classmethod
    def from_counting_rows(
        cls, rows: Iterable[tuple[Any, ...]], policy: CountingPolicy | None = None
    ) -> SignedNetwork:
        """Add up bare rows, one a statement: (id, actor, act, target, polarity, weight, modality, negated, confidence, chain).

        The chain is the JSON text of the source's names. Statements that count nothing under the policy make no tie.
        Further columns are not looked at, but a policy that counts events once needs the first and the last day.
        """
        policy = policy or CountingPolicy()
        if policy.by_day:
            rows = distinct(rows, policy)
        counter = Counter(policy)
        numbers: dict[str, int] = {}
        a: list[int] = []
        b: list[int] = []
        contribution: list[int] = []
        ids: list[str] = []
        outlets: list[str] = []
        outlet_of: dict[str, str] = {}
        for row in rows:
            stmt_id, actor, act, target, polarity, weight, modality, negated, confidence, chain = row[:10]
            tenths = counter.amount(act, polarity, weight, modality, negated, confidence)
            if not tenths or actor == target:
                continue
            a.append(numbers.setdefault(actor, len(numbers)))
            b.append(numbers.setdefault(target, len(numbers)))
            contribution.append(tenths)
            ids.append(stmt_id)
            if chain not in outlet_of:
                outlet_of[chain] = json.loads(chain)[0]
            outlets.append(outlet_of[chain])
        # Rounding each tie's sum, not each statement, keeps half-counted small weights from vanishing.
        return cls.from_arrays(
            tuple(numbers),
            np.asarray(a, dtype=np.int64),
            np.asarray(b, dtype=np.int64),
            np.asarray(contribution, dtype=np.int64),
            divisor=WHOLE,
            ids=np.asarray(ids, dtype=object),
            outlets=np.asarray(outlets, dtype=object),
        )

    @classmethod
    def from_arrays(  # noqa: PLR0913 - parallel columns of one table
        cls,
        actors: tuple[str, ...],
        a: NDArray[np.integer],
        b: NDArray[np.integer],
        contribution: NDArray[np.int64],
        *,
        ids: NDArray[Any],
        outlets: NDArray[Any] | None = None,
        divisor: int = 1,
        prefix: str = "",
        counts: NDArray[np.int64] | None = None,
    ) -> SignedNetwork:
        """Add up contributions between numbered actors: parallel ones to one tie, its parts by sign.

        Args:
            actors: names by number.
            a: actor numbers, shape (rows,); `b` the same for the others; loops are dropped.
            b: see `a`.
            contribution: signed integers, shape (rows,); tenths times `divisor`.
            ids: what to call the evidence of each row, shape (rows,).
            outlets: outlet of each row, shape (rows,), or None.
            divisor: what the sums are divided by, towards zero.
            prefix: put before each id when it is shown.
            counts: how many statements each row stands for, shape (rows,); None where each is one.
        """
        keep = a != b
        low, high = np.minimum(a, b)[keep].astype(np.int64), np.maximum(a, b)[keep].astype(np.int64)
        amount = contribution[keep]
        count = max(len(actors), 1)
        pairs, tie_of = np.unique(low * count + high, return_inverse=True)
        positive, negative = np.zeros(len(pairs), dtype=np.int64), np.zeros(len(pairs), dtype=np.int64)
        np.add.at(positive, tie_of, np.maximum(amount, 0))
        np.add.at(negative, tie_of, np.maximum(-amount, 0))
        evidence = Evidence.grouped(
            tie_of,
            len(pairs),
            ids[keep],
            outlets[keep] if outlets is not None else None,
            prefix=prefix,
            counts=counts[keep] if counts is not None else None,
        )
        return cls(
            actors,
            (pairs // count).astype(np.int32),
            (pairs % count).astype(np.int32),
            positive // divisor,
            negative // divisor,
            evidence,
        )

    # -- other libraries' forms; weights are in units there -----------------------------------------

    @classmethod
    def from_networkx(cls, graph: nx.Graph[Any], *, weight: str = "weight") -> SignedNetwork:
        """Return the signed network of a NetworkX graph; see `convert.from_networkx` for attributes and errors."""
        return cls._from_rows(convert.from_networkx(graph, weight=weight))

    @classmethod
    def from_igraph(cls, graph: igraph.Graph, *, weight: str = "weight") -> SignedNetwork:
        """Return the signed network of an igraph graph; see `convert.from_igraph`."""
        return cls._from_rows(convert.from_igraph(graph, weight=weight))

    @classmethod
    def from_frame(
        cls, frame: pd.DataFrame, *, weight: str = "weight", actors: Sequence[Hashable] = ()
    ) -> SignedNetwork:
        """Return the signed network of a frame with one row a tie; see `convert.from_frame`."""
        return cls._from_rows(convert.from_frame(frame, weight=weight, actors=actors))

    @classmethod
    def from_scipy(cls, matrix: Any, actors: Sequence[Hashable] | None = None) -> SignedNetwork:  # noqa: ANN401 - SciPy has a dozen classes
        """Return the signed network of a square matrix of weights; see `convert.from_scipy`."""
        return cls._from_rows(convert.from_scipy(matrix, actors))

    @classmethod
    def _from_rows(cls, rows: convert.TieRows) -> SignedNetwork:
        return cls.from_arrays(rows.actors, rows.a, rows.b, rows.amount, ids=rows.ids)

    def to_networkx(self) -> nx.Graph[str]:
        """Return a NetworkX graph, its edges with the keys of `Tie.to_json` and ``sign``; needs NetworkX."""
        return convert.to_networkx(self.actors, (tie.to_json() for tie in self.ties()))

    def to_igraph(self) -> igraph.Graph:
        """Return an igraph graph, its edges with the keys of `Tie.to_json` and ``sign``; needs igraph."""
        return convert.to_igraph(self.actors, (tie.to_json() for tie in self.ties()))

    def to_frame(self) -> pd.DataFrame:
        """Return a pandas frame, one row a tie, with the keys of `Tie.to_json` and ``sign``; needs pandas."""
        return convert.to_frame(tie.to_json() for tie in self.ties())

    def to_scipy(self) -> tuple[csr_array, tuple[str, ...]]:
        """Return the net weights as a symmetric sparse matrix, shape (actors, actors), and the actors' names."""
        return convert.to_scipy(len(self.actors), self.a, self.b, self.weight), self.actors

    def graph(self) -> SignedGraph:
        """Return the net weights as the numeric rooms see them."""
        return SignedGraph.of(len(self.actors), self.a, self.b, self.weight)

    def number_of(self, actor: str) -> int:
        """Return the number of the actor called `actor`.

        Raises:
            UnknownNameError: the network has none such; says the nearest names.
        """
        try:
            return self.actors.index(actor)
        except ValueError:
            raise UnknownNameError("actor", actor, self.actors, where="this network") from None

    def tie(self, number: int) -> Tie:
        """Return tie `number`, with names."""
        return Tie(
            self.actors[self.a[number]],
            self.actors[self.b[number]],
            int(self.positive[number]),
            int(self.negative[number]),
            self.evidence.of(number),
            self.evidence.outlets_of(number),
            self.evidence.count_of(number),
        )

    def ties(self) -> Iterator[Tie]:
        """Yield all ties."""
        return map(self.tie, range(len(self)))

    def ties_between(self, a: NDArray[np.integer], b: NDArray[np.integer]) -> Sequence[int]:
        """Return the numbers of the ties between the actors `a[i]` and `b[i]`, each known to exist."""
        count = max(len(self.actors), 1)
        mine = self.a.astype(np.int64) * count + self.b
        found: Sequence[int] = np.searchsorted(mine, a.astype(np.int64) * count + b).tolist()
        return found
