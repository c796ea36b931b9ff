"""The way from the word that tells an act up to the main verb: what it passes decides who holds it and how it is put.

Shared by `attribution.py` (holders) and `modality.py` (negation, conditions, forecasts); neither knows the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from allegiance.coding.clauses import BLAMING

if TYPE_CHECKING:
    from allegiance.coding.finding import View
    from allegiance.coding.parse import Word

CLAIM_NOUNS = frozenset(
    {"claim", "allegation", "accusation", "report", "statement", "assertion", "charge", "suggestion", "rumor", "rumour", "notion",
     "idea", "belief", "warning", "insistence", "admission", "denial", "announcement", "evidence", "speculation", "concern", "fear",
     "hope", "view", "opinion", "conviction", "contention", "prediction", "promise", "vow", "pledge", "demand", "argument",
     "assessment", "impression", "assumption", "testimony", "confession", "complaint", "remark", "suspicion", "story", "boast",
     "line", "position", "verdict", "finding", "conclusion", "word", "account", "message", "hint", "explanation", "expectation",
     "request", "appeal", "recommendation"}
)  # fmt: skip
# "according to A's version": it is A who says so.
ACCOUNTS = CLAIM_NOUNS | {
    "version",
    "narrative",
    "letter",
    "memo",
    "speech",
    "interview",
    "memoir",
    "tweet",
    "diary",
    "testimony",
}
# A lower infinitive of these is still their subject's own claim ("claims to have", "denied attacking").
_CLAIMING = frozenset(
    {"claim", "admit", "acknowledge", "confess", "boast", "profess", "recommend", "propose", "suggest"}
)
# "called A an ally of B", "described the pact as a mistake": who says so holds that it is one, that there is one.
DESCRIBING = frozenset(
    {
        "call",
        "brand",
        "label",
        "dub",
        "term",
        "describe",
        "denounce",
        "portray",
        "depict",
        "deem",
        "regard",
        "consider",
    }
)
_QUOTING = frozenset({"quote", "cite"})
_SURE = frozenset(
    {"convinced", "persuaded", "certain", "sure", "confident", "adamant", "afraid", "worried", "concerned", "hopeful", "satisfied",
     "doubtful", "unconvinced", "aware"}
)  # fmt: skip
# "called the story that A armed B a lie"
_LIES = frozenset(
    {"lie", "nonsense", "fabrication", "fiction", "slander", "propaganda", "rubbish", "false", "baseless", "unfounded", "untrue",
     "absurd", "ridiculous", "invention", "fantasy", "libel", "smear", "wrong", "invented", "groundless", "hoax", "tale"}
)  # fmt: skip
# "in the words of A", "in A's view", "by A's account"
_WORDING = frozenset(
    {
        "word",
        "view",
        "opinion",
        "account",
        "telling",
        "judgment",
        "judgement",
        "estimation",
        "reckoning",
        "assessment",
    }
)
CALLING = frozenset({"call", "push", "press", "appeal", "argue", "plead", "lobby"})
# ", the minister said on Tuesday," is short; anything longer between commas is a clause of its own.
_LONGEST_INTERJECTION = 12


@dataclass(frozen=True, slots=True)
class Step:
    """One edge on the way up.

    Attributes:
        child: where we come from.
        parent: where we arrive.
        cue: whether the parent reports what somebody says and the child is (part of) what is said.
    """

    child: Word
    parent: Word
    cue: bool


def climb(view: View, anchor: Word) -> list[Step]:
    """Return the steps from `anchor` to the root of its sentence."""
    steps: list[Step] = []
    child = anchor
    for parent in view.sent.up(anchor):
        # "accused A of arming B": the parse may hang "of" on A, so that A stands on the way.
        of_object = (
            bool(steps) and steps[-1].child.dep == "prep" and child.dep == "dobj" and parent.lemma in BLAMING
        )
        steps.append(Step(child, parent, of_object or _is_cue(view, child, parent)))
        child = parent
    return steps


def _is_cue(view: View, child: Word, parent: Word) -> bool:
    has = view.lexicon.has
    if parent.is_noun:
        return parent.lemma in CLAIM_NOUNS and (
            child.dep in ("acl", "ccomp", "relcl")
            and (_has_that(view, child) or _is_done_already(view, child))
        )
    if is_state_of_mind(parent):
        return child.dep == "ccomp" and child.i > parent.i
    if not parent.is_verb or _is_parted(view, child, parent):
        return False
    key = view.clauses.key(parent)
    denies, demands = has("denying", parent.lemma), has("demanding", parent.lemma) or has("demanding", key)
    by_label = {
        "prep": (parent.lemma in BLAMING and child.lower in ("of", "for", "against", "over", "in"))
        or (child.lower == "as" and (denies or parent.lemma in _QUOTING or _is_described_as(view, child)))
        or is_call_for(parent, child)
        or (parent.lemma in _CLAIMING and child.lower == "to"),
        "dobj": ((denies or calls_a_lie(view, parent)) and child.lemma in CLAIM_NOUNS)
        or _has_description(view, child, parent),
        "oprd": parent.lemma in DESCRIBING and child.lemma in view.lexicon.roles,
        "nsubjpass": denies and child.lemma in CLAIM_NOUNS,
        "ccomp": denies or demands or has("cue", parent.lemma) or has("cue", key) or is_state_of_mind(parent),
        "xcomp": denies or demands or parent.lemma in _CLAIMING,
    }
    return by_label.get(child.dep, False)


def _is_parted(view: View, child: Word, parent: Word) -> bool:
    """Whether "A did this; B said that": what stands before a semicolon is not what B said behind it."""
    return any(word.text == ";" for word in view.sent.words[child.i : parent.i])


def is_state_of_mind(word: Word) -> bool:
    """Whether it is "convinced" of "A is convinced that": whose mind it is stands before it."""
    return word.lower in _SURE and word.tag in ("JJ", "VBN")


def _is_done_already(view: View, verb: Word) -> bool:
    """Whether it is "the claim to have done": an infinitive of what is over."""
    auxiliaries = [kid.lower for kid in view.sent.kids(verb, "aux")]
    return auxiliaries[:2] == ["to", "have"]


def calls_a_lie(view: View, verb: Word) -> bool:
    """Whether it is "called it a lie", "described it as baseless": so it is denied."""
    if verb.lemma not in DESCRIBING:
        return False
    named = [*view.sent.kids(verb, "oprd", "xcomp", "ccomp", "acomp")]
    # "as baseless" may hang on the verb of the claim itself.
    behind = view.sent.words[verb.i + 1 :]
    named += [word for word in behind if view.sent.words[word.i - 1].lower == "as"]
    return any(word.lemma in _LIES for word in named)


def _has_description(view: View, thing: Word, verb: Word) -> bool:
    """Whether it is a tie that somebody describes: "described the alliance between A and B as a mistake"."""
    described = verb.lemma in DESCRIBING and thing.lemma in view.lexicon.nouns
    return described and any(kid.lower == "as" for kid in view.sent.kids(verb, "prep"))


def _is_described_as(view: View, preposition: Word) -> bool:
    """Whether the word behind "as" is what somebody is said to be: "described A as an ally of B"."""
    verb = view.sent.head(preposition)
    return (
        verb is not None
        and verb.lemma in DESCRIBING
        and any(one.lemma in view.lexicon.roles for one in view.sent.kids(preposition, "pobj"))
    )


def is_as_put(view: View, verb: Word) -> bool:
    """Whether it is the verb of "as A put it", "as A sees it", which tells whose words stand beside it."""
    marked = any(kid.lower == "as" for kid in view.sent.kids(verb, "mark", "advmod"))
    return (
        verb.lemma in ("put", "see", "tell", "have")
        and marked
        and any(kid.lower == "it" for kid in view.sent.kids(verb, "dobj"))
    )


def _nouns_told(view: View, clause: Word) -> list[Word]:
    """The noun of "A's line is that ...", "it is A's belief that ..."."""
    be = view.sent.head(clause) if clause.dep == "ccomp" else None
    if be is None or be.lemma != "be" or not _has_that(view, clause):
        return []
    return [kid for kid in view.sent.kids(be, "nsubj", "attr") if kid.lemma in CLAIM_NOUNS]


def is_wording(noun: Word) -> bool:
    """Whether it is the noun of "in the words of A", "in A's view"; who "A" is may turn out to be nobody."""
    return noun.lemma in _WORDING


def _saying(view: View, quoting: Word) -> list[Word]:
    """The verb behind "quoted A as", by which A says it."""
    ases = [prep for prep in view.sent.kids(quoting, "prep") if prep.lower == "as"]
    return [verb for prep in ases for verb in view.sent.kids(prep, "pcomp") if verb.is_verb]


def is_call_for(verb: Word, preposition: Word) -> bool:
    """Whether it is "calls for sanctions", "pressed for talks": what hangs on it is demanded."""
    return verb.lemma in CALLING and preposition.lower == "for" and preposition.i > verb.i


def _has_that(view: View, clause: Word) -> bool:
    return any(
        kid.lower == "that" and kid.dep in ("mark", "nsubj", "dobj", "advmod")
        for kid in view.sent.kids(clause)
    )


def cues_beside(view: View, node: Word) -> list[Word]:
    """Find cues: "according to A", ", A said," and "as A said" hang on the verb of what is said."""
    found: list[Word] = _nouns_told(view, node)
    for prep in view.sent.kids(node, "prep"):
        if prep.lower == "according":
            found.append(prep)
        elif prep.lower in ("in", "by"):
            found.extend(noun for noun in view.sent.kids(prep, "pobj") if is_wording(noun))
    for kid in view.sent.kids(node, "parataxis", "advcl", "ccomp"):
        if is_as_put(view, kid):
            found.append(kid)
            continue
        if kid.lemma in _QUOTING and kid.dep == "parataxis":
            found.extend([*_saying(view, kid), kid])
            continue
        if (
            not kid.is_verb
            or not view.lexicon.has("cue", kid.lemma)
            or view.sent.kid(kid, "ccomp") is not None
        ):
            continue
        has_as = any(mark.lower == "as" for mark in view.sent.kids(kid, "mark"))
        interjected = kid.dep in ("parataxis", "ccomp") and _between_commas(view, kid)
        if has_as or interjected:
            found.append(kid)
    return found


def _between_commas(view: View, verb: Word) -> bool:
    words = view.sent.below(verb)
    first, last = words[0].i, words[-1].i
    before = view.sent.words[first - 1].text if first > 0 else ""
    after = view.sent.words[last + 1].text if last + 1 < len(view.sent.words) else "."
    return (
        len(words) <= _LONGEST_INTERJECTION
        and (before in (",", "\u2014", "-") or words[0].text == ",")
        and (after in (",", ".", "\u2014", "-") or words[-1].text in (",", "."))
    )
