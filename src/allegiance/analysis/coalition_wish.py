"""What is wished for when levers are sought, and what changing ties costs."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from allegiance.errors import UsageError, clipped
from allegiance.maths.constraints import Constraints
from allegiance.maths.wished import Wish

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from allegiance.network import SignedNetwork


@dataclass(frozen=True, slots=True)
class CoalitionWish:
    """The coalition that is wished for.

    Attributes:
        coalition: actors that are to be in one coalition.
        without: actors that are not to be in it.
        apart: groups of actors no two of which are to be in one coalition.
        larger: whether the coalition is to have more members than any other.
        strict: whether every optimal split is to be so, by a margin of a tenth; otherwise it is enough that one is.
    """

    coalition: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    apart: tuple[tuple[str, ...], ...] = ()
    larger: bool = False
    strict: bool = False

    def checked(self, net: SignedNetwork) -> Wish:
        """Return the wish in the actor numbers of `net`.

        Raises:
            UnknownNameError: an actor that the network doesn't have; says the nearest names.
            UsageError: nothing is wished, or a coalition of one actor without saying who is not to be in it.
        """
        members = list(dict.fromkeys(net.number_of(name) for name in self.coalition))
        others = list(dict.fromkeys(net.number_of(name) for name in self.without))
        if not members and (others or self.larger or not self.apart):
            raise UsageError("No coalition is wished for; name its actors, as in --coalition A,B.")
        if len(members) == 1 and not (others or self.apart or self.larger):
            raise UsageError(
                f"The coalition names one actor only, {clipped(self.coalition[0])!r}, who always is with itself; name two at "
                "least, as A,B, or say who is not to be with it."
            )
        parted = [
            (net.number_of(a), net.number_of(b)) for group in self.apart for a, b in combinations(group, 2)
        ]
        return Wish(
            Constraints(
                together=tuple((members[0], other) for other in members[1:]),
                apart=(*((members[0], other) for other in others), *parted),
            ),
            strict=self.strict,
            larger=members[0] if self.larger else None,
        )

    def to_json(self) -> dict[str, Any]:
        """Return the wish as it stands in a result's parameters."""
        return {
            "coalition": list(self.coalition),
            "without": list(self.without),
            "apart": [list(group) for group in self.apart],
            "larger": self.larger,
            "strict": self.strict,
        }


@dataclass(frozen=True, slots=True)
class Prices:
    """What changing ties costs.

    Attributes:
        frozen: pairs of actors whose tie must stay as it is.
        cost: by pair of actors, the cost of one unit of change up or down, above 0; 1 where a pair isn't named.
        new_ties: whether pairs without a tie may be changed, too.
    """

    frozen: tuple[tuple[str, str], ...] = ()
    cost: Mapping[tuple[str, str], Fraction] = field(default_factory=lambda: MappingProxyType({}))
    new_ties: bool = False
