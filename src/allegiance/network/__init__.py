"""Statements -> SignedNetwork: how statements count, how they add up to ties, and other forms of a network."""

from typing import TYPE_CHECKING

from allegiance.on_demand import on_demand

if TYPE_CHECKING:
    from allegiance.network.contributions import Contributions
    from allegiance.network.counting import CountingPolicy
    from allegiance.network.network import SignedNetwork
    from allegiance.network.tie import Tie
else:
    __getattr__ = on_demand(
        __name__,
        {
            "Contributions": "contributions",
            "CountingPolicy": "counting",
            "SignedNetwork": "network",
            "Tie": "tie",
        },
    )

__all__ = ["Contributions", "CountingPolicy", "SignedNetwork", "Tie"]
