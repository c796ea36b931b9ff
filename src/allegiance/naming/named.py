"""Words that name an actor, on the way from a phrase found to a mention."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Named:
    """The words `first` to `after` (exclusive) of a passage that name an actor; the rest as in `Mention`."""

    first: int
    after: int
    actor: str
    via: str
    person: str = ""
    known: bool = True
