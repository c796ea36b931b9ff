"""The command line: one file per command, each loaded only when it is called.

Data goes to stdout, words and progress to stderr. What users are told stands in `words`; what goes wrong becomes one
sentence and an exit code here, in one place.
"""

from __future__ import annotations

import errno
import importlib
import os
import sys
from typing import TYPE_CHECKING, Any, TextIO

import click

from allegiance import __version__
from allegiance.cli import interrupts
from allegiance.cli.display import be_lenient, shown
from allegiance.errors import AllegianceError, StorageError, UsageError, clipped, nearest_names

if TYPE_CHECKING:
    from collections.abc import Callable

FAULT = 70  # the exit code of a fault of the program itself
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO)
# What the mere look at a path can raise.
_NO_PLACE = (errno.ENAMETOOLONG, errno.ELOOP, errno.EACCES, errno.EPERM, errno.ENOTDIR)

_COMMANDS = {
    "read": "Read texts into statements of a case.",
    "code": "Read one text and print its statements; no case is made.",
    "add": "Add event, alliance or edge data to a case.",
    "statements": "List the statements of a case.",
    "actors": "List the actors of a case, and those whose name is not known.",
    "network": "List the ties that statements add up to.",
    "coalitions": "Find the coalitions of a case or an edge list, with proof or bound.",
    "verify": "Check a saved proof of coalitions against a network, without any solver.",
    "levers": "Find the cheapest change of ties that makes a wished coalition hold.",
    "stability": "Ask who would break a coalition, and which group would break away.",
    "sensitivity": "Tell how far each tie can change before other coalitions are better.",
    "compare": "Compare two sources, times or files: ties, events, coalitions.",
    "balance": "Measure how balanced a network is, by the published measures.",
    "timeline": "Follow the coalitions through time, with a picture and the moves.",
    "whatif": "Show the coalitions before and after scenarios.",
    "scenarios": "Keep named changes in a case, or draft them from its texts.",
    "landscape": "Show the two camps that actors of given sizes fall into, all of them.",
    "issue": "Forecast where a disputed question settles, and who yields to whom.",
    "flows": "Find how much can flow along told routes, and their narrows.",
    "interdict": "Find the closures that leave the least flow, proved.",
    "explain": "Show the quotes behind a statement, tie, actor or coalition.",
    "lake": "Keep archives too large for a case as Parquet, and add them up.",
    "review": "Accept or reject statements.",
    "audit": "Measure how well your own texts were read, by judging a sample.",
    "annotations": "Write what was reviewed as annotated passages, to teach with.",
    "undo": "Take back the latest change of a case.",
    "redo": "Bring back what was undone last.",
    "check": "Tell all that is wrong with a case file.",
    "history": "List what was done to a case.",
    "panel": "Write dyads by month or year, for R and Stata.",
    "formats": "List the data formats that `add` reads, with how to cite them.",
    "evaluate": "Measure how well a reader reads annotated texts.",
    "report": "Write one HTML file that opens offline.",
    "demo": "Run the main job on the sample case.",
}


# Under which heading `--help` shows them; a test asks that each stands under one.
_SECTIONS = {
    "Read": "read code add lake formats",
    "Look": "statements actors network explain history report demo",
    "Coalitions": "coalitions timeline landscape balance compare verify",
    "Questions": "levers stability sensitivity whatif scenarios issue flows interdict",
    "Keep": "review audit undo redo check",
    "Pass on": "panel annotations",
    "Develop": "evaluate",
}


class _LazyGroup(click.Group):
    """Knows its commands by name, so that `--help` doesn't import them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f"allegiance.cli.{cmd_name}")
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as unknown:
            if near := nearest_names(args[0], _COMMANDS, most=1):
                raise click.UsageError(f"{unknown.message} Did you mean {near[0]!r}?", ctx) from unknown
            raise

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - as above
        for title, names in _SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl([(name, _COMMANDS[name]) for name in names.split()])


@click.group(
    cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="allegiance")
def group() -> None:
    """Who sides with whom, according to whom, and which coalitions hold.

    The program never says that a claim is true: each number leads back to quoted sentences and to who said them.
    """


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; every failure is one sentence on stderr and an exit code, never a traceback."""
    be_lenient()
    try:
        code: Any = group.main(args=arguments, prog_name="allegiance", standalone_mode=False)
        sys.stdout.flush()
    except (click.exceptions.Abort, KeyboardInterrupt):
        code = _tell(interrupts.STOPPED, interrupts.CODE)
    except BrokenPipeError:
        # The reader of our output went away (`| head`): no error.
        _drop(sys.stdout)
        code = 0
    except click.ClickException as wrong:
        wrong.message = shown(wrong.message)  # type: ignore[misc] # click names it final and reads it when it shows
        code = _last(wrong.show, wrong.exit_code)
    except Exception as fault:
        if interrupts.came():
            code = _tell(interrupts.STOPPED, interrupts.CODE)
        elif isinstance(fault, AllegianceError):
            code = _tell(shown(f"allegiance: {fault}"), fault.exit_code)
        elif isinstance(fault, OSError) and fault.errno in _NO_ROOM:
            code = _tell(shown(f"allegiance: {_no_room(fault)}"), StorageError.exit_code)
        elif isinstance(fault, OSError) and fault.errno in _NO_PLACE and fault.filename is not None:
            code = _tell(shown(f"allegiance: {_no_place(fault)}"), UsageError.exit_code)
        elif os.environ.get("ALLEGIANCE_TRACEBACK"):
            raise
        else:
            code = _tell(
                f"allegiance: a fault of the program itself ({type(fault).__name__}: {shown(str(fault))}). Please report "
                "it, with what ALLEGIANCE_TRACEBACK=1 before the command prints.",
                FAULT,
            )
    sys.exit(code if isinstance(code, int) else 0)


def _tell(sentence: str, code: int) -> int:
    """Print a last sentence on stderr and return the exit code."""
    return _last(lambda: click.echo(sentence, err=True), code)


def _last(say: Callable[[], None], code: int) -> int:
    """Say the last word and return the exit code, which has to be enough where nobody can be told."""
    try:
        sys.stdout.flush()
    except OSError:
        _drop(sys.stdout)
    try:
        say()
    except OSError:
        _drop(sys.stderr)
    return code


def _no_room(refused: OSError) -> str:
    """Say what could not be written; whatever has a name is told by who writes it, so that the output itself is left."""
    what = "The output" if refused.filename is None else str(refused.filename)
    return f"{what} can't be written ({refused.strerror}); free some space, or send it elsewhere."


def _no_place(refused: OSError) -> str:
    return f"{clipped(str(refused.filename))} can't be used ({refused.strerror}); check the name and its permissions."


def _drop(stream: TextIO) -> None:
    """Send what a stream still holds nowhere, or Python would try to write it at exit and fail again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
