"""Which statements of a case are asked for."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
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
        without: outlets, data sets, speakers or whole chains, none of whose statements are wanted.
    """

    source: str | None = None
    actor: str | None = None
    pair: tuple[str, str] | None = None
    since: date | None = None
    until: date | None = None
    rejected: bool = False
    without: tuple[str, ...] = ()

    def conditions(self, candidates: Callable[[str], str]) -> tuple[list[str], list[object]]:
        """Return SQL conditions on ``statement`` (as s, its source as c, its ends' names as a and t) and their parameters.

        `candidates` gives, of the number of a name that is shown, the numbers that statements may bear in its place.
        """
        sql: list[str] = []
        values: list[object] = []
        if self.source is not None:
            says, value = _said_by(self.source)
            sql.append(says)
            values.append(value)
        for source in self.without:
            says, value = _said_by(source)
            sql.append(f"NOT {says}")
            values.append(value)
        name = "(SELECT id FROM name WHERE text = ?)"
        # The first half of each is what an index can answer, the second what is shown.
        acts, acted_upon = (
            f"(s.{end} IN {candidates(name)} AND {table}.id = {name})"
            for end, table in (("actor", "a"), ("target", "t"))
        )
        marks = acts.count("?")
        if self.actor is not None:
            sql.append(f"({acts} OR {acted_upon})")
            values += [self.actor] * 2 * marks
        if self.pair is not None:
            between = f"SELECT seq FROM statement WHERE actor IN {candidates(name)} AND target IN {candidates(name)}"  # noqa: S608 - our own columns
            shown = f"(a.id = {name} AND t.id = {name})"
            # The two halves as a list of numbers: of an OR across joins SQLite would ask the index for one end only.
            sql.append(f"s.seq IN ({between} UNION ALL {between}) AND ({shown} OR {shown})")
            for condition in (between, shown):
                one, other = ([end] * (condition.count("?") // 2) for end in self.pair)
                values += [*one, *other, *other, *one]
        # Days compare as text in ISO form; a statement without a date fails either comparison.
        if self.since is not None:
            sql.append("s.last >= ?")
            values.append(self.since.isoformat())
        if self.until is not None:
            sql.append("s.first <= ?")
            values.append(self.until.isoformat())
        return sql, values


def _said_by(source: str) -> tuple[str, str]:
    """Return the condition that a statement is told by `source`, anywhere in its chain or the whole of it, and its parameter."""
    chain = [part.strip() for part in source.split(" > ")]
    if len(chain) > 1:
        return "c.chain = json(?)", json.dumps(chain, ensure_ascii=False)
    return "EXISTS (SELECT 1 FROM json_each(c.chain) WHERE value = ?)", source
