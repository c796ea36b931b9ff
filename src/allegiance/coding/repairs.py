"""Puts right what the small English pipeline often mistakes, on words already cut out of its tree. No rule lives here."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from allegiance.coding import cue_repairs
from allegiance.coding.clauses import BLAMING
from allegiance.coding.climb import CLAIM_NOUNS
from allegiance.coding.parse import Sentence

if TYPE_CHECKING:
    from allegiance.coding.lexicon import Lexicon
    from allegiance.coding.parse import Word

_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_DAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
_DIRECTIONS = frozenset(
    {"north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest"}
)
_CONDITIONS = frozenset({"if", "unless", "when", "once", "should"})
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "dative", "attr"})
_RELATIVE = frozenset({"WDT", "WP", "WP$", "WRB"})


def repaired(sent: Sentence, lexicon: Lexicon) -> Sentence:
    """Return `sent` with interjected cues hung where they belong: "A bombed B, a general claimed" tells no more of B."""
    sent = _with_relative_back(_with_condition_seen(_with_name_behind_to(_with_name_back(sent))))
    sent = _with_name_in_place(_with_subject_apart(_with_main_verb(sent)))
    sent = _with_object_back(_with_verb_first(_with_verb_seen(_with_first_word(sent))))
    sent = _with_demand(_with_verb_between(_with_blame_back(sent), lexicon), lexicon)
    sent = _with_claim_apart(_with_subject_back(cue_repairs.repaired(sent, lexicon), lexicon))
    moved = {
        word.i: replace(word, head=clause.i, dep="parataxis")
        for word in sent.words
        if _is_stray_cue(sent, word, lexicon) and (clause := _clause_said(sent, word)) is not None
    }
    return _with_condition_below(_moved(sent, moved), lexicon)


def _with_name_behind_to(sent: Sentence) -> Sentence:
    """Mend "sent a note to Corvia" where the unknown name was taken for an infinitive."""
    for name in sent.words[1:]:
        to, head = sent.words[name.i - 1], sent.head(name)
        taken = name.tag == "VB" and name.text[:1].isupper() and to.lower == "to" and to.head == name.i
        bare = all(kid.i == to.i or kid.dep == "punct" for kid in sent.kids(name))
        if not (taken and bare) or head is None or not head.text.islower():
            continue  # in a headline all words are written large
        moved = {
            name.i: replace(name, tag="NNP", head=to.i, dep="pobj"),
            to.i: replace(to, tag="IN", head=head.i, dep="prep"),
        }
        return _moved(sent, moved)
    return sent


def _with_condition_seen(sent: Sentence) -> Sentence:
    """Mend "If the incident repeats, ..." where its verb was taken for a noun."""
    for mark in sent.words:
        if mark.dep != "mark" or mark.lower not in _CONDITIONS:
            continue
        comma = next((one for one in sent.words[mark.i :] if one.text == ","), None)
        verb = sent.words[comma.i - 1] if comma is not None else mark
        above = sent.head(verb)
        subject = sent.words[verb.i - 1]
        taken = verb.tag == "NNS" and verb.dep in ("nsubj", "nsubjpass", "dep") and verb.lower.endswith("s")
        if (
            not taken
            or above is None
            or above.i < verb.i
            or any(one.is_verb for one in sent.words[mark.i : verb.i])
        ):
            continue
        if (
            subject.head != verb.i
            or subject.dep not in ("compound", "amod")
            or subject.tag not in ("NN", "NNP")
        ):
            continue
        moved = {kid.i: replace(kid, head=subject.i) for kid in sent.kids(verb) if kid.i < subject.i}
        moved[subject.i] = replace(subject, dep="nsubj")
        moved[mark.i] = replace(mark, head=verb.i)
        moved[verb.i] = replace(verb, tag="VBZ", dep="advcl")
        return _moved(sent, moved)
    return sent


def _with_condition_below(sent: Sentence, lexicon: Lexicon) -> Sentence:
    """Mend "If A attacks, B said, C will answer" where the condition was hung on "said"."""
    moved: dict[int, Word] = {}
    for cue in sent.words:
        said = sent.head(cue) if cue.dep == "parataxis" else sent.kid(cue, "ccomp")
        speaker = sent.kid(cue, "nsubj")
        if said is None or speaker is None or said.i < cue.i or not lexicon.has("cue", cue.lemma):
            continue
        for clause in sent.kids(cue, "advcl"):
            mark = sent.kid(clause, "mark")
            if clause.i < speaker.i and mark is not None and mark.lower in _CONDITIONS:
                moved[clause.i] = replace(clause, head=said.i)
    return _moved(sent, moved)


def _with_blame_back(sent: Sentence) -> Sentence:
    """Mend "accused the firm C of shipping" where "of" was hung on the name beside the firm."""
    moved: dict[int, Word] = {}
    for prep in sent.words:
        noun = sent.head(prep)
        if prep.dep != "prep" or prep.lower != "of" or sent.kid(prep, "pcomp") is None:
            continue
        while noun is not None and noun.dep == "appos":
            noun = sent.head(noun)
        verb = sent.head(noun) if noun is not None else None
        if noun is None or verb is None or noun.dep not in ("dobj", "dative") or verb.lemma not in BLAMING:
            continue
        moved[prep.i] = replace(prep, head=verb.i)
        moved[noun.i] = replace(noun, dep="dobj")
    return _moved(sent, moved)


def _with_relative_back(sent: Sentence) -> Sentence:
    """Mend "A and B, which C accused of ..." where the pronoun was taken for one more of the list, and "accused" for passive."""
    for which in sent.words[2:]:
        named = sent.words[which.i - 2]
        if which.lower not in ("which", "whom") or which.dep in _ARGUMENTS or not named.is_noun:
            continue
        verb = next((one for one in sent.words[which.i :] if one.is_verb), which)
        subject = sent.words[verb.head]
        if (
            verb.tag != "VBN"
            or verb.dep != "acl"
            or subject.i < which.i
            or sent.words[which.i - 1].text != ","
        ):
            continue
        while named.dep == "conj" and named.head < named.i:
            named = sent.words[named.head]
        moved = {
            which.i: replace(which, head=verb.i, dep="dobj"),
            subject.i: replace(subject, head=verb.i, dep="nsubj"),
            verb.i: replace(verb, head=named.i, tag="VBD", dep="relcl"),
        }
        if named.head == subject.i:
            moved[named.i] = replace(named, head=subject.head, dep=subject.dep)
        return _moved(sent, moved)
    return sent


def _with_demand(sent: Sentence, lexicon: Lexicon) -> Sentence:
    """Mend "commissioned B to talk with C", "called on B to leave" where what is wanted of B was taken for a purpose."""
    moved: dict[int, Word] = {}
    for word in sent.words:
        verb, to = sent.head(word), sent.kid(word, "aux")
        if word.dep != "advcl" or word.tag != "VB" or verb is None or to is None or to.lower != "to":
            continue
        called = (
            kid
            for on in sent.kids(verb, "prep")
            if on.lower in ("on", "upon", "to")
            for kid in sent.kids(on, "pobj")
        )
        asked = sent.kid(verb, "dobj") or next(called, None)
        if asked is not None and asked.i == to.i - 1 and lexicon.has("demanding", verb.lemma):
            moved[word.i] = replace(word, dep="xcomp")
    return _moved(sent, moved)


def _with_name_back(sent: Sentence) -> Sentence:
    """Mend "met with President Holt Tuesday", "bombed a target south of it": the day or direction taken for the noun."""
    moved: dict[int, Word] = {}
    for word in sent.words:
        lower = word.lower
        side = lower in _DIRECTIONS and any(kid.lower == "of" for kid in sent.kids(word, "prep"))
        if word.i == 0 or not (side or lower in _DAYS) or word.head == word.i:
            continue
        noun = sent.words[word.i - 1]
        if noun.head != word.i or noun.dep not in ("compound", "nmod", "poss") or not noun.is_noun:
            continue
        moved[noun.i] = replace(noun, head=word.head, dep=word.dep)
        moved[word.i] = replace(word, head=noun.i, dep="npadvmod")
        for kid in sent.kids(word):
            if kid.i < noun.i:
                moved[kid.i] = replace(kid, head=noun.i)
    return _moved(sent, moved)


def _with_verb_seen(sent: Sentence) -> Sentence:
    """Mend "Turkey arms the rebels" where the verb was taken for a noun, and its subject for a part of it."""
    moved: dict[int, Word] = {}
    for word in sent.words:
        if word.head != word.i or word.i == 0 or word.tag not in ("NNS", "VBZ") or sent.kid(word, "nsubj"):
            continue
        subject = sent.words[word.i - 1]
        named = subject.head == word.i and subject.dep in ("amod", "compound") and subject.text[:1].isupper()
        # Only a verb has an object.
        verbs = (word, *(kid for kid in sent.kids(word, "conj") if kid.is_verb))
        # "Corvia arms the Red Banner": no comma, so no apposition.
        beside = sent.kid(word, "appos")
        if beside is not None and named and sent.below(beside)[0].i == word.i + 1:
            moved[beside.i] = replace(beside, dep="dobj")
        if named and (moved or any(sent.kid(one, "dobj") is not None for one in verbs)):
            moved[word.i] = replace(word, tag="VBZ")
            moved[subject.i] = replace(subject, tag="NNP", dep="nsubj")
    return _moved(sent, moved)


def _with_verb_between(sent: Sentence, lexicon: Lexicon) -> Sentence:
    """Mend "Dravia smuggles rifles to B" where subject and verb were taken for parts of the object's name."""
    for noun in sent.words[2:]:
        verb, subject = sent.words[noun.i - 1], sent.words[noun.i - 2]
        joined = verb.head == noun.i and verb.dep == "compound" and subject.dep in ("compound", "nsubj")
        if noun.head != noun.i or not noun.is_noun or not joined or subject.head not in (verb.i, noun.i):
            continue
        finite = verb.tag in ("NNS", "VBZ") and verb.text.islower() and subject.text[:1].isupper()
        if not finite or not (verb.lemma in lexicon.verbs or verb.lemma in lexicon.phrases):
            continue
        moved = {
            one.i: replace(one, head=verb.i)
            for one in sent.kids(noun)
            if one.i < subject.i or one.dep == "punct"
        }
        moved[verb.i] = replace(verb, tag="VBZ", head=verb.i, dep="ROOT")
        moved[subject.i] = replace(subject, tag="NNP", head=verb.i, dep="nsubj")
        moved[noun.i] = replace(noun, head=verb.i, dep="dobj")
        return _moved(sent, moved)
    return sent


