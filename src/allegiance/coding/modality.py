"""How it is put: asserted, denied, demanded, predicted, conditional, hypothetical; and whether it is negated.

Walks from the word that tells the act upwards. Never turns a sign: it only names what stands there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from allegiance.coding.clauses import BLAMING
from allegiance.coding.climb import calls_a_lie, climb, cues_beside, is_call_for
from allegiance.model import Modality

if TYPE_CHECKING:
    from allegiance.coding.climb import Step
    from allegiance.coding.finding import View
    from allegiance.coding.parse import Word

# Where several hold, the first of these is told.
_STRONGEST_FIRST = (
    Modality.DENIED,
    Modality.CONDITIONAL,
    Modality.DEMANDED,
    Modality.HYPOTHETICAL,
    Modality.PREDICTED,
)
# What stands above such an edge is said of the lower word too.
_COMPLEMENT = frozenset(
    {"ccomp", "xcomp", "pcomp", "prep", "acl", "conj", "dobj", "nsubjpass", "attr", "acomp", "pobj", "oprd"}
)
_BEING_IN = frozenset(
    {"be", "go", "remain", "engage", "enter", "prepare", "hope", "plan", "accuse", "suspect"}
)
# "stopped without attacking", "left after attacking": circumstances, of which the main verb says nothing.
_ARGUMENT_PREPOSITIONS = frozenset(
    {"from", "of", "for", "to", "against", "on", "about", "in", "at", "as", "into"}
)
# "is said to arm B", "is believed to": told of by nobody in particular.
_RUMOURED = frozenset(
    {"say", "believe", "think", "report", "rumor", "rumour", "allege", "suppose", "understand"}
)
_GIVING = frozenset({"aid", "finance", "supply", "support"})
_PLEDGING = frozenset({"pledge", "promise", "commit"})
_EVIDENCE = frozenset({"evidence", "proof", "sign", "indication", "suggestion", "hint"})
_DEMANDS = frozenset({"demand", "request", "call", "appeal", "plea", "insistence", "recommendation", "order"})
_RUMOUR = frozenset({"rumor", "rumour", "speculation", "gossip"})
_ALLEGATION = frozenset({"allegation", "accusation", "claim", "charge", "suggestion", "suspicion"})
_BELIEVING = frozenset({"believe", "think", "accept", "buy"})
_HELPING = frozenset({"help", "assist"})
_CLAUSAL = frozenset({"ccomp", "xcomp", "pcomp", "acl"})


@dataclass(frozen=True, slots=True)
class Mood:
    """The answer: modality, negation, and the words of the condition where there is one."""

    modality: Modality
    negated: bool
    condition: str = ""
    hedged: bool = False


@dataclass(slots=True)
class _Marks:
    """What was met on the way."""

    found: set[Modality] = field(default_factory=set)
    negations: int = 0
    condition: str = ""
    hedged: bool = False


def mood_of(view: View, anchor: Word, act: str = "") -> Mood:
    """Return how the holder nearest to `anchor` puts it; what is given (the `act`) is not yet given where it is pledged."""
    marks = _Marks()
    sworn = any(one.lemma in ("allegiance", "loyalty") for one in view.clauses.undergoers(anchor))
    if act in _GIVING and anchor.lemma in _PLEDGING and not sworn:
        marks.found.add(Modality.PREDICTED)
    steps = climb(view, anchor)
    nodes = (anchor, *(step.parent for step in steps))
    reported = any(step.cue for step in steps) or any(cues_beside(view, node) for node in nodes)
    _local(view, anchor, marks, reported=reported)
    inside, open_way, sharing = True, True, False
    for step in steps:
        sharing = act != "accuse" and inside and _shares(view, step, begun=sharing, carried=open_way)
        if sharing:
            _shared_marks(view, step, marks, reported=reported)
        open_way = open_way and _carries(view, step)
        _cue_marks(view, step, marks)
        if not open_way:
            # Above a relative clause or an "after ..." only who says it matters, not how the main clause is put.
            continue
        if inside:
            _governor(view, step, marks)
        if step.cue:
            inside = False
        if inside:
            _local_above(view, step, marks, reported=reported)
        else:
            _outside(view, step, marks)
    if _is_question(view, anchor):
        marks.found.add(Modality.HYPOTHETICAL)
    if act == "protest" and anchor.dep == "advcl":
        marks.found.discard(Modality.HYPOTHETICAL)  # who strikes "to protest against B" does protest
    modality = next((one for one in _STRONGEST_FIRST if one in marks.found), Modality.ASSERTED)
    return Mood(modality, marks.negations % 2 == 1, marks.condition, marks.hedged)


def _accompanies(step: Step) -> bool:
    """Whether it is done along with the main verb: "will visit A, backing B"; of "arguing that ..." only the arguing is."""
    child = step.child
    by = child.dep == "prep" and child.lower == "by" and step.parent.is_verb
    return by or (child.dep == "advcl" and child.tag == "VBG" and child.i > step.parent.i)


def _shares(view: View, step: Step, *, begun: bool, carried: bool) -> bool:
    """Whether this step leads on from something done along with the main verb, or begins such a way."""
    return (
        _accompanies(step)
        if not begun and carried
        else begun and (_carries(view, step) or _accompanies(step))
    )


def _shared_marks(view: View, step: Step, marks: _Marks, *, reported: bool) -> None:
    """What will be done along with something expected is expected too; negation and attempts are the main verb's alone."""
    above = _Marks()
    _governor(view, step, above)
    for aux in view.sent.kids(step.parent, "aux"):
        _auxiliary(view, aux, step.parent, above, reported=reported)
    marks.found |= above.found & {Modality.PREDICTED}


