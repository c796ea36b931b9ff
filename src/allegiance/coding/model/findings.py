"""What the reader of relations finds in a document: its windows, read and put together.

A finding is not yet a statement: who is told to stand with or against whom, of what kind, who holds it, told as fact or not, in which
sentences, with which words hanging on it, and how likely.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import numpy as np

from allegiance.coding.kinds import KINDS, KINDS_AGAINST, KINDS_WITH
from allegiance.coding.model.hanging import Scene
from allegiance.coding.model.window import NAMES, Span, window
from allegiance.coding.model.windows import ROOM, stretches

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from allegiance.coding.model.cast import Member
    from allegiance.coding.model.hanging import HangingHeads
    from allegiance.coding.model.heads import Judged
    from allegiance.coding.model.networks import Networks, Relations
    from allegiance.coding.model.window import Window

K = TypeVar("K")
AUTHOR = 0  # number of the author; the cast follows from 1 on
SIGNS = (1, -1)
_OF_SIGN = (KINDS_WITH, KINDS_AGAINST)
# Below this no chance is kept: thresholds lie well above.
_FLOOR = 0.05
_EVEN = 0.5
# What it adds to the log-odds of a sentence that both of a pair are mentioned in it, or one is. On annotated passages the network alone
# names a right sentence for 57 of 100 ties, with these 87.
_BOTH, _ONE = 3.0, 1.0


@dataclass(frozen=True, slots=True)
class Told:
    """Who tells a finding, and how: the author or one of the cast; as fact, as something else, as not so."""

    holder: int
    how: int


@dataclass(slots=True)
class Finding:
    """How two of the cast stand.

    Attributes:
        actor: who acts, by number; 0 is the author.
        target: upon whom.
        sign: +1 with, -1 against.
        chance: that they are told to stand so (calibrated later).
        kind: the likeliest kind of that sign.
        told: chances of who tells it and how.
        sentences: chances that a sentence carries it, by number.
        hangs: what hangs on it: chance, and the characters.
        via: chances that goods go through one of the cast.
    """

    actor: int
    target: int
    sign: int
    chance: float
    kind: str
    told: dict[Told, float] = field(default_factory=dict)
    sentences: dict[int, float] = field(default_factory=dict)
    hangs: dict[str, tuple[float, int, int]] = field(default_factory=dict)
    via: dict[int, float] = field(default_factory=dict)


def find(
    text: str, bounds: Sequence[tuple[int, int]], members: Sequence[Member], networks: Networks
) -> list[Finding]:
    """Return what every two of the cast, and the author with each, are told to be; unlikely ones are left out.

    Args:
        text: the text.
        bounds: its sentences.
        members: the cast.
        networks: those that read.
    """
    merged: dict[tuple[int, int, int], Finding] = {}
    for seen in scenes(text, bounds, members, networks.relations):
        for finding in _of_window(seen, networks.hanging):
            key = (min(finding.actor, finding.target), max(finding.actor, finding.target), finding.sign)
            merged[key] = _merged(merged[key], finding) if key in merged else finding
    for finding in merged.values():
        _weigh(finding, members)
    return sorted(merged.values(), key=_place)


class Seen(NamedTuple):
    """A window that was read.

    Attributes:
        scene: what the networks say of it.
        keys: whose number in the document each of its actors is; the first is the author.
        sentences: the numbers of its sentences.
        shown: its pieces and where they stand.
    """

    scene: Scene
    keys: list[int]
    sentences: list[int]
    shown: Window


def scenes(
    text: str,
    bounds: Sequence[tuple[int, int]],
    members: Sequence[Member],
    relations: Relations,
) -> Iterator[Seen]:
    """Yield the windows of a text in which anybody is named, read; arguments as of `find`."""
    present = _present(bounds, members)
    spans = sorted(Span(s, e, at + 1) for at, member in enumerate(members) for s, e in member.spans)
    starts = [span.start for span in spans]

    def shown_between(low: int, high: int, room: int) -> Window:
        here = spans[bisect_left(starts, low) : bisect_left(starts, high)]
        return window(text, (low, high), here, _made_up, relations.pieces, room)

    for first, last in stretches(bounds, lambda low, high: len(shown_between(low, high, 10**9).pieces)):
        shown = shown_between(bounds[first][0], bounds[last][1], ROOM)
        inside = _sentences(shown, bounds, first, last) if shown.stars else []
        if not inside:
            continue
        keys = [AUTHOR, *sorted(shown.stars)]
        places = [[0], *(shown.stars[key] for key in keys[1:])]
        within = [(low, high) for _, low, high in inside]
        numbers = [number for number, _, _ in inside]
        judged = relations.read(shown.pieces, places, within)
        here = np.array([[number in present[key] for number in numbers] for key in keys])
        scene = Scene(judged, places, within, here, _likelier(judged, here))
        yield Seen(scene, keys, numbers, shown)


def _present(bounds: Sequence[tuple[int, int]], members: Sequence[Member]) -> list[frozenset[int]]:
    """Return for each actor, the author first, the sentences that mention it."""
    starts = [start for start, _ in bounds]
    found = (frozenset(bisect_right(starts, s) - 1 for s, _ in member.spans) for member in members)
    return [frozenset(), *found]


def _likelier(judged: Judged, here: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Return the log-odds that a sentence carries a pair's tie, with regard to who is mentioned in it, [pairs, 2, sentences]."""
    chance = np.clip(judged.where, 1e-6, 1 - 1e-6)
    one, other = np.array(judged.pairs).T
    both, some = here[one] & here[other], here[one] | here[other]
    odds = np.log(chance / (1 - chance)) + (_BOTH * both + _ONE * some)[:, None]
    return np.asarray(odds, dtype=np.float32)


