"""A first draft of an issue, out of the positions that a case's statements tell; every number is there to be edited."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from allegiance.case.quoting import quoted
from allegiance.case.readers import gazetteer
from allegiance.errors import DataError, UsageError, clipped
from allegiance.exchange.issue_file import SHARES, write_issue
from allegiance.model.issue import FEWEST_PARTIES, Estimate, Issue, Party

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from allegiance.case.case import Case
    from allegiance.events.capabilities import Capability, CapabilityTable
    from allegiance.model import Statement
    from allegiance.naming import Gazetteer
    from allegiance.store import StatementFilter

LOW, HIGH = 0.0, 100.0
_WORD = re.compile(r"[^\W_]{3,}")
_COMMON = frozenset({"the", "future", "and", "for", "over", "who", "shall"})
_MOST_LISTED = 8
_FOREWORD = (
    "A draft, to be edited: nothing here is known, it is what the statements named below suggest.",
    f"Position {HIGH:g}: as those want who demand the change (their words stand behind the number); {LOW:g}: the opposite.",
    "Capability: in any unit that all parties share. Salience: 0 (doesn't care) to 1 (nothing matters more).",
    "plus_minus: by how much each number may be off; allegiance issue --resamples draws within it.",
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A drafted issue, with what to say of each number, by party and key."""

    issue: Issue
    remarks: Mapping[tuple[str, str], str]

    def toml(self) -> str:
        """Return the draft as a commented file."""
        return write_issue(self.issue, self.remarks, _FOREWORD)


def propose_issue(
    case: Case,
    question: str,
    wanted: StatementFilter | None = None,
    capabilities: CapabilityTable | None = None,
) -> Draft:
    """Draft an issue from the statements that carry a position on it.

    Args:
        case: the case.
        question: words of the issue as statements have it ("future of Odran Vesh").
        wanted: which statements to look at.
        capabilities: a table of national capabilities, for states that it has.

    Raises:
        UsageError: no statement has a position on it; says which issues there are.
        DataError: fewer than two parties would take part.
    """
    positions = [stmt for stmt in case.statements(wanted) if "issue" in dict(stmt.qualifiers)]
    chosen = _on(question, positions)
    if not chosen:
        known = sorted({dict(stmt.qualifiers)["issue"] for stmt in positions})
        there = (
            f"there are positions on: {clipped('; '.join(known[:_MOST_LISTED]), 300)}"
            if known
            else "there are none"
        )
        raise UsageError(f"No statement of {case.path} has a position on {clipped(question)!r}; {there}.")
    by_party: dict[str, list[Statement]] = defaultdict(list)
    for stmt in chosen:
        by_party[stmt.actor].append(stmt)
    most = max(map(len, by_party.values()))
    names = gazetteer(case.history().actor_tables)
    remarks: dict[tuple[str, str], str] = {}
    parties = [_party(name, found, most, remarks) for name, found in sorted(by_party.items())]
    spoken_of = sorted({stmt.target for stmt in chosen} - by_party.keys())
    parties += [_spoken_of(name, chosen, remarks) for name in spoken_of]
    if len(parties) < FEWEST_PARTIES:
        raise DataError(f"Only {parties[0].name} takes part in {clipped(question)!r}; a dispute needs two.")
    day = max((stmt.date.last for stmt in chosen if stmt.date), default=date.max)
    parties = [_with_capability(party, names, day, capabilities, remarks) for party in parties]
    note = "drafted from statements: " + "; ".join(
        sorted({dict(stmt.qualifiers)["issue"] for stmt in chosen})
    )
    return Draft(Issue(question, LOW, HIGH, tuple(parties), note=note), remarks)


def claims_behind(path: Path, issue: Issue) -> list[tuple[str, str, str, str]]:
    """Return the statements of the case at `path` that an issue's numbers rest on: party, id, source, words.

    Raises:
        DataError: the issue names a statement that the case doesn't hold.
    """
    ids = dict.fromkeys(stmt_id for party in issue.parties for stmt_id in party.statements)
    found = {one.stmt.id: one for one in quoted(path, ids, len(ids))}
    claims = []
    for party in issue.parties:
        for stmt_id in party.statements:
            if stmt_id not in found:
                raise DataError(
                    f"Party {party.name!r} rests on the statement {clipped(stmt_id)!r}, which {path} doesn't hold; "
                    "name the right case, or correct the issue."
                )
            one = found[stmt_id]
            claims.append((party.name, stmt_id, str(one.stmt.source), one.words))
    return claims


def _on(question: str, stmts: Iterable[Statement]) -> list[Statement]:
    wanted = _words(question)
    return [
        stmt
        for stmt in stmts
        if dict(stmt.qualifiers)["issue"].casefold() == question.strip().casefold()
        or wanted & _words(dict(stmt.qualifiers)["issue"])
    ]


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold())) - _COMMON


def _party(name: str, stmts: list[Statement], most: int, remarks: dict[tuple[str, str], str]) -> Party:
    # Who asks for the change stands at one end; who disputes it, or says that others decide, at the other.
    places = [HIGH if (stmt.act == "request") != stmt.negated else LOW for stmt in stmts]
    place = sum(places) / len(places)
    said = "; ".join(dict.fromkeys(dict(stmt.qualifiers).get("position", "") for stmt in stmts))
    remarks[name, "position"] = f"said: {clipped(said, 200)}; edit"
    remarks[name, "salience"] = f"{len(stmts)} of its statements speak of it, {most} of who speaks most; edit"
    sources = ", ".join(sorted({str(stmt.source) for stmt in stmts}))
    return Party(
        name,
        position=Estimate(place, max(SHARES["position"] * (HIGH - LOW), (max(places) - min(places)) / 2)),
        capability=Estimate(1.0, SHARES["capability"]),
        salience=Estimate(len(stmts) / most, SHARES["salience"]),
        source=f"according to {sources}",
        statements=tuple(stmt.id for stmt in stmts),
    )


def _spoken_of(name: str, stmts: list[Statement], remarks: dict[tuple[str, str], str]) -> Party:
    about = [stmt for stmt in stmts if stmt.target == name]
    remarks[name, "position"] = "it is spoken of, but states no position here; edit, or leave the party out"
    remarks[name, "salience"] = "nothing is known; edit"
    return Party(
        name,
        position=Estimate(LOW, (HIGH - LOW) * SHARES["position"]),
        capability=Estimate(1.0, SHARES["capability"]),
        salience=Estimate(1.0, SHARES["salience"]),
        source="assumed: it is what the others speak of",
        statements=tuple(stmt.id for stmt in about),
    )


def _with_capability(
    party: Party,
    names: Gazetteer,
    day: date,
    table: CapabilityTable | None,
    remarks: dict[tuple[str, str], str],
) -> Party:
    found = _known(party.name, names, day, table)
    if found is None or table is None:
        where = "" if table is None else f" in {table.file}"
        remarks[party.name, "capability"] = f"no capability is known{where}; edit"
        return party
    remarks[party.name, "capability"] = f"cinc of {found.year}, {table.file} row {found.row}"
    capability = Estimate(found.cinc, found.cinc * SHARES["capability"])
    return Party(party.name, party.position, capability, party.salience, party.source, party.statements)


def _known(name: str, names: Gazetteer, day: date, table: CapabilityTable | None) -> Capability | None:
    if table is None:
        return None
    codes = names.codes_of(name, day, day)
    by_number = table.by_number.get(codes.get("cow", "").lstrip("0"))
    return by_number or table.by_letters.get(codes.get("cowabb", ""))