def _carries(view: View, step: Step) -> bool:
    """Whether what is said of the parent is said of the child."""
    child, parent = step.child, step.parent
    if child.dep in ("nsubj", "nsubjpass") and child.is_noun:
        return any(view.lexicon.has("faring", key) for key in (parent.lemma, view.clauses.key(parent)))
    if parent.lemma in _HELPING and child.dep in _CLAUSAL:
        return False  # who "failed to help A fight B" doesn't make A's fight undone
    if child.dep not in _COMPLEMENT or (child.dep == "prep" and child.lower not in _ARGUMENT_PREPOSITIONS):
        return False
    if child.dep == "acl":
        return any(kid.lower in ("to", "that") for kid in view.sent.kids(child, "aux", "mark"))
    if child.is_noun and parent.is_verb:
        return _carries_noun(view, step)
    # "is in talks with" is carried by its verb; "paid for its attack on" presupposes the attack.
    verb = view.sent.head(parent) if child.dep == "pobj" else None
    return verb is None or verb.lemma in _BEING_IN or not verb.is_verb


def _carries_noun(view: View, step: Step) -> bool:
    """Only verbs that carry, plan or stop the noun say something of it: condemning an attack doesn't."""
    keys = {step.parent.lemma, view.clauses.key(step.parent)}
    lists = ("predicting", "hypothesizing", "refusing", "denying", "demanding")
    return (
        step.parent.lemma == "be"
        or bool(keys & (view.lexicon.light | view.lexicon.stopping))
        or any(view.lexicon.has(name, key) for name in lists for key in keys)
    )


def _local(view: View, word: Word, marks: _Marks, *, reported: bool) -> None:
    """Read the auxiliaries, negations, adverbs and conditions that hang on `word` itself."""
    for kid in view.sent.kids(word):
        lower = kid.lower
        if kid.dep == "neg" or (
            kid.dep in ("det", "advmod", "preconj") and view.lexicon.has("negators", lower)
        ):
            marks.negations += 1
        elif kid.dep == "aux":
            _auxiliary(view, kid, word, marks, reported=reported)
        elif kid.dep in ("advmod", "amod"):
            marks.negations += _is_no_longer(view, kid)
            _adverb(view, kid, marks)
        elif kid.dep == "mark" or (kid.dep == "advmod" and lower == "if"):
            _marker(view, kid, word, marks)
        elif kid.dep in ("nsubj", "nsubjpass") and _none(view, kid):
            marks.negations += 1
    marks.negations += _is_nor(view, word)
    for clause in _clauses_beside(view, word):
        _condition(view, clause, marks)
    if word.dep == "advcl" and _is_purpose(view, word):
        marks.found.add(Modality.HYPOTHETICAL)
    if _inverted(view, word):
        _take_condition(view, word, marks)


def _is_nor(view: View, word: Word) -> bool:
    """Whether it is joined by "nor" as a clause of its own: "A did not attack B, nor did it arm C"."""
    own = view.sent.kid(word, "nsubj", "nsubjpass") is not None
    nor = [
        kid
        for kid in (*view.sent.kids(word, "cc"), *view.sent.kids(view.sent.words[word.head], "cc"))
        if kid.lower == "nor"
    ]
    return word.dep == "conj" and own and any(kid.i < word.i for kid in nor)


