"""`allegiance interdict`: which few closures leave the least flow, proved, and whom one has to believe for that."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

import click

from allegiance.cli.network_options import told
from allegiance.cli.number_types import SEED, NumberRange
from allegiance.cli.options import PATH, html_option, json_option
from allegiance.cli.route_options import route_options
from allegiance.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from allegiance.analysis.closures import Close


def _budget(text: str) -> Decimal | None:
    """Read a budget: a number of at least 0, or ``all`` for whatever stops all flow."""
    if text == "all":
        return None
    try:
        budget = Decimal(text)
    except InvalidOperation:
        budget = Decimal(-1)
    if not budget.is_finite() or budget < 0:
        raise UsageError(f"--budget is {text!r}; give a number of at least 0, or all.")
    return budget


@click.command(name="interdict")
@click.argument("case_or_routes", type=PATH)
@click.option(
    "--budget",
    type=_budget,
    required=True,
    metavar="N|all",
    help="What closures may cost together (each costs 1 where --cost says nothing else); all: the cheapest that stop all.",
)
@click.option(
    "--close",
    type=click.Choice(["arcs", "nodes"]),
    default="arcs",
    show_default=True,
    help="Close routes, or places, companies and state bodies; never persons.",
)
@click.option(
    "--cost",
    "cost_file",
    type=PATH,
    metavar="FILE.csv",
    help="What closures cost: from,to,cost, or node,cost with --close nodes; 'never' for what can't be closed.",
)
@route_options
@click.option("--time-limit", type=NumberRange(0), metavar="SECONDS", help="Stop then, with a bound.")
@click.option(
    "--resamples", type=click.IntRange(1), default=200, show_default=True, help="Draws for the expected flow."
)
@click.option("--seed", type=SEED, default=0, show_default=True, help="Seed of the draws.")
@html_option
@json_option
def command(
    *,
    case_or_routes: Path,
    budget: Decimal | None,
    close: Close,
    cost_file: Path | None,
    time_limit: float | None,
    resamples: int,
    seed: int,
    html: Path | None,
    as_json: bool,
    **chosen: Any,  # noqa: ANN401 - the options of `route_options`
) -> None:
    """Find the closures within a budget after which the least can flow through the routes of CASE_OR_ROUTES (see flows).

    Routes, or places and bodies, are closed; persons are no part of the answer: their routes are left out, and a name of
    unknown kind, which may be a person's, is never closed (--place or --actors says what it is).

    JSON keys: before, after, lower_bound, proved, unit, counted, close, budget, cost, closures (from, to or node, cost, flow,
    arcs as in flows), unique, others (sets that are as good), others_complete, greedy (after, closures), rerouted (from, to,
    before, after), rests_on (arcs), expected (before, after, standard_error, worlds, exact), by_source, worst_source,
    without_source (each: source, before, after, best, survives), from, to, ends_given, persons, routes_of_persons, unknown,
    goods, left_out, method, parameters, seed, seconds.
    """
    from allegiance.analysis.interdict import interdict, to_json  # noqa: PLC0415 - off the start-up path
    from allegiance.cli import output, route_options, words_flows, words_interdict  # noqa: PLC0415
    from allegiance.exchange.routes import read_costs  # noqa: PLC0415
    from allegiance.pictures import joined  # noqa: PLC0415

    wanted = route_options.RouteOptions(**chosen)
    opened = wanted.open(case_or_routes)
    with told(opened.problems, case_or_routes):
        with output.progress_bar(words_interdict.SEARCHING) as move:
            result = interdict(
                opened.net,
                budget,
                close=close,
                costs=read_costs(cost_file, nodes=close == "nodes") if cost_file else {},
                begin=wanted.begin,
                end=wanted.end,
                time_limit=time_limit,
                seed=seed,
                resamples=resamples,
                progress=lambda value, bound: move(
                    words_interdict.search_progress(opened.net, value, bound), 0
                ),
            )
        if as_json:
            output.print_json(
                {**to_json(result), "goods": dict(opened.goods), "left_out": dict(opened.notes)}
            )
        else:
            for piece in words_interdict.tables(result.value):
                output.print_table(piece)
            output.say(words_interdict.summary(result))
            output.say(words_flows.opened(opened, persons_told=True))
        if html:
            title = f"Closures in {case_or_routes.name}"
            sections = [
                ("The answer", words_interdict.paragraph(result, opened)),
                ("Routes before, and what is closed", result.value.picture(title)),
                ("Routes once that is closed", result.value.picture_after()),
                ("In numbers", joined((result.value.tables(),))),
            ]
            output.write_page(title, sections, html, case=case_or_routes, evidence=result.evidence)
