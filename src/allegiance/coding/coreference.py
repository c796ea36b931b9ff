"""Whom a pronoun stands for: conservative, from the same sentence or the one before; nobody where it isn't plain."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from allegiance.coding import speakers
from allegiance.coding.clauses import BLAMING
from allegiance.coding.climb import CLAIM_NOUNS, cues_beside

if TYPE_CHECKING:
    from allegiance.coding.discourse import Discourse
    from allegiance.coding.finding import View
    from allegiance.coding.parse import Word
    from allegiance.coding.party import Party

# Sentences back in which one who is only "he" in "he said" spoke last.
_SPOKE_LAST = 2
_FIRST = frozenset({"i", "we", "me", "us", "my", "our", "myself", "ourselves"})
_PERSON = frozenset({"he", "she", "him", "her", "his", "himself", "herself"})
_THING = frozenset({"it", "its", "itself"})
_MANY = frozenset({"they", "them", "their", "themselves"})
# What one does to actors, never to offers, claims and events.
# Acts that answer what somebody did, and the words before what he did.
_ANSWERING = frozenset({"accuse", "sanction", "threaten", "protest", "reject", "support", "coerce"})
_OVER = frozenset({"over", "for", "to"})
_HELPING = frozenset({"support", "aid", "supply", "finance"})
_HOSTILE = frozenset({"assault", "coerce", "sanction", "threaten"})
_DONE_TO_ACTORS = frozenset({"aid", "supply", "finance", "assault", "sanction", "coerce"})


def resolve(discourse: Discourse, view: View, word: Word) -> list[Party]:
    """Return the parties that the pronoun `word` stands for, marked ``via="pronoun"``."""
    lower = word.lower
    if lower in _FIRST:
        found = _speakers_around(discourse, word)
    elif lower in _PERSON | _THING | _MANY:
        found = (
            _spoken_of(discourse, view, word)
            or _of_who_tells(view, word)
            or _who_claims(view, word)
            or _helped(view, word)
            or _confronted(view, word)
            or _opposite(view, word)
            or _answerable(view, word)
            or _spoke_last(discourse, view, word)
            or _in_sentence(discourse, view, word)
            or _before(discourse, view, word)
        )
    else:
        found = []
    return [
        # Who has no name keeps his words as a holder: "an Iranian commentator", not "he".
        replace(party, text=party.text if party.anonymous else word.text, word=word.i, via="pronoun")
        for party in found
    ]


def _spoken_of(discourse: Discourse, view: View, word: Word) -> list[Party]:
    """Whom a quotation that names nobody before the pronoun is said to be of: "'They attacked us,' A said of B"."""
    quote = next(iter(reversed(discourse.quotes_at(word.start))), None)
    speaker = discourse.speaker(quote) if quote is not None else None
    if quote is None or speaker is None or speaker.sentence < 0:
        return []
    if any(
        quote.start <= one.start and view.finder.mention_at(one) is not None
        for one in view.sent.words[: word.i]
    ):
        return []
    around = discourse.views[speaker.sentence]
    return around.parties(around.clauses.behind(speaker.word, "of", "about"))


def _of_who_tells(view: View, word: Word) -> list[Party]:
    """Whose the speaker or what was hit is: "A won't attack B, its minister said", "A accused B of attacking its troops"."""
    noun = view.sent.head(word) if word.dep == "poss" else None
    verb = view.sent.head(noun) if noun is not None else None
    if noun is None or verb is None or not verb.is_verb:
        return []
    above = view.sent.head(verb)
    if verb.dep == "acl" and noun.dep == "dobj" and above is not None and above.lemma in CLAIM_NOUNS:
        # "A's allegation that B had attacked its posts": whom B hits is who complains.
        hits = {frame.act for frame in view.lexicon.verbs.get(view.clauses.key(verb), ())} & _HOSTILE
        found = view.finder.owners_before(above) if hits else []
        return found if found and _agrees(view, word, found) else []
    above = next((one for one in view.sent.up(verb) if one.is_verb), None)
    if above is None:
        return []
    speaks = noun.dep == "nsubj" and verb.dep == "parataxis" and view.lexicon.has("cue", verb.lemma)
    hit = (
        noun.dep == "dobj"
        and verb.dep == "pcomp"
        and above.lemma in BLAMING
        and bool(view.lexicon.verbs.get(view.clauses.key(verb)))
    )
    found = view.parties(view.clauses.doers(above)) if speaks or hit else []
    return found if found and _agrees(view, word, found) else []


def _who_claims(view: View, word: Word) -> list[Party]:
    """Whose claim it is: "A's boast that it had attacked B" is of A."""
    clause = view.sent.head(word) if word.dep in ("nsubj", "nsubjpass") else None
    claim = view.sent.head(clause) if clause is not None and clause.dep in ("acl", "relcl", "ccomp") else None
    if claim is None or claim.lemma not in CLAIM_NOUNS:
        return []
    above = view.sent.head(claim)
    # "A rejected B's assertion that it had armed C": it is A who is said to have done so.
    answers = claim.dep == "dobj" and above is not None and view.lexicon.has("denying", above.lemma)
    found = (
        view.parties(view.clauses.doers(above))
        if answers and above is not None
        else view.finder.owners_before(claim)
    )
    return found if found and _agrees(view, word, found) else []


def _helped(view: View, word: Word) -> list[Party]:
    """Who is helped in what is theirs: of "supported B in its effort to defeat C" the effort is B's."""
    noun = view.sent.head(word) if word.dep == "poss" else None
    preposition = view.sent.head(noun) if noun is not None and noun.dep == "pobj" else None
    verb = view.sent.head(preposition) if preposition is not None else None
    if preposition is None or verb is None or not verb.is_verb or preposition.lower not in ("in", "with"):
        return []
    acts = {frame.act for frame in view.lexicon.verbs.get(view.clauses.key(verb), ())}
    slots = [
        slot
        for frame in view.lexicon.verbs.get(view.clauses.key(verb), ())
        for slot in frame.slots
        if slot != "obj"
    ]
    whom = [*view.clauses.undergoers(verb), *view.clauses.behind(verb, *slots)]
    helped = view.parties(one for one in whom if one != noun) if acts & _HELPING else []
    return helped if helped and _agrees(view, word, helped) else []


