"""Rules on admission with exclusion: "open to all but B", "All states may join, except B," A said: A rejects B."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegiance.coding.finding import Finding
from allegiance.coding.lexicon import Frame
from allegiance.coding.party import Party

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from allegiance.coding.finding import View
    from allegiance.coding.parse import Word

_POINTING = frozenset({"the", "a", "an", "this", "their", "its", "our"})
_REJECT = Frame("reject", "", 0, ())


def find(view: View) -> Iterator[Finding]:
    """Yield whom an admission of all others leaves out."""
    words = view.sent.words
    for word in words:
        if word.is_verb and view.lexicon.has("barred", view.clauses.key(word)):
            yield from _kept_out(view, word)
        exception = word.lower == "exception" and word.dep == "pobj"
        if not (
            view.lexicon.has("excluding", word.lower) and (exception or word.tag in ("IN", "CC", "VBG", "RB"))
        ):
            continue
        everybody = [one for one in words[: word.i] if view.lexicon.has("everybody", one.lower)]
        verb = _admitting(view, word)
        if everybody and verb is not None:
            yield from _left_out(view, word, verb)


def _admitting(view: View, word: Word) -> Word | None:
    """The word above that admits: "invite", "join", "open to", "welcome"."""
    for one in view.sent.up(word):
        if view.lexicon.has("admitting", one.lemma) or view.lexicon.has("attending", one.lemma):
            return one
        kids = view.sent.kids(one, "acomp", "dobj", "attr", "oprd")
        opened = next((kid for kid in kids if view.lexicon.has("admitting", kid.lemma)), None)
        if one.is_verb:
            return opened
    return None


def _left_out(view: View, word: Word, verb: Word) -> Iterator[Finding]:
    excluded = view.parties(_excluded(view, word))
    if view.lexicon.has("attending", verb.lemma):
        hosts = _joined(view, verb)  # those who may come don't decide on it, what they come to does
    else:
        above = verb if verb.is_verb else next((one for one in view.sent.up(verb) if one.is_verb), verb)
        hosts = _hosts(view, view.clauses.doers(above))
    # "all may join, barring B": the others may, B is left out for certain
    anchor = word if view.lexicon.has("attending", verb.lemma) else verb
    for party in excluded:
        if hosts:
            yield from (Finding(anchor, _REJECT, host, party, "exclusion") for host in hosts)
        else:
            yield Finding(word, _REJECT, None, party, "exclusion", voice="speaker")


def _kept_out(view: View, verb: Word) -> Iterator[Finding]:
    """Find "B and C are excluded from the alliance": the alliance rejects them."""
    if not view.clauses.is_passive(verb) or view.clauses.doers(verb):
        return
    for host in _hosts(view, view.clauses.behind(verb, "from", "of")):
        for party in view.parties(view.clauses.undergoers(verb)):
            yield Finding(verb, _REJECT, host, party, "exclusion")


def _joined(view: View, verb: Word) -> list[Party]:
    """The alliance that all others may join."""
    beside = (*view.sent.kids(verb, "dobj"), *view.clauses.behind(verb, "in", "to", "into"))
    return _hosts(view, (word for word in beside if view.lexicon.has("sides", word.lemma)))


def _hosts(view: View, words: Iterable[Word]) -> list[Party]:
    """Who lets others in: known actors, and alliances, which without a name go by their words ("new coalition")."""
    found: list[Party] = []
    for word in words:
        parties = [one for joined in view.sent.conjuncts(word) for one in view.finder.at(joined) if one.known]
        if not parties and view.lexicon.has("sides", word.lemma):
            phrase = view.finder.phrase(word)
            bare = " ".join(part for part in phrase.split() if part.lower() not in _POINTING)
            parties = view.finder.at(word) or [Party(bare, phrase, word.i, known=False, via="group")]
        found.extend(parties)
    return found


def _excluded(view: View, word: Word) -> list[Word]:
    """The names behind "except", "but", "apart from", "with the exception of"."""
    found = list(view.sent.kids(word, "pobj", "dobj"))
    found.extend(pobj for prep in view.sent.kids(word, "prep") for pobj in view.sent.kids(prep, "pobj"))
    if not found and (behind := view.sent.words[word.i + 1 :]):
        # "all but B": the parse joins B to "all", or to nothing
        found = [one for one in behind if one.is_noun and one.dep not in ("compound", "nmod")][:1]
    return found
