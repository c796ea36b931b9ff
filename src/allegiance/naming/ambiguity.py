"""When a word that can name an actor doesn't: shouted "US", the first name Jordan, the state of Georgia.

Each rule is one function with its reason; it sees words and text, never the case at hand.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from allegiance.naming.tokens import JOIN, Token, gap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from allegiance.naming.lexicon import Hit

# Acronyms that are another word when a whole line is in capitals.
_WORDS_IN_CAPITALS = frozenset(
    {"US", "IS", "CAR", "AU", "EU", "UN", "PA", "WHO", "SADR", "PLA", "SAA", "GIA"}
)
_MAKES_NO_ACTOR_BEFORE = frozenset({"anti", "pro", "non", "ex", "post", "pre", "neo"})
_MAKES_NO_ACTOR_BEHIND = frozenset(
    [
        "speaking",
        "language",
        "born",
        "style",
        "made",
        "built",
        "era",
        "origin",
        "flagged",
        "registered",
        "designed",
        "themed",
    ]
)
_FIRST_NAMES = frozenset(
    [
        "Jordan",
        "Chad",
        "Georgia",
        "Israel",
        "Kenya",
        "Paris",
        "Sofia",
        "Victoria",
        "Santiago",
        "Lima",
        "Cuba",
        "Kiev",
    ]
)
_LAST_NAMES = frozenset(
    [
        "Jordan",
        "Washington",
        "London",
        "Holland",
        "Ireland",
        "England",
        "France",
        "Kingston",
        "Sudan",
        "Paris",
        "Rome",
    ]
)
_AMBIGUOUS_CAPITALS = frozenset(
    {"Victoria", "Male", "San Jose", "Georgetown", "Nassau", "Hamilton", "Kingston", "Beehive", "Westminster"}
)
# Capitalised words that stand beside a country without making it a person's name.
_NO_FIRST_NAME = frozenset(
    [
        "A",
        "About",
        "According",
        "After",
        "Against",
        "All",
        "Although",
        "Among",
        "An",
        "And",
        "Are",
        "As",
        "At",
        "Because",
        "Before",
        "Behind",
        "Between",
        "Both",
        "But",
        "By",
        "Can",
        "Could",
        "Despite",
        "Did",
        "Do",
        "Does",
        "During",
        "East",
        "Even",
        "Every",
        "For",
        "From",
        "Had",
        "Has",
        "Have",
        "He",
        "Her",
        "His",
        "How",
        "However",
        "If",
        "In",
        "Indeed",
        "Inside",
        "Instead",
        "Is",
        "It",
        "Its",
        "Last",
        "Like",
        "Many",
        "May",
        "Meanwhile",
        "More",
        "Most",
        "Near",
        "Neither",
        "Next",
        "No",
        "Nor",
        "North",
        "Not",
        "Now",
        "Of",
        "On",
        "Once",
        "One",
        "Only",
        "Or",
        "Our",
        "Over",
        "Perhaps",
        "Should",
        "Since",
        "So",
        "Some",
        "South",
        "Still",
        "Such",
        "Than",
        "That",
        "The",
        "Their",
        "Then",
        "There",
        "These",
        "They",
        "This",
        "Those",
        "Though",
        "Through",
        "Thus",
        "To",
        "Today",
        "Together",
        "Towards",
        "Two",
        "Under",
        "Unless",
        "Unlike",
        "Until",
        "Upon",
        "Was",
        "We",
        "West",
        "Western",
        "Eastern",
        "Northern",
        "Southern",
        "What",
        "When",
        "Where",
        "Whether",
        "Which",
        "While",
        "Who",
        "Why",
        "Will",
        "With",
        "Within",
        "Without",
        "Would",
        "Yes",
        "Yet",
        "You",
        "Mr",
        "Mrs",
        "Ms",
        "Dr",
        "King",
        "Queen",
        "Prince",
        "Princess",
        "President",
        "Minister",
        "Premier",
        "Kingdom",
        "Republic",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "January",
        "February",
        "March",
        "April",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "Says",
        "Said",
        "Central",
        "Neighbouring",
        "Neighboring",
        "Ancient",
        "Modern",
        "Former",
    ]
)
_NO_LAST_NAME = _NO_FIRST_NAME | frozenset(
    [
        "Foreign",
        "Prime",
        "Defence",
        "Defense",
        "Interior",
        "Finance",
        "Army",
        "Air",
        "Navy",
        "Military",
        "Police",
        "Government",
        "Parliament",
        "Ministry",
        "Embassy",
        "Ambassador",
        "Border",
        "Crown",
        "Supreme",
        "National",
        "State",
        "Deputy",
        "Vice",
        "Chancellor",
        "General",
        "Opposition",
        "Royal",
        "Security",
    ]
)
_GEORGIA_THE_US_STATE = re.compile(
    r"\b(?:Atlanta|Savannah|Augusta|Fulton|Kemp|Raffensperger|Warnock|Ossoff|Abrams|Alabama|Florida|Carolina|Tennessee|"
    r"Republicans?|Democrats?|GOP|Peach State)\b"
)
_GEORGIA_THE_COUNTRY = re.compile(
    r"\b(?:Tbilisi|Georgians?|Ossetian?|Abkhazian?|Saakashvili|Ivanishvili|Kavelashvili|Caucasus|Batumi|Armenia|Azerbaijan|"
    r"Russians?|Russia)\b"
)
_SHOUTED_WORDS = 3
_HEADLINE_SHARE = 0.7
_HEADLINE_WORDS = 4


def names_an_actor(text: str, tokens: Sequence[Token], hit: Hit) -> bool:
    """Return whether the words of `hit` name an actor where they stand."""
    words = hit.phrase.words
    if not hit.phrase.senses:
        return False
    if _inside_a_compound(text, tokens, hit):
        return False
    if len(words) > 1:
        return True
    word = words[0]
    if word in _WORDS_IN_CAPITALS:
        return not _in_capitals(text, tokens, hit)
    if any(sense.by_user for sense in hit.phrase.senses):
        return True
    if word in _AMBIGUOUS_CAPITALS:
        return False
    if word == "Polish":  # the verb at the beginning of a sentence
        return _neighbour(text, tokens, hit.after, behind=True).lower() not in (
            "the",
            "your",
            "a",
            "it",
            "up",
        )
    if word == "Georgia" and _GEORGIA_THE_US_STATE.search(text) and not _GEORGIA_THE_COUNTRY.search(text):
        return False
    return not (word in _FIRST_NAMES | _LAST_NAMES and _part_of_a_persons_name(text, tokens, hit))


def _inside_a_compound(text: str, tokens: Sequence[Token], hit: Hit) -> bool:
    """Anti-Russian, pro-Iranian, French-speaking: an attitude, a language or an origin, not one who acts."""
    if hit.first and text[tokens[hit.first - 1].end : tokens[hit.first].start] in ("-", "\u2011"):
        if tokens[hit.first - 1].word.lower() in _MAKES_NO_ACTOR_BEFORE:
            return True
    if hit.after < len(tokens) and text[tokens[hit.after - 1].end : tokens[hit.after].start] in (
        "-",
        "\u2011",
    ):
        return tokens[hit.after].word.lower() in _MAKES_NO_ACTOR_BEHIND
    return False


def _in_capitals(text: str, tokens: Sequence[Token], hit: Hit) -> bool:
    line = _line(text, tokens[hit.first].start)
    return line.isupper() and len(line.split()) >= _SHOUTED_WORDS


def _line(text: str, place: int, longest: int = 300) -> str:
    """Return the line around `place`, as far as it matters: a text of one long line isn't copied for each word."""
    low = max(place - longest, 0)
    begin = text.rfind("\n", low, place) + 1 or low
    end = text.find("\n", place, place + longest)
    return text[begin : end if end >= 0 else place + longest]


