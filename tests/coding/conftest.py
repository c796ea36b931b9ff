"""An invented world and its namer: the tests of this room don't depend on the project's gazetteer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from allegiance.coding import RulesReader
from allegiance.model import Actor, Document, Mention

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from allegiance.model import Statement

# surface -> (actor, via, person)
_STATES = {
    "Arland": ("Arlandic", "Arlan City", "Mira Holt"),
    "Belmark": ("Belmarkian", "Port Bel", "Jon Kade"),
    "Corvia": ("Corvian", "Corvgrad", "Petr Vane"),
    "Dravia": ("Dravian", "Dravos", "Lena Orsk"),
    "Estmark": ("Estmarkian", "Estholm", "Anna Lind"),
}
_GROUPS = {
    "Kesh Front": "Kesh Front",
    "KF": "Kesh Front",
    "Red Banner": "Red Banner",
    "Northern Pact": "Northern Pact",
    "Harbour League": "Harbour League",
}


def _table() -> dict[str, tuple[str, str, str]]:
    table = {}
    for state, (demonym, capital, leader) in _STATES.items():
        table[state] = (state, "name", "")
        table[demonym] = (state, "demonym", "")
        table[demonym + "s"] = (state, "demonym", "")
        table[capital] = (state, "capital", "")
        table[leader] = (state, "leader", leader)
        table[leader.split()[1]] = (state, "leader", leader)
    for surface, group in _GROUPS.items():
        table[surface] = (group, "name" if surface == group else "alias", "")
    return table


class InventedNamer:
    """Finds the invented names above, longest first."""

    def __init__(self) -> None:
        self.table = _table()
        longest_first = sorted(self.table, key=len, reverse=True)
        self._pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")\b")

    def mentions(self, text: str, *, day: date | None = None) -> list[Mention]:
        """Return the mentions in `text`, by offset."""
        del day
        found = []
        for match in self._pattern.finditer(text):
            actor, via, person = self.table[match[0]]
            found.append(Mention(match.start(), match.end(), match[0], actor, via=via, person=person))
        return found

    def actor(self, name: str) -> Actor | None:
        """Return the actor of this name; of an invented one only the kind is known."""
        if name in _STATES:
            return Actor(name, "state")
        if name in ("Northern Pact", "Harbour League"):
            return Actor(name, "bloc")
        return Actor(name, "armed-group") if name in _GROUPS.values() else None


@pytest.fixture(scope="session")
def namer() -> InventedNamer:
    """Return the namer of the invented world."""
    return InventedNamer()


@pytest.fixture(scope="session")
def rules(namer: InventedNamer) -> RulesReader:
    """Return the reader by rules, loaded once; skip where the language pipeline isn't installed."""
    pytest.importorskip("spacy")
    return RulesReader(namer)


@pytest.fixture(scope="session")
def read(rules: RulesReader) -> Callable[[str], list[Statement]]:
    """Return a function that reads a text as an article of the Gazette."""
    return lambda text: rules.read(Document(text, "Gazette"))