def _weigh(finding: Finding, members: Sequence[Member]) -> None:
    """Make a finding less likely by the doubt whether its two are actors at all."""
    doubt = 1.0
    for number in (finding.actor, finding.target):
        doubt *= 1.0 if number == AUTHOR else members[number - 1].sure
    finding.chance *= doubt
    finding.told = {told: chance * doubt for told, chance in finding.told.items()}


def _made_up(number: int) -> str:
    at = number - 1
    return NAMES[at % len(NAMES)] + (str(at // len(NAMES)) if at >= len(NAMES) else "")


def _sentences(
    shown: Window, bounds: Sequence[tuple[int, int]], first: int, last: int
) -> list[tuple[int, int, int]]:
    """Return number, first piece and the piece behind the last of each sentence in a window."""
    starts = [start for start, _ in shown.spans[1:-1]]
    found = []
    for number in range(first, last + 1):
        low, high = (bisect_left(starts, at) + 1 for at in bounds[number])
        if high > low:
            found.append((number, low, high))
    return found


def _of_window(seen: Seen, hanging: HangingHeads) -> list[Finding]:
    scene, keys = seen.scene, seen.keys
    judged = scene.judged
    found = []
    hangs = hanging.hanging(scene)
    where = 1 / (1 + np.exp(-scene.where))
    for pair, (i, j) in enumerate(judged.pairs):
        for sign in (0, 1):
            chance = float(judged.tie[pair, sign])
            told = {
                Told(AUTHOR if h == 0 else keys[h - 1], how): float(value)
                for h, row in enumerate(judged.told[pair, sign])
                for how, value in enumerate(row)
                if value > _FLOOR
            }
            if chance < _FLOOR and not told:
                continue
            forth = judged.way[pair, sign] >= _EVEN
            kinds = judged.kind[pair, sign]
            found.append(
                Finding(
                    keys[i if forth else j],
                    keys[j if forth else i],
                    SIGNS[sign],
                    chance,
                    max(_OF_SIGN[sign], key=lambda kind: kinds[KINDS.index(kind)]),
                    told,
                    {number: float(where[pair, sign, at]) for at, number in enumerate(seen.sentences)},
                    {
                        name: (chance_, seen.shown.spans[low][0], seen.shown.spans[high][1])
                        for name, (chance_, low, high) in hangs.get((pair, sign), {}).items()
                    },
                    {keys[at]: float(v) for at, v in enumerate(judged.via[pair, sign]) if v > _FLOOR and at},
                )
            )
    return found


def _merged(one: Finding, other: Finding) -> Finding:
    """Return one finding of two windows: the surer one, with the larger of the chances."""
    surer, weaker = (one, other) if one.chance >= other.chance else (other, one)
    surer.told = _larger(surer.told, weaker.told)
    surer.sentences = _larger(surer.sentences, weaker.sentences)
    surer.via = _larger(surer.via, weaker.via)
    for name, hanging in weaker.hangs.items():
        if name not in surer.hangs or surer.hangs[name][0] < hanging[0]:
            surer.hangs[name] = hanging
    return surer


def _larger(one: Mapping[K, float], other: Mapping[K, float]) -> dict[K, float]:
    return {key: max(one.get(key, 0.0), other.get(key, 0.0)) for key in {**one, **other}}


def _place(finding: Finding) -> tuple[int, float]:
    """Order by the sentence that most likely carries it."""
    best = max(finding.sentences, key=lambda n: finding.sentences[n])
    return best, -finding.chance
