"""What a corpus is asked with: which reader, whose names, what is left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from allegiance.coding import Namer


def _unknown(_: str, __: str, ___: date | None) -> str | None:
    """Know no code."""
    return None


def _silent(_: int) -> None:
    """Show no progress."""


@dataclass(frozen=True, slots=True)
class Task:
    """One evaluation.

    Attributes:
        path: the corpus.
        reader: name of the reader.
        names: who finds the actors in a text.
        pipeline: a spaCy pipeline of the user's own.
        unseen: a training file whose sentences are left out.
        code: returns whom a code of a scheme means on a day, as `Gazetteer.code` does.
        progress: is told how many examples were read since it was told last.
        given: whether the reader is handed the actors that are annotated, instead of finding them.
    """

    path: Path
    reader: str
    names: Namer
    pipeline: str | None = None
    unseen: Path | None = None
    code: Callable[[str, str, date | None], str | None] = _unknown
    progress: Callable[[int], None] = _silent
    given: bool = False
