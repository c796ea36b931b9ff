"""Examples with other names now and then, as word pieces, in batches."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import torch

from allegiance.coding.marked_text import Marked, marked, marks_of, whole_words

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

    from example import Example

    from allegiance.coding.word_pieces import WordPieces


def renamed(row: Example, names: tuple[str, str]) -> Example:
    """Return the example with other names in place of the two mentions."""
    (s1, e1), (s2, e2) = whole_words(row.text, row.first), whole_words(row.text, row.second)
    if e1 > s2:
        return row
    one, two = names
    text = row.text[:s1] + one + row.text[e1:s2] + two + row.text[e2:]
    at = s2 + len(one) - (e1 - s1)
    return replace(row, text=text, first=(s1, s1 + len(one)), second=(at, at + len(two)))


class Coder:
    """Turns examples into word pieces."""

    def __init__(self, table: WordPieces) -> None:
        self._table = table
        self._marks = marks_of(table)

    def code(self, rows: list[Example]) -> list[Marked]:
        """Return the marked word pieces of each example."""
        found = []
        for row in rows:
            cut = self._table.pieces(row.text)
            spans = (whole_words(row.text, row.first), whole_words(row.text, row.second))
            found.append(marked(cut.offsets, cut.numbers, spans, self._marks))
        return found


class Batch:
    """Padded tensors of some examples: pieces [n, length], mask [n, length], places of the marks [n, 2], labels [n]."""

    def __init__(self, coded: list[Marked], labels: list[int], indices: list[int]) -> None:
        longest = max(len(one.pieces) for one in coded)
        pieces = np.zeros((len(coded), longest), dtype=np.int64)
        mask = np.zeros((len(coded), longest), dtype=np.int64)
        for at, one in enumerate(coded):
            pieces[at, : len(one.pieces)] = one.pieces
            mask[at, : len(one.pieces)] = 1
        self.pieces, self.mask = torch.from_numpy(pieces), torch.from_numpy(mask)
        self.places = torch.tensor([[one.first, one.second] for one in coded])
        self.labels = torch.tensor(labels)
        self.indices = indices


def batches(coded: list[Marked], labels: list[int], size: int, rng: random.Random | None) -> Iterator[Batch]:
    """Yield batches of about equally long examples, in random order where `rng` is given."""
    order = list(range(len(coded)))
    if rng is not None:
        rng.shuffle(order)
    pool = 16 * size if rng is not None else len(order)
    chunks = []
    for at in range(0, len(order), pool):
        part = sorted(order[at : at + pool], key=lambda i: len(coded[i].pieces))
        chunks += [part[i : i + size] for i in range(0, len(part), size)]
    if rng is not None:
        rng.shuffle(chunks)
    for chunk in chunks:
        yield Batch([coded[i] for i in chunk], [labels[i] for i in chunk], chunk)
