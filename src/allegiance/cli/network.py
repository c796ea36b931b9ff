"""`allegiance network`: the ties that statements add up to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from allegiance.cli.options import PATH, counting_options, csv_option, json_option, slice_options

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

COLUMNS = ("a", "b", "weight", "positive", "negative", "count", "contested", "sources", "statements")


@click.command(name="network")
@click.argument("case_or_edges", type=PATH)
@slice_options
@counting_options
@click.option("--period", help="Only this period of an edge list, as its fourth column writes it.")
@json_option
@csv_option
def command(
    *,
    case_or_edges: Path,
    source: str | None,
    since: date | None,
    until: date | None,
    count: tuple[str, ...],
    least_confidence: float,
    period: str | None,
    as_json: bool,
    as_csv: bool,
) -> None:
    """List the ties of CASE_OR_EDGES: what the statements between two actors add up to.

    JSON: one object a line. Keys (and CSV columns): a, b, weight (net), positive, negative (its parts), count, contested
    (both parts are there), sources, statements (ids). Weights are in units, a tenth of the statements' integer tenths.
    """
    from allegiance.case import open_network  # noqa: PLC0415 - off the start-up path
    from allegiance.cli import output, words  # noqa: PLC0415
    from allegiance.errors import DataError  # noqa: PLC0415
    from allegiance.network import CountingPolicy  # noqa: PLC0415
    from allegiance.store import StatementFilter  # noqa: PLC0415

    net, problems = open_network(
        case_or_edges,
        StatementFilter(source=source, since=since, until=until),
        CountingPolicy.parse(count, confidence=least_confidence),
        period=period,
    )
    words.say_problems(problems)
    if as_json:
        output.print_json_lines(tie.to_json() for tie in net.ties())
    elif as_csv:
        output.print_csv(COLUMNS, (tie.to_json() for tie in net.ties()))
    else:
        output.print_table(words.tie_table(sorted(net.ties(), key=lambda tie: -abs(tie.weight))))
        output.say(f"{words.CLAIM_NOTE} Next: allegiance coalitions {case_or_edges}")
    if problems:
        raise DataError(words.left_out(len(problems), case_or_edges.name))