def _clauses_beside(view: View, verb: Word) -> list[Word]:
    """Return the clauses that may be the verb's condition: its own, and what an interjected "said" drew to it."""
    # "If A stays," said C, "B will go": what stands before "said" hangs on it in the parse
    said = (kid for kid in view.sent.kids(verb, "parataxis") if view.lexicon.has("cue", kid.lemma))
    drawn = (clause for cue in said for clause in view.sent.kids(cue, "advcl") if clause.i < cue.i)
    above = view.sent.head(verb)
    if above is not None and verb.dep == "ccomp" and _is_said_between(view, above, verb):
        drawn = (clause for clause in view.sent.kids(above, "advcl") if clause.i < above.i)
    return [*view.sent.kids(verb, "advcl"), *drawn]


def _is_said_between(view: View, cue: Word, verb: Word) -> bool:
    """Whether it is "said C" between the halves of what C said."""
    speaker = view.sent.kid(cue, "nsubj")
    return view.lexicon.has("cue", cue.lemma) and speaker is not None and cue.i < speaker.i < verb.i


def _is_no_longer(view: View, adverb: Word) -> bool:
    return adverb.lower in ("longer", "more") and any(
        kid.lower in ("no", "not") for kid in view.sent.kids(adverb)
    )


def _auxiliary(view: View, aux: Word, verb: Word, marks: _Marks, *, reported: bool) -> None:
    has, lower = view.lexicon.has, aux.lower
    if has("demanding_aux", lower) and not _inverted(view, verb):
        marks.found.add(Modality.DEMANDED)
    elif has("predictive_aux", lower) or (reported and lower in ("would", "'d", "\u2019d")):
        marks.found.add(Modality.PREDICTED)
    elif has("hypothetical_aux", lower) and aux.tag == "MD":
        marks.found.add(Modality.HYPOTHETICAL)
    elif lower in ("need", "have", "has", "had") and aux.tag == "MD":
        marks.found.add(Modality.DEMANDED)


def _adverb(view: View, kid: Word, marks: _Marks) -> None:
    if view.lexicon.has("hedges", kid.lower):
        marks.hedged = True
    elif kid.lower in ("little", "scant", "zero"):
        marks.negations += 1  # "showed little respect for"
    elif view.lexicon.has("hypothetical_adverbs", kid.lower) or kid.lower in (
        "alleged", "possible", "potential", "planned", "proposed", "suspected", "supposed", "hypothetical", "threatened", "imminent",
    ):  # fmt: skip
        marks.found.add(Modality.HYPOTHETICAL)
    elif kid.lower in ("future", "upcoming", "expected", "coming", "forthcoming"):
        marks.found.add(Modality.PREDICTED)


def _marker(view: View, mark: Word, word: Word, marks: _Marks) -> None:
    if view.lexicon.has("conditional_marks", mark.lower):
        _take_condition(view, word, marks)
    elif mark.lower == "whether":
        marks.found.add(Modality.HYPOTHETICAL)


def _condition(view: View, clause: Word, marks: _Marks) -> None:
    """A condition beside the act: "if the incident repeats"."""
    marked = any(
        view.lexicon.has("conditional_marks", kid.lower) for kid in view.sent.kids(clause, "mark", "advmod")
    )
    if marked or _inverted(view, clause) or _is_yet_to_come(view, clause):
        _take_condition(view, clause, marks)


def _is_yet_to_come(view: View, clause: Word) -> bool:
    """Whether it is "will lift sanctions once B withdraws": what will be done waits for it."""
    when = any(kid.lower in ("when", "once") for kid in view.sent.kids(clause, "mark", "advmod"))
    verb = view.sent.head(clause)
    will = verb is not None and any(
        kid.lower in ("will", "'ll", "shall") for kid in view.sent.kids(verb, "aux")
    )
    return when and will


def _take_condition(view: View, clause: Word, marks: _Marks) -> None:
    marks.found.add(Modality.CONDITIONAL)
    words = view.sent.below(clause)
    marks.condition = marks.condition or view.sent.words_text(words[0].i, words[-1].i)


def _inverted(view: View, verb: Word) -> bool:
    """Whether it is "Should A attack ...", "Were A to attack ...": a condition without "if"."""
    if verb.dep not in ("advcl", "ccomp"):
        return False
    aux = view.sent.kid(verb, "aux")
    subject = view.sent.kid(verb, "nsubj", "nsubjpass")
    return (
        aux is not None
        and subject is not None
        and aux.i < subject.i
        and aux.lower in ("should", "had", "were")
    )


