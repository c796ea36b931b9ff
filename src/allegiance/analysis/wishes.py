"""What a split has to keep, in names: who together, who apart, who on which side, how large the sides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

from allegiance.maths.constraints import Constraints

if TYPE_CHECKING:
    from allegiance.network import SignedNetwork

Names = Sequence[str]


@dataclass(frozen=True, slots=True)
class Wishes:
    """Conditions on a split.

    Attributes:
        together: groups of actors that must each be in one coalition.
        apart: groups of actors no two of which may be in one coalition.
        sides: for two coalitions, the actors of one side and those of the other; either may be empty.
        smallest: for two coalitions, how many actors each must have at least.
        largest: for two coalitions, how many each may have at most; None for any number.
    """

    together: tuple[Names, ...] = ()
    apart: tuple[Names, ...] = ()
    sides: tuple[Names, Names] = ((), ())
    smallest: int = 0
    largest: int | None = None

    def constraints(self, net: SignedNetwork) -> Constraints:
        """Return the same in the actor numbers of `net`.

        Raises:
            UnknownNameError: an actor that the network doesn't have; says the nearest names.
        """
        return Constraints(
            together=_pairs(net, self.together),
            apart=_pairs(net, self.apart),
            sides=tuple((net.number_of(actor), side) for side in (0, 1) for actor in self.sides[side]),
            smallest=self.smallest,
            largest=self.largest,
        )

    def to_json(self) -> dict[str, Any]:
        """Return the wishes as they stand in a result's parameters."""
        return asdict(self)

    def __bool__(self) -> bool:
        return self != Wishes()


def _pairs(net: SignedNetwork, groups: Sequence[Names]) -> tuple[tuple[int, int], ...]:
    return tuple((net.number_of(a), net.number_of(b)) for group in groups for a, b in combinations(group, 2))
