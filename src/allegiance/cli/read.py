"""`allegiance read`: texts into statements of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from allegiance.cli.options import (
    PATH,
    actors_option,
    case_argument,
    date_option,
    outlet_option,
    pipeline_option,
    reader_option,
)

if TYPE_CHECKING:
    from pathlib import Path


@click.command(name="read")
@case_argument
@click.argument("files", type=PATH, nargs=-1, required=True)
@outlet_option
@date_option
@click.option("--author", help="Who wrote it.")
@click.option("--url", help="Where it stands.")
@reader_option
@pipeline_option
@actors_option
def command(
    *,
    case: Path,
    files: tuple[Path, ...],
    outlet: str | None,
    date: str | None,
    author: str | None,
    url: str | None,
    reader: str,
    pipeline: str | None,
    actors: Path | None,
) -> None:
    """Read FILES (plain text, HTML, or JSON lines) into statements of CASE, which is made if it isn't there.

    Each file is read as a whole or not at all; one that was read before, the same way, adds nothing. After an interruption
    run the same command again. JSON lines have text, and may have outlet, author, date, url, title and language.
    """
    from allegiance.case import Case, Provenance  # noqa: PLC0415 - off the start-up path
    from allegiance.cli import output, words  # noqa: PLC0415
    from allegiance.cli.destination import say_where_text_goes  # noqa: PLC0415
    from allegiance.cli.imports import import_each  # noqa: PLC0415

    say_where_text_goes(reader)
    provenance = Provenance(outlet, author, date, url)
    with Case(case, create=True) as opened:
        if actors and opened.add_actors(actors):
            output.say(words.actors_kept(actors.name))
        import_each(
            files,
            lambda path, tick: opened.read(path, provenance, reader=reader, pipeline=pipeline, progress=tick),
        )
    output.say(words.after_import(case))
