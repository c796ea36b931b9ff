"""Who speaks: the subject of a word like "said", for a clause or for a quotation beside it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from allegiance.coding.climb import ACCOUNTS, is_as_put, is_state_of_mind
from allegiance.coding.discourse import Speaker
from allegiance.coding.party import Party

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
# "a columnist in the Herald": what belongs to the words for a speaker without a name.
_WHOSE = frozenset({"by", "of", "in", "at", "from", "for", "inside", "within", "with"})
_LONGEST_WHOSE = 7
_ANYBODY = frozenset({"anyone", "anybody", "somebody", "someone", "everybody", "everyone", "who", "whoever"})
# "expressed the hope that", "the accusation, made by A, that"
_VOICING = frozenset(
    {
        "express",
        "voice",
        "make",
        "repeat",
        "reiterate",
        "raise",
        "level",
        "utter",
        "issue",
        "air",
        "share",
        "put",
    }
)


def of_cue(view: View, cue: Word) -> tuple[Party, ...]:
    """Return who speaks by the verb or noun `cue`, or by "according to"; nobody where no phrase says it."""
    if cue.lower == "according":
        words = list(view.clauses.behind(cue, "to"))
    elif cue.lemma in ("hear", "learn"):
        words = list(view.clauses.behind(cue, "from"))  # who hears something says nothing
    elif is_state_of_mind(cue):
        be = cue if cue.is_verb else view.sent.head(cue)
        words = view.clauses.subjects(be) if be is not None and be.is_verb else []
        words = [word for word in words if word.lower != "it"]
    elif cue.is_noun:
        return _of_noun(view, cue)
    else:
        words = view.clauses.doers(cue)
        if view.lexicon.has("evidential", cue.lemma):
            words = [word for word in words if view.finder.all(word) or _may_tell(view, word)]
    # Where nobody doubts it, nobody is its holder but the one who writes so.
    return tuple(
        party
        for word in words
        if not is_nobody(view, word) and word.lower not in _ANYBODY
        for party in _speaking(view, word)
    )


def _of_noun(view: View, cue: Word) -> tuple[Party, ...]:
    """Whose claim it is: "A's claim", "the claim by A", "the claim, made by A,", "A expressed the hope"."""
    own = view.finder.owners_before(cue) or view.parties(view.clauses.behind(cue, "by", "from", "of"))
    if own:
        return tuple(own)
    if any(kid.dep == "poss" for kid in view.sent.kids(cue)):
        return ()
    makers = [verb for verb in view.sent.kids(cue, "acl") if verb.lemma in _VOICING]
    above = view.sent.head(cue)
    if cue.dep == "dobj" and above is not None and above.lemma in _VOICING:
        makers.append(above)
    return tuple(
        party for verb in makers for word in view.clauses.doers(verb) for party in _speaking(view, word)
    )


def is_nobody(view: View, word: Word) -> bool:
    """Whether it is "nobody", "no one", "no expert": who doesn't hold what "nobody believes"."""
    determiners = [kid.lower for kid in view.sent.kids(word, "det")]
    return view.lexicon.has("negators", word.lower) or bool({"no", "neither"} & set(determiners))


def quoted_by(view: View, cue: Word) -> tuple[Word, tuple[Party, ...]] | None:
    """Return who quotes the speaker of `cue`, and the word that says so: "A, quoted by B, said"."""
    for word in view.clauses.doers(cue):
        for verb in view.sent.kids(word, "acl"):
            quoted = verb.lemma in ("cite", "quote") and view.clauses.is_passive(verb)
            quoting = view.clauses.doers(verb) if quoted else []
            if parties := tuple(party for one in quoting for party in _speaking(view, one)):
                return verb, parties
    return None


def _may_tell(view: View, word: Word) -> bool:
    """Whether it is a document or somebody, of whom "shows that" tells what he says; not "the attack shows that"."""
    return any(view.lexicon.has(name, word.lemma) for name in ("papers", "anonymous"))


