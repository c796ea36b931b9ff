"""`allegiance landscape`: the camps that nobody leaves alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from allegiance.cli.network_options import network_options, opened_network
from allegiance.cli.number_types import SEED
from allegiance.cli.options import PATH, html_option, json_option

if TYPE_CHECKING:
    from pathlib import Path


@click.command(name="landscape")
@click.argument("case_or_edges", type=PATH)
@click.option(
    "--sizes", type=PATH, metavar="FILE.csv", help="Columns actor and size; without it all count 1."
)
@click.option("--signs", is_flag=True, help="Let a tie count +1 or -1 instead of its weight.")
@click.option(
    "--starts",
    type=click.IntRange(1, 1_000_000),
    default=10_000,
    show_default=True,
    help="From how many random configurations to search, beyond 24 actors.",
)
@network_options
@click.option("--seed", type=SEED, default=0, show_default=True, help="Seed of the search.")
@html_option
@json_option
def command(
    *,
    case_or_edges: Path,
    sizes: Path | None,
    signs: bool,
    starts: int,
    seed: int,
    html: Path | None,
    as_json: bool,
    **chosen: Any,  # noqa: ANN401 - the options of `network_options`
) -> None:
    """Show into which two camps the actors of CASE_OR_EDGES fall when each alone moves towards those it gets on with.

    The landscape of Axelrod and Bennett (1993): a tie's net weight is the propensity of two actors, their sizes say how much it
    matters. All configurations are gone through up to 24 actors; beyond, random ones are let run down.

    JSON keys: minima (camps, energy, basin, loosest, frustration, rise), count, tried, exhaustive, sizes, unaffiliated, proved,
    method, parameters, seed, seconds.
    """
    from allegiance.analysis.landscape import landscape  # noqa: PLC0415 - off the start-up path
    from allegiance.analysis.landscape_answer import sections, to_json  # noqa: PLC0415
    from allegiance.cli import output, words_landscape  # noqa: PLC0415
    from allegiance.events.actor_sizes import read_sizes  # noqa: PLC0415

    with opened_network(case_or_edges, **chosen) as net:
        given = None if sizes is None else read_sizes(sizes)
        if given is not None and sizes is not None and (others := len(given.keys() - set(net.actors))):
            output.say(words_landscape.unused(others, sizes.name))
        with output.progress_bar(words_landscape.STARTING, total=starts) as move:
            result = landscape(
                net,
                given,
                signs=signs,
                starts=starts,
                seed=seed,
                progress=lambda done: move(words_landscape.STARTING, done),
            )
        if html:
            output.write_page(
                "The landscape of camps",
                sections(result.value),
                html,
                case=case_or_edges,
                evidence=result.evidence,
            )
        if as_json:
            output.print_json(to_json(result))
        else:
            output.print_table(words_landscape.minima(result.value))
            output.say(words_landscape.summary(result.value))
