"""Who belongs to which bloc in a case, and the rows of its statements with members in the place of blocs."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from allegiance.naming.judgements import Judgements
from allegiance.network.blocs import expanded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from typing import Any

    from allegiance.network import CountingPolicy
    from allegiance.network.blocs import Members
    from allegiance.store import CaseFile, History, StatementFilter


def counting_rows(
    file: CaseFile, wanted: StatementFilter, policy: CountingPolicy | None
) -> Iterable[tuple[Any, ...]]:
    """Return the rows that add up to ties under a policy: dated only where it asks for days, since they take longer."""
    dated = policy is not None and (policy.once or policy.blocs)
    return dated_rows(file, wanted, policy) if dated else file.counting_rows(wanted)


def dated_rows(
    file: CaseFile, wanted: StatementFilter, policy: CountingPolicy | None
) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of `CaseFile.dated_rows`, blocs expanded as the policy has it."""
    rows = file.dated_rows(wanted)
    if policy is None or not policy.blocs:
        return iter(rows)
    return expanded(rows, policy, members_of(file.history()))


def members_of(history: History) -> Members:
    """Return who belongs to a bloc from one day to another, by the tables, under the names that the case shows."""
    from allegiance.case.judging import known_names  # noqa: PLC0415 - off the start-up path

    names = known_names(history)
    folded = Judgements.fold(history.judgements)

    @cache  # the same few blocs on the same few days, in every statement about them
    def members(group: str, first: date, last: date) -> tuple[str, ...]:
        found = {
            folded.name_of(member)
            for part in folded.parts(group)
            for member in set(names.members(part, first)) & set(names.members(part, last))
        }
        return tuple(sorted(found))

    return members
