"""Who holds what a sentence tells: the chain outlet > speaker > speaker quoted by the speaker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from allegiance.coding import speakers
from allegiance.coding.climb import climb, cues_beside

if TYPE_CHECKING:
    from allegiance.coding.discourse import Discourse
    from allegiance.coding.finding import View
    from allegiance.coding.parse import Word
    from allegiance.coding.parties import Party


@dataclass(frozen=True, slots=True)
class Holder:
    """One link of the chain: who, by which cue (sentence, place), inside how many quotations the cue stands."""

    party: Party
    cue: tuple[int, int]
    level: int


def chains(discourse: Discourse, view: View, anchor: Word) -> list[tuple[Party, ...]]:
    """Return who holds what `anchor` tells, outermost first, without the outlet; more chains where several say it together."""
    links = _by_grammar(discourse, view, anchor)
    for quote in discourse.quotes_at(anchor.start):
        speaker = discourse.speaker(quote)
        if speaker is None:
            continue
        cue = (speaker.sentence, speaker.cue)
        if all(link[0].cue != cue for link in links):
            links.append([Holder(party, cue, quote.depth) for party in speaker.parties])
    # Outside quotations first; within a level the grammar's own order, outermost first, is kept by the stable sort.
    links.sort(key=lambda link: link[0].level)
    return _distinct(_product(links))


def _by_grammar(discourse: Discourse, view: View, anchor: Word) -> list[list[Holder]]:
    """The cues above `anchor` and beside the verbs on the way, outermost first."""
    found: list[list[Holder]] = []
    seen: set[int] = set()
    nodes = [(anchor, None), *((step.parent, step) for step in climb(view, anchor))]
    for node, step in nodes:
        cues = [node] if step is not None and step.cue else []
        cues = [*cues_beside(view, node), *cues]
        for cue in cues:
            if cue.i in seen or cue.i == anchor.i or _is_silent(view, cue):
                continue
            seen.add(cue.i)
            level = len(discourse.quotes_at(cue.start))
            parties = speakers.of_cue(view, cue)
            if parties:
                found.append([Holder(party, (view.sent.number, cue.i), level) for party in parties])
    return found[::-1]


def _product(links: list[list[Holder]]) -> list[tuple[Party, ...]]:
    chains_: list[tuple[Party, ...]] = [()]
    for link in links:
        chains_ = [(*chain, holder.party) for chain in chains_ for holder in link]
        # Six speakers of three nested quotations would make hundreds; nobody reads that out of a sentence.
        chains_ = chains_[:16]
    return chains_


def _distinct(found: list[tuple[Party, ...]]) -> list[tuple[Party, ...]]:
    """Drop a speaker who would quote himself, and chains told twice."""
    unique: dict[tuple[str, ...], tuple[Party, ...]] = {}
    for chain in found:
        kept: list[Party] = []
        for party in chain:
            if not kept or kept[-1].holder != party.holder:
                kept.append(party)
        unique.setdefault(tuple(party.holder for party in kept), tuple(kept))
    return list(unique.values())


def _is_silent(view: View, cue: Word) -> bool:
    """Who "did not say" or "refused to say" it doesn't hold it."""
    governor = view.sent.head(cue)
    refused = cue.dep == "xcomp" and governor is not None and view.lexicon.has("refusing", governor.lemma)
    return refused or (view.sent.kid(cue, "neg") is not None and not view.lexicon.has("denying", cue.lemma))
