"""Rows of a lake added up to ties: written once in Narwhals, for whichever engine holds the rows.

How an engine is started and where its rows come from lives in `engines`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw

from allegiance.errors import UnknownNameError

if TYPE_CHECKING:
    from datetime import date

BY = ("source", "month", "year", "dataset", "act")
PAIR = ("actor", "target")
SUMS = ("positive", "negative", "count", "outlets")


@dataclass(frozen=True, slots=True)
class TieQuery:
    """Which rows are added up, and by what besides actor and target.

    Attributes:
        by: any of `BY`.
        since: first day; a row of several days counts when one of them is wanted.
        until: last day.
        source: only this source or outlet.
    """

    by: tuple[str, ...] = ("source", "month")
    since: date | None = None
    until: date | None = None
    source: str | None = None

    def __post_init__(self) -> None:
        """Refuse columns that rows aren't added up by.

        Raises:
            UnknownNameError: `by` names one.
        """
        for name in self.by:
            if name not in BY:
                raise UnknownNameError("column to add up by", name, BY)

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns whose combinations are the rows of the answer, in its order."""
        return (*(name for name in BY if name in self.by), *PAIR)

    @property
    def yearly(self) -> bool:
        """Whether no row of the answer spans two years."""
        return "month" in self.by or "year" in self.by


def wanted_rows(rows: nw.LazyFrame[Any], query: TieQuery) -> nw.LazyFrame[Any]:
    """Keep the rows that bring something to a tie, in the days and from the source asked for."""
    kept = rows.filter(nw.col("tenths") != 0)
    if query.since is not None:
        kept = kept.filter(nw.col("last") >= query.since)
    if query.until is not None:
        kept = kept.filter(nw.col("date") <= query.until)
    if query.source is not None:
        kept = kept.filter((nw.col("source") == query.source) | (nw.col("outlet") == query.source))
    return kept


def ties(rows: nw.LazyFrame[Any], query: TieQuery) -> nw.LazyFrame[Any]:
    """Add up rows of a lake to ties.

    Args:
        rows: a frame of any engine with the columns of a lake.
        query: which rows, and by what.

    Returns:
        A frame with the query's keys and, as 64-bit integers: positive and negative (tenths, both at least 0), count
        (rows) and outlets (different ones).
    """
    keys = query.keys
    tenths = nw.col("tenths")
    zero = nw.lit(0, nw.Int64)
    # Outlet by outlet first: counting those of a tie is then counting rows, half the work of counting distinct values.
    by_outlet = (
        wanted_rows(rows, query)
        .group_by(*keys, "outlet")
        .agg(
            nw.when(tenths > 0).then(tenths).otherwise(zero).sum().cast(nw.Int64).alias("positive"),
            nw.when(tenths < 0).then(-tenths).otherwise(zero).sum().cast(nw.Int64).alias("negative"),
            nw.len().cast(nw.Int64).alias("count"),
        )
    )
    return by_outlet.group_by(*keys).agg(
        *(nw.col(name).sum().cast(nw.Int64) for name in SUMS[:-1]), nw.len().cast(nw.Int64).alias("outlets")
    )
