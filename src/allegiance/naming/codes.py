"""Codes of data sets (ISO, Correlates of War, Gleditsch and Ward, CAMEO) and whom they mean on a day."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from allegiance.errors import UnknownNameError
from allegiance.naming.tables import SCHEMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from allegiance.naming.entry import ActorEntry, Period

_NUMBERS = ("cow", "gw")
_SISTERS = {"cow": "gw", "gw": "cow"}


@dataclass(frozen=True, slots=True)
class CodeTable:
    """By scheme and code: the names it stood for, each with its period, in order of time."""

    meanings: Mapping[tuple[str, str], tuple[tuple[str, Period], ...]]

    @classmethod
    def of(cls, entries: Iterable[ActorEntry]) -> CodeTable:
        """Gather the codes of `entries`."""
        table: dict[tuple[str, str], list[tuple[str, Period]]] = defaultdict(list)
        for entry in entries:
            for code in entry.codes:
                table[code.scheme, _key(code.scheme, code.code)].append((entry.name, code.period))
        return cls(
            {
                key: tuple(sorted(found, key=lambda meaning: meaning[1].since or date.min))
                for key, found in table.items()
            }
        )

    def meaning(self, scheme: str, code: str, day: date | None) -> str | None:
        """Return whom `code` means on `day`; where it meant nobody that day, who had it last before, else first.

        Raises:
            UnknownNameError: there is no such scheme.
        """
        if scheme not in SCHEMES:
            raise UnknownNameError("code scheme", scheme, SCHEMES)
        meanings = self.meanings.get((scheme, _key(scheme, code)), ())
        if not meanings and scheme in _SISTERS:
            meanings = self.meanings.get((_SISTERS[scheme], _key(scheme, code)), ())
        if not meanings:
            return None
        if day is None:
            return next((name for name, period in meanings if period.until is None), meanings[-1][0])
        holding = [name for name, period in meanings if period.holds_on(day)]
        if not holding and scheme in _SISTERS:
            # Files mix the two lists of states, which give most codes alike; 678 is Yemen still in one, once in the other.
            key = _SISTERS[scheme], _key(scheme, code)
            holding = [name for name, period in self.meanings.get(key, ()) if period.holds_on(day)]
        # Data sets and calendars differ by days or years on when a state began; the nearest bearer of the code is meant.
        earlier = [name for name, period in meanings if period.since is None or period.since <= day]
        return (holding or earlier[-1:] or [meanings[0][0]])[0]


def _key(scheme: str, code: str) -> str:
    code = code.strip().upper()
    return code.lstrip("0") if scheme in _NUMBERS else code
