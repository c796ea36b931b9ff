"""What a name of a flow network is: an actor's kind, a person, a place, or unknown. In doubt a person, for persons are not ranked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegiance.network.node_kinds import PERSON, PLACE, UNKNOWN, is_called_as, is_ground, is_titled

if TYPE_CHECKING:
    from allegiance.model import Mention
    from allegiance.naming import Gazetteer

BY_NAME = ("name", "alias", "demonym")
"""How a mention names an actor itself, and not one who stands for it."""

_SHORTEST = 4  # letters of a first name; shorter ones ("Abu", "Kim", "San") begin places as well


class NameKinds:
    """Tells what names are, by the gazetteer, and by how persons, bodies and places are called."""

    def __init__(self, names: Gazetteer) -> None:
        """Gather the first names of all leaders that the gazetteer knows, but for those that name an actor as well."""
        self._names = names
        leaders = (leader.name.split() for entry in (*names.entries, *names.own) for leader in entry.leaders)
        first = {words[0].casefold() for words in leaders if len(words) > 1 and len(words[0]) >= _SHORTEST}
        self._first_names = first - names.by_folded.keys()

    def __call__(self, name: str) -> str:
        """Return the kind of `name`."""
        actor = self._names.actor(name)
        if actor is not None and actor.kind != UNKNOWN:
            return actor.kind
        if is_titled(name):
            return PERSON
        if (found := self._names.resolve(name)) and (kind := self._resolved(found)):
            return kind
        if is_ground(name):
            return PLACE
        return PERSON if is_called_as(name, self._first_names) else UNKNOWN

    def _resolved(self, found: Mention) -> str:
        """Return the kind of what a name was resolved to, or nothing."""
        if found.via == "leader" or found.person:
            return PERSON
        if found.via == "capital":
            return PLACE  # a place on the way, and not its state
        known = self._names.actor(found.actor)
        return known.kind if found.via in BY_NAME and known is not None else ""