def _is_purpose(view: View, verb: Word) -> bool:
    return verb.tag == "VB" and any(kid.lower == "to" for kid in view.sent.kids(verb, "aux"))


def _none(view: View, subject: Word) -> bool:
    if subject.lower in ("nobody", "none", "neither", "nothing"):
        return True
    determiner = view.sent.kid(subject, "det", "preconj")
    return determiner is not None and determiner.lower in ("no", "neither")


def _local_above(view: View, step: Step, marks: _Marks, *, reported: bool) -> None:
    """What stands at a governing word counts for the lower one, unless a joined clause has a subject of its own."""
    if step.child.dep == "conj" and view.sent.kid(step.child, "nsubj", "nsubjpass") is not None:
        return
    if step.child.dep == "conj" and step.child.is_noun and step.parent.is_noun:
        determiner = view.sent.kid(step.parent, "det")
        marks.negations += determiner is not None and determiner.lower == "no"
        return
    before = marks.negations
    _local(view, step.parent, marks, reported=reported)
    # "A did not attack but helped": the second verb is not negated; "nor", "or" keep the negation.
    if step.child.dep == "conj" and any(kid.lower == "but" for kid in view.sent.kids(step.parent, "cc")):
        marks.negations = before


def _outside(view: View, step: Step, marks: _Marks) -> None:
    """Above the one who says it: "did not say that", "refused to say that", "if A says that" leave only a possibility."""
    for kid in view.sent.kids(step.parent):
        if kid.dep == "neg" or (kid.dep == "mark" and view.lexicon.has("conditional_marks", kid.lower)):
            marks.found.add(Modality.HYPOTHETICAL)
    if view.lexicon.has("refusing", step.parent.lemma):
        marks.found.add(Modality.HYPOTHETICAL)


def _cue_marks(view: View, step: Step, marks: _Marks) -> None:
    has, parent = view.lexicon.has, step.parent
    if not step.cue:
        return
    subject = view.sent.kid(parent, "nsubj")
    if subject is not None and subject.tag == "WP" and _is_question(view, parent):
        return  # "who could deny that A attacked B?" denies nothing
    if has("denying", parent.lemma) or parent.lemma == "denial" or calls_a_lie(view, parent):
        marks.found.add(Modality.HYPOTHETICAL if _is_negative(view, parent) else Modality.DENIED)
    elif (
        (parent.lemma == "warn" and step.child.lower == "against")
        or is_call_for(parent, step.child)
        or (_is_demand(view, parent) and _is_bare(view, step.child))
    ):
        marks.found.add(Modality.DEMANDED)
    elif parent.lemma in BLAMING and view.clauses.is_passive(parent) and not view.clauses.doers(parent):
        marks.found.add(Modality.HYPOTHETICAL)  # "is accused of arming B": nobody holds it
    elif parent.is_noun and _is_rumour(view, parent):
        marks.found.add(Modality.HYPOTHETICAL)
    elif has("doubting", parent.lemma) != _is_negative(view, parent):
        # "doubts that"; "nobody believes that", but not "nobody doubts that"
        nobody = parent.lemma in _BELIEVING and any(
            _none(view, one) for one in view.sent.kids(parent, "nsubj")
        )
        # "'Nobody believes that,' A said" is A's denial; told by nobody in particular it is a mere possibility.
        told = any(has("cue", one.lemma) for one in view.sent.up(parent)) or cues_beside(view, parent)
        marks.found.add(Modality.DENIED if nobody and told else Modality.HYPOTHETICAL)


def _is_rumour(view: View, noun: Word) -> bool:
    """Whether it is "rumours that", or "allegations that" without anybody who makes them."""
    owned = view.sent.kids(noun, "poss", "amod", "compound", "acl") or noun.dep == "dobj"
    by = any(kid.lower in ("by", "from", "of") for kid in view.sent.kids(noun, "prep"))
    return noun.lemma in _RUMOUR or (noun.lemma in _ALLEGATION and not owned and not by)


def _is_demand(view: View, verb: Word) -> bool:
    if verb.is_noun:
        return verb.lemma in _DEMANDS
    return view.lexicon.has("demanding", verb.lemma) or view.lexicon.has("demanding", view.clauses.key(verb))


def _is_bare(view: View, verb: Word) -> bool:
    """Whether it is "to stop", or a subjunctive "that it stop": what is wanted, not what is told."""
    # "Why does A support B?" has a helping verb as well.
    return verb.tag == "VB" and all(kid.lower in ("to", "have", "be") for kid in view.sent.kids(verb, "aux"))


