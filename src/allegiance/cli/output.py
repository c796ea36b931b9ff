"""How commands print: JSON, JSON lines, CSV, tables; progress on stderr."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from allegiance.cli.display import Shown, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from rich.table import Table
    from rich.text import Text

    from allegiance.pictures import Markup

MOST_QUOTED = 200


def print_json(value: Any) -> None:  # noqa: ANN401 - anything that JSON can hold
    """Print one JSON object on one line."""
    # Lone surrogates (from broken encodings in names) can't be written as UTF-8, so they are escaped.
    # What stdout can't hold stands in the escapes of JSON, so that nothing is lost.
    unicode = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    text = json.dumps(value, ensure_ascii=not unicode)
    click.echo(text.encode("utf-8", "backslashreplace").decode("utf-8"))


def print_json_lines(values: Iterable[Any]) -> None:
    """Print one JSON object a line."""
    for value in values:
        print_json(value)


def print_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """Print rows as CSV that a spreadsheet can open without running anything."""
    from allegiance.exchange.table import write_csv  # noqa: PLC0415 - off the start-up path

    write_csv(sys.stdout, columns, rows)


def print_table(table: Table) -> None:
    """Print a table to stdout, coloured where stdout is a terminal (or colour is forced)."""
    from rich.console import Console  # noqa: PLC0415 - off the start-up path

    console = Console(file=sys.stdout, highlight=False)
    if not console.is_terminal:
        # A pipe has no width of its own; cutting names at 80 columns would lose data.
        console = Console(file=sys.stdout, highlight=False, width=160)
    console.print(Shown(table))


def print_lines(lines: Iterable[Text]) -> None:
    """Print styled lines to stdout, without breaking them where stdout is no terminal."""
    from rich.console import Console  # noqa: PLC0415 - off the start-up path

    console = Console(file=sys.stdout, highlight=False)
    for line in lines:
        console.print(Shown(line), soft_wrap=not console.is_terminal)


def write_page(
    title: str,
    sections: Iterable[tuple[str, Markup]],
    path: Path,
    *,
    case: Path | None = None,
    evidence: Iterable[str] = (),
) -> None:
    """Write an answer as an offline page, and say so.

    Args:
        title: what was asked.
        sections: each a heading and a piece of markup.
        path: the file to write.
        case: what was asked, for the sentences behind it; left out where it is no case.
        evidence: ids of the statements that the answer rests on.
    """
    from allegiance.report.answer_page import answer_page  # noqa: PLC0415 - off the start-up path
    from allegiance.report.outfile import write_whole  # noqa: PLC0415

    behind = [] if case is None else [*_quotes(case, evidence)]
    write_whole(answer_page(title, [*sections, *behind]).encode(), path, "page")
    say(f"The page is {path}.")


def _quotes(case: Path, evidence: Iterable[str]) -> Iterator[tuple[str, Markup]]:
    """Yield a section with the sentences behind an answer, where there are any."""
    from allegiance.case.quoting import quoted  # noqa: PLC0415 - off the start-up path
    from allegiance.pictures import table  # noqa: PLC0415

    quotes = quoted(case, evidence, MOST_QUOTED)
    rows = [
        (one.stmt.id, str(one.stmt.source), f"{one.stmt.actor} {one.stmt.act} {one.stmt.target}", one.words)
        for one in quotes
    ]
    if rows:
        more = f" The first {MOST_QUOTED}." if len(rows) == MOST_QUOTED else ""
        caption = f"What sources said, not what is so.{more}"
        yield (
            "The sentences behind it",
            table(["statement", "who says so", "claim", "words"], rows, caption=caption),
        )


def say(sentence: str) -> None:
    """Print a sentence for the user on stderr."""
    click.echo(shown(sentence), err=True)


@contextmanager
def progress_bar(what: str, total: int | None = None) -> Iterator[Callable[[str, float], None]]:
    """Show a bar on stderr while the block runs; yields a function (words, amount done) that moves it."""
    from rich.console import Console  # noqa: PLC0415 - off the start-up path
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(what, total=total)
        yield lambda words, amount: bar.update(task, description=shown(words), advance=amount)
