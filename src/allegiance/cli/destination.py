"""A word to those whose texts would leave their machine, before they do."""

from __future__ import annotations

from allegiance.cli import output


def say_where_text_goes(reader: str) -> None:
    """Say so where `reader` sends texts to another machine; readers that stay at home need no word."""
    from allegiance.coding.llm_reader import NAME  # noqa: PLC0415 - off the start-up path
    from allegiance.coding.llm_settings import Settings  # noqa: PLC0415

    if reader == NAME and (warning := Settings.from_environment().warning):
        output.say(warning)
