"""Who does it and to whom it is done, by grammar: subjects, objects and prepositional objects of a verb.

Looks through passives, relative clauses, control ("decided to send"), participles and joined verbs. Answers are words;
which actors they stand for is the business of `parties.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from allegiance.coding.lexicon import Lexicon
    from allegiance.coding.parse import Sentence, Word

# Verbs whose object did what stands behind "of", "for": "accused A of arming".
BLAMING = frozenset(
    {"accuse", "blame", "suspect", "criticize", "criticise", "condemn", "denounce", "thank", "praise", "charge", "convict", "fault",
     "slam", "commend", "rebuke", "warn", "censure", "applaud"}
)  # fmt: skip
_SUBJECT = ("nsubj", "csubj")
_DEEPEST = 8
# "backs and openly funds X": joined verbs that share an object stand side by side.
_NEAR = 3
# "pushed B back", "drove B out of the town": particles that the parse takes for adverbs
_DRIVING = frozenset({"push", "drive", "force", "beat", "throw", "flush"})
_PUNISHMENTS = frozenset({"sanction", "fine", "penalty", "embargo", "tariff", "ban"})
_CALLING_ON = frozenset({"call", "appeal", "rely", "count", "plead", "prevail"})
# "quoted X as saying": X says it.
_QUOTING = frozenset({"quote", "cite"})
# "spoke on X's work to support Y": the parse may hang the infinitive on the main verb.
_UNDERTAKINGS = frozenset(
    {"work", "effort", "attempt", "bid", "plan", "decision", "campaign", "struggle", "fight", "readiness"}
)
# "brought its soldiers home from B", "handed the town back to B"
_WAYS = frozenset(
    {"back", "home", "over", "away", "off", "out", "up", "down", "across", "deep", "far", "deeper"}
)
# What stands between a verb and a preposition that the parse hung too low, and which prepositions that happens to.
_BETWEEN = frozenset({"prep", "pobj", "dobj", "advmod", "agent", "npadvmod"})
_STRAYING = frozenset({"with", "to", "against", "toward", "towards", "between"})
_FARTHEST = 4
_RELATIVE = frozenset({"WDT", "WP", "WP$"})


class Clauses:
    """Grammar of one sentence's verbs."""

    def __init__(self, sent: Sentence, lexicon: Lexicon) -> None:
        self.sent = sent
        self.lexicon = lexicon

    def key(self, verb: Word) -> str:
        """Return the verb's lemma with its particle ("crack_down")."""
        particle = self.sent.kid(verb, "prt")
        if particle is None and verb.lemma in _DRIVING:
            ways = self.sent.kids(verb, "advmod", "prep")
            particle = next((way for way in ways if way.lower in ("out", "back", "away", "from")), None)
        if particle is None:
            # "brushed the offer aside": a particle that the parse takes for an adverb, where the two are a word of the tables
            known = (self.lexicon.verbs, self.lexicon.phrases)
            particle = next(
                (
                    way
                    for way in self.sent.kids(verb, "advmod")
                    if way.i > verb.i and any(f"{verb.lemma}_{way.lower}" in one for one in known)
                ),
                None,
            )
        return f"{verb.lemma}_{particle.lower}" if particle is not None else verb.lemma

    def is_passive(self, verb: Word) -> bool:
        """Whether the grammatical subject is the one it is done to."""
        for _ in range(_DEEPEST):
            if verb.dep != "conj" or verb.tag != "VBN" or self._has_own_voice(verb):
                break
            verb = self.sent.words[verb.head]  # "was seen and attacked": the first verb's voice
        if verb.tag != "VBN":
            return False
        if self.sent.kid(verb, "auxpass", "nsubjpass", "agent") is not None:
            return True
        if self.sent.kid(verb, "aux", "nsubj") is not None:
            return False
        return verb.dep in ("acl", "amod", "advcl") and self.sent.kid(verb, "dobj") is None

    def _has_own_voice(self, verb: Word) -> bool:
        return self.sent.kid(verb, "auxpass", "nsubjpass", "agent", "aux", "nsubj") is not None

    def doers(self, verb: Word, depth: int = 0) -> list[Word]:
        """Return the heads of the phrases that do what `verb` says."""
        if depth > _DEEPEST:
            return []
        if self.is_passive(verb):
            return self._by_agents(verb)
        own = [kid for kid in self.sent.kids(verb, *_SUBJECT) if not kid.is_verb]
        if own:
            return [self._antecedent(kid, verb) for kid in own]
        return self._inherited(verb, depth)

    def companions(self, verb: Word, doers: list[Word]) -> list[Word]:
        """Return with whom it is done: "A, along with B, ...", "together with B, A ...", "A, joined by B, ..."."""
        found = [
            pobj
            for one in (verb, *doers)
            for kid in self.sent.kids(one, "prep", "advmod")
            for inner in (kid, *self.sent.kids(kid, "prep"))
            if inner.lower == "with" and self.sent.words[inner.i - 1].lower in ("along", "together")
            for pobj in self.sent.kids(inner, "pobj")
        ]
        joined = (kid for one in doers for kid in self.sent.kids(one, "acl") if kid.lower == "joined")
        return [*found, *(pobj for kid in joined for pobj in self._by_agents(kid))]

    def _by_agents(self, verb: Word) -> list[Word]:
        found = [pobj for by in self.sent.kids(verb, "agent") for pobj in self.sent.kids(by, "pobj")]
        if not found:
            # "was attacked and destroyed by X": the agent hangs on the last of the joined verbs.
            for later in self.sent.kids(verb, "conj"):
                found.extend(
                    pobj for by in self.sent.kids(later, "agent") for pobj in self.sent.kids(by, "pobj")
                )
        return found

    def _antecedent(self, word: Word, verb: Word) -> Word:
        """For a relative pronoun, the noun that its clause hangs on."""
        if word.tag not in _RELATIVE and word.lower != "that":
            return word
        clause = next((one for one in (verb, *self.sent.up(verb)) if one.dep == "relcl"), None)
        noun = self.sent.head(clause) if clause is not None else None
        if noun is not None and (who := self._called_so(noun)) is not None:
            return who
        # "it was A that attacked B"; in "it was A, C said, that attacked B" the parse hangs "was" on "attacked"
        for be in (self.sent.head(verb), *self.sent.kids(verb, "ccomp")) if noun is None else ():
            dummy = self.sent.kid(be, "nsubj") if be is not None and be.lemma == "be" else None
            if be is not None and dummy is not None and dummy.lower == "it" and be.i < verb.i:
                noun = self.sent.kid(be, "attr")
        return noun if noun is not None else word

    def _called_so(self, noun: Word) -> Word | None:
        """Who is said to be it: "A is the only state that helps B" tells of A."""
        be = self.sent.head(noun) if noun.dep == "attr" and not noun.tag.startswith("NNP") else None
        subject = self.sent.kid(be, "nsubj") if be is not None and be.lemma == "be" else None
        return subject if subject is not None and subject.is_noun else None

    def _inherited(self, verb: Word, depth: int) -> list[Word]:
        """The doer of a verb that has no subject of its own."""
        head = self.sent.head(verb)
        if head is None:
            return []
        if verb.dep in ("acl", "relcl"):
            return self._of_noun_clause(verb, head, depth)
        if verb.dep == "pcomp":
            return self._of_gerund(head, depth)
        if verb.dep == "advcl" and (whose := self._whose_undertaking(verb)):
            return whose
        return self._of_governor(verb, head, depth)

    def _whose_undertaking(self, verb: Word) -> list[Word]:
        """Whose it is by the noun right before "to": "spoke on X's work to support Y" tells what X does."""
        to = next((kid for kid in self.sent.kids(verb, "aux") if kid.lower == "to"), None)
        noun = self.sent.words[to.i - 1] if to is not None and to.i > 0 else None
        return list(self.sent.kids(noun, "poss")) if noun is not None and noun.lemma in _UNDERTAKINGS else []

    def _of_governor(self, verb: Word, head: Word, depth: int) -> list[Word]:
        complement = verb.dep in ("xcomp", "ccomp")
        if complement and (told := self._told_of(head)) is not None:
            return [told]
        if not head.is_verb:
            # "is ready to help": the adjective's own head is the verb with the subject.
            above = self.sent.head(head)
            through = (complement or verb.dep == "conj") and above is not None and above.is_verb
            return self.doers(above, depth + 1) if through and above is not None else []
        if complement and (head.lemma in _CALLING_ON or self.lexicon.has("object_control", self.key(head))):
            return self._controller(head, depth) or self.subjects(head, depth + 1)
        # Of joined verbs the second's doer is the first one's subject, whatever its voice ("was founded and supports").
        shares = complement or verb.dep in ("conj", "advcl", "dep", "parataxis")
        return self.subjects(head, depth + 1) if shares else []

    def _told_of(self, cue: Word) -> Word | None:
        """Of "the firms that A says help B": the firms, though the parse hangs "help" on "says"."""
        subject = self.sent.kid(cue, "nsubj")
        own = subject is not None and subject.tag not in _RELATIVE
        if cue.dep != "relcl" or not own or not self.lexicon.has("cue", cue.lemma):
            return None
        return self.sent.head(cue)

    def _controller(self, head: Word, depth: int) -> list[Word]:
        """Whom somebody urges, or calls on, to do it."""
        if head.lemma in _CALLING_ON and (
            called := list(self.behind(head, "on", "upon", "to", "for", "with"))
        ):
            return called[:1]
        return self.undergoers(head, depth + 1)

    def _of_noun_clause(self, verb: Word, noun: Word, depth: int) -> list[Word]:
        if verb.dep == "relcl" or verb.tag == "VBG":
            return [noun]
        if self.sent.kid(verb, "aux") is None:
            return []
        # "Turkey's decision to attack", "made a decision to attack"
        owners = list(self.sent.kids(noun, "poss"))
        above = self.sent.head(noun)
        if not owners and above is not None and above.is_verb and noun.dep in ("dobj", "attr"):
            return self.doers(above, depth + 1)
        return owners or [
            kid for kid in self.sent.kids(noun, "amod", "compound") if kid.tag.startswith(("NNP", "JJ"))
        ]

    def _of_gerund(self, prep: Word, depth: int) -> list[Word]:
        """Who does what a gerund says: in "accused X of arming", "thanked X for helping" the object; else the subject."""
        above = self.sent.head(prep)
        while prep.dep == "conj" and above is not None and above.tag == prep.tag:
            prep, above = above, self.sent.head(above)  # "of arming and of hiding"
        if above is None:
            return []
        if above.is_verb:
            return self._of_verb_gerund(above, prep, depth)
        owners = list(self.sent.kids(above, "poss"))
        governor = self.sent.head(above)
        if owners or governor is None or not governor.is_verb:
            return owners
        if above.dep == "dobj" and governor.lemma in BLAMING:
            return [above]  # "accused A of arming": the parse may hang "of" on A
        return self.doers(governor, depth + 1)

    def _of_verb_gerund(self, above: Word, prep: Word, depth: int) -> list[Word]:
        if prep.lower == "for" and (punished := self._punished(above)):
            return punished
        if above.lemma == "join" and prep.lower == "in":
            # "A joined B in condemning C": both condemn C
            return [*self.subjects(above, depth + 1), *self.undergoers(above, depth + 1)]
        of_object = prep.lower in ("of", "for", "from", "against", "into") or (
            prep.lower == "as" and above.lemma in _QUOTING
        )
        objects = self.undergoers(above, depth + 1)[:1] if of_object else []
        return objects or self.subjects(above, depth + 1)

    def _punished(self, verb: Word) -> list[Word]:
        """On whom a punishment falls: "imposed sanctions on B for helping C" tells what B did."""
        return [
            pobj
            for thing in self.sent.kids(verb, "dobj", "nsubjpass")
            if thing.lemma in _PUNISHMENTS
            for one in (verb, thing)
            for pobj in self.behind(one, "on", "against")
        ]

    def subjects(self, verb: Word, depth: int = 0) -> list[Word]:
        """Return the grammatical subject: of a passive the one it is done to."""
        if self.is_passive(verb):
            return self.undergoers(verb, depth)
        return self.doers(verb, depth)

    def undergoers(self, verb: Word, depth: int = 0) -> list[Word]:
        """Return the heads of the phrases to which `verb` is done: direct object, or subject of a passive."""
        if depth > _DEEPEST:
            return []
        if self.is_passive(verb):
            own = [self._antecedent(kid, verb) for kid in self.sent.kids(verb, "nsubjpass", "nsubj")]
            head = self.sent.head(verb)
            if own or head is None:
                return own
            if verb.dep in ("acl", "amod", "relcl"):
                return [head]
            if verb.dep in ("conj", "advcl", "xcomp", "ccomp") and head.is_verb:
                return self.subjects(head, depth + 1)
            return []
        return self._objects(verb)

    def _objects(self, verb: Word) -> list[Word]:
        own = [self._antecedent(kid, verb) for kid in self.sent.kids(verb, "dobj")]
        if not own:
            # "shoots down a plane": hung on the particle
            own = [pobj for prt in self.sent.kids(verb, "prt") for pobj in self.sent.kids(prt, "pobj")]
        # "urged Iran to stop": many parses make the object the subject of the lower verb.
        if not own and self.lexicon.has("object_control", self.key(verb)):
            for lower in self.sent.kids(verb, "ccomp", "xcomp"):
                if lower.tag == "VB" and self._has_to(lower):
                    own = list(self.sent.kids(lower, "nsubj"))
        if own:
            return own
        head = self.sent.head(verb)
        if verb.dep == "relcl" and head is not None and self.sent.kid(verb, "nsubj") is not None:
            subject = self.sent.kid(verb, "nsubj")
            # "the rebels (whom) Turkey backs": no object of its own, and the subject isn't the pronoun
            if subject is not None and subject.tag not in _RELATIVE:
                return [head]
        for later in self.sent.kids(verb, "conj"):
            # "backs and funds X": the object hangs on the last verb
            if later.is_verb and self.sent.kid(later, "nsubj") is None and later.i - verb.i <= _NEAR:
                return list(self.sent.kids(later, "dobj"))
        return []

    def _has_to(self, verb: Word) -> bool:
        return any(kid.lower == "to" for kid in self.sent.kids(verb, "aux"))

    def behind(self, word: Word, *prepositions: str) -> Iterator[Word]:
        """Yield the objects of the prepositions that hang on `word` (or on a preposition, "back" or "home" that does)."""
        for prep in self._prepositions(word):
            if prep.tag not in ("IN", "TO", "RP", "RB"):
                continue
            # "spoke to A and to B": the second preposition is joined to the first
            for one in self.sent.conjuncts(prep):
                if one.lower in prepositions:
                    yield from (self._antecedent(pobj, word) for pobj in self.sent.kids(one, "pobj"))
            yield from (
                pobj
                for inner in self.sent.kids(prep, "prep")
                if inner.lower in prepositions
                for pobj in self.sent.kids(inner, "pobj")
            )

    def behind_far(self, word: Word, *prepositions: str) -> list[Word]:
        """Return the objects of such prepositions to the right of `word` which the parse hung on a phrase between.

        Of "shared pictures of the coast with B" it hangs "with" on the coast, of "conferred in secret with B" on the secret.
        """
        wanted = set(prepositions) & _STRAYING
        level = (
            [kid for kid in self.sent.kids(word) if kid.i > word.i and kid.dep in _BETWEEN] if wanted else []
        )
        for _ in range(_FARTHEST):
            level = [kid for one in level for kid in self.sent.kids(one) if kid.dep in _BETWEEN]
            found = [pobj for prep in level if prep.lower in wanted for pobj in self.sent.kids(prep, "pobj")]
            if found:
                return found
        return []

    def _prepositions(self, word: Word) -> Iterator[Word]:
        for kid in self.sent.kids(word, "prep", "dative", "agent", "advmod"):
            if kid.dep != "advmod":
                yield kid
            elif kid.lower in _WAYS:
                yield from self.sent.kids(kid, "prep")

    def receivers(self, verb: Word) -> list[Word]:
        """Return to whom something is given: "gave X arms"."""
        return [kid for kid in self.sent.kids(verb, "dative") if kid.is_noun or kid.tag == "PRP"]
