"""What a reader has to say of its own work, besides statements."""

from __future__ import annotations

from typing import Protocol, runtime_checkable


@runtime_checkable
class Remarking(Protocol):
    """A reader that drops things or costs something, and says so at the end."""

    def remarks(self) -> tuple[str, ...]:
        """Return sentences for the user on what was read so far."""
        ...
