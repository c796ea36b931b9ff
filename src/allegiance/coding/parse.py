"""A parsed sentence as the rules see it: words, who hangs on whom, names found by the language pipeline.

Nothing of spaCy lives here: `pipeline.py` turns any pipeline's output into these records, and every rule works on
them alone. Labels are those of the CLEAR dependency scheme (``nsubj``, ``dobj``, ``prep``/``pobj``, ``agent`` ...).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# A parse tree of a real sentence is rarely deeper than 30; junk can be thousands deep.
DEEPEST = 60


@dataclass(frozen=True, slots=True)
class Word:
    """One token.

    Attributes:
        i: its place in the sentence.
        text: as it stands.
        lemma: base form, lower case.
        tag: Penn Treebank tag.
        dep: label of the edge to its head.
        head: the head's place in the sentence; its own place for the root.
        start: offset of its first character in the reading copy of the document.
        end: offset behind its last.
    """

    i: int
    text: str
    lemma: str
    tag: str
    dep: str
    head: int
    start: int
    end: int

    @property
    def lower(self) -> str:
        """The word in lower case."""
        return self.text.lower()

    @property
    def is_verb(self) -> bool:
        """Whether it is a verb form."""
        return self.tag.startswith("VB")

    @property
    def is_noun(self) -> bool:
        """Whether it is a common noun or a name."""
        return self.tag.startswith("NN")


@dataclass(frozen=True, slots=True)
class Entity:
    """A name that the language pipeline found: the words ``first`` to ``last``, both included."""

    first: int
    last: int
    label: str


@dataclass(frozen=True)
class Sentence:
    """Words of one sentence with their tree.

    Attributes:
        words: in order.
        entities: names found by the language pipeline.
        number: which sentence of the document it is.
    """

    words: tuple[Word, ...]
    entities: tuple[Entity, ...] = ()
    number: int = 0

    @property
    def start(self) -> int:
        """Offset of the first character in the reading copy."""
        return self.words[0].start

    @property
    def end(self) -> int:
        """Offset behind the last character in the reading copy."""
        return self.words[-1].end

    @cached_property
    def _kids(self) -> tuple[tuple[Word, ...], ...]:
        lists: list[list[Word]] = [[] for _ in self.words]
        for word in self.words:
            if word.head != word.i:
                lists[word.head].append(word)
        return tuple(tuple(kids) for kids in lists)

    @cached_property
    def _edges(self) -> tuple[tuple[int, int], ...]:
        """First and last word below each word, found without recursion."""
        first = list(range(len(self.words)))
        last = list(range(len(self.words)))
        for word in self._bottom_up():
            if word.head != word.i:
                first[word.head] = min(first[word.head], first[word.i])
                last[word.head] = max(last[word.head], last[word.i])
        return tuple(zip(first, last, strict=True))

    def _bottom_up(self) -> list[Word]:
        order = [word for word in self.words if word.head == word.i]
        for word in order:  # grows while we walk: breadth first
            order.extend(self._kids[word.i])
        return order[::-1]

    def head(self, word: Word) -> Word | None:
        """Return what `word` hangs on, or None for a root."""
        return None if word.head == word.i else self.words[word.head]

    def kids(self, word: Word, *deps: str) -> tuple[Word, ...]:
        """Return what hangs on `word`, in order; only by the labels `deps` where some are given."""
        kids = self._kids[word.i]
        return tuple(kid for kid in kids if kid.dep in deps) if deps else kids

    def kid(self, word: Word, *deps: str) -> Word | None:
        """Return the first of `kids`, or None."""
        return next((kid for kid in self._kids[word.i] if kid.dep in deps), None)

    def up(self, word: Word) -> Iterator[Word]:
        """Walk from the head of `word` to the root, at most `DEEPEST` steps."""
        for _ in range(DEEPEST):
            if word.head == word.i:
                return
            word = self.words[word.head]
            yield word

    def below(self, word: Word) -> tuple[Word, ...]:
        """Return the stretch of words from the first to the last that hang under `word`, itself among them."""
        first, last = self._edges[word.i]
        return self.words[first : last + 1]

    def conjuncts(self, word: Word) -> list[Word]:
        """Return `word` and what is joined to it by "and", "or" or a comma, to its right."""
        joined = [word]
        for one in joined:  # grows while we walk
            joined.extend(
                kid
                for kid in self._kids[one.i]
                if (kid.dep == "conj" and not self._excepted(one, kid)) or self._is_listed(one, kid)
            )
        return joined

    def _is_listed(self, word: Word, kid: Word) -> bool:
        """Whether it is the second of "A, B and C", which the parse may take for an apposition to the first."""
        joined = self.kid(kid, "conj") if kid.dep == "appos" else None
        return joined is not None and all(one.tag in ("NNP", "NNPS") for one in (word, kid, joined))

    def _excepted(self, word: Word, other: Word) -> bool:
        """Whether it is "everyone but B", "A, but not B"; "not only A but also B" joins."""
        if not word.is_noun or word.is_verb:
            return False
        marks = [kid for kid in self._kids[word.i] if kid.dep == "cc" and word.i < kid.i < other.i]
        if not marks or marks[-1].lower != "but":
            return any(kid.lower == "not" for kid in self.words[max(0, other.i - 2) : other.i])
        return not any(
            near.lower in ("only", "just", "also") for near in self.words[max(0, word.i - 3) : other.i]
        )

    def words_text(self, first: int, last: int) -> str:
        """Return the surface of the words `first` to `last`, gaps as they stand shown as one blank."""
        parts: list[str] = []
        for word in self.words[first : last + 1]:
            if parts and word.start > self.words[word.i - 1].end:
                parts.append(" ")
            parts.append(word.text)
        return " ".join("".join(parts).split())

    def entity_at(self, word: Word) -> Entity | None:
        """Return the name that covers `word`, or None."""
        return self._entity_of.get(word.i)

    @cached_property
    def _entity_of(self) -> dict[int, Entity]:
        return {i: one for one in self.entities for i in range(one.first, one.last + 1)}
