"""`allegiance network`: the ties that statements add up to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from allegiance.cli.network_options import network_options, opened_network
from allegiance.cli.options import PATH, csv_option, json_option

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = ("a", "b", "weight", "positive", "negative", "count", "contested", "sources", "statements")


@click.command(name="network")
@click.argument("case_or_edges", type=PATH)
@network_options
@json_option
@csv_option
def command(
    *,
    case_or_edges: Path,
    as_json: bool,
    as_csv: bool,
    **chosen: Any,  # noqa: ANN401 - the options of `network_options`
) -> None:
    """List the ties of CASE_OR_EDGES: what the statements between two actors add up to.

    JSON: one object a line. Keys (and CSV columns): a, b, weight (net), positive, negative (its parts), count, contested
    (both parts are there), sources, statements (ids). Weights are in units, a tenth of the statements' integer tenths.
    """
    from allegiance.cli import output, words  # noqa: PLC0415

    with opened_network(case_or_edges, **chosen) as net:
        if as_json:
            output.print_json_lines(tie.to_json() for tie in net.ties())
        elif as_csv:
            output.print_csv(COLUMNS, (tie.to_json() for tie in net.ties()))
        else:
            output.print_table(words.tie_table(sorted(net.ties(), key=lambda tie: -abs(tie.weight))))
            output.say(f"{words.CLAIM_NOTE} Next: allegiance coalitions {case_or_edges}")
