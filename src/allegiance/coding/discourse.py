"""A whole document as the rules see it: its sentences, parties, quotations, who speaks in them, whom pronouns mean."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from allegiance.coding.clauses import Clauses
from allegiance.coding.finding import View
from allegiance.coding.parties import PartyFinder
from allegiance.coding.quotes import Quote, find_quotes
from allegiance.coding.repairs import repaired

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from allegiance.coding.groups import Group
    from allegiance.coding.lexicon import Lexicon
    from allegiance.coding.parse import Sentence, Word
    from allegiance.coding.party import Party
    from allegiance.model import Mention

_ASKED_AT_ONCE = 4
_LOOK_BACK = 12


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks, and the cue that says so.

    Attributes:
        parties: one, or several who say it together.
        sentence: number of the sentence of the cue; -1 for a quotation that goes on from the one before.
        word: the cue; of a quotation that goes on, that of the first.
    """

    parties: tuple[Party, ...]
    sentence: int
    word: Word


@dataclass(frozen=True, slots=True)
class Resolvers:
    """Who answers what a document alone can't; handed in by `assembly.py`, for they look at the document in turn.

    Attributes:
        pronoun: whom a pronoun means.
        description: whom "the ministry" means.
        speakers: fills a table with who speaks in which quotation.
    """

    pronoun: Callable[[Discourse, View, Word], list[Party]]
    description: Callable[[Discourse, View, Word], list[Party]]
    speakers: Callable[[Discourse, dict[Quote, Speaker]], None]


class Discourse:
    """One document, parsed."""

    def __init__(
        self,
        text: str,
        sentences: Sequence[Sentence],
        mentions: Sequence[Mention],
        lexicon: Lexicon,
        resolvers: Resolvers,
        kind: Callable[[str], str],
        groups: Sequence[Group] = (),
    ) -> None:
        self._resolvers = resolvers
        self._kind = kind
        self.groups = groups
        self.text = text
        self.mentions = mentions
        self.lexicon = lexicon
        self.quotes = find_quotes(text)
        self._quote_starts = [quote.start for quote in self.quotes]
        self._persons: dict[str, Party] = {}
        self._asked: set[tuple[int, int]] = set()
        by_sentence = _shared_out(sentences, mentions)
        self.views = [
            View(sent, Clauses(sent, lexicon), PartyFinder(sent, found, lexicon, self), lexicon)
            for sent, found in zip((repaired(one, lexicon) for one in sentences), by_sentence, strict=True)
        ]
        for view in self.views:
            self._remember_persons(view)

    def _remember_persons(self, view: View) -> None:
        for entity in view.sent.entities:
            if entity.label != "PERSON" or entity.last == entity.first:
                continue
            head = view.sent.words[entity.last]
            for party in view.finder.at(head):
                if party.person and party.via != "pronoun":
                    self._persons.setdefault(party.person.split()[-1].casefold(), party)

    def kind(self, actor: str) -> str:
        """Return what kind of actor it is; of one that no table knows, an armed group by the words of its name."""
        known = self._kind(actor)
        if known:
            return known
        of_group = any(self.lexicon.has("group_names", word) for word in actor.lower().split())
        return "armed-group" if of_group else ""

    def surname(self, name: str) -> Party | None:
        """Return the person met so far under a longer name that ends in `name` (one word)."""
        words = name.split()
        return self._persons.get(words[0].casefold()) if len(words) == 1 else None

    def pronoun(self, finder: PartyFinder, word: Word) -> list[Party]:
        """Return whom the pronoun `word` stands for; nobody where that is not plain."""
        return self._asked_once(self._resolvers.pronoun, finder, word)

    def described(self, finder: PartyFinder, word: Word) -> list[Party]:
        """Return whom a definite description ("the ministry") means; nobody where that is not plain."""
        return self._asked_once(self._resolvers.description, finder, word)

    def _asked_once(
        self, answer: Callable[[Discourse, View, Word], list[Party]], finder: PartyFinder, word: Word
    ) -> list[Party]:
        asked = (finder.sent.number, word.i)
        # "His spokesman said": the subject that might be meant can hold the pronoun itself, or one that asks back.
        if asked in self._asked or len(self._asked) >= _ASKED_AT_ONCE:
            return []
        self._asked.add(asked)
        try:
            return answer(self, self.views[finder.sent.number], word)
        finally:
            self._asked.discard(asked)

    def quotes_at(self, offset: int) -> list[Quote]:
        """Return the quotations around the character at `offset`, outermost first."""
        # Quotations nest a few deep and don't overlap otherwise: looking back a little is enough.
        last = bisect_right(self._quote_starts, offset)
        near = self.quotes[max(0, last - _LOOK_BACK) : last]
        return [quote for quote in near if quote.start <= offset < quote.end]

    def speaker(self, quote: Quote) -> Speaker | None:
        """Return who speaks in `quote`, or None where nobody is named."""
        return self._speakers.get(quote)

    @cached_property
    def _speakers(self) -> dict[Quote, Speaker]:
        # Found once, in order: a quotation without a cue of its own goes on with the one before.
        found: dict[Quote, Speaker] = {}
        self.__dict__["_speakers"] = (
            found  # a pronoun inside a cue's subject may ask while we are still looking
        )
        self._resolvers.speakers(self, found)
        return found

    def sentences_between(self, start: int, end: int) -> list[View]:
        """Return the views of the sentences that touch the characters ``start:end``."""
        first = bisect_right(self._sentence_ends, start)
        found = []
        for view in self.views[first:]:
            if view.sent.start >= end:
                break
            found.append(view)
        return found

    @cached_property
    def _sentence_ends(self) -> list[int]:
        return [view.sent.end for view in self.views]


def _shared_out(sentences: Sequence[Sentence], mentions: Sequence[Mention]) -> list[list[Mention]]:
    """Give each sentence the mentions that begin in it."""
    starts = [sent.start for sent in sentences]
    found: list[list[Mention]] = [[] for _ in sentences]
    for mention in mentions:
        at = bisect_right(starts, mention.start) - 1
        if at >= 0 and mention.start < sentences[at].end:
            found[at].append(mention)
    return found
