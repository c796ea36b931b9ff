"""Who appears in a text: mentions from the finder and from the tables, put together to actors.

What the tables know is never taken apart or joined: "Moscow" and "the Kremlin" are Russia, and Russia isn't Iran. All else is joined
where the finder's network takes two mentions for one actor, by mean linkage.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from allegiance.coding.model.linking import Named, all_features, words
from allegiance.coding.model.window import TITLES, plain
from allegiance.coding.model.windows import stretches

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from allegiance.coding.model.networks import Finder
    from allegiance.model import Mention

# A name as short as a letter or as long as a clause is a misreading.
_SHORTEST, _LONGEST = 2, 80
# Mentions beyond these would make tables of millions of pairs; a text that long is read in segments.
_MOST = 700
# A mention doesn't end in "of" or "in".
_HANGING = re.compile(
    r"\s+(?:of|in|and|the|a|an|for|to|by|from|with|at|on|as|or|its|his|their|that|who|which)\s*$",
    re.IGNORECASE,
)
# Alone these words name nobody: somebody's office, tool or part.
_DEPENDENT = TITLES - {"militants", "rebels", "fighters", "opposition", "troops", "forces"} | frozenset(
    [
        "plane",
        "planes",
        "jet",
        "ship",
        "ships",
        "convoy",
        "company",
        "firm",
        "side",
        "sides",
        "party",
        "parties",
        "official",
        "officials",
        "country",
        "countries",
        "state",
        "states",
        "nation",
        "nations",
        "group",
        "groups",
        "member",
        "members",
        "neighbour",
        "neighbours",
        "neighbor",
        "neighbors",
        "ally",
        "allies",
        "partner",
        "partners",
        "people",
        "person",
        "man",
        "men",
        "woman",
        "women",
        "foundation",
        "founders",
        "chairman",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "attack",
        "attacks",
        "bomb",
        "blast",
    ]
)
# A mention doesn't begin with whose it is or how many they are.
_LEADING = re.compile(
    r"^(?:its|his|her|their|our|my|your|this|that|these|those|both|all|some of|some|several|many|two|three|four|five|six|seven|eight|nine|ten)\s+",
    re.IGNORECASE,
)
# Who acts under a state's name acts for it.
_IN_OFFICE = TITLES - {"militants", "rebels", "fighters", "opposition"} | frozenset(
    [
        "plane",
        "planes",
        "jet",
        "jets",
        "aircraft",
        "warplanes",
        "warships",
        "ships",
        "navy",
        "soldiers",
        "soldier",
        "military",
        "authorities",
        "officials",
        "official",
        "diplomats",
        "diplomat",
        "embassy",
        "delegation",
        "parliament",
        "regime",
        "state",
        "side",
        "republic",
        "federation",
        "kingdom",
    ]
)
_ARTICLES = ("the ", "a ", "an ")


@dataclass(frozen=True, slots=True)
class Member:
    """One of the cast.

    Attributes:
        name: under which statements tell of it.
        known: whether the tables know it.
        spans: its mentions, in order.
        sure: chance that it acts here at all: that of its likeliest mention.
    """

    name: str
    known: bool
    spans: tuple[tuple[int, int], ...]
    sure: float = 1.0


@dataclass(frozen=True, slots=True)
class Bars:
    """Chances from which on something counts.

    Attributes:
        mention: that a mention begins.
        same: that two mentions are one actor.
        stranger: that somebody whom only a description names acts at all.
    """

    mention: float
    same: float
    stranger: float = 0.0


def cast(
    text: str, bounds: Sequence[tuple[int, int]], known: Sequence[Mention], finder: Finder, bars: Bars
) -> list[Member]:
    """Return who appears in `text`, in the order of first mention.

    Args:
        text: the text.
        bounds: its sentences, (start, end).
        known: the mentions that the tables know.
        finder: the network.
        bars: its thresholds.
    """
    spans, pieces = _found(text, bounds, finder, bars.mention)
    named = _named(text, spans, known)[:_MOST]
    if not named:
        return []
    starts = [start for start, _ in pieces.spans]
    at = np.stack([_vector(one, pieces, starts) for one in named])
    sure = [_surest(one, pieces, starts) for one in named]
    chance = finder.same.chances(at, all_features(named))
    members = _members(named, _groups(named, chance, bars.same), sure)
    return [member for member in members if member.known or _stands_alone(member, bars.stranger)]


def _stands_alone(member: Member, bar: float) -> bool:
    """Whether it can be told of by its own name; "its minister" stands for an actor whom we didn't find."""
    if any(w[0].isupper() and w.lower() not in _DEPENDENT for w in words(member.name)):
        return True
    return member.sure >= bar and not all(w.lower() in _DEPENDENT for w in words(member.name))


