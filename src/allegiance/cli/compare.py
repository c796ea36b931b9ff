"""`allegiance compare`: two sources, two times or two files side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from allegiance.cli.network_options import StatementOptions, statement_options, told
from allegiance.cli.number_types import SEED
from allegiance.cli.options import (
    PATH,
    html_option,
    json_option,
    k_option,
    search_limit_option,
)

if TYPE_CHECKING:
    from pathlib import Path


@click.command(name="compare")
@click.argument("first", type=PATH)
@click.argument("second", type=PATH, required=False)
@click.option(
    "--sources", nargs=2, metavar="A B", help="Two outlets, data sets or speakers of the case FIRST."
)
@click.option(
    "--periods",
    nargs=2,
    metavar="A B",
    help="Two times of FIRST: 2031-04 2031-05, or as an edge list spells them.",
)
@k_option
@statement_options
@click.option(
    "--within",
    type=click.IntRange(0, 366),
    default=0,
    show_default=True,
    metavar="DAYS",
    help="Take acts of so many days apart for the same event.",
)
@click.option(
    "--limit",
    type=click.IntRange(1),
    default=100,
    show_default=True,
    help="How many best splits of each to compare at most.",
)
@search_limit_option
@click.option("--seed", type=SEED, default=0, show_default=True, help="Seed of the searches.")
@html_option
@json_option
def command(
    *,
    first: Path,
    second: Path | None,
    sources: tuple[str, str] | None,
    periods: tuple[str, str] | None,
    k: int | None,
    within: int,
    limit: int,
    time_limit: float,
    seed: int,
    html: Path | None,
    as_json: bool,
    **chosen: Any,  # noqa: ANN401 - the options of `statement_options`
) -> None:
    """Compare FIRST with SECOND (cases or edge lists), or two sources or times of FIRST: ties, events, coalitions.

    The differences of ties fall into parts that add up: pairs that only one tells of, that both tell of with opposite sign,
    that differ in amount; and, where events are dated, events that only one tells against the same days told otherwise.

    JSON keys: first, second, shared_actors, only_first_actors, only_second_actors, difference, by_pair and by_event (parts that
    add up to it; by_event is null for other times or without dates), equal_ties, ties (a, b, first, second, difference, kind,
    parts, first_statements, second_statements), coalitions (first and second: coalitions, value, lower_bound, proved), moved,
    distance (variation_of_information in bits, adjusted_rand, least and most over all best splits listed, splits,
    splits_complete, first_in_second and second_in_first: excess, proved), k, proved, method, parameters, seed, seconds.
    """
    from allegiance.analysis.compare import compare  # noqa: PLC0415 - off the start-up path
    from allegiance.analysis.compare_answer import sections, to_json  # noqa: PLC0415
    from allegiance.case.tellings import tellings  # noqa: PLC0415
    from allegiance.cli import output, words, words_compare  # noqa: PLC0415

    options = StatementOptions(**chosen)
    two, problems = tellings(
        first,
        second,
        options.wanted,
        options.policy,
        sources=sources,
        periods=periods,
    )
    with told(problems, first):
        with output.progress_bar(words.SEARCHING):
            result = compare(
                *two, k, events=periods is None, within=within, most=limit, time_limit=time_limit, seed=seed
            )
        if html:
            output.write_page(
                f"{two[0].name} and {two[1].name} compared",
                sections(result.value),
                html,
                case=first,
                evidence=words_compare.evidence(result),
            )
        if as_json:
            output.print_json(to_json(result))
        else:
            output.print_table(words_compare.ties(result.value))
            output.print_table(words_compare.coalitions(result.value))
            output.say(words_compare.summary(result))
