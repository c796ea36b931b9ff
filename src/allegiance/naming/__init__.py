"""Mentions -> actors: who is meant by a name, a capital, a leader or an office, and by a code of a data set.

The shipped tables of states, leaders, groups and blocs live in ``tables/`` (see docs/actors.md). No grammar lives here: what a
mention does in its sentence is for the coding room.
"""

from typing import TYPE_CHECKING

from allegiance.on_demand import on_demand

if TYPE_CHECKING:
    from allegiance.naming.entry import ActorEntry, Code, Leader, Period
    from allegiance.naming.gazetteer import Gazetteer
    from allegiance.naming.user_actors import parse_actors, read_actors, table_text
else:
    __getattr__ = on_demand(
        __name__,
        {
            "ActorEntry": "entry",
            "Code": "entry",
            "Gazetteer": "gazetteer",
            "Leader": "entry",
            "Period": "entry",
            "parse_actors": "user_actors",
            "read_actors": "user_actors",
            "table_text": "user_actors",
        },
    )

__all__ = ["ActorEntry", "Code", "Gazetteer", "Leader", "Period", "parse_actors", "read_actors", "table_text"]
