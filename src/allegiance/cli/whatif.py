"""`allegiance whatif`: the coalitions before and after scenarios, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from allegiance.cli.network_options import NetworkOptions, network_options, told
from allegiance.cli.number_types import SEED
from allegiance.cli.options import PATH, html_option, json_option, k_option, search_limit_option

if TYPE_CHECKING:
    from pathlib import Path


@click.command(name="whatif")
@click.argument("case_or_edges", type=PATH)
@click.argument("scenarios", nargs=-1, required=True, metavar="SCENARIO...")
@k_option
@network_options
@click.option(
    "--draws",
    type=click.IntRange(1),
    default=1000,
    show_default=True,
    help="How often uncertain steps are drawn; so many combinations or fewer are gone through instead.",
)
@search_limit_option
@click.option("--seed", type=SEED, default=0, show_default=True, help="Seed of searches and draws.")
@html_option
@json_option
def command(
    *,
    case_or_edges: Path,
    scenarios: tuple[str, ...],
    k: int | None,
    draws: int,
    time_limit: float,
    seed: int,
    html: Path | None,
    as_json: bool,
    **chosen: Any,  # noqa: ANN401 - the options of `network_options`
) -> None:
    """Show the coalitions of CASE_OR_EDGES as they are and after each SCENARIO: a TOML file, or the name of one kept in the case.

    Several scenarios make a path: each adds to those before it. `allegiance scenarios` tells how they are written, kept, and
    offered from what texts make conditional.

    JSON keys: stages (scenario, steps, value, lower_bound, proved, coalitions under numbers that stay the same, moved (actor,
    from, to), tieless (who has no tie any more and so stands in no coalition), ties (a, b, before, after, statements),
    old_coalitions_would_violate, reasons), outcomes (share, coalitions, proved) and together (a, b, share) where steps are
    uncertain, shares_exact, proved, method, parameters, seed, seconds.
    """
    from allegiance.analysis.scenario_answer import sections, to_json  # noqa: PLC0415 - off the start-up path
    from allegiance.analysis.scenarios import what_if  # noqa: PLC0415
    from allegiance.case.scenarios import named_in, named_scenarios, network_without  # noqa: PLC0415
    from allegiance.cli import output, words, words_scenarios  # noqa: PLC0415

    options = NetworkOptions(**chosen)
    network_of, problems = network_without(
        case_or_edges, options.wanted, options.policy, period=options.period
    )
    with told(problems, case_or_edges):
        with output.progress_bar(words.SEARCHING) as move:
            result = what_if(
                network_of,
                named_scenarios(case_or_edges, scenarios),
                k,
                newcomers=named_in(case_or_edges),
                draws=draws,
                time_limit=time_limit,
                seed=seed,
                progress=lambda name: move(name, 0),
            )
        if html:
            output.write_page(
                "What if?", sections(result.value), html, case=case_or_edges, evidence=result.evidence
            )
        if as_json:
            output.print_json(to_json(result))
        else:
            output.print_table(words_scenarios.stages(result.value))
            for stage in result.value.stages[1:]:
                output.print_lines(words_scenarios.changes(stage))
            if result.value.outcomes:
                output.print_table(words_scenarios.outcomes(result.value))
            output.say(words_scenarios.NOTE)
