"""The sentences behind an answer, wherever its network came from."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from allegiance.case.case import Case
from allegiance.store import is_sqlite

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from allegiance.model import Quote


def quoted(path: Path, evidence: Iterable[str], most: int) -> tuple[Quote, ...]:
    """Return at most `most` of the statements with these ids, with what they quote; none for what is no case."""
    if not path.is_file() or not is_sqlite(path):
        return ()
    with Case(path) as case:
        return case.quotes_of(islice(dict.fromkeys(evidence), most))
