"""A case as tables: its actors with what is known of them, panels of dyads, and a pandas frame of its statements."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from allegiance.errors import MissingExtraError
from allegiance.events import formats
from allegiance.exchange.panel import Codes
from allegiance.model import units

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    import pandas as pd

    from allegiance.exchange.panel import Identify
    from allegiance.model import Statement
    from allegiance.naming import Gazetteer
    from allegiance.store import History

_PART = re.compile(r"(.+) \(.+\)")
PART = "part"


@dataclass(frozen=True, slots=True)
class ActorUse:
    """An actor of a case, and how much is said of it.

    Attributes:
        name: as the case calls it.
        kind: state, bloc, ...; "part" for a part of a known actor, as in "Veldania (media)"; empty where nobody is known
            by the name.
        statements: number of statements in force in which it acts or is acted upon.
        positive: integer tenths of those that speak for a tie of it.
        negative: of those that speak against one, at least 0.
    """

    name: str
    kind: str
    statements: int
    positive: int
    negative: int

    @property
    def known(self) -> bool:
        """Whether the name was resolved to a known actor, or to a part of one."""
        return bool(self.kind)

    def to_json(self) -> dict[str, Any]:
        """Return the documented keys of ``--json``; weights in units."""
        return {
            "name": self.name,
            "kind": self.kind,
            "known": self.known,
            "statements": self.statements,
            "weight": units(self.positive + self.negative),
            "positive": units(self.positive),
            "negative": units(self.negative),
        }


def actor_uses(totals: Iterable[tuple[str, int, int, int]], names: Gazetteer) -> list[ActorUse]:
    """Return the actors of (name, statements, tenths with, tenths against), the heaviest first."""
    uses = [ActorUse(name, _kind(name, names), *rest) for name, *rest in totals]
    return sorted(uses, key=lambda use: (-use.positive - use.negative, -use.statements, use.name))


def _kind(name: str, names: Gazetteer) -> str:
    if actor := names.actor(name):
        return actor.kind
    part = _PART.fullmatch(name)
    return PART if part and names.actor(part[1]) else ""


def identifier(names: Gazetteer) -> Identify:
    """Return the function that tells a panel who an actor is in a period."""

    def identify(actor: str, first: date, last: date) -> Codes:
        codes = names.codes_of(actor, first, last)
        return Codes(names.existed(actor, first, last), codes.get("cow", ""), codes.get("gw", ""))

    return identify


def citations(history: History) -> list[str]:
    """Return how to cite the data sets that are in force in a case, each once."""
    read = {str(event.payload.get("how", "")) for event in history.imports}
    return [
        fmt.citation for fmt in formats().values() if any(f'"format": "{fmt.name}"' in how for how in read)
    ]


def frame(stmts: Iterable[Statement]) -> pd.DataFrame:
    """Return a pandas frame with one row a statement; weights in units, days as timestamps.

    Raises:
        MissingExtraError: pandas isn't installed.
    """
    try:
        import pandas as pd  # noqa: PLC0415 - an optional part
    except ModuleNotFoundError as missing:
        raise MissingExtraError("A pandas frame", "pandas") from missing
    rows = []
    for stmt in stmts:
        row = stmt.to_json()
        evidence = row.pop("evidence")
        rows.append(
            {
                **row,
                "outlet": stmt.source.outlet,
                "source": str(stmt.source),
                "weight": units(stmt.weight),
                "signed_weight": units(stmt.polarity * stmt.weight),
                "date": stmt.date.first.isoformat() if stmt.date else None,
                "until": stmt.date.last.isoformat() if stmt.date else None,
                "origin": evidence.get("document") or evidence.get("dataset"),
                "quote": evidence.get("quote") or evidence.get("row"),
            }
        )
    table = pd.DataFrame(rows, columns=list(rows[0]) if rows else ["id", "source", "actor", "act", "target"])
    for column in ("date", "until"):
        if column in table:
            # Data reach back to 1494; nanoseconds would end at 1677.
            table[column] = table[column].astype("datetime64[s]")
    return table
