"""Statements -> SignedNetwork: how statements count, how they add up to ties, and other forms of a network."""

from allegiance.network.counting import CountingPolicy
from allegiance.network.network import SignedNetwork, Tie

__all__ = ["CountingPolicy", "SignedNetwork", "Tie"]
