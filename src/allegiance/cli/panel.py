"""`allegiance panel`: dyads by month or year, for statistics."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import click

from allegiance.cli.options import PATH, case_argument, counting_options, slice_options

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


@click.command(name="panel")
@case_argument
@click.option(
    "-o", "--output", "target", type=PATH, required=True, help="Where to write: NAME.csv or NAME.parquet."
)
@click.option(
    "--by", type=click.Choice(["month", "year"]), default="year", show_default=True, help="A row's time."
)
@click.option(
    "--all-dyads",
    is_flag=True,
    help="Also pairs of which nothing is said, in each period in which both existed.",
)
@click.option("--directed", is_flag=True, help="A row for A towards B and one for B towards A.")
@slice_options
@counting_options
def command(
    *,
    case: Path,
    target: Path,
    by: Literal["month", "year"],
    all_dyads: bool,
    directed: bool,
    source: str | None,
    since: date | None,
    until: date | None,
    count: tuple[str, ...],
    least_confidence: float,
) -> None:
    """Write the dyads of CASE by month or year as CSV or Parquet, ready for R and Stata, and a code book beside it.

    Columns: year, month (by month), name1, name2, ccode1, ccode2 (Correlates of War), gwcode1, gwcode2 (Gleditsch and Ward),
    positive, negative, net (in units), statements, outlets. The code book is NAME.codebook.md.
    """
    from allegiance import __version__  # noqa: PLC0415 - off the start-up path
    from allegiance.case import Case  # noqa: PLC0415
    from allegiance.cli import output, words_panel  # noqa: PLC0415
    from allegiance.errors import UsageError  # noqa: PLC0415
    from allegiance.network import CountingPolicy  # noqa: PLC0415
    from allegiance.report.outfile import write_whole  # noqa: PLC0415
    from allegiance.store import StatementFilter  # noqa: PLC0415

    if target.suffix not in (".csv", ".parquet"):
        raise UsageError(f"{target.name} says neither .csv nor .parquet; name the file so that it does.")
    policy = CountingPolicy.parse(count, confidence=least_confidence)
    with Case(case) as opened:
        wanted = StatementFilter(source=source, since=since, until=until)
        made = opened.panel(by, all_dyads=all_dyads, directed=directed, wanted=wanted, policy=policy)
        cited = opened.citations()
    facts = {"Made by": f"allegiance {__version__}", "Counting": words_panel.counted(policy.once)}
    facts |= {"Options of counting": ", ".join(count)} if count else {}
    facts |= {"Least confidence": f"{least_confidence}"} if least_confidence else {}
    facts |= {"Only the source": source} if source else {}
    facts |= {f"Cite ({number})": words for number, words in enumerate(cited, 1)}
    write_whole(made.csv() if target.suffix == ".csv" else made.parquet(), target, "panel")
    codebook = target.with_suffix(".codebook.md")
    write_whole(made.codebook(target.name, facts), codebook, "code book")
    output.say(words_panel.panel_written(target, codebook, made))