def cited(view: View, cue: Word) -> tuple[Word, tuple[Party, ...]] | None:
    """Return whom the speaker of `cue` names for it, and the word that says so: "A, citing two officials, said"."""
    beside = (kid for word in view.clauses.doers(cue) for kid in view.sent.kids(word, "acl"))
    for verb in (*view.sent.kids(cue, "advcl"), *beside):
        if verb.lemma in ("cite", "quote") and verb.tag == "VBG":
            for word in view.clauses.undergoers(verb):
                # "citing two officials", but of "citing a letter from A" it is A who says so
                parties = view.parties(view.clauses.behind(word, "from", "by")) or _speaking(view, word)
                if parties:
                    return verb, tuple(parties)
    return None


def _speaking(view: View, word: Word) -> list[Party]:
    known = view.finder.all(word)
    if known or not word.is_noun:
        # "Two fighters" at the beginning of a sentence are "two fighters".
        return [one if one.known else replace(one, actor=view.finder.small(one.actor)) for one in known]
    if name := view.finder.personal_name(word):
        return [Party(name, name, word.i, known=False, via="ner", person=name)]  # "the commentator Mira Sand"
    if word.lemma in ACCOUNTS and (owners := view.finder.owners_before(word)):
        return owners  # "according to A's account"
    text = view.finder.small(view.sent.words_text(view.finder.first_word(word), _last_word(view, word)))
    # "the report said", "sources": kept in their own words; anonymous, and no actor.
    return [Party(text, text, word.i, known=False, via="ner", anonymous=True)]


def _last_word(view: View, word: Word) -> int:
    """Where the words end that say whose an anonymous speaker is: "a source close to A", "critics of A"."""
    last = word.i
    for kid in view.sent.kids(word):
        whose = kid.dep == "prep" and kid.lower in _WHOSE
        close = kid.dep in ("amod", "acl", "relcl") and kid.lower in ("close", "near", "loyal")
        behind = view.sent.below(kid)[-1].i
        if kid.i == last + 1 and (whose or close) and behind - word.i <= _LONGEST_WHOSE:
            last = behind
    return last


def find_all(discourse: Discourse, found: dict[Quote, Speaker]) -> None:
    """Fill `found` with the speaker of each quotation for whom there is one."""
    before: Quote | None = None
    for quote in discourse.quotes:
        speaker = _beside(discourse, quote)
        if speaker is None and before in found and before is not None and _goes_on(discourse, before, quote):
            speaker = Speaker(found[before].parties, -1, found[before].word)
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
                best = (distance, Speaker(parties, view.sent.number, word))
    best = best or _led_in(discourse, quote)
    if best is None or _is_scare_quote(discourse, quote, best[1]):
        return None
    return best[1]


def _led_in(discourse: Discourse, quote: Quote) -> tuple[int, Speaker] | None:
    """Who did what stands before the colon, where no word of saying does: "A took credit on its website: '...'"."""
    if quote.depth or not discourse.text[: quote.start].rstrip().endswith(":"):
        return None
    for view in reversed(_neighbours(discourse, quote)):
        for verb in view.sent.words:
            root = (
                verb.is_verb
                and verb.end <= quote.start
                and not any(one.is_verb for one in view.sent.up(verb))
            )
            if root and (parties := _outside(view, quote, tuple(view.parties(view.clauses.doers(verb))))):
                return 0, Speaker(parties, view.sent.number, verb)
    return None


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
        called = discourse.text[: quote.end].rstrip("\"'\u201d\u2019\u00bb")[-1:] in ("?", "!")
        goes_on = after.sent.words[0].text[:1].islower() or _speaks_at_once(after, called=called)
        if goes_on and _JOINT.fullmatch(discourse.text[quote.end : after.sent.start]):
            views = [*views, after]
    return views


def _speaks_at_once(view: View, *, called: bool) -> bool:
    """Whether a sentence is only "Smith said." behind a quotation that the parser cut off.

    Behind one that is called out or asks (`called`) any cue will do: "'Who armed B?' Smith asked his audience."
    """
    return len(view.sent.words) <= _SHORT_SENTENCE and any(
        (word.lemma == "say" or (called and word.is_verb and view.lexicon.has("cue", word.lemma)))
        and word.dep == "ROOT"
        and view.sent.kid(word, "ccomp", "xcomp") is None
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
