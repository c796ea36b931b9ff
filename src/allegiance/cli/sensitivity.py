"""`allegiance sensitivity`: how far each tie can change before other coalitions are better."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from allegiance.cli.network_options import network_options, opened_network
from allegiance.cli.number_types import SEED
from allegiance.cli.options import PATH, html_option, json_option, k_option, search_limit_option

if TYPE_CHECKING:
    from pathlib import Path


@click.command(name="sensitivity")
@click.argument("case_or_edges", type=PATH)
@k_option
@click.option("--new-ties", is_flag=True, help="Ask of pairs without a tie, too.")
@network_options
@search_limit_option
@click.option("--seed", type=SEED, default=0, show_default=True, help="Seed of the searches.")
@html_option
@json_option
def command(
    *,
    case_or_edges: Path,
    k: int | None,
    new_ties: bool,
    time_limit: float,
    seed: int,
    html: Path | None,
    as_json: bool,
    **chosen: Any,  # noqa: ANN401 - the options of `network_options`
) -> None:
    """Tell for every tie of CASE_OR_EDGES how far its weight can change, all others fixed, before other coalitions are better.

    The ties with the least slack come first: these are the relations on which the coalitions rest. Where the slack is 0,
    another split is just as good already.

    JSON keys: coalitions, value, lower_bound, split_proved, k, ties (a, b, weight, together, lo and hi (the certified range;
    null is no end), flips_at, slack, slack_at_least, proved, moved, statements), undecided (ties without slack), settled
    (ties whose range is exact), proved, method, parameters, seed, seconds.
    """
    from allegiance.analysis.sensitivity import sensitivity  # noqa: PLC0415 - off the start-up path
    from allegiance.analysis.sensitivity_answer import sections, to_json  # noqa: PLC0415
    from allegiance.cli import output, words, words_sensitivity  # noqa: PLC0415

    with opened_network(case_or_edges, **chosen) as net:
        with output.progress_bar(words.SEARCHING) as move:
            result = sensitivity(
                net,
                k,
                new_ties=new_ties,
                time_limit=time_limit,
                seed=seed,
                progress=lambda done, total: move(words_sensitivity.progress(done, total), 0),
            )
        if html:
            output.write_page(
                "Which relations do the coalitions rest on?",
                sections(result.value),
                html,
                case=case_or_edges,
                evidence=words_sensitivity.evidence(result),
            )
        if as_json:
            output.print_json(to_json(result))
        else:
            output.print_table(words_sensitivity.ranges(result.value))
            output.say(words_sensitivity.summary(result))
