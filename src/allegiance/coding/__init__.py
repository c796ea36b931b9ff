"""Sentences to statements: who says that who does what to whom.

Readers, their rules and tables. Where texts come from (`reading`) and who the names are (`naming`) is not known here:
a `Namer` is handed in.
"""

from allegiance.coding.known_pairs import Relation, relate
from allegiance.coding.reader import Namer, Reader, RulesReader
from allegiance.coding.registry import READERS, reader
from allegiance.coding.remarks import Remarking

__all__ = ["READERS", "Namer", "Reader", "Relation", "Remarking", "RulesReader", "reader", "relate"]
