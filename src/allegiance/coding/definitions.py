"""Names that a text defines itself: "Syrian Democratic Forces (SDF)" makes a later "SDF" the same actor.

Such names hold in their own document only. Names of the gazetteer are not changed: a text can't redefine "US".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from allegiance.model import Mention

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# Only from the beginning of a word and of bounded length, or one endless word would be tried from each of its letters.
_WORD = r"(?<!\w)[A-Z][\w'\u2019-]{0,40}"
_LINK = r"(?:of|for|and|the|in|de|al)"
# Capitalised words, then an abbreviation or short name in brackets behind them.
_DEFINED = re.compile(
    rf"(?P<long>{_WORD}(?:\s+(?:{_LINK}\s+){{0,2}}{_WORD}){{1,7}})\s+"
    r"\((?:also known as |known as |or |hereafter |the )*[\"'\u201c\u2018]?(?P<short>[A-Z][A-Za-z-]{1,11})[\"'\u201d\u2019]?\)"
)
_SMALL = frozenset({"of", "for", "and", "the", "in", "de", "al"})


def completed(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Return `mentions` with the names that `text` defines itself, by offset and not overlapping."""
    found = list(mentions)
    for long, short, start in _defined(text):
        known = _known_at(mentions, start, start + len(long))
        actor = known.actor if known is not None else long
        for name in (long, short):
            for one in _occurrences(text, name):
                own = Mention(one.start(), one.end(), name, actor, known=known is not None, via="alias")
                # "Syrian" inside the "Syrian Valley Army" gives way; what covers or crosses the name stays.
                inside = [other for other in found if own.start <= other.start and other.end <= own.end]
                smaller = [other for other in inside if other.end - other.start < own.end - own.start]
                touching = [other for other in found if other.start < own.end and own.start < other.end]
                if len(touching) == len(smaller):
                    found = [*(other for other in found if other not in smaller), own]
    return sorted(found, key=lambda one: one.start)


def _defined(text: str) -> Iterator[tuple[str, str, int]]:
    """Yield long name, short name, offset of the long one; only where the short one is made of the long one's initials."""
    for match in _DEFINED.finditer(text):
        words = match["long"].split()
        for first in range(len(words) - 1):
            if words[first] not in _SMALL and _abbreviates(match["short"], words[first:]):
                long = match["long"][_offset(match["long"], first) :]
                yield (
                    " ".join(long.split()),
                    match["short"],
                    match.start("long") + _offset(match["long"], first),
                )
                break


def _abbreviates(short: str, words: Iterable[str]) -> bool:
    words = list(words)
    letters = [part[0] for word in words for part in re.split(r"['\u2019-]", word)[:1] if word not in _SMALL]
    every = [word[0] for word in words]
    wanted = short.replace("-", "").casefold()
    return wanted in ("".join(letters).casefold(), "".join(every).casefold())


def _offset(long: str, number: int) -> int:
    """The offset of the word of this number."""
    return [match.start() for match in re.finditer(r"\S+", long)][number]


def _known_at(mentions: Iterable[Mention], start: int, end: int) -> Mention | None:
    """The known mention that covers the long name as a whole."""
    return next((one for one in mentions if one.start <= start and end <= one.end and one.known), None)


def _occurrences(text: str, name: str) -> Iterator[re.Match[str]]:
    return re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text)
