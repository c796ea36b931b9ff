"""All phrases that name an actor, found longest first.

A lexicon knows words, gaps and case; whether a phrase found means the actor here is for `ambiguity`, who is meant for
`gazetteer`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from allegiance.naming.entry import ALWAYS, Period
from allegiance.naming.tokens import Token, gap, tokenise

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

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
    """Words and the gaps between them; no senses means: this names no actor, though it contains a name."""

    words: tuple[str, ...]
    gaps: tuple[str, ...]
    dotted: bool
    senses: tuple[Sense, ...]

    def fits(self, text: str, tokens: Sequence[Token], first: int) -> bool:
        """Return whether the phrase stands at word `first` of the text."""
        words = self.words
        if first + len(words) > len(tokens):
            return False
        # A word alone is cheap to test and most phrases are one word.
        for offset, word in enumerate(words):
            if not _same(word, tokens[first + offset].word, shouted=len(word) >= _SHOUTED or len(words) > 1):
                return False
        return all(
            gap(text, tokens[first + offset].end, tokens[first + offset + 1].start) == between
            for offset, between in enumerate(self.gaps)
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
        merged: dict[tuple[tuple[str, ...], tuple[str, ...]], tuple[bool, list[Sense]]] = {}
        for name, meanings in senses.items():
            words, gaps, dotted = _taken_apart(name)
            if words:
                _, known = merged.setdefault((words, gaps), (dotted, []))
                known.extend(meaning for meaning in meanings if meaning not in known)
        by_first: dict[str, list[Phrase]] = defaultdict(list)
        for (words, gaps), (dotted, meant) in merged.items():
            phrase = Phrase(words, gaps, dotted, tuple(meant))
            for form in _forms(words[0]):
                by_first[form].append(phrase)
        return cls(
            {
                form: tuple(sorted(phrases, key=lambda phrase: -len(phrase.words)))
                for form, phrases in by_first.items()
            }
        )

    def hits(self, text: str, tokens: Sequence[Token]) -> list[Hit]:
        """Return the phrases in the text: from left to right, the longest at each word, never overlapping."""
        found: list[Hit] = []
        lookup = self.by_first.get
        place = 0
        while place < len(tokens):
            phrases = lookup(tokens[place].word)
            phrase = self._fitting(phrases, text, tokens, place) if phrases else None
            if phrase is None:
                place += 1
            else:
                found.append(Hit(place, place + len(phrase.words), phrase))
                place += len(phrase.words)
        return found

    @staticmethod
    def _fitting(phrases: Iterable[Phrase], text: str, tokens: Sequence[Token], place: int) -> Phrase | None:
        return next((phrase for phrase in phrases if phrase.fits(text, tokens, place)), None)


def _taken_apart(name: str) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
    tokens = tokenise(name)
    words = tuple(token.word for token in tokens)
    gaps = tuple(gap(name, left.end, right.start) for left, right in zip(tokens, tokens[1:], strict=False))
    return words, gaps, name.endswith(".")


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
