"""Rules on leaving: "A quit the bloc B", "A withdrew from B", "A's exit from B": who leaves a bloc turns against it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegiance.coding.finding import Finding, combine, is_club
from allegiance.coding.lexicon import Frame
from allegiance.coding.verb_rules import doers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from allegiance.coding.finding import View
    from allegiance.coding.parse import Word
    from allegiance.coding.party import Party

_LEAVE = Frame("sanction", "withdraw", 0, ("obj",))
_LEAVING = frozenset({"leave", "quit", "exit", "abandon"})
_WITHDRAWING = frozenset({"withdraw", "pull_out", "back_out", "bow_out", "secede"})
_DEPARTURES = frozenset({"withdrawal", "exit", "departure", "secession"})


def find(view: View) -> Iterator[Finding]:
    """Yield who leaves which bloc."""
    for word in view.sent.words:
        if word.is_verb and not view.clauses.is_passive(word):
            agents, left, rule = _by_verb(view, word)
        elif word.is_noun and word.lemma in _DEPARTURES:
            left, rule = _clubs(view, view.clauses.behind(word, "from")), "noun-owner"
            agents = view.finder.owners_before(word) or view.parties(view.clauses.behind(word, "of"))
        else:
            continue
        for agent, club in combine(agents, left, _LEAVE):
            yield Finding(word, _LEAVE, agent, club, rule)


def _by_verb(view: View, verb: Word) -> tuple[list[Party], list[Party], str]:
    if verb.lemma in _LEAVING:
        left, rule = _clubs(view, view.clauses.undergoers(verb)), "verb-object"
    elif view.clauses.key(verb) in _WITHDRAWING or verb.lemma in _WITHDRAWING:
        left, rule = _clubs(view, view.clauses.behind(verb, "from", "of")), "verb-preposition"
    else:
        return [], [], ""
    return (doers(view, verb) if left else []), left, rule


def _clubs(view: View, words: Iterable[Word]) -> list[Party]:
    """Return the blocs and organisations among the parties of some phrases."""
    return [one for one in view.parties(words) if is_club(view, one)]
