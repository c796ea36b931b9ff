"""Who says it."""

from __future__ import annotations

from dataclasses import dataclass

from allegiance.errors import DataError


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """The holder of a statement: an outlet or data set, and inside it the quoted speakers.

    Example: ``Source(("The Daily", "President Arna", "General Voss"))`` is what the general said,
    as the president tells it, as The Daily reports.

    Attributes:
        chain: outermost first, never empty.
    """

    chain: tuple[str, ...]

    def __post_init__(self) -> None:
        """Refuse a chain without an outlet or with an empty name."""
        if not self.chain or not all(name.strip() for name in self.chain):
            raise DataError("A source needs an outlet, and no name in its chain may be empty.")

    @property
    def outlet(self) -> str:
        """The outermost holder: the outlet or data set."""
        return self.chain[0]

    @property
    def speaker(self) -> str | None:
        """The innermost quoted speaker, or None where the outlet speaks for itself."""
        return self.chain[-1] if len(self.chain) > 1 else None

    def __str__(self) -> str:
        return " > ".join(self.chain)
