"""How much work may be done on what a stranger wrote: steps are counted, and end with an error, never by the clock."""

from __future__ import annotations

from dataclasses import dataclass


class SpentError(Exception):
    """All steps are spent; whoever set their number says what that means."""


@dataclass(slots=True)
class Steps:
    """A number of steps that all parts of one task share.

    Attributes:
        left: how many are left.
    """

    left: int

    def spend(self, steps: int) -> None:
        """Take `steps` away.

        Raises:
            SpentError: there are not so many left.
        """
        self.left -= steps
        if self.left < 0:
            raise SpentError
