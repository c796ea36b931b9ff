"""Copies are not witnesses: which texts are one story, and whose statements therefore count once.

A wire in seven outlets, each with a sentence cut or a word changed, is one report. Two texts are copies when they share more
than 60 % of the runs of eight words (shingles; Broder 1997, doi:10.1109/SEQUEN.1997.666900) of the shorter one, so that a wire
cut short is found in the whole one. The shorter must be a quarter of the longer at least: an article that quotes a short text in
full has more to say of its own, and two such articles are no copies of each other.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter as Tally
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from allegiance.network.counting import Counter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from allegiance.network.counting import CountingPolicy, Row

WORDS = 8
SHARED_TENTHS = 6
LEAST_PART = 4
_WORD = re.compile(r"\w+")
_MULTIPLIER = 0x9E3779B97F4A7C15


@dataclass(frozen=True, slots=True)
class Stories:
    """Which story each text belongs to.

    Attributes:
        of: the document that a document's story is called by, itself where it has no copy.
        outlets: the outlets of each story, sorted, by what the story is called.
    """

    of: Mapping[str, str]
    outlets: Mapping[str, tuple[str, ...]]

    @classmethod
    def found(cls, texts: Iterable[tuple[str, str, str]]) -> Stories:
        """Find the stories of texts (document, outlet, words); their order makes no difference.

        The shortest text comes first and is a story; each further text joins that of the stories before it with which it shares
        most, or is one of its own. Of a story, only the rarest shingles of its shortest text are looked up, as few as any
        text that shares enough must have one of, so that what all texts have in common is not compared (prefix filtering;
        Chaudhuri, Ganti and Kaushik 2006, doi:10.1109/ICDE.2006.9).
        """
        rows = sorted(texts)
        heads = _heads([words for _, _, words in rows], [doc for doc, _, _ in rows])
        of = {doc: rows[head][0] for (doc, _, _), head in zip(rows, heads, strict=True)}
        outlets: dict[str, set[str]] = defaultdict(set)
        for doc, outlet, _ in rows:
            outlets[of[doc]].add(outlet)
        return cls(of, {story: tuple(sorted(names)) for story, names in outlets.items()})

    def outlets_of(self, doc: str) -> tuple[str, ...]:
        """Return the outlets that had the story of a document."""
        return self.outlets.get(self.of.get(doc, doc), ())


def copies(rows: Sequence[Row], policy: CountingPolicy, stories: Callable[[], Stories]) -> dict[str, str]:
    """Return the ids of statements that only repeat another text's, with the id of the statement that counts for them.

    Copies tell the same when actor, act, target, sign, weight, modality, negation and the quoted speakers are the same; days may
    differ, as outlets date a wire by their own. What one text tells several times counts as often: the second time in a copy is
    the second time in the other. Of copies the earliest counts, of one day the one whose document's id is the least, so
    that the order in which texts were read makes no difference. Rows of data sets are no texts and stay as they are.

    Args:
        rows: dated rows of `CaseFile.dated_rows`.
        policy: what counts at all; only that is looked at.
        stories: asked only where two texts tell the same.
    """
    counter = Counter(policy)
    told: dict[tuple[Any, ...], dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        _, actor, act, target, polarity, weight, modality, negated, confidence, chain = row[:10]
        document, data_row = row[12:14]
        if data_row is None and counter.amount(act, polarity, weight, modality, negated, confidence):
            key = (actor, act, target, polarity, weight, modality, bool(negated), _speakers(chain))
            told[key][document].append(row)
    repeated = [by_document for by_document in told.values() if len(by_document) > 1]
    found: dict[str, str] = {}
    if not repeated:
        return found
    story_of = stories().of
    for by_document in repeated:
        by_story: dict[str, list[str]] = defaultdict(list)
        for document in by_document:
            by_story[story_of.get(document, document)].append(document)
        for documents in by_story.values():
            standing: list[str] = []
            for document in sorted(documents, key=lambda one: (str(by_document[one][0][10] or "9999"), one)):
                ids = [row[0] for row in by_document[document]]
                found |= dict(zip(ids, standing, strict=False))
                standing += ids[len(standing) :]
    return found


@lru_cache(1 << 12)
def _speakers(chain: str) -> str:
    """Return the quoted speakers of a chain, without the outlet that quotes them."""
    return "\x1f".join(json.loads(chain)[1:])


def _heads(texts: list[str], names: list[str]) -> list[int]:
    """Return for each text the number of the text that its story is called by."""
    numbers: dict[str, int] = {}
    sets = [_shingles(text, numbers) for text in texts]
    every, counts = (
        np.unique(np.concatenate(sets), return_counts=True)
        if sets
        else (np.zeros(0, np.uint64), np.zeros(0, int))
    )
    often = [counts[np.searchsorted(every, one)] for one in sets]
    heads = list(range(len(texts)))
    led: dict[int, list[int]] = defaultdict(list)
    same: dict[bytes, int] = {}
    for number in sorted(heads, key=lambda i: (len(sets[i]), names[i])):
        own = sets[number]
        alike = same.setdefault(own.tobytes(), number)
        if alike != number:
            heads[number] = heads[alike]
            continue
        shared = own[often[number] > 1]
        candidates = Tally(head for shingle in shared.tolist() for head in led.get(shingle, ()))
        best = (0.0, 0)
        for head in candidates:
            size = len(sets[head])
            common = len(np.intersect1d(sets[head], own, assume_unique=True))
            if common * 10 > SHARED_TENTHS * size and size * LEAST_PART >= len(own):
                # Numbers follow the names, so that equals are told apart by what they are.
                best = max(best, (common / (size + len(own) - common), -head))
        if best[0]:
            heads[number] = -best[1]
            continue
        rarest = own[np.argsort(often[number], kind="stable")][: len(own) - SHARED_TENTHS * len(own) // 10]
        for shingle in rarest[counts[np.searchsorted(every, rarest)] > 1].tolist():
            led[shingle].append(number)
    return heads


def _shingles(text: str, numbers: dict[str, int]) -> NDArray[np.uint64]:
    """Return the runs of `WORDS` words of a text as sorted numbers; a text of fewer words is one run."""
    words = _WORD.findall(text.casefold())
    for word in set(words).difference(numbers):
        numbers[word] = int.from_bytes(
            hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        )
    row = np.array([numbers[word] for word in words], dtype=np.uint64)
    length = min(WORDS, len(row))
    runs = np.full(len(row) - length + 1, length, dtype=np.uint64)
    for place in range(length):
        runs = runs * np.uint64(_MULTIPLIER) + row[place : len(row) - length + 1 + place]
        runs ^= runs >> np.uint64(29)
    return np.unique(runs)
