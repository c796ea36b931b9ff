"""`allegiance flows`: how much can flow, along which routes, and who says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from allegiance.cli.network_options import told
from allegiance.cli.options import PATH, html_option, json_option
from allegiance.cli.route_options import route_options

if TYPE_CHECKING:
    from pathlib import Path


@click.command(name="flows")
@click.argument("case_or_routes", type=PATH)
@route_options
@click.option(
    "--paths",
    type=click.IntRange(1),
    default=10,
    show_default=True,
    metavar="N",
    help="Tell the N widest paths.",
)
@html_option
@json_option
def command(
    *,
    case_or_routes: Path,
    paths: int,
    html: Path | None,
    as_json: bool,
    **chosen: Any,  # noqa: ANN401 - the options of `route_options`
) -> None:
    """Find the most that can flow through the routes of CASE_OR_ROUTES, along which paths, and their narrows.

    CASE_OR_ROUTES is a case, a CSV with from,to,goods,capacity,price,confidence,source (only the first two must be there;
    also read: unit, date, from_kind, to_kind), or FollowTheMoney entities as JSON lines, whose payments are read. Where a
    text tells no amounts, a route is as wide as the number of sources that claim it. Persons are put together and not listed.

    JSON keys: value, proved, unit, counted (stated, sources or one), from, to, ends_given, nodes (name, kind), arcs (from, to,
    capacity, price, confidence, sources, statements, claims, denials, flow, in_cut), cut (pairs), paths (nodes, amount, price,
    confidence, statements), paths_complete, persons, goods, left_out, method, parameters, seconds. A claim has source,
    statement, goods, capacity, unit, price, confidence, date.
    """
    from allegiance.analysis.flows import flows, to_json  # noqa: PLC0415 - off the start-up path
    from allegiance.cli import output, route_options, words_flows  # noqa: PLC0415
    from allegiance.pictures import joined  # noqa: PLC0415

    wanted = route_options.RouteOptions(**chosen)
    opened = wanted.open(case_or_routes)
    with told(opened.problems, case_or_routes):
        result = flows(opened.net, begin=wanted.begin, end=wanted.end, most_paths=paths)
        if as_json:
            output.print_json(
                {**to_json(result), "goods": dict(opened.goods), "left_out": dict(opened.notes)}
            )
        else:
            output.print_table(words_flows.path_table(result.value))
            output.print_table(words_flows.arc_table(result.value))
            output.say(words_flows.flow_summary(result.value))
            output.say(words_flows.opened(opened))
            output.say(words_flows.next_step(case_or_routes, result.value))
        if html:
            title = f"Flows of {case_or_routes.name}"
            sections = [
                (
                    "Routes with flow",
                    joined((result.value.picture(title), words_flows.paragraph(result.value, opened))),
                ),
                ("Paths and routes", result.value.tables()),
            ]
            output.write_page(title, sections, html, case=case_or_routes, evidence=result.evidence)
