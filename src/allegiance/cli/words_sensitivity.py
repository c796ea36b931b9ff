"""The sentences and tables of `allegiance sensitivity`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegiance.analysis.sensitivity_answer import MOST_DRAWN, change_words, standing_words
from allegiance.model import units

if TYPE_CHECKING:
    from rich.table import Table

    from allegiance.analysis.sensitivity_answer import Sensitivity
    from allegiance.model import Result

MOST_TIES = 25
MOST_NAMES = 6


def progress(done: int, total: int) -> str:
    """Word how far the search has come."""
    return f"turning one tie after the other: {done:,} of {total:,}"


def ranges(found: Sensitivity) -> Table:
    """Return the ties with the least slack."""
    from rich.table import Table  # noqa: PLC0415 - off the start-up path
    from rich.text import Text  # noqa: PLC0415

    table = Table(header_style="bold")
    for column in (
        "Tie",
        "weight",
        "stand",
        "slack",
        "other coalitions are better once it",
        "then elsewhere",
    ):
        table.add_column(column, overflow="fold")
    for one in found.ranges[:MOST_TIES]:
        more = f" and {len(one.moved) - MOST_NAMES:,} more" if len(one.moved) > MOST_NAMES else ""
        table.add_row(
            Text(f"{one.a} - {one.b}"),
            f"{units(one.weight)}",
            "together" if one.together else "apart",
            "" if one.slack is None else f"{units(one.slack)}",
            change_words(one),
            Text(", ".join(one.moved[:MOST_NAMES]) + more),
        )
    if len(found.ranges) > MOST_TIES:
        table.caption = f"The {MOST_TIES} with the least slack of {len(found.ranges):,}; --json has all."
    return table


def summary(result: Result[Sensitivity]) -> str:
    """Word how firm the answer is."""
    split = result.value.split
    bound = int(split.lower_bound or 0)
    proof = "proved" if split.proved else f"not proved, at least {units(bound)}"
    return f"The split violates {units(split.value.frustration)} ({proof}).\n{standing_words(result.value)}"


def evidence(result: Result[Sensitivity]) -> list[str]:
    """Return the ids of the statements behind the ties with the least slack."""
    return [stmt for one in result.value.ranges[:MOST_DRAWN] for stmt in one.statements]
