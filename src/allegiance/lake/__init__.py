"""The lake: archives of any size as partitioned Parquet, converted once, added up by any engine.

What a statement of a case is in SQLite, a row is here. No actor and no reader of texts is known in this room: both are
handed in. Networks, reviews and undo don't live here.
"""

from allegiance.lake.lake import AddReport, Lake
from allegiance.lake.manifest import Member, Part
from allegiance.lake.manner import Manner
from allegiance.lake.ties import TieQuery, Weighing

__all__ = ["AddReport", "Lake", "Manner", "Member", "Part", "TieQuery", "Weighing"]
