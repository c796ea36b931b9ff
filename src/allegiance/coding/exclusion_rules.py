"""Rules on admission with exclusion: "open to all but B", "All states may join, except B," A said: A rejects B."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegiance.coding.finding import Finding
from allegiance.coding.lexicon import Frame

if TYPE_CHECKING:
    from collections.abc import Iterator

    from allegiance.coding.finding import View
    from allegiance.coding.parse import Word

_REJECT = Frame("reject", "", 0, ())


def find(view: View) -> Iterator[Finding]:
    """Yield whom an admission of all others leaves out."""
    words = view.sent.words
    for word in words:
        if not (view.lexicon.has("excluding", word.lower) and word.tag in ("IN", "CC", "VBG", "RB")):
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
        hosts = []  # those who may come don't decide on it
    else:
        above = verb if verb.is_verb else next((one for one in view.sent.up(verb) if one.is_verb), verb)
        hosts = [party for party in view.parties(view.clauses.doers(above)) if party.known]
    for party in excluded:
        if hosts:
            yield from (Finding(verb, _REJECT, host, party, "exclusion") for host in hosts)
        else:
            yield Finding(word, _REJECT, None, party, "exclusion", voice="speaker")


def _excluded(view: View, word: Word) -> list[Word]:
    """The names behind "except", "but", "apart from", "with the exception of"."""
    found = list(view.sent.kids(word, "pobj", "dobj"))
    found.extend(pobj for prep in view.sent.kids(word, "prep") for pobj in view.sent.kids(prep, "pobj"))
    if not found and (behind := view.sent.words[word.i + 1 :]):
        # "all but B": the parse joins B to "all", or to nothing
        found = [one for one in behind if one.is_noun and one.dep not in ("compound", "nmod")][:1]
    return found