def _confronted(view: View, word: Word) -> list[Party]:
    """The only ones in the plural behind a singular subject: "A stands with the Bs as they fight C"."""
    if word.lower not in _MANY or word.dep != "nsubj":
        return []
    subject = next((one for one in reversed(view.sent.words[: word.i]) if one.dep == "nsubj"), None)
    if subject is None or subject.tag not in ("NN", "NNP") or len(view.sent.conjuncts(subject)) > 1:
        return []
    plural = [
        one
        for one in view.sent.words[subject.i + 1 : word.i]
        if one.dep in ("dobj", "pobj", "dative")
        and (one.tag in ("NNS", "NNPS") or len(view.sent.conjuncts(one)) > 1)
        and view.finder.all(one)
    ]
    return view.finder.all(plural[0]) if len(plural) == 1 else []


def _opposite(view: View, word: Word) -> list[Party]:
    """The only other one of a main clause: "A cut ties with B, accusing it of treason"; A doesn't accuse itself."""
    clause = view.sent.head(word)
    main = view.sent.head(clause) if clause is not None else None
    if clause is None or main is None or word.dep != "dobj" or word.lower not in _THING | _MANY:
        return []
    if clause.dep != "advcl" or clause.tag != "VBG" or clause.i < main.i or not main.is_verb:
        return []
    subjects = {party.actor for party in view.parties(view.clauses.subjects(main))}
    named = {
        party.actor: party
        for one in view.sent.words[: clause.i]
        if view.finder.mention_at(one) is not None or one.is_noun
        for party in view.finder.at(one)
        if party.known and party.actor not in subjects
    }
    found = list(named.values())
    return found if subjects and len(found) == 1 else []


def _answerable(view: View, word: Word) -> list[Party]:
    """The only one behind the verb whose deed is answered: "imposed sanctions on B over its support for C"."""
    noun = view.sent.head(word) if word.dep == "poss" and word.lower in _THING | _MANY else None
    prep = view.sent.head(noun) if noun is not None and noun.dep == "pobj" else None
    verb = next((one for one in view.sent.up(prep) if one.is_verb), None) if prep is not None else None
    if prep is None or verb is None or verb.i > prep.i or prep.lower not in _OVER:
        return []
    if prep.lower == "to" and view.sent.words[prep.i - 1].lower not in ("response", "reaction", "answer"):
        return []
    acts = {frame.act for frame in view.lexicon.verbs.get(view.clauses.key(verb), ())}
    things = view.clauses.undergoers(verb)
    acts |= {frame.act for one in things for frame in view.lexicon.nouns.get(one.lemma, ())}
    if not acts & _ANSWERING:
        return []
    own = {party.actor for party in view.parties(view.clauses.subjects(verb))}
    named: dict[str, Party] = {}
    for one in view.sent.words[verb.i + 1 : prep.i]:
        for party in view.finder.at(one) if one.is_noun and one.dep != "compound" else ():
            if party.known and party.actor not in own:
                named.setdefault(party.actor, party)
    found = list(named.values())
    return found if len(found) == 1 and not any(one.person for one in found) else []


