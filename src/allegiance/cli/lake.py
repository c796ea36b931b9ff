"""`allegiance lake`: archives too large for a case, as Parquet that any engine adds up."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from allegiance.cli.options import (
    PATH,
    actors_option,
    codebook_option,
    counting_options,
    csv_option,
    first_day,
    json_option,
    last_day,
    pipeline_option,
    reader_option,
    set_option,
    slice_options,
)

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

lake_argument = click.argument("lake", type=PATH, metavar="DIR")
master_option = click.option(
    "--master",
    metavar="URL",
    help="A Spark cluster, such as spark://host:7077; by default Spark runs in this process.",
)


@click.group(name="lake")
def command() -> None:
    """Keep archives of any size as Parquet files in a folder, and add them up.

    The folder of a lake can stand wherever `network`, `coalitions` and `timeline` ask for a case.
    """


@command.command(name="add")
@lake_argument
@click.argument("files", type=PATH, nargs=-1, required=True)
@click.option(
    "--format",
    "data_format",
    metavar="FORMAT",
    help="See `allegiance formats`; guessed for each file when not given.",
)
@set_option
@codebook_option
@actors_option
def add(
    *,
    lake: Path,
    files: tuple[Path, ...],
    data_format: str | None,
    options: tuple[tuple[str, str], ...],
    codebook: Path | None,
    actors: Path | None,
) -> None:
    """Convert the archives FILES (plain, zip, gzip, or folders of them) into the lake DIR, made if it isn't there.

    Each archive goes in as a whole or not at all, and only once; after a crash, run the same command again. Rows used and
    rows skipped, by reason, are counted in DIR/manifest.jsonl.
    """
    from allegiance.case.lakes import add_to_lake  # noqa: PLC0415 - off the start-up path
    from allegiance.cli import output, words_lake  # noqa: PLC0415
    from allegiance.errors import DataError  # noqa: PLC0415

    problems = []
    count = 0
    with output.progress_bar(words_lake.ADDING) as move:
        for report in add_to_lake(
            lake,
            files,
            data_format=data_format,
            actors=actors,
            codebook=codebook,
            options=dict(options),
            progress=lambda done: move(words_lake.ADDING, done),
        ):
            count += 1
            if report.problem is not None:
                problems.append(report.problem)
            if report.problem is None or count > 1 or len(files) > 1:
                output.say(words_lake.added(report))
    if problems and count == 1:
        raise problems[0]
    if problems:
        raise DataError(words_lake.refused(len(problems)))
    output.say(words_lake.after_add(lake))


@command.command(name="ties")
@lake_argument
@click.option("--since", type=first_day, metavar="DATE", help="First day.")
@click.option("--until", type=last_day, metavar="DATE", help="Last day: 2031-04-09, 2031-04 or 2031.")
@click.option("--source", help="Only what this data set or outlet says.")
@click.option(
    "--by",
    default="source,month",
    show_default=True,
    metavar="NAMES",
    help="What to add up by besides actor and target: any of source, month, year, dataset, act.",
)
@click.option(
    "-o", "--output", "target", type=PATH, metavar="FILE.parquet", required=True, help="The file to write."
)
@click.option(
    "--engine", default="duckdb", show_default=True, metavar="duckdb|polars|spark", help="What adds up."
)
@master_option
def ties(
    *,
    lake: Path,
    since: date | None,
    until: date | None,
    source: str | None,
    by: str,
    target: Path,
    engine: str,
    master: str | None,
) -> None:
    """Add up the rows of the lake DIR to ties and write them as one Parquet file.

    Columns: those of --by, actor, target, positive and negative (integer tenths, both at least 0), count (rows), outlets
    (different ones). All engines write the same integers. Rows that bring nothing to a tie (weight 0, or not plainly
    asserted) are left out; month is its first day, and null for rows without a date.
    """
    from allegiance.case.lakes import lake_ties  # noqa: PLC0415 - off the start-up path
    from allegiance.cli import output, words_lake  # noqa: PLC0415
    from allegiance.lake import TieQuery  # noqa: PLC0415

    names = tuple(name.strip() for name in by.split(",") if name.strip())
    query = TieQuery(names, since, until, source)
    count = lake_ties(lake, query, target, engine=engine, master=master)
    output.say(words_lake.ties_written(count, target))


@command.command(name="rows")
@lake_argument
@click.argument("what")
@slice_options
@counting_options
@click.option("--limit", type=click.IntRange(1), default=1000, show_default=True, help="Most rows.")
@json_option
@csv_option
def rows(
    *,
    lake: Path,
    what: str,
    source: str | None,
    since: date | None,
    until: date | None,
    count: tuple[str, ...],
    least_confidence: float,
    limit: int,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Show the rows of the lake DIR behind WHAT: a tie "A,B" or an actor "A", the newest first.

    Rows that bring nothing to a tie are left out; with --count, those that then do are shown too. `allegiance explain DIR`
    shows what they add up to as well.

    JSON: one object a line. Keys (and CSV columns): dataset, year, month, date, last, source, outlet, speaker, actor, act,
    code, target, polarity, weight, tenths, modality, negated, confidence, file, row, quote.
    """
    from allegiance.case.lakes import lake_rows  # noqa: PLC0415 - off the start-up path
    from allegiance.cli import output, words, words_lake  # noqa: PLC0415
    from allegiance.lake.row import NAMES  # noqa: PLC0415
    from allegiance.network import CountingPolicy  # noqa: PLC0415
    from allegiance.store import StatementFilter  # noqa: PLC0415

    wanted = StatementFilter(source=source, since=since, until=until)
    policy = CountingPolicy.parse(count, confidence=least_confidence)
    found = [
        {
            name: str(value) if name in ("month", "date", "last") and value else value
            for name, value in row.items()
        }
        for row in lake_rows(lake, what, wanted, policy, most=limit)
    ]
    if as_json:
        output.print_json_lines(found)
    elif as_csv:
        output.print_csv(NAMES, found)
    elif found:
        output.print_table(words_lake.row_table(found))
        output.say(words.CLAIM_NOTE)
    else:
        output.say(words_lake.no_rows(what))
    if len(found) == limit:
        output.say(words_lake.rows_cut(limit))


