"""The gazetteer: who is named in a text, and what a name or a code means.

It puts together the tables, the lexicon, the rules on ambiguity and the offices. It doesn't decide by syntax: whether a
capital stands for its government is for the coding room, which has the parse.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from allegiance.model import Actor, Mention
from allegiance.naming.ambiguity import beside_a_first_name, names_an_actor
from allegiance.naming.codes import CodeTable
from allegiance.naming.dataset_names import DatasetNames
from allegiance.naming.leaders import meant_short, short_names_introduced
from allegiance.naming.lexicon import Lexicon, Sense
from allegiance.naming.named import Named
from allegiance.naming.offices import Offices, OfficeWords, office_words
from allegiance.naming.senses import meant, senses_of
from allegiance.naming.tables import blocked_phrases, shipped_entries
from allegiance.naming.tokens import Passage
from allegiance.naming.us_states import UNITED_STATES, state_officials
from allegiance.naming.words import word_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from allegiance.naming.entry import ActorEntry
    from allegiance.naming.lexicon import Hit

_LONGEST_NAME = 300


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """All names of all actors, compiled; make one with `shipped` and `with_actors`."""

    entries: tuple[ActorEntry, ...]
    own: tuple[ActorEntry, ...]
    actors: Mapping[str, Actor]
    lexicon: Lexicon
    codes: CodeTable
    dataset_names: DatasetNames
    office_words: OfficeWords
    persons: frozenset[str]
    states: frozenset[str]
    by_folded: Mapping[str, str]

    @staticmethod
    @lru_cache(maxsize=1)
    def shipped() -> Gazetteer:
        """Return the gazetteer of the shipped tables, read once."""
        return Gazetteer.of(shipped_entries(), ())

    @classmethod
    def of(cls, entries: Iterable[ActorEntry], own: Iterable[ActorEntry]) -> Gazetteer:
        """Compile a gazetteer of `entries` and of the user's `own`, which take precedence."""
        entries, own = tuple(entries), tuple(own)
        senses: dict[str, list[Sense]] = defaultdict(list)
        for phrase in blocked_phrases():
            senses[phrase] = []
        for by_user, group in ((False, entries), (True, own)):
            for name, sense in senses_of(group, by_user=by_user):
                senses[name].append(sense)
        actors = _merged((*entries, *own))
        by_folded = {
            _bare(name).casefold(): sense.actor
            for name, meanings in senses.items()
            for sense in meanings
            if sense.via in ("alias", "capital")
        }
        by_folded |= {name.casefold(): name for name in actors}
        offices = office_words(title for entry in own for title in entry.titles)
        codes, names = CodeTable.of((*entries, *own)), DatasetNames.of(entries, own)
        persons = frozenset(actor.name for actor in actors.values() if actor.kind == "person")
        states = frozenset(actor.name for actor in actors.values() if actor.kind in ("state", "province"))
        return cls(
            entries, own, actors, Lexicon.of(senses), codes, names, offices, persons, states, by_folded
        )

    def with_actors(self, own: Iterable[ActorEntry]) -> Gazetteer:
        """Return a gazetteer that knows the actors of the user as well; where names clash, the user's count."""
        return Gazetteer.of(self.entries, (*self.own, *own))

    def mentions(
        self, text: str, *, day: date | None = None, spans: Iterable[tuple[int, int]] = ()
    ) -> list[Mention]:
        """Return who is named in `text`, in order and never overlapping; ``text[start:end]`` is each mention's text.

        Give the whole document: a surname counts once the full name stood before it.

        Args:
            text: any text.
            day: when it was written; decides between the holders of an office and between states of one name.
            spans: what else the language pipeline takes for names, as (start, end); those that touch no known name become
                mentions of unknown actors (`via` is ner).
        """
        passage = Passage.of(text)
        officials = state_officials(passage) if UNITED_STATES in self.states else []
        taken = {place for one in officials for place in range(one.first, one.after)}
        hits = [
            hit
            for hit in self.lexicon.hits(passage)
            if names_an_actor(passage, hit) and taken.isdisjoint(range(hit.first, hit.after))
        ]
        offices = self._offices(day)
        known = sorted((*_named(passage, hits, offices, day), *officials), key=lambda one: one.first)
        named = offices.extended(passage, known)
        tails = {hit.after: hit.phrase.tail for hit in hits if hit.phrase.tail}
        found = [_mention(passage, one, tails.get(one.after, "")) for one in named]
        return _with_strangers(text, found, spans)

    def resolve(self, words: str, day: date | None = None) -> Mention | None:
        """Return whom `words` as a whole name ("the Kremlin", "hezbollah"), or None."""
        words = words.strip()
        if not words or len(words) > _LONGEST_NAME:
            return None
        bare = _bare(words)
        for mention in self.mentions(words, day=day):
            if mention.known and len(mention.text) >= len(bare):
                return mention
        name = self.by_folded.get(bare.casefold())
        return Mention(0, len(words), words, name) if name else None

    def actor(self, name: str) -> Actor | None:
        """Return the actor of this canonical name, or None."""
        return self.actors.get(name)

    def members(self, group: str, day: date | None = None) -> tuple[str, ...]:
        """Return who belongs to `group` on `day` (ever, without a day), in order of name."""
        return tuple(
            sorted(
                name
                for name, actor in self.actors.items()
                if any(member.group == group and member.holds_on(day) for member in actor.memberships)
            )
        )

    def code(self, scheme: str, code: str, day: date | None = None) -> str | None:
        """Return whom a code of a data set means on `day` (today's meaning without a day), or None.

        Args:
            scheme: iso2, iso3, cow, cowabb, gw or cameo.
            code: the code as text; leading zeros of cow and gw don't matter.
            day: the day of the row.

        Raises:
            UnknownNameError: there is no such scheme.
        """
        return self.codes.meaning(scheme, code, day)

    def named_in(self, dataset: str, name: str, day: date | None = None) -> str | None:
        """Return whom a data set means by a name on `day` (today's meaning without a day), or None.

        The data set's own list decides, by the day; else the proper names of actors. What news call them (capitals,
        leaders, peoples, and "Congo" for the larger of two) never counts.

        Args:
            dataset: the word for its format (icews, gsdb, ...).
            name: the whole name as the data set spells it.
            day: the day of the row.
        """
        if not name.strip() or len(name) > _LONGEST_NAME:
            return None
        return self.dataset_names.meaning(dataset, name, day)

    def codes_of(self, name: str, first: date, last: date) -> dict[str, str]:
        """Return an actor's codes in data sets by scheme, as they are between two days (both included).

        Where a code's time and the days don't meet (data sets differ by years on when a state began), the code that is
        nearest in the tables' order counts. An actor that isn't known has none.
        """
        found: dict[str, str] = {}
        inside: set[str] = set()
        for entry in (*self.own, *self.entries):
            for code in entry.codes if entry.name == name else ():
                holds = code.period.overlaps(first, last)
                if code.scheme not in found or (holds and code.scheme not in inside):
                    found[code.scheme] = code.code
                    inside |= {code.scheme} if holds else set()
        return found

    def existed(self, name: str, first: date, last: date) -> bool:
        """Return whether an actor existed on a day between two (both included); one that isn't known is taken to have."""
        periods = [entry.period for entry in (*self.own, *self.entries) if entry.name == name]
        return not periods or any(period.overlaps(first, last) for period in periods)

    def _offices(self, day: date | None) -> Offices:
        def holder(actor: str, office: str) -> tuple[str, str]:
            person = self._holder(actor, office, day) if day is not None else ""
            # A leader who is an actor with an entry of its own is meant as that actor.
            return (person, "") if person in self.actors else (actor, person)

        return Offices(self.office_words, holder, self.persons, self.states)

    def _holder(self, actor: str, office: str, day: date) -> str:
        """Return who held an office of `actor` on `day`, the user's word first, or nothing."""
        for entry in (*self.own, *self.entries):
            if entry.name == actor:
                titles = {title.casefold() for title in entry.titles} | word_list("any leader")
                for leader in entry.leaders:
                    asked = office == leader.office.casefold() or office in titles
                    if asked and leader.period.holds_on(day):
                        return leader.name
        return ""


