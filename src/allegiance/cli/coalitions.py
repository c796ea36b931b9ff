"""`allegiance coalitions`: which coalitions are there, proved or bounded."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import click

from allegiance.cli.options import (
    PATH,
    actor_names,
    counting_options,
    json_option,
    k_option,
    slice_options,
)

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


@click.command(name="coalitions")
@click.argument("case_or_edges", type=PATH)
@k_option
@slice_options
@counting_options
@click.option("--period", help="Only this period of an edge list, as its fourth column writes it.")
@click.option(
    "--together", type=actor_names, multiple=True, metavar="A,B", help="These must be in one coalition."
)
@click.option(
    "--apart", type=actor_names, multiple=True, metavar="A,B", help="These must not (each two of them)."
)
@click.option("--time-limit", type=click.FloatRange(0), metavar="SECONDS", help="Stop then, with a bound.")
@click.option("--seed", type=int, default=0, show_default=True, help="Seed of the search.")
@json_option
def command(
    *,
    case_or_edges: Path,
    k: int | None,
    source: str | None,
    since: date | None,
    until: date | None,
    count: tuple[str, ...],
    least_confidence: float,
    period: str | None,
    together: tuple[tuple[str, ...], ...],
    apart: tuple[tuple[str, ...], ...],
    time_limit: float | None,
    seed: int,
    as_json: bool,
) -> None:
    """Find the coalitions of CASE_OR_EDGES: a case, or a CSV with source,target,weight[,period].

    The split found violates the least tie weight: positive ties between coalitions and negative ones within. The answer
    says whether that is proved, or how far it may be from the least.

    JSON keys: value, lower_bound, gap (share of the value), proved, k, coalitions, violated (a, b, weight, statements),
    firmness (by actor, -1 to 1), unaffiliated, undecided, method, parameters, seed, seconds.
    """
    from allegiance.analysis.coalitions import coalitions, to_json  # noqa: PLC0415 - off the start-up path
    from allegiance.case import open_network  # noqa: PLC0415
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
    with output.progress_bar(words.SEARCHING) as move:
        result = coalitions(
            net,
            k,
            together=[pair for names in together for pair in combinations(names, 2)],
            apart=[pair for names in apart for pair in combinations(names, 2)],
            time_limit=time_limit,
            seed=seed,
            progress=lambda value, bound: move(words.search_progress(value, bound), 0),
        )
    if as_json:
        output.print_json(to_json(result))
    else:
        output.print_table(words.coalition_table(result))
        output.say(words.coalition_summary(result))
    if problems:
        raise DataError(words.left_out(len(problems), case_or_edges.name))
