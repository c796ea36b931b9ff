"""Offices around names: "the Turkish president", "Israel's army", "President Putin of Russia", "Syrian rebels".

What stands beside a name says whether a person, a part of the state, or people apart from it are meant. Names alone
are found in `lexicon`; pronouns and bare descriptions ("the president") are not resolved here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from allegiance.naming.named import Named
from allegiance.naming.tables import rows
from allegiance.naming.tokens import JOIN
from allegiance.naming.words import word_list

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Sequence

    from allegiance.naming.tokens import Passage

OfficeWords = Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
"""By the first word: the words of each office and its role, longest first. Roles are explained in the table."""

_PERSONS = ("holder", "minister")
_LONGEST_PERSON = 3
_MOST_MODIFIERS = 2


class Office(NamedTuple):
    """An office that ends before word `after`: its role and its words in lower case."""

    after: int
    role: str
    words: str


@dataclass(frozen=True, slots=True)
class Offices:
    """The words for offices, who holds them, and which actors are persons.

    Attributes:
        by_first: the words for offices.
        holder: by actor and words of the office, the actor that the holder stands for and the holder's name.
        persons: names of the actors that are persons; a title before them belongs to them.
        states: names of the actors whose people may be apart from them ("Syrian rebels", but not "Houthi rebels").
    """

    by_first: OfficeWords
    holder: Callable[[str, str], tuple[str, str]]
    persons: Container[str]
    states: Container[str]

    def extended(self, passage: Passage, named: Sequence[Named]) -> list[Named]:
        """Return the names with the offices that stand beside them taken in; still in order, never overlapping."""
        done: list[Named] = []
        index = 0
        while index < len(named):
            following = named[index + 1] if index + 1 < len(named) else None
            here, used = self._with_office_behind(passage, named[index], following)
            done.append(self._with_office_before(passage, here, floor=done[-1].after if done else 0))
            index += used
        return done

    def titled(self, passage: Passage, place: int) -> bool:
        """Return whether a person's office or title stands directly before word `place`."""
        return self._before(passage, place) is not None

    def _at(self, passage: Passage, place: int) -> Office | None:
        """Return the office that begins at word `place`."""
        for words, role in self.by_first.get(passage.lower(place), ()):
            after = place + len(words)
            same = all(passage.lower(place + offset) == word for offset, word in enumerate(words))
            if same and passage.joined(place, after):
                return Office(after, role, " ".join(words))
        return None

    def _before(self, passage: Passage, place: int) -> int | None:
        """Return where a person's office that ends directly before word `place` begins ("Prime Minister" X)."""
        if passage.gap(place) != JOIN:
            return None
        for first in range(max(place - 4, 0), place):
            office = self._at(passage, first)
            if office is not None and office.after == place and office.role in _PERSONS:
                return first
        return None

    def _with_office_behind(
        self, passage: Passage, here: Named, following: Named | None
    ) -> tuple[Named, int]:
        """Return the name with its office (Israel's army, Russian President Vladimir Putin), and how many names that used up."""
        if following and (joined := self._with_following(passage, here, following)):
            return joined, 2
        ceiling = following.first if following else len(passage)
        office = self._behind(passage, here, ceiling)
        # "Syrian rebels" are not Syria, and who they are only the words say; but "Houthi rebels" are the Houthis.
        if office is None or (office.role == "apart" and here.actor not in self.states):
            return here, 1
        after = office.after
        if office.role == "body":
            return replace(here, after=after, via="office"), 1
        if office.role == "apart":
            return Named(here.first, after, here.actor, "group", known=False), 1
        named_behind = following is not None and following.first == after and passage.gap(after) == JOIN
        if following and named_behind and self._is_person(following):
            # A person out of office acts in nobody's name.
            former = passage.lower(here.first - 1) in word_list("former")
            actor = following.person if former and following.person else following.actor
            return replace(following, first=here.first, actor=actor), 2
        return self._with_holder(passage, here, office, ceiling), 1

    def _with_following(self, passage: Passage, here: Named, following: Named) -> Named | None:
        """Return two neighbours as one: "US State Department", "Russia's Putin"; None where they are two."""
        if here.via not in ("name", "alias", "demonym"):
            return None
        place = _behind_possessive(passage, here.after)
        if following.first != place or passage.gap(place) != JOIN:
            return None
        if following.via == "capital" and place == here.after:
            # The German Foreign Office is Germany's, whoever's "Foreign Office" alone is.
            return replace(here, after=following.after, via="office")
        same = following.actor == here.actor and self._is_person(following)
        return replace(following, first=here.first) if same else None

    def _with_holder(self, passage: Passage, here: Named, office: Office, ceiling: int) -> Named:
        """Return the name with an office that a person holds: named behind it though unknown to us, or not named."""
        former = passage.lower(here.first - 1) in word_list("former")
        after = office.after
        person_after = _person_behind(passage, after, ceiling)
        if person_after == after:
            if former:
                return here
            actor, person = self.holder(here.actor, office.words)
            return replace(here, after=after, via="office", actor=actor, person=person)
        person = passage.as_written(after, person_after)
        if former:
            return Named(here.first, person_after, person, "leader", known=False)
        return replace(here, after=person_after, via="office", person=person)

    def _behind(self, passage: Passage, here: Named, ceiling: int) -> Office | None:
        """Return the office directly behind a name."""
        if here.via not in ("name", "alias", "demonym") or here.actor in self.persons:
            return None
        place = _behind_possessive(passage, here.after)
        for _ in range(_MOST_MODIFIERS):
            place += passage.lower(place) in word_list("modifier")
        office = self._at(passage, place)
        if office is None or office.after > ceiling:
            return None
        if office.role == "body" and passage.lower(office.after) in word_list("belongings"):
            return None  # a "Russian military plane" is no military
        begin = here.after if place > here.after and passage.lower(here.after) == "s" else here.after - 1
        return office if passage.joined(begin, office.after) else None

    def _with_office_before(self, passage: Passage, here: Named, *, floor: int) -> Named:
        """Return the name with the office before it: President Vladimir Putin, the president of Iran."""
        if self._is_person(here):
            return self._with_title_before(passage, here, floor)
        of = here.first - 2 if passage.lower(here.first - 1) == "the" else here.first - 1
        if here.via not in ("name", "alias") or of <= floor or passage.word(of) != "of":
            return here
        office = self._before(passage, of) if passage.joined(of, here.first + 1) else None
        if office is None or office < floor or passage.lower(office - 1) in word_list("former"):
            return here
        found = self._at(passage, office)
        actor, person = self.holder(here.actor, found.words if found else "")
        return replace(here, first=office, via="office", actor=actor, person=person)

    def _with_title_before(self, passage: Passage, here: Named, floor: int) -> Named:
        titled = here.first > floor and passage.word(here.first - 1) in word_list("title")
        first = here.first - 1 if titled and passage.gap(here.first) == JOIN else here.first
        office = self._before(passage, first)
        if office is None or office < floor:
            return replace(here, first=first)
        if here.person and passage.lower(office - 1) in word_list("former"):
            return replace(here, first=office, actor=here.person, person="")
        return replace(here, first=office)

    def _is_person(self, here: Named) -> bool:
        return here.via == "leader" or here.actor in self.persons


