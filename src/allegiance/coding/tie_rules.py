"""Rules on standing ties and judgements: "A is an ally of B", "A's ally B", "A-backed B", "A is hostile to B", "the sham pact"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from allegiance.coding.climb import DESCRIBING
from allegiance.coding.finding import Finding, combine
from allegiance.coding.lexicon import Frame

if TYPE_CHECKING:
    from collections.abc import Iterator

    from allegiance.coding.finding import View
    from allegiance.coding.parse import Word
    from allegiance.coding.party import Party

_ALLIANCES = frozenset(
    {"alliance", "coalition", "pact", "bloc", "league", "axis", "union", "partnership", "accord", "treaty"}
)
_BEING = frozenset({"be", "become", "remain", "seem", "stay", "appear", "feel", "grow", "get", "look"})
_SERVING = frozenset({"emerge", "serve", "act", "function"})
_SEEING = frozenset({"see", "view", "know"})
_RANKING = frozenset({"rank", "count", "number", "be", "remain"})
_TRADING = frozenset({"trading", "trade", "business", "commercial", "economic"})
_HARM = frozenset({"assault", "coerce", "threaten", "dispute"})
_GOOD = Frame("attitude", "", 1, ())
_BAD = Frame("attitude", "", -1, ())


def find(view: View) -> Iterator[Finding]:
    """Yield standing ties and judgements of the sentence."""
    for word in view.sent.words:
        if word.is_noun and word.lemma in view.lexicon.roles:
            yield from _role(view, word)
        # "is opposed to" may be a verb to the tagger
        key = word.lemma if word.lemma in view.lexicon.adjectives else word.lower
        if key in view.lexicon.adjectives and not word.is_noun:
            yield from _adjective(view, word, key)
        if word.text == "-":
            yield from _hyphened(view, word)
        yield from _judgement(view, word)


def _role(view: View, noun: Word) -> Iterator[Finding]:
    bearers, rule = _bearers(view, noun)
    trading = any(kid.lower in _TRADING for kid in view.sent.kids(noun, "compound", "amod", "nmod"))
    for known in view.lexicon.roles[noun.lemma]:
        # "B's largest trading partner" is no ally for that
        frame = replace(known, act="trade") if trading and known.act == "ally" else known
        behind = list(view.clauses.behind(noun, *frame.slots))
        others = view.finder.owners_before(noun) or view.parties(behind)
        if not others:
            # "a guarantor of B's independence"
            others = [
                one
                for word in behind
                if view.lexicon.has("interests", word.lemma)
                for one in view.finder.owners(word)
            ]
        head = view.sent.head(noun)
        if not others and head is not None and noun.dep == "attr":
            # "the pact, of which B is a member"
            others = view.parties(one for one in view.clauses.behind(head, *frame.slots) if one.i < head.i)
        if not others and head is not None and noun.dep in ("compound", "nmod"):
            # "Russia's ally Syria": the possessive hangs on the name.
            others = [one for kid in view.sent.kids(head, "poss") for one in view.finder.all(kid)]
        if not others and frame.mutual and view.sent.kid(noun, "poss") is not None:
            continue  # "our partners, A, B and C": ours, and not each other's
        for agent, target in combine(bearers, others, frame):
            yield Finding(noun, frame, agent, target, rule)


def _bearers(view: View, noun: Word) -> tuple[list[Party], str]:
    """Who is said to be the ally, backer, enemy."""
    head = view.sent.head(noun)
    if head is None:
        return [], ""
    if (being := _being(view, noun, head)) is not None:
        return view.parties(view.clauses.subjects(being)), "role-copula"
    if noun.dep == "conj" and head.is_noun and head.lemma in view.lexicon.roles and head.dep != "conj":
        return _bearers(view, head)  # "B, once A's ally and now its foe"
    if noun.dep in ("oprd", "pobj") and (calling := _calling(view, noun)) is not None:
        return view.parties(one for one in view.clauses.undergoers(calling) if one != noun), "role-copula"
    beside = _before_comma(view, noun) if noun.dep in ("advcl", "npadvmod") else None
    if noun.dep == "appos" or (noun.dep in ("compound", "nmod") and head.is_noun):
        beside = head
    if beside is not None:
        return view.parties([beside]), "role-apposition"
    return view.parties(view.sent.kids(noun, "appos")) or view.finder.named_behind(noun), "role-apposition"


def _being(view: View, noun: Word, head: Word) -> Word | None:
    """The verb of "is B's ally", "is one of B's allies", "ranks among B's allies"."""
    if noun.dep == "attr" and head.lemma in _BEING:
        return head
    if noun.dep != "pobj" or head.lower not in ("of", "among", "as"):
        return None
    ranked = view.sent.head(head)
    if head.lower == "as":
        return ranked if ranked is not None and _is_seen_as(view, ranked) else None
    if head.lower == "among" and ranked is not None and ranked.lemma in _RANKING:
        return ranked
    return _one_of(view, head)


def _is_seen_as(view: View, verb: Word) -> bool:
    """Whether it is the verb of "has emerged as B's backer", "is seen as a proxy of B"."""
    return verb.lemma in _SERVING or (verb.lemma in _SEEING and view.clauses.is_passive(verb))


def _before_comma(view: View, noun: Word) -> Word | None:
    """The noun right before the phrase and its comma: "the TPLF, once A's closest comrade"."""
    first = view.sent.below(noun)[0].i
    if first < len(", ") or view.sent.words[first - 1].text != ",":
        return None
    before = view.sent.words[first - 2]
    return before if before.is_noun else None


def _one_of(view: View, prep: Word) -> Word | None:
    """The "is" of "is one of B's allies"."""
    one = view.sent.head(prep)
    verb = view.sent.head(one) if one is not None else None
    if one is None or verb is None or verb.lemma not in _BEING:
        return None
    return verb if one == verb or (one.dep == "attr" and one.lower in ("one", "some", "two")) else None


def _adjective(view: View, word: Word, key: str) -> Iterator[Finding]:
    head = view.sent.head(word)
    if head is None or not (word.dep in ("acomp", "ccomp", "xcomp", "conj") or word.is_verb):
        return
    while head.dep == "acomp" and (above := view.sent.head(head)) is not None:
        head = above
    if word.is_verb and word.dep != "acomp":
        subjects = view.clauses.undergoers(word) if view.clauses.is_passive(word) else []
    else:
        subjects = view.clauses.subjects(head) if head.lemma in _BEING else []
    bearers = view.parties(subjects)
    for frame in view.lexicon.adjectives[key]:
        others = view.targets(view.clauses.behind(word, *frame.slots), frame)
        if bearers and (others or frame.mutual):
            yield from (
                Finding(word, frame, agent, target, "adjective")
                for agent, target in combine(bearers, others, frame)
            )
            return


def _hyphened(view: View, word: Word) -> Iterator[Finding]:
    """Find "Iran-backed rebels", "pro-Russian forces"."""
    sent = view.sent
    if word.text != "-" or word.i == 0 or word.i + 1 >= len(sent.words):
        return
    left, right = sent.words[word.i - 1], sent.words[word.i + 1]
    if right.lower in view.lexicon.compounds:
        mention = view.finder.modifier(left)
        bearers = view.parties([head]) if (head := _noun_above(view, right)) is not None else []
        yield from (
            Finding(right, view.lexicon.compounds[right.lower], mention, bearer, "hyphen-backed")
            for bearer in bearers
            if mention is not None
        )
    elif left.lower in view.lexicon.prefixes:
        mention = view.finder.modifier(right)
        bearers = view.parties([head]) if (head := _noun_above(view, right)) is not None else []
        yield from (
            Finding(right, view.lexicon.prefixes[left.lower], bearer, mention, "hyphen-pro-anti")
            for bearer in bearers
            if mention is not None
        )


def _noun_above(view: View, word: Word) -> Word | None:
    return next((one for one in view.sent.up(word) if one.is_noun and one.i > word.i), None)


def _judgement(view: View, word: Word) -> Iterator[Finding]:
    has = view.lexicon.has
    if _is_blamed(view, word):
        yield from _at_fault(view, word)
        return
    if word.is_noun and (has("damning_nouns", word.lemma) or has("praising_nouns", word.lemma)):
        frame = _BAD if has("damning_nouns", word.lemma) else _GOOD
        yield from _judged(view, word, frame)
    elif word.tag.startswith("JJ") and (has("damning", word.lemma) or has("praising", word.lemma)):
        frame = _BAD if has("damning", word.lemma) else _GOOD
        yield from _judged_by_adjective(view, word, frame)


def _is_blamed(view: View, word: Word) -> bool:
    """Whether it is the last word of "is to blame", "is at fault", or "responsible" for something bad."""
    if word.lemma == "blame" and word.tag == "VB":
        to = any(aux.lower == "to" for aux in view.sent.kids(word, "aux"))
        return to and view.sent.kid(word, "dobj") is None
    if word.lemma == "fault":
        above = view.sent.head(word)
        return above is not None and above.lower == "at"
    return word.lemma == "responsible" and any(
        view.lexicon.has("harm", thing.lemma)
        or any(frame.act in _HARM for frame in view.lexicon.nouns.get(thing.lemma, ()))
        for thing in view.clauses.behind(word, "for")
    )


def _at_fault(view: View, word: Word) -> Iterator[Finding]:
    """Find "A is to blame for the war": whoever speaks judges A."""
    verb = next((one for one in view.sent.up(word) if one.lemma in _BEING), None)
    judged = view.parties(view.clauses.subjects(verb)) if verb is not None else []
    yield from (Finding(word, _BAD, None, one, "judgement") for one in judged if not _is_nameless(one))


def _judged(view: View, noun: Word, frame: Frame) -> Iterator[Finding]:
    """Find "A is a puppet of B", "called A a criminal", "A, the lackeys of B"."""
    head = view.sent.head(noun)
    while head is not None and noun.dep == "compound" and head.is_noun:
        noun, head = head, view.sent.head(head)  # "a terrorist group"
    if head is None:
        return
    if noun.lemma in view.lexicon.roles and view.parties(view.clauses.behind(noun, "of", "to")):
        return  # "is a friend of B" tells a tie, and no judgement
    speaker: Party | None = None
    if noun.dep == "attr" and head.lemma in _BEING:
        judged = [one for word in view.clauses.subjects(head) for one in _tied(view, word)]
    elif noun.dep in ("oprd", "dobj", "pobj", "attr") and (calling := _calling(view, noun)) is not None:
        agents = view.parties(view.clauses.doers(calling))
        speaker = agents[0] if agents else None
        called = (*view.clauses.undergoers(calling), *view.sent.kids(calling, "oprd"))
        judged = view.parties(one for one in called if one != noun)
    elif noun.dep == "appos":
        judged = view.parties([head])
    else:
        judged = []
    yield from (Finding(noun, frame, speaker, one, "judgement") for one in judged if not _is_nameless(one))


def _tied(view: View, word: Word) -> list[Party]:
    """A judgement of a tie ("their alliance is a sham") is one of those whom it ties."""
    if word.lemma not in view.lexicon.nouns:
        return view.parties([word])
    ends = view.parties(view.clauses.behind(word, "between")) or [
        *view.finder.owners_before(word),
        *view.parties(view.clauses.behind(word, "with")),
    ]
    return ends or view.parties([word])  # "the coalition led by A"


def _calling(view: View, word: Word) -> Word | None:
    for above in list(view.sent.up(word))[:2]:
        if above.lemma in DESCRIBING:
            return above
    return None


def _judged_by_adjective(view: View, word: Word, frame: Frame) -> Iterator[Finding]:
    head = view.sent.head(word)
    if head is None:
        return
    if word.dep == "amod" and (
        head.dep == "oprd" or (head.dep == "pobj" and _calling(view, head) is not None)
    ):
        yield from _judged(view, head, frame)  # "called A a terrorist group"
        return
    if word.dep == "acomp" and head.lemma in _BEING:
        judged = view.parties(view.clauses.subjects(head))
    elif word.dep == "amod" and frame is _BAD and head.lemma in _ALLIANCES:
        # "the sham coalition led by A"; of "A's brutal war" and "A's terrorist group" a reader tells no side
        judged = view.parties(view.clauses.behind(head, "between")) or view.parties([head])
        judged = judged or view.finder.owners_before(head)
    elif word.dep == "amod" and head.lemma in view.lexicon.nouns:
        judged = view.parties(view.clauses.behind(head, "between"))
    else:
        judged = []
    yield from (Finding(word, frame, None, one, "judgement") for one in judged if not _is_nameless(one))


def _is_nameless(party: Party) -> bool:
    """Judging "terrorist fighters" judges nobody in particular."""
    return party.via == "group" and not party.known
