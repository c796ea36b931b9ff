"""Which stretches of a long text the networks look at: as many sentences as fit, with three shared by two neighbours."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

# What training showed at most; a little below the encoder's own limit.
ROOM = 448
_SHARED = 3


def stretches(
    bounds: Sequence[tuple[int, int]], size: Callable[[int, int], int], room: int = ROOM
) -> Iterator[tuple[int, int]]:
    """Yield first and last sentence of each stretch.

    Args:
        bounds: the sentences, (start, end), in order.
        size: how many pieces the characters between two offsets take.
        room: most pieces of a stretch; a sentence longer than that stands alone, and its end isn't seen.
    """
    first, many = 0, len(bounds)
    while first < many:
        last = many - 1
        while last > first and (pieces := size(bounds[first][0], bounds[last][1])) > room:
            last = max(first, min(last - 1, first + (last - first) * room // pieces))
        while last < many - 1 and size(bounds[first][0], bounds[last + 1][1]) <= room:
            last += 1
        yield first, last
        if last == many - 1:
            return
        # Share as many sentences as leave room for at least one new one.
        shared = range(max(first + 1, last + 1 - _SHARED), last + 1)
        first = next((at for at in shared if size(bounds[at][0], bounds[last + 1][1]) <= room), last + 1)
