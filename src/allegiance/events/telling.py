"""From rows to statements, for formats of which one row tells several."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegiance.errors import BadRowError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from allegiance.model import Statement


def told_by(
    items: Iterable[tuple[int, list[str]] | BadRowError],
    tell: Callable[[int, list[str]], list[Statement] | BadRowError],
) -> Iterator[Statement | BadRowError]:
    """Yield, in order, what `tell` makes of each row (its line, its fields), and what is wrong with the others."""
    for item in items:
        found = item if isinstance(item, BadRowError) else tell(*item)
        if isinstance(found, BadRowError):
            yield found
        else:
            yield from found
