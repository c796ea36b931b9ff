"""The sentences and tables of `allegiance compare`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegiance.analysis.compare_answer import MOST_DRAWN, coalition_words, difference_words
from allegiance.model import units

if TYPE_CHECKING:
    from rich.table import Table

    from allegiance.analysis.compare_answer import Comparison
    from allegiance.model import Result

MOST_TIES = 25


def ties(found: Comparison) -> Table:
    """Return the ties that differ most."""
    from rich.table import Table  # noqa: PLC0415 - off the start-up path
    from rich.text import Text  # noqa: PLC0415

    table = Table(header_style="bold")
    for column in ("Tie", *found.names, "difference", "kind", "statements"):
        table.add_column(Text(column), overflow="fold")
    told = found.differences.ties
    for tie in told[:MOST_TIES]:
        table.add_row(
            Text(f"{tie.a} - {tie.b}"),
            _weight(tie.first),
            _weight(tie.second),
            f"{units(tie.difference):+}",
            tie.kind,
            f"{len(tie.first_statements):,} and {len(tie.second_statements):,}",
        )
    if len(told) > MOST_TIES:
        table.caption = f"The {MOST_TIES} that differ most of {len(told):,}; --json has all."
    return table


def coalitions(found: Comparison) -> Table:
    """Return both splits of the shared actors side by side, those who stand elsewhere bold."""
    from rich.table import Table  # noqa: PLC0415 - off the start-up path
    from rich.text import Text  # noqa: PLC0415

    table = Table(header_style="bold")
    table.add_column("")
    for name in found.names:
        table.add_column(Text(name), overflow="fold")
    moved = set(found.moved)
    for number in sorted({one for pair in found.numbers.values() for one in pair}):
        cells = []
        for side in (0, 1):
            text = Text()
            for actor, numbers in found.numbers.items():
                if numbers[side] == number:
                    text.append(", " if text else "")
                    text.append(actor, style="bold" if actor in moved else "")
            cells.append(text)
        table.add_row(f"C{number + 1}", *cells)
    return table


def summary(result: Result[Comparison]) -> str:
    """Word why the two differ and whether their coalitions do."""
    found = result.value
    lines = [difference_words(found), coalition_words(found)]
    for name, only in zip(found.names, found.only, strict=True):
        if only:
            lines.append(
                f"Only {name} has ties of {len(only):,} actors, who are left out of the comparison of coalitions."
            )
    if not result.proved:
        lines.append("At least one of the two splits is not proved best; a search was stopped.")
    return "\n".join(lines)


def evidence(result: Result[Comparison]) -> list[str]:
    """Return the ids of the statements behind the ties that differ most."""
    return [
        stmt
        for tie in result.value.differences.ties[:MOST_DRAWN]
        for stmt in (*tie.first_statements, *tie.second_statements)
    ]


def _weight(tenths: int | None) -> str:
    return "" if tenths is None else f"{units(tenths)}"
