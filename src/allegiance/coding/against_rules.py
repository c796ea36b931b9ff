"""Rules on siding against somebody: "A and B form an alliance against D", "A joined the coalition against D".

An alliance against D tells that its members oppose D, and no more: whether they fight is told by other words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegiance.coding.finding import Finding, combine
from allegiance.coding.lexicon import Frame

if TYPE_CHECKING:
    from collections.abc import Iterator

    from allegiance.coding.finding import View
    from allegiance.coding.parse import Word

_OPPOSE = Frame("reject", "", 0, ("against",))
_TOGETHER = Frame("ally", "", 0, (), mutual=True)
_STANDING = frozenset({"stand", "unite", "ally", "band", "gang", "rally", "join"})


def find(view: View) -> Iterator[Finding]:
    """Yield who sides with others against whom."""
    for word in view.sent.words:
        if word.is_noun and view.lexicon.has("sides", word.lemma):
            yield from _side(view, word)
        elif word.is_verb and word.lemma in _STANDING:
            yield from _standing(view, word)


def _side(view: View, noun: Word) -> Iterator[Finding]:
    """Find "A joined the coalition against D", "the alliance of A and B against D"."""
    verb = view.sent.head(noun) if noun.dep in ("dobj", "nsubjpass", "attr") else None
    carried = verb is not None and (
        view.lexicon.has("siding", verb.lemma) or view.lexicon.has("siding", view.clauses.key(verb))
    )
    behind = [word for one in (noun, verb) if one is not None for word in view.clauses.behind(one, "against")]
    # "an alliance between A and B against D": the parse may hang "against" on B.
    between = list(view.clauses.behind(noun, "between", "of", "among"))
    behind.extend(word for one in between for word in view.clauses.behind(one, "against"))
    targets = view.targets(behind, _OPPOSE)
    if not targets:
        return
    agents = view.parties(between) or view.finder.owners_before(noun)
    if not agents and carried and verb is not None:
        agents = view.parties(view.clauses.doers(verb))
    yield from (
        Finding(noun, _OPPOSE, agent, target, "side-against")
        for agent, target in combine(agents, targets, _OPPOSE)
    )


def _standing(view: View, verb: Word) -> Iterator[Finding]:
    """Find "A and B stand together against D"."""
    targets = view.targets(view.clauses.behind(verb, "against"), _OPPOSE)
    agents = view.parties(view.clauses.doers(verb))
    together = any(kid.lower == "together" for kid in view.sent.kids(verb, "advmod"))
    if verb.lemma == "stand" and not together:
        return
    if verb.lemma == "join" and not any(one.lemma == "force" for one in view.clauses.undergoers(verb)):
        return  # only "joined forces against"
    yield from (
        Finding(verb, _OPPOSE, agent, target, "side-against")
        for agent, target in combine(agents, targets, _OPPOSE)
    )
    if (targets or together) and verb.lemma != "join":
        yield from (
            Finding(verb, _TOGETHER, agent, other, "side-against")
            for agent, other in combine(agents, [], _TOGETHER)
        )
