"""`allegiance report`: one HTML file that opens offline."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from allegiance.cli.options import PATH, case_argument, counting_options, names

if TYPE_CHECKING:
    from pathlib import Path

    from allegiance.pictures import Markup


@click.command(name="report")
@case_argument
@click.option(
    "-o", "--output", "target", type=PATH, required=True, metavar="FILE.html", help="Where to write it."
)
@click.option("--title", help="What the page is called (default: the case's file name).")
@click.option(
    "--coalition",
    type=names,
    default=(),
    metavar="A,B",
    help="Ask what would have to change for these to hold.",
)
@click.option("--issue", type=PATH, metavar="FILE.toml", help="Ask where this dispute settles.")
@click.option(
    "--budget",
    type=click.IntRange(0),
    metavar="N",
    help="Ask which N closures of routes leave the least flow.",
)
@click.option(
    "--brief", is_flag=True, help="Leave out all further questions: only networks, coalitions, quotes."
)
@counting_options
def command(
    *,
    case: Path,
    target: Path,
    title: str | None,
    coalition: tuple[str, ...],
    issue: Path | None,
    budget: int | None,
    brief: bool,
    count: tuple[str, ...],
    least_confidence: float,
) -> None:
    """Write the networks of CASE, their coalitions and the quotes behind them as one HTML file that opens offline.

    Below them stand further answers: who would break the coalitions, how near they are to turning, the landscape of camps, how
    the two outlets that say most differ, each scenario that the case keeps, what flows, and what is asked with --coalition,
    --issue and --budget. Each may take ten seconds.

    The page also has an editor of scenarios: it tells what steps change, and gives the file and the command line for `whatif`.
    """
    from allegiance.case import Case, view_of  # noqa: PLC0415 - off the start-up path
    from allegiance.case.questions import Asked, answers  # noqa: PLC0415
    from allegiance.cli import output, words  # noqa: PLC0415
    from allegiance.network import CountingPolicy  # noqa: PLC0415
    from allegiance.report.page import write  # noqa: PLC0415

    policy = CountingPolicy.parse(count, confidence=least_confidence)
    with Case(case) as opened, output.progress_bar(words.SEARCHING) as move:
        view = view_of(
            opened, title=title, policy=policy, progress=lambda source: move(words.viewing(source), 0)
        )
        further: list[tuple[str, Markup]] = []
        if not brief:
            asked = Asked(coalition, issue, budget)
            further += answers(opened, asked, policy=policy, progress=lambda question: move(question, 0))
        write(view, target, further)
    output.say(words.report_written(target))
