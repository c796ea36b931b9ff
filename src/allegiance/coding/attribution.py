"""Who holds what a sentence tells: the chain outlet > speaker > speaker quoted by the speaker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from allegiance.coding import speakers
from allegiance.coding.climb import calls_a_lie, climb, cues_beside

if TYPE_CHECKING:
    from collections.abc import Sequence

    from allegiance.coding.discourse import Discourse
    from allegiance.coding.finding import View
    from allegiance.coding.parse import Word
    from allegiance.coding.party import Party
    from allegiance.coding.reading_copy import ReadingCopy
    from allegiance.model import Document


@dataclass(frozen=True, slots=True)
class Holder:
    """One link of the chain.

    Attributes:
        party: who says it.
        cue: the word that tells so ("said"); offsets tell it from the same word elsewhere.
        level: inside how many quotations the cue stands.
    """

    party: Party
    cue: Word
    level: int


def chains(discourse: Discourse, view: View, anchor: Word) -> list[tuple[Holder, ...]]:
    """Return who holds what `anchor` tells, outermost first, without the outlet; more chains where several say it together."""
    links = _by_grammar(discourse, view, anchor)
    for quote in discourse.quotes_at(anchor.start):
        speaker = discourse.speaker(quote)
        if speaker is None:
            continue
        if all(link[0].cue.start != speaker.word.start for link in links):
            links.append([Holder(party, speaker.word, quote.depth) for party in speaker.parties])
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
        # Innermost first: "according to A, B said" is what B says as A tells it.
        cues = [*cues, *cues_beside(view, node)]
        for cue in cues:
            if cue.i in seen or cue.i == anchor.i or _is_silent(view, cue):
                continue
            seen.add(cue.i)
            level = len(discourse.quotes_at(cue.start))
            if cited := speakers.cited(view, cue):
                found.append([Holder(party, cited[0], level) for party in cited[1]])
            parties = speakers.of_cue(view, cue)
            if parties:
                found.append([Holder(party, cue, level) for party in parties])
            if quoting := speakers.quoted_by(view, cue):
                found.append([Holder(party, quoting[0], level) for party in quoting[1]])
    return found[::-1]


def _product(links: list[list[Holder]]) -> list[tuple[Holder, ...]]:
    chains_: list[tuple[Holder, ...]] = [()]
    before: set[str] = set()
    for link in links:
        names = {holder.party.holder for holder in link}
        # "A, B and C said ..., accusing it of ...": the same say both together, none of them quotes another.
        together = names == before
        chains_ = [
            (*chain, holder)
            for chain in chains_
            for holder in link
            if not together or holder.party.holder == chain[-1].party.holder
        ]
        before = names
        # Six speakers of three nested quotations would make hundreds; nobody reads that out of a sentence.
        chains_ = chains_[:16]
    return chains_


def _distinct(found: list[tuple[Holder, ...]]) -> list[tuple[Holder, ...]]:
    """Drop a speaker who would quote himself, and chains told twice."""
    unique: dict[tuple[str, ...], tuple[Holder, ...]] = {}
    for chain in found:
        kept: list[Holder] = []
        for link in chain:
            if not kept or kept[-1].party.holder != link.party.holder:
                kept.append(link)
            elif link.cue.dep == "parataxis":
                kept[-1] = link  # "A said X; B, he added, ...": the cue beside it is nearer
        unique.setdefault(tuple(link.party.holder for link in kept), tuple(kept))
    return list(unique.values())


def cue_qualifiers(doc: Document, copy: ReadingCopy, chain: Sequence[Holder]) -> dict[str, str]:
    """Return what a statement keeps of the cues of its chain, outermost first: the words, and their characters in `doc`."""
    if not chain:
        return {}
    spans = [copy.span(link.cue.start, link.cue.end) for link in chain]
    return {
        "cue": "; ".join(doc.text[start:end] for start, end in spans),
        "cue_at": "; ".join(f"{start}-{end}" for start, end in spans),
    }


def _is_silent(view: View, cue: Word) -> bool:
    """Who "did not say" or "refused to say" it doesn't hold it, nor does he whose claim is denied."""
    governor = view.sent.head(cue)
    if cue.is_noun and cue.dep in ("dobj", "nsubjpass") and governor is not None:
        return view.lexicon.has("denying", governor.lemma) or calls_a_lie(view, governor)
    refused = cue.dep == "xcomp" and governor is not None and view.lexicon.has("refusing", governor.lemma)
    return refused or (view.sent.kid(cue, "neg") is not None and not view.lexicon.has("denying", cue.lemma))
