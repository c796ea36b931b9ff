"""Two splits of the same actors under the same names: which coalition of the one is which of the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def matched(names: NDArray[np.integer], groups: NDArray[np.integer]) -> NDArray[np.int64]:
    """Return the groups under the names that suit them: the largest overlaps keep their names, one after the other.

    Args:
        names: shape (n,), the name (a number from 0) that each actor had before, -1 where it had none.
        groups: shape (n,), the group (a number from 0) of each actor now.

    Returns:
        Shape (n,), the names of the groups now: no name for two groups; groups that take over none get new names,
        counted on from the largest.
    """
    count, known = int(groups.max(initial=-1)) + 1, int(names.max(initial=-1)) + 1
    had = names >= 0
    cells, overlap = np.unique(groups[had].astype(np.int64) * max(known, 1) + names[had], return_counts=True)
    name = np.full(count, -1, dtype=np.int64)
    taken: set[int] = set()
    for cell in cells[np.lexsort((cells, -overlap))].tolist():
        group, old = divmod(cell, max(known, 1))
        if name[group] < 0 and old not in taken:
            name[group] = old
            taken.add(old)
    new = name < 0
    name[new] = known + np.arange(int(new.sum()))
    renamed: NDArray[np.int64] = name[groups]
    return renamed


def turned(
    names: NDArray[np.integer], sides: NDArray[np.integer], parts: NDArray[np.integer]
) -> NDArray[np.int64]:
    """Return two coalitions with each part turned round where more of its actors so stay where they were.

    Args:
        names: shape (n,), 0 or 1, the side of each actor before, -1 where it had none.
        sides: shape (n,), 0 or 1, its side now.
        parts: shape (n,), parts of the network (numbered from 0) that nothing ties to each other, so that each may be
            turned round freely.
    """
    vote = np.where(names < 0, 0, np.where(names == sides, 1, -1))
    agree = np.zeros(int(parts.max(initial=-1)) + 1, dtype=np.int64)
    np.add.at(agree, parts, vote)
    side: NDArray[np.int64] = np.where(agree[parts] < 0, 1 - sides, sides).astype(np.int64)
    return side