def _with_main_verb(sent: Sentence) -> Sentence:
    """Mend "A's ministers, meeting in C, called on B" where the main verb was taken for a clause of its subject."""
    for noun in sent.words:
        if noun.head != noun.i or not noun.is_noun:
            continue
        verb = next((one for one in sent.kids(noun, "acl", "relcl") if one.tag in _FINITE), None)
        if verb is None or sent.words[verb.i - 1].text != "," or sent.kid(verb, "nsubj", "nsubjpass", "mark"):
            return sent
        moved = {one.i: replace(one, head=verb.i) for one in sent.kids(noun) if one.i > verb.i}
        moved[verb.i] = replace(verb, head=verb.i, dep="ROOT")
        moved[noun.i] = replace(noun, head=verb.i, dep="nsubj")
        return _moved(sent, moved)
    return sent


def _with_subject_apart(sent: Sentence) -> Sentence:
    """Mend "A and B, comrades in arms, fought" where what A and B are was taken for the subject, and they for its own."""
    moved: dict[int, Word] = {}
    for noun in sent.words:
        if not noun.is_noun or noun.dep not in ("nsubj", "nsubjpass"):
            continue
        named = sent.kid(noun, "nsubj")
        if named is None or not named.is_noun or named.i > noun.i or sent.kid(noun, "cop", "aux") is not None:
            continue
        if any(one.text == "," for one in sent.words[named.i : noun.i]):
            moved[named.i] = replace(named, head=noun.head, dep=noun.dep)
            moved[noun.i] = replace(noun, head=named.i, dep="appos")
    return _moved(sent, moved)


