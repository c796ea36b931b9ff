"""Rules on nouns that name an act: "Russia's attack on B", "sanctions against B by A", "launched an attack on B"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegiance.coding.climb import is_call_for
from allegiance.coding.finding import Finding, combine
from allegiance.coding.lexicon import Frame
from allegiance.coding.verb_rules import doers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from allegiance.coding.finding import View
    from allegiance.coding.parse import Word
    from allegiance.coding.parties import Party

_EASE = Frame("retreat", "ease", 0, ())
_CEASEFIRE = Frame("retreat", "ceasefire", 0, ())
_DISCONTINUE = Frame("sanction", "discontinue", 0, ())
# "is considering sanctions": the one who plans it would do it; modality says that it is only planned.
_PLANNING = ("hypothesizing", "predicting", "refusing")
_IN_NOUNS = frozenset(
    {
        "support",
        "defense",
        "defence",
        "opposition",
        "solidarity",
        "retaliation",
        "coordination",
        "cooperation",
        "protest",
        "defiance",
    }
)
_COMMITTED = frozenset({"committed", "commit", "dedicated", "dedicate", "determined", "devoted"})
_ANSWERING = frozenset({"respond", "retaliate", "reply", "answer", "react"})
_COMING = frozenset({"arrive", "come", "fly", "go", "travel", "return", "head", "leave"})
_STAYING = _COMING | {"be", "remain", "engage", "involve", "enter", "stay", "lock"}
_BEING_IN = {
    **dict.fromkeys(("in", "at", "to", "into", "under", "on"), _STAYING),
    "for": _COMING,
}
_CONCLUDING = frozenset({"end", "conclude", "finish", "complete"})
# "A assured B of its support": it is A's.
_ASSURING = frozenset({"assure", "reassure"})
_GOVERNED = ("dobj", "nsubjpass", "attr", "oprd")


def find(view: View) -> Iterator[Finding]:
    """Yield what the nouns of the sentence tell."""
    for word in view.sent.words:
        # "Fighting between A and B went on": a noun that the tagger takes for a verb
        is_noun = word.is_noun or (word.tag == "VBG" and word.dep in ("nsubj", "nsubjpass"))
        if is_noun and word.dep not in ("compound", "nmod"):
            yield from _noun(view, word)


def _noun(view: View, noun: Word) -> Iterator[Finding]:
    known = view.lexicon.nouns
    frames = known.get(noun.lemma if noun.is_noun else noun.lower, ())
    carriers = list(_carriers(view, noun)) if frames else []
    for frame in frames:
        targets = _targets(view, noun, carriers, frame)
        agents, rule = _agents(view, noun, carriers, frame)
        if frame.mutual and not targets:
            reached = [noun, *(kid for kid in view.sent.kids(noun, "acl") if kid.tag == "VBN")]
            between = view.parties(
                word for one in reached for word in view.clauses.behind(one, "between", "among")
            )
            agents, rule = (between, "noun-between") if between else (agents, rule)
        if frame.mutual and any(verb.lemma == "discuss" for verb in carriers):
            continue
        if frame.mutual and not targets and rule == "light-verb" and _is_called_for(view, noun, carriers):
            continue  # A and B that call for a ceasefire needn't be at war with one another
        told = _turned(view, noun, carriers, frame)
        found = [
            Finding(noun, told, agent, target, rule) for agent, target in combine(agents, targets, frame)
        ]
        if found:
            yield from found
            return
        yield from _with_help(view, noun, frame)


def _with_help(view: View, noun: Word, frame: Frame) -> Iterator[Finding]:
    """Find "A took the town with support from B": B supports A."""
    prep = view.sent.head(noun)
    if (
        frame.act not in ("support", "aid", "finance")
        or noun.dep != "pobj"
        or prep is None
        or prep.lower != "with"
    ):
        return
    verb = view.sent.head(prep)
    helpers = view.finder.owners_before(noun) or view.parties(view.clauses.behind(noun, "from", "of", "by"))
    if verb is None or not helpers:
        return
    # "A's troops, with support from B, took the town"
    helped = doers(view, verb) if verb.is_verb else view.parties([verb])
    yield from (
        Finding(noun, frame, agent, target, "with-help") for agent, target in combine(helpers, helped, frame)
    )


def _carriers(view: View, noun: Word) -> Iterator[Word]:
    """Yield the verbs that only carry the noun: "imposed sanctions", "sanctions were imposed", "sanctions imposed by"."""
    light, stopping = view.lexicon.light, view.lexicon.stopping
    top = noun
    while top.dep == "conj" and (above := view.sent.head(top)) is not None and above.is_noun:
        top = above
    top = _counted(view, top)
    governor = view.sent.head(top)
    if governor is not None and governor.is_verb and top.dep in _GOVERNED:
        keys = {governor.lemma, view.clauses.key(governor)}
        planned = any(view.lexicon.has(name, key) for name in _PLANNING for key in keys)
        if planned or keys & (light | stopping):
            yield governor
    if governor is not None and top.dep == "pobj":
        yield from _entering(view, governor)
        yield from _governing(view, noun, governor)
    for clause in view.sent.kids(noun, "acl", "relcl"):
        if clause.is_verb and {clause.lemma, view.clauses.key(clause)} & (light | stopping):
            yield clause


def _entering(view: View, prep: Word) -> Iterator[Word]:
    """Yield the verb of "is in talks with", "went to war with", "arrived for talks with"."""
    verb = view.sent.head(prep)
    if verb is not None and verb.lemma in _BEING_IN.get(prep.lower, ()):
        yield verb


def _is_called_for(view: View, noun: Word, carriers: list[Word]) -> bool:
    prep = view.sent.head(noun)
    return prep is not None and any(is_call_for(verb, prep) for verb in carriers)


def _counted(view: View, noun: Word) -> Word:
    """The word that counts it: "a series of strikes", "20 million in aid"."""
    prep = view.sent.head(noun)
    whole = (
        view.sent.head(prep)
        if prep is not None and noun.dep == "pobj" and prep.lower in ("of", "in")
        else None
    )
    return whole if whole is not None and view.lexicon.has("quantities", whole.lemma) else noun


def _governing(view: View, noun: Word, prep: Word) -> Iterator[Word]:
    """Yield the verb whose doer does it: "called for sanctions", "is committed to the defeat", "sailed in support of"."""
    above = view.sent.head(prep)
    if above is None:
        return
    whom = view.sent.head(above) if above.dep == "dobj" else None
    if whom is not None and whom.lemma in _ASSURING:
        above = whom  # "assured B of its support": hung on B
    committed = above.lemma in _COMMITTED and prep.lower in ("to", "on")
    verb = view.sent.head(above) if committed and not above.is_verb else above
    in_support = prep.lower == "in" and noun.lemma in _IN_NOUNS
    while in_support and verb is not None and not verb.is_verb:
        verb = view.sent.head(verb)
    if verb is None or not verb.is_verb:
        return
    answered = verb.lemma in _ANSWERING and prep.lower == "with"
    assured = verb.lemma in _ASSURING and prep.lower == "of"
    if committed or in_support or answered or assured or is_call_for(verb, prep):
        yield verb


def _agents(view: View, noun: Word, carriers: list[Word], frame: Frame) -> tuple[list[Party], str]:
    own = view.finder.owners_before(noun)
    assuring = [verb for verb in carriers if verb.lemma in _ASSURING]
    if own and not assuring:
        return own, "noun-owner"
    # "sanctions against A by B": the parse often hangs "by" on A.
    near = (noun, *view.clauses.behind(noun, *frame.slots))
    by = view.parties(pobj for word in near for pobj in view.clauses.behind(word, "by"))
    if by:
        return by, "noun-by"
    blamed = _blamed(view, noun)
    if blamed:
        return blamed, "noun-blamed"
    for verb in carriers:
        found = doers(view, verb) or (
            view.parties(view.clauses.subjects(verb)) if frame.mutual or noun.dep == "pobj" else []
        )
        if found and not (frame.mutual and verb.lemma in ("announce", "declare")):
            return found, "light-verb"
    if frame.act == "assault" and (helped := _helped_in(view, noun)):
        return helped, "noun-of"
    behind = [one for one in ("from", "of") if one not in frame.slots]
    return view.parties(view.clauses.behind(noun, *behind)), "noun-of"


def _helped_in(view: View, noun: Word) -> list[Party]:
    """Who fights by "supports B in the fight against C", "support for B in its war on C": B."""
    prep = view.sent.head(noun)
    above = view.sent.head(prep) if prep is not None and noun.dep == "pobj" and prep.lower == "in" else None
    if above is None:
        return []
    if above.is_noun:
        return view.parties([above])
    frames = view.lexicon.verbs.get(view.clauses.key(above), ())
    helps = above.is_verb and any(frame.act in ("support", "aid", "supply", "finance") for frame in frames)
    return view.parties(view.clauses.undergoers(above)) if helps else []


def _blamed(view: View, noun: Word) -> list[Party]:
    """Who did it by "accused A of an attack on B", "A claimed responsibility for the attack on B": A."""
    prep = view.sent.head(noun)
    if noun.dep != "pobj" or prep is None or prep.lower not in ("of", "for"):
        return []
    above = view.sent.head(prep)
    if above is None:
        return []
    if above.lemma in (
        "accuse",
        "blame",
        "condemn",
        "criticize",
        "criticise",
        "convict",
        "suspect",
        "charge",
    ):
        return view.parties(view.clauses.undergoers(above))
    claims = view.sent.head(above)
    if (
        above.lemma == "responsibility"
        and claims is not None
        and claims.lemma in ("claim", "admit", "accept", "take")
    ):
        return view.parties(view.clauses.doers(claims))
    return []


def _targets(view: View, noun: Word, carriers: list[Word], frame: Frame) -> list[Party]:
    words = list(view.clauses.behind(noun, *frame.slots))
    if not words and (whole := _counted(view, noun)) != noun:
        words = list(view.clauses.behind(whole, *frame.slots))  # "a series of strikes against B"
    if frame.act == "dispute" and not words and _is_stopped(view, carriers):
        # "should drop their quarrel about B's president": what they stand against is B's ruler, not one another
        words.extend(one for one in view.clauses.behind(noun, "about", "over") if _is_ruler(view, one))
    if frame.act == "accuse" and not words:
        # "the accusation that B armed C"
        clauses = (
            one for one in view.sent.kids(noun, "acl", "ccomp") if view.sent.kid(one, "mark") is not None
        )
        words.extend(subject for one in clauses for subject in view.clauses.doers(one))
    for verb in carriers:
        if not words and verb.lemma in _ASSURING:
            words.extend(view.clauses.undergoers(verb))
        if not words:
            words.extend(view.clauses.behind(verb, *frame.slots))
        if not words and not view.clauses.is_passive(verb):
            words.extend(view.clauses.receivers(verb))
        if not words:
            words.extend(view.clauses.behind(verb, "to"))
        if not words and frame.act == "assault":
            words.extend(_by_means(view, verb, frame))
    return view.targets(words, frame)


def _by_means(view: View, verb: Word, frame: Frame) -> Iterator[Word]:
    """Find the target behind what is used: "conducted strikes using bombers against B's positions"."""
    for using in view.sent.kids(verb, "advcl", "xcomp", "acl"):
        if using.lemma == "use":
            yield from view.clauses.behind(using, *frame.slots)
            for means in view.clauses.undergoers(using):
                for one in view.sent.conjuncts(means):
                    yield from view.clauses.behind(one, *frame.slots)


def _is_stopped(view: View, carriers: list[Word]) -> bool:
    return any({verb.lemma, view.clauses.key(verb)} & view.lexicon.stopping for verb in carriers)


def _is_ruler(view: View, word: Word) -> bool:
    return any(party.person or party.via in ("leader", "office") for party in view.finder.at(word))


def _is_bounded(view: View, noun: Word) -> bool:
    return view.lexicon.has("bounded", noun.lemma)


def _is_over(carriers: list[Word]) -> bool:
    """Whether it came to its end, as a meeting does: "A and B ended their drills"; it wasn't broken off."""
    return any(verb.lemma in _CONCLUDING and verb.tag in ("VBD", "VBN") for verb in carriers)


def _turned(view: View, noun: Word, carriers: list[Word], frame: Frame) -> Frame:
    """Lifting sanctions is a concession, ending support a sanction."""
    if not _is_stopped(view, carriers) or (_is_bounded(view, noun) and _is_over(carriers)):
        return frame
    if frame.act in ("sanction", "coerce", "dispute"):
        return _EASE
    if frame.act in ("assault", "protest", "mobilize"):
        return _CEASEFIRE
    if frame.act in ("support", "aid", "finance", "trade", "supply", "cooperate", "ally", "consult", "agree"):
        return _DISCONTINUE
    return frame