def _spoke_last(discourse: Discourse, view: View, word: Word) -> list[Party]:
    """The speaker of the sentence before, where the pronoun speaks on: "an analyst said. He added"."""
    cue = view.sent.head(word)
    if word.dep != "nsubj" or cue is None or not view.lexicon.has("cue", cue.lemma):
        return []
    inside = len(discourse.quotes_at(word.start))
    number = view.sent.number
    for earlier in reversed(discourse.views[max(0, number - _SPOKE_LAST) : number]):
        for one in _main_cues(earlier):
            if len(discourse.quotes_at(one.start)) != inside:
                continue
            found = [party for party in speakers.of_cue(earlier, one) if _may_speak_on(earlier, word, party)]
            return found if len(found) == 1 else []
    return []


def _main_cues(view: View) -> list[Word]:
    """The "said" that governs a sentence, or stands beside its main verb."""
    root = next((one for one in view.sent.words if one.head == one.i), None)
    if root is None:
        return []
    return [
        *([root] if root.is_verb and view.lexicon.has("cue", root.lemma) else []),
        *cues_beside(view, root),
    ]


def _may_speak_on(view: View, pronoun: Word, party: Party) -> bool:
    """Whether "he" or "it" may stand for who spoke before."""
    if party.person or party.label == "PERSON":
        return pronoun.lower in _PERSON
    head = view.sent.words[party.word]
    if party.via == "pronoun":
        return (head.lower in _PERSON) == (pronoun.lower in _PERSON)
    is_paper = view.lexicon.has("papers", head.lemma) or head.tag == "NNP"
    return head.tag in ("NN", "NNP") and is_paper == (pronoun.lower in _THING)


def _speakers_around(discourse: Discourse, word: Word) -> list[Party]:
    for quote in reversed(discourse.quotes_at(word.start)):
        speaker = discourse.speaker(quote)
        if speaker is not None:
            return [party for party in speaker.parties if party.known or not party.anonymous]
    return []


def _in_sentence(discourse: Discourse, view: View, word: Word) -> list[Party]:
    """The nearest subject before the pronoun, not of the pronoun's own clause."""
    sent = view.sent
    own = _clause_of(view, word)
    for one in reversed(sent.words[: word.i]):
        if one.dep not in ("nsubj", "nsubjpass") or one.tag in ("PRP", "WDT", "WP", "EX", "DT"):
            continue
        if len(discourse.quotes_at(one.start)) != len(discourse.quotes_at(word.start)):
            continue
        if (_clause_of(view, one) == own and not _is_possessive(word)) or _is_plural_for_it(word, one):
            continue
        if _only_reports(view, one, word):
            return []
        if word.lower in ("its", "it") and _another_between(view, one, word):
            return []
        found = _without_own(view, one, word)
        return found if found and _agrees(view, word, found) else []
    return []


def _only_reports(view: View, subject: Word, pronoun: Word) -> bool:
    """Whether it is B of "A still arms C, as even B admits, and its ...": the sentence goes on about A."""
    cue = view.sent.head(subject)
    return (
        cue is not None
        and cue.dep == "advcl"
        and pronoun not in view.sent.below(cue)
        and view.lexicon.has("cue", cue.lemma)
        and any(mark.lower == "as" for mark in view.sent.kids(cue, "mark", "advmod", "prep"))
    )


def _is_plural_for_it(word: Word, subject: Word) -> bool:
    """Whether "its" can't be the subject's: "the group said that troops had shelled its positions"."""
    return word.lower in _THING and subject.tag == "NNS"


def _is_possessive(word: Word) -> bool:
    """Whether it may stand for its own clause's subject: "his", "himself", but not "him"."""
    return word.tag == "PRP$" or word.lower.endswith(("self", "selves"))


