"""Who belongs to which bloc in a case, and the rows of its statements with members in the place of blocs."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from allegiance.case.retold import drawn_by_story, each_story_once
from allegiance.naming.judgements import Judgements
from allegiance.network.blocs import expanded
from allegiance.network.counting import STORY, CountingPolicy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from typing import Any

    from allegiance.network.blocs import Members
    from allegiance.store import CaseFile, History, StatementFilter


def counting_rows(
    file: CaseFile, wanted: StatementFilter, policy: CountingPolicy | None
) -> Iterable[tuple[Any, ...]]:
    """Return the rows that add up to ties under a policy: dated only where that makes a difference, since they take longer."""
    policy = policy or CountingPolicy()
    if policy.by_day or policy.blocs or (policy.once == STORY and file.has_texts()):
        return _expanded(file, each_story_once(file, file.dated_rows(wanted), policy), policy)
    return file.counting_rows(wanted)


def dated_rows(
    file: CaseFile, wanted: StatementFilter, policy: CountingPolicy | None
) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of `CaseFile.dated_rows` as the policy has them: a story told once, blocs expanded.

    Where a text has copies, its story stands in its place.
    """
    policy = policy or CountingPolicy()
    rows = file.dated_rows(wanted)
    if file.has_texts():
        rows = drawn_by_story(file, each_story_once(file, rows, policy))
    return _expanded(file, rows, policy)


def _expanded(
    file: CaseFile, rows: Iterable[tuple[Any, ...]], policy: CountingPolicy
) -> Iterator[tuple[Any, ...]]:
    return expanded(rows, policy, members_of(file.history())) if policy.blocs else iter(rows)


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
