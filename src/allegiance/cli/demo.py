"""`allegiance demo`: the main job on the sample case."""

from __future__ import annotations

import tomllib
from importlib import resources
from pathlib import Path

import click

from allegiance.cli.options import PATH


@click.command(name="demo")
@click.option(
    "-o",
    "--output",
    "folder",
    type=PATH,
    default=Path("demo-output"),
    show_default=True,
    help="Folder to write to.",
)
def command(*, folder: Path) -> None:
    """Read the sample case (an invented conflict, told by three outlets that disagree) and show its coalitions."""
    from allegiance.analysis.coalitions import coalitions  # noqa: PLC0415 - off the start-up path
    from allegiance.analysis.standing import standing  # noqa: PLC0415
    from allegiance.case import Case, Provenance, view_of  # noqa: PLC0415 - off the start-up path
    from allegiance.case.questions import answers  # noqa: PLC0415
    from allegiance.cli import output, words  # noqa: PLC0415
    from allegiance.errors import StorageError  # noqa: PLC0415
    from allegiance.report.page import write  # noqa: PLC0415
    from allegiance.store import StatementFilter  # noqa: PLC0415

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as trouble:
        raise StorageError(
            f"The folder {folder} can't be made ({trouble.strerror}); name another with -o."
        ) from trouble
    target, page = folder / "sample.case", folder / "sample.html"
    with resources.as_file(resources.files("allegiance.sample")) as sample, Case(target, create=True) as case:
        articles = tomllib.loads((sample / "articles" / "articles.toml").read_text("utf-8"))["article"]
        case.add_actors(sample / "actors.csv")
        with output.progress_bar(words.IMPORTING, total=len(articles)) as move:
            for article in articles:
                date = str(article["date"]) if "date" in article else None
                origin = Provenance(article["outlet"], article.get("author"), date, article.get("url"))
                # Read by rules: what the pages of docs/ say of the sample case is what the rules read in it.
                case.read(sample / "articles" / article["file"], origin, reader="rules")
                move(words.IMPORTING, 1)
        output.say(words.demo_read(sum(count for _, count in case.sources()), case.outlets()))
        for outlet in (None, *case.outlets()):
            counted = case.contributions(StatementFilter(source=outlet))
            net = counted.network()
            result = coalitions(net)
            stands = standing(net, counted, result)
            output.print_lines([words.heading(f"According to {outlet or 'all three outlets together'}")])
            output.print_table(words.coalition_table(result, stands))
            output.print_lines([words.plain(words.coalition_summary(result, stands)), words.plain("")])
        with output.progress_bar(words.SEARCHING) as move:
            further = list(answers(case, progress=lambda question: move(question, 0)))
        write(view_of(case, title="The sample case: an invented conflict"), page, further)
    output.say(words.demo_done(target, page))
