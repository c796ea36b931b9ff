"""When a word that can name an actor doesn't: shouted "US", the first name Jordan, the state of Georgia.

Each rule is one function with its reason; it sees words and text, never the case at hand. A rule returns True where it
objects.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from allegiance.naming.tokens import JOIN
from allegiance.naming.words import word_list

if TYPE_CHECKING:
    from allegiance.naming.lexicon import Hit
    from allegiance.naming.tokens import Passage

_GEORGIA_THE_US_STATE = re.compile(
    r"\b(?:Atlanta|Savannah|Augusta|Fulton|Kemp|Raffensperger|Warnock|Ossoff|Abrams|Alabama|Florida|Carolina|Tennessee|"
    r"Republicans?|Democrats?|GOP|Peach State|Macon|Marietta|Arizona|Michigan|Nevada|Pennsylvania|"
    r"Wisconsin|Texas|Mississippi|California|Ohio|Georgia['\u2019]s (?:[Ss]tate )?(?:Senate|Capitol|House)|"
    r"(?<![Bb]ank )[Gg]overnor|[A-Z]\w+ County)\b"
)
_GEORGIA_THE_COUNTRY = re.compile(
    r"\b(?:Tbilisi|Georgians?|Ossetian?|Abkhazian?|Saakashvili|Ivanishvili|Kavelashvili|Caucasus|Batumi|Armenia|"
    r"Azerbaijan|Russians?|Russia)\b"
)
_HYPHENS = ("-", "\u2010", "\u2011")
_STOPS = (". ", "! ", "? ", "\n")
_SHOUTED_WORDS = 3
_HEADLINE_SHARE = 0.7
_HEADLINE_WORDS = 4


def names_an_actor(passage: Passage, hit: Hit) -> bool:
    """Return whether the words of `hit` name an actor where they stand."""
    if not hit.phrase.senses:
        return False
    objections = _ALWAYS_OBJECTING if len(hit.phrase.words) > 1 else _OBJECTING
    return not any(objects(passage, hit) for objects in objections)


def beside_a_first_name(passage: Passage, place: int) -> bool:
    """Return whether a capitalised stranger stands directly before word `place` ("Michael" Jordan, "Ivanka" Trump).

    Headlines capitalise each word, so they prove nothing.
    """
    before = passage.word(place - 1) if _spaced(passage, place) else ""
    return (
        _like_a_name(before)
        and before not in word_list("no first name")
        and not _in_headline(passage.text, passage.tokens[place].start)
    )


def _inside_a_compound(passage: Passage, hit: Hit) -> bool:
    """Anti-Russian, pro-Iranian, French-speaking: an attitude, a language or an origin, not one who acts."""
    return (passage.lower(hit.first - 1) in word_list("attitude") and _hyphenated(passage, hit.first)) or (
        passage.lower(hit.after) in word_list("origin") and _hyphenated(passage, hit.after)
    )


def _shouted(passage: Passage, hit: Hit) -> bool:
    """TELL US WHAT IS WRONG: in a line of capitals an acronym may be another word."""
    if hit.phrase.words[0] not in word_list("shouted"):
        return False
    line = _line(passage.text, passage.tokens[hit.first].start)
    return line.isupper() and len(line.split()) >= _SHOUTED_WORDS


def _mostly_a_place(_passage: Passage, hit: Hit) -> bool:
    """Victoria, Georgetown: more often a person, or another town, than a government."""
    return hit.phrase.words[0] in word_list("place only") and not _by_user(hit)


def _polishing(passage: Passage, hit: Hit) -> bool:
    """Polish the silver: a verb at the beginning of a sentence."""
    following = passage.lower(hit.after)
    return hit.phrase.words[0] == "Polish" and following in ("the", "your", "a", "it", "up")


def _georgia_in_america(passage: Passage, hit: Hit) -> bool:
    """Georgia is the state of the US where the text speaks of its towns and parties, and of nothing in the Caucasus.

    Its own sentence counts first, for one text may speak of both.
    """
    if hit.phrase.words[0] != "Georgia":
        return False
    for text in (_sentence(passage.text, passage.tokens[hit.first].start), passage.text):
        state = _GEORGIA_THE_US_STATE.search(text) is not None
        country = _GEORGIA_THE_COUNTRY.search(text) is not None
        if state != country:
            return state
    return False


def _part_of_a_persons_name(passage: Passage, hit: Hit) -> bool:
    """Michael Jordan, Chad Smith."""
    word = hit.phrase.words[0]
    if _by_user(hit):
        return False
    if word in word_list("last name") and beside_a_first_name(passage, hit.first):
        return True
    if word not in word_list("first name"):
        return False
    behind = passage.word(hit.after) if _spaced(passage, hit.after) else ""
    ordinary = behind in word_list("no first name") or behind in word_list("no last name")
    return (
        _like_a_name(behind)
        and not ordinary
        and not _in_headline(passage.text, passage.tokens[hit.first].start)
    )


_ALWAYS_OBJECTING = (_inside_a_compound,)
_OBJECTING = (
    _inside_a_compound,
    _shouted,
    _mostly_a_place,
    _polishing,
    _georgia_in_america,
    _part_of_a_persons_name,
)


def _by_user(hit: Hit) -> bool:
    return any(sense.by_user for sense in hit.phrase.senses)


def _hyphenated(passage: Passage, place: int) -> bool:
    return 0 < place < len(passage) and passage.between(place) in _HYPHENS


def _spaced(passage: Passage, place: int) -> bool:
    return passage.gap(place) == JOIN and not _hyphenated(passage, place)


def _line(text: str, place: int, longest: int = 300) -> str:
    """Return the line around `place`, as far as it matters: a text of one long line isn't copied for each word."""
    low = max(place - longest, 0)
    begin = text.rfind("\n", low, place) + 1 or low
    end = text.find("\n", place, place + longest)
    return text[begin : end if end >= 0 else place + longest]


def _sentence(text: str, place: int, longest: int = 300) -> str:
    """Return about the sentence around `place`: up to the next full stops with a space behind them, or line ends."""
    low = max(place - longest, 0)
    near, at = text[low : place + longest], place - low
    begin = max(near.rfind(stop, 0, at) for stop in _STOPS) + 1
    return near[begin : min((end for stop in _STOPS if (end := near.find(stop, at)) >= 0), default=len(near))]


def _in_headline(text: str, place: int) -> bool:
    line = _line(text, place).rstrip()
    words = line.split()
    if line.endswith((".", "!", "?", ":", ",", ";")):
        return False
    capitalised = sum(word[:1].isupper() for word in words)
    return len(words) >= _HEADLINE_WORDS and capitalised >= _HEADLINE_SHARE * len(words)


def _like_a_name(word: str) -> bool:
    return word[:1].isupper() and word[1:].islower()
