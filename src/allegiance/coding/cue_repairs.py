"""Puts right what the small pipeline mistakes around cues: who speaks, what is said, of what somebody is accused."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from allegiance.coding.clauses import BLAMING
from allegiance.coding.climb import CALLING, CLAIM_NOUNS
from allegiance.coding.parse import Sentence

if TYPE_CHECKING:
    from allegiance.coding.lexicon import Lexicon
    from allegiance.coding.parse import Word

_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_DAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
_CLOSING = frozenset({"\u201d", "''", '"', "\u00bb"})


def repaired(sent: Sentence, lexicon: Lexicon) -> Sentence:
    """Return `sent` with speakers and what they say hung where they belong."""
    sent = _with_claim_first(_with_according_out(_with_cue_seen(sent, lexicon)))
    sent = _with_have_seen(_with_that_first(sent))
    sent = _with_finite_verb(_with_speaker_seen(_with_subject_seen(sent), lexicon))
    sent = _with_clause_said(_with_blame_back(sent), lexicon)
    return _with_demanded(_with_claim_closed(sent), lexicon)


def _with_cue_seen(sent: Sentence, lexicon: Lexicon) -> Sentence:
    """Mend "Lind doubts that A ...", "friends of Vane whisper that A ..." where the cue was taken for a noun."""
    for cue in sent.words[1:-1]:
        name, that = sent.words[cue.i - 1], sent.words[cue.i + 1]
        told = sent.words[that.head]
        fits = (
            lexicon.has("cue", cue.lemma)
            and cue.text.islower()
            and that.lower == "that"
            and that.dep == "mark"
        )
        mistaken = cue.tag in ("NN", "NNS") or (
            cue.tag == "VBZ" and name.head == cue.i and name.dep == "amod"
        )
        if not fits or not mistaken or not name.text[:1].isupper() or told.i < cue.i:
            continue
        inside = {one.i for one in sent.below(told)}
        if any(
            (one.tag in _FINITE or one.tag == "MD") and one.i not in inside and one != cue
            for one in sent.words
        ):
            continue
        above = sent.words[cue.head]
        root = next(one for one in (cue, *sent.up(cue)) if one.head == one.i)
        behind_preposition = cue.dep == "pobj" and above.tag == "IN"
        moved = {name.i: replace(name, tag="NNP", head=cue.i, dep="nsubj")}
        if behind_preposition:
            moved[name.i] = replace(name, tag="NNP", head=above.i, dep="pobj")
        if root not in (cue, name):
            moved[root.i] = replace(root, head=cue.i, dep="nsubj")
        moved[told.i] = replace(told, head=cue.i, dep="ccomp")
        moved[cue.i] = replace(cue, tag="VBZ" if cue.lower.endswith("s") else "VBP", head=cue.i, dep="ROOT")
        return _moved(sent, moved)
    return sent


def _with_according_out(sent: Sentence) -> Sentence:
    """Mend "A told B, according to C, that D ...", where C's account was taken for a part of what A told."""
    moved: dict[int, Word] = {}
    for word in sent.words:
        clause = sent.words[word.head]
        mark = sent.kid(clause, "mark")
        if word.lower == "according" and mark is not None and word.i < mark.i and clause.dep == "ccomp":
            moved[word.i] = replace(word, head=clause.head)
    return _moved(sent, moved)


def _with_claim_first(sent: Sentence) -> Sentence:
    """Mend "A's admission that B had shelled C surprised nobody" where the admission was taken for who shelled."""
    for verb in sent.words:
        mark, claim = sent.kid(verb, "mark"), sent.kid(verb, "nsubj")
        if mark is None or claim is None or claim.lemma not in CLAIM_NOUNS or verb.head != verb.i:
            continue
        if claim.i < mark.i and mark.lower == "that" and len(sent.kids(verb, "nsubj")) > 1:
            top = {
                claim.i: replace(claim, head=claim.i, dep="ROOT"),
                verb.i: replace(verb, head=claim.i, dep="acl"),
            }
            return _moved(sent, top)
    return sent


def _with_that_first(sent: Sentence) -> Sentence:
    """Mend "That A helps B is no secret" where B was taken for the subject of the last verb."""
    that = next((word for word in sent.words if word.text[:1].isalnum()), sent.words[0])
    subject = sent.words[that.head]
    verb = sent.words[subject.head]
    if that.text != "That" or subject.tag != "NNP" or subject.dep != "nsubj" or sent.kid(verb, "dobj"):
        return sent
    later = sent.kid(verb, "ccomp")
    taken = sent.kid(later, "nsubj", "nsubjpass") if later is not None else None
    if later is None or taken is None or sent.below(taken)[0].i != verb.i + 1:
        return sent
    top = later.i if verb.head == verb.i else verb.head
    moved = {
        that.i: replace(that, tag="IN", head=verb.i, dep="mark"),
        taken.i: replace(taken, head=verb.i, dep="dobj"),
        later.i: replace(later, head=top, dep=verb.dep),
        verb.i: replace(verb, head=later.i, dep="csubj"),
    }
    moved |= {kid.i: replace(kid, head=later.i) for kid in sent.kids(verb, "parataxis", "punct")}
    return _moved(sent, moved)