def given(text: str, actors: Mapping[str, Sequence[str]]) -> list[Member]:
    """Return the cast where it is known beforehand: by name, all words that may stand for each."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for start, end, name in named_in(text, actors):
        spans.setdefault(name, []).append((start, end))
    return [Member(name, known=True, spans=tuple(some)) for name, some in spans.items()]


def named_in(text: str, actors: Mapping[str, Sequence[str]]) -> list[tuple[int, int, str]]:
    """Return where the names of `actors` stand in a text, longest first, none inside another: start, end, name."""
    names = sorted(
        {(n.strip(), key) for key, others in actors.items() for n in (key, *others) if len(n.strip()) > 1},
        key=lambda x: (-len(x[0]), x),
    )
    taken, found = bytearray(len(text)), []
    for name, key in names:
        flags = 0 if name[0].isupper() else re.IGNORECASE
        for hit in re.finditer(r"(?<!\w)" + re.escape(name) + r"(?!\w)", text, flags):
            if not any(taken[hit.start() : hit.end()]):
                taken[hit.start() : hit.end()] = b"\1" * len(hit[0])
                found.append((hit.start(), hit.end(), key))
    return sorted(found)


_JOINING = frozenset(["of", "in", "from", "to", "at", "for", "against", "by", "on", "with", "and", "or", "&"])
_PARTICLES = ("al-", "el-", "bin", "ibn", "de", "van", "von", "der")


@dataclass(slots=True)
class _Pieces:
    """The pieces of a text with their places in it and their vectors; of two windows, the one that sees more around counts."""

    spans: list[tuple[int, int]]
    vectors: NDArray[np.float32]
    inside: list[float]


def _found(
    text: str, bounds: Sequence[tuple[int, int]], finder: Finder, bar: float
) -> tuple[list[tuple[int, int]], _Pieces]:
    """Return the finder's mentions as characters, and all pieces with their vectors."""
    places: dict[tuple[int, int], tuple[int, NDArray[np.float32], float]] = {}
    mentions: dict[tuple[int, int], float] = {}
    for first, last in stretches(
        bounds, lambda low, high: len(plain(text, (low, high), finder.pieces, 10**9).pieces)
    ):
        window = plain(text, (bounds[first][0], bounds[last][1]), finder.pieces)
        tags, links = finder.read(window.pieces)
        inside = window.spans[1:-1]
        for number, span in enumerate(inside):
            edge = min(number, len(inside) - number)
            if span not in places or places[span][0] < edge:
                places[span] = (edge, links[number + 1], 1 - float(tags[number + 1, 0]))
        for begin, end in tagged(tags, bar):
            span = (window.spans[begin][0], window.spans[end][1])
            mentions[span] = max(mentions.get(span, 0.0), float(tags[begin, 1]))
    kept: list[tuple[int, int]] = []
    # Two windows may cut one mention differently: the surer one stays.
    for span in sorted(mentions, key=lambda s: -mentions[s]):
        if all(span[1] <= other[0] or other[1] <= span[0] for other in kept):
            kept.append(span)
    order = sorted(places)
    vectors = np.stack([places[span][1] for span in order]) if order else np.zeros((0, 1), dtype=np.float32)
    return sorted(kept), _Pieces(order, vectors, [places[span][2] for span in order])


def tagged(chance: NDArray[np.float32], bar: float) -> list[tuple[int, int]]:
    """Return first and last piece of each mention, from the chances of the tags [pieces, 3]."""
    found, at, many = [], 1, len(chance) - 1
    while at < many:
        if chance[at, 1] > bar:
            end = at
            while end + 1 < many and chance[end + 1, 2] > max(chance[end + 1, 0], chance[end + 1, 1]):
                end += 1
            found.append((at, end))
            at = end
        at += 1
    return found


def _named(text: str, spans: Iterable[tuple[int, int]], known: Sequence[Mention]) -> list[Named]:
    """Return all mentions in order, none overlapping: where the tables and the finder differ, the longer one stays."""
    found: list[Named] = []
    whole = {(one.start, one.end): one for one in known}
    taken: list[tuple[int, int]] = []
    for start, end in (_trimmed(text, *span) for span in spans):
        if not _SHORTEST <= end - start <= _LONGEST or not _sayable(text[start:end]):
            continue
        if taken and start < taken[-1][1]:
            continue  # widened to whole words, two can meet where a script has no blanks
        over = [m for m in known if m.start < end and start < m.end]
        if over and over[0].start <= start and end <= over[0].end:
            continue  # the tables see the same or more
        if any(not (start <= m.start and m.end <= end) for m in over):
            continue  # a cut through a known name
        if len({m.actor for m in over}) > 1 and not any(m.people_of for m in over):
            continue  # "Corvia on Dravia": two known actors and what stands between them
        inside = _inside(text, start, end, over)
        found.append(Named(start, end, text[start:end], inside[0], inside[1]))
        taken.append((start, end))
    for (start, end), one in whole.items():
        if any(low < end and start < high for low, high in taken):
            continue
        found.append(
            Named(start, end, one.text, "" if one.people_of else one.actor, one.people_of)
            if one.known
            else Named(start, end, one.text)
        )
    return sorted(found, key=lambda n: n.start)


