"""Offices around names: "the Turkish president", "Israel's army", "President Putin of Russia", "Syrian rebels".

What stands beside a name says whether a person, a part of the state, or people apart from it are meant. Names alone
are found in `lexicon`; pronouns and bare descriptions ("the president") are not resolved here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from allegiance.naming.tables import rows
from allegiance.naming.tokens import JOIN, Token, gap

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Sequence

OfficeWords = Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
"""By the first word: the words of each office and its role, longest first."""

_MODIFIERS = frozenset(
    [
        "then",
        "new",
        "outgoing",
        "acting",
        "interim",
        "top",
        "senior",
        "current",
        "late",
        "veteran",
        "state",
        "longtime",
        "caretaker",
        "de",
        "facto",
        "elite",
    ]
)
_FORMER = frozenset({"former", "ex", "late", "ousted", "deposed", "onetime"})
_TITLES = frozenset(
    {"Mr", "Mrs", "Ms", "Dr", "Gen", "General", "Sheikh", "Sayyed", "Ayatollah", "Marshal", "Sir", "Lord"}
)
_LONGEST_PERSON = 3
_PERSON_PARTICLES = frozenset({"al", "el", "bin", "ibn", "van", "von", "de", "der", "da", "la"})


@dataclass(frozen=True, slots=True)
class Named:
    """Words `first` to `after` (exclusive) of a text that name an actor, on the way to a mention."""

    first: int
    after: int
    actor: str
    via: str
    person: str = ""
    known: bool = True


@dataclass(frozen=True, slots=True)
class Offices:
    """The words for offices, who holds them, and which actors are persons.

    Attributes:
        by_first: the words for offices.
        holder: by actor and role, the actor that the holder stands for and the holder's name.
        persons: names of the actors that are persons; a title before them belongs to them.
    """

    by_first: OfficeWords
    holder: Callable[[str, str], tuple[str, str]]
    persons: Container[str]

    def at(self, text: str, tokens: Sequence[Token], place: int) -> tuple[int, str] | None:
        """Return where an office that begins at word `place` ends, and its role."""
        if place >= len(tokens):
            return None
        for words, role in self.by_first.get(tokens[place].word.lower(), ()):
            after = place + len(words)
            if after <= len(tokens) and all(
                tokens[place + offset].word.lower() == word
                and (not offset or _joined(text, tokens, place + offset))
                for offset, word in enumerate(words)
            ):
                return after, role
        return None

    def before(self, text: str, tokens: Sequence[Token], place: int) -> int | None:
        """Return where an office of a person that ends directly before word `place` begins ("Prime Minister" X)."""
        for length in (4, 3, 2, 1):
            first = place - length
            if first < 0 or not _joined(text, tokens, place):
                continue
            office = self.at(text, tokens, first)
            if office and office[0] == place and office[1] in ("holder", "minister"):
                return first
        return None

    def extended(self, text: str, tokens: Sequence[Token], named: Sequence[Named]) -> list[Named]:
        """Return the names with the offices that stand beside them taken in; still in order, never overlapping."""
        done: list[Named] = []
        index = 0
        while index < len(named):
            here, used = self._with_office_behind(text, tokens, named, index)
            here = self._with_office_before(text, tokens, here, floor=done[-1].after if done else 0)
            index += used
            if done and _same_person_in_state(text, tokens, done[-1], here):
                here = replace(here, first=done.pop().first)
            done.append(here)
        return done

    def _with_office_behind(
        self, text: str, tokens: Sequence[Token], named: Sequence[Named], index: int
    ) -> tuple[Named, int]:
        """Russian president (Vladimir Putin), Israel's army, Syrian rebels: the name and how many names it used up."""
        here = named[index]
        ceiling = named[index + 1].first if index + 1 < len(named) else len(tokens)
        if here.via not in ("name", "alias", "demonym"):
            return here, 1
        place = _behind_possessive(text, tokens, here.after)
        possessive = place > here.after
        skipped = 0
        while skipped < 2 and place < ceiling and tokens[place].word.lower() in _MODIFIERS:
            place, skipped = place + 1, skipped + 1
        office = self.at(text, tokens, place)
        if (
            office is None
            or office[0] > ceiling
            or not _all_joined(text, tokens, here.after, office[0], possessive)
        ):
            return here, 1
        after, role = office
        if role == "apart":
            # "Syrian rebels" are not Syria; who they are, only the words say.
            words = text[tokens[here.first].start : tokens[after - 1].end]
            return Named(here.first, after, words, "group", known=False), 1
        if role == "body":
            return replace(here, after=after, via="office"), 1
        former = here.first > 0 and tokens[here.first - 1].word.lower() in _FORMER
        if index + 1 < len(named) and named[index + 1].first == after and _joined(text, tokens, after):
            following = named[index + 1]
            if following.via == "leader" or following.actor in self.persons:
                actor = following.person if former and following.person else following.actor
                return replace(following, first=here.first, actor=actor), 2
        person_after = _stranger(text, tokens, after, ceiling)
        if person_after > after:
            person = " ".join(token.word for token in tokens[after:person_after])
            if former:
                return Named(here.first, person_after, person, "leader", known=False), 1
            return replace(here, after=person_after, via="office", person=person), 1
        if former:
            return here, 1
        actor, person = self.holder(here.actor, role)
        return replace(here, after=after, via="office", actor=actor, person=person), 1

    def _with_office_before(self, text: str, tokens: Sequence[Token], here: Named, *, floor: int) -> Named:
        """President Vladimir Putin; the president of Iran."""
        if here.via == "leader" or here.actor in self.persons:
            first = here.first
            if first > floor and tokens[first - 1].word in _TITLES:
                first -= 1
            office = self.before(text, tokens, first)
            return (
                replace(here, first=office)
                if office is not None and office >= floor
                else replace(here, first=first)
            )
        if here.via not in ("name", "alias"):
            return here
        of = here.first - 1
        if of > floor and tokens[of].word.lower() == "the":
            of -= 1
        if of <= floor or tokens[of].word != "of" or not _all_joined(text, tokens, of, here.first + 1, False):
            return here
        office = self.before(text, tokens, of)
        if office is None or office < floor or (office and tokens[office - 1].word.lower() in _FORMER):
            return here
        role = self.at(text, tokens, office)
        actor, person = self.holder(here.actor, role[1] if role else "minister")
        return replace(here, first=office, via="office", actor=actor, person=person)


