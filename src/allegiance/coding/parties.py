"""Which actor a noun phrase stands for: "Russian jets", "Turkey's foreign minister", "the government of X", a name.

Finds parties in one sentence. What a pronoun stands for is asked of `Recall` (coreference.py); acts are not known here.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from allegiance.coding.bare_names import bare
from allegiance.coding.groups import NUMBERS
from allegiance.coding.party import Party

if TYPE_CHECKING:
    from collections.abc import Iterable

    from allegiance.coding.lexicon import Lexicon
    from allegiance.coding.parse import Entity, Sentence, Word
    from allegiance.model import Mention

_NESTED = 4
# "F-16", "KC-135R", "407th": types of planes and numbers of units.
_DESIGNATION = re.compile(r"\b[A-Z]{1,3}-\d|\b\d+(?:st|nd|rd|th)\b")
_LEFT = ("det", "amod", "compound", "poss", "nmod", "nummod", "quantmod", "predet")
_MODIFIERS = ("poss", "amod", "compound", "nmod")
_NOT_OWN = frozenset({"pro", "anti", "non", "ex"})
_OFFICE_PREPOSITIONS = frozenset({"of", "for", "from", "in"})


class Recall(Protocol):
    """What was named before, for pronouns and short names."""

    def pronoun(self, finder: PartyFinder, word: Word) -> list[Party]:
        """Return whom the pronoun `word` stands for."""
        ...

    def described(self, finder: PartyFinder, word: Word) -> list[Party]:
        """Return whom a definite description ("the ministry") means."""
        ...

    def kind(self, actor: str) -> str:
        """Return what kind of actor it is; empty where nobody knows."""
        ...

    def surname(self, name: str) -> Party | None:
        """Return the person met before under a longer name that ends in `name`."""
        ...


class PartyFinder:
    """The parties of one sentence."""

    def __init__(self, sent: Sentence, mentions: Iterable[Mention], lexicon: Lexicon, recall: Recall) -> None:
        self.sent = sent
        self.lexicon = lexicon
        self.recall = recall
        self.mentions = tuple(mentions)

    @cached_property
    def _located(self) -> tuple[dict[int, Mention], dict[int, Mention]]:
        """Mentions by the word that heads them, and by every word inside them."""
        heads: dict[int, Mention] = {}
        inside: dict[int, Mention] = {}
        for mention in self.mentions:
            covered = [
                word for word in self.sent.words if word.start < mention.end and word.end > mention.start
            ]
            if not covered:
                continue
            places = {word.i for word in covered}
            tops = [word for word in covered if word.head == word.i or word.head not in places]
            # A possessive's apostrophe or a full stop can fall inside; a name's head is a word.
            tops = [word for word in tops if word.text[:1].isalnum()] or covered
            heads[tops[-1].i] = mention
            inside.update(dict.fromkeys(places, mention))
        return heads, inside

    def mention_at(self, word: Word) -> Mention | None:
        """Return the mention that covers `word`, or None."""
        return self._located[1].get(word.i)

    def all(self, word: Word, before: int | None = None) -> list[Party]:
        """Return the parties of the phrase headed by `word` and of those joined to it by "and".

        Of "A, which backs B, and C" only A backs B: what is joined counts up to the word `before`, where it is given.
        """
        found: dict[str, Party] = {}
        for one in self.sent.conjuncts(word):
            for party in self.at(one) if before is None or one.i < before else ():
                found.setdefault(party.actor, party)
        return list(found.values())

    def at(self, word: Word, depth: int = 0) -> list[Party]:
        """Return the parties that the phrase headed by `word` stands for; more than one for "Russian and Syrian jets"."""
        if depth > _NESTED:
            return []
        if word.tag in ("PRP", "PRP$") and word.i not in self._located[0]:
            return self.recall.pronoun(self, word)
        if word.tag == "WP$":
            return self._whose(word, depth)
        named = self._named(word)
        if named is not None:
            return [self._officer(word, named)]
        by_office = self._by_modifier(word, depth)
        if by_office:
            return by_office
        return (
            self._by_apposition(word, depth)
            or self._companions(word, depth)
            or self._led(word)
            or self._members(word, depth)
            or self._collected(word, depth)
            or self._unknown(word)
        )

    def _whose(self, word: Word, depth: int) -> list[Party]:
        clause = next((one for one in self.sent.up(word) if one.dep == "relcl"), None)
        noun = self.sent.head(clause) if clause is not None else None
        return self.at(noun, depth + 1) if noun is not None else []

    def _named(self, word: Word) -> Party | None:
        heads, inside = self._located
        mention = heads.get(word.i) or (inside.get(word.i) if word.is_noun else None)
        if mention is None or (mention.via == "demonym" and not _stands_alone(word)):
            return None
        entity = self.sent.entity_at(word)
        return Party(
            mention.actor,
            mention.text,
            word.i,
            mention.known,
            mention.via,
            mention.person,
            label=_label(entity),
        )

    def _officer(self, word: Word, named: Party) -> Party:
        """A person known by the gazetteer keeps the surface of the whole name, and "a Turkish official" stays anonymous."""
        if named.via == "office" and not named.person and (agent := self._agent(word, named)).anonymous:
            return agent
        return replace(named, text=self.phrase(word)) if named.via in ("leader", "office") else named

    def phrase(self, word: Word) -> str:
        """Return the words of the phrase from its first modifier up to its head."""
        first = word.i
        for kid in self.sent.kids(word, *_LEFT):
            if kid.i < word.i:
                first = min(first, self.sent.below(kid)[0].i)
        return self.sent.words_text(first, word.i)

    def _by_modifier(self, word: Word, depth: int) -> list[Party]:
        entity = self.sent.entity_at(word)
        has = self.lexicon.has
        if self._takes_up(word) and (taken := self.recall.described(self, word)):
            return taken
        unofficial = any(
            has("unofficial", kid.lower) and self.mention_at(kid) is None  # not "European Union officials"
            for kid in self.sent.kids(word, "amod", "compound", "nmod")
        )
        if has("state_agents", word.lemma) or has("officials", word.lemma):
            owners = self.owners(word, depth)
            # An exiled leader of a state doesn't stand for it, one of a movement does.
            return [
                self._agent(word, owner)
                for owner in owners
                if not unofficial or has("group_kinds", self.recall.kind(owner.actor))
            ]
        if unofficial:
            return []
        if has("non_state", word.lemma):
            return self._group(word)
        if entity is not None and entity.label == "PERSON":
            return self._titled(word, entity, depth)
        return []

    def _takes_up(self, word: Word) -> bool:
        """Whether it is a bare "the ministry", "the militants", "the two countries", "both sides"."""
        kids = [kid.lower for kid in self.sent.kids(word, *_LEFT, "prep", "relcl", "acl", "appos")]
        has, lemma = self.lexicon.has, word.lemma
        if word.tag == "NNS":
            counts = {"two", "both", *NUMBERS}
            two = counts & set(kids) and set(kids) <= {"the", "these", "all", "of", *counts}
            many = kids in (["the"], ["these"]) and has("takes_up_group", lemma)
            return many or (bool(two) and has("takes_up_two", lemma))
        listed = (
            "state_agents",
            "officials",
            "takes_up_group",
            "takes_up_bloc",
            "takes_up_state",
            "takes_up_company",
        )
        return word.tag == "NN" and kids in (["the"], ["this"]) and any(has(name, lemma) for name in listed)

    def owners(self, word: Word, depth: int = 0) -> list[Party]:
        """Return whom the phrase headed by `word` belongs to: possessive, adjective, compound, "of X"."""
        before = self.owners_before(word, depth)
        if before:
            return before
        for prep in self.sent.kids(word, "prep"):
            if prep.lower in _OFFICE_PREPOSITIONS:
                for pobj in self.sent.kids(prep, "pobj"):
                    found = [party for one in self.sent.conjuncts(pobj) for party in self.at(one, depth + 1)]
                    if found:
                        return found
        return self._seated(word)

    def _seated(self, word: Word) -> list[Party]:
        """Whose it is by the capital right behind ("the government in Ankara"), though the parse hangs it elsewhere."""
        behind = self.sent.words[word.i + 1 : word.i + 3]
        if [one.lower for one in behind[:1]] != ["in"] or len(behind) == 1:
            return []
        mention = self.mention_at(behind[1])
        heads = [i for i, one in self._located[0].items() if one is mention] if mention is not None else []
        return [
            Party(mention.actor, mention.text, i, mention.known, mention.via)
            for i in heads
            if mention is not None and mention.via == "capital"
        ]

    def owners_before(self, word: Word, depth: int = 0) -> list[Party]:
        """Return whose it is by the words before it: "Russia's attack", "Russian attack", "their attack"."""
        kids = self.sent.kids(word, *_MODIFIERS)
        # "met their North Vietnamese counterparts": the adjective says whose they are, not the pronoun
        for kid in sorted(kids, key=lambda one: one.tag == "PRP$"):
            if kid.dep == "poss" or any(self.modifier(one) for one in self.sent.conjuncts(kid)):
                found = self._modifying(kid, depth)
                if found:
                    return found
            elif kid.dep in ("compound", "nmod") and self.mention_at(kid) is None:
                # "the Croatian river town": the adjective hangs on the first noun
                inner = [self.modifier(one) for one in self.sent.kids(kid, "compound", "amod")]
                named = [one for one in inner if one is not None]
                if named:
                    return named
        return []

    def modifier(self, word: Word) -> Party | None:
        """Return the actor that `word` names as part of a longer phrase ("Russian"), if it does."""
        mention = self._located[1].get(word.i)
        if mention is None:
            return None
        return Party(mention.actor, mention.text, word.i, mention.known, mention.via, mention.person)

    def named_behind(self, word: Word) -> list[Party]:
        """Return whom the name right behind `word` stands for ("ally Dravia"), however the parse joined the two."""
        behind = self.sent.words[word.i + 1 : word.i + 2]
        mention = self.mention_at(behind[0]) if behind else None
        heads = [i for i, one in self._located[0].items() if one is mention] if mention is not None else []
        return [party for i in heads for party in self.at(self.sent.words[i])]

    def _joined_by_hyphen(self, word: Word) -> bool:
        """Whether it is as in "pro-Russian", "Iran-backed": not the country's own; "US-led" is its own."""
        before = self.sent.words[max(0, word.i - 2) : word.i]
        if [one.text for one in before[1:]] == ["-"] and before[0].lower in _NOT_OWN:
            return True
        behind = self.sent.words[word.i + 1 : word.i + 3]
        return [one.text for one in behind[:1]] == ["-"] and [one.lower for one in behind[1:]] != ["led"]

    def _modifying(self, kid: Word, depth: int) -> list[Party]:
        """The parties of a modifier and of what is joined to it ("Russian and Syrian")."""
        found: list[Party] = []
        for one in self.sent.conjuncts(kid):
            party = self.modifier(one) if kid.dep != "poss" else None
            if party is None:
                found.extend(self.at(one, depth + 1))
            elif not self._joined_by_hyphen(one):
                found.append(party)
        return found

    def _agent(self, word: Word, owner: Party) -> Party:
        official = self.lexicon.has("officials", word.lemma)
        person = self.personal_name(word) if official else ""
        determiner = self.sent.kid(word, "det")
        indefinite = determiner is None or determiner.lower in ("a", "an", "some", "several", "two", "one")
        owned = self.sent.kid(word, "poss") is not None
        plural = word.tag in ("NNS", "NNPS")
        anonymous = (
            not person
            and self.lexicon.has("anonymous", word.lemma)
            and indefinite
            and (plural or (determiner is not None and not owned))
        )
        text = self.phrase(word)
        if owner.word > word.i:
            text = self.sent.words_text(self.first_word(word), owner.word)
        if anonymous:
            text = self.small(text)
        return replace(owner, text=text, word=word.i, person=person, anonymous=anonymous, via=owner.via)

    def small(self, text: str) -> str:
        """Write a phrase at the beginning of the sentence as it would stand inside it ("a senior official")."""
        first = self.sent.words[0]
        starts = (
            text.startswith(first.text) and not first.tag.startswith("NNP") and self.mention_at(first) is None
        )
        return text[:1].lower() + text[1:] if starts else text

    def first_word(self, word: Word) -> int:
        """Return the place of the first of the phrase's modifiers before its head, or of the head."""
        lefts = [self.sent.below(kid)[0].i for kid in self.sent.kids(word, *_LEFT) if kid.i < word.i]
        return min([word.i, *lefts])

    def personal_name(self, word: Word) -> str:
        """The name beside an office: "the foreign minister, Ali Reza"."""
        for kid in self.sent.kids(word, "appos"):
            entity = self.sent.entity_at(kid)
            if entity is not None and entity.label == "PERSON":
                return self.sent.words_text(entity.first, entity.last)
        return ""

    def _titled(self, word: Word, entity: Entity, depth: int) -> list[Party]:
        """A person with an office: "Turkish Foreign Minister Ali Reza", "Ali Reza, Turkey's foreign minister"."""
        # The pipeline may count the title into the name, or the office may follow as apposition.
        name = self._without_title(entity)
        offices = [
            kid
            for kid in self.sent.kids(word, "compound", "nmod")
            if self.lexicon.has("officials", kid.lemma)
        ]
        owners = self.owners(word, depth) if offices else []
        for office in self.sent.kids(word, "appos"):
            if not owners and self.lexicon.has("officials", office.lemma):
                owners = self.owners(office, depth + 1)
        if not owners:
            before = self.recall.surname(name)
            owners = [before] if before is not None else []
            name = before.person if before is not None else name
        return [
            replace(one, text=self.phrase(word), word=word.i, person=name, anonymous=False)
            for one in owners[:1]
        ]

    def _is_place_or_thing(self, word: Word, entity: Entity, text: str) -> bool:
        """Whether an unknown name can't be one who acts: a place, a ship, a type of plane, "a VBIED"."""
        words = text.lower().split()
        has = self.lexicon.has
        if has("place_names", words[-1]) or has("vessel_marks", words[0]) or _DESIGNATION.search(text):
            return True
        first, before = self.sent.words[entity.first], self.sent.words[max(0, entity.first - 1)]
        # "Near Rawah, two strikes ...": capital letters lead the pipeline to count the preposition into the name
        starts = {first.lower, before.lower} if before.i < first.i else {first.lower}
        if any(has("locative", one) for one in starts) and word.dep != "pobj":
            return True
        determiner = self.sent.kid(word, "det", "nummod")
        return text.isupper() and determiner is not None and determiner.lower in ("a", "an", "two", "three")

    def _without_title(self, entity: Entity) -> str:
        first = entity.first
        while first < entity.last and self._is_title(self.sent.words[first]):
            first += 1
        return self.sent.words_text(first, entity.last).removesuffix("'s").removesuffix("\u2019s").strip()

    def _is_title(self, word: Word) -> bool:
        # The pipeline also counts prepositions at a sentence's beginning into names ("Near Rawah").
        return self.lexicon.has("officials", word.lower) or word.tag in ("IN", "DT")

    def _group(self, word: Word) -> list[Party]:
        """Armed or political people: "Hezbollah fighters" are Hezbollah, "Syrian rebels" are nobody's but their own."""
        for kid in self.sent.kids(word, "compound", "nmod", "poss", "amod"):
            mention = self._located[1].get(kid.i)
            entity = self.sent.entity_at(kid)
            if kid.dep == "poss" and not self.lexicon.has("armed_group", word.lemma):
                continue  # "Russia's alliance" is not Russia
            if mention is not None and _label(entity) != "GPE" and self._names_group(mention):
                return [Party(mention.actor, self.phrase(word), word.i, mention.known, mention.via)]
        if not self.lexicon.has("armed_group", word.lemma):
            # "gunmen from Hezbollah"
            named = [
                one for one in self.owners(word) if one.via in ("name", "alias") and self._of_group(word)
            ]
            in_group = (one for one in named if self.recall.kind(one.actor) == "armed-group")
            return [replace(one, text=self.phrase(word), word=word.i) for one in in_group][:1]
        # Only as a subject: in "A helped B, and C promised its fighters arms" they aren't those of the nearest subject.
        if self.lexicon.has("own_fighters", word.lemma) and word.dep in ("nsubj", "nsubjpass"):
            own = [one for kid in self.sent.kids(word, "poss") if kid.tag == "PRP$" for one in self.at(kid)]
            if len(own) == 1:
                return [replace(own[0], text=self.phrase(word), word=word.i)]  # "its fighters"
        # "eleven fighters of the group": whose they are, where that is a group
        members = [one for one in self.owners(word) if one.via == "pronoun" or one.via in ("name", "alias")]
        if members and self._of_group(word):
            return [replace(one, text=self.phrase(word), word=word.i) for one in members[:1]]
        text = self.phrase(word)
        return [Party(bare(text), text, word.i, known=False, via="group")]

    def _names_group(self, mention: Mention) -> bool:
        """Whether fighters of that name are its own: "Hezbollah fighters", and not "Syrian rebels"."""
        if mention.via == "demonym":
            return self.recall.kind(mention.actor) in ("armed-group", "organisation")
        return mention.via in ("name", "alias", "group")

    def _of_group(self, word: Word) -> bool:
        """Whether fighters are said to be of a group, not from a country: "of the group", "of Hezbollah"."""
        for prep in self.sent.kids(word, "prep"):
            for pobj in self.sent.kids(prep, "pobj"):
                entity = self.sent.entity_at(pobj)
                if prep.lower in ("of", "from") and _label(entity) != "GPE" and self.at(pobj):
                    return True
        return False

    def _companions(self, word: Word, depth: int) -> list[Party]:
        """Name "its allies" for whose they are: a group that nobody lists, so its members aren't guessed."""
        if word.tag != "NNS" or not self.lexicon.has("companions", word.lemma) or self.named_behind(word):
            return []
        whose, head = self.sent.kid(word, "poss"), self.sent.head(word)
        joined = word.dep == "conj" and whose is not None and whose.tag == "PRP$" and head is not None
        owners = self.at(head, depth + 1) if joined and head is not None else self.owners(word, depth + 1)
        if len(owners) != 1 or self.sent.kid(word, "appos") is not None:
            return []
        name = f"{owners[0].actor}'s {word.lower}"
        return [Party(name, self.phrase(word), word.i, known=False, via="group")]

    def _collected(self, word: Word, depth: int) -> list[Party]:
        """Those behind "a group of", "hundreds of", "members of"."""
        if not (self.lexicon.has("collectives", word.lemma) or self.lexicon.has("collectives", word.lower)):
            return []
        return [
            party
            for prep in self.sent.kids(word, "prep")
            if prep.lower == "of"
            for pobj in self.sent.kids(prep, "pobj")
            for one in self.sent.conjuncts(pobj)
            for party in self.at(one, depth + 1)
        ]

    def _led(self, word: Word) -> list[Party]:
        """Name "the coalition led by A" by its own words: it is not A."""
        if not self.lexicon.has("sides", word.lemma):
            return []
        for clause in self.sent.kids(word, "acl"):
            for by in self.sent.kids(clause, "agent") if clause.lemma in ("lead", "head") else ():
                last = self.sent.below(by)[-1].i
                text = self.sent.words_text(self.first_word(word), last)
                return [Party(bare(text), text, word.i, known=False, via="ner")]
        return []

    def _members(self, word: Word, depth: int) -> list[Party]:
        """Those who are named as "a coalition of A, B and C"."""
        if not self.lexicon.has("sides", word.lemma):
            return []
        behind = (
            pobj
            for prep in self.sent.kids(word, "prep")
            if prep.lower == "of"
            for pobj in self.sent.kids(prep, "pobj")
        )
        found = [
            party for pobj in behind for one in self.sent.conjuncts(pobj) for party in self.at(one, depth + 1)
        ]
        return found if len(found) > 1 else []

    def _by_apposition(self, word: Word, depth: int) -> list[Party]:
        for kid in self.sent.kids(word, "appos"):
            if self.lexicon.has("officials", word.lemma) or kid.i in self._located[0]:
                return [party for one in self.sent.conjuncts(kid) for party in self.at(one, depth + 1)]
        return []

    def _unknown(self, word: Word) -> list[Party]:
        entity = self.sent.entity_at(word)
        if entity is None or not word.tag.startswith("NNP"):
            return []
        text = self._without_title(entity)
        if not any(char.isalpha() for char in text) or self._is_place_or_thing(word, entity, text):
            return []
        if entity.label == "PERSON" and (before := self.recall.surname(text)) is not None:
            return [replace(before, text=text, word=word.i)]
        person = bare(text) if entity.label == "PERSON" else ""
        return [Party(bare(text), text, word.i, known=False, via="ner", person=person, label=entity.label)]


def _stands_alone(word: Word) -> bool:
    """Whether a demonym is used as a noun ("the Russians"), not as an adjective."""
    return word.is_noun and word.dep not in ("amod", "compound", "nmod")


def _label(entity: Entity | None) -> str:
    return entity.label if entity is not None else ""
