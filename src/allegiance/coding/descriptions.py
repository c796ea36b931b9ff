"""Whom "the ministry", "the group", "the alliance", "the two countries" take up again; nobody where that isn't plain.

A description is only resolved to names of the right kind, from the nearest sentence that has any, and only where that
sentence has just as many of them as the description asks for. Pronouns are in `coreference.py`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from allegiance.coding.groups import NUMBERS
from allegiance.coding.party import Party

if TYPE_CHECKING:
    from allegiance.coding.discourse import Discourse
    from allegiance.coding.finding import View
    from allegiance.coding.parse import Word
    from allegiance.model import Mention

# Sentences back in which "the ministry" is looked for; what only a kind ties to a name is sought less far.
_NOT_FAR = 3
_NEAR = 2
# A daily report lists that many places at most.
_LIST = 30
_KINDS = (
    ("takes_up_group", "group_kinds"),
    ("takes_up_bloc", "bloc_kinds"),
    ("takes_up_state", "state_kinds"),
    ("takes_up_company", "company_kinds"),
)


def described(discourse: Discourse, view: View, word: Word) -> list[Party]:
    """Return whom the definite phrase headed by `word` means, marked ``via="pronoun"``."""
    if view.lexicon.has("strikes", word.lemma):
        return _strikers(discourse, view, word)
    if listed := _listed(discourse, view, word):
        return _taken_up(view, word, listed)
    if _asks_for_two(view, word):
        return _two(discourse, view, word)
    return _same_noun(discourse, view, word) or _of_kind(discourse, view, word)


def _strikers(discourse: Discourse, view: View, word: Word) -> list[Party]:
    """Whose "two strikes" they are in a list of them: of the one who "conducted strikes" in its opening."""
    for earlier in reversed(discourse.views[max(0, view.sent.number - _LIST) : view.sent.number]):
        for one in earlier.sent.words:
            verb = earlier.sent.head(one)
            if one.lemma != word.lemma or one.dep != "dobj" or verb is None:
                continue
            if verb.lemma in view.lexicon.light:
                found = earlier.parties(earlier.clauses.doers(verb))
                return _taken_up(view, word, found) if len(found) == 1 else []
    return []


def _listed(discourse: Discourse, view: View, word: Word) -> list[Party]:
    """Those whom the text listed last as so many: "the four countries, A, B, C and D" ... "the four"."""
    count = next(
        (NUMBERS[kid.lower] for kid in view.sent.kids(word, "nummod", "det") if kid.lower in NUMBERS), 0
    )
    before = [one for one in discourse.groups if len(one.members) == count and one.start <= word.start]
    return [_party(one) for one in before[-1].members] if count and before else []


def _asks_for_two(view: View, word: Word) -> bool:
    return view.lexicon.has("takes_up_two", word.lemma) and any(
        kid.lower in ("two", "both") for kid in view.sent.kids(word, "nummod", "det", "predet")
    )


def _same_noun(discourse: Discourse, view: View, word: Word) -> list[Party]:
    """The known party last named by a phrase with the same head ("the Dravian ministry ... the ministry")."""
    for earlier in reversed(discourse.views[max(0, view.sent.number - _NOT_FAR) : view.sent.number]):
        for one in reversed(earlier.sent.words):
            if one.lemma == word.lemma and one.is_noun and (found := earlier.finder.at(one)):
                return _taken_up(view, word, found)
    return []


def _of_kind(discourse: Discourse, view: View, word: Word) -> list[Party]:
    kinds = frozenset().union(
        *(view.lexicon.words[kinds] for nouns, kinds in _KINDS if view.lexicon.has(nouns, word.lemma))
    )
    if not kinds:
        return []
    here = [
        one for one in view.finder.mentions if one.end <= word.start and not _same_clause(view, one, word)
    ]
    before = discourse.views[max(0, view.sent.number - _NEAR) : view.sent.number]
    for mentions in (here, *(_acting(earlier) for earlier in reversed(before))):
        found = {one.actor: one for one in mentions if discourse.kind(one.actor) in kinds}
        if found:
            return _taken_up(view, word, [_party(one) for one in found.values()]) if len(found) == 1 else []
    return []


def _two(discourse: Discourse, view: View, word: Word) -> list[Party]:
    """The two actors of the nearest sentence before that names more than one."""
    states_only = view.lexicon.has("takes_up_state", word.lemma)
    here = {
        one.actor: one
        for one in view.finder.mentions
        if one.end <= word.start and not _same_clause(view, one, word, joined=True)
    }
    if len(here) == 1 + 1 and len({discourse.kind(actor) for actor in here}) == 1:
        return _taken_up(view, word, [_party(one) for one in here.values()])
    for earlier in reversed(discourse.views[max(0, view.sent.number - _NEAR) : view.sent.number]):
        found = {one.actor: one for one in _acting(earlier)}
        if states_only:
            kinds = view.lexicon.words["state_kinds"]
            found = {actor: one for actor, one in found.items() if discourse.kind(actor) in kinds}
        if len(found) > 1 and len({discourse.kind(actor) for actor in found}) == 1:
            return (
                _taken_up(view, word, [_party(one) for one in found.values()]) if len(found) == 1 + 1 else []
            )
    return []


def _acting(view: View) -> list[Mention]:
    """The names of a sentence, but for those that only say where ("in Dravia")."""
    before = {word.start: view.sent.words[word.i - 1].lower for word in view.sent.words if word.i > 0}
    return [
        one for one in view.finder.mentions if not view.lexicon.has("locative", before.get(one.start, ""))
    ]


def _same_clause(view: View, mention: Mention, word: Word, *, joined: bool = False) -> bool:
    """Whether a name stands in the description's own clause (or one joined to it), where it would be named by a pronoun."""
    heads = [one for one in view.sent.words if one.start < mention.end and one.end > mention.start]
    return any(_clause(view, one, joined=joined) == _clause(view, word, joined=joined) for one in heads)


def _clause(view: View, word: Word, *, joined: bool = False) -> int:
    verb = next((one for one in view.sent.up(word) if one.is_verb), None)
    while joined and verb is not None and verb.dep == "conj":
        verb = view.sent.words[verb.head]
    return verb.i if verb is not None else -1


def _party(mention: Mention) -> Party:
    return Party(mention.actor, mention.text, 0, mention.known, mention.via)


def _taken_up(view: View, word: Word, found: list[Party]) -> list[Party]:
    return [
        replace(party, text=view.finder.phrase(word), word=word.i, via="pronoun", anonymous=False)
        for party in found
    ]
