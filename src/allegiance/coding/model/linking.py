"""What the strings and tables say of two mentions, before the network is asked whether they are one actor."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from allegiance.coding.model.window import TITLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)?")
_SMALL = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "and",
        "for",
        "in",
        "on",
        "at",
        "to",
        "by",
        "from",
        "its",
        "his",
        "her",
        "their",
        "our",
        "my",
        "your",
        "this",
        "that",
        "these",
        "those",
        "s",
        "neither",
        "nor",
        "both",
        "all",
        "each",
        "some",
        "many",
        "several",
        "others",
        "another",
        "who",
        "which",
        "he",
        "she",
        "it",
        "they",
        "we",
        "i",
        "you",
        "him",
        "them",
        "us",
        "one",
        "ones",
        "everyone",
        "nobody",
        "somebody",
        "someone",
        "no",
        "not",
        "between",
        "among",
        "against",
        "with",
        "without",
        "as",
        "or",
        "but",
    ]
)
_NEAR, _FAR = 200, 1000  # characters between two mentions: about a sentence, about a paragraph
# Names of the features, in the order of `features`.
FEATURES = (
    "same words",
    "one inside the other",
    "shares a name",
    "share of words shared",
    "same last word",
    "one is the other's initials",
    "both are names",
    "neither is a name",
    "tables: the same",
    "tables: two others",
    "tables know one",
    "tables: one stands inside the other's words",
    "near",
    "far",
)


@dataclass(frozen=True, slots=True)
class Named:
    """A mention as its words and the tables show it.

    Attributes:
        start: first character.
        end: the one behind the last.
        text: its words.
        known: canonical name that the tables give the whole of it, or empty.
        inside: canonical name of a known mention within its words, or empty.
    """

    start: int
    end: int
    text: str
    known: str = ""
    inside: str = ""

    @property
    def is_name(self) -> bool:
        """Whether it holds a capitalised word that is no title."""
        return any(w[0].isupper() and w.lower() not in TITLES for w in words(self.text))


def words(text: str) -> list[str]:
    """Return the words that say something."""
    return [w for w in _WORD.findall(text) if w.lower() not in _SMALL]


def features(one: Named, other: Named) -> tuple[float, ...]:
    """Return what strings and tables say of two mentions, in the order of `FEATURES`."""
    a, b = words(one.text), words(other.text)
    low_a, low_b = [w.lower() for w in a], [w.lower() for w in b]
    set_a, set_b = set(low_a), set(low_b)
    names_a = {w.lower() for w in a if w[0].isupper() and w.lower() not in TITLES}
    names_b = {w.lower() for w in b if w[0].isupper() and w.lower() not in TITLES}
    shared = len(set_a & set_b)
    apart = abs(other.start - one.start)
    both = bool(one.known and other.known)
    return (
        float(low_a == low_b and bool(a)),
        float(bool(a and b) and (set_a <= set_b or set_b <= set_a)),
        float(bool(names_a & names_b)),
        shared / max(1, len(set_a | set_b)),
        float(bool(a and b) and low_a[-1] == low_b[-1]),
        float(_initials(a, b) or _initials(b, a)),
        float(one.is_name and other.is_name),
        float(not one.is_name and not other.is_name),
        float(both and one.known == other.known),
        float(both and one.known != other.known),
        float(bool(one.known) != bool(other.known)),
        float(
            (bool(one.inside) and one.inside == other.known)
            or (bool(other.inside) and other.inside == one.known)
        ),
        float(apart < _NEAR),
        float(apart > _FAR),
    )


def _initials(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether one word is made of the first letters of the other's."""
    return len(short) == 1 and len(long) > 1 and short[0].lower() == "".join(w[0] for w in long).lower()


def all_features(mentions: Sequence[Named]) -> NDArray[np.float32]:
    """Return the features of every two mentions, shape [n, n, len(FEATURES)]; the lower half mirrors the upper."""
    many = len(mentions)
    found = np.zeros((many, many, len(FEATURES)), dtype=np.float32)
    for i in range(many):
        for j in range(i + 1, many):
            found[i, j] = found[j, i] = features(mentions[i], mentions[j])
    return found
