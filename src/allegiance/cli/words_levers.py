"""The sentences and tables of `allegiance levers`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegiance.analysis.levers_answer import change_words, check_words, cost_words, number, units_of

if TYPE_CHECKING:
    from pathlib import Path

    from rich.table import Table

    from allegiance.analysis.levers_answer import Levers
    from allegiance.model import Result

TITLE = "What would make the coalition hold?"
SEARCHING = "searching for the cheapest change"
MOST_CHANGES = 40
MOST_STATEMENTS = 3


def progress(cost: float, bound: float) -> str:
    """Word how far the search has come."""
    return f"{SEARCHING}: costs {cost:g}, at least {bound:g}"


def changes(found: Levers) -> Table:
    """Return the ties that have to change as a table."""
    from rich.table import Table  # noqa: PLC0415 - off the start-up path
    from rich.text import Text  # noqa: PLC0415

    table = Table(header_style="bold")
    for column in ("Tie", "now", "then", "has to", "cost", "today's statements"):
        table.add_column(column, overflow="fold")
    levers = found.levers or ()
    for lever in levers[:MOST_CHANGES]:
        told = ", ".join(lever.statements[:MOST_STATEMENTS])
        more = len(lever.statements) - MOST_STATEMENTS
        table.add_row(
            Text(f"{lever.a} - {lever.b}"),
            f"{units_of(lever.before):g}",
            f"{units_of(lever.after):g}",
            change_words(lever),
            f"{number(lever.cost):g}",
            Text(told + (f" and {more:,} more" if more > 0 else "")),
        )
    if len(levers) > MOST_CHANGES:
        table.caption = f"The {MOST_CHANGES} dearest of {len(levers):,}; --json has all."
    return table


def summary(result: Result[Levers], case: Path) -> str:
    """Word cost, proof, check, who profits, and where to read on."""
    found = result.value
    lines = [cost_words(result), check_words(found)]
    if found.levers:
        told = next((lever for lever in found.levers if lever.statements), None)
        if told is not None and not told.statements[0].startswith("row "):
            lines.append(f'Next: allegiance explain {case} "{told.a},{told.b}"')
    return "\n".join(filter(None, lines))
