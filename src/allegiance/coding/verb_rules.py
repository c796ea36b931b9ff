"""Rules on verbs: "A attacked B", "B was attacked by A", "A and B met", "A cut ties with B", "A threatened to attack B"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from allegiance.coding.finding import Finding, combine, is_club, pairs
from allegiance.coding.lexicon import Frame
from allegiance.coding.look_alikes import is_something_else, is_sport

if TYPE_CHECKING:
    from collections.abc import Iterator

    from allegiance.coding.finding import View
    from allegiance.coding.lexicon import Phrase
    from allegiance.coding.parse import Word
    from allegiance.coding.party import Party

_THREAT = Frame("threaten", "", 0, ("obj",))
_THREATENED = frozenset({"assault", "coerce", "sanction", "reject", "mobilize", "retreat", "threaten"})
_MUTUAL = frozenset({"agree", "ally", "cooperate", "share-information", "consult"})
_BLOCS = frozenset(
    {
        "league",
        "union",
        "pact",
        "alliance",
        "nations",
        "organisation",
        "organization",
        "compact",
        "council",
        "treaty",
    }
)
# "threatened to send troops into B"
_MARCHING = frozenset({"send", "march", "move", "dispatch", "roll"})
_ACCUSE = Frame("accuse", "", 0, ("obj",))
_SUPPORT = Frame("support", "", 0, ("for",))
_FIGHTING = frozenset({"fight", "battle", "die", "bleed", "struggle"})
_GUILTY = frozenset({"responsible", "accountable", "liable", "guilty"})
_REQUEST = Frame("request", "", 0, ("obj",))
# "encouraged B to leave" asks B for something; "encouraged B" backs it.
_ASKING = frozenset({"encourage"})
_FLOWS = frozenset({"supply", "trade", "finance", "aid", "share-information"})


def find(view: View) -> Iterator[Finding]:
    """Yield what the verbs of the sentence tell."""
    for word in view.sent.words:
        if word.is_verb and word.dep not in ("aux", "auxpass"):
            yield from _verb(view, word)


def _verb(view: View, verb: Word) -> Iterator[Finding]:
    key = view.clauses.key(verb)
    threat = list(_threat(view, verb))
    if threat:
        yield from threat
        return
    yield from _demand(view, verb)
    phrased = list(_phrases(view, verb, key)) or list(_provided(view, verb)) or list(_bought(view, verb))
    yield from phrased
    if phrased:
        return
    blamed = list(_held_responsible(view, verb))
    yield from blamed
    if blamed:
        return
    yield from _fought_for(view, verb)
    frames = view.lexicon.verbs.get(key) or view.lexicon.verbs.get(verb.lemma, ())
    told: set[str] = set()
    for frame in frames:
        if frame.act in told:
            continue
        for finding in _framed(view, verb, frame):
            told.add(frame.act)
            yield finding


def _fought_for(view: View, verb: Word) -> Iterator[Finding]:
    """Find "A's fighters fight alongside B", "A's soldiers die for B": A supports B."""
    if verb.lemma not in _FIGHTING:
        return
    sides = view.clauses.behind(verb, "alongside", "beside", "besides", "for")
    others = [party for party in view.targets(sides, _SUPPORT) if party.known]
    fighting = doers(view, verb)
    if not fighting and verb.dep in ("advcl", "xcomp") and (above := view.sent.head(verb)) is not None:
        fighting = view.parties(view.clauses.subjects(above))  # "troops were sent to fight for B"
    for agent, target in combine(fighting, others, _SUPPORT):
        yield Finding(verb, _SUPPORT, agent, target, "verb-preposition")


def _held_responsible(view: View, verb: Word) -> Iterator[Finding]:
    """Find "A held B responsible for": A accuses B."""
    if verb.lemma not in ("hold", "deem", "find"):
        return
    for word in view.sent.kids(verb, "acomp", "oprd", "ccomp", "xcomp"):
        if word.lower in _GUILTY:
            held = view.clauses.undergoers(verb) or view.sent.kids(word, "nsubj")
            yield from (
                Finding(verb, _ACCUSE, agent, target, "verb-object")
                for agent, target in combine(doers(view, verb), view.parties(held), _ACCUSE)
            )


def _with_what(view: View, verb: Word, frame: Frame) -> Frame:
    """Of "hit B with sanctions" tell the sanctions, of "encourage B to leave" the request; who expels others than envoys and members deports them."""
    if frame.mode == "expel" and any(
        view.lexicon.has("deported", one.lemma) for one in view.clauses.undergoers(verb)
    ):
        return replace(frame, act="coerce", mode="deport")
    if (
        verb.lemma in _ASKING
        and frame.act == "support"
        and any(lower.tag == "VB" for lower in view.sent.kids(verb, "xcomp", "ccomp"))
    ):
        return _REQUEST
    means = [one for one in view.clauses.behind(verb, "with") if one.lemma in view.lexicon.nouns]
    if frame.act != "assault" or verb.lemma not in ("hit", "strike", "target"):
        return frame
    punishing = (told for one in means for told in view.lexicon.nouns[one.lemma] if told.act == "sanction")
    return next((replace(frame, act=told.act, mode=told.mode) for told in punishing), frame)


def _framed(view: View, verb: Word, frame: Frame) -> Iterator[Finding]:
    agents = doers(view, verb, frame)
    if not agents or is_something_else(view, verb, frame):
        return
    if "obj" in frame.slots and _each_other(view, verb):
        yield from _mutual(verb, frame, agents)
        return
    if frame.act == "supply" and any(
        view.lexicon.has("no_gift", one.lemma) or one.lemma in view.lexicon.nouns
        for one in view.clauses.undergoers(verb)
        if one.is_noun and "obj" not in frame.slots
    ):
        return  # "delivered a message to B", "delivered an ultimatum to B"
    targets = view.targets(_slot_words(view, verb, frame), frame)
    if not targets and frame.act == "dispute":
        # "stop quarrelling about B's president": what they stand against is B's ruler
        about = view.parties(view.clauses.behind(verb, "about", "over"))
        targets = [one for one in about if one.person or one.via in ("leader", "office")]
    if not targets and frame.act == "trade":
        # "approved plans to trade cotton: A, B, C": a list behind the verb, not those who trade with one another
        agents = [one for one in agents if one.word < verb.i]
    if not targets and frame.mutual and view.sent.kid(verb, "xcomp") is not None:
        return  # "A and B agreed to fight C" is told by the fight
    neither = _is_neither(view, _slot_words(view, verb, frame))
    for agent, target in combine(agents, targets, frame):
        if frame.mode == "withdraw" and is_club(view, target):
            continue  # who pulls out of a bloc doesn't back down before it: see leaving_rules.py
        told = _with_what(view, verb, frame)
        if frame.act == "member-of" and (
            _is_no_bloc(target) or view.finder.recall.kind(target.actor) == "state"
        ):
            told = replace(
                frame, act="cooperate"
            )  # one joins a bloc; with a state or a person one only works
        words = flow_words(view, verb, frame, target)
        yield Finding(verb, told, agent, target, rule_name(view, verb, frame), words, negated=neither)


def _is_neither(view: View, words: list[Word]) -> bool:
    """Whether it is done to "neither B nor C"."""
    return any(
        kid.lower in ("neither", "no", "none")
        for word in words[:1]
        for kid in view.sent.kids(word, "preconj", "cc", "det", "advmod")
    )


def _each_other(view: View, verb: Word) -> bool:
    objects = view.clauses.undergoers(verb)
    # "expelled each other's ambassadors"; what is done to each other's elections is done to nobody
    whose = (
        kid
        for thing in objects
        if view.lexicon.has("officials", thing.lemma) or view.lexicon.has("holdings", thing.lemma)
        for kid in view.sent.kids(thing, "poss")
    )
    return any(
        one.lower in ("other", "another") and view.sent.words[one.i - 1].lower in ("each", "one")
        for one in (*objects, *whose)
        if one.i > 0
    )


def _mutual(verb: Word, frame: Frame, agents: list[Party]) -> Iterator[Finding]:
    """Find "A and B accused each other": each does it to the other."""
    for one, other in pairs(agents):
        yield Finding(verb, frame, one, other, "each-other")
        yield Finding(verb, frame, other, one, "each-other")


def _is_no_bloc(party: Party) -> bool:
    """Whether the pipeline takes a name for a land or a person, and no word of it speaks against that."""
    return party.label in ("GPE", "PERSON") and not set(party.text.lower().split()) & _BLOCS


def rule_name(view: View, verb: Word, frame: Frame) -> str:
    """Name the rule by where the target stands and by voice."""
    if view.clauses.is_passive(verb):
        return "verb-passive"
    if "obj" in frame.slots:
        return "verb-object"
    return "verb-preposition"


def doers(view: View, verb: Word, frame: Frame | None = None) -> list[Party]:
    """Return who does what `verb` says; of a mutual act in the passive ("is allied with") its subject."""
    found = view.doing(verb)
    if not found and frame is not None and frame.act == "assault":
        found = [party for word in view.clauses.doers(verb) for party in _of_strike(view, word)]
    if (
        not found
        and frame is not None
        and frame.mutual
        and "obj" not in frame.slots
        and view.clauses.is_passive(verb)
    ):
        found = view.parties(view.clauses.undergoers(verb))
    return found


def _of_strike(view: View, word: Word) -> list[Party]:
    """Whose strike it is that hits: "a Corvian strike hit", "A conducted strikes that destroyed"."""
    if view.lexicon.has("quantities", word.lemma):
        counted = [one for one in view.clauses.behind(word, "of") if view.lexicon.has("strikes", one.lemma)]
        word = counted[0] if counted else word
    if not view.lexicon.has("strikes", word.lemma):
        return []
    own = view.finder.owners_before(word) or view.parties(view.clauses.behind(word, "by"))
    above = view.sent.head(word)
    launching = view.lexicon.light | {"fire", "drop", "launch"}
    if not own and word.dep == "dobj" and above is not None and above.lemma in launching:
        own = view.parties(view.clauses.doers(above))
    own = own or view.parties(claimants(view, word))
    if not own and view.sent.kid(word, "nummod") is not None:
        own = view.finder.recall.described(view.finder, word)  # "Near the dam, two strikes hit ..."
    return own


def claimants(view: View, noun: Word) -> list[Word]:
    """Who did it by "A claimed responsibility for the attack", "took credit for the bomb": A."""
    prep = view.sent.head(noun)
    above = view.sent.head(prep) if noun.dep == "pobj" and prep is not None and prep.lower == "for" else None
    claims = (
        view.sent.head(above) if above is not None and above.lemma in ("responsibility", "credit") else None
    )
    if claims is None or claims.lemma not in ("claim", "admit", "accept", "take"):
        return []
    return view.clauses.doers(claims)


def _slot_words(view: View, verb: Word, frame: Frame) -> list[Word]:
    if "obj" in frame.slots:
        return view.clauses.undergoers(verb)
    found = list(view.clauses.behind(verb, *frame.slots))
    if verb.lemma == "stand":
        # "stand shoulder to shoulder with B": the second shoulder is a verb to the parse
        shoulders = [one for one in view.sent.below(verb) if one.lower == "shoulder"]
        found.extend(word for one in shoulders for word in view.clauses.behind(one, *frame.slots))
    for thing in view.clauses.undergoers(verb) if not found and not view.clauses.is_passive(verb) else ():
        found.extend(view.clauses.behind(thing, *frame.slots))
    if "with" in frame.slots and frame.act != "assault":
        found.extend(view.clauses.behind(verb, "alongside"))
    return found or view.clauses.behind_far(verb, *frame.slots)


def _phrases(view: View, verb: Word, key: str) -> Iterator[Finding]:
    options = view.lexicon.phrases.get(key) or view.lexicon.phrases.get(verb.lemma, ())
    if not options:
        return
    things = [one for word in view.clauses.undergoers(verb) for one in view.sent.conjuncts(word)]
    # "700 kg of medicine"
    counted = [one for one in things if view.lexicon.has("quantities", one.lemma)]
    counted += [one for one in things if view.lexicon.has("collectives", one.lemma) and one not in counted]
    things.extend(one for word in counted for one in view.clauses.behind(word, "of"))
    # "heaped scorn on B": an object that the tagger takes for an adverb
    things.extend(one for one in view.sent.kids(verb, "advmod") if one.i == verb.i + 1)
    for phrase in options:
        for thing in things:
            if thing.lemma in phrase.objects or _is_taken_town(view, thing, phrase):
                yield from _phrase(view, verb, thing, phrase)
                break


def _is_taken_town(view: View, thing: Word, phrase: Phrase) -> bool:
    """Whether it is the "Marn" of "retook Marn from B": a name that is no actor's."""
    seized = phrase.frame.mode == "seize" and "from" in phrase.frame.slots and "town" in phrase.objects
    return seized and thing.tag.startswith("NNP") and not any(one.known for one in view.finder.at(thing))


