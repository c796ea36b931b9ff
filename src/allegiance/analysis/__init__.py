"""SignedNetwork -> Result: the questions. Every answer says how it was made, how far it is proved, on what it rests."""

from allegiance.analysis.coalitions import CoalitionStructure, coalitions
from allegiance.analysis.wishes import Wishes

__all__ = ["CoalitionStructure", "Wishes", "coalitions"]
