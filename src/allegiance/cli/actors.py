"""`allegiance actors`: who is in a case, who of them is not known by name, and judging that two are one or one is two."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from allegiance.cli.options import case_argument, csv_option, json_option

if TYPE_CHECKING:
    from pathlib import Path

    from allegiance.store import Event

COLUMNS = ("name", "kind", "known", "statements", "weight", "positive", "negative")
_LIST = "list"

by_option = click.option("--by", "author", help="Who says so (default: your user name).")
as_option = click.option("--as", "name", metavar="NAME", help="The name under which it is shown from now on.")


class _ListByDefault(click.Group):
    """A group whose first argument may be the case itself: `actors CASE` lists."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] not in self.get_help_option_names(ctx):
            args = [_LIST, *args]
        return super().parse_args(ctx, args)


@click.group(name="actors", cls=_ListByDefault)
def command() -> None:
    """List the actors of a case (`actors CASE`), and judge that two are one, or that words mean somebody.

    A judgement changes no statement: it is an event in the history, every answer shows its fold, and `allegiance undo` takes
    it back. Statements keep their ids and the words of their texts.
    """


@command.command(name=_LIST)
@case_argument
@click.option("--unresolved", is_flag=True, help="Only those whose name is not known, the heaviest first.")
@json_option
@csv_option
def listed(*, case: Path, unresolved: bool, as_json: bool, as_csv: bool) -> None:
    """List the actors of CASE with the number and weight of the statements about them, the heaviest first.

    The word `list` may be left out. An actor that isn't known stands under the name that the data or text gives it: two
    spellings are two actors. Merge them, or name them in a table of your own (`--actors` of read and add).

    JSON: one object a line. Keys (and CSV columns): name, kind (state, bloc, ..., part for a part of a known actor, empty
    for a name that isn't known), known, statements, weight (both signs together), positive, negative; weights in units.
    """
    from allegiance.case import Case  # noqa: PLC0415 - off the start-up path
    from allegiance.cli import output, words_panel  # noqa: PLC0415

    with Case(case) as opened:
        uses = opened.actors()
    chosen = [use for use in uses if not (unresolved and use.known)]
    if as_json:
        output.print_json_lines(use.to_json() for use in chosen)
    elif as_csv:
        output.print_csv(COLUMNS, (use.to_json() for use in chosen))
    else:
        output.print_table(words_panel.actor_table(chosen))
        output.say(words_panel.actors_summary(uses))


@command.command()
@case_argument
@click.argument("a")
@click.argument("b")
@as_option
@by_option
def merge(*, case: Path, a: str, b: str, name: str | None, author: str | None) -> None:
    """Show the actors A and B of CASE as one, called A or as --as says."""
    from allegiance.case import Case  # noqa: PLC0415 - off the start-up path

    with Case(case, author=author) as opened:
        _kept(case, opened.merge_actors(a, b, name))


@command.command()
@case_argument
@click.argument("actor", metavar="NAME")
@click.argument("words", required=False)
@as_option
@by_option
def split(*, case: Path, actor: str, words: str | None, name: str | None, author: str | None) -> None:
    """Take apart what was merged into NAME; with WORDS, only that name or those surface words leave NAME.

    WORDS are shown as an actor of their own, or as --as says, which may be another actor of the case.
    """
    from allegiance.case import Case  # noqa: PLC0415 - off the start-up path

    with Case(case, author=author) as opened:
        _kept(case, opened.split_actor(actor, words, name))


@command.command()
@case_argument
@click.argument("actor", metavar="NAME")
@click.argument("words")
@by_option
def alias(*, case: Path, actor: str, words: str, author: str | None) -> None:
    """Let the surface WORDS mean the actor NAME, in CASE and in all that is read or added later."""
    from allegiance.case import Case  # noqa: PLC0415 - off the start-up path

    with Case(case, author=author) as opened:
        _kept(case, opened.alias_actor(actor, words))


def _kept(case: Path, event: Event) -> None:
    from allegiance.cli.output import say  # noqa: PLC0415 - off the start-up path

    say(f"Kept in the history as number {event.seq}: {event.words}. To take it back: allegiance undo {case}")
