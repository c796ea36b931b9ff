"""Mentions -> actors: who is meant by a name, a capital, a leader or an office, and by a code of a data set.

The shipped tables of states, leaders, groups and blocs live in ``tables/`` (see docs/actors.md). No grammar lives here: what a
mention does in its sentence is for the coding room.
"""

from allegiance.naming.entry import ActorEntry, Code, Leader, Period
from allegiance.naming.gazetteer import Gazetteer
from allegiance.naming.user_actors import parse_actors, read_actors, table_text

__all__ = ["ActorEntry", "Code", "Gazetteer", "Leader", "Period", "parse_actors", "read_actors", "table_text"]
