"""`allegiance review`: accept or reject statements."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from allegiance.cli.options import case_argument

if TYPE_CHECKING:
    from pathlib import Path


@click.command(name="review")
@case_argument
@click.argument("statements", nargs=-1, metavar="[STATEMENT]...")
@click.option("--accept", "verdict", flag_value="accept", help="They read their texts rightly.")
@click.option("--reject", "verdict", flag_value="reject", help="They don't; leave them out of every answer.")
@click.option("--rule", help="All statements that this rule or kind of a reader gave (see `statements`).")
@click.option("--source", help="All statements that this source tells or is quoted with.")
@click.option("--by", "author", help="Who says so (default: your user name).")
def command(
    *,
    case: Path,
    statements: tuple[str, ...],
    verdict: str | None,
    rule: str | None,
    source: str | None,
    author: str | None,
) -> None:
    """Accept or reject each STATEMENT (its id) in CASE, or all of a rule or source.

    Nothing is deleted; `allegiance undo` takes the latest verdict back, one at a time.
    """
    from allegiance.case import Case  # noqa: PLC0415 - off the start-up path
    from allegiance.cli.output import say  # noqa: PLC0415
    from allegiance.errors import UsageError  # noqa: PLC0415
    from allegiance.store import StatementFilter  # noqa: PLC0415

    if verdict is None:
        raise UsageError("Say --accept or --reject.")
    if bool(statements) == bool(rule or source):
        raise UsageError("Name the statements, or choose them by --rule and --source.")
    with Case(case, author=author) as opened:
        if not statements:
            opened.check_names(source=source)
            chosen = opened.statements(StatementFilter(source=source))
            statements = tuple(stmt.id for stmt in chosen if rule is None or stmt.reader.rule == rule)
            if not statements:
                raise UsageError(
                    f"No statement of {case} is of the rule {rule!r}; `allegiance statements --json` shows them."
                )
        events = opened.review_all(statements, verdict)
    if len(events) == 1:
        say(
            f"Kept in the history as number {events[0].seq}: {events[0].words}. To take it back: allegiance undo {case}"
        )
    else:
        say(
            f"Kept in the history as numbers {events[0].seq} to {events[-1].seq}: {len(events)} statements, {verdict}ed. "
            f"To take the latest back: allegiance undo {case}"
        )
