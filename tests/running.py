"""What tests of the command line get back from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command did."""

    code: int
    out: str
    err: str


class Run(Protocol):
    """Runs `allegiance ARGUMENTS`."""

    def __call__(self, *arguments: object) -> Ran:
        """Run it."""
