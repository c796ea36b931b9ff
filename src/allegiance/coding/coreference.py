"""Whom a pronoun stands for: conservative, from the same sentence or the one before; nobody where it isn't plain."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from allegiance.coding.discourse import Discourse
    from allegiance.coding.finding import View
    from allegiance.coding.parse import Word
    from allegiance.coding.parties import Party

# Sentences back in which "the ministry" is looked for.
_NOT_FAR = 3
_FIRST = frozenset({"i", "we", "me", "us", "my", "our", "myself", "ourselves"})
_PERSON = frozenset({"he", "she", "him", "her", "his", "himself", "herself"})
_THING = frozenset({"it", "its", "itself"})
_MANY = frozenset({"they", "them", "their", "themselves"})
_POSSESSIVE = frozenset({"his", "its", "their", "her", "himself", "itself", "themselves", "herself"})


def resolve(discourse: Discourse, view: View, word: Word) -> list[Party]:
    """Return the parties that the pronoun `word` stands for, marked ``via="pronoun"``."""
    lower = word.lower
    if lower in _FIRST:
        found = _speakers_around(discourse, word)
    elif lower in _PERSON | _THING | _MANY:
        found = _in_sentence(discourse, view, word) or _before(discourse, view, word)
    else:
        found = []
    return [replace(party, text=word.text, word=word.i, via="pronoun") for party in found]


def _speakers_around(discourse: Discourse, word: Word) -> list[Party]:
    for quote in reversed(discourse.quotes_at(word.start)):
        speaker = discourse.speaker(quote)
        if speaker is not None:
            return [party for party in speaker.parties if party.known or not party.anonymous]
    return []


def _in_sentence(discourse: Discourse, view: View, word: Word) -> list[Party]:
    """The nearest subject before the pronoun, not of the pronoun's own clause."""
    sent = view.sent
    own = _clause_of(view, word)
    for one in reversed(sent.words[: word.i]):
        if one.dep not in ("nsubj", "nsubjpass") or one.tag in ("PRP", "WDT", "WP", "EX", "DT"):
            continue
        if len(discourse.quotes_at(one.start)) != len(discourse.quotes_at(word.start)):
            continue
        if _clause_of(view, one) == own and word.lower not in _POSSESSIVE:
            continue
        if word.lower == "its" and _another_between(view, one, word):
            return []
        found = _without_own(view, one, word)
        return found if found and _agrees(word, found) else []
    return []


def _another_between(view: View, subject: Word, word: Word) -> bool:
    """Whether "its" could as well be the object's ("A fined B over its exports")."""
    own = view.sent.below(subject)
    return any(
        view.finder.mention_at(one) is not None and one not in own
        for one in view.sent.words[subject.i : word.i]
    )


def described(discourse: Discourse, view: View, word: Word) -> list[Party]:
    """Return whom "the ministry" means: the known party last named by a phrase with the same head, not far back."""
    for earlier in reversed(discourse.views[max(0, view.sent.number - _NOT_FAR) : view.sent.number]):
        for one in reversed(earlier.sent.words):
            if one.lemma == word.lemma and one.is_noun and (found := earlier.finder.at(one)):
                return [
                    replace(party, text=view.finder.phrase(word), word=word.i, via="pronoun")
                    for party in found
                ]
    return []


def _without_own(view: View, subject: Word, word: Word) -> list[Party]:
    """The parties of a subject, but for the one in whose phrase the pronoun stands ("A and its ally B")."""
    joined = view.sent.conjuncts(subject)
    apart = [one for one in joined if word not in view.sent.below(one) or one == subject]
    if len(apart) < len(joined):
        return [party for one in apart for party in view.finder.at(one)]
    return view.finder.all(subject)


def _before(discourse: Discourse, view: View, word: Word) -> list[Party]:
    """The only subject of the sentence before, where the pronoun is itself the subject of its sentence."""
    number = view.sent.number
    if number == 0 or (word.dep not in ("nsubj", "nsubjpass", "poss")):
        return []
    last = discourse.views[number - 1]
    if "\n\n" in discourse.text[last.sent.end : view.sent.start]:
        return []
    inside = bool(discourse.quotes_at(word.start))
    for one in last.sent.words:
        if one.dep not in ("nsubj", "nsubjpass") or bool(discourse.quotes_at(one.start)) != inside:
            continue
        if one.tag in ("PRP", "WDT", "WP", "EX", "DT"):
            return []
        found = last.finder.all(one)
        return found if found and _agrees(word, found) else []
    return []


def _clause_of(view: View, word: Word) -> int:
    """The verb whose clause `word` stands in."""
    return next((one.i for one in view.sent.up(word) if one.is_verb), -1)


def _agrees(word: Word, parties: list[Party]) -> bool:
    lower = word.lower
    if lower in _PERSON:
        return len(parties) == 1 and _is_person(parties[0])
    if lower in _THING:
        # The pipeline's label is not asked: it takes many a state that it doesn't know for a person.
        return len(parties) == 1 and not parties[0].person
    return True


def _is_person(party: Party) -> bool:
    return bool(party.person) or party.label == "PERSON"
