"""The door to the trained model: pairs of marked mentions in, five numbers each out. What they mean is decided in `verdict.py`.

onnxruntime is imported inside a function only, as spaCy is: most commands read no text. How the model was
trained, on what, and how well it reads stands in training/README.md.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from allegiance.coding.marked_text import Marked, marked, marks_of, whole_words
from allegiance.coding.word_pieces import WordPieces
from allegiance.errors import MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

FILES = Path(__file__).parent / "model_files"
# Characters around the two mentions that are looked at; what lies further away would be cut from the word pieces anyhow.
_AROUND = 1000
# Pairs at once: enough to keep all cores busy, few enough to take no memory to speak of.
_BATCH = 256


@dataclass(frozen=True, slots=True)
class MarkedPair:
    """A text and two mentions in it, (start, end) each; `first` begins first."""

    text: str
    first: tuple[int, int]
    second: tuple[int, int]


class Encoder:
    """The loaded model."""

    def __init__(self, session: Any, table: WordPieces) -> None:  # noqa: ANN401 - a compiled class without types
        self._session = session
        self._table = table
        self._marks = marks_of(table)
        self._threads = max(1, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 2)

    def logits(self, pairs: Iterable[MarkedPair]) -> Iterator[NDArray[np.float32]]:
        """Yield for each pair the logits, shape [5]: none, first + second, second + first, first - second, second - first."""
        waiting = iter(pairs)
        # One pair per run: 8-bit sums are scaled by the largest number of a batch, and an answer must not depend on neighbours.
        with ThreadPoolExecutor(self._threads) as pool:
            while batch := list(islice(waiting, _BATCH)):
                yield from pool.map(self._one, self._coded(batch))

    def _coded(self, batch: list[MarkedPair]) -> Iterator[Marked]:
        for pair in map(_near, batch):
            found = self._table.pieces(pair.text)
            yield marked(found.offsets, found.numbers, (pair.first, pair.second), self._marks)

    def _one(self, pair: Marked) -> NDArray[np.float32]:
        given = {"pieces": np.array(pair.pieces), "places": np.array([pair.first, pair.second])}
        found: NDArray[np.float32] = self._session.run(None, given)[0]
        return found


@lru_cache(maxsize=1)
def load() -> Encoder:
    """Load the model that ships with the package, once.

    Raises:
        MissingExtraError: onnxruntime isn't installed.
    """
    try:
        import onnxruntime  # noqa: PLC0415 - see the module's docstring
    except ImportError as missing:
        raise MissingExtraError("Reading with the trained model", "reading") from missing
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        FILES / "relations.onnx", options, providers=["CPUExecutionProvider"]
    )
    return Encoder(session, WordPieces.of_file(FILES / "words.txt"))


def _near(pair: MarkedPair) -> MarkedPair:
    """Return the pair with whole words marked, and without the text far from both mentions."""
    first, second = whole_words(pair.text, pair.first), whole_words(pair.text, pair.second)
    ends = max(first[1], second[1])
    start, end = max(0, first[0] - _AROUND), min(len(pair.text), ends + _AROUND)
    text = pair.text[start:end]
    gap_start, gap_end = first[1] + _AROUND - start, second[0] - _AROUND - start
    dropped = max(0, gap_end - gap_start)
    if dropped:
        text = f"{text[:gap_start]} {text[gap_end:]}"
        dropped -= 1
    return MarkedPair(
        text,
        (first[0] - start, first[1] - start),
        (second[0] - start - dropped, second[1] - start - dropped),
    )
