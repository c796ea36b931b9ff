"""Networks from whatever a user names: a case, a lake, or an edge list without a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from allegiance.case.case import Case
from allegiance.errors import DataError, NoRelationError, UnknownNameError, UsageError
from allegiance.events import period as period_of
from allegiance.events import read_edges
from allegiance.network import Contributions, SignedNetwork
from allegiance.network.contributions import days_of
from allegiance.store import is_sqlite

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

    from numpy.typing import NDArray

    from allegiance.events import EdgeTable
    from allegiance.network import CountingPolicy
    from allegiance.store import StatementFilter


def open_network(
    path: Path, wanted: StatementFilter, policy: CountingPolicy | None = None, *, period: str | None = None
) -> tuple[SignedNetwork, list[DataError]]:
    """Return the network of a case, of a lake, or of a signed edge list, and one error for each row that is broken.

    Args:
        path: a case file, the folder of a lake, or a table ``source,target,weight[,period]``.
        wanted: which statements; an edge list has no sources, only periods.
        policy: how statements count; every row of an edge list counts whole.
        period: only this period of an edge list, as its fourth column spells it.

    Raises:
        UsageError: the file isn't there, or an edge list is asked for what it doesn't have.
        DataError: the file is neither a case nor an edge list.
    """
    if _is_case(path, period):
        if path.is_dir():
            return _lakes().lake_network(path, wanted, policy), []
        with Case(path) as case:
            return case.network(wanted, policy), []
    table, keep, broken = _edges(path, wanted, period)
    return network_of_edges(table, keep), broken


def open_counted(
    path: Path, wanted: StatementFilter, policy: CountingPolicy | None = None, *, period: str | None = None
) -> tuple[SignedNetwork, Contributions | None, list[DataError]]:
    """Return a network as `open_network` does, and the statements of a case one by one; None of a lake or an edge list."""
    if _is_case(path, period) and not path.is_dir():
        counted, problems = open_contributions(path, wanted, policy, period=period)
        return counted.network(), counted, problems
    net, problems = open_network(path, wanted, policy, period=period)
    return net, None, problems


def open_contributions(
    path: Path, wanted: StatementFilter, policy: CountingPolicy | None = None, *, period: str | None = None
) -> tuple[Contributions, list[DataError]]:
    """Return the counted statements of a case, or the rows of an edge list, one by one; else as `open_network`."""
    if _is_case(path, period):
        if path.is_dir():
            return _lakes().lake_contributions(path, wanted, policy), []
        with Case(path) as case:
            return case.contributions(wanted, policy), []
    table, keep, broken = _edges(path, wanted, period)
    rows = np.arange(len(table.a)) if keep is None else np.flatnonzero(keep)
    spelled = table.period or ("",) * len(table.a)
    dates = {one: period_of(one) for one in set(spelled)}
    first, last = days_of([dates[spelled[row]] for row in rows.tolist()])
    counted = Contributions(
        table.names,
        table.a[rows].astype(np.int64),
        table.b[rows].astype(np.int64),
        table.tenths[rows],
        table.row[rows],
        None,
        table.row[rows],
        first,
        last,
        prefix="row ",
    )
    return counted, broken


def _lakes() -> ModuleType:
    """Return the door to lakes, which cases do without."""
    from allegiance.case import lakes  # noqa: PLC0415 - off the start-up path

    return lakes


def _is_case(path: Path, period: str | None) -> bool:
    if not path.exists():
        raise UsageError(f"There is no file {path}; name a case, or a CSV with source,target,weight.")
    case = path.is_dir() or is_sqlite(path)
    if case and period is not None:
        raise UsageError("--period is for edge lists; ask a case with --since and --until.")
    return case


def _edges(
    path: Path, wanted: StatementFilter, period: str | None
) -> tuple[EdgeTable, NDArray[np.bool_] | None, list[DataError]]:
    """Return an edge list, which of its rows are wanted, and one error for each row that is broken."""
    if wanted.source is not None:
        raise UsageError(
            f"{path.name} is an edge list and names no sources; leave --source out, or add it to a case."
        )
    table = read_edges(path)
    # A tie of an actor with itself tells nothing about sides; it is no fault of the file.
    broken: list[DataError] = [row for row in table.problems if not isinstance(row, NoRelationError)]
    if table.rounded and not table.tenths.any():
        raise DataError(
            f"Every weight of {path.name} is 0 once it is rounded to tenths, in which weights count; multiply them all, "
            "by 1000 for instance."
        )
    if not len(table.a) and broken:
        raise DataError(f"No row of {path.name} could be used; the first: {broken[0]}")
    return table, _in_slice(path, table, wanted, period), broken


def network_of_edges(table: EdgeTable, keep: NDArray[np.bool_] | None = None) -> SignedNetwork:
    """Add up the rows of an edge list (those in `keep`, shape (rows,)); actors are those that the rows name."""
    rows = np.arange(len(table.a)) if keep is None else np.flatnonzero(keep)
    present, number = np.unique(np.concatenate([table.a[rows], table.b[rows]]), return_inverse=True)
    return SignedNetwork.from_arrays(
        tuple(table.names[i] for i in present.tolist()),
        number[: len(rows)],
        number[len(rows) :],
        table.tenths[rows],
        ids=table.row[rows],
        prefix="row ",
    )


def _in_slice(
    path: Path, table: EdgeTable, wanted: StatementFilter, period: str | None
) -> NDArray[np.bool_] | None:
    if period is None and wanted.since is None and wanted.until is None:
        return None
    if table.period is None:
        raise UsageError(f"{path.name} has no column of periods; leave --period, --since and --until out.")
    spelled = set(table.period)
    if period is not None and period not in spelled:
        raise UnknownNameError("period", period, spelled, where=path.name)
    chosen = {one for one in spelled if period in (None, one) and _overlaps(one, wanted)}
    return np.fromiter((one in chosen for one in table.period), dtype=np.bool_, count=len(table.period))


def _overlaps(spelled: str, wanted: StatementFilter) -> bool:
    if wanted.since is None and wanted.until is None:
        return True
    interval = period_of(spelled)
    return interval is not None and interval.overlaps(wanted.since, wanted.until)
