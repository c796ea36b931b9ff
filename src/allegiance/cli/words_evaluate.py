"""The sentences and tables of `allegiance evaluate`."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from rich.table import Table

    from allegiance.evaluation import Evaluation

READING = "reading"


def scores(found: Evaluation) -> Table:
    """Return the measures as a table."""
    from rich.table import Table  # noqa: PLC0415 - off the start-up path
    from rich.text import Text  # noqa: PLC0415

    from allegiance.evaluation.page import cells, columns  # noqa: PLC0415

    table = Table(header_style="bold")
    for column in columns(found):
        table.add_column(
            column, overflow="fold", justify="right" if column in ("right", "read", "gold") else "left"
        )
    for one in found.scores:
        row = cells(found, one)
        table.add_row(*(Text(f"{cell:,}" if isinstance(cell, int) else cell) for cell in row))
    return table


def counted(found: Evaluation) -> str:
    """Word how much was scored, left out and wrong."""
    lines = [f"{found.examples:,} examples, {found.scored:,} scored, {len(found.outputs):,} relations read."]
    lines += [f"  left out: {count:,}, {reason}" for reason, count in found.skipped.items()]
    kinds = Counter(error.kind for error in found.errors).most_common()
    if kinds:
        lines.append("Errors: " + ", ".join(f"{count:,} {kind}" for kind, count in kinds) + ".")
    return "\n".join(lines)


def sample_written(path: Path, number: int) -> str:
    """Word that a sample waits for verdicts."""
    return f"{path}: {number:,} relations to judge. Write yes or no under verdict, then give it with --judged {path}"


def title(found: Evaluation, path: Path) -> str:
    """Return the headline of the page."""
    return f"How {found.reader} reads {path.name} ({found.data})"
