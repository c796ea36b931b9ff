"""Rules on who makes up an alliance: "A, B and C are a real alliance", "the coalition against D is made up of A, B and C".

Who is said to make it up together are allies; where it is against somebody they oppose him; and where its adjective judges
("a real alliance", "a sham coalition"), whoever speaks judges them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegiance.coding.finding import Finding, combine, pairs
from allegiance.coding.lexicon import Frame

if TYPE_CHECKING:
    from collections.abc import Iterator

    from allegiance.coding.finding import View
    from allegiance.coding.parse import Word
    from allegiance.coding.party import Party

_ALLY = Frame("ally", "", 0, (), mutual=True)
_OPPOSE = Frame("reject", "", 0, ("against",))
_GOOD = Frame("attitude", "", 1, ())
_BAD = Frame("attitude", "", -1, ())
_MAKING_UP = frozenset({"form", "constitute", "make", "make_up", "represent"})
_HOLDING = frozenset({"comprise", "include", "unite", "bring_together", "group", "encompass", "link"})
_MADE_OF = frozenset({"make", "make_up", "compose", "comprise", "consist"})
_ITSELF = frozenset({"one", "that", "alliance", "coalition"})


def find(view: View) -> Iterator[Finding]:
    """Yield who is told to make up an alliance, whom it is against, and how it is judged."""
    for noun in view.sent.words:
        if not noun.is_noun or not view.lexicon.has("sides", noun.lemma) or view.finder.mention_at(noun):
            continue
        members, told = _members(view, noun)
        if len(members) > 1:
            yield from _made_up(view, noun, told, members)


def _made_up(view: View, noun: Word, told: Word, members: list[Party]) -> Iterator[Finding]:
    yield from (Finding(told, _ALLY, one, other, "alliance-of") for one, other in pairs(members))
    behind = [word for one in (noun, told) for word in view.clauses.behind(one, "against")]
    for agent, target in combine(members, view.targets(behind, _OPPOSE), _OPPOSE):
        yield Finding(noun, _OPPOSE, agent, target, "side-against")
    for adjective in _adjectives(view, noun):
        damned = view.lexicon.has("damning", adjective.lemma)
        if damned or view.lexicon.has("praising", adjective.lemma):
            frame = _BAD if damned else _GOOD
            yield from (Finding(adjective, frame, None, one, "judgement") for one in members)
            return


def _adjectives(view: View, noun: Word) -> Iterator[Word]:
    for kid in view.sent.kids(noun, "amod"):
        yield from view.sent.conjuncts(kid)
    head = view.sent.head(noun)
    if noun.dep == "nsubj" and head is not None and head.lemma == "be":
        yield from view.sent.kids(head, "acomp")


def _members(view: View, noun: Word) -> tuple[list[Party], Word]:
    """Who makes it up, and the word that says so."""
    for clause in view.sent.kids(noun, "acl", "relcl"):
        if _says_of_what(view, clause) and (found := _listed(view, clause)):
            return found, noun
    verb = view.sent.head(noun)
    if verb is None:
        return [], noun
    if noun.dep in ("nsubj", "nsubjpass"):
        if _says_of_what(view, verb):
            return _listed(view, verb), noun
        if verb.lemma == "be":
            return _equated(view, verb), noun
    if noun.dep in ("attr", "dobj") and (
        verb.lemma == "be" or {verb.lemma, view.clauses.key(verb)} & _MAKING_UP
    ):
        return view.parties(view.clauses.subjects(verb)), verb if verb.lemma == "be" else noun
    return [], noun


def _says_of_what(view: View, verb: Word) -> bool:
    return bool({verb.lemma, view.clauses.key(verb)} & (_HOLDING | _MADE_OF))


def _listed(view: View, verb: Word) -> list[Party]:
    """Who stands behind "made up of", "comprises", "consisting of"."""
    particles = view.sent.kids(verb, "prt", "advmod")
    of = [word for one in (verb, *particles) for word in view.clauses.behind(one, "of")]
    holds = {verb.lemma, view.clauses.key(verb)} & _HOLDING or verb.lemma == "comprise"
    return view.parties(of) or (view.parties(view.sent.kids(verb, "dobj")) if holds else [])


def _equated(view: View, verb: Word) -> list[Party]:
    """Who stands behind "the real alliance is": "that of A and B", "the one between A and B", "A and B"."""
    for same in view.sent.kids(verb, "attr"):
        if same.lower not in _ITSELF:
            return view.parties([same])
        made = [one for one in view.sent.kids(same, "acl", "relcl") if _says_of_what(view, one)]
        between = view.parties(view.clauses.behind(same, "of", "between", "among"))
        return between or [party for one in made for party in _listed(view, one)]
    return []
