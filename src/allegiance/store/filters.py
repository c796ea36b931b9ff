"""Which statements of a case are asked for."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class StatementFilter:
    """A choice of statements; None leaves a question open.

    Attributes:
        source: an outlet, data set or speaker anywhere in the chain, or a whole chain written ``A > B``.
        actor: canonical name of actor or target.
        pair: two actors between whom the statement holds, in either direction.
        since: first day; statements without a date are left out when a day is asked for.
        until: last day.
        rejected: whether rejected statements are wanted too.
    """

    source: str | None = None
    actor: str | None = None
    pair: tuple[str, str] | None = None
    since: date | None = None
    until: date | None = None
    rejected: bool = False

    def conditions(self) -> tuple[list[str], list[object]]:
        """Return SQL conditions on ``statement`` (as s, its source as c) and their parameters."""
        sql: list[str] = []
        values: list[object] = []
        if self.source is not None:
            chain = [part.strip() for part in self.source.split(" > ")]
            if len(chain) > 1:
                sql.append("c.chain = json(?)")
                values.append(json.dumps(chain, ensure_ascii=False))
            else:
                sql.append("EXISTS (SELECT 1 FROM json_each(c.chain) WHERE value = ?)")
                values.append(self.source)
        if self.actor is not None:
            name = "(SELECT id FROM name WHERE text = ?)"
            sql.append(f"(s.actor = {name} OR s.target = {name})")
            values += [self.actor, self.actor]
        if self.pair is not None:
            name = "(SELECT id FROM name WHERE text = ?)"
            sql.append(
                f"((s.actor = {name} AND s.target = {name}) OR (s.actor = {name} AND s.target = {name}))"
            )
            values += [*self.pair, *reversed(self.pair)]
        # Days compare as text in ISO form; a statement without a date fails either comparison.
        if self.since is not None:
            sql.append("s.last >= ?")
            values.append(self.since.isoformat())
        if self.until is not None:
            sql.append("s.first <= ?")
            values.append(self.until.isoformat())
        return sql, values
