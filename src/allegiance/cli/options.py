"""Options that several commands share."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from allegiance.cli.number_types import NumberRange
from allegiance.errors import DataError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from allegiance.model import DateInterval

F = TypeVar("F", bound="Callable[..., Any]")

PATH = click.Path(path_type=Path)
QUOTE = '"'

case_argument = click.argument("case", type=PATH)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
html_option = click.option(
    "--html", type=PATH, metavar="FILE.html", help="Write the answer as a page that opens offline."
)
SECONDS = 60.0
"""How long a search of the command line goes on when nothing else is said: people wait for no longer."""
search_limit_option = click.option(
    "--time-limit",
    type=NumberRange(0),
    default=SECONDS,
    show_default=True,
    metavar="SECONDS",
    help="Stop each search then, with a bound.",
)
csv_option = click.option("--csv", "as_csv", is_flag=True, help="Print CSV.")
outlet_option = click.option(
    "--outlet", help="Who published the text; the outermost source of its statements."
)
date_option = click.option("--date", help="When it was published: 2031-04-09, 2031-04 or 2031.")
reader_option = click.option(
    "--reader", default="taught", show_default=True, help="Which reader to use: taught, rules or llm."
)
pipeline_option = click.option("--pipeline", help="An installed spaCy pipeline of your own to parse with.")
actors_option = click.option(
    "--actors",
    type=PATH,
    help="A CSV table of further actors: name, kind, aliases, demonyms, capital, leader, ...",
)


def first_day(text: str) -> date:
    """Read the first day of a date given on the command line."""
    return _interval(text).first


def last_day(text: str) -> date:
    """Read the last day of a date given on the command line."""
    return _interval(text).last


def _interval(text: str) -> DateInterval:
    from allegiance.model import DateInterval  # noqa: PLC0415 - off the start-up path

    try:
        return DateInterval.parse(text)
    except DataError as wrong:
        raise UsageError(str(wrong)) from wrong  # a date in the call is the caller's, not the data's


def coalition_number(text: str) -> int | None:
    """Read ``2``, ``any`` (None) or another number of coalitions."""
    if text == "any":
        return None
    if not text.isdecimal() or int(text) < 1:
        raise UsageError(f"--k is {text!r}; give 2, any, or another number of coalitions of at least 1.")
    return int(text)


def names(text: str | tuple[str, ...]) -> tuple[str, ...]:
    """Read names of actors, joined by commas; a name that holds a comma stands in quotation marks, as in CSV."""
    if isinstance(text, tuple):  # click hands the default through here as well
        return text
    try:
        rows = (
            list(csv.reader([text], skipinitialspace=True, strict=True)) if '"' in text else [text.split(",")]
        )
    except csv.Error as wrong:
        raise UsageError(
            f'In {text!r} quotation marks don\'t match; write names as A,B and one with a comma as "A, Inc",B.'
        ) from wrong
    found = tuple(name.strip() for row in rows for name in row)
    if not found or not all(found):
        raise UsageError(f"{text!r} holds an empty name; write names as A,B.")
    return found


def joined(actors: Iterable[str]) -> str:
    """Write names as `names` reads them."""
    return ",".join(
        f'"{name.replace(QUOTE, QUOTE * 2)}"' if "," in name or QUOTE in name else name for name in actors
    )


def actor_names(text: str) -> tuple[str, ...]:
    """Read two or more names of actors, joined by commas."""
    found = names(text)
    if len(found) < 2:  # noqa: PLR2004 - two make a pair
        raise UsageError(f"{text!r} names no pair of actors; write them as A,B.")
    return found


def chosen(text: str) -> tuple[str, str]:
    """Read ``NAME=VALUE``."""
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise UsageError(f"--set is {text!r}; write it as NAME=VALUE, such as measure=s.")
    return name.strip(), value.strip()


set_option = click.option(
    "--set",
    "options",
    type=chosen,
    multiple=True,
    metavar="NAME=VALUE",
    help="Choose an option of the format, such as measure=s for unvotes; `allegiance formats --json` lists them.",
)
codebook_option = click.option(
    "--codebook",
    type=PATH,
    help="A YAML file of acts and event codes with weights of your own, in the form of the shipped acts.yaml.",
)
k_option = click.option(
    "--k",
    type=coalition_number,
    default="any",
    show_default=True,
    metavar="2|any|N",
    help="Two coalitions, as many as fit, or at most N.",
)


def slice_options(command: F) -> F:
    """Add --source, --since, --until: which statements of the case are looked at."""
    for option in (
        click.option("--until", type=last_day, metavar="DATE", help="Last day: 2031-04-09, 2031-04 or 2031."),
        click.option("--since", type=first_day, metavar="DATE", help="First day."),
        click.option(
            "--source", help="Only what this outlet, data set or speaker says ('A > B' for a whole chain)."
        ),
    ):
        command = option(command)
    return command


def counting_options(command: F) -> F:
    """Add --count and --least-confidence: how statements count when they are added up."""
    for option in (
        click.option(
            "--least-confidence",
            type=NumberRange(0, 1),
            default=0.0,
            help="Leave out what is less sure.",
        ),
        click.option(
            "--count",
            multiple=True,
            metavar="NAME=PERCENT",
            help="How statements count that aren't plainly asserted, e.g. demanded=50 or negated=-100 (default 0); and "
            "once=story (the default: texts that are copies of each other count once), once=event or once=source, so that "
            "reports of the same event count once (for each source), or once=statement (each counts); and blocs=each or "
            "blocs=share, so that its members of the day take a bloc's place, with the whole weight or sharing it.",
        ),
    ):
        command = option(command)
    return command