def _phrase(view: View, verb: Word, thing: Word, phrase: Phrase) -> Iterator[Finding]:
    frame = phrase.frame
    words = [*view.clauses.behind(verb, *frame.slots), *view.clauses.behind(thing, *frame.slots)]
    if "dative" in frame.slots:
        words.extend(view.clauses.receivers(verb))
    words = words or view.clauses.behind_far(verb, *frame.slots)
    if "dative" in frame.slots and not words and not view.clauses.is_passive(verb):
        # "gave the Red Banner money": taken for a name before a noun by the parse.
        words.extend(kid for kid in view.sent.kids(thing, "compound") if view.finder.mention_at(kid))
    if phrase.places:
        places = [one for one in words if one.lemma in phrase.places]
        # "along its border with B", though the parse may hang "with B" on the verb
        neighbours = [near for one in (*places, verb) for near in view.clauses.behind(one, "with")]
        words = [*neighbours, *places][:1] if places else []
    targets = view.targets(words, frame)
    if "owner" in frame.slots and not targets:
        targets = [one for one in view.finder.owners_before(thing) if one.known]
    passive = view.clauses.is_passive(verb)
    whose = view.finder.owners_before(thing) if passive and "owner" not in frame.slots else []
    agents = doers(view, verb) or whose
    rule = "verb-phrase"
    if (
        not agents
        and passive
        and frame.act in _FLOWS
        and "to" in frame.slots
        and not view.clauses.doers(verb)
    ):
        # "oil is smuggled from A through B to C": nobody is named but whence it comes
        agents, rule = view.parties(view.clauses.behind(verb, "from")), "flow-passive"
    if is_sport(view, verb, frame):
        return
    mutual = not targets and "with" in frame.slots and frame.act in _MUTUAL
    frame = replace(frame, mutual=mutual or frame.mutual)
    for agent, target in combine(agents, targets, frame):
        # "has no quarrel with B"
        none = any(kid.lower == "no" for kid in view.sent.kids(thing, "det"))
        flow = flow_words(view, verb, frame, target)
        yield Finding(verb, frame, agent, target, rule, flow, negated=none)


