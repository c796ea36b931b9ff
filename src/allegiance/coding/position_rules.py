"""Rules on positions in a dispute over who shall rule: "A said B must go", "the post is up to B's people", C answered.

"Must go" is what A asks of B. "Up to the people" is, in answer to A, a dispute with A; answering nobody, it is a comment
on B. The issue and the words of the position are kept as qualifiers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegiance.coding import attribution
from allegiance.coding.finding import Finding
from allegiance.coding.lexicon import Frame

if TYPE_CHECKING:
    from collections.abc import Iterator

    from allegiance.coding.discourse import Discourse
    from allegiance.coding.finding import View
    from allegiance.coding.parse import Word
    from allegiance.coding.party import Party

_REQUEST = Frame("request", "yield", 0, ())
_DISPUTE = Frame("dispute", "", 0, ())
_COMMENT = Frame("comment", "", 0, ())
# An answer stands near what it answers.
_ANSWERS_BACK = 3
_LEAVING_OFFICE = frozenset({"power", "office", "post", "presidency", "throne", "government"})
_TIME = frozenset({"future", "role", "place"})


def find(discourse: Discourse, view: View) -> Iterator[Finding]:
    """Yield the positions that somebody takes in this sentence."""
    yield from (finding for _, finding in _leaving(view))
    for word, people in _up_to_people(view):
        answered = _answered(discourse, view, word, people)
        frame, target = (_DISPUTE, answered[0]) if answered is not None else (_COMMENT, people)
        issue = answered[1] if answered is not None else f"future of {people.actor}"
        words = (("issue", issue), ("position", _clause_words(view, word)))
        yield Finding(word, frame, None, target, "position", words, voice="speech")


def _leaving(view: View) -> Iterator[tuple[Word, Finding]]:
    """Find "B must go", "B should step down", "B has no future": what the speaker asks of B."""
    for verb in view.sent.words:
        if not verb.is_verb or not (_must_leave(view, verb) or _has_no_future(view, verb)):
            continue
        for party in view.parties(view.clauses.subjects(verb)):
            if _rules(view, party):
                words = (
                    ("issue", f"future of {party.person or party.actor}"),
                    ("position", _clause_words(view, verb)),
                )
                yield verb, Finding(verb, _REQUEST, None, party, "position", words, voice="speech")


def _must_leave(view: View, verb: Word) -> bool:
    if view.sent.kid(verb, "neg") is not None:
        return False
    key = view.clauses.key(verb)
    leaves = view.lexicon.has("leaving", key) or (
        verb.lemma in ("leave", "give_up", "quit", "cede", "relinquish", "give")
        and any(one.lemma in _LEAVING_OFFICE for one in view.clauses.undergoers(verb))
    )
    if any(prep.lower in ("to", "into", "with", "through", "for") for prep in view.sent.kids(verb, "prep")):
        return False  # "must go to B"
    return leaves and (_is_bound(view, verb) or _is_demanded(view, verb))


def _is_bound(view: View, verb: Word) -> bool:
    """Whether it is "must go", "has to go"."""
    if any(view.lexicon.has("demanding_aux", aux.lower) for aux in view.sent.kids(verb, "aux")):
        return True
    above = view.sent.head(verb)
    return verb.dep == "xcomp" and above is not None and above.lemma in ("have", "need")


def _is_demanded(view: View, verb: Word) -> bool:
    above = view.sent.head(verb)
    bare = verb.tag in ("VB", "VBP") and not any(kid.tag == "MD" for kid in view.sent.kids(verb, "aux"))
    return verb.dep == "ccomp" and bare and above is not None and above.lemma in ("demand", "insist")


def _has_no_future(view: View, verb: Word) -> bool:
    """Whether it is "has no future in", "can have no role"."""
    return verb.lemma in ("have", "play") and any(
        thing.lemma in _TIME and any(kid.lower == "no" for kid in view.sent.kids(thing, "det"))
        for thing in view.sent.kids(verb, "dobj")
    )


def _rules(view: View, party: Party) -> bool:
    """Whether it is one who rules: a leader by name or office, a regime; a country can't step down."""
    head = view.sent.words[party.word]
    is_office = view.lexicon.has("officials", head.lemma) or head.lemma in ("regime", "government")
    return party.known and (bool(party.person) or party.via in ("leader", "office") or is_office)


def _up_to_people(view: View) -> Iterator[tuple[Word, Party]]:
    """Find "is up to the people of B", "only B's people can decide": the verb, and whose people."""
    for noun in view.sent.words:
        if not view.lexicon.has("deciders", noun.lemma):
            continue
        verb = _left_to(view, noun)
        if verb is not None:
            owners = [one for one in view.finder.owners(noun) if one.known]
            yield from ((verb, owner) for owner in owners[:1])


def _left_to(view: View, noun: Word) -> Word | None:
    above = view.sent.head(noun)
    if above is None:
        return None
    if noun.dep == "pobj" and above.lower in ("to", "for", "by"):
        ups = list(view.sent.up(noun))
        verb = next((one for one in ups if one.is_verb), None)
        # "up to the people", "a matter for the people", "be decided by the people"
        left = any(one.lower == "up" or one.lemma in ("matter", "decision") for one in ups[:3])
        decided = verb is not None and above.dep == "agent" and view.lexicon.has("deciding", verb.lemma)
        return verb if left or decided else None
    if noun.dep == "nsubj" and view.lexicon.has("deciding", above.lemma):
        only = {kid.lower for one in (noun, above) for kid in view.sent.kids(one, "advmod", "amod", "mark")}
        must = any(view.lexicon.has("demanding_aux", aux.lower) for aux in view.sent.kids(above, "aux"))
        to = any(aux.lower == "to" for aux in view.sent.kids(above, "aux"))
        return above if only & {"only", "alone"} or must or to else None
    return None


def _answered(discourse: Discourse, view: View, word: Word, people: Party) -> tuple[Party, str] | None:
    """Who said, here or shortly before, that the ruler of these people must go, and the issue; not the speaker himself."""
    own = {chain[-1].party.actor for chain in attribution.chains(discourse, view, word) if chain}
    near = discourse.views[max(0, view.sent.number - _ANSWERS_BACK) : view.sent.number + 1]
    for earlier in reversed(near):
        for verb, finding in _leaving(earlier):
            if finding.target.actor != people.actor or (earlier is view and verb.i > word.i):
                continue
            for chain in attribution.chains(discourse, earlier, verb):
                if chain and chain[-1].party.known and chain[-1].party.actor not in own:
                    return chain[-1].party, dict(finding.qualifiers)["issue"]
    return None


def _clause_words(view: View, verb: Word) -> str:
    """The words from the verb, with its auxiliaries, to the end of its clause."""
    first = min([verb.i, *(kid.i for kid in view.sent.kids(verb, "aux", "neg", "auxpass"))])
    kids = [kid for kid in view.sent.kids(verb) if kid.i > verb.i and kid.dep not in ("punct", "conj", "cc")]
    last = max([verb.i, *(view.sent.below(kid)[-1].i for kid in kids)])
    return view.sent.words_text(first, last).rstrip('.,"\u201d')