def _sayable(words_: str) -> bool:
    """Whether words can name somebody: not a number, not a lone office, not only small words."""
    return any(not w[0].isdigit() and len(w) > 1 for w in words(words_))


def _inside(text: str, start: int, end: int, over: Sequence[Mention]) -> tuple[str, str]:
    """Return whom the tables know by all words of a longer mention, or by some of them: ("Iran", "") or ("", "Iran")."""
    if not over:
        return "", ""
    one = over[-1]
    rest = f"{text[start : one.start]} {text[one.end : end]}"
    if not any(w.lower() not in _IN_OFFICE for w in words(rest)) and not one.people_of:
        return one.actor, ""
    return "", one.people_of or one.actor


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a mention without an article before it and signs around it."""
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    while leading := _LEADING.match(text[start:end]):
        start += leading.end()
    low = text[start:end].lower()
    start += next((len(article) for article in _ARTICLES if low.startswith(article)), 0)
    while hanging := _HANGING.search(text[start:end]):
        end = start + hanging.start()
    while start < end and not text[start].isalnum():
        start += 1
    while start < end and not (text[end - 1].isalnum() or text[end - 1] == "."):
        end -= 1
    if text[start:end].endswith(("'s", "\u2019s")):
        end -= 2
    return start, end


def _vector(one: Named, pieces: _Pieces, starts: Sequence[int]) -> NDArray[np.float32]:
    """Return the mean vector of a mention's pieces."""
    low, high = bisect_right(starts, one.start) - 1, bisect_left(starts, one.end)
    inside = [i for i in range(max(0, low), high) if pieces.spans[i][1] > one.start]
    if not inside:
        return np.zeros(pieces.vectors.shape[1], dtype=np.float32)
    mean: NDArray[np.float32] = pieces.vectors[inside].mean(0)
    return mean


def _surest(one: Named, pieces: _Pieces, starts: Sequence[int]) -> float:
    """Return the largest chance of a mention's pieces to be in a mention."""
    low, high = bisect_right(starts, one.start) - 1, bisect_left(starts, one.end)
    return max(pieces.inside[max(0, low) : high], default=0.0)


def _groups(named: Sequence[Named], chance: NDArray[np.float32], bar: float) -> list[list[int]]:
    """Return which mentions are one actor: first those the tables know, then by mean linkage while two groups are alike enough."""
    groups: list[list[int]] = []
    by_name: dict[str, int] = {}
    for at, one in enumerate(named):
        # The same name, letter for letter, is the same actor; so is what the tables know as one.
        key = one.known or ("=" + one.text if one.is_name and not one.inside else "")
        if key and key in by_name:
            groups[by_name[key]].append(at)
            continue
        if key:
            by_name[key] = len(groups)
        groups.append([at])
    while len(groups) > 1:
        best, pair = bar, (-1, -1)
        means = _means(groups, chance)
        names = [{named[i].known for i in group if named[i].known} for group in groups]
        for i, j in zip(*np.nonzero(np.triu(means, 1) > bar), strict=True):
            if means[i, j] > best and not (names[i] and names[j] and names[i] != names[j]):
                best, pair = float(means[i, j]), (int(i), int(j))
        if pair[0] < 0:
            break
        groups[pair[0]].extend(groups.pop(pair[1]))
    return groups


def _means(groups: Sequence[Sequence[int]], chance: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the mean chance between every two groups."""
    member = np.zeros((len(groups), len(chance)), dtype=np.float32)
    for at, group in enumerate(groups):
        member[at, list(group)] = 1 / len(group)
    return np.asarray(member @ chance @ member.T, dtype=np.float32)


def _members(named: Sequence[Named], groups: Sequence[Sequence[int]], sure: Sequence[float]) -> list[Member]:
    found = []
    for group in groups:
        some = sorted((named[i] for i in group), key=lambda n: n.start)
        known = Counter(one.known for one in some if one.known)
        name = known.most_common(1)[0][0] if known else _best_name(some)
        spans = tuple((one.start, one.end) for one in some)
        found.append(Member(name, bool(known), spans, max(sure[i] for i in group)))
    return sorted(found, key=lambda member: member.spans[0])


def _best_name(some: Sequence[Named]) -> str:
    """Return the words that name an unknown actor best: a name before a description, then the commonest, then the longest."""
    count = Counter(one.text for one in some)
    by_name = {one.text: one.is_name for one in some}
    return _bare(max(count, key=lambda text: (by_name[text], count[text], len(text), text)))


def _bare(text: str) -> str:
    """Return the name at the end of a description: "former prime minister Rafik Hariri" is Rafik Hariri; else all of it."""
    said = text.split()
    if any(word.lower() in _JOINING for word in said):
        return text  # "members of the Front": not the Front
    at = len(said)
    while at and (said[at - 1][0].isupper() or said[at - 1].lower().startswith(_PARTICLES)):
        at -= 1
    while at < len(said) and not said[at][0].isupper():
        at += 1
    tail = said[at:]
    return " ".join(tail) if 0 < at < len(said) and len(tail) > 1 else text
