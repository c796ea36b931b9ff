"""`allegiance balance`: how balanced a network is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from allegiance.cli.options import PATH, counting_options, json_option, slice_options

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


@click.command(name="balance")
@click.argument("case_or_edges", type=PATH)
@slice_options
@counting_options
@click.option("--period", help="Only this period of an edge list, as its fourth column writes it.")
@click.option(
    "--time-limit", type=click.FloatRange(0), metavar="SECONDS", help="Stop the search then, with a bound."
)
@click.option("--seed", type=int, default=0, show_default=True, help="Seed of the search.")
@json_option
def command(
    *,
    case_or_edges: Path,
    source: str | None,
    since: date | None,
    until: date | None,
    count: tuple[str, ...],
    least_confidence: float,
    period: str | None,
    time_limit: float | None,
    seed: int,
    as_json: bool,
) -> None:
    """Measure how balanced the network of CASE_OR_EDGES is: triangles, closed walks, frustration.

    JSON keys: actors, ties, negative, triads (+++, ++-, +--, ---), triangle_balance, weak_triangle_balance, walk_balance,
    frustration and weighted_frustration (value, lower_bound, total, proved, balance, balance_at_most), by_actor (triangles,
    triangle_balance, walk_balance), proved, method, parameters, seed, seconds. What can't be told is null.
    """
    from allegiance.analysis.balance import balance, to_json  # noqa: PLC0415 - off the start-up path
    from allegiance.case import open_network  # noqa: PLC0415
    from allegiance.cli import output, words, words_balance  # noqa: PLC0415
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
    with output.progress_bar(words.SEARCHING) as move:
        result = balance(
            net,
            time_limit=time_limit,
            seed=seed,
            progress=lambda value, bound: move(words.search_progress(value, bound), 0),
        )
    if as_json:
        output.print_json(to_json(result))
    else:
        output.print_table(words_balance.measures(result.value))
        output.print_table(words_balance.actors(result.value))
        output.say(words_balance.NOTE)
    if problems:
        raise DataError(words.left_out(len(problems), case_or_edges.name))
