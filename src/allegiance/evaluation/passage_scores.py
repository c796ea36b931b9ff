"""What counts as found in a passage: ties, what is told and by whom, what hangs on it, which actors. Sets and counts, no reader.

The counts are those of the scorer that comes with the annotated passages, one by one; a test compares the two. Recall counts what
every careful reader would write down (`must`), precision counts a find as right when anything annotated is like it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from allegiance.coding.kinds import group_of, is_mutual
from allegiance.evaluation.passage import AUTHOR
from allegiance.model import Modality

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

    from allegiance.evaluation.passage import Passage, Told

QUALIFIERS = ("condition", "goods", "via", "position", "barred")
"""Those that are scored; the title of an issue is free, so its position is what counts."""

FACT, ELSE, NOT_SO = "fact", "else", "not so"
UNKNOWN = "?"
_LEADS = ("the ", "a ", "an ")
_STRAIGHT = str.maketrans("\u2019\u201c\u201d", '\'""')
_SHORT_WORD = 2
_HALF = 0.5

Tie = tuple[frozenset[str], int]


class Count(NamedTuple):
    """What was right among the found, and what was hit among that which must be found."""

    right: int
    found: int
    hit: int
    must: int


@dataclass(frozen=True, slots=True)
class Fact:
    """A statement with a sign between two different parties, under the passage's own names.

    A party that the passage doesn't know keeps its name behind a question mark, so that it counts against precision.

    Attributes:
        actor, target: the parties.
        sign: +1 or -1.
        holder: the innermost speaker; empty for the author.
        told_as: as a fact, as something else (demanded, predicted, ...), or as not so.
        told: the statement itself.
    """

    actor: str
    target: str
    sign: int
    holder: str
    told_as: str
    told: Told

    @property
    def tie(self) -> Tie:
        """The pair, without direction, and the sign."""
        return frozenset((self.actor, self.target)), self.sign

    @property
    def whole(self) -> tuple[Tie, str, str]:
        """The tie, who holds it and how it is told."""
        return self.tie, self.holder, self.told_as


class Hanging(NamedTuple):
    """One qualifier of a statement."""

    pair: frozenset[str]
    sign: int
    name: str
    words: str
    must: bool


class Names:
    """The names of a passage's actors, compared without case, articles and possessives."""

    def __init__(self, passage: Passage) -> None:
        """Make the table; a name of two actors is the first one's."""
        self._table: dict[str, str] = {}
        for actor, names in passage.names().items():
            for name in names:
                self._table.setdefault(plain(name), actor)

    def of(self, name: str) -> str:
        """Return the actor of this name, or the name behind a question mark."""
        return self._table.get(plain(name), UNKNOWN + plain(name))


def plain(name: str) -> str:
    """Return a name as it is compared."""
    text = " ".join(name.translate(_STRAIGHT).casefold().split())
    for lead in _LEADS:
        text = text.removeprefix(lead)
    return text.removesuffix("'s").strip(" .,\"'")


def told_as(told: Told) -> str:
    """Return the class of how something is told."""
    if told.negated or told.modality is Modality.DENIED:
        return NOT_SO
    return FACT if told.modality is Modality.ASSERTED else ELSE


def facts(names: Names, told: Iterable[Told]) -> list[Fact]:
    """Return what sets two parties with or against each other."""
    found = []
    for one in told:
        actor, target = names.of(one.actor), names.of(one.target)
        if one.sign and actor != target:
            holder = names.of(one.holder[-1]) if one.holder else ""
            found.append(Fact(actor, target, one.sign, holder, told_as(one), one))
    return found


def ties(some: Iterable[Fact]) -> list[Fact]:
    """Return those that aren't told as not so."""
    return [one for one in some if one.told_as != NOT_SO]


def asserted(some: Iterable[Fact]) -> list[Fact]:
    """Return those that are told as facts, of which networks are made by default."""
    return [one for one in some if one.told_as == FACT]


def counted(gold: Sequence[Fact], found: Sequence[Fact], view: Callable[[Fact], Hashable]) -> Count:
    """Count sets of what `view` makes of each fact."""
    known, have = {view(one) for one in gold}, {view(one) for one in found}
    must = {view(one) for one in gold if one.told.must}
    return Count(len(have & known), len(have), len(have & must), len(must))