def _with_name_in_place(sent: Sentence) -> Sentence:
    """Mend "Kade met B", "B received Kade" where an unknown name was taken for an adverb."""
    moved: dict[int, Word] = {}
    for word in sent.words:
        verb = sent.head(word)
        if word.dep not in ("advmod", "npadvmod") or word.tag != "NNP" or verb is None or not verb.is_verb:
            continue
        entity = sent.entity_at(word)
        named = entity is not None and entity.label in ("PERSON", "ORG", "GPE")
        if not named and (entity is not None or word.dep != "advmod" or word.lower in _DAYS):
            continue
        if word.i < verb.i and sent.kid(verb, "nsubj", "nsubjpass", "expl") is None:
            passive = sent.kid(verb, "auxpass") is not None
            moved[word.i] = replace(word, dep="nsubjpass" if passive else "nsubj")
        elif word.i == verb.i + 1 and sent.kid(verb, "dobj", "auxpass") is None and verb.tag != "VBN":
            moved[word.i] = replace(word, dep="dobj")
    return _moved(sent, moved)


def _with_verb_first(sent: Sentence) -> Sentence:
    """Mend "Belmark imports gas" where the verb was taken for a part of its object's name."""
    moved: dict[int, Word] = {}
    for verb in sent.words:
        noun = sent.words[verb.head]
        subject = sent.kid(noun, "nsubj") or sent.kid(verb, "nsubj")
        if verb.dep != "compound" or verb.tag not in _FINITE or not noun.is_noun or subject is None:
            continue
        if not subject.i < verb.i < noun.i:
            continue
        top = verb.i if noun.head == noun.i else noun.head
        moved[verb.i] = replace(verb, head=top, dep=noun.dep)
        moved[noun.i] = replace(noun, head=verb.i, dep="dobj")
        for kid in sent.kids(noun):
            if kid.i != verb.i and (kid.i < verb.i or kid.dep in ("prep", "punct", "advmod", "conj", "cc")):
                moved[kid.i] = replace(kid, head=verb.i)
    if not moved:
        return sent
    return Sentence(tuple(moved.get(word.i, word) for word in sent.words), sent.entities, sent.number)


