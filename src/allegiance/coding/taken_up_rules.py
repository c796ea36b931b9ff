"""The rule on what two have begun together and the text takes up again: "A and B agreed to ... . If it repeats, cooperation would end"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from allegiance.coding.finding import Finding
from allegiance.coding.lexicon import Frame

if TYPE_CHECKING:
    from collections.abc import Iterator

    from allegiance.coding.finding import View
    from allegiance.coding.parse import Word

# What two do together, and may be named again by its noun alone.
JOINT = frozenset({"agree", "ally", "cooperate", "share-information", "consult"})
# How far behind it the noun may stand.
BACK = 3
_DISCONTINUE = Frame("sanction", "discontinue", 0, ())
_NOUNS = {
    "cooperation": "cooperate",
    "collaboration": "cooperate",
    "coordination": "cooperate",
    "sharing": "share-information",
    "exchange": "share-information",
    "alliance": "ally",
    "pact": "ally",
    "agreement": "agree",
    "deal": "agree",
    "accord": "agree",
    "talk": "consult",
    "negotiation": "consult",
    "dialogue": "consult",
}
_FURTHER = frozenset({"between", "with", "of", "among", "by", "from"})


def find(view: View, before: Finding | None) -> Iterator[Finding]:
    """Yield what is said of the joint doing that `before` told, where this sentence names it without its parties."""
    if before is None or before.agent is None:
        return
    for noun in view.sent.words:
        act = _NOUNS.get(noun.lemma)
        if act is None or noun.dep not in ("nsubj", "nsubjpass", "dobj") or not _is_bare(view, noun):
            continue
        same = before.frame.act == act or "cooperate" in (act, before.frame.act)
        frame = _told(view, noun, act) if same else None
        if frame is not None:
            ends = (replace(before.agent, word=noun.i), replace(before.target, word=noun.i))
            yield Finding(noun, frame, *ends, "taken-up")


def _is_bare(view: View, noun: Word) -> bool:
    """Whether nobody is named beside the noun: "the cooperation", "this agreement"."""
    kids = view.sent.kids(noun)
    named = any(kid.dep in ("poss", "amod", "compound", "nmod") and view.finder.modifier(kid) for kid in kids)
    further = any(kid.dep == "prep" and kid.lower in _FURTHER for kid in kids)
    indefinite = any(kid.dep == "det" and kid.lower in ("a", "an", "no", "another", "any") for kid in kids)
    return not (named or further or indefinite) and not view.finder.at(noun)


def _told(view: View, noun: Word, act: str) -> Frame | None:
    """What the sentence tells of it: that it will be, goes on or would end; that it was stopped; None where nothing of that."""
    verb = view.sent.head(noun)
    if verb is None:
        return None
    keys = {verb.lemma, view.clauses.key(verb)}
    open_ended = any(aux.tag == "MD" for aux in view.sent.kids(verb, "aux"))
    if view.clauses.is_passive(verb):
        return _DISCONTINUE if keys & view.lexicon.stopping else None
    if noun.dep != "nsubj" or not any(view.lexicon.has("faring", key) for key in keys):
        return None
    ended = any(view.lexicon.has("fading", key) for key in keys) and not open_ended
    # Talks that broke down were held, and that has been told.
    return None if ended else Frame(act, "", 0, (), mutual=True)
