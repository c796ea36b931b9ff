"""`allegiance review`: accept or reject a statement."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from allegiance.cli.options import case_argument

if TYPE_CHECKING:
    from pathlib import Path


@click.command(name="review")
@case_argument
@click.argument("statement")
@click.option("--accept", "verdict", flag_value="accept", help="The statement reads its text rightly.")
@click.option("--reject", "verdict", flag_value="reject", help="It doesn't; leave it out of every answer.")
@click.option("--by", "author", help="Who says so (default: your user name).")
def command(*, case: Path, statement: str, verdict: str | None, author: str | None) -> None:
    """Accept or reject STATEMENT (its id) in CASE. Nothing is deleted; `allegiance undo` takes it back."""
    from allegiance.case import Case  # noqa: PLC0415 - off the start-up path
    from allegiance.cli.output import say  # noqa: PLC0415
    from allegiance.errors import UsageError  # noqa: PLC0415

    if verdict is None:
        raise UsageError("Say --accept or --reject.")
    with Case(case, author=author) as opened:
        event = opened.review(statement, verdict)
    say(f"Kept in the history as number {event.seq}: {event.words}. To take it back: allegiance undo {case}")
