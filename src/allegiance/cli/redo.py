"""`allegiance redo`: bring back what was undone last."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from allegiance.cli.options import case_argument

if TYPE_CHECKING:
    from pathlib import Path


@click.command(name="redo")
@case_argument
def command(*, case: Path) -> None:
    """Bring back what was undone last in CASE."""
    from allegiance.case import Case  # noqa: PLC0415 - off the start-up path
    from allegiance.cli.output import say  # noqa: PLC0415

    with Case(case) as opened:
        event = opened.redo()
    say(f"Redone: {event.words}. The other way: allegiance undo {case}")