def _provided(view: View, verb: Word) -> Iterator[Finding]:
    """Find "A provided B with tanks", "A provided 500 masks to B": supply, finance or aid by what is given."""
    if not view.lexicon.has("providing", verb.lemma):
        return
    objects = view.clauses.undergoers(verb)
    given = list(view.clauses.behind(verb, "with"))
    receivers = objects
    if not given:
        given = objects
        receivers = [
            *view.clauses.behind(verb, "to"),
            *view.clauses.receivers(verb),
            *(word for thing in objects for word in view.clauses.behind(thing, "to", "for")),
        ]
    things = [one for word in given for one in view.sent.conjuncts(word)]
    if not things or any(not one.is_noun or view.lexicon.has("no_gift", one.lemma) for one in things[:1]):
        return
    if view.finder.at(things[0]) or things[0].lemma in view.lexicon.nouns:
        return
    options = [one for one in view.lexicon.phrases.get(verb.lemma, ()) if one.goods]
    acts = [one.frame.act for thing in things for one in options if thing.lemma in one.objects]
    frame = Frame(acts[0] if acts else "aid", "", 0, ("to",))
    for agent, target in combine(doers(view, verb), view.targets(receivers, frame), frame):
        yield Finding(verb, frame, agent, target, "verb-phrase", (("goods", view.finder.phrase(things[0])),))


