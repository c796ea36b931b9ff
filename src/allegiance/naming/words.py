"""The word lists of the rules on names: ``tables/words.csv``, read once."""

from __future__ import annotations

from functools import lru_cache

from allegiance.naming.tables import rows


def word_list(name: str) -> frozenset[str]:
    """Return the words of the list called `name`."""
    return _lists()[name]


@lru_cache(maxsize=1)
def _lists() -> dict[str, frozenset[str]]:
    return {row["list"]: frozenset(row["words"].split()) for row in rows("words")}
