"""Writes docs/cli.md from what `--help` says; run it after a change to the command line."""

from __future__ import annotations

from pathlib import Path

import click

from allegiance.cli import _COMMANDS, group

TARGET = Path(__file__).parents[2] / "docs" / "cli.md"
WIDTH = 100


def reference() -> str:
    """Return the page: one section a command, its help as it is printed."""
    context = click.Context(group, info_name="allegiance", terminal_width=WIDTH, **group.context_settings)
    parts = [
        "# The command line\n",
        "This page is made from `--help`; a test keeps it so.\n",
        _block(group.get_help(context)),
    ]
    for name in _COMMANDS:
        command = group.get_command(context, name)
        assert command is not None
        inner = click.Context(command, context, info_name=name, max_content_width=WIDTH, terminal_width=WIDTH)
        parts += [f"## allegiance {name}\n", _block(command.get_help(inner))]
        if isinstance(command, click.Group):
            for part, sub in command.commands.items():
                called = click.Context(
                    sub, inner, info_name=part, max_content_width=WIDTH, terminal_width=WIDTH
                )
                parts += [f"### allegiance {name} {part}\n", _block(sub.get_help(called))]
    return "\n".join(parts)


def _block(text: str) -> str:
    return f"```text\n{text}\n```\n"


if __name__ == "__main__":
    TARGET.write_text(reference(), "utf-8")
