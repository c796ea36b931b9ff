"""`allegiance actors`: who acts in a case, and who of them is not known by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from allegiance.cli.options import case_argument, csv_option, json_option

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = ("name", "kind", "known", "statements", "weight", "positive", "negative")


@click.command(name="actors")
@case_argument
@click.option("--unresolved", is_flag=True, help="Only those whose name is not known, the heaviest first.")
@json_option
@csv_option
def command(*, case: Path, unresolved: bool, as_json: bool, as_csv: bool) -> None:
    """List the actors of CASE with the number and weight of the statements about them, the heaviest first.

    An actor that isn't known stands under the name that the data or text gives it: two spellings are two actors. Name them
    in a table of your own (`--actors` of read and add).

    JSON: one object a line. Keys (and CSV columns): name, kind (state, bloc, ..., part for a part of a known actor, empty
    for a name that isn't known), known, statements, weight (both signs together), positive, negative; weights in units.
    """
    from allegiance.case import Case  # noqa: PLC0415 - off the start-up path
    from allegiance.cli import output, words_panel  # noqa: PLC0415

    with Case(case) as opened:
        uses = opened.actors()
    chosen = [use for use in uses if not (unresolved and use.known)]
    if as_json:
        output.print_json_lines(use.to_json() for use in chosen)
    elif as_csv:
        output.print_csv(COLUMNS, (use.to_json() for use in chosen))
    else:
        output.print_table(words_panel.actor_table(chosen))
        output.say(words_panel.actors_summary(uses))
