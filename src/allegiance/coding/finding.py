"""What a rule finds in a sentence, before attribution and modality make a statement of it; and the view rules work on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from allegiance.coding.party import Party

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from allegiance.coding.clauses import Clauses
    from allegiance.coding.lexicon import Frame, Lexicon
    from allegiance.coding.parse import Sentence, Word
    from allegiance.coding.parties import PartyFinder

# Acts done in a place: there a capital's name means the city, elsewhere its government.
_CLUBS = frozenset({"bloc", "organisation"})
PHYSICAL = frozenset({"assault", "coerce", "mobilize", "protest", "retreat"})
_ANSWERS = frozenset({"support", "reject", "accuse", "protest", "agree"})
_HOLDING = frozenset({"hold", "control", "occupy", "man", "own", "run", "operate", "seize", "use"})
_CITY_MODES = frozenset({"arrest", "deport", "ban"})


@dataclass(frozen=True, slots=True)
class Finding:
    """One relation in a sentence.

    Attributes:
        anchor: the word that tells the act; negation and modality are read around it.
        frame: the act, with mode and sign.
        agent: who acts; None means whoever speaks (judgements).
        target: who is acted upon.
        rule: which rule found it.
        qualifiers: further named words.
        negated: whether the rule itself saw a negation.
        voice: ``speaker`` where the agent is whoever is quoted (never an outlet); ``speech`` where saying so is itself the
            speaker's act, so that it is told by the one around him.
    """

    anchor: Word
    frame: Frame
    agent: Party | None
    target: Party
    rule: str
    qualifiers: tuple[tuple[str, str], ...] = ()
    negated: bool = False
    voice: Literal["", "speaker", "speech"] = ""


@dataclass(frozen=True, slots=True)
class View:
    """Everything a rule may look at: one sentence, its clauses and parties, the tables."""

    sent: Sentence
    clauses: Clauses
    finder: PartyFinder
    lexicon: Lexicon

    def parties(self, words: Iterable[Word]) -> list[Party]:
        """Return the acting parties of some phrases, "and" distributed."""
        return _unique(party for word in words for party in self.finder.all(word))

    def doing(self, verb: Word) -> list[Party]:
        """Return who does what `verb` says, of joined ones before it only those whose clause it is."""
        doers = self.clauses.doers(verb)
        own = [
            party for word in doers for party in self.finder.all(word, verb.i if word.i < verb.i else None)
        ]
        return _unique((*own, *self.parties(self.clauses.companions(verb, doers))) if own else ())

    def targets(self, words: Iterable[Word], frame: Frame) -> list[Party]:
        """Return the parties that an act of this kind hits in some phrases: themselves, or through what is theirs."""
        found: list[Party] = []
        for word in words:
            for one in self.sent.conjuncts(word):
                found.extend(party for party in self._target(one, frame) if _can_be_target(party, frame))
        return _unique(found)

    def _target(self, word: Word, frame: Frame) -> list[Party]:
        itself = self._itself(word, frame)
        if itself or not word.is_noun:
            return itself
        # A protest is done in a place, and yet against what somebody decided.
        if frame.act in PHYSICAL and frame.act != "protest":
            has = self.lexicon.has
            held = has("holdings", word.lemma) or has("hit", word.lemma)
            return self._owners_of_holding(word) if held else []
        if frame.act == "sanction":
            # "tariffs on B's steel", "curbs on fruit from B"
            whose = self.finder.owners_before(word) or self.parties(self.clauses.behind(word, "from"))
            if known := [one for one in whose if one.known]:
                return known
        if self.lexicon.has("deciders", word.lemma):
            return self.finder.owners(word)  # "the people of B"
        return self._by_deed(word, frame)

    def _itself(self, word: Word, frame: Frame) -> list[Party]:
        found = self.finder.at(word)
        arms = self.lexicon.has("forces", word.lemma) or self.lexicon.has("strikes", word.lemma)
        if frame.act == "consult" and "obj" in frame.slots and arms:
            return []  # who hosts B's missiles talks to nobody
        people = [] if any(one.known for one in found) else self._people(word, frame)
        return people or found

    def _people(self, word: Word, frame: Frame) -> list[Party]:
        """Whose people they are that are killed, arrested, sued: "Syrian civilians", but never "Syrian rebels"."""
        mention = self.finder.mention_at(word)
        done = (
            frame.act in PHYSICAL
            or frame.act in ("aid", "sanction")
            or frame.mode in ("allege", "investigate")
        )
        has = self.lexicon.has
        people = has("holdings", word.lemma) or has("hit", word.lemma)
        if (
            mention is None
            or not mention.people_of
            or not done
            or not people
            or has("armed_group", word.lemma)
        ):
            return []
        return [Party(mention.people_of, mention.text, word.i)]

    def _by_deed(self, word: Word, frame: Frame) -> list[Party]:
        """Whom an act hits through a deed: "rejected B's offer", "rejected a deal with B", "welcomed the move by B"."""
        has, known = self.lexicon.has, self.lexicon.nouns.get(word.lemma, ())
        deed = bool(known) or has("holdings", word.lemma) or has("deeds", word.lemma)
        if frame.act == "consult":
            return []  # who meets B's demands meets nobody
        shared = frame.act in _ANSWERS and any(one.mutual for one in known)
        if shared and (partners := self.parties(self.clauses.behind(word, "with"))):
            return partners
        if self.sent.kid(word, "poss") is not None or deed:
            by = list(self.clauses.behind(word, "by", "from"))
            own = self.parties(by) or self._owners_of_deed(word)
            if own or known or not has("deeds", word.lemma):
                return own
        of = list(self.clauses.behind(word, "of", "by", "from"))
        if frame.act not in _ANSWERS or has("ruin", word.lemma):
            return []  # who welcomes the fall of B doesn't support B
        # "welcomed the liberation of Mosul" is no tie with a town.
        return [party for party in self.parties(of) if party.known or party.label != "GPE"]

    def _owners_of_holding(self, word: Word) -> list[Party]:
        """Whose position, town, ship it is: by the words around it, or "held by A"."""
        holders = [verb for verb in self.sent.kids(word, "acl") if verb.lemma in _HOLDING]
        # "the town of Marn" is its name, no owner
        names = self.lexicon.has("place_names", word.lemma)
        owners = [one for one in self.finder.owners(word) if one.known or not names]
        return owners or self.parties(one for verb in holders for one in self.clauses.doers(verb))

    def _owners_of_deed(self, word: Word) -> list[Party]:
        """Whose deed it is: "the attack on X" is not X's, so only what stands before the noun counts."""
        return self.finder.owners_before(word)