def _part_of_a_persons_name(text: str, tokens: Sequence[Token], hit: Hit) -> bool:
    """Michael Jordan, Chad Smith: a capitalised stranger directly beside it, outside a headline."""
    word = hit.phrase.words[0]
    before = _neighbour(text, tokens, hit.first - 1, behind=False)
    behind = _neighbour(text, tokens, hit.after, behind=True)
    suspicious = (word in _LAST_NAMES and _like_a_name(before) and before not in _NO_FIRST_NAME) or (
        word in _FIRST_NAMES and _like_a_name(behind) and behind not in _NO_LAST_NAME
    )
    if not suspicious:
        return False
    words = _line(text, tokens[hit.first].start).split()
    capitalised = sum(part[:1].isupper() for part in words)
    return not (len(words) >= _HEADLINE_WORDS and capitalised >= _HEADLINE_SHARE * len(words))


def _neighbour(text: str, tokens: Sequence[Token], place: int, *, behind: bool) -> str:
    """Return the word at `place` if only a space joins it to the hit, else nothing."""
    if not 0 <= place < len(tokens):
        return ""
    left, right = (place - 1, place) if behind else (place, place + 1)
    joined = gap(text, tokens[left].end, tokens[right].start) == JOIN
    return tokens[place].word if joined and text[tokens[left].end] != "-" else ""


def _like_a_name(word: str) -> bool:
    return word[:1].isupper() and word[1:].islower()
