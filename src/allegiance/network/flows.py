"""Places and bodies and the routes between them: claims about routes added up to a directed network with capacities."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, Decimal
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from allegiance.errors import DataError, UnknownNameError, UsageError
from allegiance.maths.flow import LARGEST_CAPACITY
from allegiance.network.node_kinds import GIVING, PERSON, PERSONS, RECEIVING, UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from allegiance.network.route_claims import RouteClaim

Capacity = Literal["stated", "sources", "one"]
_MOST_DECIMALS = 6
# Ends of a network may need arcs of their own that are as large as all others together.
_LARGEST_TOTAL = LARGEST_CAPACITY // 4


@dataclass(frozen=True, slots=True)
class Arc:
    """One route, straight from one place or body to the next.

    Attributes:
        start: where it begins; `end` where it ends.
        end: see `start`.
        capacity: how much it can carry, in units (or claims) of the network.
        confidence: that of its surest claim.
        claims: who says so.
        denials: who says that it is not so.
    """

    start: str
    end: str
    capacity: int | float
    confidence: float
    claims: tuple[RouteClaim, ...]
    denials: tuple[RouteClaim, ...] = ()

    @property
    def sources(self) -> tuple[str, ...]:
        """The claimants, each chain once, sorted."""
        return tuple(sorted({" > ".join(claim.source) for claim in self.claims if claim.source}))

    @property
    def statements(self) -> tuple[str, ...]:
        """Ids of the statements, rows or payments that tell of it."""
        return tuple(dict.fromkeys(claim.statement for claim in self.claims))

    @property
    def price(self) -> float | None:
        """The middle of what sources call the price of one unit, None where none does."""
        prices = [float(claim.price) for claim in self.claims if claim.price is not None]
        return float(np.median(prices)) if prices else None

    def to_json(self) -> dict[str, Any]:
        """Return the arc under the documented keys of ``--json``."""
        return {
            "from": self.start,
            "to": self.end,
            "capacity": self.capacity,
            "price": self.price,
            "confidence": self.confidence,
            "sources": list(self.sources),
            "statements": list(self.statements),
            "claims": [claim.to_json() for claim in self.claims],
            "denials": [claim.to_json() for claim in self.denials],
        }


@dataclass(frozen=True, slots=True, eq=False)
class FlowNetwork:
    """A directed network of routes, each with those who claim it. Persons are no nodes: they stand together as two.

    What different sources say of one route are rival claims: its capacity is the largest that any one source gives it, all
    claims of one source added up. Counted by sources, it is the number of different sources; counted as one, it is 1.

    Attributes:
        nodes: names, unique; arrays number them from 0.
        kinds: of each node (state, company, place, ..., persons, unknown).
        tail: int32, shape (arcs,), where each arc begins; `head` where it ends.
        head: see `tail`.
        claims: of all arcs that aren't denials; `denials` the denials of arcs that are here.
        denials: see `claims`.
        claim_arc: int64, shape (claims,), the arc of each claim.
        amount: int64, shape (claims,), capacity of each claim in 1 / `scale` units.
        counted: how capacities came about: as stated, by number of sources, or one for each arc.
        unit: of the capacities, empty where they are claims or nothing is told.
        scale: how many integer steps of capacity one unit has.
        persons: how many different persons were put together.
    """

    nodes: tuple[str, ...]
    kinds: tuple[str, ...]
    tail: NDArray[np.int32]
    head: NDArray[np.int32]
    claims: tuple[RouteClaim, ...]
    denials: tuple[RouteClaim, ...]
    claim_arc: NDArray[np.int64]
    amount: NDArray[np.int64]
    counted: Capacity
    unit: str = ""
    scale: int = 1
    persons: int = 0

    def __len__(self) -> int:
        return len(self.tail)

    @classmethod
    def from_claims(
        cls, claims: Iterable[RouteClaim], kinds: Mapping[str, str], counted: Capacity | None = None
    ) -> FlowNetwork:
        """Add up claims.

        Args:
            claims: any; loops are dropped, and denials of routes that nobody claims.
            kinds: of the names that are known; persons become two nodes for all of them.
            counted: None takes capacities as stated where every claim states one, else it counts sources.

        Raises:
            UsageError: the claims are in several units, and "stated" is asked for or would be taken.
            DataError: the capacities are too large together.
        """
        claims, persons = _without_names(claims, kinds)
        told = [claim for claim in claims if not claim.denied]
        if counted is None:
            counted = "stated" if told and all(claim.capacity is not None for claim in told) else "sources"
        if counted == "stated":
            told = [claim for claim in told if claim.capacity is not None]
        ends = dict.fromkeys((claim.start, claim.end) for claim in told)
        nodes = {
            name: place for place, name in enumerate(dict.fromkeys(name for pair in ends for name in pair))
        }
        arcs = {pair: place for place, pair in enumerate(ends)}
        table = np.array([(nodes[a], nodes[b]) for a, b in ends], dtype=np.int32).reshape(-1, 2)
        unit, scale, amount = _amounts(told, counted)
        return cls(
            tuple(nodes),
            tuple(PERSONS if name in (GIVING, RECEIVING) else kinds.get(name, UNKNOWN) for name in nodes),
            table[:, 0].copy(),
            table[:, 1].copy(),
            tuple(told),
            tuple(claim for claim in claims if claim.denied and (claim.start, claim.end) in arcs),
            np.array([arcs[claim.start, claim.end] for claim in told], dtype=np.int64),
            amount,
            counted,
            unit,
            scale,
            persons,
        )

    def capacity(self, kept: NDArray[np.bool_] | None = None) -> NDArray[np.int64]:
        """Return the capacity of each arc in 1 / `scale` units, shape (arcs,), if only the claims `kept` are believed."""
        chosen = np.arange(len(self.claims)) if kept is None else np.flatnonzero(kept)
        arc, capacity = self.claim_arc[chosen], np.zeros(len(self), dtype=np.int64)
        if self.counted == "one":
            capacity[arc] = 1
            return capacity
        sources = self._source_numbers()
        pairs, place = np.unique(
            arc * (int(sources.max(initial=0)) + 1) + sources[chosen], return_inverse=True
        )
        by_source = np.zeros(len(pairs), dtype=np.int64)
        np.add.at(by_source, place, self.amount[chosen])
        of_arc = pairs // (int(sources.max(initial=0)) + 1)
        if self.counted == "sources":
            np.add.at(capacity, of_arc, 1)
        else:
            np.maximum.at(capacity, of_arc, by_source)
        return capacity

    def _source_numbers(self) -> NDArray[np.int64]:
        numbers: dict[tuple[str, ...], int] = {}
        return np.array(
            [numbers.setdefault(claim.source, len(numbers)) for claim in self.claims], dtype=np.int64
        )

    def told_by(self, name: str) -> NDArray[np.bool_]:
        """Return which claims a source makes or hands on, shape (claims,)."""
        return np.array([claim.told_by(name) for claim in self.claims], dtype=np.bool_)

    def source_names(self) -> tuple[str, ...]:
        """Return all outlets and speakers, those with the most claims first."""
        counts: dict[str, int] = {}
        for claim in self.claims:
            for name in dict.fromkeys(claim.source):
                counts[name] = counts.get(name, 0) + 1
        return tuple(sorted(counts, key=lambda name: (-counts[name], name)))

    def units(self, amount: int) -> int | float:
        """Return an amount in 1 / `scale` units as people see it."""
        return amount // self.scale if amount % self.scale == 0 else amount / self.scale

    def arcs(self) -> tuple[Arc, ...]:
        """Return all arcs with their claims."""
        claims: list[list[RouteClaim]] = [[] for _ in range(len(self))]
        for arc, claim in zip(self.claim_arc.tolist(), self.claims, strict=True):
            claims[arc].append(claim)
        denials: dict[tuple[str, str], list[RouteClaim]] = {}
        for claim in self.denials:
            denials.setdefault((claim.start, claim.end), []).append(claim)
        ends = (
            (self.nodes[a], self.nodes[b])
            for a, b in zip(self.tail.tolist(), self.head.tolist(), strict=True)
        )
        return tuple(
            Arc(
                start,
                end,
                self.units(capacity),
                max(claim.confidence for claim in claims[place]),
                tuple(claims[place]),
                tuple(denials.get((start, end), ())),
            )
            for place, ((start, end), capacity) in enumerate(zip(ends, self.capacity().tolist(), strict=True))
        )

    def numbers_of(self, names: Sequence[str]) -> tuple[int, ...]:
        """Return the numbers of the nodes with these names.

        Raises:
            UnknownNameError: there is none such; says the nearest names.
        """
        places = {name: place for place, name in enumerate(self.nodes)}
        for name in names:
            if name not in places:
                raise UnknownNameError("place or body", name, self.nodes, where="these flows")
        return tuple(dict.fromkeys(places[name] for name in names))

    def without_persons(self) -> tuple[FlowNetwork, int]:
        """Return the network without routes that begin or end with persons, and how many routes these are."""
        out = {place for place, kind in enumerate(self.kinds) if kind == PERSONS}
        gone = np.isin(self.tail, list(out)) | np.isin(self.head, list(out))
        if not gone.any():
            return self, 0
        number = np.cumsum(~gone) - 1
        kept = ~gone[self.claim_arc]
        return (
            replace(
                self,
                tail=self.tail[~gone],
                head=self.head[~gone],
                claims=tuple(claim for claim, keep in zip(self.claims, kept.tolist(), strict=True) if keep),
                claim_arc=number[self.claim_arc[kept]],
                amount=self.amount[kept],
            ),
            int(gone.sum()),
        )


def of_goods(claims: Sequence[RouteClaim], goods: str) -> tuple[RouteClaim, ...]:
    """Return the claims that something flows in whose name all words of `goods` stand.

    Raises:
        UnknownNameError: none does; says the nearest goods.
    """
    found = tuple(claim for claim in claims if claim.is_of(goods))
    if not found:
        known = {claim.goods for claim in claims} | {claim.goods.rpartition(" ")[2] for claim in claims}
        raise UnknownNameError("goods", goods, known - {""}, where="these flows")
    return found


def in_unit(claims: Sequence[RouteClaim], unit: str) -> tuple[RouteClaim, ...]:
    """Return the claims whose capacity is in a unit.

    Raises:
        UnknownNameError: none is; says the nearest units.
    """
    found = tuple(claim for claim in claims if claim.unit.casefold() == unit.casefold())
    if not found:
        raise UnknownNameError("unit", unit, {claim.unit for claim in claims} - {""}, where="these flows")
    return found


def _without_names(claims: Iterable[RouteClaim], kinds: Mapping[str, str]) -> tuple[list[RouteClaim], int]:
    """Put all persons together, as one who gives and one who gets; return the claims without loops, and how many they are."""
    found: list[RouteClaim] = []
    persons: set[str] = set()
    for claim in claims:
        if claim.start == claim.end:
            continue
        ends = [name for name in (claim.start, claim.end) if kinds.get(name) == PERSON]
        persons.update(ends)
        changed = claim
        if claim.start in ends:
            changed = replace(changed, start=GIVING)
        if claim.end in ends:
            changed = replace(changed, end=RECEIVING)
        found.append(changed)
    return found, len(persons)


def _amounts(claims: Sequence[RouteClaim], counted: Capacity) -> tuple[str, int, NDArray[np.int64]]:
    """Return unit, steps a unit, and the capacity of each claim in steps."""
    if counted != "stated":
        return "", 1, np.ones(len(claims), dtype=np.int64)
    units: dict[str, int] = {}
    for claim in claims:
        units[claim.unit] = units.get(claim.unit, 0) + 1
    if len(units) > 1:
        listed = ", ".join(f"{unit or 'no unit'}: {count:,}" for unit, count in sorted(units.items()))
        raise UsageError(
            f"These flows are told in {len(units)} units ({listed}), which can't be added up; choose one with --unit, or "
            "count claims with --capacity sources."
        )
    amounts = [claim.capacity or Decimal(0) for claim in claims]
    decimals = max((-int(amount.as_tuple().exponent) for amount in amounts), default=0)
    scale = 10 ** min(max(decimals, 0), _MOST_DECIMALS)
    if sum(amounts) * scale > _LARGEST_TOTAL:
        raise DataError(
            "These capacities are too large together to be added up exactly; give them in a larger unit."
        )
    steps = [int((amount * scale).to_integral_value(ROUND_HALF_EVEN)) for amount in amounts]
    return next(iter(units), ""), scale, np.array(steps, dtype=np.int64)
