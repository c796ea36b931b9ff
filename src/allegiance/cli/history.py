"""`allegiance history`: what was done to a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from allegiance.cli.options import case_argument, json_option

if TYPE_CHECKING:
    from pathlib import Path


@click.command(name="history")
@case_argument
@json_option
def command(*, case: Path, as_json: bool) -> None:
    """List every change of CASE, oldest first, and whether it is in force.

    JSON: one object a line, with seq, time, author, kind, words, in_force.
    """
    from allegiance.case import Case  # noqa: PLC0415 - off the start-up path
    from allegiance.cli import output, words  # noqa: PLC0415

    with Case(case) as opened:
        events, folded = opened.events(), opened.history()
    in_force = {event.seq for event in folded.in_force}
    rows = [
        {
            "seq": event.seq,
            "time": event.time,
            "author": event.author,
            "kind": event.kind,
            "words": event.words,
            "in_force": event.seq in in_force,
        }
        for event in events
    ]
    if as_json:
        output.print_json_lines(rows)
    else:
        output.print_table(words.history_table(rows))
