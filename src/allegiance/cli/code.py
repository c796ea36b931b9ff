"""`allegiance code`: one text to statements on stdout, without a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from allegiance.cli.options import (
    PATH,
    actors_option,
    csv_option,
    date_option,
    json_option,
    outlet_option,
    pipeline_option,
    reader_option,
)

if TYPE_CHECKING:
    from pathlib import Path


@click.command(name="code")
@click.argument("file", type=PATH)
@outlet_option
@date_option
@reader_option
@pipeline_option
@actors_option
@json_option
@csv_option
def command(
    *,
    file: Path,
    outlet: str | None,
    date: str | None,
    reader: str,
    pipeline: str | None,
    actors: Path | None,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Read FILE and print its statements; no case is made.

    JSON: one object a line, with the keys of `allegiance statements --json`.
    """
    from allegiance.case import Provenance, code_file  # noqa: PLC0415 - off the start-up path
    from allegiance.cli import output, words  # noqa: PLC0415
    from allegiance.cli.destination import say_where_text_goes  # noqa: PLC0415
    from allegiance.cli.statements import COLUMNS  # noqa: PLC0415
    from allegiance.errors import DataError  # noqa: PLC0415
    from allegiance.model import Quote  # noqa: PLC0415

    say_where_text_goes(reader)
    stmts, problems = code_file(
        file,
        Provenance(outlet, date=date),
        reader=reader,
        pipeline=pipeline,
        actors=actors,
        remark=output.say,
    )
    words.say_problems(problems)
    if as_json:
        output.print_json_lines(stmt.to_json() for stmt in stmts)
    elif as_csv:
        output.print_csv(COLUMNS, (stmt.to_json() for stmt in stmts))
    else:
        output.print_table(words.statement_table([Quote(stmt) for stmt in stmts]))
        output.say(f"{words.CLAIM_NOTE} To keep them: allegiance read my.case {file}")
    if problems:
        raise DataError(words.left_out(len(problems), file.name))