def pairs(parties: list[Party]) -> Iterator[tuple[Party, Party]]:
    """Yield each two of `parties` once."""
    for at, one in enumerate(parties):
        for other in parties[at + 1 :]:
            yield one, other


def combine(agents: list[Party], targets: list[Party], frame: Frame) -> Iterator[tuple[Party, Party]]:
    """Yield who acts on whom: each on each, or with one another where the act is mutual and no target stands there."""
    if targets:
        for agent in agents:
            for target in targets:
                yield (target, agent) if frame.turned else (agent, target)
    elif frame.mutual:
        yield from pairs(agents)


def _can_be_target(party: Party, frame: Frame) -> bool:
    if party.via == "capital" and frame.act in PHYSICAL and frame.mode not in _CITY_MODES:
        return False
    # An unknown place is where it happens, not who it happens to.
    return not (
        party.label == "GPE" and not party.known and (frame.act in PHYSICAL or frame.act == "sanction")
    )


def _unique(parties: Iterable[Party]) -> list[Party]:
    by_actor: dict[str, Party] = {}
    for party in parties:
        by_actor.setdefault(party.actor, party)
    return list(by_actor.values())


def is_club(view: View, party: Party) -> bool:
    """Whether one is a member of it rather than in it: a bloc, an organisation."""
    kind = view.finder.recall.kind(party.actor)
    return kind in _CLUBS or (not kind and party.label == "ORG")
