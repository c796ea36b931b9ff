"""Rows of a lake added up to ties: written once in Narwhals, for whichever engine holds the rows.

How an engine is started and where its rows come from lives in `engines`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw

from allegiance.errors import UnknownNameError
from allegiance.lake.row import ATTITUDE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

BY = ("source", "month", "year", "dataset", "act")
PAIR = ("actor", "target")
SUMS = ("positive", "negative", "count", "outlets")


WHOLE = 100


@dataclass(frozen=True, slots=True)
class Weighing:
    """How rows count, where it isn't plain assertions only.

    Attributes:
        shares: hundredths, with sign, that a row brings, by (modality, whether negated, whether a judgement of the
            speaker's own); what isn't named brings nothing.
        least_confidence: rows below it bring nothing.
        once: "event", so that dated rows of the same actor, act, target, sign, weight and days count once; "source", so
            that they do so for each source; or empty.
    """

    shares: Mapping[tuple[str, bool, bool], int]
    least_confidence: float = 0.0
    once: str = ""

    def amount(self) -> nw.Expr:
        """Return what a row brings: signed tenths times `WHOLE`."""
        share = nw.lit(0, nw.Int64)
        for (modality, negated, attitude), hundredths in self.shares.items():
            judged = nw.col("act") == ATTITUDE
            these = (
                (nw.col("modality") == modality)
                & (nw.col("negated") if negated else ~nw.col("negated"))
                & (judged if attitude else ~judged)
            )
            share = nw.when(these).then(nw.lit(hundredths, nw.Int64)).otherwise(share)
        sure = nw.col("confidence") >= self.least_confidence
        counted = nw.col("polarity").cast(nw.Int64) * nw.col("weight") * share
        return nw.when(sure).then(counted).otherwise(nw.lit(0, nw.Int64))


@dataclass(frozen=True, slots=True)
class TieQuery:
    """Which rows are added up, and by what besides actor and target.

    Attributes:
        by: any of `BY`.
        since: first day; a row of several days counts when one of them is wanted.
        until: last day.
        source: only this source, outlet or speaker.
        without: sources, outlets and speakers none of whose rows are wanted.
        weighing: how rows count; None for plain assertions, each with its whole weight.
    """

    by: tuple[str, ...] = ("source", "month")
    since: date | None = None
    until: date | None = None
    source: str | None = None
    without: tuple[str, ...] = ()
    weighing: Weighing | None = None

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

    @property
    def amount(self) -> nw.Expr:
        """What a row brings to its tie: signed tenths times `divisor`."""
        return nw.col("tenths") if self.weighing is None else self.weighing.amount()

    @property
    def divisor(self) -> int:
        """What sums are divided by to be tenths."""
        return 1 if self.weighing is None else WHOLE


def wanted_rows(rows: nw.LazyFrame[Any], query: TieQuery) -> nw.LazyFrame[Any]:
    """Keep the rows that bring something to a tie, in the days and from the source asked for; `amount` is what they bring."""
    kept = rows.with_columns(amount=query.amount).filter(nw.col("amount") != 0)
    if query.since is not None:
        kept = kept.filter(nw.col("last") >= query.since)
    if query.until is not None:
        kept = kept.filter(nw.col("date") <= query.until)
    if query.source is not None:
        kept = kept.filter(_said_by(query.source))
    for name in query.without:
        kept = kept.filter(~_said_by(name))
    if query.weighing is not None and query.weighing.once:
        kept = _once(kept, query.weighing.once)
    return kept


def _said_by(name: str) -> nw.Expr:
    return (nw.col("source") == name) | (nw.col("outlet") == name) | (nw.col("speaker") == name)


def _once(rows: nw.LazyFrame[Any], once: str) -> nw.LazyFrame[Any]:
    """Keep the first of dated rows that tell the same; nobody knows whether undated ones tell of one event."""
    place = nw.concat_str(nw.col("file"), nw.col("row"), separator="\x1f")
    alone = nw.when(nw.col("date").is_null()).then(place).otherwise(nw.lit(""))
    same = ["actor", "act", "target", "polarity", "weight", "modality", "negated", "date", "last", "alone"]
    holder = ["source", "outlet", "speaker"]
    told = same + holder if once == "source" else same
    return rows.with_columns(alone=alone).unique(told, keep="first", order_by=[*holder, "file", "row"])


def ties(rows: nw.LazyFrame[Any], query: TieQuery) -> nw.LazyFrame[Any]:
    """Add up rows of a lake to ties.

    Args:
        rows: a frame of any engine with the columns of a lake.
        query: which rows, and by what.

    Returns:
        A frame with the query's keys and, as 64-bit integers: positive and negative (tenths times the query's divisor,
        both at least 0), count (rows) and outlets (different ones).
    """
    return add_up(wanted_rows(rows, query), query)


def add_up(rows: nw.LazyFrame[Any], query: TieQuery) -> nw.LazyFrame[Any]:
    """Add up rows that are wanted, whatever stands for their names; see `ties`."""
    keys = query.keys
    amount, zero = nw.col("amount"), nw.lit(0, nw.Int64)
    # Outlet by outlet first: counting those of a tie is then counting rows, half the work of counting distinct values.
    by_outlet = rows.group_by(*keys, "outlet").agg(
        nw.when(amount > 0).then(amount).otherwise(zero).sum().cast(nw.Int64).alias("positive"),
        nw.when(amount < 0).then(-amount).otherwise(zero).sum().cast(nw.Int64).alias("negative"),
        nw.len().cast(nw.Int64).alias("count"),
    )
    return by_outlet.group_by(*keys).agg(
        *(nw.col(name).sum().cast(nw.Int64) for name in SUMS[:-1]), nw.len().cast(nw.Int64).alias("outlets")
    )
