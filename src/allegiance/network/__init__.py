"""Statements -> SignedNetwork: how statements count, how they add up to ties, and other forms of a network."""

from allegiance.network.contributions import Contributions
from allegiance.network.counting import CountingPolicy
from allegiance.network.network import SignedNetwork, Tie

__all__ = ["Contributions", "CountingPolicy", "SignedNetwork", "Tie"]
