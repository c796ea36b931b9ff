"""SignedNetwork -> Result: the questions. Every answer says how it was made, how far it is proved, on what it rests."""

from allegiance.analysis.coalitions import CoalitionStructure, coalitions

__all__ = ["CoalitionStructure", "coalitions"]
