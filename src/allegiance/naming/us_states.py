"""Officials of the states of the United States: "Georgia's Republican governor", "the attorney general of Texas".

They belong to the United States; a state that shares its name with a country is not that country. Whether a bare "Georgia"
is the country is for `ambiguity`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from allegiance.naming.named import Named
from allegiance.naming.tables import rows
from allegiance.naming.tokens import JOIN
from allegiance.naming.words import word_list

if TYPE_CHECKING:
    from allegiance.naming.tokens import Passage

UNITED_STATES = "United States"
_OFFICES = (
    ("lieutenant", "governor"), ("lt", "gov"), ("lt", "governor"), ("governor",), ("gov",), ("governors",),
    ("attorney", "general"), ("state", "attorney", "general"), ("attorneys", "general"), ("secretary", "of", "state"),
    ("state", "senator"), ("senator",), ("senators",), ("sen",), ("congressman",), ("congresswoman",),
)  # fmt: skip
_FIRST_WORDS = frozenset(words[0] for words in _OFFICES)
_SHORTENED = ("gov", "lt", "sen")
_PARTIES = frozenset({"republican", "democratic", "democrat", "gop"})
_MOST_MODIFIERS = 3
_LONGEST_PERSON = 3


def state_officials(passage: Passage) -> list[Named]:
    """Return the officials of states of the US, and of its parties, that a text names; in order and never overlapping."""
    found: list[Named] = []
    for place in range(len(passage)):
        if found and place < found[-1].after:
            continue
        after = _state_at(passage, place)
        if after is None:
            one = _of_a_party(passage, place)
        else:
            one = _office_behind(passage, place, after) or _office_before(passage, place, after)
        if one is not None and (not found or one.first >= found[-1].after):
            found.append(one)
    return found


def _state_at(passage: Passage, place: int) -> int | None:
    """Return where the name of a state that begins at word `place` ends."""
    for words in _states().get(passage.word(place), ()):
        after = place + len(words)
        if all(passage.word(place + at) == word for at, word in enumerate(words)) and passage.joined(
            place, after
        ):
            return after
    return None


def _office_behind(passage: Passage, first: int, after: int) -> Named | None:
    """Georgia's Republican governor Brian Kemp."""
    place = after
    if passage.gap(place) == "'" and passage.lower(place) == "s":
        place += 1
    if passage.gap(place) != JOIN:
        return None
    former = passage.lower(first - 1) in word_list("former")
    for _ in range(_MOST_MODIFIERS):
        word = passage.lower(place)
        if word not in _PARTIES and word not in word_list("modifier") and word not in word_list("former"):
            break
        former = former or word in word_list("former")
        place += 1
    end = _office_at(passage, place)
    return None if end is None else _named(passage, first, end, former=former)


def _office_before(passage: Passage, first: int, after: int) -> Named | None:
    """The governor of the state of Georgia, a Republican senator from Georgia."""
    of = first - 1
    if passage.lower(of) == "of" and passage.lower(of - 1) == "state":
        of -= 3 if passage.lower(of - 2) == "the" else 2
    if passage.lower(of) not in ("of", "from", "for") or not passage.joined(max(of, 0), first + 1):
        return None
    for words in _OFFICES:
        begin = of - len(words)
        if begin >= 0 and _office_at(passage, begin) == of and _joined(passage, of):
            former = passage.lower(begin - 1) in word_list("former")
            one = _named(passage, begin, after, former=former)
            return one if one.known else None
    return None


def _of_a_party(passage: Passage, place: int) -> Named | None:
    """A Republican senator; Sen. Tom Cotton (R-Ark.), Senator Jon Ossoff, D-Georgia."""
    word, before = passage.word(place), passage.word(place - 1)
    if word[:1].isupper() and word.lower() in _PARTIES:
        # Behind another name the party is that country's: "Bosnian Democratic senator", "Nigeria's".
        owned = before == "s" and passage.gap(place - 1) == "'"
        named = before[:1].isupper() and before not in word_list("no first name")
        strange = passage.gap(place) == JOIN and (owned or named)
        end = None if strange else _office_at(passage, place + 1)
        former = passage.lower(place - 1) in word_list("former")
        joined = end is not None and passage.gap(place + 1) == JOIN
        return _named(passage, place, end, former=former) if end is not None and joined else None
    if word.lower() not in _FIRST_WORDS or (end := _office_at(passage, place)) is None:
        return None
    one = _named(passage, place, end, former=passage.lower(place - 1) in word_list("former"))
    tagged = passage.gap(one.after) in ("(", ",") and passage.word(one.after) in ("R", "D", "I")
    state = passage.word(one.after + 1)
    hyphen = one.after + 1 < len(passage) and passage.between(one.after + 1) in ("-", "\u2011", "\u2013")
    return one if one.after > end and tagged and hyphen and state[:1].isupper() else None


def _office_at(passage: Passage, place: int) -> int | None:
    for words in _OFFICES:
        after = place + len(words)
        if all(passage.lower(place + at) == word for at, word in enumerate(words)) and all(
            _joined(passage, at) for at in range(place + 1, after)
        ):
            return after
    return None


def _joined(passage: Passage, place: int) -> bool:
    """Return whether a space, or the full stop of a shortened title, parts a word from the one before."""
    return passage.gap(place) == JOIN or (
        passage.gap(place) == "." and passage.lower(place - 1) in _SHORTENED
    )


def _named(passage: Passage, first: int, after: int, *, former: bool) -> Named:
    end = after
    while end < min(len(passage), after + _LONGEST_PERSON) and (
        _joined(passage, end) if end == after else passage.gap(end) == JOIN
    ):
        word = passage.word(end)
        if not word[:1].isupper() or (word.isupper() and len(word) > 1):
            break
        end += 1
    person = passage.as_written(after, end)
    if former:
        # Who held the office acts in nobody's name.
        return Named(first, end, person or passage.as_written(first, end), "leader", known=False)
    return Named(first, end, UNITED_STATES, "office", person)


@lru_cache(maxsize=1)
def _states() -> dict[str, tuple[tuple[str, ...], ...]]:
    table: dict[str, list[tuple[str, ...]]] = {}
    for row in rows("us_states"):
        words = tuple(row["name"].split())
        table.setdefault(words[0], []).append(words)
    return {first: tuple(found) for first, found in table.items()}
