"""One tie, as people see it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from allegiance.model import units
from allegiance.network.counting import WHOLE, Counter, CountingPolicy, distinct

if TYPE_CHECKING:
    from collections.abc import Iterable

    from allegiance.network.counting import Row


@dataclass(frozen=True, slots=True)
class Tie:
    """What the statements between two actors add up to; weights in integer tenths.

    Attributes:
        a: one actor; `b` the other. A tie has no direction; its statements do.
        positive: sum of what speaks for the two being with each other, at least 0.
        negative: sum of what speaks for their being against each other, at least 0.
        statements: ids of the statements that it is made of.
        sources: the outlets and data sets that they come from.
        count: how many statements; more than there are ids where an id stands for the rows of a lake.
    """

    a: str
    b: str
    positive: int
    negative: int
    statements: tuple[str, ...]
    sources: tuple[str, ...]
    count: int

    @classmethod
    def of_counting_rows(cls, rows: Iterable[Row], policy: CountingPolicy | None = None) -> Self | None:
        """Add up bare rows between two actors as `SignedNetwork.from_counting_rows` does, without a network.

        `a` is who acts in the first row that counts. None where nothing counts.
        """
        policy = policy or CountingPolicy()
        counter = Counter(policy)
        ends = ("", "")
        positive = negative = 0
        ids: list[str] = []
        chains: set[str] = set()
        for row in distinct(rows, policy) if policy.by_day else rows:
            stmt_id, actor, act, target, polarity, weight, modality, negated, confidence, chain = row[:10]
            amount = counter.amount(act, polarity, weight, modality, negated, confidence)
            if not amount or actor == target:
                continue
            if not ids:
                ends = (actor, target)
            positive += max(amount, 0)
            negative += max(-amount, 0)
            ids.append(stmt_id)
            chains.add(chain)
        if not ids:
            return None
        outlets = sorted({json.loads(chain)[0] for chain in chains})
        return cls(*ends, positive // WHOLE, negative // WHOLE, tuple(ids), tuple(outlets), len(ids))

    @property
    def weight(self) -> int:
        """The net: positive minus negative part."""
        return self.positive - self.negative

    @property
    def contested(self) -> bool:
        """Whether some statements speak for the tie and some against it."""
        return self.positive > 0 and self.negative > 0

    def to_json(self) -> dict[str, Any]:
        """Return the tie under the documented keys of ``--json``; weights in units."""
        return {
            "a": self.a,
            "b": self.b,
            "weight": units(self.weight),
            "positive": units(self.positive),
            "negative": units(self.negative),
            "count": self.count,
            "contested": self.contested,
            "sources": list(self.sources),
            "statements": list(self.statements),
        }
