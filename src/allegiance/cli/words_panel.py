"""The sentences and tables of `allegiance actors` and `allegiance panel`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegiance.model import units

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rich.table import Table

    from allegiance.case.panels import ActorUse
    from allegiance.exchange.panel import Panel

MOST_ACTORS = 60


def actor_table(uses: Sequence[ActorUse]) -> Table:
    """Return the heaviest actors as a table."""
    from rich.table import Table  # noqa: PLC0415 - off the start-up path
    from rich.text import Text  # noqa: PLC0415

    table = Table(header_style="bold")
    for column in ("actor", "kind", "statements", "weight", "parts"):
        table.add_column(column, overflow="fold")
    for use in uses[:MOST_ACTORS]:
        parts = f"+{units(use.positive)} -{units(use.negative)}"
        cells = (
            use.name,
            use.kind or "not known",
            f"{use.statements:,}",
            f"{units(use.positive + use.negative)}",
            parts,
        )
        table.add_row(*(Text(cell) for cell in cells))  # Text: square brackets in names are no markup
    if len(uses) > MOST_ACTORS:
        table.add_row(f"... and {len(uses) - MOST_ACTORS:,} more", "(--json lists all)", "", "", "")
    return table


def actors_summary(uses: Sequence[ActorUse]) -> str:
    """Word how many actors are not known, and how much of all weight is theirs."""
    unknown = [use for use in uses if not use.known]
    total = sum(use.positive + use.negative for use in uses)
    share = sum(use.positive + use.negative for use in unknown) / total if total else 0
    return f"{len(uses):,} actors; {len(unknown):,} are not known by name, with {share:.0%} of the weight."


def panel_written(path: Path, codebook: Path, made: Panel) -> str:
    """Say what was written, and what is not in it."""
    undated = f" {made.undated:,} statements without a date are in no row." if made.undated else ""
    return f"Wrote {len(made.rows):,} rows to {path} and what its columns mean to {codebook}.{undated}"


def counted(once: str) -> str:
    """Word how statements counted, for the code book of a panel."""
    return {
        "statement": "each statement that is asserted and not negated counts whole",
        "story": "each statement that is asserted and not negated counts whole; of texts that are copies, one",
        "event": "statements of the same actor, act, target, weight and days count once",
        "source": "statements of the same actor, act, target, weight and days count once for each source",
    }[once]
