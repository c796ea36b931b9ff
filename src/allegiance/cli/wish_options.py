"""Options that say what a split has to keep."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click

from allegiance.cli.options import actor_names, names

if TYPE_CHECKING:
    from collections.abc import Callable

F = TypeVar("F", bound="Callable[..., Any]")


def wish_options(command: F) -> F:
    """Add --together, --apart, --first and --second."""
    for option in (
        click.option("--second", type=names, default=(), metavar="C,D", help="... and these on the other."),
        click.option(
            "--first", type=names, default=(), metavar="A,B", help="With --k 2: these on one side ..."
        ),
        click.option(
            "--apart",
            type=actor_names,
            multiple=True,
            metavar="A,B",
            help="These must not (each two of them).",
        ),
        click.option(
            "--together",
            type=actor_names,
            multiple=True,
            metavar="A,B",
            help="These must be in one coalition.",
        ),
    ):
        command = option(command)
    return command
