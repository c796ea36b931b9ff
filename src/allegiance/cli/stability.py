"""`allegiance stability`: who would break a coalition."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from allegiance.cli.network_options import network_options, opened_network
from allegiance.cli.number_types import SEED
from allegiance.cli.options import PATH, html_option, json_option, k_option, names, search_limit_option

if TYPE_CHECKING:
    from pathlib import Path


@click.command(name="stability")
@click.argument("case_or_edges", type=PATH)
@click.option(
    "--coalition", type=names, default=(), metavar="A,B,C", help="These are to be together; who breaks it?"
)
@click.option("--exactly", is_flag=True, help="With --coalition: nobody else may be with them.")
@k_option
@network_options
@search_limit_option
@click.option("--seed", type=SEED, default=0, show_default=True, help="Seed of the searches.")
@html_option
@json_option
def command(
    *,
    case_or_edges: Path,
    coalition: tuple[str, ...],
    exactly: bool,
    k: int | None,
    time_limit: float,
    seed: int,
    html: Path | None,
    as_json: bool,
    **chosen: Any,  # noqa: ANN401 - the options of `network_options`
) -> None:
    """Ask who would break the coalitions of CASE_OR_EDGES, or a coalition that is wished for.

    An actor is taken to want the coalition with which its ties add up to most. Told are what each would gain by leaving and
    for where, a group whose members would all gain by breaking away (or that there is none), and the pivots: actors without
    whom the others would be better split otherwise.

    JSON keys: coalition, exactly, k, coalitions, value, lower_bound, split_proved, without_the_wish (value, lower_bound, proved,
    coalitions; null without --coalition), nash_stable, individually_stable, core (stable, blocked, open), blocking_group
    (members with their gains, least_gain; or null), blocking_at_most, actors (actor, coalition, worth, gain, to ([] is alone,
    null nowhere), welcome_gain, welcome_to, ties), pivots (actor, saves, saves_at_most, moved), undecided_pivots, proved,
    method, parameters, seed, seconds.
    """
    from allegiance.analysis.stability import stability  # noqa: PLC0415 - off the start-up path
    from allegiance.analysis.stability_answer import sections, to_json  # noqa: PLC0415
    from allegiance.cli import output, words, words_stability  # noqa: PLC0415
    from allegiance.errors import UsageError  # noqa: PLC0415

    if exactly and not coalition:
        raise UsageError("--exactly needs a coalition; name its members with --coalition A,B.")
    with opened_network(case_or_edges, **chosen) as net:
        with output.progress_bar(words.SEARCHING) as move:
            result = stability(
                net,
                k,
                coalition=coalition,
                exactly=exactly,
                time_limit=time_limit,
                seed=seed,
                progress=lambda done, total: move(words_stability.progress(done, total), 0),
            )
        if html:
            title = (
                f"Who would break {', '.join(coalition)}?" if coalition else "Who would break the coalitions?"
            )
            output.write_page(
                title,
                sections(result.value),
                html,
                case=case_or_edges,
                evidence=words_stability.evidence(result),
            )
        if as_json:
            output.print_json(to_json(result))
        else:
            output.print_table(words_stability.departures(result.value))
            if result.value.pivots:
                output.print_table(words_stability.pivots(result.value))
            output.say(words_stability.summary(result))
