"""The two things that a comparison is about: two files, two sources of one case, or two times."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from allegiance.analysis.differences import Telling
from allegiance.case.case import Case
from allegiance.case.networks import open_contributions
from allegiance.errors import DataError, UsageError
from allegiance.model import DateInterval
from allegiance.store import is_sqlite

if TYPE_CHECKING:
    from pathlib import Path

    from allegiance.network import CountingPolicy
    from allegiance.store import StatementFilter


def tellings(
    first: Path,
    second: Path | None,
    wanted: StatementFilter,
    policy: CountingPolicy | None = None,
    *,
    sources: tuple[str, str] | None = None,
    periods: tuple[str, str] | None = None,
) -> tuple[tuple[Telling, Telling], list[DataError]]:
    """Return what is to be compared, and one error for each row of an edge list that is broken.

    Args:
        first: a case, a lake or an edge list.
        second: another, or None where sources or periods of the first are compared.
        wanted: which statements of both.
        policy: how statements count.
        sources: two outlets, data sets or speakers of the first.
        periods: two times: periods as an edge list spells them, or dates of a case such as ``2031-04``.

    Raises:
        UsageError: none or more than one of `second`, `sources` and `periods`; the same thing twice; a source or period that
            isn't there.
        DataError: a file is neither a case nor an edge list.
    """
    ways = [second, sources, periods]
    if sum(way is not None for way in ways) != 1:
        raise UsageError(
            "Say what to compare with: a second case or edge list, or --sources A B, or --periods A B; one of the three."
        )
    if sources is not None:
        _check_two(sources, "sources")
        if wanted.source is not None:
            raise UsageError("--source and --sources exclude each other; leave --source out.")
        found = [_open(first, replace(wanted, source=source), policy, source) for source in sources]
    elif periods is not None:
        _check_two(periods, "periods")
        if wanted.since is not None or wanted.until is not None:
            raise UsageError("--periods and --since or --until exclude each other; leave the latter out.")
        found = [_of_period(first, period, wanted, policy) for period in periods]
    elif second is not None:
        if first.exists() and second.exists() and first.samefile(second):
            raise UsageError(
                f"Both files are {first.name}; compare its sources with --sources A B, or its times with --periods A B."
            )
        stems = (first.stem, second.stem)
        titles = stems if stems[0] != stems[1] else (str(first), str(second))
        found = [
            _open(path, wanted, policy, title) for path, title in zip((first, second), titles, strict=True)
        ]
    (one, problems), (two, more) = found
    return (one, two), [*problems, *more]


def _check_two(names: tuple[str, str], what: str) -> None:
    if names[0] == names[1]:
        raise UsageError(f"Both {what} are {names[0]!r}; name two different ones.")


def _of_period(
    path: Path, period: str, wanted: StatementFilter, policy: CountingPolicy | None
) -> tuple[Telling, list[DataError]]:
    if path.is_file() and not is_sqlite(path):
        return _open(path, wanted, policy, period, period=period)
    try:
        days = DateInterval.parse(period)
    except DataError as wrong:
        raise UsageError(str(wrong)) from wrong  # a date in the call is the caller's, not the data's
    return _open(path, replace(wanted, since=days.first, until=days.last), policy, period)


def _open(
    path: Path,
    wanted: StatementFilter,
    policy: CountingPolicy | None,
    title: str,
    *,
    period: str | None = None,
) -> tuple[Telling, list[DataError]]:
    counted, problems = open_contributions(path, wanted, policy, period=period)
    acts = None
    if path.is_file() and is_sqlite(path):
        with Case(path) as case:
            acts = {stmt.id: stmt.act for stmt in case.statements(wanted)}
    return Telling(title, counted, acts), problems
