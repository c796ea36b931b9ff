"""What a user has judged of the actors of a case: that two are one, that some words mean another, that a name was forgotten.

The judgements themselves are events of the case's history; here is only their fold: under which name an actor is shown. What was
read is never changed by it. Whether a judgement may be made (are the names known?) is decided where it is made.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Judgement:
    """One thing said of actors.

    Attributes:
        kind: ``merge``: `actor` and `other` are one; ``split``: `other` (a part merged into `actor`, or surface words read as
            it) is an actor of its own, or with an empty `other` all parts are; ``alias``: the words `other` mean `actor`.
        actor: the name shown until now.
        other: the second actor's name, or surface words.
        name: under which name what comes of it is shown from now on.
    """

    kind: str
    actor: str
    other: str
    name: str


@dataclass(frozen=True, slots=True)
class Judgements:
    """The fold of judgements, oldest first.

    Attributes:
        shown: name that a statement bears -> name under which it is shown, where the two differ.
        moved: (name that a statement bears, its surface words as `bare` has them) -> the name it is taken for instead,
            before `shown` is asked.
        words: names and words that later reading must know, with the names that they are shown under.
    """

    shown: Mapping[str, str] = field(default_factory=dict)
    moved: Mapping[tuple[str, str], str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.shown or self.moved)

    @classmethod
    def fold(cls, judgements: Iterable[Judgement]) -> Judgements:
        """Replay `judgements`."""
        shown: dict[str, str] = {}
        moved: dict[tuple[str, str], str] = {}
        given: set[str] = set()
        for one in judgements:
            now = cls(shown, moved)
            if one.kind == "split":
                _split(now, one, shown, moved)
                continue
            parts = now.parts(one.other)
            if one.kind == "merge":
                parts = (*now.parts(one.actor), *parts)
                given |= {one.actor, one.name}
            else:
                # What a text calls "the Front" is kept without its article where nobody is known by the name.
                parts = (*parts, one.other.removeprefix("the "))
            given.add(one.other)
            shown.update(dict.fromkeys(parts, one.name))
        different = {part: name for part, name in shown.items() if part != name}
        needed = given & (different.keys() | set(different.values()))
        return cls(different, moved, {name: different.get(name, name) for name in sorted(needed)})

    def parts(self, name: str) -> tuple[str, ...]:
        """Return the names that statements bear of what is shown as `name`, in alphabetical order."""
        merged = {part for part, shown in self.shown.items() if shown == name}
        # Somebody merged into another is no longer shown under his own name.
        return tuple(sorted(merged | ({name} if self.shown.get(name, name) == name else set())))

    def name_of(self, actor: str, words: str = "") -> str:
        """Return under which name an actor is shown that a statement calls `actor`, in the surface words `words`."""
        actor = self.moved.get((actor, bare(words)), actor) if self.moved else actor
        return self.shown.get(actor, actor)


def _split(now: Judgements, one: Judgement, shown: dict[str, str], moved: dict[tuple[str, str], str]) -> None:
    """Take apart what was merged, or take surface words away, in `shown` and `moved`."""
    parts = now.parts(one.actor)
    if not one.other:
        for part in parts:
            shown.pop(part, None)
    elif one.other in parts and one.other != one.actor:
        shown[one.other] = one.name
    else:
        words = bare(one.other)
        before = [key for key, name in moved.items() if name in parts and key[1] == words]
        moved.update(dict.fromkeys([*before, *((part, words) for part in parts)], one.name))


def bare(words: str) -> str:
    """Return surface words in the form in which they are compared: in lower case, single blanks, without "the"."""
    folded = " ".join(words.split()).casefold()
    return folded.removeprefix("the ")