def _bought(view: View, verb: Word) -> Iterator[Finding]:
    """Find "A buys B's oil", "A imports Corvian tanks": trade with whose it is."""
    if verb.lemma not in ("buy", "import", "purchase"):
        return
    frame = Frame("trade", "", 0, ("obj",))
    wares = frozenset().union(*(one.objects for one in view.lexicon.phrases.get(verb.lemma, ()) if one.goods))
    for thing in view.clauses.undergoers(verb):
        if thing.lemma in wares:
            goods = (("goods", view.finder.phrase(thing)),)
            for agent, owner in combine(doers(view, verb), view.finder.owners_before(thing), frame):
                yield Finding(verb, frame, agent, owner, "verb-phrase", goods)


def _threat(view: View, verb: Word) -> Iterator[Finding]:
    """Find threats: "threatened to attack B" is a threat against B and no attack."""
    if not view.lexicon.has("threatening", verb.lemma):
        return
    for lower in view.sent.kids(verb, "xcomp"):
        for frame in view.lexicon.verbs.get(view.clauses.key(lower), ()):
            if frame.act not in _THREATENED:
                continue
            targets = view.targets(_slot_words(view, lower, frame), frame)
            for agent, target in combine(doers(view, verb), targets, _THREAT):
                yield Finding(verb, _THREAT, agent, target, "threat-to")
        for told in _phrases(view, lower, view.clauses.key(lower)):
            # "threatened to cut ties with B"
            if told.frame.act in _THREATENED and told.agent is not None:
                yield Finding(verb, _THREAT, told.agent, told.target, "threat-to")
        if lower.lemma in _MARCHING or lower.lemma == "intervene":
            way = "in" if lower.lemma == "intervene" else "into"
            entered = view.parties(view.clauses.behind(lower, way))
            for agent, target in combine(doers(view, verb), entered, _THREAT):
                yield Finding(verb, _THREAT, agent, target, "threat-to")


