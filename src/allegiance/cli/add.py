"""`allegiance add`: event, alliance or edge data into a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from allegiance.cli.options import PATH, actors_option, case_argument, codebook_option, set_option

if TYPE_CHECKING:
    from pathlib import Path


@click.command(name="add")
@case_argument
@click.argument("files", type=PATH, nargs=-1, required=True)
@click.option(
    "--format", "data_format", metavar="FORMAT", help="See `allegiance formats`; guessed when not given."
)
@set_option
@codebook_option
@actors_option
def command(
    *,
    case: Path,
    files: tuple[Path, ...],
    data_format: str | None,
    options: tuple[tuple[str, str], ...],
    codebook: Path | None,
    actors: Path | None,
) -> None:
    """Add the data FILES to CASE, which is made if it isn't there.

    Each file is added as a whole or not at all; rows that can't be used are named and left out. A file that was added
    before adds nothing. A zip or gzip archive is one file, whatever it holds; of a folder, each data file is one.
    """
    from allegiance.case import Case, files_named  # noqa: PLC0415 - off the start-up path
    from allegiance.cli import output, words  # noqa: PLC0415
    from allegiance.cli.imports import import_each  # noqa: PLC0415

    named, left_out = files_named(files, data_format)
    with Case(case, create=True) as opened:
        if actors and opened.add_actors(actors):
            output.say(words.actors_kept(actors.name))
        for file in left_out:
            output.say(words.no_data(file.name))
        import_each(
            named,
            lambda path, tick: opened.add(
                path, data_format, codebook=codebook, options=dict(options), progress=tick
            ),
        )
    output.say(words.after_import(case))
