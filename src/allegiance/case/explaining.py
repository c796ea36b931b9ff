"""From an answer of a case back to the quotes: what stands behind a statement, a tie, an actor, a coalition.

Ties are the question asked most often, and are answered without any numeric library: loading one takes longer than the answer.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from allegiance.case.memberships import counting_rows, dated_rows
from allegiance.case.retold import each_story_once, reports
from allegiance.errors import UnknownNameError, UsageError
from allegiance.model import Quote, TextEvidence
from allegiance.network.counting import CountingPolicy
from allegiance.network.tie import Tie
from allegiance.store import CaseFile, StatementFilter

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from allegiance.model import Statement
    from allegiance.network import Contributions, SignedNetwork
    from allegiance.network.counting import Row

_COALITION = re.compile(r"[Cc](\d+)")


@dataclass(frozen=True, slots=True)
class Explanation:
    """What stands behind something.

    Attributes:
        kind: statement, tie, actor or coalition.
        title: it, in words.
        facts: what is computed of it, by name; ready for JSON.
        quotes: the statements that it rests on, as many of them as were asked for.
        left_out: how many statements more there are.
    """

    kind: str
    title: str
    facts: Mapping[str, Any]
    quotes: tuple[Quote, ...]
    left_out: int = 0

    def to_json(self) -> dict[str, Any]:
        """Return the explanation under the documented keys of ``--json``."""
        quotes = [quote.to_json() for quote in self.quotes]
        return {
            "kind": self.kind,
            "title": self.title,
            **self.facts,
            "statements": quotes,
            "left_out": self.left_out,
        }


def explain_case(
    path: Path,
    what: str,
    *,
    k: int | None = None,
    wanted: StatementFilter,
    policy: CountingPolicy | None = None,
    most: int | None = None,
) -> Explanation:
    """Open the case at `path` and explain something of it; see `explain`."""
    with CaseFile(path) as file:
        return explain(file, what, k=k, wanted=wanted, policy=policy, most=most)


def explain(
    file: CaseFile,
    what: str,
    *,
    k: int | None = None,
    wanted: StatementFilter,
    policy: CountingPolicy | None = None,
    most: int | None = None,
) -> Explanation:
    """Show what stands behind a statement (its id), a tie ("A,B"), an actor, or a coalition ("C1").

    Args:
        file: the case.
        what: the id, names, or number.
        k: number of coalitions of the split that actors and coalitions are explained by; None for as many as fit.
        wanted: which statements are looked at.
        policy: how they count.
        most: how many statements to show; None for all.

    Raises:
        UnknownNameError: the case knows nothing of that name; says the nearest ones.
        UsageError: the split has no coalition of that number.
    """
    asked = _Asked(file, wanted, policy, most)
    if stmt := file.statement(what):
        sign = {1: "with", 0: "neither with nor against", -1: "against"}[stmt.polarity]
        title = f"{stmt.source} has it that {stmt.actor} {stmt.act} {stmt.target} ({sign})"
        return Explanation("statement", title, {}, quotes_of(file, [stmt]))
    pair = [name.strip() for name in what.split(",")]
    if asked.knows(what):
        return _actor(asked, what, k)
    if len(pair) == 2:  # noqa: PLR2004 - two make a pair
        for name in pair:
            if not asked.knows(name):
                raise UnknownNameError("actor", name, asked.actors(), where=str(file.path))
        return _tie(asked, pair[0], pair[1])
    if found := _COALITION.fullmatch(what):
        return _coalition(asked, int(found[1]), k)
    raise UnknownNameError("statement, tie, actor or coalition", what, asked.actors(), where=str(file.path))


def quotes_of(file: CaseFile, stmts: Iterable[Statement]) -> tuple[Quote, ...]:
    """Return statements with what was judged of them and the texts that they quote."""
    stmts = list(stmts)
    verdicts = file.history().verdicts
    outlets, copy_of = reports(file, stmts)
    docs = {}
    quotes = []
    for stmt in stmts:
        doc_id = stmt.evidence.document if isinstance(stmt.evidence, TextEvidence) else None
        if doc_id is not None and doc_id not in docs:
            docs[doc_id] = file.document(doc_id)
        doc = docs.get(doc_id) if doc_id else None
        verdict, had = verdicts.get(stmt.id, ""), outlets.get(stmt.id, ())
        quotes.append(Quote(stmt, verdict, doc, had, copy_of.get(stmt.id, "")))
    return tuple(quotes)


@dataclass(slots=True)
class _Asked:
    """A question about a case: the file, which statements, how they count, how many are to be shown."""

    file: CaseFile
    wanted: StatementFilter
    policy: CountingPolicy | None
    most: int | None

    @property
    def blocs(self) -> bool:
        """Whether statements about blocs count for their members, so that ties rest on more than their own statements."""
        return self.policy is not None and bool(self.policy.blocs)

    def network(self, **choice: Any) -> SignedNetwork:  # noqa: ANN401 - fields of the filter
        """Return the network of the wanted statements, some of the filter's fields replaced."""
        from allegiance.network import SignedNetwork  # noqa: PLC0415 - off the start-up path

        wanted = replace(self.wanted, **choice)
        return SignedNetwork.from_counting_rows(counting_rows(self.file, wanted, self.policy), self.policy)

    def counted(self) -> Contributions:
        """Return the wanted statements one by one, as they are counted."""
        from allegiance.network import Contributions  # noqa: PLC0415 - off the start-up path

        return Contributions.from_dated_rows(dated_rows(self.file, self.wanted, self.policy), self.policy)

    def knows(self, name: str) -> bool:
        """Return whether statements speak of the actor, or blocs that they speak of have it as a member."""
        return self.file.has_actor(name) or (self.blocs and name in self.network().actors)

    def actors(self) -> list[str]:
        """Return the names of all actors that `knows` knows."""
        members = self.network().actors if self.blocs else ()
        return sorted({*self.file.actors(), *members})

    def shown(self, wanted: StatementFilter, count: int) -> tuple[tuple[Quote, ...], int]:
        """Return the first of `count` statements with their texts, and how many are left out."""
        quotes = quotes_of(self.file, self.file.statements(wanted, most=self.most))
        return quotes, max(count - len(quotes), 0)

    def shown_of(self, stmts: list[Statement]) -> tuple[tuple[Quote, ...], int]:
        """Return the first of some statements with their texts, and how many are left out."""
        quotes = quotes_of(self.file, islice(stmts, self.most))
        return quotes, len(stmts) - len(quotes)


