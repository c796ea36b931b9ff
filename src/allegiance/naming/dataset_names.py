"""Names in data sets: whom a data set means by a name of its own list, on the day of the row.

What news mean by a word doesn't count here: "Congo" is one state in a wire report and the other in a list of states,
and no list calls a government by its capital, its leader or its people.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from allegiance.naming.entry import Period
from allegiance.naming.tables import first_day, last_day, rows, split
from allegiance.naming.tokens import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from allegiance.naming.entry import ActorEntry

_ANY = "*"
_APOSTROPHES = {ord(char): "'" for char in "\u2018\u2019\u02bc\u00b4`"}
# Signs in which lists vary: "Antigua & Barbuda", "Congo - Kinshasa", "Guinea Bissau".
_LOOSE = str.maketrans({",": " ", "-": " ", "&": " and "})
_GOVERNMENT = re.compile(r"government of (?:the )?", re.IGNORECASE)
# "Micronesia (Federated States of)", "Netherlands (the)": as the United Nations and ISO put what begins a name.
_TURNED = re.compile(r"([^()]+?)\s*\(((?:.+ of(?: the)?)|the)\)", re.IGNORECASE)
# "Russia (Soviet Union)", "Italy/Sardinia": two names of one state, of which the day decides.
_TWO_NAMES = re.compile(r"([^(/]+?)\s*(?:\(([^()]+)\)|/([^/]+))")

_Meanings = tuple[tuple[Period, str], ...]


@dataclass(frozen=True, slots=True)
class DatasetNames:
    """Names by their bare spelling, with the actors that they mean and when.

    Attributes:
        own: names and aliases of the user's actors; these count first.
        listed: by data set and name, what its list means by it.
        known: names and aliases of the shipped actors.
    """

    own: Mapping[str, _Meanings]
    listed: Mapping[tuple[str, str], _Meanings]
    known: Mapping[str, _Meanings]

    @classmethod
    def of(cls, entries: Iterable[ActorEntry], own: Iterable[ActorEntry]) -> DatasetNames:
        """Gather the names of the shipped entries and of the user's."""
        listed: dict[tuple[str, str], list[tuple[Period, str]]] = defaultdict(list)
        for row in rows("dataset_names"):
            period = Period(first_day(row["since"]), last_day(row["until"]))
            for name in split(row["names"]):
                listed[row["dataset"], _bare(name)].append((period, row["actor"]))
        fixed = {key: tuple(meanings) for key, meanings in listed.items()}
        return cls(_gathered(own), fixed, _gathered(entries))

    def meaning(self, dataset: str, name: str, day: date | None) -> str | None:
        """Return whom `dataset` means by the whole `name` on `day` (today's meaning without a day), or None."""
        if (found := self._spelt(dataset, name, day)) or (two := _TWO_NAMES.fullmatch(name.strip())) is None:
            return found or None
        parts = [self._spelt(dataset, part, day) for part in (two[1], two[2] or two[3])]
        if not (parts[0] and parts[1]):
            return None  # "Cyprus (Northern)" is not Cyprus, and "Police (Chad)" not Chad
        return next((part for part in parts if part and self._existed(part, day)), parts[0])

    def _spelt(self, dataset: str, name: str, day: date | None) -> str | None:
        found = (self._as_spelt(dataset, spelling, day) for spelling in _spellings(name))
        return next((actor for actor in found if actor is not None), None)

    def _as_spelt(self, dataset: str, name: str, day: date | None) -> str | None:
        """Return the actor, nothing where the list says that the name alone is nobody's, None where it isn't known."""
        key = _bare(name)
        if key in self.own:
            return _best(self.own[key], day)
        for of in (dataset, _ANY):
            holding = [actor for period, actor in self.listed.get((of, key), ()) if _holds(period, day)]
            if holding:
                return holding[0]
        return _best(self.known[key], day) if key in self.known else None

    def _existed(self, actor: str, day: date | None) -> bool:
        return any(_holds(period, day) for period, name in self.known.get(_bare(actor), ()) if name == actor)


def _gathered(entries: Iterable[ActorEntry]) -> dict[str, _Meanings]:
    """Return the names, then the aliases, of `entries`: an actor's own name counts before another's alias."""
    found: dict[str, list[tuple[Period, str]]] = defaultdict(list)
    entries = tuple(entries)
    for entry in entries:
        found[_bare(entry.name)].append((entry.period, entry.name))
    for entry in entries:
        for alias in entry.aliases:
            found[_bare(alias)].append((entry.period, entry.name))
    return {key: tuple(meanings) for key, meanings in found.items()}


def _best(meanings: _Meanings, day: date | None) -> str:
    return next((actor for period, actor in meanings if _holds(period, day)), meanings[-1][1])


def _holds(period: Period, day: date | None) -> bool:
    return period.until is None if day is None else period.holds_on(day)


def _spellings(name: str) -> Iterator[str]:
    """Yield the forms under which a list may mean the name: "Congo, Republic of" and "Congo (Republic of)" are one."""
    yield name
    head, comma, tail = name.partition(",")
    if comma:
        yield f"{tail.strip()} {head.strip()}"
    if behind := _TURNED.fullmatch(name.strip()):
        yield f"{behind[2]} {behind[1]}"
    if government := _GOVERNMENT.match(name):
        yield from _spellings(name[government.end() :])


def _bare(name: str) -> str:
    """Return a name without case, accents, commas, hyphens and article, as lists of states vary in them."""
    words = plain(name.translate(_APOSTROPHES)).casefold().translate(_LOOSE).split()
    # "The Democratic Republic of the Congo", "Republic of Congo".
    return " ".join(word for at, word in enumerate(words) if word != "the" or at == len(words) - 1)