def _is_negative(view: View, verb: Word) -> bool:
    """Whether the verb is negated: "did not deny", "neither confirmed nor denied"."""
    joined = [verb]
    for one in view.sent.up(verb):
        if joined[-1].dep != "conj":
            break
        joined.append(one)
    kids = [kid for one in joined for kid in view.sent.kids(one, "neg", "preconj", "advmod", "cc")]
    subject = view.sent.kid(verb, "nsubj", "nsubjpass")  # "nobody doubts that"
    return any(view.lexicon.has("negators", kid.lower) for kid in kids) or (
        subject is not None and _none(view, subject)
    )


def _governor(view: View, step: Step, marks: _Marks) -> None:
    """What hangs on "refuse to", "plan to", "is expected to" didn't (yet) happen."""
    child, parent = step.child, step.parent
    if parent.tag in ("IN", "RB") and child.dep == "pcomp":
        above = view.sent.head(parent)
        short = parent.lower == "of" and above is not None and above.lower == "short"  # "stopped short of"
        marks.negations += short or parent.lower in ("without", "instead", "than", "against")
    elif child.dep in ("nsubj", "nsubjpass") and any(
        view.lexicon.has("fading", key) for key in (parent.lemma, view.clauses.key(parent))
    ):
        # "will shrink": then there is less of it; "ended" tells that there was.
        marks.negations += any(kid.tag == "MD" for kid in view.sent.kids(parent, "aux"))
    elif (
        child.dep in _CLAUSAL or child.dep == "prep" or (child.dep in ("dobj", "nsubjpass") and child.is_noun)
    ):
        _governing_word(view, step, marks)


def _governing_word(view: View, step: Step, marks: _Marks) -> None:
    child, parent, has = step.child, step.parent, view.lexicon.has
    keys = (parent.lemma, view.clauses.key(parent))
    stops = any(key in view.lexicon.stopping for key in keys)
    if any(has("refusing", key) for key in keys) and not (stops and child.is_noun):
        marks.negations += 1
    elif child.is_noun and parent.lemma in view.lexicon.light:
        return
    elif _foresees(view, child, parent, keys):
        marks.found.add(Modality.PREDICTED)
    elif (step.cue and child.dep == "ccomp") or (parent.lemma == "consider" and _is_judgement(view, child)):
        return
    elif any(has("hypothesizing", key) for key in keys):
        marks.found.add(Modality.HYPOTHETICAL)
    elif parent.lemma in _RUMOURED and child.dep == "xcomp" and view.clauses.is_passive(parent):
        marks.hedged = True
    elif parent.lemma in ("need", "have") and child.dep == "xcomp" and child.tag == "VB":
        marks.found.add(Modality.DEMANDED)
    elif parent.is_noun:
        _doubt_noun(view, parent, marks)


def _is_judgement(view: View, noun: Word) -> bool:
    """Whether it is what somebody is considered to be ("considers B a terrorist"), not what is being considered."""
    judges = any(view.lexicon.has(name, noun.lemma) for name in ("damning_nouns", "praising_nouns"))
    return judges or (noun.dep == "oprd" and noun.lemma in view.lexicon.roles)


def _doubt_noun(view: View, noun: Word, marks: _Marks) -> None:
    """Read a doubt, or what is lacking: "there is no doubt that A attacked B" asserts it, "there is no evidence" doesn't."""
    determiner = view.sent.kid(noun, "det")
    none = determiner is not None and determiner.lower == "no"
    if noun.lemma in _EVIDENCE and none:
        marks.found.add(Modality.HYPOTHETICAL)
    if noun.lemma != "doubt":
        return
    if none:
        marks.negations -= 1  # the "no" belongs to the doubt; reading on would count it against the act
    else:
        marks.found.add(Modality.HYPOTHETICAL)


def _foresees(view: View, child: Word, parent: Word, keys: tuple[str, str]) -> bool:
    if not any(view.lexicon.has("predicting", key) for key in keys):
        return False
    if "go" in keys and parent.tag != "VBG":
        return False
    # "is going to attack", "is set to": only with an infinitive; "decided that" reports.
    return (
        child.dep in ("xcomp", "acl", "prep") or (child.dep == "ccomp" and child.tag == "VB") or child.is_noun
    )


def _is_question(view: View, anchor: Word) -> bool:
    # "'Why does A arm B?' asked C": the first end of a sentence behind it counts.
    ends = (word.text for word in view.sent.words[anchor.i :] if word.text in ("?", "!", "."))
    return next(ends, "") == "?"