def _with_first_word(sent: Sentence) -> Sentence:
    """Mend "Rockets were shipped": a capital at the beginning makes no name, and a name has no singular."""
    first = sent.words[0]
    if first.tag != "NNPS" or sent.entity_at(first) is not None or not first.lower.endswith("s"):
        return sent
    return _moved(sent, {0: replace(first, tag="NNS", lemma=first.lower[:-1])})


def _with_object_back(sent: Sentence) -> Sentence:
    """Mend "If A attacks B, C will answer" where B was hung on the main verb as a second subject."""
    moved: dict[int, Word] = {}
    for verb in sent.words:
        for word in sent.kids(verb, "nsubj")[:-1]:
            clause = next((one for one in sent.kids(verb, "advcl") if one.i < word.i), None)
            last = sent.below(word)[-1].i + 1 if clause is not None else len(sent.words)
            behind = sent.words[last - 1].text == "," or (
                last < len(sent.words) and sent.words[last].text == ","
            )
            if clause is None or not behind or clause.tag not in _FINITE or sent.kid(clause, "dobj"):
                continue
            if sent.below(word)[0].i == clause.i + 1 and sent.kid(clause, "nsubj"):
                moved[word.i] = replace(word, head=clause.i, dep="dobj")
    return _moved(sent, moved)


