"""A stretch of text as the networks see it: word pieces, with every actor under a name that means nothing.

The network that reads relations is blind to names by construction. Each mention of an actor stands between two stars under a made-up
name that is the same for all mentions of that actor; what its words say besides the name ("fighters", "the foreign minister") is kept,
in lower case. So two texts that differ in names only are the same text to it. Training draws the names at random, reading takes them in
the order in which the actors first appear.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from allegiance.coding.word_pieces import WordPieces

# The places of a transformer's table; two are taken by the signs at the ends.
LONGEST = 512
STAR = "*"
# Made-up names, short and unlike any state's: the order in which reading gives them out.
NAMES = (
    "Bavon",
    "Kelmar",
    "Doris",
    "Tuzan",
    "Lomea",
    "Garesh",
    "Nirol",
    "Soveth",
    "Paluk",
    "Mirado",
    "Zeban",
    "Fonul",
    "Rekta",
    "Hadomi",
    "Viluno",
    "Jorak",
    "Watiso",
    "Cubela",
    "Yodran",
    "Ekmor",
    "Onzia",
    "Arbesk",
    "Ulvan",
    "Ibrol",
    "Tegash",
    "Nolumi",
    "Berod",
    "Kasuvi",
    "Dalort",
    "Gimena",
    "Pelzu",
    "Sarton",
    "Lubek",
    "Romadi",
    "Zukhel",
    "Fadis",
    "Mevron",
    "Hosti",
    "Vakar",
    "Jelub",
    "Wonada",
    "Cirsk",
    "Yamed",
    "Ektul",
    "Olvana",
    "Atrib",
    "Umosh",
    "Inzel",
    "Teborn",
    "Nadusk",
    "Bilvo",
    "Kudren",
    "Dosami",
    "Galtu",
    "Pirosh",
    "Sevuna",
    "Lanok",
    "Rimbat",
    "Zolvi",
    "Futera",
)
# Titles keep their meaning whatever the case in which they are written.
TITLES = frozenset(
    [
        "president",
        "vice",
        "prime",
        "minister",
        "foreign",
        "defense",
        "defence",
        "secretary",
        "general",
        "king",
        "queen",
        "prince",
        "emir",
        "sheikh",
        "ambassador",
        "envoy",
        "spokesman",
        "spokeswoman",
        "chairman",
        "leader",
        "commander",
        "colonel",
        "army",
        "government",
        "ministry",
        "parliament",
        "forces",
        "militants",
        "rebels",
        "fighters",
        "troops",
        "police",
        "opposition",
        "mr",
        "mrs",
        "ms",
    ]
)
_WORD = re.compile(r"[^\W\d_]+")


class Span(NamedTuple):
    """Characters of a text that name actor number `actor`."""

    start: int
    end: int
    actor: int


@dataclass(frozen=True, slots=True)
class Window:
    """What a network is given.

    Attributes:
        pieces: numbers of word pieces, with the signs at both ends.
        spans: for each piece its characters in the text, (start, end); empty spans for signs.
        stars: for each actor the places of the first star of its mentions.
    """

    pieces: list[int]
    spans: list[tuple[int, int]]
    stars: dict[int, list[int]]


@dataclass(frozen=True, slots=True)
class Pieces:
    """A table of word pieces as one encoder numbers it.

    Attributes:
        table: BERT's uncased table.
        shift: what the encoder's numbers are larger by.
        first: number of the sign before a text.
        last: number of the sign behind it.
    """

    table: WordPieces
    shift: int
    first: int
    last: int

    def of(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:
        """Return the numbers of the pieces of `text`, and the characters of each."""
        found = self.table.pieces(text)
        return [number + self.shift for number in found.numbers], found.offsets


def window(
    text: str,
    bounds: tuple[int, int],
    spans: Sequence[Span],
    name: Callable[[int], str],
    pieces: Pieces,
    limit: int = LONGEST,
) -> Window:
    """Return the pieces of ``text[start:end]``, every mention under its actor's made-up name.

    Args:
        text: the whole text.
        bounds: the stretch, (start, end).
        spans: the mentions in it, in order and not overlapping.
        name: the made-up name of an actor.
        pieces: the table of word pieces.
        limit: most pieces; what is over is cut off at the end.
    """
    start, end = bounds
    numbers, places, stars = [pieces.first], [(start, start)], dict[int, list[int]]()
    star = pieces.of(STAR)[0]

    def add(words: str, at: int) -> None:
        found, offsets = pieces.of(words)
        numbers.extend(found)
        places.extend((at + low, at + high) for low, high in offsets)

    at = start
    for span in spans:
        add(text[at : span.start], at)
        stars.setdefault(span.actor, []).append(len(numbers))
        inner = [
            *star,
            *_coded(" ".join((name(span.actor), *kept(text[span.start : span.end]))), pieces),
            *star,
        ]
        numbers.extend(inner)
        places.extend([(span.start, span.end)] * len(inner))
        at = span.end
    add(text[at:end], at)
    del numbers[limit - 1 :], places[limit - 1 :]
    seen = {actor: [p for p in at if p < limit - 1] for actor, at in stars.items()}
    return Window(
        [*numbers, pieces.last], [*places, (end, end)], {actor: at for actor, at in seen.items() if at}
    )


def kept(words: str) -> list[str]:
    """Return what the words of a mention say besides a name, in lower case."""
    return [word.lower() for word in _WORD.findall(words) if word.islower() or word.lower() in TITLES]


@lru_cache(20_000)
def _coded(words: str, pieces: Pieces) -> list[int]:
    return pieces.of(words)[0]


def plain(text: str, bounds: tuple[int, int], pieces: Pieces, limit: int = LONGEST) -> Window:
    """Return the pieces of a stretch of text as it stands, as the finder of mentions sees it."""
    return window(text, bounds, (), str, pieces, limit)
