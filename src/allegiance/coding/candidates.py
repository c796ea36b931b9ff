"""Which two parties of a sentence the trained model is asked about, and by which words their relation hangs together."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, islice
from typing import TYPE_CHECKING

from allegiance.coding.encoder import MarkedPair

if TYPE_CHECKING:
    from collections.abc import Iterator

    from allegiance.coding.discourse import Discourse
    from allegiance.coding.finding import View
    from allegiance.coding.parse import Word
    from allegiance.coding.party import Party

# A list of twenty names has 190 pairs and tells nothing of most; the nearest pairs are asked about.
_MOST_PAIRS = 24
# A sentence longer than this is a table or a list that lost its line ends.
_LONGEST_SENTENCE = 200
_EXCEPTING = frozenset({"but", "except", "save", "excluding"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two parties of a sentence, in the order of the text.

    Attributes:
        view: the sentence.
        first: the party that stands first.
        second: the other.
        marked: the sentence with both marked.
        anchor: the word that joins them, from which attribution is read.
        between: `anchor`, and the verbs and nouns on the way from one to the other.
    """

    view: View
    first: Party
    second: Party
    marked: MarkedPair
    anchor: Word
    between: tuple[Word, ...]


def candidates(discourse: Discourse) -> Iterator[Candidate]:
    """Yield the pairs of a document, sentence by sentence, near ones first."""
    for view in discourse.views:
        if len(view.sent.words) <= _LONGEST_SENTENCE:
            yield from islice(_of_sentence(discourse.text, view), _MOST_PAIRS)


def _of_sentence(text: str, view: View) -> Iterator[Candidate]:
    parties = _parties(view)
    if len(parties) < 2:  # noqa: PLR2004 - a relation has two ends
        return
    offset = view.sent.start
    sentence = text[offset : view.sent.end]
    asked: set[frozenset[str]] = set()
    pairs = sorted(combinations(parties, 2), key=lambda pair: (pair[1].word - pair[0].word, pair[0].word))
    for one, other in pairs:
        ends = frozenset((one.actor, other.actor))
        spans = [_span(view, party, offset) for party in (one, other)]
        if len(ends) == 1 or ends in asked or _overlap(spans[0], spans[1]):
            continue
        asked.add(ends)
        (first_span, first), (second_span, second) = sorted(
            zip(spans, (one, other), strict=True), key=lambda end: end[0]
        )
        anchor, between = _joined(view, one.word, other.word)
        yield Candidate(view, first, second, MarkedPair(sentence, first_span, second_span), anchor, between)


def _parties(view: View) -> list[Party]:
    """Return the known actors of the sentence, in order.

    Of names that only the language pipeline finds, too many are ships, towns and camps; the rules tell those by grammar.
    """
    found: list[Party] = []
    for word in view.sent.words:
        if not word.is_noun and word.tag not in ("PRP", "PRP$") and view.finder.mention_at(word) is None:
            continue
        head = view.sent.head(word)
        for party in view.finder.at(word):
            inside = head is not None and head.is_noun and _same(view, party, head)
            if party.known and not inside and not _excepted(view, word):
                found.append(party)
    return found


def _excepted(view: View, word: Word) -> bool:
    """Whether it is "everyone but A": who is excepted doesn't do what the rest of the sentence tells."""
    first = min((kid.i for kid in view.sent.kids(word, "det", "compound", "amod")), default=word.i)
    before = view.sent.words[max(0, min(first, word.i) - 2) : min(first, word.i)]
    return (
        len(before) == 2  # noqa: PLR2004 - the exception and what it is made from
        and before[1].lower in _EXCEPTING
        and (before[0].is_noun or before[0].tag in ("DT", "PRP"))
    )


def _same(view: View, party: Party, head: Word) -> bool:
    """Whether `head`, on which the party's word hangs, stands for the same actor: then it is the one to mark."""
    return any(other.actor == party.actor for other in view.finder.at(head))


def _span(view: View, party: Party, offset: int) -> tuple[int, int]:
    """Return the characters of the party in its sentence: its name, or its phrase where it has none."""
    word = view.sent.words[party.word]
    mention = view.finder.mention_at(word)
    if mention is not None:
        return mention.start - offset, mention.end - offset
    entity = view.sent.entity_at(word)
    first = view.sent.words[entity.first] if entity is not None else word
    return min(first.start, word.start) - offset, word.end - offset


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _joined(view: View, one: int, other: int) -> tuple[Word, tuple[Word, ...]]:
    """Return the lowest word above both, and the verbs and nouns on the way between them."""
    words = view.sent.words
    up_one = [words[one], *view.sent.up(words[one])]
    up_other = [words[other], *view.sent.up(words[other])]
    places = {word.i for word in up_one}
    anchor = next((word for word in up_other if word.i in places), words[one])
    way = [*_till(up_one, anchor), *_till(up_other, anchor)]
    between = {anchor.i: anchor}
    between.update(
        (word.i, word) for word in way if (word.is_verb or word.is_noun) and word.i not in (one, other)
    )
    return anchor, tuple(between.values())


def _till(way: list[Word], last: Word) -> list[Word]:
    places = [word.i for word in way]
    return way[: places.index(last.i)] if last.i in places else way
