"""Rules on set turns of speech: "took B to court", "came to B's rescue", "came under attack from A", "marched into B"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegiance.coding.finding import Finding, combine
from allegiance.coding.lexicon import Frame
from allegiance.coding.verb_rules import doers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from allegiance.coding.finding import View
    from allegiance.coding.parse import Word

_AID = Frame("aid", "", 0, ("obj",))
_SUPPORT = Frame("support", "", 0, ("obj",))
_INVASION = Frame("assault", "seize", 0, ("obj",))
_KILLED = Frame("assault", "", 0, ("obj",))
_MEMBER = Frame("member-of", "", 0, ("obj",))
_REQUEST = Frame("request", "", 0, ("obj",))
_TALKS = Frame("consult", "third-party", 0, ("obj",))
_FORCING = frozenset({"shoot", "fight", "blast", "force", "bomb", "battle", "smash", "punch"})
_DYING = frozenset({"die", "perish"})
_KILLING = frozenset({"kill", "wound", "injure", "hurt", "maim", "capture", "murder"})
_ADMITTING = frozenset({"admit", "readmit", "accept", "welcome"})
_REQUESTS = frozenset(
    {"request", "invitation", "urging", "behest", "insistence", "instigation", "prompting", "bidding"}
)
_MEDIATING = frozenset({"mediate", "broker", "facilitate", "host", "sponsor", "convene", "arrange", "chair"})
# "draws criticism from B", "came under fire from B": acts that somebody's words or guns bring on the subject
_SUFFERED = frozenset(
    {"accuse", "assault", "support", "protest", "threaten", "reject", "request", "sanction"}
)


def find(view: View) -> Iterator[Finding]:
    """Yield what the set turns of speech of the sentence tell."""
    for word in view.sent.words:
        if word.is_verb and word.dep not in ("aux", "auxpass"):
            yield from _set(view, word)
            yield from _to_the_aid(view, word)
            yield from _marched(view, word)
            yield from _victims(view, word)
            yield from _admitted(view, word)
        if word.is_noun:
            yield from _at_request(view, word)
            yield from _mediated(view, word)
        if word.is_noun and word.lemma in view.lexicon.nouns:
            yield from _suffered(view, word)


def _set(view: View, verb: Word) -> Iterator[Finding]:
    """Find "took B to court", "held Bs hostage", "set B free"."""
    for setting in view.lexicon.settings.get(verb.lemma, ()):
        where = next((one for one in _near(view, verb) if one.lemma in setting.where), None)
        if where is None:
            continue
        things = [one for one in view.clauses.undergoers(verb) if one != where]
        # "took two Dutch sailors hostage": the parse may make the sailors a part of the last word's phrase
        things = things or [kid for kid in view.sent.kids(where, "nsubj", "compound") if kid.i < where.i]
        rule = "verb-passive" if view.clauses.is_passive(verb) else "verb-phrase"
        yield from (
            Finding(verb, setting.frame, agent, target, rule)
            for agent, target in combine(
                doers(view, verb), view.targets(things, setting.frame), setting.frame
            )
        )
        return


def _near(view: View, verb: Word) -> Iterator[Word]:
    """Yield the words that stand right below a verb, or behind a preposition of it."""
    for kid in view.sent.kids(verb):
        yield kid
        if kid.dep == "dobj":
            yield from view.sent.kids(kid, "amod", "acomp", "appos")
        reached = (kid, *view.sent.kids(kid, "prep")) if kid.dep in ("dobj", "prep") else ()
        for one in reached:
            if one.dep == "prep":
                yield from view.sent.kids(one, "pobj")


def _to_the_aid(view: View, verb: Word) -> Iterator[Finding]:
    """Find "came to B's rescue", "rushed to the aid of B"."""
    if not view.lexicon.has("rushing", verb.lemma):
        return
    for noun in view.clauses.behind(verb, "to"):
        if not view.lexicon.has("rescue", noun.lemma):
            continue
        frame = _SUPPORT if noun.lemma in ("defense", "defence", "side") else _AID
        helped = view.finder.owners_before(noun) or view.parties(view.clauses.behind(noun, "of"))
        yield from (
            Finding(verb, frame, agent, target, "verb-phrase")
            for agent, target in combine(doers(view, verb), helped, frame)
        )


def _marched(view: View, verb: Word) -> Iterator[Finding]:
    """Find "troops marched into B", "A's tanks rolled across B's border": an invasion."""
    if not (view.lexicon.has("marching", verb.lemma) or verb.lemma in _FORCING):
        return
    words = list(view.clauses.behind(verb, "into", "across"))
    if view.lexicon.has("entering", verb.lemma):
        # "entered B's waters"; who enters B may be a guest
        words.extend(one for one in view.clauses.undergoers(verb) if view.lexicon.has("grounds", one.lemma))
    way = any(one.lemma == "way" for one in view.clauses.undergoers(verb))
    entered = view.targets(words, _INVASION)
    for agent, target in combine(doers(view, verb), entered, _INVASION):
        head = view.sent.words[agent.word]
        # "shot its way into B" needs no army as its subject
        armed = view.lexicon.has("forces", head.lemma) and verb.lemma not in _FORCING
        if not agent.person and (armed or (way and verb.lemma in _FORCING)):
            yield Finding(verb, _INVASION, agent, target, "verb-preposition")


def _suffered(view: View, noun: Word) -> Iterator[Finding]:
    """Find "drew criticism from A", "came under attack by A": what A does to the subject."""
    verb = _suffering(view, noun)
    if verb is None:
        return
    near = (noun, verb)
    agents = view.parties(one for word in near for one in view.clauses.behind(word, "from", "by"))
    agents = agents or view.finder.owners_before(noun)
    for frame in view.lexicon.nouns[noun.lemma]:
        if frame.act not in _SUFFERED:
            continue
        if frame.act == "support" and not agents:
            agents = view.parties(view.clauses.behind(noun, "of"))  # "enjoys the support of A"
        # a deed draws criticism of its doer, but shells come down on one himself
        hit = view.targets(view.clauses.subjects(verb), frame)
        found = [
            Finding(noun, frame, agent, target, "noun-suffered")
            for agent, target in combine(agents, hit, frame)
        ]
        if found:
            yield from found
            return


def _suffering(view: View, noun: Word) -> Word | None:
    """Return the verb by which its subject comes to suffer, or earn, what the noun tells."""
    above = view.sent.head(noun)
    if above is None:
        return None
    if above.is_verb and noun.dep == "dobj":
        return above if view.lexicon.has("suffering", above.lemma) else None
    verb = view.sent.head(above)
    if noun.dep != "pobj" or verb is None or not verb.is_verb:
        return None
    under = above.lower == "under" and verb.lemma in ("be", "come", "remain", "fall", "stay")
    met = above.lower == "with" and verb.lemma == "meet" and view.clauses.is_passive(verb)
    return verb if under or met else None


def _victims(view: View, verb: Word) -> Iterator[Finding]:
    """Find "four Bs were killed in an attack by A", "two Bs died in an A ambush"."""
    dying = verb.lemma in _DYING
    if not dying and not (verb.lemma in _KILLING and view.clauses.is_passive(verb)):
        return
    hit = view.targets(view.clauses.subjects(verb), _KILLED)
    for noun in view.clauses.behind(verb, "in", "by", "from", "during") if hit else ():
        told = any(frame.act == "assault" for frame in view.lexicon.nouns.get(noun.lemma, ()))
        if not told and not view.lexicon.has("strikes", noun.lemma):
            continue
        agents = view.finder.owners_before(noun) or view.parties(view.clauses.behind(noun, "by"))
        agents = agents or view.parties(view.clauses.behind(verb, "by"))
        yield from (
            Finding(verb, _KILLED, agent, target, "verb-passive")
            for agent, target in combine(agents, hit, _KILLED)
        )


def _admitted(view: View, verb: Word) -> Iterator[Finding]:
    """Find "B was admitted to the league"."""
    if verb.lemma not in _ADMITTING or not view.clauses.is_passive(verb):
        return
    clubs = [
        one
        for one in view.parties(view.clauses.behind(verb, "to", "into"))
        if view.finder.recall.kind(one.actor) in ("bloc", "organisation")
    ]
    yield from (
        Finding(verb, _MEMBER, agent, club, "verb-passive")
        for agent, club in combine(view.parties(view.clauses.undergoers(verb)), clubs, _MEMBER)
    )


def _at_request(view: View, noun: Word) -> Iterator[Finding]:
    """Find "A sent troops at the request of B", "came at B's invitation": B asks A."""
    prep = view.sent.head(noun)
    verb = view.sent.head(prep) if noun.dep == "pobj" and prep is not None and prep.lower == "at" else None
    if verb is None or not verb.is_verb or noun.lemma not in _REQUESTS:
        return
    asking = view.finder.owners_before(noun) or view.parties(view.clauses.behind(noun, "of"))
    yield from (
        Finding(noun, _REQUEST, agent, target, "noun-of")
        for agent, target in combine(asking, view.parties(view.clauses.subjects(verb)), _REQUEST)
    )


def _mediated(view: View, noun: Word) -> Iterator[Finding]:
    """Find "talks between B and C mediated by A": A consults both."""
    if not any(frame.mutual for frame in view.lexicon.nouns.get(noun.lemma, ())):
        return
    parties = view.parties(view.clauses.behind(noun, "between"))
    for clause in view.sent.kids(noun, "acl", "relcl") if parties else ():
        if clause.lemma in _MEDIATING and view.clauses.is_passive(clause):
            yield from (
                Finding(clause, _TALKS, agent, target, "verb-passive")
                for agent, target in combine(doers(view, clause), parties, _TALKS)
            )