@lru_cache(maxsize=1)
def shipped_offices() -> tuple[tuple[tuple[str, ...], str], ...]:
    """Return the shipped words for offices with their roles."""
    return tuple((tuple(row["words"].split()), row["role"]) for row in rows("offices"))


def by_first_word(
    offices: Sequence[tuple[tuple[str, ...], str]],
) -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Return the offices by their first word, longest first."""
    table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for words, role in offices:
        table.setdefault(words[0], []).append((words, role))
    return {first: tuple(sorted(found, key=lambda office: -len(office[0]))) for first, found in table.items()}


def _joined(text: str, tokens: Sequence[Token], place: int) -> bool:
    return place > 0 and gap(text, tokens[place - 1].end, tokens[place].start) == JOIN


def _all_joined(text: str, tokens: Sequence[Token], first: int, after: int, possessive: bool) -> bool:  # noqa: FBT001
    # Behind a possessive the words "'s" themselves are joined by an apostrophe.
    begin = first + (1 if possessive else 0)
    return all(_joined(text, tokens, place) for place in range(max(begin, 1), after))


def _behind_possessive(text: str, tokens: Sequence[Token], place: int) -> int:
    if place < len(tokens) and place and tokens[place].word in ("s", "S"):
        return place + 1 if gap(text, tokens[place - 1].end, tokens[place].start) == "'" else place
    return place


def _stranger(text: str, tokens: Sequence[Token], place: int, ceiling: int) -> int:
    """Return where an unknown person's name that begins at `place` ends; `place` itself if none does."""
    after = place
    while (
        after < min(ceiling, place + _LONGEST_PERSON)
        and _joined(text, tokens, after)
        and (tokens[after].word[:1].isupper() or (after > place and tokens[after].word in _PERSON_PARTICLES))
        and not tokens[after].word.isupper()
    ):
        after += 1
    while after > place and not tokens[after - 1].word[:1].isupper():
        after -= 1
    return after


def _same_person_in_state(text: str, tokens: Sequence[Token], left: Named, right: Named) -> bool:
    """Whether a demonym directly before a leader or office of the same actor belongs to it ("Russian Mr Putin")."""
    return (
        left.after == right.first
        and left.actor == right.actor
        and left.via in ("demonym", "name", "alias")
        and right.via == "leader"
        and _joined(text, tokens, right.first)
    )
