"""`allegiance levers`: the cheapest change of ties that makes a wished coalition hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from allegiance.cli.network_options import network_options, opened_network
from allegiance.cli.number_types import SEED, NumberRange
from allegiance.cli.options import (
    PATH,
    actor_names,
    html_option,
    json_option,
    k_option,
    names,
)

if TYPE_CHECKING:
    from pathlib import Path


@click.command(name="levers")
@click.argument("case_or_edges", type=PATH)
@click.option(
    "--coalition", type=names, default=(), metavar="A,B,C", help="These are to be in one coalition."
)
@click.option("--without", type=names, default=(), metavar="D,E", help="These are not to be in it.")
@click.option(
    "--apart", type=actor_names, multiple=True, metavar="A,B", help="These are to be apart (each two)."
)
@click.option("--larger", is_flag=True, help="The coalition is to have more members than any other.")
@click.option(
    "--strict",
    is_flag=True,
    help="In every best split, by a margin of a tenth; else one best split is enough.",
)
@click.option(
    "--freeze", type=actor_names, multiple=True, metavar="A,B", help="This tie must stay as it is (each two)."
)
@click.option(
    "--cost",
    "cost_file",
    type=PATH,
    metavar="FILE",
    help="A CSV a,b,cost: what a unit of change costs (default 1).",
)
@click.option("--new-ties", is_flag=True, help="Pairs without a tie may change, too.")
@k_option
@network_options
@click.option(
    "--time-limit",
    type=NumberRange(0),
    metavar="SECONDS",
    help="Stop then, with a bound; without it, when as much was tried as mostly is enough.",
)
@click.option("--seed", type=SEED, default=0, show_default=True, help="Seed of the searches.")
@html_option
@json_option
def command(
    *,
    case_or_edges: Path,
    coalition: tuple[str, ...],
    without: tuple[str, ...],
    apart: tuple[tuple[str, ...], ...],
    larger: bool,
    strict: bool,
    freeze: tuple[tuple[str, ...], ...],
    cost_file: Path | None,
    new_ties: bool,
    k: int | None,
    time_limit: float | None,
    seed: int,
    html: Path | None,
    as_json: bool,
    **chosen: Any,  # noqa: ANN401 - the options of `network_options`
) -> None:
    """Find the cheapest change of ties after which a best split of CASE_OR_EDGES has a wished coalition together.

    Each unit by which a tie's weight grows or falls costs 1, or what --cost says. Only ties that exist change, unless
    --new-ties; a tie may change its sign. Weights then can be fractions. The answer is proved cheapest, or bounded.

    JSON keys: value (the cost; null if no change was found in time), lower_bound, proved, k, changes (a, b, from, to,
    to_exact, change, cost, statements), coalitions (the best split then, the wished coalition first), coalitions_today,
    check (violated by that split then, and least that any split violates: equal), strain (by actor: violated weight of its
    ties today and then), profits, pays, method, parameters, seed, seconds.
    """
    from itertools import combinations  # noqa: PLC0415 - off the start-up path

    from allegiance.analysis.coalition_wish import CoalitionWish, Prices  # noqa: PLC0415 - off the start-up path
    from allegiance.analysis.levers import levers  # noqa: PLC0415
    from allegiance.analysis.levers_answer import sections, to_json  # noqa: PLC0415
    from allegiance.case.tie_costs import read_tie_costs  # noqa: PLC0415
    from allegiance.cli import output, words_levers  # noqa: PLC0415

    with opened_network(case_or_edges, **chosen) as net:
        frozen = tuple(pair for group in freeze for pair in combinations(group, 2))
        costs = {} if cost_file is None else read_tie_costs(cost_file, net.actors)
        with output.progress_bar(words_levers.SEARCHING) as move:
            result = levers(
                net,
                CoalitionWish(coalition, without, apart, larger, strict),
                k,
                prices=Prices(frozen, costs, new_ties),
                time_limit=time_limit,
                seed=seed,
                progress=lambda cost, bound: move(words_levers.progress(cost, bound), 0),
            )
        if html:
            output.write_page(
                words_levers.TITLE, sections(result), html, case=case_or_edges, evidence=result.evidence
            )
        if as_json:
            output.print_json(to_json(result))
        else:
            if result.value.levers:
                output.print_table(words_levers.changes(result.value))
            output.say(words_levers.summary(result, case_or_edges))
