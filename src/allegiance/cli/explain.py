"""`allegiance explain`: from an answer back to the quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from allegiance.cli.options import case_argument, counting_options, json_option, k_option, slice_options

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


@click.command(name="explain")
@case_argument
@click.argument("what")
@k_option
@slice_options
@counting_options
@json_option
def command(
    *,
    case: Path,
    what: str,
    k: int | None,
    source: str | None,
    since: date | None,
    until: date | None,
    count: tuple[str, ...],
    least_confidence: float,
    as_json: bool,
) -> None:
    """Show the quotes behind WHAT: a statement's id, a tie "A,B", an actor's name, or a coalition as "C1".

    Coalitions are numbered as `allegiance coalitions` prints them, for the same --k and the same slice.

    JSON keys: kind, title, what is computed of it (tie and by_source; or coalition, firmness and ties), statements (their
    keys as in `statements`, with verdict, before, after, outlet, title, url).
    """
    from allegiance.case import Case  # noqa: PLC0415 - off the start-up path
    from allegiance.cli import output, words  # noqa: PLC0415
    from allegiance.network import CountingPolicy  # noqa: PLC0415
    from allegiance.store import StatementFilter  # noqa: PLC0415

    with Case(case) as opened:
        found = opened.explain(
            what,
            k=k,
            wanted=StatementFilter(source=source, since=since, until=until),
            policy=CountingPolicy.parse(count, confidence=least_confidence),
        )
    if as_json:
        output.print_json(found.to_json())
    else:
        output.print_lines(words.explanation(found))
        if found.quotes:
            output.say(f"Not so? allegiance review {case} {found.quotes[0].stmt.id} --reject")
