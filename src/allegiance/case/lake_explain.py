"""From an answer of a lake back to its rows: what stands behind a tie, an actor, a coalition."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from allegiance.analysis import explain
from allegiance.analysis.coalitions import coalitions
from allegiance.case.lakes import MOST_ROWS, lake_contributions, named_in, rows_among
from allegiance.errors import UnknownNameError, UsageError
from allegiance.lake import Lake
from allegiance.lake.rows import named

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from allegiance.analysis.coalitions import CoalitionStructure
    from allegiance.model import Result
    from allegiance.network import Contributions, CountingPolicy, SignedNetwork
    from allegiance.store import StatementFilter

SECONDS = 60.0
"""A lake can be any network; the split behind an explanation is bounded after so long."""

_COALITION = re.compile(r"[Cc](\d+)")


@dataclass(frozen=True, slots=True)
class LakeExplanation:
    """What stands behind something that a lake's rows add up to.

    Attributes:
        kind: tie, actor or coalition.
        title: it, in words.
        facts: what is computed of it, by name; ready for JSON.
        rows: the rows that it rests on, the newest first; as many as were asked for.
    """

    kind: str
    title: str
    facts: Mapping[str, Any]
    rows: tuple[Mapping[str, Any], ...]

    def to_json(self) -> dict[str, Any]:
        """Return the explanation under the documented keys of ``--json``."""
        return {
            "kind": self.kind,
            "title": self.title,
            **self.facts,
            "rows": [_plain(row) for row in self.rows],
        }


def explain_lake(
    path: Path,
    what: str,
    *,
    k: int | None = None,
    wanted: StatementFilter,
    policy: CountingPolicy | None = None,
    most: int = MOST_ROWS,
) -> LakeExplanation:
    """Show what stands behind a tie ("A,B"), an actor, or a coalition ("C1") of the lake at `path`.

    Raises:
        UnknownNameError: the lake knows nobody of that name; says the nearest ones.
        UsageError: there is no such lake or coalition.
    """
    lake = Lake.open(path)
    names = named_in(lake, what)
    known = set(named(lake, "actor", names))
    number = _COALITION.fullmatch(what)
    if known != set(names) and not number:
        missing = next(name for name in names if name not in known)
        raise UnknownNameError("tie, actor or coalition", missing, named(lake, "actor"), where=str(path))
    counted = lake_contributions(path, wanted, policy)
    if len(names) > 1:
        return _tie(path, names, counted, wanted, policy, most)
    net = counted.network()
    if known:
        facts = explain.actor_facts(net, _split(net, k), what) if what in net.actors else {}
        rows = rows_among(lake, names, wanted, policy, most=most)
        return LakeExplanation("actor", what, facts, tuple(rows))
    split = _split(net, k)
    place, count = int(number[1]) if number else 0, len(split.value.coalitions)
    if not 1 <= place <= count:
        raise UsageError(f"There is no coalition C{place}; this split has C1 to C{count}.")
    members = split.value.coalitions[place - 1]
    # Of one actor alone there is no row among its members; all of its rows lead out of the coalition.
    inside = tuple(rows_among(lake, members, wanted, policy, most=most)) if len(members) > 1 else ()
    title = f"C{place}: {', '.join(members)}"
    return LakeExplanation("coalition", title, explain.coalition_facts(net, split, place - 1), inside)


def _split(net: SignedNetwork, k: int | None) -> Result[CoalitionStructure]:
    return coalitions(net, k, time_limit=SECONDS)


def _tie(
    path: Path,
    names: tuple[str, ...],
    counted: Contributions,
    wanted: StatementFilter,
    policy: CountingPolicy | None,
    most: int,
) -> LakeExplanation:
    a, b = names
    numbers = [counted.actors.index(name) for name in names if name in counted.actors]
    between = np.isin(counted.a, numbers) & np.isin(counted.b, numbers)
    between &= len(numbers) == len(names)
    sources = () if counted.outlets is None else sorted(set(counted.outlets[between].tolist()))
    by_source = {source: counted.network(between & (counted.outlets == source)) for source in sources}
    facts = explain.tie_facts(counted.network(between), by_source, a, b)
    rows = rows_among(Lake.open(path), names, wanted, policy, most=most)
    return LakeExplanation("tie", f"{a} and {b}", facts, tuple(rows))


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row with its days as text."""
    return {
        name: str(value) if name in ("month", "date", "last") and value else value
        for name, value in row.items()
    }