def _with_have_seen(sent: Sentence) -> Sentence:
    """Mend "A had, against all advice, armed B" where the helping verb was taken for the main one."""
    for have in sent.words[:-1]:
        apart = have.lemma == "have" and have.tag in _FINITE and sent.words[have.i + 1].text == ","
        if not apart or sent.kid(have, "dobj", "xcomp") or have.dep == "aux":
            continue
        joined = (*sent.kids(have, "conj", "ccomp"), *sent.kids(sent.words[have.head], "conj", "ccomp"))
        verb = next((one for one in joined if one.i > have.i and one.tag in ("VBD", "VBN")), None)
        if verb is None or sent.kid(verb, "nsubj", "nsubjpass", "aux"):
            continue
        top = verb.i if have.head == have.i else have.head
        moved = {kid.i: replace(kid, head=verb.i) for kid in sent.kids(have)}
        moved[verb.i] = replace(verb, tag="VBN", head=top, dep=have.dep)
        moved[have.i] = replace(have, head=verb.i, dep="aux")
        return _moved(sent, moved)
    return sent


def _with_finite_verb(sent: Sentence) -> Sentence:
    """Mend "Corvian generals threatened to bomb B" where the only verb was taken for a participle."""
    for verb in sent.words:
        noun = sent.words[verb.head]
        alone = (
            verb.dep in ("acl", "amod")
            and verb.tag in ("VBN", "VBD")
            and noun.head == noun.i
            and noun.is_noun
        )
        beside = {one.i for kid in sent.kids(verb) for one in sent.below(kid)}
        beside |= {one.i for kid in sent.kids(noun, "parataxis") for one in sent.below(kid)}
        others = [one for one in sent.words if one != verb and one.i not in beside]
        whole = sent.kid(verb, "nsubj", "nsubjpass", "mark", "agent") is not None
        if (
            not alone
            or whole
            or verb.i < noun.i
            or any(one.tag in _FINITE or one.tag == "MD" for one in others)
        ):
            continue
        if sent.kid(verb, "dobj", "xcomp", "ccomp") or any(
            kid.tag == "VB" and kid.dep == "advcl" for kid in sent.kids(verb)
        ):
            top = {
                verb.i: replace(verb, head=verb.i, dep="ROOT", tag="VBD"),
                noun.i: replace(noun, head=verb.i, dep="nsubj"),
            }
            top |= {kid.i: replace(kid, head=verb.i) for kid in sent.kids(noun, "parataxis", "punct")}
            purpose = {
                kid.i: replace(kid, dep="xcomp")
                for kid in sent.kids(verb, "advcl")
                if kid.tag == "VB"
                and verb.lemma in ("threaten", "vow", "promise", "pledge", "refuse", "agree")
            }
            return _moved(sent, top | purpose)
    return sent


def _with_speaker_seen(sent: Sentence, lexicon: Lexicon) -> Sentence:
    """Mend "... ?” asked a senator", "the general recalls that" where the speaker was taken for object or adjective."""
    moved: dict[int, Word] = {}
    for word in sent.words:
        if word.dep == "nsubj" and word.tag == "JJ" and sent.kid(word, "det") is not None:
            moved[word.i] = replace(word, tag="NN")
        if (
            word.tag not in _FINITE
            or not lexicon.has("cue", word.lemma)
            or sent.kid(word, "nsubj", "nsubjpass")
        ):
            continue
        before = sent.words[word.i - 1].text if word.i else ""
        speaker = sent.kid(word, "dobj")
        starts = word.i == 0 and word.text[:1].islower()
        if (before in _CLOSING or starts) and speaker is not None and speaker.i > word.i:
            moved[speaker.i] = replace(speaker, dep="nsubj")
    return _moved(sent, moved)


def _with_clause_said(sent: Sentence, lexicon: Lexicon) -> Sentence:
    """Mend "maintained until the end that A had helped B" where the clause was hung on the noun before it."""
    moved: dict[int, Word] = {}
    for verb in sent.words:
        noun = sent.words[verb.head]
        place = sent.words[noun.head].lower in ("in", "on", "at", "during", "through", "via")
        hung = (
            verb.dep in ("relcl", "acl", "ccomp")
            and noun.is_noun
            and (place or noun.lemma not in CLAIM_NOUNS)
        )
        if not hung or not _is_that_clause(sent, verb) or not sent.kid(verb, "nsubj", "nsubjpass"):
            continue
        cue = next((one for one in sent.up(noun) if one.is_verb), None)
        if (
            noun.dep in ("pobj", "npadvmod", "dobj", "dative")
            and cue is not None
            and cue.i < noun.i
            and lexicon.has("cue", cue.lemma)
            and sent.kid(cue, "ccomp") is None
        ):
            moved[verb.i] = replace(verb, head=cue.i, dep="ccomp")
    return _moved(sent, moved)