def hanging(names: Names, told: Iterable[Told]) -> list[Hanging]:
    """Return what hangs on statements, as far as it is scored."""
    found = []
    for one in told:
        pair = frozenset((names.of(one.actor), names.of(one.target)))
        for name, words in one.qualifiers:
            if name in QUALIFIERS:
                what = names.of(words) if name == "via" else words
                found.append(Hanging(pair, one.sign, name, what, one.must))
    return found


def qualified(gold: Sequence[Hanging], found: Sequence[Hanging]) -> Count:
    """Count qualifiers: a station by its actor, a bar by its pair alone, all others by half of their words."""
    must = [one for one in gold if one.must]
    return Count(
        sum(any(_same(one, other) for one in gold) for other in found),
        len(found),
        sum(any(_same(one, other) for other in found) for one in must),
        len(must),
    )


def _same(gold: Hanging, found: Hanging) -> bool:
    if gold[:3] != found[:3]:
        return False
    if gold.name == "barred":
        return True
    return gold.words == found.words if gold.name == "via" else same_words(gold.words, found.words)


def same_words(one: str, other: str) -> bool:
    """Return whether two phrases share half of their words, those of one and two letters aside."""
    a, b = (
        {word for word in re.findall(r"\w+", plain(text)) if len(word) > _SHORT_WORD or not text.isascii()}
        for text in (one, other)
    )
    return 2 * len(a & b) >= _HALF * (len(a) + len(b)) if a and b else plain(one) == plain(other)


def sort_right(gold: Sequence[Fact], found: Sequence[Fact]) -> tuple[int, int]:
    """Of ties found right, by sort of act: how many have a group of acts that is annotated for the tie, and of how many."""
    return _given_the_tie(gold, found, lambda one: group_of(one.told.act, one.sign))


def class_right(gold: Sequence[Fact], found: Sequence[Fact]) -> tuple[int, int]:
    """Of pairs and signs found right: how many are told as annotated (fact, else, not so), and of how many."""
    return _given_the_tie(gold, found, lambda one: one.told_as)


def holder_right(gold: Sequence[Fact], found: Sequence[Fact]) -> tuple[int, int]:
    """Of pairs and signs found right: how many have a holder that is annotated, and of how many."""
    return _given_the_tie(gold, found, lambda one: one.holder)


def direction_right(gold: Sequence[Fact], found: Sequence[Fact]) -> tuple[int, int]:
    """Of ties found right, none of whose annotated kinds is mutual: how often the right one acts, and of how many."""
    mutual = {one.tie for one in gold if is_mutual(one.told.kind)}
    return _given_the_tie([one for one in gold if one.tie not in mutual], found, lambda one: one.actor)


def _given_the_tie(
    gold: Sequence[Fact], found: Sequence[Fact], view: Callable[[Fact], Hashable]
) -> tuple[int, int]:
    known = {one.tie for one in gold}
    annotated = {(one.tie, view(one)) for one in gold}
    have = {(one.tie, view(one)) for one in found if one.tie in known}
    return len(have & annotated), len(have)


def actors_of_must(gold: Iterable[Fact]) -> set[str]:
    """Return the actors of statements that every careful reader would write down."""
    return {
        name
        for one in gold
        if one.told.must
        for name in (one.actor, one.target)
        if not name.startswith(UNKNOWN)
    }


def reported(names: Names, told: Iterable[Told]) -> set[str]:
    """Return all whom statements name as parties or holders, the author aside."""
    everybody = {names.of(name) for one in told for name in (*one.holder, one.actor, one.target)}
    return everybody - {UNKNOWN + AUTHOR}


def among(some: Iterable[Fact], actors: set[str]) -> list[Fact]:
    """Return the facts between two of `actors`."""
    return [one for one in some if one.actor in actors and one.target in actors]


def sure(found: Iterable[Fact]) -> Mapping[Tie, float]:
    """Return by tie the confidence of the surest statement of it."""
    best: dict[Tie, float] = {}
    for one in found:
        best[one.tie] = max(one.told.confidence, best.get(one.tie, 0.0))
    return best
