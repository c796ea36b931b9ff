"""The reference page of the formats (docs/formats.md), made from the registry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegiance.events.registry import formats

if TYPE_CHECKING:
    from collections.abc import Iterator

    from allegiance.events.format import Column, Format

_HEAD = """\
# Formats of event and alliance data

This page is made from the program's registry of formats (`allegiance.events.reference`); a test keeps the two equal.

Every data row either gives statements or is skipped with its reason: rows = rows used + rows skipped, in every file.
A broken row costs only itself. Text is UTF-8, with or without byte-order mark, or UTF-16; a line that is neither is read
as Latin-1. A line is a record where the format doesn't say otherwise. Between commas and semicolons a quotation mark that
is never closed costs one row; between tabs nothing is quoted, and such a mark is part of a name. Empty and
binary files are refused. Columns are found under the names that editions and programs write (side_a_2nd, SideA2nd, side.a.2nd).
Actors are looked up by their codes and the day of the row, or by what the data set means by a name in that year; one that
isn't known keeps what the file calls it. Weights are integer tenths: 100 is a weight of 10.
"""


def formats_page() -> str:
    """Return the whole page as Markdown."""
    return "\n".join((_HEAD, *_overview(), *(_section(fmt) for fmt in formats().values())))


def _overview() -> Iterator[str]:
    yield "| `--format` | data | terms of use |"
    yield "|---|---|---|"
    for fmt in formats().values():
        yield f"| [`{fmt.name}`](#{fmt.name}) | {fmt.title} | {fmt.terms} |"
    yield ""


def _section(fmt: Format) -> str:
    lines = [f"## {fmt.name}", "", f"{fmt.title}." + (f" <{fmt.url}>" if fmt.url else ""), ""]
    lines += [f"Cite: {fmt.citation}", "", *(f"- {note}" for note in fmt.notes), ""]
    lines += ["| column | what it says | missing is |", "|---|---|---|"]
    lines += [f"| {column.name} | {column.meaning} | {_missing(column)} |" for column in fmt.columns]
    if fmt.options:
        lines += ["", "| `--set` | default | what it decides |", "|---|---|---|"]
        lines += [f"| {option.name} | `{option.default}` | {option.meaning} |" for option in fmt.options]
    return "\n".join([*lines, ""])


def _missing(column: Column) -> str:
    return ", ".join(f"`{marker}`" if marker else "empty" for marker in column.missing) or "never"


if __name__ == "__main__":
    print(formats_page(), end="")  # noqa: T201 - the page is the output
