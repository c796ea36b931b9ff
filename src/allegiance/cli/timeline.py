"""`allegiance timeline`: coalitions through time, who moves when, and what moves it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from allegiance.cli.network_options import StatementOptions, statement_options, told
from allegiance.cli.number_types import SEED, NumberRange
from allegiance.cli.options import (
    PATH,
    json_option,
    k_option,
    search_limit_option,
)

if TYPE_CHECKING:
    from pathlib import Path


@click.command(name="timeline")
@click.argument("case_or_edges", type=PATH)
@k_option
@click.option(
    "--slice",
    "width",
    default="year",
    show_default=True,
    metavar="month|year|'N years'|period",
    help="How wide the slices are; 'period' takes those that the statements have themselves.",
)
@click.option(
    "--gamma",
    type=NumberRange(0),
    help="What a move costs, in units; by default as much as the median tie of a slice.",
)
@statement_options
@search_limit_option
@click.option("--seed", type=SEED, default=0, show_default=True, help="Seed of the search.")
@click.option("-o", "--output", "target", type=PATH, metavar="FILE.svg", help="Draw a river of coalitions.")
@click.option("--title", help="What the picture is called (default: the name of the file that is read).")
@json_option
def command(
    *,
    case_or_edges: Path,
    k: int | None,
    width: str,
    gamma: float | None,
    time_limit: float,
    seed: int,
    target: Path | None,
    title: str | None,
    as_json: bool,
    **chosen: Any,  # noqa: ANN401 - the options of `statement_options`
) -> None:
    """Follow the coalitions of CASE_OR_EDGES (a case, or a CSV with source,target,weight,period) through time.

    All slices are split at once: the answer violates the least tie weight, each move of an actor to another coalition
    counting gamma. A statement stands in each slice that its dates touch.

    JSON keys: value (violated_weight and gamma for each move), lower_bound, gap, proved, k, gamma, violated_weight, slices
    (label, first, last, ties, violated_weight, coalitions by name), leaders (by coalition), moves (actor, before, after,
    from, to, along, ties: other, before, after, pull, statements), overlapping, undated, method, parameters, seed, seconds.
    """
    from allegiance.analysis.timeline import timeline, to_json  # noqa: PLC0415 - off the start-up path
    from allegiance.case import open_contributions  # noqa: PLC0415
    from allegiance.cli import output, words, words_time  # noqa: PLC0415
    from allegiance.network.slices import Width, cut  # noqa: PLC0415
    from allegiance.report.outfile import write_whole  # noqa: PLC0415
    from allegiance.report.river_svg import river_svg  # noqa: PLC0415

    wide = Width.parse(width)
    options = StatementOptions(**chosen)
    counted, problems = open_contributions(case_or_edges, options.wanted, options.policy)
    with told(problems, case_or_edges):
        with output.progress_bar(words.SEARCHING) as move:
            result = timeline(
                cut(counted, wide),
                k,
                gamma=gamma,
                time_limit=time_limit,
                seed=seed,
                progress=lambda value, bound: move(words.search_progress(value, bound), 0),
            )
        if target is not None:
            drawn = river_svg(words_time.picture(result, title or case_or_edges.stem))
            write_whole(drawn.encode("utf-8"), target, "picture")
        if as_json:
            output.print_json(to_json(result))
        else:
            output.print_table(words_time.move_table(result.value))
            output.say(words_time.summary(result))
        if target is not None or not as_json:
            output.say(words_time.written(target) if target else words_time.hint(case_or_edges))
