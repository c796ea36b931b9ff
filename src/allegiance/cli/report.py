"""`allegiance report`: one HTML file that opens offline."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from allegiance.cli.options import PATH, case_argument, counting_options

if TYPE_CHECKING:
    from pathlib import Path


@click.command(name="report")
@case_argument
@click.option(
    "-o", "--output", "target", type=PATH, required=True, metavar="FILE.html", help="Where to write it."
)
@click.option("--title", help="What the page is called (default: the case's file name).")
@counting_options
def command(
    *, case: Path, target: Path, title: str | None, count: tuple[str, ...], least_confidence: float
) -> None:
    """Write the networks of CASE, their coalitions and the quotes behind them as one HTML file that opens offline."""
    from allegiance.case import Case, view_of  # noqa: PLC0415 - off the start-up path
    from allegiance.cli import output, words  # noqa: PLC0415
    from allegiance.network import CountingPolicy  # noqa: PLC0415
    from allegiance.report.page import write  # noqa: PLC0415

    policy = CountingPolicy.parse(count, confidence=least_confidence)
    with Case(case) as opened, output.progress_bar(words.SEARCHING) as move:
        view = view_of(
            opened, title=title, policy=policy, progress=lambda source: move(words.viewing(source), 0)
        )
        write(view, target)
    output.say(words.report_written(target))
