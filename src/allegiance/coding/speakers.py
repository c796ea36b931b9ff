"""Who speaks: the subject of a word like "said", for a clause or for a quotation beside it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from allegiance.coding.climb import is_as_put
from allegiance.coding.discourse import Speaker
from allegiance.coding.parties import Party

if TYPE_CHECKING:
    from allegiance.coding.discourse import Discourse
    from allegiance.coding.finding import View
    from allegiance.coding.parse import Word
    from allegiance.coding.quotes import Quote

# A cue further away than this from the quotation belongs to something else.
_FARTHEST = 160
# What may stand between the end of a quotation and the sentence that names its speaker, or the other way round.
_JOINT = re.compile(r"[\s,:\u2014\u2013-]*")
# Words in quotation marks of which only few were spoken are a choice of word, not a speech.
_SHORTEST_SPEECH = 3
_SHORT_SENTENCE = 12


def of_cue(view: View, cue: Word) -> tuple[Party, ...]:
    """Return who speaks by the verb or noun `cue`, or by "according to"; nobody where no phrase says it."""
    if cue.lower == "according":
        words = list(view.clauses.behind(cue, "to"))
    elif cue.is_noun:
        return tuple(
            view.finder.owners_before(cue) or view.parties(view.clauses.behind(cue, "by", "from", "of"))
        )
    else:
        words = view.clauses.doers(cue)
    # Where nobody doubts it, nobody is its holder but the one who writes so.
    return tuple(
        party
        for word in words
        if not view.lexicon.has("negators", word.lower)
        for party in _speaking(view, word)
    )


def _speaking(view: View, word: Word) -> list[Party]:
    known = view.finder.all(word)
    if known or not word.is_noun:
        return known
    if name := view.finder.personal_name(word):
        return [Party(name, name, word.i, known=False, via="ner", person=name)]  # "the commentator Mira Sand"
    text = view.finder.small(view.finder.phrase(word))
    # "the report said", "sources": kept in their own words; anonymous, and no actor.
    return [Party(text, text, word.i, known=False, via="ner", anonymous=True)]


def find_all(discourse: Discourse, found: dict[Quote, Speaker]) -> None:
    """Fill `found` with the speaker of each quotation for whom there is one."""
    before: Quote | None = None
    for quote in discourse.quotes:
        speaker = _beside(discourse, quote)
        if speaker is None and before in found and before is not None and _goes_on(discourse, before, quote):
            speaker = Speaker(found[before].parties, -1, -1)
        if speaker is not None:
            found[quote] = speaker
        if quote.depth == 0:
            before = quote


def _beside(discourse: Discourse, quote: Quote) -> Speaker | None:
    best: tuple[int, Speaker] | None = None
    for view in _neighbours(discourse, quote):
        for word in view.sent.words:
            if not _may_cue(view, word) or not _same_level(discourse, quote, word):
                continue
            distance = min(abs(quote.start - word.end), abs(word.start - quote.end))
            if distance > _FARTHEST or (best is not None and distance >= best[0]):
                continue
            if parties := _outside(view, quote, of_cue(view, word)):
                best = (distance, Speaker(parties, view.sent.number, word.i))
    if best is None or _is_scare_quote(discourse, quote, best[1]):
        return None
    return best[1]


def _neighbours(discourse: Discourse, quote: Quote) -> list[View]:
    """The sentences that hold the quotation, and those before and after if nothing but a comma or colon is between."""
    views = discourse.sentences_between(quote.start, quote.end)
    if not views:
        return []
    first, last = views[0].sent.number, views[-1].sent.number
    if first > 0:
        gap = discourse.text[discourse.views[first - 1].sent.end : quote.start]
        lead_in = discourse.text[: discourse.views[first - 1].sent.end].rstrip()[-1:]
        if views[0].sent.start >= quote.start - 1 and not gap.strip() and lead_in in (":", ","):
            views = [discourse.views[first - 1], *views]
    if last + 1 < len(discourse.views):
        after = discourse.views[last + 1]
        goes_on = after.sent.words[0].text[:1].islower() or _speaks_at_once(after)
        if goes_on and _JOINT.fullmatch(discourse.text[quote.end : after.sent.start]):
            views = [*views, after]
    return views


def _speaks_at_once(view: View) -> bool:
    """Whether a sentence is only "Smith said." behind a quotation that the parser cut off."""
    return len(view.sent.words) <= _SHORT_SENTENCE and any(
        word.lemma == "say" and word.dep == "ROOT" and view.sent.kid(word, "ccomp") is None
        for word in view.sent.words
    )


def _may_cue(view: View, word: Word) -> bool:
    if word.lower == "according":
        return True
    return word.is_verb and (
        view.lexicon.has("cue", word.lemma)
        or view.lexicon.has("cue", view.clauses.key(word))
        or is_as_put(view, word)
    )


def _same_level(discourse: Discourse, quote: Quote, word: Word) -> bool:
    """Whether `word` stands outside `quote`, in just what surrounds it."""
    return (
        not quote.holds(word.start, word.end)
        and sum(1 for other in discourse.quotes_at(word.start) if other.depth < quote.depth)
        == len(discourse.quotes_at(word.start))
        == quote.depth
    )


def _outside(view: View, quote: Quote, parties: tuple[Party, ...]) -> tuple[Party, ...]:
    return tuple(
        party
        for party in parties
        if not quote.holds(view.sent.words[party.word].start, view.sent.words[party.word].end)
        or party.via == "pronoun"
    )


def _is_scare_quote(discourse: Discourse, quote: Quote, speaker: Speaker) -> bool:
    words = discourse.text[quote.start : quote.end].split()
    return len(words) < _SHORTEST_SPEECH and speaker.sentence < 0


def _goes_on(discourse: Discourse, before: Quote, quote: Quote) -> bool:
    """Whether the same person speaks on: only blanks or the cue's own sentence end lie between, or a new paragraph."""
    if quote.depth != before.depth:
        return False
    between = discourse.text[before.end : quote.start]
    if not between.strip():
        return True
    # "'A,' said Smith. 'B.'": the rest of the cue's sentence, then at once the next quotation.
    views = discourse.sentences_between(before.end, quote.start)
    starts_sentence = any(
        abs(view.sent.start - quote.start) <= 1
        for view in discourse.sentences_between(quote.start, quote.end)[:1]
    )
    return (
        starts_sentence and len(between) <= _FARTHEST and len(views) <= 1 + 1 and "\n" not in between.strip()
    )