def _tie(asked: _Asked, a: str, b: str) -> Explanation:
    if asked.blocs:
        return _expanded_tie(asked, a, b)
    between = replace(asked.wanted, pair=(a, b))
    policy = asked.policy or CountingPolicy()
    rows = asked.file.dated_rows(between)
    by_source: dict[str, list[Row]] = {}
    outlet_of = {chain: json.loads(chain)[0] for chain in {row[9] for row in rows}}
    for row in rows:
        by_source.setdefault(outlet_of[row[9]], []).append(row)

    def added(told: list[Row]) -> dict[str, Any] | None:
        tie = Tie.of_counting_rows(each_story_once(asked.file, told, policy), policy)
        return tie.to_json() if tie else None

    facts = {
        "tie": added(rows),
        "by_source": {outlet: added(by_source[outlet]) for outlet in sorted(by_source)},
    }
    return Explanation("tie", f"{a} and {b}", facts, *asked.shown(between, len(rows)))


def _expanded_tie(asked: _Asked, a: str, b: str) -> Explanation:
    """Explain a tie to which what is said of blocs counts as well."""
    from allegiance.analysis.explain import tie_facts  # noqa: PLC0415 - off the start-up path

    whole = asked.network()
    found = [tie for tie in whole.ties() if {tie.a, tie.b} == {a, b}]
    ids = dict.fromkeys(stmt_id for tie in found for stmt_id in tie.statements)
    stmts = [stmt for stmt_id in ids if (stmt := asked.file.statement(stmt_id)) is not None]
    outlets = sorted({stmt.source.outlet for stmt in stmts})
    by_source = {outlet: asked.network(source=outlet) for outlet in outlets}
    facts = tie_facts(whole, by_source, a, b)
    return Explanation("tie", f"{a} and {b}", facts, *asked.shown_of(stmts))


def _actor(asked: _Asked, actor: str, k: int | None) -> Explanation:
    from allegiance.analysis.coalitions import coalitions  # noqa: PLC0415 - off the start-up path
    from allegiance.analysis.explain import actor_facts  # noqa: PLC0415

    counted = asked.counted()
    net = counted.network()
    split = coalitions(net, k)
    facts = actor_facts(net, split, actor, counted) if actor in net.actors else {}
    about = replace(asked.wanted, actor=actor)
    return Explanation("actor", actor, facts, *asked.shown(about, asked.file.count(about)))


def _coalition(asked: _Asked, number: int, k: int | None) -> Explanation:
    from allegiance.analysis.coalitions import coalitions  # noqa: PLC0415 - off the start-up path
    from allegiance.analysis.explain import coalition_facts  # noqa: PLC0415

    counted = asked.counted()
    net = counted.network()
    split = coalitions(net, k)
    count = len(split.value.coalitions)
    if not 1 <= number <= count:
        raise UsageError(f"There is no coalition C{number}; this split has C1 to C{count}.")
    members = set(split.value.coalitions[number - 1])
    inside = [
        stmt
        for stmt in asked.file.statements(asked.wanted)
        if stmt.actor in members and stmt.target in members
    ]
    facts = coalition_facts(net, split, number - 1, counted)
    title = f"C{number}: {', '.join(sorted(members))}"
    return Explanation("coalition", title, facts, *asked.shown_of(inside))