def _named(passage: Passage, hits: Iterable[Hit], offices: Offices, day: date | None) -> list[Named]:
    """Return whom the phrases found mean; those that mean nobody for certain are left out."""
    named: list[Named] = []
    introduced: dict[str, Sense] = {}
    for hit in hits:
        sense = meant(hit.phrase.senses, day)
        if sense is not None:
            introduced.update(short_names_introduced(sense))
        else:
            # "MR. CARNEY:" labels a voice of a transcript; who that is, the surname alone doesn't tell.
            titled = offices.titled(passage, hit.first) and not passage.word(hit.first).isupper()
            # "Ivanka Trump" is another person than the one known by that surname.
            if titled or not beside_a_first_name(passage, hit.first):
                sense = meant_short(hit.phrase, day, introduced, titled=titled)
        if sense is not None:
            person = sense.person if sense.person != sense.actor else ""
            named.append(Named(hit.first, hit.after, sense.actor, sense.via, person))
    return named


def _mention(passage: Passage, one: Named, tail: str) -> Mention:
    start, end = passage.cut(one.first, one.after)
    if passage.text.startswith(tail, end):
        end += len(tail)
    words = passage.text[start:end]
    people_of = one.actor if one.via == "group" and not one.known else ""
    actor = one.actor if one.known else words
    return Mention(start, end, words, actor, one.known, one.via, one.person, people_of)


def _bare(words: str) -> str:
    return words[4:] if words[:4].lower() == "the " else words


def _merged(entries: Iterable[ActorEntry]) -> dict[str, Actor]:
    """Return one actor a name: the entries of its periods together; a later entry's kind counts."""
    actors: dict[str, Actor] = {}
    for entry in entries:
        before = actors.get(entry.name)
        here = entry.actor()
        actors[entry.name] = (
            here
            if before is None
            else replace(
                here,
                aliases=tuple(dict.fromkeys((*before.aliases, *here.aliases))),
                memberships=tuple(dict.fromkeys((*before.memberships, *here.memberships))),
            )
        )
    return actors


def _with_strangers(text: str, found: list[Mention], spans: Iterable[tuple[int, int]]) -> list[Mention]:
    """Return the mentions with those spans that touch none of them, as mentions of unknown actors."""
    taken = sorted((mention.start, mention.end) for mention in found)
    added: list[Mention] = []
    for start, end in sorted(set(spans)):
        inside = 0 <= start < end <= len(text)
        place = bisect_left(taken, (start, start))
        touching = taken[max(place - 1, 0) : place + 1]
        if inside and all(end <= begin or finish <= start for begin, finish in touching):
            insort(taken, (start, end))
            words = text[start:end]
            added.append(Mention(start, end, words, words, known=False, via="ner"))
    return sorted((*found, *added), key=lambda mention: mention.start) if added else found
