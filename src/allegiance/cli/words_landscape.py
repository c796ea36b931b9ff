"""The sentences and tables of `allegiance landscape`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegiance.analysis.landscape_answer import landscape_words

if TYPE_CHECKING:
    from rich.table import Table

    from allegiance.analysis.landscape_answer import Landscape

STARTING = "running down from random configurations"
MOST_MINIMA = 20


def minima(found: Landscape) -> Table:
    """Return the minima, the deepest first."""
    from rich.table import Table  # noqa: PLC0415 - off the start-up path
    from rich.text import Text  # noqa: PLC0415

    table = Table(header_style="bold")
    for column in ("", "energy", "basin", "one camp", "the other", "loosest"):
        table.add_column(column, overflow="fold")
    shown = [one for one in found.minima if one.rise][:MOST_MINIMA]
    for number, one in enumerate(shown, 1):
        camps = (Text(", ".join(camp) or "nobody") for camp in one.camps)
        table.add_row(f"M{number}", f"{one.energy:.4g}", f"{one.basin:.1%}", *camps, Text(one.loosest))
    if found.count > len(shown) and shown:
        table.caption = f"The {len(shown)} deepest of {found.count:,}; --json has more."
    return table


def summary(found: Landscape) -> str:
    """Word how far the answer is proved, and who has no place in it."""
    words = landscape_words(found)
    if found.unaffiliated:
        count = len(found.unaffiliated)
        words += (
            f" {count:,} actor{'s' if count != 1 else ''} without a tie to anybody of size above 0 left out."
        )
    return words


def unused(count: int, file: str) -> str:
    """Word that a table names actors whom the network doesn't have."""
    return f"{count:,} actor{'s' if count != 1 else ''} of {file} {'are' if count != 1 else 'is'} not in the network."
