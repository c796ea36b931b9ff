"""What a network, and a coalition wished for in it, must have before anything can be asked of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegiance.errors import DataError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from allegiance.network import SignedNetwork

LEAST_MEMBERS = 2


def check_ties(net: SignedNetwork, *, of: str = "The network") -> None:
    """Raise DataError unless some tie of the network has a net weight other than 0; `of` is how the sentence calls it."""
    if not (net.weight != 0).any():
        raise DataError(
            f"{of} has no tie that speaks for or against anybody; add statements, or ask for a longer time or more sources."
        )


def wished_coalition(net: SignedNetwork, names: Sequence[str]) -> tuple[str, ...]:
    """Return the names of a wished coalition, each once.

    Raises:
        UnknownNameError: an actor that the network doesn't have; says the nearest names.
        UsageError: a coalition of one, or of all.
    """
    members = tuple(dict.fromkeys(names))
    for name in members:
        net.number_of(name)
    if len(members) < LEAST_MEMBERS:
        raise UsageError(f"The coalition names one actor only, {members[0]!r}; name two at least, as A,B.")
    if len(members) == len(net.actors):
        raise UsageError(
            f"The coalition names all {len(members):,} actors, so nobody is left to stand elsewhere; leave some out."
        )
    return members
