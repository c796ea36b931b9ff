"""The small layers on top of the encoders, in NumPy: from states to chances. They mirror `training/nets.py` and `training/finder.py`.

Source of the pair's form: Zhou et al. 2021 (ATLOP), doi:10.1609/aaai.v35i16.17717.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

from allegiance.coding.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

# What may hang on a statement as a span of words, in the order in which the heads know them.
SPANS = ("condition", "goods", "position", "because")
_GROUP = 16
_SIGNS = 2


@dataclass(frozen=True, slots=True)
class Judged:
    """What a window says of its pairs, as chances unless said otherwise.

    Shapes: p pairs (every two actors, the author first), 2 signs (with, against), h holders (the author, then the actors), s sentences,
    t pieces.

    Attributes:
        pairs: [p, 2], numbers of actors in the window.
        tie: [p, 2].
        told: [p, 2, h, 3], told as fact, as something else, as not so.
        way: [p, 2], that the first acts upon the second.
        kind: [p, 2, kinds], scores in the order of `KINDS`.
        where: [p, 2, s], that a sentence carries it.
        hangs: [p, 2, spans], that such words hang on it.
        barred: [p, 2].
        via: [p, 2, h - 1], that goods go through an actor.
        states: of the encoder, [t, width].
    """

    pairs: list[tuple[int, int]]
    tie: NDArray[np.float32]
    told: NDArray[np.float32]
    way: NDArray[np.float32]
    kind: NDArray[np.float32]
    where: NDArray[np.float32]
    hangs: NDArray[np.float32]
    barred: NDArray[np.float32]
    via: NDArray[np.float32]
    states: NDArray[np.float32]


class RelationHeads:
    """From the states of a window to what is judged of its pairs."""

    def __init__(self, numbers: Mapping[str, NDArray[Any]]) -> None:
        self._n = {
            name[5:]: value.astype(np.float32) for name, value in numbers.items() if name.startswith("head.")
        }

    def _linear(self, name: str, x: NDArray[np.float32]) -> NDArray[np.float32]:
        found: NDArray[np.float32] = x @ self._n[f"{name}.weight"].T + self._n[f"{name}.bias"]
        return found

    def judged(
        self,
        states: NDArray[np.float32],
        looks: NDArray[np.float32],
        places: Sequence[Sequence[int]],
        sentences: Sequence[tuple[int, int]],
    ) -> Judged:
        """Return what is judged, from states [t, width] and where each star looks [stars, t]."""
        pairs = list(combinations(range(len(places)), 2))
        actors = np.stack([_log_sum_exp(states[list(some)]) for some in places])
        ends = np.cumsum([len(some) for some in places])
        seen = np.stack(
            [looks[end - len(some) : end].mean(0) for some, end in zip(places, ends, strict=True)]
        )
        a, b = np.array(pairs).T
        shared = seen[a] * seen[b]
        context = (shared / (shared.sum(1, keepdims=True) + 1e-9)) @ states
        # A linear layer over an actor beside a context is one over all actors and one over all contexts, added up.
        one, other = (self._parted(name, actors, context) for name in ("one", "other"))
        there = _products(np.tanh(one[0][a] + one[1]), np.tanh(other[0][b] + other[1]))
        back = _products(np.tanh(one[0][b] + one[1]), np.tanh(other[0][a] + other[1]))
        both = np.asarray((there + back) / 2, dtype=np.float32)
        pair = np.tanh(self._linear("pair", both))
        many, narrow = pair.shape
        root = np.float32(narrow**0.5)
        holders = self._linear("holder", np.concatenate([self._n["author"][None], actors]))
        manner = self._linear("manner", pair).reshape(many, _SIGNS, 3, narrow)
        means = np.stack([states[i:j].mean(0) for i, j in sentences])
        more = np.tanh(self._further(actors, context, (a, b)))
        hangs = _sigmoid(self._linear("hangs", more).reshape(many, _SIGNS, len(SPANS) + 1))
        through = self._linear("through", pair).reshape(many, _SIGNS, narrow)
        return Judged(
            pairs=pairs,
            tie=_sigmoid(self._linear("tie", both)),
            told=_sigmoid(
                np.einsum("pscd,hd->pshc", manner, holders, optimize=True) / root + self._n["bias"]
            ),
            way=_sigmoid(self._linear("way", there) - self._linear("way", back)),
            kind=self._linear("kind", more).reshape(many, _SIGNS, len(KINDS)),
            where=_sigmoid(
                self._linear("where", more).reshape(many, _SIGNS, narrow)
                @ self._linear("sentence", means).T
                / root
            ),
            hangs=hangs[:, :, : len(SPANS)],
            barred=hangs[:, :, len(SPANS)],
            via=_sigmoid(through @ self._linear("station", actors).T / root - 3.0),
            states=states,
        )

    def _parted(
        self, name: str, actors: NDArray[np.float32], context: NDArray[np.float32]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return what a layer over [actor, context] makes of each actor and of each context."""
        weight, wide = self._n[f"{name}.weight"], actors.shape[1]
        return actors @ weight[:, :wide].T, context @ weight[:, wide:].T + self._n[f"{name}.bias"]

    def _further(
        self,
        actors: NDArray[np.float32],
        context: NDArray[np.float32],
        ends: tuple[NDArray[np.int64], NDArray[np.int64]],
    ) -> NDArray[np.float32]:
        """Return what the layer over [context, sum of two actors, their distance] makes of each pair."""
        weight, wide = self._n["further.weight"], actors.shape[1]
        near, both, apart = (weight[:, at * wide : (at + 1) * wide].T for at in range(3))
        a, b = ends
        alone = actors @ both
        found = context @ near + alone[a] + alone[b] + np.abs(actors[a] - actors[b]) @ apart
        return np.asarray(found + self._n["further.bias"], dtype=np.float32)


def _products(left: NDArray[np.float32], right: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the grouped products of two actors in their context."""
    many = len(left)
    product = left.reshape(many, -1, _GROUP, 1) * right.reshape(many, -1, 1, _GROUP)
    return product.reshape(many, -1)


class SameHead:
    """From two mentions' vectors and the features of `linking.py` to the chance that they are one actor."""

    def __init__(self, numbers: Mapping[str, NDArray[Any]]) -> None:
        self._n = {
            name[5:]: value.astype(np.float32) for name, value in numbers.items() if name.startswith("same.")
        }

    def chances(self, vectors: NDArray[np.float32], features: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return [n, n] for vectors [n, width] and features [n, n, features], of which the upper half counts."""
        # Both halves are alike: one is asked.
        i, j = np.triu_indices(len(vectors), 1)
        one, other = vectors[i], vectors[j]
        given = np.concatenate([one * other, np.abs(one - other), features[i, j]], -1)
        inner = np.maximum(given @ self._n["hidden.weight"].T + self._n["hidden.bias"], 0)
        found = np.eye(len(vectors), dtype=np.float32)
        found[i, j] = found[j, i] = _sigmoid((inner @ self._n["same.weight"].T + self._n["same.bias"])[:, 0])
        return found


def _sigmoid(x: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(1 / (1 + np.exp(-np.clip(x, -40, 40))), dtype=np.float32)


def _log_sum_exp(x: NDArray[np.float32]) -> NDArray[np.float32]:
    most = x.max(0)
    return np.asarray(most + np.log(np.exp(x - most).sum(0)), dtype=np.float32)
