"""`allegiance undo`: take back the latest change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from allegiance.cli.options import case_argument

if TYPE_CHECKING:
    from pathlib import Path


@click.command(name="undo")
@case_argument
def command(*, case: Path) -> None:
    """Take back the latest change of CASE: an import, a table of actors, a verdict. Nothing is deleted."""
    from allegiance.case import Case  # noqa: PLC0415 - off the start-up path
    from allegiance.cli.output import say  # noqa: PLC0415

    with Case(case) as opened:
        event = opened.undo()
    say(f"Undone: {event.words}. The other way: allegiance redo {case}")