@command.command(name="read")
@lake_argument
@click.option(
    "--texts",
    type=PATH,
    multiple=True,
    required=True,
    metavar="FILE",
    help="JSON lines (plain, zip, gzip) or Parquet, one article a row; or a folder of such files. Can be given more than once.",
)
@reader_option
@pipeline_option
@actors_option
@click.option(
    "--jobs",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    help="Processes that read at the same time.",
)
@click.option(
    "--engine", default="pool", show_default=True, type=click.Choice(["pool", "spark"]), help="Where to read."
)
@master_option
def read(
    *,
    lake: Path,
    texts: tuple[Path, ...],
    reader: str,
    pipeline: str | None,
    actors: Path | None,
    jobs: int,
    engine: str,
    master: str | None,
) -> None:
    """Code the articles in the FILEs into rows of the lake DIR, made if it isn't there.

    An article has the keys (or columns) text, and where known title, outlet, author, date, url, language. Each file goes in
    as a whole or not at all, and only once: after a crash, run the same command again.
    """
    from allegiance.case.lakes import MakeReader, read_into_lake, text_files  # noqa: PLC0415 - off the start-up path
    from allegiance.cli import output, words_lake  # noqa: PLC0415
    from allegiance.errors import DataError  # noqa: PLC0415

    files, problems = text_files(texts), []
    make = MakeReader.of(reader, pipeline, actors)
    with output.progress_bar(words_lake.CODING) as move:
        for number, file in enumerate(files, 1):
            what = words_lake.coding(number, len(files))
            try:
                member = read_into_lake(
                    lake,
                    file,
                    make,
                    jobs=jobs,
                    engine=engine,
                    master=master,
                    progress=partial(move, what),
                )
            except DataError as broken:
                if len(files) == 1:
                    raise
                problems.append(broken)
                output.say(f"allegiance: {broken}")
            else:
                output.say(words_lake.read(file.name, member))
    if problems:
        raise DataError(words_lake.refused(len(problems)))
    output.say(words_lake.after_add(lake))
