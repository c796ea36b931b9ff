"""`allegiance balance`: how balanced a network is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from allegiance.cli.network_options import network_options, opened_network
from allegiance.cli.number_types import SEED
from allegiance.cli.options import PATH, json_option, search_limit_option

if TYPE_CHECKING:
    from pathlib import Path


@click.command(name="balance")
@click.argument("case_or_edges", type=PATH)
@network_options
@search_limit_option
@click.option("--seed", type=SEED, default=0, show_default=True, help="Seed of the search.")
@json_option
def command(
    *,
    case_or_edges: Path,
    time_limit: float,
    seed: int,
    as_json: bool,
    **chosen: Any,  # noqa: ANN401 - the options of `network_options`
) -> None:
    """Measure how balanced the network of CASE_OR_EDGES is: triangles, closed walks, frustration.

    JSON keys: actors, ties, negative, triads (+++, ++-, +--, ---), triangle_balance, weak_triangle_balance, walk_balance,
    frustration and weighted_frustration (value, lower_bound, total, proved, balance, balance_at_most), by_actor (triangles,
    triangle_balance, walk_balance), proved, method, parameters, seed, seconds. What can't be told is null.
    """
    from allegiance.analysis.balance import balance, to_json  # noqa: PLC0415 - off the start-up path
    from allegiance.cli import output, words, words_balance  # noqa: PLC0415

    with opened_network(case_or_edges, **chosen) as net:
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
