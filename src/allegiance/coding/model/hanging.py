"""What hangs on a tie: conditions, goods, positions, reasons, bars. First which words say such a thing, then on which ties they hang.

A small network marks the words on the states of the reader's encoder (begin, inside, outside, for each name by itself); a second one
judges every pair that stands with or against each other beside every marked span, from where the two are mentioned and what the reader
says of them. Both are taught with the encoder at rest (training/hang.py), so their few numbers suffice for few examples.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from allegiance.coding.kinds import KINDS
from allegiance.coding.model.heads import SPANS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from allegiance.coding.model.heads import Judged

NAMES = (*SPANS, "barred")
"""What may hang on a statement as words, in the order in which the network knows them."""

# Chances of a tie from which on it is asked what hangs on it.
LEAST = 0.3
# How readily a span is marked, in log-odds against "outside": chosen for recall, since the second network weeds out.
_READY = 0.7
# The same words hang on few ties: on those that are this near to the likeliest of those that will probably be told.
_SHARE, _LIKELY = 0.7, 0.75
_REACH = 2  # pieces to each side that a layer sees
_TAGS = 3
OUTSIDE, FIRST, FURTHER = range(_TAGS)


class Marked(NamedTuple):
    """A span of words that says such a thing: which, in which sentence of the window, first piece, the piece behind the last, how surely."""

    name: int
    sentence: int
    first: int
    behind: int
    chance: float


@dataclass(frozen=True, slots=True)
class Scene:
    """A window with what is known of it.

    Attributes:
        judged: what the reader says of its pairs, with the encoder's states.
        places: for each actor the places of its stars; the author's is the first piece.
        sentences: for each sentence its first piece and the one behind its last.
        present: for each actor whether a sentence mentions it, [actors, sentences].
        where: log-odds that a sentence carries a pair's tie, [pairs, 2, sentences].
    """

    judged: Judged
    places: Sequence[Sequence[int]]
    sentences: Sequence[tuple[int, int]]
    present: NDArray[np.bool_]
    where: NDArray[np.float32]


class Asked(NamedTuple):
    """A pair beside a marked span: whether the one hangs on the other."""

    pair: int
    sign: int
    marked: Marked
    features: NDArray[np.float32]


class HangingHeads:
    """Both networks, in NumPy."""

    def __init__(self, numbers: Mapping[str, NDArray[Any]]) -> None:
        self._n = {name: value.astype(np.float32) for name, value in numbers.items()}

    def tags(self, states: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the chances of outside, first and further for each name and piece, [names, pieces, 3]."""
        n = self._n
        plain = np.tanh(states @ n["inn.weight"].T + n["inn.bias"])
        wide = plain
        for name in ("conv", "conv2"):
            wide = np.maximum(_around(wide) @ n[f"{name}.weight"].T + n[f"{name}.bias"], 0)
        scores = np.concatenate([plain, wide], 1) @ n["out.weight"].T + n["out.bias"]
        scores = scores.reshape(len(states), len(NAMES), _TAGS).transpose(1, 0, 2)
        chance = np.exp(scores - scores.max(-1, keepdims=True))
        return np.asarray(chance / chance.sum(-1, keepdims=True), dtype=np.float32)

    def chances(self, features: NDArray[np.float32], means: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the chance that a span hangs on a pair, [n], from its features [n, f] and the span's mean state [n, width]."""
        n = self._n
        given = (features - n["mean"]) / n["spread"]
        inner = np.concatenate(
            [
                np.maximum(given @ n["a.weight"].T + n["a.bias"], 0),
                np.tanh(means @ n["m.weight"].T + n["m.bias"]),
            ],
            1,
        )
        inner = np.maximum(inner @ n["b.weight"].T + n["b.bias"], 0)
        scores = (inner @ n["o.weight"].T + n["o.bias"])[:, 0]
        return np.asarray(1 / (1 + np.exp(-np.clip(scores, -40, 40))), dtype=np.float32)

    def hanging(self, scene: Scene) -> dict[tuple[int, int], dict[str, tuple[float, int, int]]]:
        """Return for each pair and sign what likeliest hangs on it: by name the chance, the first piece and the last."""
        found: dict[tuple[int, int], dict[str, tuple[float, int, int]]] = {}
        asked = list(questions(scene, marks(self.tags(scene.judged.states), scene.sentences)))
        if not asked:
            return found
        means = np.stack([scene.judged.states[one.marked.first : one.marked.behind].mean(0) for one in asked])
        chances = self.chances(np.stack([one.features for one in asked]), means)
        most: dict[Marked, float] = {}
        for one, chance in zip(asked, chances, strict=True):
            if scene.judged.tie[one.pair, one.sign] > _LIKELY:
                most[one.marked] = max(most.get(one.marked, 0.0), float(chance))
        for one, chance in zip(asked, chances, strict=True):
            some = found.setdefault((one.pair, one.sign), {})
            name = NAMES[one.marked.name]
            if chance >= _SHARE * most.get(one.marked, 0.0) and (name not in some or some[name][0] < chance):
                some[name] = (float(chance), one.marked.first, one.marked.behind - 1)
        return found


def _around(x: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return each row with its neighbours, [pieces, width x 5]."""
    padded = np.pad(x, ((_REACH, _REACH), (0, 0)))
    return np.concatenate([padded[at : at + len(x)] for at in range(2 * _REACH + 1)], 1)


def marks(tags: NDArray[np.float32], sentences: Sequence[tuple[int, int]]) -> list[Marked]:
    """Return the spans of the likeliest tags [names, pieces, 3], sentence by sentence (Viterbi: nothing goes on that hasn't begun)."""
    found = []
    logs = np.log(tags + 1e-9)
    logs[:, :, OUTSIDE] -= _READY
    for number, (low, high) in enumerate(sentences):
        for name in range(len(NAMES)):
            if (tags[name, low:high, OUTSIDE] > 0.9).all():  # noqa: PLR2004 - nothing there; saves the way through
                continue
            way = _likeliest(logs[name, low:high])
            at = 0
            while at < len(way):
                if way[at] != FIRST:
                    at += 1
                    continue
                end = at + 1
                while end < len(way) and way[end] == FURTHER:
                    end += 1
                chance = float((1 - tags[name, low + at : low + end, OUTSIDE]).mean())
                found.append(Marked(name, number, low + at, low + end, chance))
                at = end
    return found


def _likeliest(logs: NDArray[np.float32]) -> list[int]:
    score = np.array([logs[0, OUTSIDE], logs[0, FIRST], -np.inf])
    back = []
    for row in logs[1:]:
        best = int(score.argmax())
        going = FIRST if score[FIRST] >= score[FURTHER] else FURTHER
        back.append((best, best, going))
        score = np.array([score[best], score[best], score[going]]) + row
    tag = int(score.argmax())
    way = [tag]
    for before in reversed(back):
        tag = before[tag]
        way.append(tag)
    return way[::-1]


def questions(scene: Scene, marked: Sequence[Marked]) -> Iterator[Asked]:
    """Yield every likely tie beside every marked span, with what the second network is told of them."""
    judged = scene.judged
    ties = [
        (pair, sign)
        for pair in range(len(judged.pairs))
        for sign in (0, 1)
        if judged.tie[pair, sign] >= LEAST
    ]
    for span in marked:
        low, high = scene.sentences[span.sentence]
        best = max((scene.where[pair, sign, span.sentence] for pair, sign in ties), default=0.0)
        beside = [_beside(places, span, (low, high)) for places in scene.places]
        for pair, sign in ties:
            ends = judged.pairs[pair]
            here = [float(scene.present[end, span.sentence]) for end in ends]
            actor, target = ends if judged.way[pair, sign] >= 0.5 else ends[::-1]  # noqa: PLR2004 - even odds
            where = float(scene.where[pair, sign, span.sentence])
            plain = [
                span.chance,
                _odds(span.chance),
                where,
                _odds(float(judged.tie[pair, sign])),
                _odds(_by_reader(judged, pair, sign, span.name)),
                *here,
                here[0] * here[1],
                float(sign),
                float(np.log(span.behind - span.first)),
                len(scene.sentences) / 10,
                float(ends[0] == 0),
                *beside[actor],
                *beside[target],
                best - where,
                float(np.log(1 + len(ties))),
            ]
            names, kinds = np.zeros(len(NAMES)), np.zeros(len(KINDS))
            names[span.name] = 1
            kinds[int(judged.kind[pair, sign].argmax())] = 1
            yield Asked(pair, sign, span, np.array([*plain, *names, *kinds], dtype=np.float32))


def _by_reader(judged: Judged, pair: int, sign: int, name: int) -> float:
    """Return the chance that the reader itself gives it, without words."""
    return float(judged.hangs[pair, sign, name] if name < len(SPANS) else judged.barred[pair, sign])


def _beside(places: Sequence[int], span: Marked, sentence: tuple[int, int]) -> list[float]:
    """Return whether an actor is named inside a span, how near before and behind it, and whether in its sentence at all."""
    here = [at for at in places if sentence[0] <= at < sentence[1] and at > 0]
    before = [span.first - at for at in here if at < span.first]
    behind = [at - span.behind for at in here if at >= span.behind]
    return [
        float(any(span.first <= at < span.behind for at in here)),
        1 / (1 + min(before)) if before else 0.0,
        1 / (1 + min(behind)) if behind else 0.0,
        float(bool(here)),
    ]


def _odds(chance: float) -> float:
    inside = min(max(chance, 1e-4), 1 - 1e-4)
    return float(np.log(inside / (1 - inside)))