def office_words(titles: Iterable[str]) -> OfficeWords:
    """Return the shipped words for offices, and `titles` as words for the first office of an actor."""
    table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    own = ((tuple(title.lower().split()), "holder") for title in titles)
    for words, role in (*_shipped(), *own):
        table.setdefault(words[0], []).append((words, role))
    return {first: tuple(sorted(found, key=lambda office: -len(office[0]))) for first, found in table.items()}


@lru_cache(maxsize=1)
def _shipped() -> tuple[tuple[tuple[str, ...], str], ...]:
    return tuple((tuple(row["words"].split()), row["role"]) for row in rows("offices"))


def _behind_possessive(passage: Passage, place: int) -> int:
    return place + 1 if passage.gap(place) == "'" and passage.lower(place) == "s" else place


def _person_behind(passage: Passage, place: int, ceiling: int) -> int:
    """Return where an unknown person's name that begins at word `place` ends; `place` itself if none does."""
    after = place
    while after < min(ceiling, place + _LONGEST_PERSON) and passage.gap(after) == JOIN:
        word = passage.word(after)
        inside = after > place and word in word_list("name particle")
        if not inside and (not word[:1].isupper() or word.isupper()):
            break
        after += 1
    while after > place and not passage.word(after - 1)[:1].isupper():
        after -= 1
    return after