def _with_claim_apart(sent: Sentence) -> Sentence:
    """Mend "A accused B, an allegation C rejected": C rejects it and says nothing of it."""
    for verb in sent.words:
        subject = sent.kid(verb, "nsubj")
        told = sent.kid(verb, "ccomp")
        claim = sent.kid(subject, "compound") if subject is not None else None
        if told is None or claim is None or claim.lemma not in CLAIM_NOUNS or told.i > claim.i:
            continue
        top = told.i if verb.head == verb.i else verb.head
        moved = {
            told.i: replace(told, head=top, dep=verb.dep),
            verb.i: replace(verb, head=claim.i, dep="relcl"),
            claim.i: replace(claim, head=told.i, dep="npadvmod"),
        }
        return _moved(sent, moved)
    return sent


def _moved(sent: Sentence, moved: dict[int, Word]) -> Sentence:
    """The sentence with some words replaced; itself where none is."""
    if not moved:
        return sent
    return Sentence(tuple(moved.get(word.i, word) for word in sent.words), sent.entities, sent.number)


def _with_subject_back(sent: Sentence, lexicon: Lexicon) -> Sentence:
    """Mend "Belmark, two officers believe, arms B" where both subjects were hung on the cue between the commas."""
    for cue in sent.words:
        subjects = sent.kids(cue, "nsubj")
        if len(subjects) == 1:
            # "A, an officer said, would help B": the speaker was taken for an apposition to A
            beside = [kid for kid in sent.kids(subjects[0], "appos") if sent.below(kid)[-1].i == cue.i - 1]
            subjects = (*subjects, *beside)
        if len(subjects) != 1 + 1 or cue.tag not in _FINITE or not lexicon.has("cue", cue.lemma):
            continue
        above = sent.head(cue)
        behind = [kid for kid in sent.kids(cue) if kid.i > cue.i and kid.is_verb]
        verb = above if above is not None and above.is_verb and above.i > cue.i else next(iter(behind), None)
        if verb is None or sent.kid(verb, "nsubj", "nsubjpass") or sent.words[cue.i + 1].text != ",":
            continue
        first = replace(subjects[0], head=verb.i)
        moved = {first.i: first, subjects[1].i: replace(subjects[1], head=cue.i, dep="nsubj")}
        if verb.head == cue.i:
            moved[verb.i] = replace(verb, head=verb.i if cue.head == cue.i else cue.head, dep=cue.dep)
        moved[cue.i] = replace(cue, head=verb.i, dep="parataxis")
        moved |= {
            one.i: replace(one, head=verb.i)
            for one in sent.kids(cue, "punct")
            if one.i < subjects[1].i or one.i > verb.i
        }
        return _moved(sent, moved)
    return sent


def _is_stray_cue(sent: Sentence, word: Word, lexicon: Lexicon) -> bool:
    """Whether it is a "said" with a subject of its own behind a comma, taken for a relative clause or a second clause."""
    labels = ("relcl", "appos", "acl", "conj")
    if word.dep not in labels or word.tag not in _FINITE or not lexicon.has("cue", word.lemma):
        return False
    joined = word.dep == "conj" and sent.kid(sent.words[word.head], "cc") is not None
    said_here = sent.kid(word, "ccomp", "xcomp") is not None
    told_whom = sent.kid(word, "dobj") is None or word.lemma == "tell"
    if joined or said_here or not told_whom or sent.kid(word, "nsubj") is None:
        return False
    clause = sent.below(word)
    if any(one.tag in _RELATIVE for one in clause):
        return False
    first, last = clause[0].i, clause[-1].i
    before = sent.words[first - 1].text if first > 0 else ""
    after = sent.words[last + 1].text if last + 1 < len(sent.words) else "."
    return before == "," and (after in (",", ".") or clause[-1].text in (",", "."))


def _clause_said(sent: Sentence, cue: Word) -> Word | None:
    """The verb of what is said: of the whole sentence for a cue at its end, of the clause around it in its middle."""
    verbs = [one for one in sent.up(cue) if one.is_verb]
    if not verbs:
        return None
    at_end = all(not one.text[:1].isalnum() for one in sent.words[sent.below(cue)[-1].i + 1 :])
    return verbs[-1] if at_end else verbs[0]