def _another_between(view: View, subject: Word, word: Word) -> bool:
    """Whether it could as well be the object ("A fined B over its exports", "A will expel B if it buys oil")."""
    own = set(view.sent.below(subject))
    if not _is_possessive(word):
        # "A seized the port, and B branded it a robber": B is not "it"
        clause = view.sent.head(word)
        for beside in view.sent.kids(clause, "nsubj") if clause is not None and clause.is_verb else ():
            own.update(view.sent.below(beside))
    for other in view.sent.words[subject.i : word.i]:
        if other.dep == "nsubj" and _is_plural_for_it(word, other):
            own.update(view.sent.below(other))
    return any(
        view.finder.mention_at(one) is not None and one not in own
        for one in view.sent.words[subject.i : word.i]
    )


def _without_own(view: View, subject: Word, word: Word) -> list[Party]:
    """The parties of a subject, but for the one in whose phrase the pronoun stands ("A and its ally B")."""
    joined = view.sent.conjuncts(subject)
    apart = [one for one in joined if word not in view.sent.below(one) or one == subject]
    if len(apart) < len(joined):
        return [party for one in apart for party in view.finder.at(one)]
    return view.finder.all(subject)


def _before(discourse: Discourse, view: View, word: Word) -> list[Party]:
    """The only subject of the sentence before; for an object only where it is plain that it's no thing or event."""
    number = view.sent.number
    if number == 0 or not (word.dep in ("nsubj", "nsubjpass", "poss") or _is_acted_on(view, word)):
        return []
    last = discourse.views[number - 1]
    if "\n\n" in discourse.text[last.sent.end : view.sent.start]:
        return []
    inside = bool(discourse.quotes_at(word.start))
    for one in last.sent.words:
        if one.dep not in ("nsubj", "nsubjpass") or bool(discourse.quotes_at(one.start)) != inside:
            continue
        goes_on = one.tag == "PRP" and one.lower == word.lower and one.dep == word.dep == "nsubj"
        if one.tag in ("PRP", "WDT", "WP", "EX", "DT") and not goes_on:
            return []
        found = last.finder.all(one)
        if word.dep not in ("nsubj", "nsubjpass", "poss") and _takes_part(view, word, found):
            return []
        return found if found and _agrees(last, word, found) else []
    return []


def _is_acted_on(view: View, word: Word) -> bool:
    """Whether an object pronoun must be one who can be acted on: "rejected it" may mean an offer, "armed it" may not."""
    verb = next((one for one in view.sent.up(word) if one.is_verb), None)
    if verb is None or word.dep not in ("dobj", "pobj", "dative"):
        return False
    if word.lower in _PERSON:
        return True
    preposition = view.sent.head(word)
    acts = {frame.act for frame in view.lexicon.verbs.get(verb.lemma, ())}
    if (
        word.dep == "pobj"
        and preposition is not None
        and preposition.lower in ("from", "to", "with", "against")
    ):
        return bool(acts) or verb.lemma in view.lexicon.phrases
    return word.dep == "dobj" and bool(acts & _DONE_TO_ACTORS)


def _takes_part(view: View, word: Word, found: list[Party]) -> bool:
    """Whether one of `found` is already the subject that acts on the pronoun: "it" would be "itself"."""
    verb = next((one for one in view.sent.up(word) if one.is_verb), None)
    if verb is None:
        return False
    own = {party.actor for party in view.parties(view.clauses.subjects(verb))}
    return any(party.actor in own for party in found)


def _clause_of(view: View, word: Word) -> int:
    """The verb whose clause `word` stands in."""
    return next((one.i for one in view.sent.up(word) if one.is_verb), -1)


def _agrees(view: View, word: Word, parties: list[Party]) -> bool:
    """Whether the pronoun may stand for parties named in `view` by what kind they are."""
    lower = word.lower
    if lower in _PERSON:
        return len(parties) == 1 and _is_person(view, parties[0])
    if lower in _THING:
        # The pipeline's label is not asked: it takes many a state that it doesn't know for a person.
        return len(parties) == 1 and not parties[0].person
    return True


def _is_person(view: View, party: Party) -> bool:
    """Whether it is one by name, or a single holder of an office ("Dravia's foreign minister")."""
    head = view.sent.words[min(party.word, len(view.sent.words) - 1)]
    office = head.tag == "NN" and view.lexicon.has("officials", head.lemma)
    return bool(party.person) or party.label == "PERSON" or (office and party.via != "pronoun")
