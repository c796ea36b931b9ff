"""What `--help` shows."""

from __future__ import annotations

import re

from click.testing import CliRunner

from allegiance.cli import _COMMANDS, group


def test_every_command_stands_under_one_heading() -> None:
    """`--help` shows each command once, under what it is for."""
    listed = re.findall(r"^  ([a-z]+)  ", CliRunner().invoke(group, ["--help"]).output, re.MULTILINE)
    assert sorted(listed) == sorted(set(listed))
    assert {"read", "coalitions", "whatif", "review", "annotations", "evaluate"} <= set(listed)
    assert set(listed) == set(_COMMANDS)
