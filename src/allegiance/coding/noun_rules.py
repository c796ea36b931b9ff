"""Rules on nouns that name an act: "Russia's attack on B", "sanctions against B by A", "launched an attack on B"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegiance.coding.clauses import BLAMING
from allegiance.coding.climb import is_call_for
from allegiance.coding.finding import Finding, combine, is_club
from allegiance.coding.lexicon import Frame
from allegiance.coding.verb_rules import claimants, doers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from allegiance.coding.finding import View
    from allegiance.coding.parse import Word
    from allegiance.coding.party import Party

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
        "concert",
        "cahoots",
        "tandem",
        "collusion",
        "league",
        "alliance",
        "partnership",
    }
)
_TAKING_PART = frozenset(
    {"contribute", "participate", "join", "engage", "take", "assist", "enlist", "commit"}
)
_CAMPAIGNS = frozenset(
    {
        "fight",
        "campaign",
        "war",
        "battle",
        "struggle",
        "offensive",
        "operation",
        "mission",
        "assault",
        "attack",
    }
)
_ONE_SIDED = frozenset({"discuss", "offer"})
_MISSING = frozenset({"lack", "absence", "loss", "want", "rumor", "rumour", "talk"})
_WORRIES = frozenset({"concern", "alarm", "unease", "misgiving"})
_HOPING = frozenset(
    {
        "block",
        "delay",
        "back",
        "favor",
        "favour",
        "seek",
        "oppose",
        "support",
        "reject",
        "veto",
        "demand",
        "suspend",
    }
)
_COMMITTED = frozenset({"committed", "commit", "dedicated", "dedicate", "determined", "devoted"})
# Whom one accuses of, forgives for, thanks for an act has done it.
_ANSWERABLE = BLAMING | {
    "forgive",
    "pardon",
    "punish",
    "penalize",
    "sue",
    "prosecute",
    "rebuke",
    "castigate",
    "denounce",
    "sanction",
}
_ANSWERING = frozenset({"respond", "retaliate", "reply", "answer", "react"})
_COMING = frozenset({"arrive", "come", "fly", "go", "travel", "return", "head", "leave"})
_STAYING = _COMING | {"be", "remain", "engage", "involve", "enter", "stay", "lock"}
_BEING_IN = {
    **dict.fromkeys(("in", "to", "into", "under", "on"), _STAYING),
    "at": frozenset({"be", "remain", "stay"}),
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
        if _is_missing(view, noun):
            break
        targets = _targets(view, noun, carriers, frame)
        # Who withdraws from a bloc leaves it: see leaving_rules.py.
        targets = [one for one in targets if frame.mode != "withdraw" or not is_club(view, one)]
        agents, rule = _agents(view, noun, carriers, frame)
        if frame.mutual and not targets:
            reached = [noun, *(kid for kid in view.sent.kids(noun, "acl") if kid.tag == "VBN")]
            between = view.parties(
                word for one in reached for word in view.clauses.behind(one, "between", "among")
            )
            agents, rule = (between, "noun-between") if between else (agents, rule)
        if frame.mutual and any(verb.lemma in _ONE_SIDED for verb in carriers):
            continue  # who discusses or offers a pact hasn't made it
        if frame.act == "support" and any(view.lexicon.has("suffering", verb.lemma) for verb in carriers):
            continue  # "enjoys the support of B" tells what B does: see idiom_rules.py
        if frame.mutual and not targets and rule == "light-verb" and _is_called_for(view, noun, carriers):
            continue  # A and B that call for a ceasefire needn't be at war with one another
        if frame.act == "member-of":
            targets = [one for one in targets if _is_entered(view, noun, one)]
        if noun.lemma in _WORRIES:
            # "concern about B's conduct" disapproves of it, "concern about B" may pity B
            near = view.clauses.behind(noun, *frame.slots)
            targets = view.targets((one for one in near if not view.finder.at(one)), frame)
        told = _turned(view, noun, carriers, frame)
        found = [
            Finding(noun, told, agent, target, rule) for agent, target in combine(agents, targets, frame)
        ]
        if found:
            yield from found
            return
        yield from _with_help(view, noun, frame)


def _is_entered(view: View, noun: Word, club: Party) -> bool:
    """Whether somebody's entry into a bloc is told as done: not "blocked B's accession", nor an entry into a country."""
    verb = next((one for one in view.sent.up(noun) if one.is_verb), None)
    hoped = verb is not None and (verb.lemma in _HOPING or view.lexicon.has("hypothesizing", verb.lemma))
    return view.finder.recall.kind(club.actor) in ("bloc", "organisation", "armed-group") and not hoped


def _is_missing(view: View, noun: Word) -> bool:
    """Whether it is "the loss of trade with B", "a lack of support for B"."""
    prep = view.sent.head(noun)
    above = view.sent.head(prep) if noun.dep == "pobj" and prep is not None and prep.lower == "of" else None
    return above is not None and above.lemma in _MISSING


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
    if whole is None or prep is None:
        return noun
    has = view.lexicon.has
    # "a decade of war", but not "two weeks in protest"
    counts = has("quantities", whole.lemma) or (prep.lower == "of" and has("spans", whole.lemma))
    return whole if counts else noun


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
    if above.lemma in ("hand", "role", "part") and prep.lower == "in" and above.dep == "dobj":
        carrier = view.sent.head(above)  # "had a hand in the killing"
        if carrier is not None and carrier.lemma in ("have", "play", "take"):
            yield carrier
            return
    fighting = noun.lemma in _CAMPAIGNS
    took_part = fighting and verb.lemma in _TAKING_PART and prep.lower in ("to", "in")
    behind = fighting and verb.lemma == "be" and prep.lower == "behind"  # "was behind the attack"
    if took_part or behind or committed or in_support or answered or assured or is_call_for(verb, prep):
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
    while noun.dep == "conj" and (first := view.sent.head(noun)) is not None and first.is_noun:
        noun = first  # "over the mining and the arming"
    prep = view.sent.head(noun)
    if noun.dep != "pobj" or prep is None or prep.lower not in ("of", "for", "over"):
        return []
    above = view.sent.head(prep)
    if above is None:
        return []
    if above.lemma in ("apologize", "apologise", "atone"):
        return doers(view, above)
    if above.lemma in _ANSWERABLE:
        return view.parties(view.clauses.undergoers(above))
    return view.parties(claimants(view, noun))


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
        words = words or _behind_carrier(view, verb, frame)
    return view.targets(words, frame)


def _behind_carrier(view: View, verb: Word, frame: Frame) -> list[Word]:
    """The target behind the verb that carries the noun: at the noun's own preposition, as receiver, behind "to" ..."""
    if verb.lemma in _ASSURING and (assured := view.clauses.undergoers(verb)):
        return assured
    behind = view.clauses.behind
    words = list(behind(verb, *frame.slots))
    if not words and not view.clauses.is_passive(verb):
        words = view.clauses.receivers(verb)
    words = words or list(behind(verb, "to"))
    # "imposed by A on B": the parse often hangs "on B" on A
    words = words or [one for by in behind(verb, "by") for one in behind(by, *frame.slots)]
    if not words and frame.act == "consult" and verb.lemma in _COMING:
        # "arrived in Ankara for talks"
        words = [one for one in behind(verb, "in", "at", "into") if _is_capital(view, one)]
    if not words and frame.act == "assault":
        words = list(_by_means(view, verb, frame))
    return words


def _is_capital(view: View, word: Word) -> bool:
    mention = view.finder.mention_at(word)
    return mention is not None and mention.via == "capital"


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
