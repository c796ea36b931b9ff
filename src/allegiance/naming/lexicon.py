"""All phrases that name an actor, found longest first.

A lexicon knows words, gaps and case; whether a phrase found means the actor here is for `ambiguity`, who is meant for
`gazetteer`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from allegiance.naming.entry import ALWAYS, Period
from allegiance.naming.tokens import Passage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# Shorter words may be another word in capitals ("IS", "US"), longer ones are the same word shouted ("IRAN").
_SHOUTED = 4


@dataclass(frozen=True, slots=True)
class Sense:
    """What a phrase can mean.

    Attributes:
        actor: canonical name of the actor.
        via: by what kind of name, as `Mention.via`.
        person: the full name where a person stands for the actor.
        period: when it means this.
        short: whether it is a surname alone, which needs an unambiguous holder or an earlier full name.
        shorts: the surnames under which the person goes after the full name.
        by_user: whether the user's own table says so; that beats the shipped tables.
    """

    actor: str
    via: str
    person: str = ""
    period: Period = ALWAYS
    short: bool = False
    shorts: tuple[str, ...] = ()
    by_user: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words, the gaps between them and a sign that may end them; no senses: this names no actor, though it contains a name.

    A full stop at the end may be missing ("U.S"), another sign may not ("OPEC+").
    """

    words: tuple[str, ...]
    gaps: tuple[str, ...]
    tail: str
    senses: tuple[Sense, ...]

    def fits(self, passage: Passage, first: int) -> bool:
        """Return whether the phrase stands at word `first` of the text."""
        words, tokens = self.words, passage.tokens
        if first + len(words) > len(tokens):
            return False
        # A word alone is cheap to test and most phrases are one word.
        for offset, word in enumerate(words):
            if not _same(word, tokens[first + offset].word, shouted=len(word) >= _SHOUTED or len(words) > 1):
                return False
        if self.tail == "+" and not passage.text.startswith("+", tokens[first + len(words) - 1].end):
            return False
        return all(
            passage.gap(first + offset) == between for offset, between in enumerate(self.gaps, start=1)
        )


class Hit(NamedTuple):
    """A phrase that stands at the words `first` to `after` (exclusive)."""

    first: int
    after: int
    phrase: Phrase


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Phrases by the first word as it may stand in a text, longest first."""

    by_first: Mapping[str, tuple[Phrase, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, senses: Mapping[str, Sequence[Sense]]) -> Lexicon:
        """Compile the names and what each can mean."""
        merged: dict[tuple[tuple[str, ...], tuple[str, ...], str], list[Sense]] = {}
        for name, meanings in senses.items():
            parts = _taken_apart(name)
            if parts[0]:
                known = merged.setdefault(parts, [])
                known.extend(meaning for meaning in meanings if meaning not in known)
        by_first: dict[str, list[Phrase]] = defaultdict(list)
        for (words, gaps, tail), meant in merged.items():
            phrase = Phrase(words, gaps, tail, tuple(meant))
            for form in _forms(words[0]):
                by_first[form].append(phrase)
        return cls({form: _best_first(form, phrases) for form, phrases in by_first.items()})

    def hits(self, passage: Passage) -> list[Hit]:
        """Return the phrases in the text: from left to right, the longest at each word, never overlapping."""
        found: list[Hit] = []
        lookup = self.by_first.get
        place = 0
        for place_of_word, token in enumerate(passage.tokens):
            if place_of_word < place or (phrases := lookup(token.word)) is None:
                continue
            phrase = next((phrase for phrase in phrases if phrase.fits(passage, place_of_word)), None)
            if phrase is not None:
                place = place_of_word + len(phrase.words)
                found.append(Hit(place_of_word, place, phrase))
        return found


def _best_first(form: str, phrases: list[Phrase]) -> tuple[Phrase, ...]:
    """Return longer phrases before shorter, and "GUAM", the organisation, before "Guam" in capitals."""
    return tuple(
        sorted(phrases, key=lambda phrase: (-len(phrase.words), phrase.tail != "+", phrase.words[0] != form))
    )


def _taken_apart(name: str) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    passage = Passage.of(name)
    words = tuple(token.word for token in passage.tokens)
    gaps = tuple(passage.gap(place) for place in range(1, len(passage)))
    return words, gaps, name[-1] if name.endswith((".", "+")) else ""


def _forms(word: str) -> set[str]:
    forms = {word, word.upper()}
    if word.islower():
        forms.add(word.capitalize())
    return forms


def _same(word: str, given: str, *, shouted: bool) -> bool:
    if given == word:
        return True
    if word.islower():  # a particle: the, al, of
        return given.lower() == word
    return shouted and given == word.upper()
