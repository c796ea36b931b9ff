"""`allegiance formats`: the data formats that `add` reads."""

from __future__ import annotations

import click

from allegiance.cli.options import json_option


@click.command(name="formats")
@json_option
def command(*, as_json: bool) -> None:
    """List the data formats that `add` reads, with terms of use and how to cite their sources.

    JSON: one object a line, with name, title, citation, terms, url, columns, options (of `add --set`).
    """
    from allegiance.cli import output, words  # noqa: PLC0415 - off the start-up path
    from allegiance.events import formats  # noqa: PLC0415

    rows = [
        {
            "name": fmt.name,
            "title": fmt.title,
            "citation": fmt.citation,
            "terms": fmt.terms,
            "url": fmt.url,
            "columns": [column.name for column in fmt.columns],
            "options": {option.name: option.meaning for option in fmt.options},
        }
        for fmt in formats().values()
    ]
    if as_json:
        output.print_json_lines(rows)
    else:
        output.print_table(words.format_table(rows))