def _demand(view: View, verb: Word) -> Iterator[Finding]:
    """Find "demanded that B stop", "insists that B must go": a request to B."""
    wants = verb.lemma == "want"
    if verb.lemma not in ("demand", "insist", "request") and not wants:
        return
    for lower in view.sent.kids(verb, "ccomp", *(("xcomp",) if wants else ())):
        bare = lower.tag == "VB" and not any(aux.tag == "MD" for aux in view.sent.kids(lower, "aux"))
        must = any(view.lexicon.has("demanding_aux", aux.lower) for aux in view.sent.kids(lower, "aux"))
        if bare or must:
            asked = view.parties(view.sent.kids(lower, "nsubj"))
            yield from (
                Finding(verb, _REQUEST, agent, target, "demand-that")
                for agent, target in combine(doers(view, verb), asked, _REQUEST)
            )


def is_only_threatened(view: View, finding: Finding) -> bool:
    """Whether a verb's finding is a threat, told as such; who vows to help threatens nobody."""
    if not is_threat_complement(view, finding.anchor):
        return False
    head = view.sent.head(finding.anchor)
    return finding.frame.act in _THREATENED or (head is not None and head.lemma == "threaten")


def is_threat_complement(view: View, verb: Word) -> bool:
    """Whether the verb is only what somebody threatens to do."""
    head = view.sent.head(verb)
    return (
        verb.dep in ("xcomp", "conj")
        and head is not None
        and any(
            one.lemma in ("threaten", "vow") for one in (head, *list(view.sent.up(head))[:1]) if one.is_verb
        )
    )


def threatened(view: View, finding: Finding) -> Finding | None:
    """Return what a noun's finding tells where the act is only threatened ("threatened to impose sanctions on B").

    That is the finding itself where nothing is threatened, the threat, or None for what can't be threatened with.
    """
    governing = next((word for word in view.sent.up(finding.anchor) if word.is_verb), None)
    noun = finding.anchor.dep == "dobj" and governing is not None and governing.lemma == "threaten"
    if governing is None or not (noun or is_threat_complement(view, governing)):
        return finding
    if finding.frame.act not in _THREATENED:
        return None
    return replace(finding, frame=_THREAT, rule="threat-to")


def flow_words(view: View, verb: Word, frame: Frame, target: Party) -> tuple[tuple[str, str], ...]:
    """Return what flows from where through where to where: goods, origin, via, destination."""
    if frame.act not in _FLOWS:
        return ()
    found: dict[str, str] = {}
    things = view.clauses.undergoers(verb)
    if "obj" in frame.slots:
        things = []
        goods = list(view.clauses.behind(verb, "with"))
    else:
        goods = things
    if goods and goods[0].is_noun and not view.finder.at(goods[0]):
        found["goods"] = view.finder.phrase(goods[0])
    for name, prepositions in (
        ("origin", ("from",)),
        ("via", ("via", "through", "across")),
        ("destination", ("to", "into")),
    ):
        places = [place for word in (verb, *things) for place in view.clauses.behind(word, *prepositions)]
        if name == "via":
            places = [one for place in places for one in view.sent.conjuncts(place)]
        texts = dict.fromkeys(view.finder.phrase(place) for place in places if place.is_noun)
        told = [text for text in texts if text not in target.text]
        if told:
            # A flow has one origin and one destination, and any number of way stations, in the order they are told.
            found[name] = "; ".join(told) if name == "via" else told[0]
    return tuple(sorted(found.items()))
