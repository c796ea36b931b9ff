"""Scenarios of a case: kept in its history, offered from what its texts make conditional, asked of its networks."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from allegiance.case.case import Case
from allegiance.case.networks import open_network
from allegiance.errors import DataError, UnknownNameError, UsageError
from allegiance.exchange.scenario_file import parse_scenarios, read_scenarios, write_scenarios
from allegiance.model import Modality, TextEvidence
from allegiance.model.scenario import Scenario, Step, StepKind
from allegiance.store import is_sqlite

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from allegiance.model import Statement
    from allegiance.network import CountingPolicy, SignedNetwork
    from allegiance.store import Event, StatementFilter

_MARK = re.compile(
    r"^(if|unless|should|had|were|as long as|provided(?: that)?|once|when|in case|so long as)\b\s*",
    re.IGNORECASE,
)
_FORBIDDING = ("unless",)
_EDGES = re.compile(r"^\W+|\W+$")


def scenarios_of(case: Case) -> list[Scenario]:
    """Return the scenarios that are kept in the case, in the order in which they were first added."""
    return [one for name, text in case.history().scenarios.items() for one in parse_scenarios(text, name)]


def keep_scenarios(case: Case, path: Path) -> list[Scenario]:
    """Keep the scenarios of a TOML file in the case, each in the place of an older one of its name.

    Raises:
        UsageError: there is no such file.
        DataError: a scenario can't be used; says where. Then none is kept.
    """
    found = read_scenarios(path)
    for scenario in found:
        case.keep_scenario(scenario.name, write_scenarios([scenario]))
    return found


def drop_scenario(case: Case, name: str) -> Event:
    """Take a scenario out of the case.

    Raises:
        UnknownNameError: it has none such.
    """
    known = case.history().scenarios
    if name not in known:
        raise UnknownNameError("scenario", name, known, where=str(case.path))
    return case.keep_scenario(name, "")


def named_scenarios(path: Path, named: Sequence[str]) -> list[Scenario]:
    """Return scenarios by what a user calls them: the name of one kept in the case at `path`, or a file with some.

    Raises:
        UnknownNameError: neither the one nor the other.
        DataError: a file can't be used.
    """
    kept: dict[str, Scenario] = {}
    if path.is_file() and is_sqlite(path):
        with Case(path) as case:
            kept = {one.name: one for one in scenarios_of(case)}
    found: list[Scenario] = []
    for name in named:
        if name in kept:
            found.append(kept[name])
        elif Path(name).is_file():
            found += read_scenarios(Path(name))
        elif name.endswith(".toml"):
            raise UsageError(f"There is no file {name}.")
        else:
            raise UnknownNameError("scenario", name, kept, where=str(path))
    return found


def network_without(
    path: Path, wanted: StatementFilter, policy: CountingPolicy | None = None, *, period: str | None = None
) -> tuple[Callable[[frozenset[str]], SignedNetwork], list[DataError]]:
    """Return a function that gives the network of `path` without what some sources say, and one error for each broken row.

    Raises (the function): UsageError where sources aren't known (an edge list, a lake); UnknownNameError for a source that the
    case doesn't have. Else as `open_network`.
    """
    now, problems = open_network(path, wanted, policy, period=period)

    def network_of(sources: frozenset[str]) -> SignedNetwork:
        if not sources:
            return now
        if path.is_dir() or not is_sqlite(path):
            raise UsageError(
                f"Only a case knows who says what; {path.name} is none, so nothing in it can be disbelieved."
            )
        with Case(path) as case:
            for source in sorted(sources):
                case.check_names(source=source)
            return case.network(replace(wanted, without=tuple(sorted(sources))), policy)

    return network_of, problems


def named_in(path: Path) -> frozenset[str]:
    """Return all actors of whom the case at `path` has statements, counted or not; of an edge list or a lake none."""
    if path.is_dir() or not is_sqlite(path):
        return frozenset()
    with Case(path) as case:
        return frozenset(case.actor_names())


def offered(case: Case, wanted: StatementFilter | None = None) -> list[Scenario]:
    """Return a scenario for each condition that texts of the case state, with what they say would follow.

    "If the incident repeats, cooperation would shrink" becomes "the incident repeats" with a step against the tie;
    "unless it repeats, they share intelligence" becomes "not: it repeats" with a step for it. Steps are proposals: they
    weigh what the statement weighs, and are there to be edited.
    """
    steps: dict[str, list[Step]] = {}
    for stmt in case.statements(wanted):
        condition = dict(stmt.qualifiers).get("condition", "")
        if stmt.modality is not Modality.CONDITIONAL or not condition or stmt.actor == stmt.target:
            continue
        name, step = _condition_name(condition), _step_of(stmt)
        if name and step is not None and step not in steps.setdefault(name, []):
            steps[name].append(step)
    return [
        Scenario(name, tuple(found), "Offered from texts; edit it.") for name, found in steps.items() if found
    ]


def _condition_name(condition: str) -> str:
    bare = _EDGES.sub("", condition)
    mark = _MARK.match(bare)
    # What stands behind a comma is mostly what would follow; the name is there to be edited.
    words = _EDGES.sub("", bare[mark.end() if mark else 0 :].partition(", ")[0])
    return f"not: {words}" if mark and mark[1].lower() in _FORBIDDING else words


def _step_of(stmt: Statement) -> Step | None:
    # What is promised and would end counts against the tie; an attack that would not happen for nothing.
    sign = (-1 if stmt.polarity > 0 else 0) if stmt.negated else stmt.polarity
    if not sign or not stmt.weight:
        return None
    return Step(
        StepKind.AGREEMENT if sign > 0 else StepKind.INCIDENT,
        (stmt.actor, stmt.target),
        sign * stmt.weight,
        because=f"{stmt.source}: {_quote(stmt)}",
        statements=(stmt.id,),
    )


def _quote(stmt: Statement) -> str:
    return stmt.evidence.quote if isinstance(stmt.evidence, TextEvidence) else stmt.evidence.row