def _with_demanded(sent: Sentence, lexicon: Lexicon) -> Sentence:
    """Mend "demands that A stop" (no plural), "called for A to impose sanctions" (no purpose)."""
    moved: dict[int, Word] = {}
    for word in sent.words:
        verb = sent.head(word)
        if verb is None:
            continue
        if _is_subjunctive(sent, word) and lexicon.has("demanding", verb.lemma):
            moved[word.i] = replace(word, tag="VB")
        called = word.dep == "advcl" and word.tag == "VB" and verb.lemma in CALLING
        if called and any(mark.lower == "for" for mark in sent.kids(word, "mark")):
            moved[word.i] = replace(word, dep="ccomp")
    return _moved(sent, moved)


def _is_subjunctive(sent: Sentence, verb: Word) -> bool:
    """Whether it is the "stop" of "demands that A stop", which the tagger takes for a plural."""
    subject = sent.kid(verb, "nsubj")
    return (
        verb.tag == "VBP"
        and verb.dep == "ccomp"
        and _is_that_clause(sent, verb)
        and subject is not None
        and subject.tag in ("NN", "NNP")
        and sent.kid(subject, "conj") is None
    )


def _with_subject_seen(sent: Sentence) -> Sentence:
    """Mend "Kade blamed Corvia" where the name before the verb was taken for a circumstance."""
    for word in sent.words:
        verb = sent.words[word.head]
        loose = word.dep in ("advmod", "npadvmod", "dep") and word.tag in ("NNP", "NNPS")
        if (
            loose
            and word.i == verb.i - 1
            and verb.tag in _FINITE
            and not sent.kid(verb, "nsubj", "nsubjpass")
        ):
            return _moved(sent, {word.i: replace(word, dep="nsubj")})
    return sent


def _with_blame_back(sent: Sentence) -> Sentence:
    """Mend "accused B on Sunday of arming C and of bombing D" where "of" was hung on the day, or joined to another word."""
    moved: dict[int, Word] = {}
    for blame in sent.words:
        if blame.lemma not in BLAMING or not blame.is_verb:
            continue
        ofs = [
            word
            for word in sent.words[blame.i + 1 :]
            if word.lower in ("of", "for") and sent.kid(word, "pcomp")
        ]
        first = next((word for word in ofs if moved.get(word.i, word).head == blame.i), None)
        for word in ofs:
            above = sent.words[word.head]
            if first is None and above.lower in _DAYS and blame in sent.up(above):
                moved[word.i] = first = replace(word, head=blame.i, dep="prep")
            elif first is not None and word.dep == "conj" and above.lower != first.lower and first.i < word.i:
                moved[word.i] = replace(word, head=first.i)
    return _moved(sent, moved)


def _with_claim_closed(sent: Sentence) -> Sentence:
    """Mend "A's claim that B finances C was greeted with laughter" where C was taken for the subject of the last verb."""
    for claim in sent.words:
        told = next(
            (kid for kid in sent.kids(claim, "acl", "ccomp", "relcl") if _is_that_clause(sent, kid)), None
        )
        if claim.lemma not in CLAIM_NOUNS or told is None or sent.kid(told, "dobj") is not None:
            continue
        later = [
            *sent.kids(told, "ccomp"),
            *(kid for kid in sent.kids(claim, "acl", "relcl") if kid.i > told.i),
        ]
        verb = next((one for one in later if one.is_verb and not sent.kid(one, "mark")), None)
        subject = sent.kid(verb, "nsubj", "nsubjpass") if verb is not None else None
        if verb is None or subject is None or sent.below(subject)[0].i != told.i + 1:
            continue
        top = verb.i if claim.head == claim.i else claim.head
        return _moved(
            sent,
            {
                subject.i: replace(subject, head=told.i, dep="dobj"),
                verb.i: replace(verb, head=top, dep=claim.dep),
                claim.i: replace(claim, head=verb.i, dep=subject.dep),
            },
        )
    return sent


def _is_that_clause(sent: Sentence, verb: Word) -> bool:
    return any(kid.lower == "that" for kid in sent.kids(verb, "mark"))


def _moved(sent: Sentence, moved: dict[int, Word]) -> Sentence:
    """The sentence with some words replaced; itself where none is."""
    if not moved:
        return sent
    return Sentence(tuple(moved.get(word.i, word) for word in sent.words), sent.entities, sent.number)
