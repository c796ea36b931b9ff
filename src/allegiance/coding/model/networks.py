"""The door to the taught networks: one that finds mentions, one that reads relations. What their numbers mean is decided elsewhere.

onnxruntime is imported inside a function only: most commands read no text. How the networks were taught, on what, and how well they
read stands in training/README.md.
"""

from __future__ import annotations

import math
import os
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from allegiance.coding.model.hanging import HangingHeads
from allegiance.coding.model.heads import RelationHeads, SameHead
from allegiance.coding.model.window import LONGEST, Pieces
from allegiance.coding.word_pieces import WordPieces
from allegiance.errors import MissingExtraError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from allegiance.coding.model.heads import Judged

FOLDER_VARIABLE = "ALLEGIANCE_NETWORKS"
PARTS = ("reader.onnx", "reader.npz", "finder.onnx", "finder.npz", "hanging.npz", "bars.json", "words.txt")
FILES = Path(__file__).parent.parent / "model_files"


@dataclass(frozen=True, slots=True)
class Vectors:
    """What an encoder begins with: a vector a word piece and one a place.

    Attributes:
        words: 8-bit numbers, [words, width].
        scales: what a word's numbers are multiplied with, [words].
        places: [places, width].
        apart: [heads, 2 x LONGEST - 1], added to the attention by how far one place lies behind the other; None without.
    """

    words: NDArray[np.int8]
    scales: NDArray[np.float32]
    places: NDArray[np.float32]
    apart: NDArray[np.float32] | None

    def of(self, pieces: Sequence[int]) -> NDArray[np.float32]:
        """Return [pieces, width]."""
        at = np.asarray(pieces)
        found: NDArray[np.float32] = self.words[at] * self.scales[at, None] + self.places[: len(at)]
        return found

    def bias(self, length: int) -> NDArray[np.float32]:
        """Return what is added to the attention, [heads or 1, length, length]."""
        if self.apart is None:
            return np.zeros((1, length, length), dtype=np.float32)
        at = np.arange(length)
        return np.ascontiguousarray(self.apart[:, at[:, None] - at[None, :] + LONGEST - 1])


class Finder:
    """Finds who is mentioned, and tells which mentions are one actor."""

    def __init__(self, session: Any, vectors: Vectors, same: SameHead, pieces: Pieces) -> None:  # noqa: ANN401
        self._session, self._vectors = session, vectors
        self.same, self.pieces = same, pieces

    def read(self, pieces: Sequence[int]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return for each piece the chances of its tags (outside, first, further) and its vector for linking."""
        given = {"x": self._vectors.of(pieces), "bias": self._vectors.bias(len(pieces))}
        tags, links = self._session.run(None, given)
        chance = np.exp(tags - tags.max(1, keepdims=True))
        return chance / chance.sum(1, keepdims=True), links


class Relations:
    """Reads how every two actors of a window stand."""

    def __init__(self, session: Any, vectors: Vectors, heads: RelationHeads, pieces: Pieces) -> None:  # noqa: ANN401
        self._session, self._vectors, self._heads = session, vectors, heads
        self.pieces = pieces

    def read(
        self, pieces: Sequence[int], places: Sequence[Sequence[int]], sentences: Sequence[tuple[int, int]]
    ) -> Judged:
        """Return what is judged of a window.

        Args:
            pieces: its word pieces.
            places: for each actor the places of its stars; the author's is the first piece.
            sentences: for each sentence its first piece and the one behind its last.
        """
        given = {
            "x": self._vectors.of(pieces),
            "bias": self._vectors.bias(len(pieces)),
            "stars": np.array([p for some in places for p in some], dtype=np.int64),
        }
        states, looks = self._session.run(None, given)
        return self._heads.judged(states, looks, places, sentences)


@dataclass(frozen=True)
class Networks:
    """Both networks, each loaded when it is first asked."""

    folder: Path

    @cached_property
    def finder(self) -> Finder:
        """The finder of mentions."""
        numbers = _numbers(self.folder / "finder.npz")
        return Finder(
            _session(self.folder / "finder.onnx"),
            _vectors(numbers),
            SameHead(numbers),
            Pieces(self._table, *map(int, numbers["signs"])),
        )

    @cached_property
    def relations(self) -> Relations:
        """The reader of relations."""
        numbers = _numbers(self.folder / "reader.npz")
        return Relations(
            _session(self.folder / "reader.onnx"),
            _vectors(numbers),
            RelationHeads(numbers),
            Pieces(self._table, *map(int, numbers["signs"])),
        )

    @cached_property
    def hanging(self) -> HangingHeads:
        """What tells which words hang on a tie."""
        return HangingHeads(_numbers(self.folder / "hanging.npz"))

    @cached_property
    def bars(self) -> Mapping[str, float]:
        """What was chosen on passages kept aside: thresholds and the points of the calibration, by name."""
        import json  # noqa: PLC0415 - only where texts are read

        found: dict[str, float] = json.loads((self.folder / "bars.json").read_text("utf-8"))
        return found

    @cached_property
    def _table(self) -> WordPieces:
        return WordPieces.of_file(self.folder / "words.txt")


def load() -> Networks:
    """Return the networks that ship with the package, or those of the folder that the environment names.

    Raises:
        UsageError: the folder lacks one of the files.
    """
    return _load(Path(os.environ.get(FOLDER_VARIABLE) or FILES))


@lru_cache(maxsize=2)
def _load(folder: Path) -> Networks:
    if lacking := [name for name in PARTS if not (folder / name).is_file()]:
        raise UsageError(
            f"The folder of networks {folder} (from {FOLDER_VARIABLE}) lacks {', '.join(lacking)}; see docs/teaching.md."
        )
    return Networks(folder)


def _numbers(path: Path) -> dict[str, NDArray[Any]]:
    with np.load(path) as kept:
        return {name: kept[name] for name in kept.files}


def _vectors(numbers: Mapping[str, NDArray[Any]]) -> Vectors:
    relative = numbers.get("relative")
    return Vectors(
        numbers["words"],
        numbers["scales"].astype(np.float32),
        numbers["places"].astype(np.float32),
        None if relative is None else _apart(relative.astype(np.float32)),
    )


def _apart(relative: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return MPNet's bias [heads, 2 x LONGEST - 1] from its table of buckets [buckets, heads]."""
    half = len(relative) // 2
    low, most = half // 2, 128
    found = np.empty((2 * LONGEST - 1, relative.shape[1]), dtype=np.float32)
    for at in range(len(found)):
        apart = at - (LONGEST - 1)  # our place minus theirs
        far = abs(apart)
        large = low + int(math.log(max(far, 1) / low) / math.log(most / low) * (half - low)) if far else 0
        found[at] = relative[(half if apart < 0 else 0) + (far if far < low else min(large, half - 1))]
    return np.ascontiguousarray(found.T)


def _session(path: Path) -> Any:  # noqa: ANN401 - a compiled class without types
    try:
        import onnxruntime  # noqa: PLC0415 - see the module's docstring
    except ImportError as missing:
        raise MissingExtraError("Reading with the taught reader", "reading") from missing
    options = onnxruntime.SessionOptions()
    # Documents are read side by side; within one, a single thread keeps every sum in one order.
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
