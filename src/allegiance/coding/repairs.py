"""Puts right what the small English pipeline often mistakes, on words already cut out of its tree. No rule lives here."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from allegiance.coding.parse import Sentence

if TYPE_CHECKING:
    from allegiance.coding.lexicon import Lexicon
    from allegiance.coding.parse import Word

_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_RELATIVE = frozenset({"WDT", "WP", "WP$", "WRB"})


def repaired(sent: Sentence, lexicon: Lexicon) -> Sentence:
    """Return `sent` with interjected cues hung where they belong: "A bombed B, a general claimed" tells no more of B."""
    sent = _with_verb_first(_with_verb_seen(sent))
    moved = {
        word.i: replace(word, head=clause.i, dep="parataxis")
        for word in sent.words
        if _is_stray_cue(sent, word, lexicon) and (clause := _clause_said(sent, word)) is not None
    }
    if not moved:
        return sent
    return Sentence(tuple(moved.get(word.i, word) for word in sent.words), sent.entities, sent.number)


def _with_verb_seen(sent: Sentence) -> Sentence:
    """Mend "Turkey arms the rebels" where the verb was taken for a noun, and its subject for a part of it."""
    moved: dict[int, Word] = {}
    for word in sent.words:
        if word.head != word.i or word.i == 0 or word.tag not in ("NNS", "VBZ") or sent.kid(word, "nsubj"):
            continue
        subject = sent.words[word.i - 1]
        named = subject.head == word.i and subject.dep in ("amod", "compound") and subject.text[:1].isupper()
        # Only a verb has an object.
        verbs = (word, *(kid for kid in sent.kids(word, "conj") if kid.is_verb))
        if named and any(sent.kid(one, "dobj") is not None for one in verbs):
            moved[word.i] = replace(word, tag="VBZ")
            moved[subject.i] = replace(subject, tag="NNP", dep="nsubj")
    if not moved:
        return sent
    return Sentence(tuple(moved.get(word.i, word) for word in sent.words), sent.entities, sent.number)


def _with_verb_first(sent: Sentence) -> Sentence:
    """Mend "Belmark imports gas" where the verb was taken for a part of its object's name."""
    moved: dict[int, Word] = {}
    for verb in sent.words:
        noun = sent.words[verb.head]
        subject = sent.kid(noun, "nsubj") or sent.kid(verb, "nsubj")
        if verb.dep != "compound" or verb.tag not in _FINITE or not noun.is_noun or subject is None:
            continue
        if not subject.i < verb.i < noun.i:
            continue
        top = verb.i if noun.head == noun.i else noun.head
        moved[verb.i] = replace(verb, head=top, dep=noun.dep)
        moved[noun.i] = replace(noun, head=verb.i, dep="dobj")
        for kid in sent.kids(noun):
            if kid.i != verb.i and (kid.i < verb.i or kid.dep in ("prep", "punct", "advmod", "conj", "cc")):
                moved[kid.i] = replace(kid, head=verb.i)
    if not moved:
        return sent
    return Sentence(tuple(moved.get(word.i, word) for word in sent.words), sent.entities, sent.number)


def _is_stray_cue(sent: Sentence, word: Word, lexicon: Lexicon) -> bool:
    """Whether it is a "said" with a subject of its own behind a comma, taken for a relative clause or a second clause."""
    labels = ("relcl", "appos", "acl", "conj")
    if word.dep not in labels or word.tag not in _FINITE or not lexicon.has("cue", word.lemma):
        return False
    joined = word.dep == "conj" and sent.kid(sent.words[word.head], "cc") is not None
    said_here = sent.kid(word, "ccomp", "xcomp") is not None
    told_whom = sent.kid(word, "dobj") is None or word.lemma == "tell"
    if joined or said_here or not told_whom or sent.kid(word, "nsubj") is None:
        return False
    clause = sent.below(word)
    if any(one.tag in _RELATIVE for one in clause):
        return False
    first, last = clause[0].i, clause[-1].i
    before = sent.words[first - 1].text if first > 0 else ""
    after = sent.words[last + 1].text if last + 1 < len(sent.words) else "."
    return before == "," and (after in (",", ".") or clause[-1].text in (",", "."))


def _clause_said(sent: Sentence, cue: Word) -> Word | None:
    """The verb of what is said: of the whole sentence for a cue at its end, of the clause around it in its middle."""
    verbs = [one for one in sent.up(cue) if one.is_verb]
    if not verbs:
        return None
    at_end = all(not one.text[:1].isalnum() for one in sent.words[sent.below(cue)[-1].i + 1 :])
    return verbs[-1] if at_end else verbs[0]
